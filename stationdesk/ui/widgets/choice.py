"""A few answers side by side, one of them taken: 1 正常 2 异常 3 不适用, or 相符 and 带问题交接 with a side that may be locked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy

from stationdesk.domain.words import _
from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, text_at
from stationdesk.ui.widgets.spoken import Spoken, Words, said

HIGH, PAD, ICON = 28, 10, 14


@dataclass(frozen=True)
class Option:
    """key: pressed while the choice has the keyboard. tone amber: an answer that means something is wrong."""

    value: Any
    words: Words
    key: str = ""
    tone: str = ""


class _Segment(Spoken, QAbstractButton):
    def __init__(self, option: Option) -> None:
        super().__init__()
        self.option, self.words = option, option.words
        self.reason: Words = ""
        self.setCheckable(True)
        self.setFixedHeight(HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.reword()

    def reword(self) -> None:
        self.setText(self.said())
        self.setAccessibleName(self.said())
        self.setAccessibleDescription(said(self.reason))
        self.setToolTip(said(self.reason))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        key = advance("label-strong", self.option.key) + 4 if self.option.key else 0
        return QSize(math.ceil(2 * PAD + key + advance("body", self.text()) + (ICON + 4 if self.reason else 0)), HIGH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        group = self.parentWidget()
        if not (isinstance(group, Choice) and group.handle_key(event)):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        ink = "text-off" if not self.isEnabled() else "text-2" if self._beside_taken() else "accent"
        if self.isChecked():
            amber = self.option.tone == "amber"
            box(p, QRectF(1, 1, self.width() - 2, HIGH - 2), 5, fill="amber-bg" if amber else "selection")
            ink = "amber-fg" if amber else "text"
        elif self.underMouse() and self.isEnabled():
            box(p, QRectF(1, 1, self.width() - 2, HIGH - 2), 5, fill="hover")
        x, middle = float(PAD), HIGH / 2
        if self.reason:
            icons.draw(p, "lock", x, middle - ICON / 2, ICON, ink)
            x += ICON + 4
        if self.option.key:
            text_at(p, x, middle, self.option.key, "label-strong", ink)
            x += advance("label-strong", self.option.key) + 4
        text_at(p, x, middle, self.text(), "strong" if self.isChecked() and self.option.tone else "body", ink)

    def _beside_taken(self) -> bool:
        group = self.parentWidget()
        return isinstance(group, Choice) and group.value() is not None


class Choice(QFrame):
    """chosen(value): a person took an answer (again too, for one that confirms). The keyboard: arrows, the keys of the options, Space."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[Option], name: Words = "") -> None:
        super().__init__()
        self.setProperty("ring", True)
        self.setFixedHeight(HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(said(name))
        self.segments = [_Segment(option) for option in options]
        row(*self.segments, owner=self, spacing=0)
        for each in self.segments:
            each.clicked.connect(self._clicked)
        self._tab_to(self.segments[0])

    def value(self) -> Any:
        """The answer taken, or None."""
        return next((each.option.value for each in self.segments if each.isChecked()), None)

    def choose(self, value: object) -> None:
        """Show an answer; None for none yet."""
        for each in self.segments:
            each.setChecked(value is not None and each.option.value == value)
        self.update()

    def lock(self, value: object, reason: Words) -> None:
        """An answer the facts contradict: it cannot be taken, and says why. An empty reason opens it again."""
        for each in self.segments:
            if each.option.value == value:
                each.reason = reason
                each.setEnabled(not reason)
                each.reword()
        free = [each for each in self.segments if each.isEnabled()]
        if free:
            self._tab_to(free[0])
        self.update()

    def take_focus(self) -> None:
        """Give the keyboard to the answer taken, or to the first one free."""
        free = [each for each in self.segments if each.isEnabled()]
        taken = [each for each in free if each.isChecked()]
        for each in (taken or free)[:1]:
            each.setFocus(Qt.FocusReason.OtherFocusReason)

    def handle_key(self, event: QKeyEvent) -> bool:
        """A key pressed in a segment, or handed on by a table row."""
        free = [each for each in self.segments if each.isEnabled()]
        wanted = [each for each in free if each.option.key and each.option.key.lower() == event.text().lower()]
        if wanted:
            wanted[0].click()
            return True
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and free:
            self._step(free, 1 if event.key() == Qt.Key.Key_Right else -1)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for each in free:
                if each.hasFocus():
                    each.click()
            return True
        return False

    def _step(self, free: list[_Segment], by: int) -> None:
        at = next((n for n, each in enumerate(free) if each.hasFocus()), 0)
        free[(at + by) % len(free)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, _Segment)
        self.choose(sender.option.value)
        self._tab_to(sender)
        self.chosen.emit(sender.option.value)

    def _tab_to(self, stop: _Segment) -> None:
        """One Tab stop; the arrows reach the others."""
        for each in self.segments:
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is stop else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(stop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        open_ = self.value() is None and self.isEnabled()
        box(p, QRectF(self.rect()), 6, "accent" if open_ else "line-strong", "raised")
        for each in self.segments[1:]:
            p.fillRect(QRectF(each.x(), 1, 1, HIGH - 2), theme.color("hairline"))


def accord(name: Words = "") -> Choice:
    """The choice of a handover line: as found (True), or with reservation (False)."""
    return Choice([Option(True, lambda: _("as found")), Option(False, lambda: _("with reservation"), tone="amber")], name)
