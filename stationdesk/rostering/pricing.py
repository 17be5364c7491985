"""Exact one-person pricing within a bound of memory, and its coarser stand-in where the table of states would not fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stationdesk.rostering import kernel
from stationdesk.rostering.counts import widen
from stationdesk.rostering.kernel import Ends, Live, Rules
from stationdesk.rostering.problem import BAD, FORBIDDEN, Person, Problem, Reach, Roster, Table

WINDOWS = (28, 14, 7, 3, 1)  # days at a time where a whole horizon does not fit
TABLE_BYTES = 64 << 20


class NoRosterError(Exception):
    """This person has no roster at all: the own hard rules contradict each other."""


@dataclass(frozen=True)
class _Counts:
    step: Table
    after: Table
    cost: Table


class Pricer:
    """Finds one person's cheapest roster. Limits that seldom bind join the state only when a roster breaks them.

    `exact` turns False for good once an answer had to be coarse: bounds made of such answers prove nothing.
    """

    def __init__(self, table_bytes: int = TABLE_BYTES) -> None:
        self.calls = 0
        self.exact = True
        self._cells = table_bytes // 4
        self._memory = np.empty(1 << 14, np.int32)

    def cheapest(self, problem: Problem, number: int, cost: Table, scale: int = 1, *, shuffle: bool = False) -> tuple[int, Roster]:
        """(cost, roster) of person `number` under cell costs `cost`, in 1/scale of a point; FORBIDDEN where there is none.

        `shuffle` breaks ties at random.
        """
        person = problem.people[number].scaled(scale)
        counts = _Counts(person.count_step, person.count_next, person.count_cost)
        broken: set[int] = set()
        while True:
            value, roster = self._solve(person, cost, counts, shuffle)
            over = {place for place, (action, most) in enumerate(person.most) if value < BAD and (roster == action).sum() > most}
            if not over:
                return value, roster
            if broken >= over or not self._fits_with(person, broken | over):
                cost = self._without_surplus(person, over, roster, cost)
            else:
                broken |= over
                counts = _Counts(*widen(person, tuple(sorted(broken))))

    def fits(self, person: Person) -> bool:
        """Whether the person's whole table of states does."""
        return self._size(person, person.count_next.shape[1]) <= self._cells

    def _fits_with(self, person: Person, broken: set[int]) -> bool:
        counts = person.count_next.shape[1]
        for place in broken:
            counts *= person.most[place][1] + 1
        return self._size(person, counts) <= self._cells

    def _size(self, person: Person, counts: int) -> int:
        return (person.days + 1) * len(person.next_state) * counts * len(person.units_cost)

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

    def _solve(self, person: Person, cost: Table, counts: _Counts, shuffle: bool) -> tuple[int, Roster]:
        if self._size(person, counts.after.shape[1]) <= self._cells:
            rules, ends = _rules(person, cost, counts, 0, person.days), Ends(counts.cost, person.units_cost)
            return self._best(rules, ends, person.reach, person.start_state, person.start_count, shuffle)
        self.exact = False
        for days in WINDOWS:
            for even in (True, False):
                value, roster = self._by_windows(person, cost, counts, (days, even), shuffle)
                if value < BAD:
                    return value, roster
        return FORBIDDEN, roster

    def _best(self, rules: Rules, ends: Ends, reach: Reach, state: int, count: int, shuffle: bool) -> tuple[int, Roster]:
        self.calls += 1
        roster = np.zeros(len(rules.cost), np.int16)
        size = (len(rules.cost) + 1) * len(rules.next_state) * rules.count_next.shape[1] * len(ends.units_cost)
        if size > len(self._memory):
            self._memory = np.empty(size, np.int32)
        worth = Live(reach.live, reach.low, reach.high)
        return int(kernel.best(rules, ends, worth, state, count, self._memory, roster, shuffle)), roster

    def _by_windows(self, person: Person, cost: Table, counts: _Counts, way: tuple[int, bool], shuffle: bool) -> tuple[int, Roster]:
        """Some days after the other, each best for itself among what can still end well, counts used up evenly or not. Not exact."""
        days, even = way
        whole = np.zeros(person.days, np.int16)
        state, count, used, value = person.start_state, person.start_count, 0, 0
        for first in range(0, person.days, days):
            last = min(person.days, first + days)
            ceiling = -(-len(counts.cost) * last // person.days) if even else len(counts.cost)
            got, part = self._window(person, cost, counts, (first, last, ceiling), (state, count, used), shuffle)
            if got >= BAD:
                return FORBIDDEN, whole
            whole[first:last] = part
            value += got
            state, count, worked, _ = kernel.walk(part, _rules(person, cost, counts, first, last), state, count)
            used += worked
        return value, whole

    def _window(
        self, person: Person, cost: Table, counts: _Counts, span: tuple[int, int, int], at: tuple[int, int, int], shuffle: bool
    ) -> tuple[int, Roster]:
        first, last, ceiling = span
        state, count, used = at
        reach = _reach_within(person, first, last, used)
        width = int(reach.high[reach.live].max(initial=0)) + 1
        size = (last - first + 1) * len(person.next_state) * counts.after.shape[1] * width
        if size > self._cells:
            return FORBIDDEN, np.zeros(last - first, np.int16)
        if last == person.days:
            ends = Ends(counts.cost, person.units_cost[used : used + width])
        else:
            within = np.arange(len(counts.cost)) < max(ceiling, count + 1)
            ends = Ends(np.where(within, 0, FORBIDDEN).astype(np.int32), np.zeros(width, np.int32))
        return self._best(_rules(person, cost, counts, first, last), ends, reach, state, count, shuffle)


def _rules(person: Person, cost: Table, counts: _Counts, first: int, last: int) -> Rules:
    """A person's rules on days first..last-1 under other cell costs."""
    days = slice(first, last)
    return Rules(cost[days], person.next_state, person.step_cost, person.day_kind[days], counts.step, counts.after, person.units)


def _reach_within(person: Person, first: int, last: int, used: int) -> Reach:
    """What can be reached on some days, in units beyond those `used` before."""
    most = int(person.units.max()) * (last - first)
    low = np.maximum(person.reach.low[first : last + 1] - used, 0).astype(np.int32)
    high = np.minimum(person.reach.high[first : last + 1] - used, most).astype(np.int32)
    return Reach(person.reach.live[first : last + 1] & (low <= high), low, high)
