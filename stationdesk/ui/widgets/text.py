"""Running text of several lines: notes, sentences of a dialog, an empty state."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.spoken import Spoken, Words, said


class Text(Spoken, QLabel):
    """Wraps at its width; style as of a Line, in one style. Never interprets markup in a station's data."""

    def __init__(self, words: Words, style: str = "body", wrap: bool = True) -> None:
        super().__init__()
        self.words = words
        self.role, self.token = (style + " text").split()[:2]
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setFont(theme.font(self.role))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._tint()
        self.reword()

    def restyle(self, style: str) -> None:
        """Another colour for the same words."""
        self.token = (style + " text").split()[1]
        self._tint()

    def say(self, words: Words) -> None:
        """Other words."""
        self.words = words
        self.reword()

    def reword(self) -> None:
        self.setText(said(self.words))

    def _tint(self) -> None:
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != theme.color(self.token):
            palette.setColor(QPalette.ColorRole.WindowText, theme.color(self.token))
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._tint()
