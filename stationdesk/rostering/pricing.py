"""Exact one-person pricing within a bound of memory, and its coarser stand-in where the table of states would not fit."""

from __future__ import annotations

import numpy as np

from stationdesk.rostering import kernel
from stationdesk.rostering.counts import Counts, counts_of
from stationdesk.rostering.kernel import Ends, Live, Rules
from stationdesk.rostering.problem import BAD, FORBIDDEN, Person, Problem, Reach, Roster, Table

WINDOWS = (28, 14, 7, 3, 1)  # days at a time where a whole horizon does not fit
TABLE_BYTES = 64 << 20
CELLS_OF_ONE = 5_000_000  # states times actions that count as one more piece of work


class NoRosterError(Exception):
    """This person has no roster at all: the own hard rules contradict each other."""


class Pricer:
    """Finds one person's cheapest roster. Limits that seldom bind join the state only when a roster breaks them.

    `exact` turns False for good once an answer had to be coarse: bounds made of such answers prove nothing.
    """

    def __init__(self, table_bytes: int = TABLE_BYTES) -> None:
        self.work = 0
        self.exact = True
        self._room = table_bytes // 4
        self._memory = np.empty(1 << 14, np.int32)

    def cheapest(self, problem: Problem, number: int, cost: Table, scale: int = 1, *, shuffle: bool = False) -> tuple[int, Roster]:
        """(cost, roster) of person `number` under cell costs `cost`, in 1/scale of a point; FORBIDDEN where there is none.

        `shuffle` breaks ties at random.
        """
        person = problem.people[number].scaled(scale)
        counts, broken = counts_of(person), set[int]()
        while True:
            value, roster = self._solve(person, cost, counts, shuffle)
            over = {place for place, (action, most) in enumerate(person.most) if value < BAD and (roster == action).sum() > most}
            if not over:
                return value, roster
            if broken >= over or not self._fits_with(person, broken | over):
                cost = self._without_surplus(person, over, roster, cost)
            else:
                broken |= over
                counts = counts_of(person, tuple(sorted(broken)))

    def _fits_with(self, person: Person, broken: set[int]) -> bool:
        counts = counts_of(person).after.shape[1]
        for place in broken:
            counts *= person.most[place][1] + 1
        return _cells(person, person.days, counts, person.width) <= self._room

    def _without_surplus(self, person: Person, over: set[int], roster: Roster, cost: Table) -> Table:
        """Costs that let each action in `over` stand only on its cheapest days of `roster`: coarse, but never too many."""
        self.exact = False
        cost = cost.copy()
        for place in over:
            action, most = person.most[place]
            days = np.flatnonzero(roster == action)
            kept = days[np.argsort(cost[days, action], kind="stable")[:most]]
            forbidden = np.ones(len(cost), bool)
            forbidden[kept] = False
            cost[forbidden, action] = FORBIDDEN
        return cost

    def _solve(self, person: Person, cost: Table, counts: Counts, shuffle: bool) -> tuple[int, Roster]:
        if _cells(person, person.days, counts.after.shape[1], person.width) <= self._room:
            rules, ends = _rules(person, cost, counts, 0, person.days), Ends(counts.cost, person.units_cost[: person.width])
            return self._best(rules, ends, person.reach, person.start_state, shuffle)
        self.exact = False
        for days in WINDOWS:
            for even in (True, False):
                roster = self._by_windows(person, cost, counts, (days, even), shuffle)
                if roster is not None:
                    return _value(person, cost, counts, roster), roster
        return FORBIDDEN, np.zeros(person.days, np.int16)

    def _best(self, rules: Rules, ends: Ends, reach: Reach, state: int, shuffle: bool) -> tuple[int, Roster]:
        roster = np.zeros(len(rules.cost), np.int16)
        size = (len(rules.cost) + 1) * len(rules.next_state) * rules.count_next.shape[1] * len(ends.units_cost)
        self.work += 1 + size * rules.cost.shape[1] // CELLS_OF_ONE
        if size > len(self._memory):
            self._memory = np.empty(size, np.int32)
        worth = Live(reach.live, reach.low, reach.high)
        return int(kernel.best(rules, ends, worth, state, 0, self._memory, roster, shuffle)), roster

    def _by_windows(self, person: Person, cost: Table, counts: Counts, way: tuple[int, bool], shuffle: bool) -> Roster | None:
        """Some days after the other, each best for itself among what can still end well; None where that led nowhere. Not exact.

        `even`: counts and units are used up evenly, so that the last days are not left with what cannot be done.
        """
        days, even = way
        roster = np.zeros(person.days, np.int16)
        state, count, used = person.start_state, 0, 0
        for first in range(0, person.days, days):
            last = min(person.days, first + days)
            got = self._window(person, cost, counts, (first, last, even), (state, count, used), shuffle)
            if got is None:
                return None
            roster[first:last] = got
            state, count, worked, _ = kernel.walk(got, _rules(person, cost, counts, first, last), state, count)
            used += worked
        return roster

    def _window(
        self, person: Person, cost: Table, counts: Counts, span: tuple[int, int, bool], at: tuple[int, int, int], shuffle: bool
    ) -> Roster | None:
        first, last, even = span
        state, count, used = at
        reach = _reach_within(person, first, last, used)
        width = int(reach.high[reach.live].max(initial=0)) + 1
        final = last == person.days
        all_counts = len(counts.cost)
        top = min(all_counts, count + 1 + _most_steps(person, first, last)) if not even or final else -(-all_counts * last // person.days)
        own = counts.between(count, max(top, count + 1))
        if _cells(person, last - first, len(own.cost), width) > self._room:
            return None
        if final:
            ends = Ends(own.cost, person.units_cost[used : used + width])
        else:
            ends = Ends(np.zeros(len(own.cost), np.int32), _pace(person, cost, last, used, width) if even else np.zeros(width, np.int32))
        value, roster = self._best(_rules(person, cost, own, first, last), ends, reach, state, shuffle)
        return roster if value < BAD else None


def _cells(person: Person, days: int, counts: int, width: int) -> int:
    """How many states a table for so many days has."""
    return (days + 1) * len(person.next_state) * counts * width


def _most_steps(person: Person, first: int, last: int) -> int:
    """More than the count can rise by on these days, as long as it is of one digit; else more than it can at all."""
    return (last - first) if person.count_next.shape[0] == 2 else len(person.count_cost) * (last - first)


def _value(person: Person, cost: Table, counts: Counts, roster: Roster) -> int:
    """What a roster costs under these cell costs."""
    _state, count, units, spent = kernel.walk(roster, _rules(person, cost, counts, 0, person.days), person.start_state, 0)
    return int(spent) + int(counts.cost[count]) + int(person.units_cost[units])


def _pace(person: Person, cost: Table, last: int, used: int, width: int) -> Table:
    """Points that keep units at the end of a day near to their part of what the whole horizon asks for."""
    allowed = np.flatnonzero(person.units_cost < BAD)
    least, most = int(allowed[0]) * last // person.days, -(-int(allowed[-1]) * last // person.days)
    units = np.arange(used, used + width)
    away = np.maximum(least - units, 0) + np.maximum(units - most, 0)
    dear = max(1, int(np.abs(cost[cost < BAD]).max(initial=1)))
    points: Table = np.minimum(away * dear, BAD // 4).astype(np.int32)
    return points


def _rules(person: Person, cost: Table, counts: Counts, first: int, last: int) -> Rules:
    """A person's rules on days first..last-1 under other cell costs."""
    days = slice(first, last)
    return Rules(cost[days], person.next_state, person.step_cost, person.day_kind[days], counts.step, counts.after, person.units)


def _reach_within(person: Person, first: int, last: int, used: int) -> Reach:
    """What can be reached on some days, in units beyond those `used` before."""
    most = int(person.units.max()) * (last - first)
    low = np.maximum(person.reach.low[first : last + 1] - used, 0).astype(np.int32)
    high = np.minimum(person.reach.high[first : last + 1] - used, most).astype(np.int32)
    return Reach(person.reach.live[first : last + 1] & (low <= high), low, high)
