"""The column of cards beside the grid: it scrolls as one, its scroll bar beside the cards, so that none is cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from stationdesk.ui.widgets.layout import column

WIDE, BAR = 236, 10
"""BAR: the scroll bar's own room at the right, in the page's margin: the cards keep their width, bar or none."""


class Side(QScrollArea):
    """Cards below each other."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self.inside = QWidget()
        column(*cards, None, owner=self.inside, spacing=16)
        self.inside.setFixedWidth(WIDE)
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDE + BAR)
