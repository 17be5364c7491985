"""The calendar of days: what the State Council announced, what the regulation calls statutory, and what the station set itself."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.names import Name
from stationdesk.domain.roster import Calendar, DayKind, SetDay
from stationdesk.domain.roster.calendar_rows import CalendarFileError, read_days
from stationdesk.domain.roster.holidays import statutory
from stationdesk.services.meanwhile import as_seen
from stationdesk.storage.roster import CalendarDay, CalendarYear
from stationdesk.storage.store import Actor, Store

ANNOUNCED = "chinesecalendar 1.11"
"""Where the program's own calendar comes from: the yearly notices 2004 to 2026 as that library has them."""


@dataclass(frozen=True)
class CalendarDayView:
    """A day that is not what its weekday says, or that has a name; own: set by the station."""

    day: date
    kind: DayKind
    name: Name
    own: bool


@dataclass(frozen=True)
class CalendarView:
    """A year's days; source "" where it has no official calendar and holidays may still move."""

    year: int
    source: str
    days: tuple[CalendarDayView, ...]

    @property
    def official(self) -> bool:
        """Whether the year's calendar is the announced one."""
        return bool(self.source)


def calendar(session: Session, first: date, last: date) -> Calendar:
    """The days of the years from first to last as they hold now."""
    years = range(first.year, last.year + 1)
    days = {day: kind for year in years for day, kind in announced(year).items()}
    days.update(_own(session, date(first.year, 1, 1), date(last.year, 12, 31)))
    brought = set(session.scalars(select(CalendarYear.year).where(CalendarYear.year.in_(list(years)))))
    return Calendar(days, frozenset(year for year in years if year in brought or is_announced(year)))


def _own(session: Session, first: date, last: date) -> dict[date, SetDay]:
    rows = session.scalars(select(CalendarDay).where(CalendarDay.day >= first, CalendarDay.day <= last))
    return {row.day: SetDay(DayKind(row.kind), Name(row.name_zh, row.name_en)) for row in rows}


@lru_cache(maxsize=64)
def announced(year: int) -> Mapping[date, SetDay]:
    """What the program knows of a year without the station: the notice where there is one, else the statutory days alone."""
    import chinese_calendar as notices

    named = statutory(year)
    off = {day: SetDay(DayKind.HOLIDAY) for day in notices.holidays if day.year == year}
    worked = {day: SetDay(DayKind.MAKE_UP) for day in notices.workdays if day.year == year}
    return {**off, **worked, **{day: SetDay(DayKind.STATUTORY, name) for day, name in named.items()}}


def is_announced(year: int) -> bool:
    """Whether the program has the year's notice."""
    import chinese_calendar as notices

    first: date = min(notices.holidays)
    last: date = max(notices.holidays)
    return first.year <= year <= last.year


def calendar_view(store: Store, year: int) -> CalendarView:
    """The days of a year that are out of the ordinary."""
    with store.read() as session:
        first, last = date(year, 1, 1), date(year, 12, 31)
        own = _own(session, first, last)
        brought = session.scalars(select(CalendarYear.source).where(CalendarYear.year == year)).first()
        days = {**announced(year), **own}
        seen = tuple(CalendarDayView(day, each.kind, each.name, day in own) for day, each in sorted(days.items()))
        return CalendarView(year, brought or (ANNOUNCED if is_announced(year) else ""), seen)


def set_calendar_day(store: Store, actor: Actor, day: date, kind: DayKind, name: Name, *, at: datetime, seen: SetDay | None = None) -> None:
    """Say what a day is; what was said before stays in the journal. seen: what it was when the change was made. ChangedMeanwhileError."""
    with store.write(actor, "set_calendar_day", at) as session:
        as_seen(seen, calendar(session, day, day).days.get(day), "calendar_day")
        _put(session, actor, day, SetDay(kind, name), at)


def import_calendar(store: Store, actor: Actor, file: Path, year: int, *, at: datetime, dry_run: bool = False) -> tuple[DomainError, ...]:
    """Bring a year's official calendar in from CSV or Excel, all or nothing; the refused lines, if any. CalendarFileError."""
    read = read_days(lines_of(file), year)
    if read.refused or dry_run:
        return read.refused
    with store.write(actor, "import_calendar", at) as session:
        for day in _own(session, date(year, 1, 1), date(year, 12, 31)).keys() - read.days.keys():
            _put(session, actor, day, announced(year).get(day, SetDay(Calendar().kind(day))), at)
        for day, each in read.days.items():
            _put(session, actor, day, each, at)
        for day in announced(year).keys() - read.days.keys():
            _put(session, actor, day, SetDay(Calendar().kind(day)), at)
        _mark(session, actor, year, file.name, at)
    return ()


def _put(session: Session, actor: Actor, day: date, each: SetDay, at: datetime) -> None:
    row = session.scalars(select(CalendarDay).where(CalendarDay.day == day)).first()
    if row is None:
        names = {"name_zh": each.name.zh, "name_en": each.name.en}
        session.add(CalendarDay(day=day, kind=each.kind.value, by_id=actor.person_id, at=at, **names))
    else:
        row.kind, row.name_zh, row.name_en, row.by_id, row.at = each.kind.value, each.name.zh, each.name.en, actor.person_id, at


def _mark(session: Session, actor: Actor, year: int, source: str, at: datetime) -> None:
    row = session.scalars(select(CalendarYear).where(CalendarYear.year == year)).first()
    if row is None:
        session.add(CalendarYear(year=year, source=source, by_id=actor.person_id, at=at))
    else:
        row.source, row.by_id, row.at = source, actor.person_id, at


def lines_of(file: Path) -> Sequence[Sequence[object]]:
    """The cells of a CSV file (UTF-8 or GB18030) or of a workbook's first sheet. CalendarFileError."""
    if file.suffix.casefold() in (".xlsx", ".xlsm"):
        return _cells(file)
    data = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding))))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise CalendarFileError(file=file.name)


def _cells(file: Path) -> Sequence[Sequence[object]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=False, data_only=True)
    except Exception as error:
        raise CalendarFileError(file=file.name) from error
    rows: Iterable[Sequence[object]] = book.worksheets[0].iter_rows(values_only=True, max_col=4, max_row=400)
    return list(rows)
