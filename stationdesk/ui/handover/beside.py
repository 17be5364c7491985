"""The right side of the page: both signatures and what still stands in their way are always in sight below the other cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from stationdesk.ui.handover.cards import Signatures
from stationdesk.ui.widgets.layout import column, scrolled
from stationdesk.ui.widgets.signature_box import HIGH

WIDE, GAP = 416, 16
ROW = 24  # what stands in the way is shown in three rows rather than in its least


class Beside(QWidget):
    """cards are scrolled to where there is no room for all of them; before that the signatures are drawn together. below stays, and
    takes the room left."""

    def __init__(self, cards: Sequence[QWidget], signatures: Signatures, below: QWidget) -> None:
        super().__init__()
        self.setFixedWidth(WIDE)
        self.signatures, self.below = signatures, below
        self.inner = QWidget()
        self.cards = column(*cards, owner=self.inner, spacing=GAP)
        self.above = scrolled(self.inner)
        self.inner.installEventFilter(self)
        self.gap = QWidget()
        self.gap.setFixedHeight(GAP)
        parts = column(self.above, self.gap, signatures, GAP, below, owner=self)
        parts.setStretch(0, 1000)
        parts.setStretch(4, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cards that became taller or shorter ask for another height of their area."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._high(WIDE)
        self.gap.setVisible(wanted > 0)  # never the area itself: what is hidden hears of no card that comes
        self.above.setMaximumHeight(wanted)
        self.inner.setMaximumHeight(max(wanted, self._high(self.above.viewport().width())))  # what wraps asks for more than it needs
        below = 0 if self.below.isHidden() else self.below.minimumSizeHint().height() + ROW + GAP
        room = self.height() - below - HIGH - GAP
        self.signatures.draw_together(wanted > room)

    def _high(self, wide: int) -> int:
        return self.cards.heightForWidth(wide) if self.cards.hasHeightForWidth() else self.cards.sizeHint().height()
