"""A line of a list of widgets at which the keyboard stops: raised and ringed while it is there, parted from the next by a hairline."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stationdesk.ui.widgets.paint import SMOOTH, box, fill


class Stop(QWidget):
    """Subclasses lay themselves out and hear their keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def in_question(self) -> bool:
        """Whether it is the line one is at."""
        return self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        if self.in_question():
            fill(p, 0, 0, self.width(), self.height() - 1, "raised")
        fill(p, 0, self.height() - 1, self.width(), 1, "hairline")
        if self.hasFocus():
            box(p, QRectF(2, 2, self.width() - 4, self.height() - 5), 4, "focus", width=2)
