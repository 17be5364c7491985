"""One of a list: a box in the look of a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.paint import SMOOTH, elided, text_at
from stationdesk.ui.widgets.spoken import Words, said

Choices = Sequence[tuple[Any, Words]]


class _Combo(QComboBox):
    """The box comes from the sheet, words and arrow are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self.setFont(theme.font("body"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

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
    """Nothing is chosen until somebody chooses (value() is None), unless choose() says so. chosen(value): a person chose."""

    chosen = Signal(object)

    def __init__(self, label: Words, choices: Choices = (), placeholder: Words = "", below: bool = True) -> None:
        self.combo = _Combo()
        self.choices: Choices = ()
        self.placeholder = placeholder
        super().__init__(self.combo, label, below=below)
        self.show_choices(choices)
        self.combo.activated.connect(self._choose)

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
