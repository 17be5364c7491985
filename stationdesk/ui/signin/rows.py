"""A line one presses: its key in a box, who or what it is, and a quiet note at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, text_at
from stationdesk.ui.widgets.spoken import Spoken, Words, said

SIDE, TEXT = 16, 64
BIG, SMALL, DENSE = 60, 44, 36


class PickRow(Spoken, QPushButton):
    """With a role as second line the row is 60 high and the name big, else 44. notes: up to two lines at the right.

    dense: 36 high, for a desk with many people. heard: the row hears its key itself, in the whole window; else whoever shows it does.
    """

    def __init__(
        self,
        key: str,
        words: Words,
        role: Words = "",
        notes: tuple[Words, ...] = (),
        heard: bool = False,
        on_click: Callable[[], object] | None = None,
        dense: bool = False,
    ) -> None:
        super().__init__()
        self.key, self.words, self.role, self.notes = key, words, role, notes
        self.big = bool(role)
        self._on_click = on_click
        self.setProperty("look", "rail")
        self.setFixedHeight(BIG if self.big else DENSE if dense else SMALL)
        self.setAutoDefault(False)
        if heard:
            shortcut(self, key, self.click)
        self.clicked.connect(self._pressed)
        self.reword()

    def _pressed(self) -> None:
        if self._on_click is not None:
            self._on_click()

    def reword(self) -> None:
        parts = [self.said(), said(self.role), *(said(note) for note in self.notes)]
        self.setText(self.said())
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.state &= ~QStyle.StateFlag.State_HasFocus  # the ring is painted by FocusRing
        p.drawControl(QStyle.ControlElement.CE_PushButton, option)
        p.setRenderHints(SMOOTH)
        self._paint_key(p)
        self._paint_words(p, self.width() - TEXT - SIDE - self._paint_notes(p))

    def _paint_key(self, p: QStylePainter) -> None:
        high, role = (32, "strong") if self.big else (20, "label")
        middle = self.height() / 2
        box(p, QRectF(SIDE, middle - high / 2, 36, high), 6 if self.big else 4, "line-strong", "raised")
        text_at(p, SIDE + 18, middle, self.key, role, "accent" if self.big else "text-2", 0.5)

    def _paint_notes(self, p: QStylePainter) -> int:
        """Lines at the right, centred; returns their width and the gap before them."""
        lines = [said(note) for note in self.notes if said(note)]
        for n, line in enumerate(lines):
            middle = self.height() / 2 + (n - (len(lines) - 1) / 2) * 16
            text_at(p, self.width() - SIDE, middle, line, "label", "text-2", 1)
        return round(max((advance("label", line) for line in lines), default=0)) + (8 if lines else 0)

    def _paint_words(self, p: QStylePainter, room: float) -> None:
        middle = self.height() / 2
        if not self.big:
            text_at(p, TEXT, middle, elided("body", self.text(), room), "body", "text")
            return
        text_at(p, TEXT, middle - 9, elided("name", self.text(), room), "name", "text")
        text_at(p, TEXT, middle + 12, elided("label", said(self.role), room), "label", "text-2")
