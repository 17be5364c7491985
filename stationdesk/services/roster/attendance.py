"""Attendance against the roster: who was planned, who signed on, stand-ins, swaps, leave, extended duty, and the overtime of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import day_of, month_of
from stationdesk.domain.names import Name
from stationdesk.domain.roster import Calendar, Member, days_of, periods, standard_minutes
from stationdesk.domain.roster.errors import RosterEmptyError
from stationdesk.domain.roster.overtime import CLASSES, ONE_MINUTE, Kept, Stretch, classes, joined, worked_classes
from stationdesk.domain.rotation import ShiftKind
from stationdesk.services.roster.calendar import calendar
from stationdesk.services.roster.draft import as_planned
from stationdesk.services.roster.paper import NoSuchRosterError
from stationdesk.services.roster.rules import rules_in_force
from stationdesk.services.roster.staff import Planned, staff
from stationdesk.services.roster.swap import swaps_in
from stationdesk.services.station import setting, zone
from stationdesk.storage.people import Person
from stationdesk.storage.shifts import DutySpell, Shift
from stationdesk.storage.store import Store

COMPREHENSIVE = "prc-comprehensive-"
NO_TIME = timedelta(0)
Key = tuple[int, date]


@dataclass(frozen=True)
class Hours:
    """Minutes by both readings of the law: all time at the station, and work only."""

    presence: int = 0
    work: int = 0

    def __add__(self, other: Hours) -> Hours:
        return Hours(self.presence + other.presence, self.work + other.work)


@dataclass(frozen=True)
class Attended:
    """A person's month. planned: shifts of the month; due: those that are over, and the one being worked; missed: over, not on leave,
    and not signed on for.
    """

    person_id: int
    name: str
    crew: Name
    planned: int
    due: int
    present: int
    missed: tuple[date, ...]
    replaced: tuple[date, ...]  # of the missed: somebody stood in
    stood_in: tuple[date, ...]
    beyond: tuple[date, ...]  # signed on without being planned, nobody's stand-in
    late: tuple[tuple[date, int], ...]  # signed on after the planned shift began: so many minutes, more than the station passes over
    early: tuple[tuple[date, int], ...]  # signed off for good before it ended
    unsigned: int  # office days and the like, counted by the plan: they sign on nowhere
    swaps: int
    leave: int  # days
    extended: int  # minutes of extended duty
    hours: Hours
    overtime: Mapping[int, Hours]  # by percent
    period: Hours  # from the first day of the period on, as far as it is counted
    period_statutory: Hours
    period_beyond: Hours  # beyond the standard of the whole period; of weeks each by itself
    standard: int  # minutes owed from the first day counted in the period to the day of `until`, the month's last at most
    whole_standard: int  # and in the whole period


@dataclass(frozen=True)
class Attendance:
    """A month of everybody. until: to when shifts have been counted."""

    first: date
    last: date
    zone: ZoneInfo
    until: datetime
    workdays: int
    period: str  # week, month, quarter, year; "" where no rule of comprehensive hours is in force
    period_first: date
    period_last: date
    counted_from: date  # in the period: the desk's first shift where it is later than the period's first day
    tolerance: int  # minutes of lateness passed over
    people: tuple[Attended, ...]
    provisional: tuple[int, ...]


@dataclass
class _Spells:
    """What the desk knows of a span: stretches, stand-ins and extensions by person and day."""

    stretches: dict[Key, list[Stretch]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[Key, str] = field(default_factory=dict)
    stands: dict[Key, int] = field(default_factory=dict)
    replaced: set[Key] = field(default_factory=set)
    extended: dict[Key, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, spell: DutySpell, shift: Shift, at: datetime) -> None:
        """A spell, the quarter of an hour before the shift left out, what is extended counted on."""
        key, left = (spell.person_id, shift.day), spell.signed_off_at or at
        end = min(left, shift.ends_at)
        if spell.extended_from is not None and left > spell.extended_from:
            self.extended[key] += int((left - spell.extended_from).total_seconds() // 60)
            end = left
        self.stretches[key].append((max(spell.signed_on_at, shift.starts_at), min(end, at)))
        self.kinds[key] = shift.kind
        if spell.stands_in_for is not None:
            self.stands[key] = spell.stands_in_for
            self.replaced.add((spell.stands_in_for, shift.day))


@dataclass(frozen=True)
class _Case:
    """All that a person's month is counted from."""

    at: datetime
    zone: ZoneInfo
    calendar: Calendar
    kinds: Mapping[str, ShiftKind]
    cells: Mapping[Key, str]
    spells: _Spells
    begins: date

    def kept(self, key: Key) -> Kept | None:
        """What somebody kept on a day: as signed on, or by the plan where nobody signs; None for a day without."""
        if key in self.spells.stretches:
            kind = self.kinds.get(self.spells.kinds[key])
            return Kept(joined(self.spells.stretches[key]), kind.standby + kind.rest if kind else 0)
        kind = self.kinds.get(self.cells.get(key, ""))
        if kind is None or kind.desk or not kind.work or not self.over(key, kind):
            return None
        span = kind.span(key[1], self.zone)
        return Kept(((span.start, span.end),), kind.standby + kind.rest)

    def apart(self, key: Key) -> tuple[int, int]:
        """Minutes somebody came after their planned shift began, and left before it ended; another shift than planned is neither."""
        kind, kept = self.kinds.get(self.cells.get(key, "")), self.spells.stretches.get(key)
        if kind is None or not kept or self.spells.kinds[key] != kind.code:
            return 0, 0
        span, whole = kind.span(key[1], self.zone), joined(kept)
        if not whole:
            return 0, 0
        left = span.end - whole[-1][1] if self.over(key, kind) else NO_TIME
        return int((whole[0][0] - span.start) / ONE_MINUTE), int(left / ONE_MINUTE)

    def over(self, key: Key, kind: ShiftKind) -> bool:
        """Whether the shift of that day has ended."""
        return kind.span(key[1], self.zone).end <= self.at

    def hours(self, person: int, days: Sequence[date]) -> Hours:
        """All that somebody kept in some days."""
        found = [kept for day in days if (kept := self.kept((person, day)))]
        return Hours(sum(each.presence for each in found), sum(each.work for each in found))

    def overtime(self, person: int, days: Sequence[date]) -> dict[int, Hours]:
        """The same by the percent it pays."""
        total = dict.fromkeys(CLASSES, Hours())
        for kept in (kept for day in days if (kept := self.kept((person, day)))):
            whole, work = classes(kept, self.calendar, self.zone), worked_classes(kept, self.calendar, self.zone)
            total = {pay: total[pay] + Hours(whole[pay], work[pay]) for pay in CLASSES}
        return total


def attendance(store: Store, subject: str, at: datetime) -> Attendance:
    """A month ("2026-11") as it was kept until now. NoSuchRosterError."""
    try:
        first, last = month_of(date.fromisoformat(f"{subject}-01"))
    except ValueError as error:
        raise NoSuchRosterError(subject=subject) from error
    with store.read() as session:
        period, tolerance = _period(session, at), int(setting(session, "attendance_minutes", at))
        spans = settled(period, first, last)
        begins, ends = spans[0][0], spans[-1][1]
        people = staff(session, begins, ends, at)
        case = _case(session, people, begins, last, at)
        people = (*people, *_gone(session, people, case))
        swapped = [each for each in swaps_in(session, first, last) if each.state == "approved"]
        gone = [person for each in swapped for person in (each.person_id, each.other_id)]
        asked = _Asked(first, last, spans, tolerance)
        return Attendance(
            first=first,
            last=last,
            zone=case.zone,
            until=at,
            workdays=case.calendar.workdays(first, last),
            period=period,
            period_first=begins,
            period_last=ends,
            counted_from=max(begins, min(case.begins, last)),
            tolerance=tolerance,
            people=tuple(_attended(each, case, asked, gone.count(each.member.person)) for each in people),
            provisional=case.calendar.provisional(begins, ends),
        )


@dataclass(frozen=True)
class _Asked:
    """The days of the month, the periods its overtime is settled by, and the lateness passed over."""

    first: date
    last: date
    spans: tuple[tuple[date, date], ...]
    tolerance: int

    @property
    def days(self) -> tuple[date, ...]:
        """The month's."""
        return days_of(self.first, self.last)

    @property
    def so_far(self) -> tuple[date, ...]:
        """The days of the periods until the month ends."""
        return self._held((self.spans[0][0], self.spans[-1][1]))

    def _held(self, span: tuple[date, date]) -> tuple[date, ...]:
        return days_of(span[0], min(span[1], self.last))

    def beyond(self, case: _Case, member: Member) -> Hours:
        """What is beyond the standard of each whole period."""
        total = Hours()
        for span in self.spans:
            kept, owed = case.hours(member.person, self._held(span)), standard_minutes(case.calendar, member, *span)
            total += Hours(max(0, kept.presence - owed), max(0, kept.work - owed))
        return total


def settled(period: str, first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The periods a month's overtime is settled by: the one it lies in, or the weeks that end in it, so that each counts once."""
    if period == "week":
        return tuple(week for week in periods("week", first, last) if week[1] <= last)
    return periods(period or "month", first, last)[:1]


def _period(session: Session, at: datetime) -> str:
    """The period of the rule set of comprehensive hours in force."""
    found = [each.code.removeprefix(COMPREHENSIVE) for each in rules_in_force(session, at) if each.code.startswith(COMPREHENSIVE)]
    return next((each for each in found if each in ("week", "month", "quarter", "year")), "")


def _case(session: Session, people: Sequence[Planned], first: date, last: date, at: datetime) -> _Case:
    begins = session.scalars(select(func.min(Shift.day))).first() or last
    try:
        kinds, cells = as_planned(session, people, first, last, at)
    except RosterEmptyError:
        kinds, cells = (), {}
    spells = _Spells()
    rows = session.execute(
        select(DutySpell, Shift).join(Shift, Shift.id == DutySpell.shift_id).where(Shift.day >= first, Shift.day <= last)
    )
    for spell, shift in rows:
        spells.add(spell, shift, at)
    held = {key: code for key, code in cells.items() if key[1] >= begins}
    return _Case(
        at, zone(session), calendar(session, first, date(last.year, 12, 31)), {kind.code: kind for kind in kinds}, held, spells, begins
    )


def _gone(session: Session, people: Sequence[Planned], case: _Case) -> tuple[Planned, ...]:
    """Who has hours in these months and is no longer planned: they are owed their pay."""
    there = {each.member.person for each in people}
    seen = {person for person, _day in (*case.cells, *case.spells.stretches)} - there
    found = session.scalars(select(Person).where(Person.id.in_(seen)).order_by(Person.id))
    return tuple(Planned(Member(each.id, each.name, post=each.post), None, each.phone) for each in found)


def _attended(each: Planned, case: _Case, asked: _Asked, swaps: int) -> Attended:
    member, person, days, so_far = each.member, each.member.person, asked.days, asked.so_far
    mine = {day: kind for day in days if (kind := case.kinds.get(case.cells.get((person, day), ""))) and kind.work}
    desk = {day: kind for day, kind in mine.items() if kind.desk}
    seen = {day for day in days if (person, day) in case.spells.stretches}
    missed = tuple(day for day, kind in desk.items() if case.over((person, day), kind) and day not in seen)
    stood = tuple(day for day in sorted(seen) if (person, day) in case.spells.stands)
    over = [day for day, kind in mine.items() if case.over((person, day), kind)]
    apart = {day: case.apart((person, day)) for day in sorted(seen & desk.keys())}
    return Attended(
        person_id=person,
        name=member.name,
        crew=each.crew.name if each.crew else Name(""),
        planned=len(mine),
        due=len({*over, *(seen & desk.keys())}),
        present=len(seen & desk.keys()),
        missed=missed,
        replaced=tuple(day for day in missed if (person, day) in case.spells.replaced),
        stood_in=stood,
        beyond=tuple(day for day in sorted(seen) if day not in desk and day not in stood),
        late=tuple((day, late) for day, (late, _early) in apart.items() if late > asked.tolerance),
        early=tuple((day, early) for day, (_late, early) in apart.items() if early > asked.tolerance),
        unsigned=sum(day not in desk for day in over),
        swaps=swaps,
        leave=sum(member.away(day) is not None for day in days),
        extended=sum(case.spells.extended.get((person, day), 0) for day in days),
        hours=case.hours(person, days),
        overtime=case.overtime(person, days),
        period=case.hours(person, so_far),
        period_statutory=case.overtime(person, so_far)[CLASSES[-1]],
        period_beyond=asked.beyond(case, member),
        standard=standard_minutes(case.calendar, member, max(so_far[0], case.begins), min(so_far[-1], day_of(case.at, case.zone))),
        whole_standard=standard_minutes(case.calendar, member, so_far[0], asked.spans[-1][1]),
    )
