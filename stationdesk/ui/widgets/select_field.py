"""One of a list: a box in the look of a field."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.paint import SMOOTH, elided, text_at
from stationdesk.ui.widgets.pinyin import begins
from stationdesk.ui.widgets.spoken import Words, said

Choices = Sequence[tuple[Any, Words]]


class _Combo(QComboBox):
    """The box comes from the sheet, words and arrow are painted. Letters choose by pinyin too: no input method is needed for 沈浩.

    entered: Enter on a choice. stepping: on the way to one, by arrows, letters or the wheel.
    """

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self.setFont(theme.font("body"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._typed, self._last, self.stepping = "", 0.0, False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex() >= 0:
            self.entered.emit()
        letter, held = event.text().casefold(), event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        self.stepping = not letter.isdigit()  # a digit names one of a numbered list
        if held or not (letter.isascii() and letter.isalpha()) or not self._spell(letter):
            super().keyPressEvent(event)
        self.stepping = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.stepping = True
        super().wheelEvent(event)
        self.stepping = False

    def _spell(self, letter: str) -> bool:
        """Choose what the letters typed without a rest spell, the next one for a letter alone; False where they spell nothing."""
        rested = monotonic() - self._last > QApplication.keyboardInputInterval() / 1000
        self._typed = letter if rested else self._typed + letter
        here, count = self.currentIndex(), self.count()
        first = here + 1 if len(self._typed) == 1 else max(here, 0)
        found = next((n % count for n in range(first, first + count) if self._called(n % count)), -1)
        if found >= 0:
            self.setCurrentIndex(found)
            self.activated.emit(found)
        self._last = monotonic()  # not when the key came: the first one waits for the pinyin to be loaded, and is no rest for the second
        return found >= 0

    def _called(self, at: int) -> bool:
        text = self.itemText(at)
        return text.casefold().startswith(self._typed) or begins(self._typed, text)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 16, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        p.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        p.setRenderHints(SMOOTH)
        ink = "text" if self.isEnabled() and self.currentIndex() >= 0 else "text-off" if not self.isEnabled() else "text-2"
        text = self.currentText() or self.placeholderText()
        text_at(p, 11, self.height() / 2, elided("body", text, self.width() - 44), "body", ink)
        icons.draw(p, "chevron-down", self.width() - 27, self.height() / 2 - 8, 16, "text-2")


class Select(Labelled):
    """Nothing is chosen until somebody chooses (value() is None), unless choose() says so.

    chosen(value): a person chose. settled(value): and is done with it: from the open list, by its digit, by Enter.
    """

    chosen = Signal(object)
    settled = Signal(object)

    def __init__(self, label: Words, choices: Choices = (), placeholder: Words = "", below: bool = True) -> None:
        self.combo = _Combo()
        self.choices: Choices = ()
        self.placeholder = placeholder
        super().__init__(self.combo, label, below=below)
        self.show_choices(choices)
        self.combo.activated.connect(self._choose)
        self.combo.entered.connect(lambda: self.settled.emit(self.value()))

    def value(self) -> Any:
        """The value chosen, or None."""
        at = self.combo.currentIndex()
        return self.choices[at][0] if 0 <= at < len(self.choices) else None

    def choose(self, value: object) -> None:
        """Show a value; one that is not in the list shows nothing."""
        values = [each for each, _words in self.choices]
        self.combo.setCurrentIndex(values.index(value) if value in values else -1)

    def show_choices(self, choices: Choices) -> None:
        """Another list; what was chosen stays if it is in it."""
        value, self.choices = self.value(), tuple(choices)
        self.combo.clear()
        self.combo.addItems([said(words) for _value, words in self.choices])
        self.choose(value)

    def reword(self) -> None:
        super().reword()
        for n, (_value, words) in enumerate(self.choices):
            self.combo.setItemText(n, said(words))
        self.combo.setPlaceholderText(said(self.placeholder))

    def _choose(self, at: int) -> None:
        if self.wrong:
            self.error()
        self.chosen.emit(self.choices[at][0])
        if not self.combo.stepping:
            self.settled.emit(self.choices[at][0])
