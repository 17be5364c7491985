"""The right side of the page: what still stands in the way is always in sight below the other cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from stationdesk.ui.widgets.layout import column, scrolled

WIDE = 416


class Beside(QWidget):
    """cards are scrolled to where there is no room for all of them; below stays, and takes the room left."""

    def __init__(self, cards: Sequence[QWidget], below: QWidget) -> None:
        super().__init__()
        self.setFixedWidth(WIDE)
        self.inner = QWidget()
        self.cards = column(*cards, owner=self.inner, spacing=16)
        self.above = scrolled(self.inner)
        self.inner.installEventFilter(self)
        parts = column(self.above, below, owner=self, spacing=16)
        parts.setStretch(0, 1000)
        parts.setStretch(1, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cards that became taller or shorter ask for another height of their area."""
        if event.type() == QEvent.Type.LayoutRequest:
            wraps = self.cards.hasHeightForWidth()
            self.above.setMaximumHeight(self.cards.heightForWidth(WIDE) if wraps else self.cards.sizeHint().height())
        return super().eventFilter(watched, event)
