"""A first roster at once, before any worker has loaded what it needs: day by day, whoever has worked least takes what is wanted most."""

from __future__ import annotations

import numpy as np

from stationdesk.rostering.packed import Packed, pack
from stationdesk.rostering.problem import BAD, Flags, Problem, Roster

MOST_CELLS = 20_000  # people times days that take less than a second


def opening(problem: Problem) -> tuple[Roster, int] | None:
    """(roster, cost); None where this simple way breaks a hard rule, or would take long."""
    if not 0 < len(problem.people) * problem.days <= MOST_CELLS:
        return None
    made = _Opening(problem, pack(problem))
    for day in range(problem.days):
        for person in np.argsort(made.units, kind="stable").tolist():
            if not made.work(person, day):
                return None
    cost = made.cost()
    return (made.rosters, cost) if cost < BAD else None


class _Opening:
    def __init__(self, problem: Problem, packed: Packed) -> None:
        self._problem, self._packed = problem, packed
        people = range(len(problem.people))
        self._alive = [_alive(packed, person) for person in people]
        self._state, self._count = packed.start[:, 0].copy(), packed.start[:, 1].copy()
        self._times = np.zeros(packed.units.shape, np.int64)
        self._worth = problem.marginal(np.zeros(len(problem.need), np.int64))
        self._covered = np.zeros(len(problem.need), np.int64)
        self._spent = 0
        self.units = np.zeros(len(people), np.int64)
        self.rosters = np.zeros((len(people), problem.days), np.int16)

    def work(self, person: int, day: int) -> bool:
        """Choose what a person does on a day; False where nothing is allowed."""
        packed, state, count = self._packed, self._state[person], self._count[person]
        counting, automaton = packed.counted[person], packed.which[person]
        after = packed.next_state[automaton, state]
        counts = packed.count_next[counting, packed.count_step[counting, packed.day_kind[person, day], state], count]
        price = packed.cell[person, day].astype(np.int64) + packed.step_cost[automaton, state]
        good = (packed.cell[person, day] < BAD) & (after >= 0) & (counts >= 0) & (self._times[person] < packed.most[person])
        good &= self._alive[person][day + 1, after]
        if not good.any():
            return False
        action = int(np.argmax(np.where(good, self._earned(person, day) - price, -BAD)))
        self._do(person, day, action)
        self._spent += int(price[action])
        self._state[person], self._count[person] = after[action], counts[action]
        return True

    def _rows(self, person: int, day: int, action: int) -> slice:
        first_row, cell = self._packed.first_row[self._packed.group[person]], day * self._packed.units.shape[1] + action
        return slice(first_row[cell], first_row[cell + 1])

    def _earned(self, person: int, day: int) -> np.ndarray:
        rows, actions = self._packed.rows, range(self._packed.units.shape[1])
        return np.array([self._worth[rows[self._rows(person, day, action)]].sum() for action in actions])

    def _do(self, person: int, day: int, action: int) -> None:
        rows = self._packed.rows[self._rows(person, day, action)]
        self._covered[rows] += 1
        short = self._covered[rows] < self._problem.need[rows]
        self._worth[rows] = np.where(short, self._problem.under[rows], -self._problem.over[rows])
        self._times[person, action] += 1
        self.units[person] += self._packed.units[person, action]
        self.rosters[person, day] = action

    def cost(self) -> int:
        """The objective; BAD or more where somebody's end breaks a hard rule."""
        total = self._spent + self._problem.rows_cost(self._covered)
        for person, own in enumerate(self._problem.people):
            wrong_end = own.end_state >= 0 and self._state[person] != own.end_state
            if wrong_end or self.units[person] >= len(own.units_cost):
                return BAD
            total += int(own.units_cost[self.units[person]]) + int(own.count_cost[self._count[person]])
        return total


def _alive(packed: Packed, person: int) -> Flags:
    """[day, state]: whether some way from there keeps the rules of succession to the end."""
    after, cell = packed.next_state[packed.which[person]], packed.cell[person]
    alive = np.ones((len(cell) + 1, len(after)), bool)
    if packed.end_state[person] >= 0:
        alive[-1] = np.arange(len(after)) == packed.end_state[person]
    for day in range(len(cell) - 1, -1, -1):
        alive[day] = ((cell[day] < BAD) & (after >= 0) & alive[day + 1][after]).any(1)
    return alive
