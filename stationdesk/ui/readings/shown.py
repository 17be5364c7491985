"""What the grid shows: hours and shift lines × points as the store gave them, and over them what was typed and is not there yet."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stationdesk.domain.moments import format_time
from stationdesk.domain.words import _
from stationdesk.services.readings import CellView, GridLine, GridView, HiddenCell, HourLine, PointView, ShiftLine
from stationdesk.ui.readings.entries import SAVED, Place, Waiting

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_SEEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren  # made once: Qt asks for flags at every cell it paints
_LATER = _SEEN | Qt.ItemFlag.ItemIsSelectable
_TYPED = _LATER | Qt.ItemFlag.ItemIsEditable


class ShownModel(QAbstractTableModel):
    """show(view) changes only what differs and never resets while points stay: an open field survives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: GridView | None = None
        self.points: tuple[PointView, ...] = ()
        self.lines: list[GridLine] = []
        self.waiting: dict[Place, Waiting] = {}

    # What the store gave
    def show(self, view: GridView) -> None:
        """Another view: of the same day after a change, or of another day."""
        self.waiting = {place: kept for place, kept in self.waiting.items() if kept.state != SAVED}
        if tuple(point.point_id for point in view.points) != tuple(point.point_id for point in self.points):
            self.beginResetModel()
            self.view, self.points, self.lines = view, view.points, list(view.lines)
            self.endResetModel()
            return
        heads = view.points != self.points
        self.view, self.points = view, view.points
        self._exchange(list(view.lines))
        if heads:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.points) - 1)

    def _exchange(self, new: list[GridLine]) -> None:
        """Common beginning and end stay, the middle is exchanged, what differs is told."""
        before, after = [_key(line) for line in self.lines], [_key(line) for line in new]
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        if len(before) - tail > head:
            self.beginRemoveRows(NO_INDEX, head, len(before) - tail - 1)
            del self.lines[head : len(before) - tail]
            self.endRemoveRows()
        if len(after) - tail > head:
            self.beginInsertRows(NO_INDEX, head, len(after) - tail - 1)
            self.lines[head:head] = new[head : len(after) - tail]
            self.endInsertRows()
        changed = [(n, old, line) for n, (old, line) in enumerate(zip(self.lines, new, strict=True)) if old != line]
        self.lines = new
        for n, old, line in changed:
            self.dataChanged.emit(self.index(n, 0), self.index(n, len(self.points) - 1))
            if not (isinstance(old, HourLine) and isinstance(line, HourLine) and old.phase == line.phase):
                self.headerDataChanged.emit(Qt.Orientation.Vertical, n, n)

    def row_of(self, hour: datetime) -> int:
        """The row of an hour, −1 where it is not shown."""
        return next((n for n, line in enumerate(self.lines) if isinstance(line, HourLine) and line.time == hour), -1)

    def hour(self, row: int) -> HourLine | None:
        """The hour of a row; None for a shift line and outside."""
        line = self.lines[row] if 0 <= row < len(self.lines) else None
        return line if isinstance(line, HourLine) else None

    def cell(self, row: int, column: int) -> CellView | None:
        """What stands in a cell, typed or saved."""
        line = self.lines[row]
        if isinstance(line, ShiftLine):
            return None
        point_id = self.points[column].point_id
        waits = self.waiting.get((point_id, line.time)) if self.waiting else None
        return waits.cell if waits else line.cells.get(point_id)

    def hidden(self, row: int, column: int) -> HiddenCell | None:
        """What is read and not told before the relief has read it too; None where it is, or is being typed anew."""
        line = self.lines[row]
        if isinstance(line, ShiftLine) or not line.hidden or self.waits(row, column) is not None:
            return None
        return line.hidden.get(self.points[column].point_id)

    def waits(self, row: int, column: int) -> Waiting | None:
        """What was typed into a cell and is not in the view yet."""
        line = self.lines[row]
        return self.waiting.get((self.points[column].point_id, line.time)) if self.waiting and isinstance(line, HourLine) else None

    # What Qt asks
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.points)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        line = self.lines[index.row()]
        if isinstance(line, ShiftLine):
            return _SEEN
        return _LATER if line.phase == "future" else _TYPED

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None  # row −1 would be the last row of a list
        line, point = self.lines[index.row()], self.points[index.column()]
        if isinstance(line, ShiftLine):
            return (
                f"{line.label} {self._note(line)}".strip() if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 else None
            )
        got = self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return point.words(got.value) if got else None
        if role == Qt.ItemDataRole.EditRole:
            return format(got.value, "f") if got else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._aloud(line, point, got, hidden=self.hidden(index.row(), index.column()) is not None)
        if role == Qt.ItemDataRole.ToolTipRole and line.hidden and self.hidden(index.row(), index.column()):
            return _("Hidden until the relief has entered its own base readings")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.label(section) if 0 <= section < len(self.lines) else None
        return f"{self.points[section].title} {self.points[section].unit}" if 0 <= section < len(self.points) else None

    def label(self, row: int) -> str:
        """07:00, or the name of a shift."""
        line = self.lines[row]
        if isinstance(line, ShiftLine):
            return line.label
        assert self.view is not None
        return format_time(line.time, self.view.zone)

    def _note(self, line: ShiftLine) -> str:
        return line.note(self.view.zone) if self.view else ""

    def _aloud(self, line: HourLine, point: PointView, got: CellView | None, *, hidden: bool) -> str:
        assert self.view is not None
        value = f"{point.words(got.value)} {point.unit}" if got else _("hidden until the blind reading") if hidden else _("empty")
        owed = _("explanation owed") if got and got.owed else ""
        parts = (format_time(line.time, self.view.zone), point.title, value, owed)
        return " ".join(part for part in parts if part)

    def place(self, place: Place) -> tuple[int, int]:
        """Row and column of a point and hour, −1 where not shown."""
        column = next((n for n, point in enumerate(self.points) if point.point_id == place[0]), -1)
        return (self.row_of(place[1]), column) if column >= 0 else (-1, -1)

    def refresh(self, place: Place) -> None:
        """Paint a cell anew."""
        row, column = self.place(place)
        if row >= 0:
            self.tell(row, column)

    def tell(self, row: int, column: int) -> None:
        """A cell changed."""
        self.dataChanged.emit(self.index(row, column), self.index(row, column))


def _key(line: GridLine) -> Hashable:
    return line.time if isinstance(line, HourLine) else (line.day, str(line.name.zh), line.shift_id)


def _common(one: list[Hashable], other: list[Hashable]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
