"""An empty state: one sentence saying what will appear here, and the one button that fills it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text

WIDE = 360


class EmptyState(QWidget):
    """No illustration. A button may be left out where nothing can be done here."""

    def __init__(self, words: Words, button: Button | None = None) -> None:
        super().__init__()
        self.text = Text(words, "body text-2")
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setFixedWidth(WIDE)
        self.button = button
        below: list[Item] = [12, row(None, button, None)] if button else []
        column(None, row(None, self.text, None), *below, None, owner=self)

    def say(self, words: Words) -> None:
        """Another sentence."""
        self.text.say(words)
