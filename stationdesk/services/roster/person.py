"""One person's month: their shifts, who is with them, what a holiday's sheet asks of them, their leave, and the days a published duty of
theirs was taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import Span, month_of, months_on
from stationdesk.domain.names import Name
from stationdesk.domain.roster import days_of
from stationdesk.domain.rotation import ShiftKind, kinds_of
from stationdesk.services.roster.paper import Line, Month, NoSuchRosterError, latest_month, months_of
from stationdesk.services.roster.publish import HOLIDAY
from stationdesk.services.shifts.publications import SHIFTS, published
from stationdesk.storage.journal import JOURNAL
from stationdesk.storage.roster import Leave, Roster, RosterLine
from stationdesk.storage.store import Store

AT = "@"
"""Between the person and the month: 7@2026-12."""


@dataclass(frozen=True)
class PersonDay:
    """A day of a person. kind None: off. beside: who else is on the shift, its leaders first.

    holiday: what the holidays' duty sheet asks of them, where the roster does not say the same.
    """

    day: date
    name: Name  # of a holiday
    kind: ShiftKind | None
    span: Span | None
    leave: str
    beside: tuple[str, ...]
    holiday: ShiftKind | None = None


@dataclass(frozen=True)
class Absence:
    """Leave that is approved, as long as it is."""

    leave_id: int
    first: date
    last: date
    kind: str


@dataclass(frozen=True)
class PersonMonth:
    """A month of a person. taken_back: days of a published shift that is no longer theirs, with when it was planned; holidays_taken_back:
    of the holidays' duty sheet. leave: what has a day of the month."""

    month: Month
    line: Line
    days: tuple[PersonDay, ...]
    taken_back: tuple[tuple[date, ShiftKind], ...]
    holidays_taken_back: tuple[tuple[date, ShiftKind], ...]
    leave: tuple[Absence, ...]
    store: str  # tells this store from all others
    entry: int  # newest entry of the journal: grows with every change


def person_month(store: Store, subject: str, at: datetime) -> PersonMonth:
    """subject: "7@2026-12", or "7" in the latest published month. NoSuchRosterError."""
    found = re.fullmatch(r"(\d{1,9})(?:@(\d{4}-\d\d))?", subject)
    if found is None:
        raise NoSuchRosterError(subject=subject)
    month = months_of(store, found[2] or latest_month(store, at), at)[0]
    line = next((each for each in month.lines if each.person_id == int(found[1])), None)
    if line is None:
        raise NoSuchRosterError(subject=subject)
    head = store.head()
    with store.read() as session:
        asked = _holidays(session, month, line)
        now = dict(zip(days_of(month.first, month.last), line.codes, strict=True))
        called = {day: kind.code for day, kind in asked.items()}
        return PersonMonth(
            month=month,
            line=line,
            days=tuple(_days(month, line, asked)),
            taken_back=_taken_back(session, month, line, SHIFTS, now),
            holidays_taken_back=_taken_back(session, month, line, HOLIDAY, {day: called.get(day, "") for day in now}),
            leave=_leave(session, month, line),
            store=_own(session),
            entry=head.seq,
        )


def _holidays(session: Session, month: Month, line: Line) -> dict[date, ShiftKind]:
    """What the holidays' published sheets ask of a person."""
    found: dict[date, ShiftKind] = {}
    for day in days_of(month.first, month.last):
        held = published(session, day, HOLIDAY)
        kinds = {kind.code: kind for kind in held.kinds} if held else {}
        kind = kinds.get(held.cells.get((line.person_id, day), "")) if held else None
        if kind is not None:
            found[day] = kind
    return found


def _leave(session: Session, month: Month, line: Line) -> tuple[Absence, ...]:
    wanted = select(Leave).where(Leave.person_id == line.person_id, Leave.state == "approved")
    rows = session.scalars(wanted.where(Leave.first <= month.last, Leave.last >= month.first).order_by(Leave.first, Leave.id))
    return tuple(Absence(each.id, each.first, each.last, each.kind) for each in rows)


def _own(session: Session) -> str:
    """The hash of the first entry: no other store has it."""
    first: bytes = session.scalars(select(JOURNAL.c.hash).order_by(JOURNAL.c.seq).limit(1)).one()
    return first.hex()[:16]


def _days(month: Month, line: Line, asked: Mapping[date, ShiftKind]) -> Iterator[PersonDay]:
    kinds = {kind.code: kind for kind in month.kinds}
    others = sorted((each for each in month.lines if each.person_id != line.person_id), key=lambda each: not each.leads)
    for n, day in enumerate(month.days):
        kind = kinds.get(line.codes[n])
        beside = tuple(each.name for each in others if kind and kind.desk and each.codes[n] == kind.code)
        span, holiday = kind.span(day.day, month.zone) if kind else None, asked.get(day.day)
        more = holiday if holiday is not None and (kind is None or holiday.code != kind.code) else None
        yield PersonDay(day.day, day.name, kind, span, line.leave[n], beside, more)


def _taken_back(session: Session, month: Month, line: Line, sheet: str, now: Mapping[date, str]) -> tuple[tuple[date, ShiftKind], ...]:
    """Days on which some published version of a sheet had them and which have nothing of it now. now: the codes of the month."""
    wanted = select(Roster, RosterLine.codes).join(RosterLine, RosterLine.roster_id == Roster.id)
    wanted = wanted.where(RosterLine.person_id == line.person_id, Roster.sheet == sheet, Roster.closed_at.is_not(None))
    found: dict[date, ShiftKind] = {}
    for row, codes in session.execute(wanted.where(Roster.first <= month.last, Roster.last >= month.first).order_by(Roster.id)):
        kinds = {kind.code: kind for kind in kinds_of(json.loads(row.kinds))}
        planned = zip(days_of(row.first, row.last), codes.split(","), strict=False)
        found |= {day: kinds[code] for day, code in planned if code in kinds and now.get(day, code) == ""}
    return tuple(sorted(found.items(), key=lambda each: each[0]))


@dataclass(frozen=True)
class PersonSubject:
    """A person in a month, to choose from."""

    code: str
    name: str
    month: str


def person_subjects(store: Store, at: datetime) -> tuple[PersonSubject, ...]:
    """Everybody in the latest published month and in the one before it."""
    newest = date.fromisoformat(f"{latest_month(store, at)}-01")
    found = []
    for first in (newest, month_of(months_on(newest, -1))[0]):
        month = months_of(store, f"{first:%Y-%m}", at)[0]
        found += [PersonSubject(f"{each.person_id}{AT}{first:%Y-%m}", each.name, f"{first:%Y-%m}") for each in month.lines]
    return tuple(found)
