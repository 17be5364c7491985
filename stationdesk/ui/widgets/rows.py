"""The model of a table: frozen rows, columns that say how a row reads. Showing other rows changes only what differs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stationdesk.ui.widgets.spoken import Words, said

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_SEEN = Qt.ItemFlag.ItemNeverHasChildren  # not enabled: the arrows pass over it


@dataclass(frozen=True)
class Column:
    """How one column of a row reads. width: pixels, 0 for as wide as its words (up to 260); grows: takes the room left.
    unit stands after the text in a quiet tone; token names the colour of the text; strong: weight 500."""

    title: Words
    text: Callable[[Any], str]
    align: str = "left"
    width: int = 0
    grows: bool = False
    icon: Callable[[Any], str] | None = None
    token: Callable[[Any], str] | None = None
    strong: Callable[[Any], bool] | None = None
    unit: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    struck: Callable[[Any], bool] | None = None


@dataclass(frozen=True)
class Group:
    """A row that parts others: words at the left, a quiet fact at the right."""

    text: str
    fact: str = ""


def row_key(row: Any) -> Hashable:
    """What makes a row the same row after an update: its id, else the row itself."""
    return row if isinstance(row, Group) else getattr(row, "id", row)


class RowsModel(QAbstractTableModel):
    """show(rows) keeps what is the same: unchanged heads and tails stay, and their selection with them."""

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], Hashable] = row_key, parent: QObject | None = None) -> None:
        self.columns, self.key = tuple(columns), key
        self.rows: list[Any] = []
        super().__init__(parent)

    def show(self, rows: Sequence[Any]) -> None:
        """Other rows, by the shortest way: common beginning and end stay, the middle is exchanged."""
        old, new = [self._key(row) for row in self.rows], [self._key(row) for row in rows]
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        self._remove(head, len(old) - tail)
        self._insert(head, rows[head : len(new) - tail])
        self._update(rows)

    def _remove(self, first: int, end: int) -> None:
        if end > first:
            self.beginRemoveRows(NO_INDEX, first, end - 1)
            del self.rows[first:end]
            self.endRemoveRows()

    def _insert(self, first: int, rows: Sequence[Any]) -> None:
        if rows:
            self.beginInsertRows(NO_INDEX, first, first + len(rows) - 1)
            self.rows[first:first] = rows
            self.endInsertRows()

    def _update(self, rows: Sequence[Any]) -> None:
        for n, row in enumerate(rows):
            if self.rows[n] != row:
                self.rows[n] = row
                self.dataChanged.emit(self.index(n, 0), self.index(n, len(self.columns) - 1))

    def _key(self, row: Any) -> Hashable:
        return row if isinstance(row, Group) else self.key(row)

    def row_of(self, key: Hashable) -> int:
        """Where the row with this key stands, −1 if nowhere."""
        return next((n for n, row in enumerate(self.rows) if not isinstance(row, Group) and self.key(row) == key), -1)

    def at(self, index: Index) -> Any:
        """The row of an index; None for a group or an invalid index."""
        row = self.rows[index.row()] if index.isValid() else None
        return None if isinstance(row, Group) else row

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _SEEN if isinstance(self.rows[index.row()], Group) else _CHOSEN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if isinstance(row, Group):
            said_here = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.column() == 0
            return f"{row.text} {row.fact}".strip() if said_here else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{said(column.title)} {column.text(row)} {column.unit(row) if column.unit else ''}".strip()
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.align == "right" else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row) if column.tip else None
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(self.columns):
            return said(self.columns[section].title)
        return None

    def reword(self) -> None:
        """Titles and texts in another language."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))


def _common(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """How many at the beginning are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
