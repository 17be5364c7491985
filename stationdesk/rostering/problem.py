"""A roster problem as data: people x days x actions (0 = off, 1.. = duties). Rules are automata, counts and rows, no others.

Costs are whole numbers (points). FORBIDDEN in a cost table is a hard rule.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.int32]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Roster = npt.NDArray[np.int16]  # one person's actions by day, or [people, days]
Entries = tuple[Whole, Whole, Whole]  # row, day, action

FORBIDDEN = 1_000_000_000
BAD = 400_000_000  # sums of costs stay below it
FINEST = 1000


@dataclass(frozen=True)
class Reach:
    """Per day and state: whether it lies on a way from the start to a good end, and the units worth keeping there."""

    live: Flags
    low: Table
    high: Table


@dataclass
class Person:
    """One person's rules, compiled. Tables may be shared between people whose rules are alike."""

    name: str
    cell_cost: Table  # [day, action] wishes; FORBIDDEN: leave, not qualified, fixed duty elsewhere
    next_state: Table  # [state, action] automaton of rest and runs, -1 = forbidden
    step_cost: Table  # [state, action] single days, broken patterns
    start_state: int  # before the first day: carries the month before over
    day_kind: Table  # [day] which layer of count_step holds that day
    count_step: Table  # [kind, state, action] which step the count takes (weekends, scarce duties)
    count_next: Table  # [step, count] the count after it, -1 = over the limit; never falls
    count_cost: Table  # [count] cost of the final count
    units: Table  # [action] working time in units
    units_cost: Table  # [units] cost of the final working time, FORBIDDEN = out of bounds
    most: tuple[tuple[int, int], ...] = ()  # (action, at most so often): joins the count only once a roster breaks it
    group: int = 0  # people of a group count alike in the rows
    start_count: int = 0
    end_state: int = -1  # demanded after the last day, -1 = any

    @property
    def days(self) -> int:
        """How many days are rostered."""
        return len(self.cell_cost)

    @cached_property
    def reach(self) -> Reach:
        """States that can be met at all, by day."""
        from stationdesk.rostering import kernel

        allowed = np.flatnonzero(self.units_cost < BAD)
        least, most = (int(allowed[0]), int(allowed[-1])) if len(allowed) else (1, 0)
        return Reach(*kernel.reach(self.cell_cost, self.next_state, self.start_state, self.end_state, self.units, least, most))

    @cached_property
    def counts(self) -> dict[tuple[int, ...], Any]:
        """Count tables cut to what can be reached, with some of `most` in them, by which (see `counts.counts_of`)."""
        return {}

    @cached_property
    def width(self) -> int:
        """One more than the most units a roster can reach."""
        return min(len(self.units_cost), int(self.reach.high[self.reach.live].max(initial=0)) + 1)

    def scaled(self, scale: int) -> Person:
        """The same rules with steps, counts and working time costing 1/scale of a point each; cells are left as they are."""
        if scale == 1 or not (self.step_cost.any() or self.count_cost.any() or self.units_cost.any()):
            return self
        if scale not in self._scaled:
            ends = (_times(self.count_cost, scale), _times(self.units_cost, scale))
            self._scaled[scale] = replace(self, step_cost=_times(self.step_cost, scale), count_cost=ends[0], units_cost=ends[1])
            self._scaled[scale].__dict__["reach"] = self.reach
        return self._scaled[scale]

    @cached_property
    def _scaled(self) -> dict[int, Person]:
        return {}

    def walk(self, roster: Roster, day: int = 0, state: int | None = None, count: int | None = None) -> tuple[int, int, int, int]:
        """State, count, units and cost after `roster`, worked from `day` on. Count -1: a hard rule was broken."""
        from stationdesk.rostering import kernel

        begin = self.start_state if state is None else state
        counted = self.start_count if count is None else count
        rules = kernel.Rules(
            self.cell_cost[day:], self.next_state, self.step_cost, self.day_kind[day:], self.count_step, self.count_next, self.units
        )
        got: tuple[int, int, int, int] = kernel.walk(roster, rules, begin, counted)
        return got

    def own_cost(self, roster: Roster) -> int:
        """Personal cost; FORBIDDEN when a hard rule is broken."""
        state, count, units, cost = self.walk(roster)
        if cost >= BAD or units >= len(self.units_cost) or (self.end_state >= 0 and state != self.end_state):
            return FORBIDDEN
        if any((roster == action).sum() > most for action, most in self.most):
            return FORBIDDEN
        return min(FORBIDDEN, int(cost) + int(self.count_cost[count]) + int(self.units_cost[units]))

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in ("reach", "counts", "width", "_scaled")}


def _times(table: Table, scale: int) -> Table:
    times: Table = np.where(table >= BAD, FORBIDDEN, table.astype(np.int64) * scale).astype(np.int32)
    return times


@dataclass
class Problem:
    """People, and the rows that tie them: each wants `need` of its entries (cover, a leader, one person's fair share)."""

    people: list[Person]
    actions: list[str]
    days: int
    need: Whole
    under: Whole  # points for each one missing
    over: Whole  # points for each one too many
    entries: list[Entries]  # per group

    def counted(self, person: int, roster: Roster) -> Whole:
        """How much the roster of `person` gives each row."""
        row, day, action = self.entries[self.people[person].group]
        return np.bincount(row[roster[day] == action], minlength=len(self.need)).astype(np.int64)

    def priced(self, person: int, earns: Whole, scale: int) -> Table:
        """Cell costs of a person, times `scale`, when a unit of each row earns `earns` (already scaled)."""
        own = self.people[person]
        row, day, action = self.entries[own.group]
        width = len(self.actions)
        earned = np.bincount(day * width + action, weights=earns[row], minlength=self.days * width).reshape(self.days, width)
        priced: Table = np.where(own.cell_cost >= BAD, FORBIDDEN, own.cell_cost * scale - np.rint(earned)).astype(np.int32)
        return priced

    def rows_cost(self, covered: Whole) -> int:
        """Points for what rows miss or have too many."""
        short = self.need - covered
        return int((np.maximum(short, 0) * self.under + np.maximum(-short, 0) * self.over).sum())

    def marginal(self, covered: Whole) -> Whole:
        """What one more in each row is worth: points saved where it is short, minus points where it is not."""
        return np.where(covered < self.need, self.under, -self.over).astype(np.int64)

    def covered(self, rosters: Roster) -> Whole:
        """What all rosters together give each row."""
        total = np.zeros(len(self.need), np.int64)
        for person, roster in enumerate(rosters):
            total += self.counted(person, roster)
        return total

    def cost(self, rosters: Roster) -> int:
        """The objective: rows and persons; FORBIDDEN or more when a hard rule is broken."""
        return self.rows_cost(self.covered(rosters)) + sum(own.own_cost(roster) for own, roster in zip(self.people, rosters, strict=True))

    @cached_property
    def heaviest(self) -> int:
        """The most points one person's roster can cost or earn: with prices it must stay below BAD."""
        return max((self._heaviest_of(person) for person in self.people), default=0)

    def _heaviest_of(self, person: Person) -> int:
        row, day, action = self.entries[person.group]
        width = len(self.actions)
        weight = np.maximum(self.under, self.over)[row]
        earned = np.bincount(day * width + action, weights=weight, minlength=self.days * width).reshape(self.days, width)
        cells = np.where(person.cell_cost >= BAD, 0, np.abs(person.cell_cost))
        once = sum(int(table[table < BAD].max(initial=0)) for table in (person.count_cost, person.units_cost))
        return int((earned + cells).max(1).sum()) + self.days * int(person.step_cost.max()) + once

    @cached_property
    def scale(self) -> int:
        """Prices are whole numbers of 1/scale of a point."""
        return max(1, min(FINEST, BAD // (2 * max(1, self.heaviest))))

    @cached_property
    def row_days(self) -> tuple[Whole, Whole]:
        """The first and the last day each row counts."""
        first, last = np.full(len(self.need), self.days), np.full(len(self.need), -1)
        for row, day, _action in self.entries:
            np.minimum.at(first, row, day)
            np.maximum.at(last, row, day)
        return first, last

    @cached_property
    def spread(self) -> bool:
        """Whether a row spans several days (a fair share)."""
        first, last = self.row_days
        return bool((first < last).any())
