"""A roster as its sheets show it: what is in force in a month, who published it, what changed since, and why it breaks a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import day_of, month_of, months_on
from stationdesk.domain.names import Name
from stationdesk.domain.roster import days_of
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import N_
from stationdesk.services.people.view import names
from stationdesk.services.roster.draft import copied
from stationdesk.services.roster.judge import BreachView, Judged, Tally, judge, judge_cells, judge_planned, tally, worded
from stationdesk.services.roster.publication import Publication, publication
from stationdesk.services.roster.swap import SwapView, swaps_in
from stationdesk.services.roster.view import RosterDay, StandIn, day_seen, leave_of, stand_ins
from stationdesk.services.shifts.publications import SHIFTS, published
from stationdesk.services.station import zone
from stationdesk.storage.people import Crew, Person
from stationdesk.storage.roster import Leave, Roster, RosterLine, RosterReason
from stationdesk.storage.store import Store


class NoSuchRosterError(DomainError):
    """A number no roster has, or a month that is none."""

    words = N_("There is no roster “{subject}”.")


@dataclass(frozen=True)
class Line:
    """A person with the codes of their days ("" off) and the leave that lies on them."""

    person_id: int
    name: str
    number: str
    phone: str
    crew: Name
    post: str
    leads: bool
    codes: tuple[str, ...]
    leave: tuple[str, ...]
    figures: Tally


@dataclass(frozen=True)
class Answered:
    """A breach of the rules in force, the reason it was published with, and who said it; "" where none was given."""

    view: BreachView
    reason: str
    by: str
    approver: str


@dataclass(frozen=True)
class Away:
    """Leave approved since the roster was published."""

    person: str
    first: date
    last: date
    kind: str
    by: str


@dataclass(frozen=True)
class Month:
    """At most a month of a roster. draft: not published; number 0 where the rotation stands in for a roster nobody made."""

    first: date
    last: date
    zone: ZoneInfo
    number: int
    draft: bool
    made_by: str
    made_at: datetime | None
    days: tuple[RosterDay, ...]
    workdays: int
    kinds: tuple[ShiftKind, ...]
    lines: tuple[Line, ...]
    cover: Mapping[str, tuple[int, ...]]
    breaches: tuple[Answered, ...]
    publications: tuple[Publication, ...]
    swaps: tuple[SwapView, ...]
    away: tuple[Away, ...]
    stand_ins: tuple[StandIn, ...]
    provisional: tuple[int, ...]


VERSION = "roster:"


def months_of(store: Store, subject: str, at: datetime) -> tuple[Month, ...]:
    """The months of "2026-12" (in force, else drafted last, else by the rotation) or of one version, "roster:7". NoSuchRosterError."""
    with store.read() as session:
        if subject.startswith(VERSION):
            row = _row(session, subject)
            spans = _spans(row.first, row.last)
            return tuple(_month(session, first, last, row, at) for first, last in spans)
        first, last = month_of(_month_said(subject) if subject else _latest(session, at))
        return (_month(session, first, last, None, at),)


def _row(session: Session, subject: str) -> Roster:
    number = subject.removeprefix(VERSION)
    row = session.get(Roster, int(number)) if number.isdecimal() else None
    if row is None:
        raise NoSuchRosterError(subject=subject)
    return row


def _month_said(subject: str) -> date:
    try:
        return date.fromisoformat(f"{subject}-01")
    except ValueError as error:
        raise NoSuchRosterError(subject=subject) from error


def _spans(first: date, last: date) -> list[tuple[date, date]]:
    found = []
    while first <= last:
        end = min(month_of(first)[1], last)
        found.append((first, end))
        first = months_on(first.replace(day=1), 1)
    return found


def latest_month(store: Store, at: datetime) -> str:
    """The month of the latest published day, this month where nothing is published."""
    with store.read() as session:
        return f"{_latest(session, at):%Y-%m}"


def _latest(session: Session, at: datetime) -> date:
    wanted = select(Roster.last).where(Roster.sheet == SHIFTS, Roster.closed_at.is_not(None)).order_by(Roster.last.desc())
    return session.scalars(wanted.limit(1)).first() or day_of(at, zone(session))


def _month(session: Session, first: date, last: date, row: Roster | None, at: datetime) -> Month:
    rows = _in_force(session, first, last) if row is None else [row]
    if row is None and rows:
        held = [day for day in days_of(first, last) if published(session, day)]
        first, last = held[0], held[-1]
    row = row or (None if rows else _draft(session, first, last))
    found = _judged(session, first, last, row, rows, at)
    days = days_of(first, last)
    main = row or (rows[0] if rows else None)
    done = [each for each in rows if each.closed_at]
    since = min((each.closed_at for each in done if each.closed_at), default=None)
    called = names(session)
    return Month(
        first=first,
        last=last,
        zone=zone(session),
        number=main.number if main else 0,
        draft=not done,
        made_by=called.get(main.made_by, "") if main else "",
        made_at=main.made_at if main else None,
        days=tuple(day_seen(session, found.calendar, day, SHIFTS) for day in days),
        workdays=found.calendar.workdays(first, last),
        kinds=found.sheet.kinds,
        lines=_lines(session, rows or ([row] if row else []), found, days),
        cover={kind.code: _counts(found, kind, days) for kind in found.sheet.kinds if kind.desk},
        breaches=_answered(session, found, rows, first, last),
        publications=tuple(publication(session, each, first, last, called) for each in done),
        swaps=_swapped(session, first, last, since),
        away=_away(session, first, last, since, called),
        stand_ins=stand_ins(session, first, last) if done else (),
        provisional=found.calendar.provisional(first, last),
    )


def _in_force(session: Session, first: date, last: date) -> list[Roster]:
    """The published versions in force on a day of the span, by the first of these days."""
    found = [each.roster_id for day in days_of(first, last) if (each := published(session, day))]
    return [session.get_one(Roster, number) for number in dict.fromkeys(found)]


def _draft(session: Session, first: date, last: date) -> Roster | None:
    drafts = select(Roster).where(Roster.sheet == SHIFTS, Roster.closed_at.is_(None), Roster.dropped_at.is_(None))
    return session.scalars(drafts.where(Roster.first <= first, Roster.last >= last).order_by(Roster.id.desc()).limit(1)).first()


def _judged(session: Session, first: date, last: date, row: Roster | None, rows: Sequence[Roster], at: datetime) -> Judged:
    """One version by itself; what is in force, day by day; the rotation where there is neither."""
    if row is not None:
        return judge(session, row, at)
    if rows:
        kinds, cells = copied(session, first, last, SHIFTS)
        return judge_cells(session, first, last, kinds, cells, at)
    return judge_planned(session, first, last, at)


def _counts(found: Judged, kind: ShiftKind, days: Sequence[date]) -> tuple[int, ...]:
    return tuple(len(found.sheet.manned.get((day, kind.code), ())) for day in days)


def _lines(session: Session, rows: Sequence[Roster], found: Judged, days: tuple[date, ...]) -> tuple[Line, ...]:
    """Everybody of the versions in the order of the newest; of the staff where there is none."""
    crews = {each.id: Name(each.name_zh, each.name_en) for each in session.scalars(select(Crew))}
    coded = {each.code: Name(each.name_zh, each.name_en) for each in session.scalars(select(Crew))}
    listed: dict[int, tuple[Name, str, bool]] = {}
    for row in reversed(rows):
        for each in session.scalars(select(RosterLine).where(RosterLine.roster_id == row.id).order_by(RosterLine.position, RosterLine.id)):
            listed.setdefault(each.person_id, (crews.get(each.crew_id or 0, Name("")), each.post, each.leads))
    if not rows:
        listed = {each.person: (coded.get(each.crew, Name("")), each.post, each.leads) for each in found.people}
    people = {each.id: each for each in session.scalars(select(Person).where(Person.id.in_(list(listed))))}
    away = leave_of(session, days[0], days[-1])
    return tuple(_line(people[number], *said, found, days, away) for number, said in listed.items())


def _line(
    person: Person, crew: Name, post: str, leads: bool, found: Judged, days: tuple[date, ...], away: Mapping[tuple[int, date], Leave]
) -> Line:
    taken = [away.get((person.id, day)) for day in days]
    return Line(
        person_id=person.id,
        name=person.name,
        number=person.number,
        phone=person.phone,
        crew=crew,
        post=post,
        leads=leads,
        codes=tuple(found.sheet.cell(person.id, day) for day in days),
        leave=tuple(each.kind if each and each.state == "approved" else "" for each in taken),
        figures=tally(found, person.id, days[0], days[-1]),
    )


def _answered(session: Session, found: Judged, rows: Sequence[Roster], first: date, last: date) -> tuple[Answered, ...]:
    """The breaches of law and station that touch the span; the reason is that of the version in force."""
    called, given = names(session), {}
    for row in rows:
        approver = called.get(row.closed_by or 0, "")
        reasons = session.scalars(select(RosterReason).where(RosterReason.roster_id == row.id).order_by(RosterReason.id))
        given.update({each.breach: (each.words, called.get(each.by_id, ""), approver) for each in reasons})
    answerable = set(found.answerable)
    seen = [each for each in worded(session, found) if each.breach in answerable]
    mine = [each for each in seen if each.breach.first <= last and each.breach.last >= first]
    return tuple(Answered(each, *given.get(each.breach.key, ("", "", ""))) for each in mine)


def _swapped(session: Session, first: date, last: date, since: datetime | None) -> tuple[SwapView, ...]:
    if since is None:
        return ()
    return tuple(each for each in swaps_in(session, first, last) if each.state == "approved" and each.closed_at and each.closed_at > since)


def _away(session: Session, first: date, last: date, since: datetime | None, called: Mapping[int, str]) -> tuple[Away, ...]:
    if since is None:
        return ()
    wanted = select(Leave).where(Leave.state == "approved", Leave.decided_at > since, Leave.first <= last, Leave.last >= first)
    found = session.scalars(wanted.order_by(Leave.first, Leave.id))
    return tuple(
        Away(called.get(each.person_id, ""), each.first, each.last, each.kind, called.get(each.decided_by or 0, "")) for each in found
    )
