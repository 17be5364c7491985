"""The rules of the Curtois-Qu format as automata, counts and rows."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from stationdesk.rostering.automaton import Automaton, explore
from stationdesk.rostering.counts import SUNDAY, WEEKDAY, WEEKEND, count_tables
from stationdesk.rostering.curtois import Employee, Instance, TooLargeError
from stationdesk.rostering.problem import BAD, FORBIDDEN, Person, Problem, Table

SCARCE = 6  # duties allowed less often are counted from the start, others only once a roster has too many
COUNTED_CELLS = 8_000_000  # of the table of states, that counting from the start may ask for
SATURDAY_OF_WEEK, SUNDAY_OF_WEEK = 5, 6

Run = tuple[int, int, int]  # days off so far or 0, days worked so far or 0, the last shift; -1 worked: a run begun on the first day
BEFORE = (-1, 0, 0)


def problem_of(instance: Instance) -> Problem:
    """The instance compiled. TooLargeError where its weights add up to more than costs may."""
    problem = _Compiler(instance).problem()
    if problem.heaviest > BAD // 2:
        raise TooLargeError(people=len(instance.staff), days=instance.days, shifts=len(instance.shifts))
    return problem


class _Compiler:
    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._codes = ["", *(shift.code for shift in instance.shifts)]
        self._action = {code: action for action, code in enumerate(self._codes)}
        self._unit = math.gcd(*(shift.minutes for shift in instance.shifts))
        self._units = np.array([0, *(shift.minutes // self._unit for shift in instance.shifts)], np.int32)
        self._follows = self._successions()
        self._day_kind = _day_kinds(instance.days)
        self._automaton = lru_cache(maxsize=None)(self._explored)
        self._counts = lru_cache(maxsize=None)(self._counted)

    def problem(self) -> Problem:
        instance, cover = self._instance, self._instance.cover
        people = {employee.code: self._person(employee) for employee in instance.staff}
        self._wishes(people)
        need, under, over = (np.array([getattr(row, name) for row in cover], np.int64) for name in ("need", "under", "over"))
        day, action = np.array([row.day for row in cover], np.int64), np.array([self._action[row.shift] for row in cover], np.int64)
        entries = (np.arange(len(cover), dtype=np.int64), day, action)
        return Problem(list(people.values()), self._codes, instance.days, need, under, over, [entries])

    def _successions(self) -> np.ndarray:
        follows = np.ones((len(self._codes), len(self._codes)), bool)
        for shift in self._instance.shifts:
            for code in shift.not_before:
                if code in self._action:
                    follows[self._action[shift.code], self._action[code]] = False
        return follows

    def _person(self, employee: Employee) -> Person:
        automaton = self._automaton(employee.most_in_a_row, employee.least_in_a_row, employee.least_off)
        most = {self._action[code]: limit for code, limit in employee.most.items()}
        units_cost = np.zeros(employee.most_minutes // self._unit + 1, np.int32)
        units_cost[: -(-employee.least_minutes // self._unit)] = FORBIDDEN
        scarce = self._scarce(most, automaton, employee.most_weekends, len(units_cost))
        step, after = self._counts(automaton.starts, automaton.resting.tobytes(), employee.most_weekends, scarce)
        counted = {action for action, _limit in scarce}
        later = tuple((action, limit) for action, limit in most.items() if 0 < limit < self._instance.days and action not in counted)
        return Person(
            name=employee.code,
            cell_cost=self._cells(employee, most),
            next_state=automaton.next_state,
            step_cost=automaton.step_cost,
            start_state=automaton.starts[0],
            day_kind=self._day_kind,
            count_step=step,
            count_next=after,
            count_cost=np.zeros(after.shape[1], np.int32),
            units=self._units,
            units_cost=units_cost,
            most=later,
        )

    def _cells(self, employee: Employee, most: dict[int, int]) -> Table:
        cells = np.zeros((self._instance.days, len(self._codes)), np.int32)
        cells[:, [action for action in range(1, len(self._codes)) if not most.get(action)]] = FORBIDDEN
        cells[sorted(employee.off), 1:] = FORBIDDEN
        return cells

    def _scarce(self, most: dict[int, int], automaton: Automaton, weekends: int, width: int) -> tuple[tuple[int, int], ...]:
        """Duties so scarce that they are counted from the start, as many as the table of states has room for."""
        chosen: list[tuple[int, int]] = []
        cells = (self._instance.days + 1) * len(automaton.next_state) * (weekends + 1) * width
        for action, limit in sorted(most.items(), key=lambda each: each[1]):
            if 0 < limit < SCARCE and cells * (limit + 1) <= COUNTED_CELLS:
                cells *= limit + 1
                chosen.append((action, limit))
        return tuple(sorted(chosen))

    def _counted(self, _starts: tuple[int, ...], resting: bytes, weekends: int, scarce: tuple[tuple[int, int], ...]) -> tuple[Table, Table]:
        return count_tables(np.frombuffer(resting, bool), len(self._codes), weekends, scarce)

    def _wishes(self, people: dict[str, Person]) -> None:
        for request in self._instance.requests:
            cells = people[request.employee].cell_cost[request.day]
            missed = (np.arange(len(cells)) != self._action[request.shift]) == request.on
            cells[missed & (cells < BAD)] += request.weight

    def _explored(self, most_run: int, least_run: int, least_off: int) -> Automaton:
        """A run begun on the first day, and days off before it, may be short: they go on from the month before."""

        def step(run: Run, action: int) -> tuple[Run, int] | None:
            off, worked, shift = run
            if not action:
                ended = off or worked < 0 or worked >= least_run
                return ((min(least_off, off + 1) if off > 0 else least_off if off < 0 else 1, 0, 0), 0) if ended else None
            if off:
                if 0 < off < least_off:
                    return None
                return ((0, -1 if off < 0 else 1, action), 0) if most_run else None
            days = abs(worked) + 1
            if days > most_run or not self._follows[shift, action]:
                return None
            return (0, -days if worked < 0 else days, action), 0

        return explore([BEFORE], len(self._codes), step, lambda run: run[0] != 0)


def _day_kinds(days: int) -> Table:
    week = np.arange(days) % 7
    return np.where(week == SATURDAY_OF_WEEK, WEEKEND, np.where(week == SUNDAY_OF_WEEK, SUNDAY, WEEKDAY)).astype(np.int32)
