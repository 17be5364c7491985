"""The field that opens in a cell: it lets nothing but a number in, and no input method."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.digits import Digits


class NumberField(QLineEdit):
    """Transparent: its box is painted by the cell, so that the field stands exactly where the value will."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "bare")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(theme.font("body"))
        self.setValidator(Digits(self))
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly | Qt.InputMethodHint.ImhPreferLatin)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFrame(False)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:  # type: ignore[override]
        """No input method in a number: hints are wishes, this answer is an order (the widget attribute is not heeded here)."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)
