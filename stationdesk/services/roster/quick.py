"""The nearest legal ways to mend one breach of a draft: a cell freed, given to somebody who is off, exchanged, or one more put on.

Small changes are tried one after the other, those that touch the fewest cells first, and judged by the rules of the law and the station:
what is offered mends the breach and breaks nothing else, and makes nothing worse that is broken already.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from stationdesk.domain.moments import day_of
from stationdesk.domain.roster import Breach, Member, RuleSet, Weight, check, days_of
from stationdesk.domain.roster.breach import NOBODY
from stationdesk.services.people.view import names
from stationdesk.services.roster.draft import Change
from stationdesk.services.roster.judge import Judged, laid_out
from stationdesk.services.shifts.publications import rostered
from stationdesk.services.station import zone
from stationdesk.storage.roster import Roster
from stationdesk.storage.store import Store

SECONDS, MOST = 0.4, 2
FREE, GIVE, EXCHANGE, ADD, MOVE, SET = "free", "give", "exchange", "add", "move", "set"
SHIFT_TESTS = frozenset({"cover", "leader", "qualified"})
"""Tests of who is on a shift together; the others are about one person's days."""
NOT_JUDGED = "wish"
Cells = Mapping[tuple[int, date], str]
Broken = Mapping[str, int]  # the key of a breach, by how much


@dataclass(frozen=True)
class Remedy:
    """A way to mend a breach. way: free, give, exchange, add, move, set.

    left: people then on the shift; hours: minutes of `other` in the roster.
    """

    way: str
    day: date
    kind: str
    person_id: int
    person: str
    other_id: int
    other: str
    other_kind: str
    left: int
    hours: int
    changes: tuple[Change, ...]


def remedies(store: Store, roster_id: int, breach: Breach, at: datetime, seconds: float = SECONDS) -> tuple[Remedy, ...]:
    """Up to two ways to mend a breach of a draft from today on, the fewest changes first; none where none was found in the time."""
    ends = time.perf_counter() + seconds
    with store.read() as session:
        own = rostered(session, session.get_one(Roster, roster_id))
        laid = laid_out(session, own.first, own.last, own.kinds, own.cells, at)
        bench = Bench(laid, names(session), max(own.first, day_of(at, zone(session))), own.first, own.last)
    found: list[Remedy] = []
    for each in bench.ways(breach):
        if each is not None:
            found.append(each)
        if len(found) == MOST or time.perf_counter() > ends:
            break
    return tuple(found)


@dataclass
class Bench:
    """A roster on which changes are tried. first: the first day that may still change."""

    found: Judged
    called: Mapping[int, str]
    first: date
    begins: date
    ends: date
    personal: dict[tuple[int, date, str], bool] = field(default_factory=dict)

    def ways(self, breach: Breach) -> Iterator[Remedy | None]:
        """One after the other, None for what will not do: whoever waits may stop in between."""
        days = list(days_of(max(breach.first, self.first), min(breach.last, self.ends))) if self.in_time(breach) else []
        if breach.person == NOBODY:
            yield from self._more(breach, days)
        elif breach.test == "fixed":
            yield from (self._set(breach, day) for day in days)
        else:
            worked = [day for day in reversed(days) if self.cell(breach.person, day)]
            yield from sorted(filter(None, (self._freed(breach, day) for day in worked)), key=lambda each: -each.left)
            for day in worked:
                yield from self._others(breach, day)

    def in_time(self, breach: Breach) -> bool:
        """Whether a day of it can still change."""
        return breach.last >= self.first and breach.first <= self.ends

    def cell(self, person: int, day: date) -> str:
        """What somebody does on a day."""
        return self.found.sheet.cell(person, day)

    # What is tried
    def _freed(self, breach: Breach, day: date) -> Remedy | None:
        kind = self.cell(breach.person, day)
        if self.keeps_person(breach.person, day, "", breach) and self.keeps_shift(day, {breach.person: ""}):
            return self._way(FREE, day, kind, breach.person, changes={breach.person: ""})
        return None

    def _others(self, breach: Breach, day: date) -> Iterator[Remedy | None]:
        """Somebody who is off takes it, or somebody on another shift of the day exchanges."""
        person, kind = breach.person, self.cell(breach.person, day)
        if kind not in self.desk:
            return
        free = self.keeps_person(person, day, "", breach)
        for other in self.others(day):
            theirs = self.cell(other, day)
            if other == person or theirs == kind or (theirs and theirs not in self.desk) or (not theirs and not free):
                continue
            changes = {person: theirs, other: kind}
            fits = (not theirs or self.keeps_person(person, day, theirs, breach)) and self.keeps_person(other, day, kind)
            if fits and self.keeps_shift(day, changes):
                yield self._way(EXCHANGE if theirs else GIVE, day, kind, person, other, theirs, changes=changes)
            else:
                yield None

    def _more(self, breach: Breach, days: list[date]) -> Iterator[Remedy | None]:
        """One more on a shift that misses somebody: who is off that day, who is on another shift, or the two shifts exchange."""
        places = [(day, kind) for day in days for kind in breach.kinds]
        for day, kind in places:
            yield from (self._put(breach, day, kind, other) for other in self.others(day) if not self.cell(other, day))
        for day, kind in places:
            yield from (self._put(breach, day, kind, other) for other in self._elsewhere(day, kind))
        for day, kind in places:
            on_it = [each for each in self.others(day) if self.cell(each, day) == kind]
            yield from (self._crossed(breach, day, one, other) for other in self._elsewhere(day, kind) for one in on_it)

    def _elsewhere(self, day: date, kind: str) -> list[int]:
        """Who is on another shift of the desk that day."""
        return [each for each in self.others(day) if self.cell(each, day) in self.desk - {kind}]

    def _put(self, breach: Breach, day: date, kind: str, other: int) -> Remedy | None:
        theirs, changes = self.cell(other, day), {other: kind}
        if self.keeps_person(other, day, kind) and self.keeps_shift(day, changes, breach.key):
            return self._way(MOVE if theirs else ADD, day, kind, other, other, theirs, changes=changes)
        return None

    def _crossed(self, breach: Breach, day: date, one: int, other: int) -> Remedy | None:
        kind, theirs = self.cell(one, day), self.cell(other, day)
        changes = {one: theirs, other: kind}
        fits = all(self.keeps_person(who, day, code) for who, code in changes.items())
        if fits and self.keeps_shift(day, changes, breach.key):
            return self._way(EXCHANGE, day, kind, one, other, theirs, changes=changes)
        return None

    def _set(self, breach: Breach, day: date) -> Remedy | None:
        kind = breach.kinds[0]
        if self.keeps_person(breach.person, day, kind, breach) and self.keeps_shift(day, {breach.person: kind}):
            return self._way(SET, day, kind, breach.person, changes={breach.person: kind})
        return None

    def _way(
        self, way: str, day: date, kind: str, person: int, other: int = 0, other_kind: str = "", *, changes: Mapping[int, str]
    ) -> Remedy:
        cells = {**self.found.sheet.cells, **{(who, day): code for who, code in changes.items()}}
        left = sum(code == kind and on == day for (_who, on), code in cells.items())
        called = self.called
        made = tuple(Change(who, day, code) for who, code in changes.items())
        return Remedy(
            way, day, kind, person, called.get(person, ""), other, called.get(other, ""), other_kind, left, self.hours(other, cells), made
        )

    # Who there is
    @cached_property
    def desk(self) -> frozenset[str]:
        """The kinds that keep the desk manned."""
        return frozenset(kind.code for kind in self.found.sheet.kinds if kind.desk)

    def others(self, day: date) -> tuple[int, ...]:
        """Who may take a shift that day: of those who man the desk, the fewest hours first."""
        return tuple(each for each in self.rotating if self.members[each].away(day) is None)

    @cached_property
    def rotating(self) -> tuple[int, ...]:
        """Who mans the desk in this roster, the fewest hours first."""
        cells = self.found.sheet.cells
        on_desk = {person for (person, day), code in cells.items() if self.begins <= day <= self.ends and code in self.desk}
        return tuple(sorted(on_desk & self.members.keys(), key=lambda each: (self.hours(each, cells), each)))

    @cached_property
    def members(self) -> Mapping[int, Member]:
        """The people by id."""
        return {each.person: each for each in self.found.people}

    def hours(self, person: int, cells: Cells) -> int:
        """Minutes somebody is at the station in the roster's days."""
        kinds = self.found.sheet.kind
        own = (code for (who, day), code in cells.items() if who == person and self.begins <= day <= self.ends)
        return sum(kinds[code].minutes for code in own if code in kinds and kinds[code].work)

    # Whether it keeps the rules
    def keeps_person(self, person: int, day: date, code: str, mended: Breach | None = None) -> bool:
        """Whether somebody's own days are no worse with this in a cell; mended: the breach that must be gone."""
        place = person, day, code
        if place not in self.personal:
            before = self.alone(person)
            after = self.of_person(person, {**self.days_of_person(person), (person, day): code})
            self.personal[place] = _no_worse(before, after) and (mended is None or mended.key not in after)
        return self.personal[place]

    def days_of_person(self, person: int) -> dict[tuple[int, date], str]:
        """Somebody's cells, those before and after the roster included."""
        return {place: code for place, code in self.found.sheet.cells.items() if place[0] == person}

    def alone(self, person: int) -> Broken:
        """What somebody's days break as they are."""
        if person not in self._alone:
            self._alone[person] = self.of_person(person, self.days_of_person(person))
        return self._alone[person]

    @cached_property
    def _alone(self) -> dict[int, Broken]:
        return {}

    def of_person(self, person: int, cells: Cells) -> Broken:
        """What these days of one person would break."""
        people = tuple(each for each in self.found.people if each.person == person)
        sheet = replace(self.found.sheet, cells={place: code for place, code in cells.items() if code})
        return _broken(check(sheet, self.own_rules, self.found.calendar, people))

    def keeps_shift(self, day: date, changes: Mapping[int, str], mended: str = "") -> bool:
        """Whether the shifts of a day are manned no worse after changes."""
        now = {place: code for place, code in self.found.sheet.cells.items() if place[1] == day}
        after = self.of_day(day, {**now, **{(person, day): code for person, code in changes.items()}})
        return _no_worse(self.of_day(day, now), after) and mended not in after

    def of_day(self, day: date, cells: Cells) -> Broken:
        """What the manning of one day would break."""
        manned = {place: code for place, code in cells.items() if code}
        sheet = replace(self.found.sheet, first=day, last=day, cells=manned)
        return _broken(check(sheet, self.shift_rules, self.found.calendar, self.found.people))

    @cached_property
    def own_rules(self) -> tuple[RuleSet, ...]:
        """The rules about one person's days."""
        return self._rules(shifts=False)

    @cached_property
    def shift_rules(self) -> tuple[RuleSet, ...]:
        """The rules about who is on a shift together."""
        return self._rules(shifts=True)

    def _rules(self, *, shifts: bool) -> tuple[RuleSet, ...]:
        binding = (each for each in self.found.rules if each.weight != Weight.COMPARISON)
        return tuple(
            replace(each, rules=tuple(rule for rule in each.rules if rule.test != NOT_JUDGED and (rule.test in SHIFT_TESTS) == shifts))
            for each in binding
        )


def _broken(found: tuple[Breach, ...]) -> Broken:
    return {each.key: each.excess for each in found}


def _no_worse(before: Broken, after: Broken) -> bool:
    """Nothing new, and nothing by more than it was."""
    return all(key in before and excess <= before[key] for key, excess in after.items())
