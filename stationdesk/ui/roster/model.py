"""The roster as a table: a row per person with figures at its end, then a row of coverage per kind of shift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from stationdesk.domain.moments import DAY, format_date, format_minutes
from stationdesk.domain.roster import days_of
from stationdesk.domain.roster.breach import NOBODY
from stationdesk.domain.roster.duties import NIGHT
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _
from stationdesk.services.roster import BreachView, Cell, RosterView, Row, WishView
from stationdesk.ui.roster.measures import TOTAL_WIDTHS
from stationdesk.ui.roster.shown import is_answerable

Place = tuple[int, date]
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
_FIGURE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren  # made once: Qt asks for flags at every cell it paints
_DUTY = _FIGURE | Qt.ItemFlag.ItemIsSelectable
TOTALS = len(TOTAL_WIDTHS)


class RosterModel(QAbstractTableModel):
    """change() puts shifts into cells and sends them with `entered`; show() takes what the store has. Taking back is the store's."""

    #: {(person, day): code} to be saved
    entered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: RosterView | None = None
        self.days: tuple[date, ...] = ()
        self.rows: tuple[Row, ...] = ()
        self.kinds: tuple[ShiftKind, ...] = ()
        self.cells: dict[Place, str] = {}
        self.editable = False
        self.comparing = False  # what is published stands below each row that differs
        self.wished: Mapping[Place, WishView] = {}
        self.sending = 0  # changes on their way: the store's answers lag behind what is on screen until the last is back

    # What the store gave
    def show(self, view: RosterView, *, editable: bool) -> None:
        """Another view; the same people and days change in place, so that the current cell stays."""
        days, kinds = tuple(each.day for each in view.days), desk_kinds(view.kinds)
        same = (days, kinds) == (self.days, self.kinds) and [row.person_id for row in view.rows] == [row.person_id for row in self.rows]
        lags = same and bool(self.sending) and self.view is not None and self.view.roster_id == view.roster_id
        if not same:
            self.beginResetModel()
        self.view, self.days, self.rows, self.kinds, self.editable = view, days, view.rows, kinds, editable
        if not lags:
            self.cells = {
                (row.person_id, day): cell.code for row in view.rows for day, cell in zip(days, row.cells, strict=True) if cell.code
            }
        self._forget()
        if not same:
            self.endResetModel()
        elif self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def _forget(self) -> None:
        for name in ("broken", "counts", "usual", "kind", "stored", "differing"):
            self.__dict__.pop(name, None)

    @cached_property
    def kind(self) -> Mapping[str, ShiftKind]:
        """The kinds by code."""
        return {kind.code: kind for kind in self.view.kinds} if self.view else {}

    @cached_property
    def stored(self) -> Mapping[Place, Cell]:
        """The cells as the store has them."""
        return {(row.person_id, day): cell for row in self.rows for day, cell in zip(self.days, row.cells, strict=True)}

    @cached_property
    def broken(self) -> Mapping[Place, tuple[BreachView, ...]]:
        """The breaches by the place they are marked at."""
        found: dict[Place, list[BreachView]] = {}
        for each in self.view.breaches if self.view else ():
            if each.breach.person != NOBODY and not each.reason and is_answerable(each):
                found.setdefault((each.breach.person, self.marked(each)), []).append(each)
        return {place: tuple(breaches) for place, breaches in found.items()}

    def marked(self, view: BreachView) -> date:
        """Where a breach is marked: the last day of it with a shift, for a rest too short where the next shift begins."""
        breach = view.breach
        worked = (day for day in reversed(days_of(breach.first, breach.last)) if self.cell(breach.person, day))
        return next(worked, breach.last)

    @cached_property
    def counts(self) -> Mapping[tuple[str, date], int]:
        """How many people are on a kind of shift on a day."""
        return Counter((code, day) for (_person, day), code in self.cells.items())

    @cached_property
    def usual(self) -> Mapping[str, int]:
        """How many people a kind of shift has on most days on which it is wanted."""
        wanted = {kind.code: [self.counts[kind.code, day] for day in self.days if kind.mans(day)] for kind in self.kinds}
        return {code: Counter(found).most_common(1)[0][0] for code, found in wanted.items() if found}

    # Asked by what paints
    def cell(self, person: int, day: date) -> str:
        """The code of a place, "" for off."""
        return self.cells.get((person, day), "")

    def place(self, row: int, column: int) -> Place | None:
        """Person and day of a cell one may plan in."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.days):
            return self.rows[row].person_id, self.days[column]
        return None

    def changed(self, place: Place) -> bool:
        """Whether the draft differs from what is published."""
        stored = self.stored.get(place)
        if stored is None or self.view is None or not self.view.draft or not self.view.published_number:
            return False
        return self.cells.get(place, "") != self.before(place)

    def before(self, place: Place) -> str:
        """What is published for a place."""
        stored = self.stored[place]
        return stored.code if stored.before is None else stored.before

    def changes(self) -> dict[int, list[tuple[date, str, str]]]:
        """Each person's days that differ from what is published: the day, as it was, as it becomes."""
        found: dict[int, list[tuple[date, str, str]]] = {}
        for row in self.rows:
            for day in self.days:
                if self.changed((row.person_id, day)):
                    place = row.person_id, day
                    found.setdefault(row.person_id, []).append((day, self.before(place), self.cell(*place)))
        return found

    def compared(self, row: int) -> bool:
        """Whether what is published stands below a row."""
        return self.comparing and row < len(self.rows) and self.rows[row].person_id in self.differing

    @cached_property
    def differing(self) -> Mapping[int, object]:
        """Who has other days than published."""
        return self.changes()

    def show_wishes(self, wishes: Iterable[WishView]) -> None:
        """What people wish, day by day; the last word counts."""
        self.wished = {(each.person_id, day): each for each in wishes for day in days_of(each.first, each.last)}

    def keys(self) -> tuple[str, ...]:
        """What the keys 1, 2, 3 … set: the shifts of the desk, off (""), then what people beside the crews do."""
        others = tuple(kind.code for kind in self.view.kinds if not kind.desk) if self.view else ()
        return (*(kind.code for kind in self.kinds), "", *others)[:9] if self.kinds else (*others[:8], "")

    def short(self, code: str, column: int) -> bool:
        """Fewer people than on most days."""
        day = self.days[column]
        return self.kind[code].mans(day) and self.counts[code, day] < self.usual.get(code, 0)

    def count(self, kind: ShiftKind, day: date) -> str:
        """How many are on a shift; nothing on days on which it is not wanted."""
        found = self.counts[kind.code, day]
        return str(found) if found or kind.mans(day) else ""

    def agreed(self) -> int:
        """How many of the first days stand as they are published: what comes after them is draft."""
        people = [row.person_id for row in self.rows]
        published = [each.published for each in self.view.days] if self.view and self.view.published_number else []
        differ = (n for n, held in enumerate(published) if not held or any(self.changed((person, self.days[n])) for person in people))
        return next(differ, len(published))

    def spans(self) -> tuple[tuple[int, int, bool], ...]:
        """Which columns, from–to, stand as published, and which do not; in a draft all from the first that differs do not."""
        if self.view is None:
            return ()
        if self.view.roster_id is not None:
            agreed = self.agreed()
            return tuple(each for each in ((0, agreed, True), (agreed, len(self.days), False)) if each[0] < each[1])
        found: list[tuple[int, int, bool]] = []
        for n, each in enumerate(self.view.days):
            joins = bool(found) and found[-1][2] == each.published
            found[-1:] = [(found[-1][0], n + 1, each.published)] if joins else [*found[-1:], (n, n + 1, each.published)]
        return tuple(found)

    # Changes
    def change(self, cells: Mapping[Place, str]) -> None:
        """Put codes into places; what stands there already is no change."""
        new = {place: code for place, code in cells.items() if self.editable and self.cell(*place) != code}
        if new:
            for place, code in new.items():
                if code:
                    self.cells[place] = code
                else:
                    self.cells.pop(place, None)
            self._forget()
            self._tell(new)
            self.entered.emit(new)

    def _tell(self, places: Iterable[Place]) -> None:
        rows = {row.person_id: n for n, row in enumerate(self.rows)}
        found = [(rows[person], self.days.index(day)) for person, day in places]
        for row in {row for row, _column in found}:
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        columns = [column for _row, column in found]
        if columns and self.kinds:
            last = len(self.rows) + len(self.kinds) - 1
            self.dataChanged.emit(self.index(len(self.rows), min(columns)), self.index(last, max(columns)))

    # What Qt asks
    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows) + len(self.kinds)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or not self.days else len(self.days) + TOTALS

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _DUTY if index.row() < len(self.rows) and index.column() < len(self.days) else _FIGURE

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row, column = index.row(), index.column()
        if row >= len(self.rows):
            kind = self.kinds[row - len(self.rows)]
            return self.count(kind, self.days[column]) if column < len(self.days) else None
        if column >= len(self.days):
            return self._total(row, column - len(self.days))
        place = self.rows[row].person_id, self.days[column]
        return self.cell(*place) if role == Qt.ItemDataRole.DisplayRole else self._aloud(row, place)

    def _total(self, row: int, which: int) -> str:
        shown = self.rows[row]
        parts = (
            format_minutes(shown.figures.presence),
            str(shown.figures.nights),
            apart_words(shown.nights_apart),
            f"{shown.fatigue_hours} h",
        )
        return parts[which]

    def _aloud(self, row: int, place: Place) -> str:
        code, stored = self.cell(*place), self.stored[place]
        parts = [self.rows[row].name, format_date(place[1]), str(self.kind[code].name) if code in self.kind else C_("roster", "off")]
        if stored.leave:
            parts.append(_("on leave"))
        if stored.stands_in:
            parts.append(_("stands in for {name}").format(name=stored.stands_in))
        if (wish := self.wished.get(place)) is not None:
            wanted = str(self.kind[wish.kind].name) if wish.kind in self.kind else C_("roster", "off")
            parts.append(_("wishes {kind}").format(kind=wanted))
        if self.changed(place):
            was = self.before(place)
            parts.append(
                _("changed in the draft, was {kind}").format(kind=str(self.kind[was].name) if was in self.kind else C_("roster", "off"))
            )
        parts += [each.words for each in self.broken.get(place, ())]
        return C_("facts", "·").join(parts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        tip = role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Vertical  # a name may be longer than its column
        if section < 0 or not (tip or role == Qt.ItemDataRole.DisplayRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            if section < len(self.rows):
                return self.rows[section].name
            kind = section - len(self.rows)
            return _("On duty, {shift}").format(shift=self.kinds[kind].name) if kind < len(self.kinds) else None
        if section < len(self.days):
            return format_date(self.days[section])
        return total_words(section - len(self.days)) if section < self.columnCount() else None


def desk_kinds(kinds: Iterable[ShiftKind]) -> tuple[ShiftKind, ...]:
    """The kinds that keep the desk manned, in the order of the day as people say it: morning first, night last."""
    return tuple(sorted((kind for kind in kinds if kind.desk), key=lambda kind: (NIGHT.holds(kind) and kind.minutes < DAY, kind.start)))


def apart_words(nights: float) -> str:
    """+2, −1, 0: whole nights beyond the mean."""
    whole = round(nights)
    return f"{whole:+d}".replace("-", "\N{MINUS SIGN}") if whole else "0"


def total_words(which: int) -> str:
    """The head of a column of figures."""
    return (C_("roster", "Hours"), C_("roster head", "N"), C_("roster", "Fair"), C_("roster", "Fatigue"))[which]
