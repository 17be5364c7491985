"""What the grid of hours shows: rows of the gas day × figures of each stream, what is remarkable in words at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stationdesk.domain.metering.shapes import INLET, Lack, Source, StreamGas, lack_words, source_words
from stationdesk.domain.moments import format_time
from stationdesk.domain.words import C_, _
from stationdesk.ui.metering.figures import BASE, DIFFERENCE, STATION_TOTAL, Figure, figures_of, level
from stationdesk.ui.metering.slots import HourRow, total
from stationdesk.ui.widgets.spoken import said

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
QUIET = frozenset({Source.ARCHIVE})
"""Sources that need no remark in the row: the day may be all of it."""


@dataclass(frozen=True)
class Column:
    """A figure of a stream; the station's total has no stream, the remarks no figure."""

    group: str
    figure: Figure | None
    gas: StreamGas | None = None
    decimals: int = 0

    @property
    def stream_id(self) -> int | None:
        """Of its stream."""
        return self.gas.stream.stream_id if self.gas else None


def idle(gas: StreamGas) -> bool:
    """Nothing passed it all day: it stands by, and needs no columns among the others. Before the first hour of a day nobody knows yet."""
    if gas.stream.shut and not gas.volume:
        return True
    return bool(gas.hours) and not gas.volume and not gas.base_volume and not any(lack.blocks for lack in gas.lacks)


class HoursModel(QAbstractTableModel):
    """show(gas, rows, …) builds columns anew; the grid keeps the cell one is at by hour and figure."""

    def __init__(self, parent: QObject | None = None) -> None:
        self.rows: tuple[HourRow, ...] = ()
        self.columns: tuple[Column, ...] = ()
        self.gas: tuple[StreamGas, ...] = ()
        self.zone = ZoneInfo("UTC")
        self.stream: int | None = None
        self.factors = False
        super().__init__(parent)

    def show(self, gas: Sequence[StreamGas], rows: Sequence[HourRow], zone: ZoneInfo) -> None:
        """Another day, or newer values."""
        self.beginResetModel()
        self.gas, self.rows, self.zone = tuple(gas), tuple(rows), zone
        self._lay()
        self.endResetModel()

    def choose(self, stream: int | None, factors: bool) -> None:
        """One stream alone, or all; with what the factor is made of."""
        self.beginResetModel()
        self.stream, self.factors = stream, factors
        self._lay()
        self.endResetModel()

    def _lay(self) -> None:
        alone = [each for each in self.gas if each.stream.stream_id == self.stream]
        shown = alone or [each for each in self.gas if not idle(each)] or list(self.gas[:1])
        single = len(shown) == 1
        found: list[Column] = []
        for gas in shown:
            found += [self._column(gas, figure) for figure in self._figures(gas, single)]
        if len([each for each in shown if each.stream.serves == INLET]) > 1:
            found.append(self._total(shown))
        if shown:
            found.append(Column("", None))
        self.columns = tuple(found)

    def _figures(self, gas: StreamGas, single: bool) -> tuple[Figure, ...]:
        compared = any(each.corrected_moved is not None for each in gas.hours)
        return figures_of(alone=single, factors=self.factors, corrector=compared)

    def _column(self, gas: StreamGas, figure: Figure) -> Column:
        slots = (row.slots.get(gas.stream.stream_id) for row in self.rows)
        decimals = figure.places(figure.of(slot) for slot in slots if slot is not None)
        return Column(str(gas.stream.name), figure, gas, decimals)

    def _total(self, shown: Sequence[StreamGas]) -> Column:
        figure = Figure(STATION_TOTAL, lambda: C_("metering", "At base"), BASE.unit, lambda _slot: None, decimals=0)
        return Column(C_("metering", "Inlet"), figure, None, 0)

    # Values
    def value(self, row: int, column: int) -> Decimal | None:
        """Of a cell."""
        col, hour = self.columns[column], self.rows[row]
        if col.figure is None:
            return None
        if col.gas is None:
            inlet = [each.stream.stream_id for each in self.gas if each.stream.serves == INLET]
            return total(slot.base_volume for stream in inlet if (slot := hour.slots.get(stream)) is not None)
        slot = hour.slots.get(col.gas.stream.stream_id)
        return col.figure.of(slot) if slot is not None else None

    def sum(self, column: int) -> Decimal | None:
        """At the foot of a column."""
        col = self.columns[column]
        if col.figure is None:
            return None
        if col.gas is None:
            return total(each.base_volume for each in self.gas if each.stream.serves == INLET)
        return col.figure.total(col.gas) if col.figure.total else None

    def sum_words(self, column: int) -> str:
        """As the foot reads."""
        figure, value = self.columns[column].figure, self.sum(column)
        return figure.words(value, self.columns[column].decimals) if figure is not None else ""

    def words(self, row: int, column: int) -> str:
        """As a cell reads; a dash where an hour that is over lacks its value."""
        col = self.columns[column]
        if col.figure is None:
            return self.remark(row)
        value = self.value(row, column)
        if value is not None:
            return col.figure.words(value, col.decimals)
        lacking = col.gas is not None and any(lack.blocks for lack in self.lacks(row, col.gas.stream.stream_id))
        return "—" if lacking and col.figure.key != "difference" else ""

    def level(self, row: int, column: int) -> str:
        """ "" amber or red."""
        col = self.columns[column]
        return level(self.value(row, column)) if col.figure is DIFFERENCE else ""

    def lacks(self, row: int, stream: int) -> tuple[Lack, ...]:
        """What is wrong with an hour of a stream."""
        slot = self.rows[row].slots.get(stream)
        return slot.lacks if slot is not None else ()

    def wanting(self, row: int) -> bool:
        """Whether anything of the row cannot be computed, of the streams shown."""
        return any(lack.blocks for stream in self.shown_streams() for lack in self.lacks(row, stream))

    def shown_streams(self) -> tuple[int, ...]:
        """The streams that have columns."""
        return tuple(dict.fromkeys(each.stream_id for each in self.columns if each.stream_id is not None))

    def remark(self, row: int) -> str:
        """What is remarkable of a row: what it lacks, where its values are from."""
        many, found = len(self.shown_streams()) > 1, []
        for stream in self.shown_streams():
            slot = self.rows[row].slots.get(stream)
            if slot is None:
                continue
            words = [*map(lack_words, slot.lacks), *(source_words(each) for each in slot.sources if each not in QUIET)]
            code = next(each.stream.code for each in self.gas if each.stream.stream_id == stream)
            mark = f"{code}#" if code.isdigit() else code
            found += [f"{mark} {each}" if many else each for each in words]
        return _(", ").join(found)

    def label(self, row: int) -> str:
        """The hour: 08–09."""
        hour = self.rows[row]
        return f"{format_time(hour.start, self.zone)[:2]}–{format_time(hour.end, self.zone)[:2]}"

    def row_of(self, moment: Any) -> int:
        """The row that holds a moment, −1 if none."""
        return next((n for n, row in enumerate(self.rows) if row.start <= moment < row.start + timedelta(hours=1)), -1)

    def last_known(self) -> int:
        """The newest hour that has anything, −1 if none."""
        return max((n for n, row in enumerate(self.rows) if row.slots), default=-1)

    # Qt
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def title(self, column: int) -> str:
        """Group, name and unit of a column, as they are read aloud."""
        col = self.columns[column]
        if col.figure is None:
            return _("Remarks")
        return " ".join(part for part in (col.group, said(col.figure.name), col.figure.unit) if part)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.label(index.row())} {self.title(index.column())} {self.words(index.row(), index.column())}".strip()
        if role == Qt.ItemDataRole.ToolTipRole and self.columns[index.column()].figure is None:
            return self.remark(index.row()) or None
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.label(section) if section < len(self.rows) else None
        return self.title(section) if section < len(self.columns) else None
