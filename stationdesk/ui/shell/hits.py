"""What the palette found, as a list model, and how a line of it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.widgets import icons
from stationdesk.ui.widgets.keycap import cap_width, draw_cap
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, text_at

HIGH, EDGE, ICON = 36, 16, 16
NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Hits(QAbstractListModel):
    """The hits of the text typed."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        super().__init__()

    def show(self, hits: Sequence[Hit]) -> None:
        """Other hits."""
        self.beginResetModel()
        self.hits = list(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title} {hit.detail} {hit.key}".strip()
        return hit if role == Qt.ItemDataRole.UserRole else None


class HitLine(QStyledItemDelegate):
    """Icon, title, what it is, key."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, HIGH)

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        rect = QRectF(option.rect)
        middle, right = rect.center().y(), rect.right() - EDGE
        p.setRenderHints(SMOOTH)
        if option.state & QStyle.StateFlag.State_Selected:
            box(p, rect.adjusted(4, 1, -4, -1), 6, fill="selection")
        icons.draw(p, hit.icon, rect.left() + EDGE, middle - ICON / 2, ICON, "text-2")
        if hit.key:
            draw_cap(p, right - cap_width(hit.key), middle, hit.key)
            right -= cap_width(hit.key) + 8
        detail = elided("label", hit.detail, rect.width() / 2)
        text_at(p, right, middle, detail, "label", "text-2", 1)
        right -= advance("label", detail) + 12
        x = rect.left() + EDGE + ICON + 10
        text_at(p, x, middle, elided("body", hit.title, right - x), "body", "text")
