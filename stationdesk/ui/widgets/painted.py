"""A small thing of fixed size that is only painted."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stationdesk.ui.widgets.paint import SMOOTH


class Painted(QWidget):
    """Calls paint with a smooth painter; 0 for a width that grows."""

    def __init__(self, wide: int, high: int) -> None:
        super().__init__()
        self.setFixedHeight(high)
        if wide:
            self.setFixedWidth(wide)

    def paint(self, p: QPainter) -> None:
        """Draw the thing; colours are asked here."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        self.paint(p)
