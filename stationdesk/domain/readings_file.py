"""A day's readings as people keep them in a spreadsheet: hours down, points across, each column found by code or by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.archive import Cell, Column, Line, Quantity, Table
from stationdesk.domain.metering.archive import Mapping as Layout
from stationdesk.domain.metering.archive.answers import iso_day
from stationdesk.domain.metering.archive.clock import Clock, stamped
from stationdesk.domain.metering.archive.guess import days_in
from stationdesk.domain.metering.archive.layout import combined, filled
from stationdesk.domain.metering.archive.numerals import blank, numeric, short, text_of
from stationdesk.domain.metering.archive.refusals import ArchiveFormulaError, ArchiveTimeError
from stationdesk.domain.metering.archive.rows import is_footer
from stationdesk.domain.metering.archive.stamps import order_of, wall
from stationdesk.domain.metering.archive.units import plain, split_unit
from stationdesk.domain.names import Name
from stationdesk.domain.plausibility import NotAnHourError
from stationdesk.domain.words import N_, _

LOOK_FOR, DEEPEST = 40, 3  # lines before the headings; rows a heading may have
_TIME = re.compile(r"时间|时刻|日期|小时|整点|time|date|hour|clock|时", re.IGNORECASE)
_NOT_READ = re.compile(r"[-–—―_/*]+|无|未抄|漏抄|停用|n/?a", re.IGNORECASE)
_LEAVE_OUT = "-"


class ReadingsHeadError(DomainError):
    """A file without a line of points."""

    words = N_("{file} has no line of headings with a time and points of the station, by code or name.")
    field = "file"


class ReadingsDateError(DomainError):
    """Hours of no day."""

    words = N_("{file} does not say of which day its hours are: give the date.")
    field = "date"


class ReadingsOrderError(DomainError):
    """05/10/2026 may be either."""

    words = N_("“{typed}”: is the day written before the month? Write dates as 2026-10-20.")
    field = "date"


class ColumnPointError(DomainError):
    """Numbers under a heading that is no point."""

    words = N_("No point of the station is called so (of this unit: {codes}): say its code, or leave the column out.")


class ColumnAgainError(DomainError):
    """A point in two columns."""

    words = N_("{point} stands in another column already.")


class ColumnUnitError(DomainError):
    """MPa under a heading, kPa at the point."""

    words = N_("The column is in {typed}, the point {point} in {unit}.")


class PointCodeError(DomainError):
    """A code nobody has."""

    words = N_("There is no point {code}.")
    field = "column"


@dataclass(frozen=True)
class KnownPoint:
    """A point of the station as a heading may name it."""

    point_id: int
    code: str
    group: Name
    name: Name
    unit: str


@dataclass(frozen=True)
class FileCell:
    """A value of the file, as typed."""

    point_id: int
    hour: datetime
    typed: str
    line: int
    heading: str


@dataclass(frozen=True)
class FileRefusal:
    """A cell, a line or a column that is not taken; line 0: the whole column."""

    line: int
    heading: str
    error: DomainError

    def __str__(self) -> str:
        where = _("line {line}, {column}") if self.line and self.heading else _("line {line}") if self.line else _("column {column}")
        return _("{where}: {words}").format(where=where.format(line=self.line, column=self.heading), words=say(self.error))


@dataclass
class ReadingsFile:
    """What a file holds. unread: headings of words, not of numbers; empty: hours without any value; unsaid: cells marked as not read."""

    cells: list[FileCell] = field(default_factory=list)
    refused: list[FileRefusal] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    empty: list[datetime] = field(default_factory=list)
    unsaid: int = 0
    hours: list[datetime] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)


def read_readings(
    table: Table, points: Sequence[KnownPoint], zone: ZoneInfo, day: str = "", said: Mapping[str, str] | None = None
) -> ReadingsFile:
    """The values of a file. day: the date where the file gives none; said: heading → code, "-" to leave the column out.

    ReadingsHeadError, ReadingsDateError, ReadingsOrderError, PointCodeError, DayUnknownError.
    """
    chosen = _chosen(said or {}, points)
    head = _head(table, points, chosen)
    made = ReadingsFile()
    columns = dict(_columns(head, points, chosen, made))
    made.texts.update(head.texts)
    clock = Clock(_layout(table, head, iso_day(day) if day else ""), zone)
    for line in table.lines:
        if line.number >= head.body and filled(line):
            _line(line, columns, clock, made)
    refused = {each.heading for each in made.refused if not each.line}
    left = [text for place, text in head.texts.items() if place not in columns and place not in head.times]
    made.unread += [text for text in left if text and text not in refused]
    return made


# Headings
@dataclass(frozen=True)
class _Head:
    """texts: heading by column; times: the columns of date and time; body: the first line below; lines: those below it."""

    texts: dict[int, str]
    times: tuple[int, ...]
    body: int
    lines: tuple[Line, ...]


def _chosen(said: Mapping[str, str], points: Sequence[KnownPoint]) -> dict[str, KnownPoint | None]:
    by_code = {each.code.casefold(): each for each in points}
    unknown = [code for code in said.values() if code not in ("", _LEAVE_OUT) and code.casefold() not in by_code]
    if unknown:
        raise PointCodeError(code=unknown[0])
    return {bare(heading): by_code.get(code.casefold()) for heading, code in said.items()}


def _head(table: Table, points: Sequence[KnownPoint], chosen: Mapping[str, KnownPoint | None]) -> _Head:
    """The rows that name the most points."""
    best: tuple[int, _Head] | None = None
    rows = [index for index, line in enumerate(table.lines[:LOOK_FOR]) if filled(line)]
    for first in range(len(rows)):
        for deep in range(1, DEEPEST + 1):
            head = _try(table, rows[first : first + deep])
            found = sum(1 for text in head.texts.values() if bare(text) in chosen or named(text, points) is not None)
            if found and head.times and (best is None or found > best[0]):
                best = found, head
    if best is None:
        raise ReadingsHeadError(file=table.title)
    return best[1]


def _try(table: Table, rows: Sequence[int]) -> _Head:
    texts = dict(enumerate(combined([table.lines[index] for index in rows])))
    below = tuple(table.lines[rows[-1] + 1 :])
    times = tuple(place for place, text in texts.items() if _TIME.search(text) and _mostly_times(below[:30], place))
    return _Head(texts, times, below[0].number if below else table.lines[rows[-1]].number + 1, below)


def _mostly_times(lines: Sequence[Line], place: int) -> bool:
    cells = [line.cell(place) for line in lines if not blank(line.cell(place))]
    return bool(cells) and sum(1 for cell in cells if wall(cell, "dmy", clock=True) or wall(cell, "mdy")) * 2 > len(cells)


def bare(text: str) -> str:
    """A heading as it is compared."""
    return re.sub(r"[^0-9a-z\u4e00-\u9fff#°%]+", "", plain(text))


def named(text: str, points: Sequence[KnownPoint]) -> KnownPoint | None:
    """The one point a heading means: its code, or group and name in either language, with or without its unit."""
    wanted = {bare(text), bare(split_unit(text)[0])}
    found = [each for each in points if wanted & _names(each)]
    return found[0] if len(found) == 1 else None


def _names(point: KnownPoint) -> set[str]:
    zh, en = point.name.zh, point.name.en
    whole = {point.code, f"{point.group.zh}{zh}", f"{point.group.en} {en}", zh if point.group.zh in zh else f"{point.group.zh} {zh}"}
    alone = {zh} if len(zh) > 2 else set()  # 压力 and 温度 are of many groups
    return {bare(each + unit) for each in whole | alone if each for unit in ("", point.unit)}


def _columns(
    head: _Head, points: Sequence[KnownPoint], chosen: Mapping[str, KnownPoint | None], made: ReadingsFile
) -> Iterator[tuple[int, KnownPoint]]:
    taken: set[int] = set()
    for place, text in head.texts.items():
        if place in head.times or not text:
            continue
        point = chosen[bare(text)] if bare(text) in chosen else named(text, points)
        if point is None:
            if bare(text) not in chosen and _numbers(head.lines, place):
                made.refused.append(FileRefusal(0, text, ColumnPointError(codes=_of_unit(text, points))))
        elif point.point_id in taken:
            made.refused.append(FileRefusal(0, text, ColumnAgainError(point=point.code)))
        elif (other := _other_unit(text, point)) is not None:
            made.refused.append(FileRefusal(0, text, ColumnUnitError(typed=other, point=point.code, unit=point.unit)))
        else:
            taken.add(point.point_id)
            yield place, point


def _numbers(lines: Sequence[Line], place: int) -> bool:
    return any(numeric(line.cell(place)) for line in lines)


def _of_unit(text: str, points: Sequence[KnownPoint]) -> str:
    """The codes of the points in the unit of a heading."""
    unit = bare(plain(text).removeprefix(split_unit(text)[0]))
    return ", ".join(each.code for each in points if unit and bare(each.unit) == unit) or "—"


def _other_unit(text: str, point: KnownPoint) -> str | None:
    """The unit of a heading that is not the point's; gauge or absolute is not told apart here."""
    said, own = split_unit(text)[1], split_unit(f"x ({point.unit})")[1]
    if said is None or own is None or (said.kind, said.code) == (own.kind, own.code):
        return None
    return said.code or said.kind


# Values
def _layout(table: Table, head: _Head, day: str) -> Layout:
    """How the times are read; the date of hours without one is that above them."""
    cells = [line.cell(place) for line in head.lines for place in head.times]
    order, proven = order_of(cells)
    if not proven:
        raise ReadingsOrderError(typed=text_of(next(cell for cell in cells if not blank(cell))))
    dated = [place for place in head.times if any((said := wall(line.cell(place), order)) and said.day for line in head.lines)]
    clocks = [place for place in head.times if place not in dated]
    kinds = [(Quantity.DATE if clocks else Quantity.MOMENT, dated[0])] if dated else []
    kinds += [(Quantity.MOMENT, clocks[0])] if clocks else []
    columns = tuple(Column(kind, place, head.texts[place]) for kind, place in kinds)
    return Layout(columns, order=order, day=day or ("" if dated else _day_above(table, head)))


def _day_above(table: Table, head: _Head) -> str:
    above = [text_of(cell) for line in table.lines if line.number < head.body for cell in line.cells]
    days = {day for text in (*above, table.title) for day in days_in(text)}
    if len(days) != 1:
        raise ReadingsDateError(file=table.title)
    return days.pop()


def _line(line: Line, columns: Mapping[int, KnownPoint], clock: Clock, made: ReadingsFile) -> None:
    if stamped(clock.mapping, line).second is None and is_footer(line, clock.mapping):
        made.passed.append(line.number)
        return
    try:
        hour = clock.end(line, "")
        if hour.minute or hour.second:
            raise NotAnHourError
    except DomainError as error:
        time = next((each.heading for each in clock.mapping.columns), "")
        made.refused.append(FileRefusal(line.number, time if isinstance(error, ArchiveTimeError | NotAnHourError) else "", error))
        return
    found = list(_cells(line, hour, columns, made))
    made.cells += found
    made.hours.append(hour)
    if not found:
        made.empty.append(hour)


def _cells(line: Line, hour: datetime, columns: Mapping[int, KnownPoint], made: ReadingsFile) -> Iterator[FileCell]:
    for place, point in columns.items():
        typed = typed_of(line.cell(place))
        if not typed:
            continue
        if _NOT_READ.fullmatch(typed):
            made.unsaid += 1
        elif typed.startswith("="):
            made.refused.append(FileRefusal(line.number, made.texts[place], ArchiveFormulaError()))
        else:
            yield FileCell(point.point_id, hour, short(typed), line.number, made.texts[place])


def typed_of(cell: Cell) -> str:
    """The cell as somebody would type it."""
    return format(cell, "f") if isinstance(cell, Decimal) else cell.strip()
