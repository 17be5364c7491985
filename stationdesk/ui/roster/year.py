"""The year of the roster: people by months, their sums, and how far each is from the mean; a month leads to its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from statistics import mean

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stationdesk.domain.words import C_, _, language
from stationdesk.services.roster import Tally, YearRow, YearView
from stationdesk.ui.roster.painting import hours_text

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
MONTHS, NAME = 12, 0
HOURS, NIGHTS, WEEKENDS, HOLIDAYS = MEASURES = ("hours", "nights", "weekends", "holidays")
OF: dict[str, Callable[[Tally], int]] = {
    HOURS: lambda tally: tally.presence,
    NIGHTS: lambda tally: tally.nights,
    WEEKENDS: lambda tally: tally.weekend_days,
    HOLIDAYS: lambda tally: tally.holidays,
}
LEAST_WIDE = {HOURS: 40 * 60.0, NIGHTS: 5.0, WEEKENDS: 5.0, HOLIDAYS: 5.0}
"""A bar is full at so much from the mean, or at the farthest: small differences stay small."""
_CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class YearModel(QAbstractTableModel):
    """Columns: the name, twelve months of one measure, the year's sum of every measure."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: YearView | None = None
        self.rows: tuple[YearRow, ...] = ()
        self.measure = HOURS
        self.means: dict[str, float] = {}
        self.widest: dict[str, float] = {}

    def show(self, view: YearView) -> None:
        """Another year, or the same anew."""
        same = [row.person_id for row in view.rows] == [row.person_id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.view, self.rows = view, view.rows
        self._weigh()
        if not same:
            self.endResetModel()
        self._tell()

    def choose(self, measure: str) -> None:
        """What the months show."""
        self.measure = measure
        self._tell()

    def _tell(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def _weigh(self) -> None:
        """The mean of those who rotate, and the farthest from it: the length of a bar."""
        for measure in MEASURES:
            values = [OF[measure](row.whole) for row in self.rows if row.crew.zh]
            self.means[measure] = mean(values) if values else 0.0
            self.widest[measure] = max([LEAST_WIDE[measure], *(abs(each - self.means[measure]) for each in values)])

    # Asked by what paints
    def held(self, month: int) -> bool:
        """Whether a month (from 0) has a roster."""
        return self.view is not None and (self.view.published[month] or self.view.drafted[month])

    def apart(self, row: int, measure: str) -> float:
        """How far somebody is from the mean; 0 for who does not rotate."""
        shown = self.rows[row]
        return OF[measure](shown.whole) - self.means[measure] if shown.crew.zh else 0.0

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; "" where a month has no roster."""
        if column == NAME:
            return self.rows[row].name
        if column <= MONTHS:
            held = self.held(column - 1)
            return figure(self.measure, self.rows[row].months[column - 1]) if held else ""
        return figure(MEASURES[column - MONTHS - 1], self.rows[row].whole)

    # What Qt asks
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else 1 + MONTHS + len(MEASURES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _CHOSEN if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        return self._aloud(index.row(), index.column()) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _aloud(self, row: int, column: int) -> str:
        head = self.headerData(column, Qt.Orientation.Horizontal) or ""
        return C_("facts", "·").join(filter(None, (self.rows[row].name, head, self.text(row, column) or _("no roster"))))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or section < 0:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.rows[section].name if section < len(self.rows) else None
        if section == NAME:
            return _("Person")
        return month_name(section) if section <= MONTHS else measure_words(MEASURES[section - MONTHS - 1])


def figure(measure: str, tally: Tally) -> str:
    """Hours as 184 or 7.5, the others as they are counted."""
    return hours_text(OF[measure](tally)) if measure == HOURS else str(OF[measure](tally))


def apart_text(measure: str, value: float) -> str:
    """+8, −12: whole hours, nights or days beyond the mean."""
    whole = round(value / 60 if measure == HOURS else value)
    return f"{whole:+d}".replace("-", "\N{MINUS SIGN}") if whole else ""


def month_name(month: int) -> str:
    """1 月, Jan."""
    return f"{month} 月" if language() == "zh_CN" else f"{date(2026, month, 1):%b}"


def measure_words(measure: str) -> str:
    """The head of a sum."""
    return {
        HOURS: C_("roster", "Hours"),
        NIGHTS: C_("roster year", "Nights"),
        WEEKENDS: C_("roster year", "Weekend days"),
        HOLIDAYS: C_("roster year", "Holidays"),
    }[measure]
