"""A span of days as the engine takes it: who rotates, what each shift wants, the hard rules in force, what was so far this year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.roster import Calendar, DayKind, RuleSet, Weight, days_of, standard_minutes, year_of
from stationdesk.domain.roster import Member as Person
from stationdesk.domain.rotation import ShiftKind
from stationdesk.rostering.station import OFF, Certified, Demand, Duties, Member, Place, Rules, Shift, StationProblem, Tally, Weights, Wish
from stationdesk.services.roster.calendar import calendar
from stationdesk.services.roster.certificates import certificate_names
from stationdesk.services.roster.draft import as_planned
from stationdesk.services.roster.judge import Judged, laid_out, night_of, tally
from stationdesk.services.roster.plan import gather
from stationdesk.services.roster.rules import rules_in_force
from stationdesk.services.roster.staff import Planned, staff
from stationdesk.services.station import setting

DESK = "desk"
"""The one post of a shift."""
BEFORE = 14
"""Days before the span whose shifts the engine is told: longer than any run or rest."""
OVERTIME_MONTH = 36 * 60
"""Most minutes of overtime in a month (labour law art. 41)."""
MONTH_DAYS = 365.25 / 12
IMPORTANCE = {"none": 0, "little": 1, "usual": 2, "much": 6}
"""The station's words for a weight (domain/station.py, MATTERS) → halves of the usual points."""


@dataclass(frozen=True)
class Task:
    """The problem, and what is needed to make a roster of its answer."""

    problem: StationProblem
    first: date
    last: date
    kinds: tuple[ShiftKind, ...]
    people: tuple[Planned, ...]  # all of the staff
    rotating: tuple[int, ...]  # persons in the order of the problem's members
    planned: Mapping[tuple[int, date], str]  # what holds without the engine: by roster or rotation
    certificates: Mapping[str, Name]  # what the station calls them

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the span."""
        return days_of(self.first, self.last)

    def duties(self, cells: Mapping[tuple[int, date], str]) -> dict[str, Duties]:
        """Cells as the engine has them."""
        desk = {kind.code for kind in self.kinds if kind.desk}
        return {
            str(person): tuple(Place(code, DESK) if (code := cells.get((person, day), "")) in desk else None for day in self.days)
            for person in self.rotating
        }

    def cells(self, duties: Mapping[str, Duties]) -> dict[tuple[int, date], str]:
        """An answer as cells: those who rotate by the engine, all others and all other duties as planned."""
        desk = {kind.code for kind in self.kinds if kind.desk}
        rotating = set(self.rotating)
        kept = {key: code for key, code in self.planned.items() if key[0] not in rotating or code not in desk}
        made = {
            (int(name), day): place.shift
            for name, own in duties.items()
            for day, place in zip(self.days, own, strict=True)
            if place is not None
        }
        return kept | made


def task_of(session: Session, first: date, last: date, at: datetime, people_on_shift: int | None = None) -> Task:
    """The problem of some days. people_on_shift: wanted on each; by default as many as the rotation would have there, those on leave left
    out, and never fewer than the rules in force ask for. RosterEmptyError.
    """
    everybody = staff(session, first, last, at)
    kinds, planned = as_planned(session, everybody, first, last, at)
    rotating = tuple(each for each in everybody if each.crew is not None)
    rules = rules_in_force(session, at)
    days = calendar(session, year_of(first)[0], last)
    span = days_of(first, last)
    least = min(least_people(session, at), len(rotating))
    there = Counter((day, code) for (_person, day), code in planned.items())
    desk, night = [kind for kind in kinds if kind.desk], night_of(session, at)
    so_far = _so_far(session, kinds, planned, first, at)
    before = gather(session, days_of(first - timedelta(days=BEFORE), first - timedelta(days=1)), kinds, actual=True).cells
    members = tuple(_member(each.member, span, {kind.code for kind in desk}, rules, days, so_far, before) for each in rotating)
    problem = StationProblem(
        days=len(span),
        shifts=tuple(Shift(kind.code, kind.start, kind.minutes, night.holds(kind)) for kind in desk),
        demand=tuple(
            Demand(n, Place(kind.code, DESK), people_on_shift or max(least, there[day, kind.code]))
            for n, day in enumerate(span)
            for kind in desk
        ),
        members=members,
        rules=_rules(rules),
        weights=weights(session, at),
        weekends=frozenset(n for n, day in enumerate(span) if day.weekday() > 4),
        holidays=frozenset(n for n, day in enumerate(span) if days.kind(day) == DayKind.STATUTORY),
        certified=_certified(rules, {kind.code for kind in desk}),
    )
    order = tuple(each.member.person for each in rotating)
    return Task(problem, first, last, kinds, everybody, order, planned, certificate_names(session, at))


def _rules(sets: Iterable[RuleSet]) -> Rules:
    """The tightest of the rules that bind; comparisons bind nobody."""
    found: dict[str, list[int]] = {}
    for each in sets:
        for rule in each.rules if each.weight != Weight.COMPARISON else ():
            found.setdefault(rule.test, []).append(rule.limit)
    usual = Rules()
    return Rules(
        rest_minutes=max(found.get("rest", [usual.rest_minutes])),
        most_in_a_row=min(found.get("run", [usual.most_in_a_row])),
        most_nights_in_a_row=min(found.get("nights", [usual.most_nights_in_a_row])),
        leaders=max(found.get("leader", [0])),
    )


def _member(
    person: Person, span: tuple[date, ...], desk: set[str], rules: tuple[RuleSet, ...], days: Calendar, so_far: Mapping[int, SoFar],
    before: Mapping[tuple[int, date], str],
) -> Member:  # fmt: skip
    first, last = span[0], span[-1]
    owed = standard_minutes(days, person, first, last)
    fixed = {n: next((each.kind for each in person.fixed if each.holds(day)), None) for n, day in enumerate(span)}
    codes = [before.get((person.person, first - timedelta(days=n)), OFF) for n in range(BEFORE, 0, -1)]
    return Member(
        name=str(person.person),
        posts={DESK: _valid_until(person, span, rules)},
        leads_until=len(span) - 1 if person.leads else -1,
        holds={each.certificate: _held(person, span, each.certificate) for each in _certified(rules, desk)},
        leave=frozenset(n for n, day in enumerate(span) if person.away(day) is not None),
        fixed={n: Place(kind, DESK) if kind in desk else None for n, kind in fixed.items() if kind is not None},
        wishes=tuple(
            Wish(n, each.kind if each.kind in desk else OFF, each.weight)
            for each in person.wishes
            for n, day in enumerate(span)
            if each.holds(day)
        ),
        most_minutes=owed + round(_overtime(rules) * len(span) / MONTH_DAYS),
        so_far=so_far.get(person.person, NOTHING).tally,
        present_so_far=so_far.get(person.person, NOTHING).present,
        before=tuple(code if code in desk else OFF for code in codes),
    )


def least_people(session: Session, at: datetime) -> int:
    """People wanted on each shift at least: by the rules in force, else by the station's settings."""
    rules = (rule for each in rules_in_force(session, at) if each.weight != Weight.COMPARISON for rule in each.rules)
    return max((rule.limit for rule in rules if rule.test == "cover"), default=int(setting(session, "shift_people", at)))


def _overtime(sets: Iterable[RuleSet]) -> int:
    """The least overtime of a month that is asked for, never beyond the law's."""
    months = (rule for each in sets if each.weight != Weight.COMPARISON for rule in each.rules if rule.test == "hours")
    return min([OVERTIME_MONTH, *(rule.limit for rule in months if rule.option("period", "month") == "month")])


def _valid_until(person: Person, span: tuple[date, ...], rules: tuple[RuleSet, ...]) -> int:
    """The last day somebody may be on a shift: what everybody on it must hold runs out then."""
    wanted = [
        str(rule.option("qualification", ""))
        for each in rules
        for rule in each.rules
        if each.weight != Weight.COMPARISON and rule.test == "qualified" and rule.option("each", False)
    ]
    return max((n for n, day in enumerate(span) if all(person.holds(code, day) for code in wanted)), default=-1)


def _certified(sets: Iterable[RuleSet], desk: set[str]) -> tuple[Certified, ...]:
    """The certificates somebody on a shift has to hold, for the kinds of shift named or for all."""
    wanted = (rule for each in sets if each.weight != Weight.COMPARISON for rule in each.rules if rule.test == "qualified")
    return tuple(
        Certified(str(rule.option("qualification", "")), frozenset(rule.option("kinds", ()) or desk) & desk, rule.limit)
        for rule in wanted
        if not rule.option("each", False)
    )


def _held(person: Person, span: tuple[date, ...], certificate: str) -> frozenset[int]:
    return frozenset(n for n, day in enumerate(span) if person.holds(certificate, day))


@dataclass(frozen=True)
class SoFar:
    """What somebody has had of the year before the span, and the part of it they were not on leave."""

    tally: Tally
    present: float


NOTHING = SoFar(Tally(), 1.0)


def _so_far(
    session: Session, kinds: tuple[ShiftKind, ...], planned: Mapping[tuple[int, date], str], first: date, at: datetime
) -> dict[int, SoFar]:
    """Nights, weekends, holidays and hours of the year before the span."""
    begins = year_of(first)[0]
    if begins == first:
        return {}
    yesterday = first - timedelta(days=1)
    cells = gather(session, days_of(begins, yesterday), kinds, actual=True).cells
    begun = min((day for _person, day in cells), default=yesterday)  # leave before the first roster took nobody from one
    found: Judged = laid_out(session, begins, yesterday, kinds, cells, at)
    whole = max(1, standard_minutes(found.calendar, None, begun, yesterday))
    people = {person for person, _day in planned}
    counted = {person: tally(found, person, begun, yesterday) for person in people}
    return {
        person: SoFar(Tally(each.nights, each.weekend_days, each.holidays, each.presence), each.standard / whole)
        for person, each in counted.items()
    }


def weights(session: Session, at: datetime) -> Weights:
    """What the station finds how important; the hard rules stay hard."""
    usual = Weights()

    def points(name: str, each: int) -> int:
        """none 0, little half, usual, much three times; above 0 never rounded away."""
        return -(-each * IMPORTANCE[str(setting(session, f"roster_{name}", at))] // 2)

    return Weights(
        wish=points("wishes", usual.wish),
        single_day=points("single_days", usual.single_day),
        single_off=points("single_days", usual.single_off),
        night=points("nights", usual.night),
        weekend=points("weekends", usual.weekend),
        holiday=points("holidays", usual.holiday),
        hours=points("hours", usual.hours),
    )
