"""A station's roster as plain CP-SAT, written on its own: the oracle of tests and the other one in benchmarks.

OR-Tools cannot be loaded beside HiGHS, so it has a process: `solved(problems, seconds)`.
"""

from __future__ import annotations

import itertools
import pickle
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stationdesk.rostering.fairness import targets
from stationdesk.rostering.station import StationProblem


@dataclass(frozen=True)
class Found:
    """What CP-SAT has: None and 0 where it found nothing. `marks`: (seconds, objective) of every better roster."""

    cost: int | None
    bound: int
    proved: bool
    seconds: float
    marks: list[tuple[float, int]] = field(default_factory=list)


def solved(problems: list[StationProblem], seconds: float, workers: int = 2) -> list[Found]:
    """Each problem by CP-SAT in one process of its own."""
    root = Path(__file__).resolve().parents[2]
    given = pickle.dumps((problems, seconds, workers))
    code = "import sys; from tests.rostering import oracle; oracle.main()"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], input=given, capture_output=True, cwd=root, check=True)
    answers: list[Found] = pickle.loads(done.stdout)
    return answers


def main() -> None:
    problems, seconds, workers = pickle.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(pickle.dumps([_solve(problem, seconds, workers) for problem in problems]))


def _solve(problem: StationProblem, seconds: float, workers: int) -> Found:
    from ortools.sat.python import cp_model

    built = _Model(cp_model.CpModel(), problem)
    built.build()
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 1
    marks: list[tuple[float, int]] = []
    began = time.monotonic()

    class Marks(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            marks.append((round(time.monotonic() - began, 2), round(self.objective_value)))

    status = solver.solve(built.model, Marks())
    cost = round(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
    return Found(cost, round(solver.best_objective_bound), status == cp_model.OPTIMAL, time.monotonic() - began, marks)


class _Model:
    def __init__(self, model: Any, problem: StationProblem) -> None:
        self.model, self.problem = model, problem
        self.terms: list[Any] = []
        self.x: dict[tuple[int, int, Any], Any] = {}

    def build(self) -> None:
        for number in range(len(self.problem.members)):
            self._member(number)
        self._cover()
        self._fair()
        self.model.minimize(sum(self.terms))

    def _works(self, number: int, day: int, codes: set[str]) -> Any:
        """0 or 1: whether a member works one of these shifts on a day, or did before day 0."""
        if day < 0:
            before = self.problem.members[number].before
            return int(-day <= len(before) and before[day] in codes)
        return sum(self.x[number, day, place] for place in self.problem.places if place.shift in codes)

    def _member(self, number: int) -> None:
        problem, member = self.problem, self.problem.members[number]
        every, nights = {shift.code for shift in problem.shifts}, {shift.code for shift in problem.shifts if shift.night}
        for day in range(problem.days):
            self._day(number, day)
        self._rest(number)
        self._windows(number, every, problem.rules.most_in_a_row)
        self._windows(number, nights, problem.rules.most_nights_in_a_row)
        for gap in range(1, problem.rules.least_off):
            for first in range(-len(member.before), problem.days - gap - 1):
                between = sum(self._works(number, day, every) for day in range(first + 1, first + gap + 1))
                if first + gap + 1 >= 0:
                    self.model.add(self._works(number, first, every) + self._works(number, first + gap + 1, every) - between <= 1)
        self._single(number, every)
        for wish in member.wishes:
            met = self._works(number, wish.day, {wish.shift}) if wish.shift else 1 - self._works(number, wish.day, every)
            self.terms.append((1 - met) * wish.weight * problem.weights.wish)

    def _day(self, number: int, day: int) -> None:
        model, member = self.model, self.problem.members[number]
        for place in self.problem.places:
            self.x[number, day, place] = model.new_bool_var("")
            if day in member.leave or not member.may(place, day) or (day in member.fixed and member.fixed[day] != place):
                model.add(self.x[number, day, place] == 0)
        model.add_at_most_one(self.x[number, day, place] for place in self.problem.places)
        if member.fixed.get(day) is not None:
            model.add(self.x[number, day, member.fixed[day]] == 1)

    def _rest(self, number: int) -> None:
        problem = self.problem
        for day in range(-9, problem.days):
            for later in range(max(0, day + 1), min(day + 5, problem.days)):
                for one, other in itertools.product(problem.shifts, repeat=2):
                    if one.end + problem.rules.rest_minutes > other.start + 1440 * (later - day):
                        self.model.add(self._works(number, day, {one.code}) + self._works(number, later, {other.code}) <= 1)

    def _windows(self, number: int, codes: set[str], most: int) -> None:
        for first in range(-most, self.problem.days - most):
            self.model.add(sum(self._works(number, day, codes) for day in range(first, first + most + 1)) <= most)

    def _single(self, number: int, every: set[str]) -> None:
        for day in range(self.problem.days):
            before, between, now = (self._works(number, day - back, every) for back in (2, 1, 0))
            work, off = self.model.new_bool_var(""), self.model.new_bool_var("")
            self.model.add(work >= between - before - now)
            self.model.add(off >= before + now - between - 1)
            self.terms += [work * self.problem.weights.single_day, off * self.problem.weights.single_off]

    def _cover(self) -> None:
        problem, weights, people = self.problem, self.problem.weights, range(len(self.problem.members))
        need = {(each.day, each.place): each.need for each in problem.demand}
        for day in range(problem.days):
            for place in problem.places:
                there = sum(self.x[number, day, place] for number in people)
                short, more = self.model.new_int_var(0, 99, ""), self.model.new_int_var(0, 99, "")
                self.model.add(there + short - more == need.get((day, place), 0))
                self.terms += [short * (weights.hard if (day, place) in need else 0), more * weights.surplus]
        for day, shift in problem.shifts_wanted if problem.rules.leaders else ():
            led = sum(self._works(number, day, {shift}) for number in people if problem.members[number].leads(day))
            short = self.model.new_int_var(0, 99, "")
            self.model.add(led + short >= problem.rules.leaders)
            self.terms.append(short * weights.hard)

        for day, shift, wanted in problem.certified_wanted:
            able = (number for number in people if day in problem.members[number].holds.get(wanted.certificate, ()))
            short = self.model.new_int_var(0, 99, "")
            self.model.add(sum(self._works(number, day, {shift}) for number in able) + short >= wanted.need)
            self.terms.append(short * weights.hard)

    def _fair(self) -> None:
        problem, weights = self.problem, self.problem.weights
        nights = {shift.code for shift in problem.shifts if shift.night}
        every = {shift.code for shift in problem.shifts}
        for number, target in enumerate(targets(problem)):
            had = (
                (sum(self._works(number, day, nights) for day in range(problem.days)), target.nights, weights.night),
                (sum(self._works(number, day, every) for day in problem.weekends), target.weekends, weights.weekend),
                (sum(self._works(number, day, every) for day in problem.holidays), target.holidays, weights.holiday),
            )
            for count, fair, weight in had:
                away = self.model.new_int_var(0, 9999, "")
                self.model.add(away >= count - fair)
                self.model.add(away >= fair - count)
                self.terms.append(away * weight)
            self._hours(number, target.minutes)

    def _hours(self, number: int, fair: int) -> None:
        problem, member, weights = self.problem, self.problem.members[number], self.problem.weights
        longest = max(shift.worked for shift in problem.shifts) * problem.days
        minutes = sum(problem.shift_of[place.shift].worked * x for (who, _day, place), x in self.x.items() if who == number)
        most = longest if member.most_minutes is None else member.most_minutes
        more, less = self.model.new_int_var(0, longest // 60, ""), self.model.new_int_var(0, longest // 60 + 1, "")
        self.model.add(60 * more >= minutes - most)
        self.model.add(60 * less >= member.least_minutes - minutes)
        self.terms += [more * weights.hard, less * weights.hard]
        costs = [round(abs(done - fair) * weights.hours / 480) for done in range(0, longest + 1, 60)]
        hours, cost = self.model.new_int_var(0, longest // 60, ""), self.model.new_int_var(0, max(costs), "")
        self.model.add(hours * 60 == minutes)
        self.model.add_element(hours, costs, cost)
        self.terms.append(cost)
