"""One person's month: their shifts, who is with them, and the days a published shift of theirs was taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import Span, month_of, months_on
from stationdesk.domain.names import Name
from stationdesk.domain.roster import days_of
from stationdesk.domain.rotation import ShiftKind, kinds_of
from stationdesk.services.roster.paper import Line, Month, NoSuchRosterError, latest_month, months_of
from stationdesk.services.shifts import SHIFTS
from stationdesk.storage.journal import JOURNAL
from stationdesk.storage.roster import Roster, RosterLine
from stationdesk.storage.store import Store

AT = "@"
"""Between the person and the month: 7@2026-12."""


@dataclass(frozen=True)
class PersonDay:
    """A day of a person. kind None: off. beside: who else is on the shift, its leaders first; leader: the person leads it."""

    day: date
    name: Name  # of a holiday
    kind: ShiftKind | None
    span: Span | None
    leave: str
    beside: tuple[str, ...]


@dataclass(frozen=True)
class PersonMonth:
    """A month of a person. taken_back: days of a published shift that is no longer theirs, with when it was planned."""

    month: Month
    line: Line
    days: tuple[PersonDay, ...]
    taken_back: tuple[tuple[date, ShiftKind], ...]
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
        days = tuple(_days(month, line))
        return PersonMonth(month, line, days, _taken_back(session, month, line), _own(session), head.seq)


def _own(session: Session) -> str:
    """The hash of the first entry: no other store has it."""
    first: bytes = session.scalars(select(JOURNAL.c.hash).order_by(JOURNAL.c.seq).limit(1)).one()
    return first.hex()[:16]


def _days(month: Month, line: Line) -> Iterator[PersonDay]:
    kinds = {kind.code: kind for kind in month.kinds}
    others = sorted((each for each in month.lines if each.person_id != line.person_id), key=lambda each: not each.leads)
    for n, day in enumerate(month.days):
        kind = kinds.get(line.codes[n])
        beside = tuple(each.name for each in others if kind and kind.desk and each.codes[n] == kind.code)
        yield PersonDay(day.day, day.name, kind, kind.span(day.day, month.zone) if kind else None, line.leave[n], beside)


def _taken_back(session: Session, month: Month, line: Line) -> tuple[tuple[date, ShiftKind], ...]:
    """Days off now on which some published version had them."""
    now = dict(zip(days_of(month.first, month.last), line.codes, strict=True))
    wanted = select(Roster, RosterLine.codes).join(RosterLine, RosterLine.roster_id == Roster.id)
    wanted = wanted.where(RosterLine.person_id == line.person_id, Roster.sheet == SHIFTS, Roster.closed_at.is_not(None))
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
