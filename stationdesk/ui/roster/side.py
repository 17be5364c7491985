"""The column of cards beside the grid: it scrolls as one, and gives way to its scroll bar, so that no card is cut."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from stationdesk.ui.widgets.layout import column

WIDE, BAR = 236, 14


class Side(QScrollArea):
    """As wide as its cards, and a scroll bar more where they do not fit."""

    def __init__(self, *cards: QWidget) -> None:
        super().__init__()
        self.inside = QWidget()
        column(*cards, None, owner=self.inside, spacing=16)
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDE)
        self.inside.setMaximumWidth(WIDE)
