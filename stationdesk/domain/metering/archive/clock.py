"""When a line's hour ends: its own date, or the one above it, and what makers do at midnight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.archive.numerals import nothing, number, short, text_of
from stationdesk.domain.metering.archive.refusals import ArchiveNoDayError, ArchiveNoTimeError, ArchiveTimeError
from stationdesk.domain.metering.archive.stamps import Wall, moment, wall
from stationdesk.domain.metering.archive.values import TIMES, Cell, Column, Line, Mapping, Quantity
from stationdesk.domain.moments import HOUR

DAY = timedelta(days=1)
NIGHT, NOON = 82_800, 43_200  # seconds of the day: 23:00, 12:00
HALF_A_YEAR = 180  # days
NOTHING = Wall()
PARTS = (Quantity.YEAR, Quantity.MONTH, Quantity.DAY)


def stamped(mapping: Mapping, line: Line) -> Wall:
    """What a line says of its time, as far as it says anything."""
    said = _of_parts(mapping, line)
    for each in read_of(mapping):
        found = wall_of(line, each, mapping)
        said = said.joined(found) if found else said
    return said


def read_of(mapping: Mapping) -> tuple[Column, ...]:
    """The columns a time is read from: where the hour's end is written, its beginning is not needed."""
    return _read_of(mapping.columns)


@lru_cache(maxsize=64)
def _read_of(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    ends = any(each.quantity is Quantity.END for each in columns)
    kinds = {Quantity.DATE, Quantity.END, Quantity.MOMENT} | (set() if ends else {Quantity.CLOCK, Quantity.START})
    return tuple(each for each in columns if each.quantity in kinds)


def wall_of(line: Line, column: Column, mapping: Mapping) -> Wall | None:
    """What one time column of a line says."""
    return wall(line.cell(column.place), mapping.order, clock=column.quantity is not Quantity.DATE, year=mapping.year)


def _of_parts(mapping: Mapping, line: Line) -> Wall:
    """A date in three columns."""
    columns = _parts(mapping.columns)
    if len(columns) < len(PARTS):
        return NOTHING
    values = [number(line.cell(columns[part].place), ".")[0] if not nothing(line.cell(columns[part].place)) else None for part in PARTS]
    try:
        year, month, day = (int(each) for each in values if each is not None)
        return Wall(date(year + 2000 if year < 100 else year, month, day))
    except ValueError:
        return NOTHING


@lru_cache(maxsize=64)
def _parts(columns: tuple[Column, ...]) -> dict[Quantity, Column]:
    return {each.quantity: each for each in columns if each.quantity in PARTS}


@dataclass
class Clock:
    """Times of the lines one after the other. carried, midnight: how many lines took the date of the line above, or were 24:00."""

    mapping: Mapping
    zone: ZoneInfo
    carried: int = 0
    midnight: int = 0
    _day: date | None = None
    _last: dict[str, tuple[date, int]] = field(default_factory=dict)
    _seen: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self._day = date.fromisoformat(self.mapping.day) if self.mapping.day and not self.mapping.year else None

    def end(self, line: Line, run: str) -> datetime:
        """The end of the line's hour. ArchiveTimeError, ArchiveNoTimeError, ArchiveNoDayError."""
        said = self._said(line)
        day = self._dated(said, run, line)
        made = moment(replace(said, day=day), self.zone if self.mapping.clock == "local" else ZoneInfo("UTC"))
        if made is None:
            raise ArchiveNoDayError(typed=self._typed(line))
        self._last[run] = day, said.second or 0
        begins = self.mapping.stamp == "start" and not self.mapping.of(Quantity.END)
        return made + HOUR if begins else made

    def _said(self, line: Line) -> Wall:
        said = stamped(self.mapping, line)
        if any(self._strange(line, each) for each in read_of(self.mapping)):
            raise ArchiveTimeError(typed=self._typed(line))
        if said.second is not None:
            return said
        if said.day is None or self.mapping.of(Quantity.DATE, *PARTS):
            raise ArchiveTimeError(typed=self._typed(line)) if self._typed(line) else ArchiveNoTimeError
        return replace(said, second=0)  # a workbook drops the time of midnight where the other lines have one

    def _strange(self, line: Line, column: Column) -> bool:
        return not nothing(line.cell(column.place)) and wall_of(line, column, self.mapping) is None

    def _typed(self, line: Line) -> str:
        cells: Sequence[Cell] = [line.cell(each.place) for each in self.mapping.of(*TIMES)]
        return short(" ".join(text_of(cell) for cell in cells).strip())

    def _dated(self, said: Wall, run: str, line: Line) -> date:
        """The date of a line: its own, or that of the lines above, one on when the clock has passed midnight."""
        last, second = self._last.get(run), said.second or 0
        if said.day is not None:
            self._day = self._next_year(said.day, last)
            return self._after_midnight(self._day, second, run)
        day = last[0] if last and self._day and last[0] > self._day else self._day
        if day is None:
            raise ArchiveNoDayError(typed=self._typed(line))
        self.carried += 1
        return day + DAY if last and last[0] == day and second < last[1] - NOON else day

    def _next_year(self, day: date, last: tuple[date, int] | None) -> date:
        """Dates without a year go on from December to January."""
        if self.mapping.year and last is not None and (last[0] - day).days > HALF_A_YEAR:
            return date(last[0].year + (day.month < last[0].month), day.month, day.day)
        return day

    def _after_midnight(self, day: date, second: int, run: str) -> date:
        """00:00 behind 23:00 of the same date is its 24:00; so is an end at 00:00 of an hour that began on the date."""
        if second:
            return day
        last, first = self._last.get(run), day not in self._seen[run]
        ends = all(self.mapping.of(each) for each in (Quantity.DATE, Quantity.START, Quantity.END))
        behind = last is not None and last[0] == day and NIGHT <= last[1] < 86_400
        self._seen[run].add(day)
        if ends or (behind and first):
            self.midnight += 1
            return day + DAY
        return day
