"""A station's roster compiled for the engine: succession as an automaton, demand, leaders and fair shares as rows, hours as a cost."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from stationdesk.rostering.automaton import Automaton, explore
from stationdesk.rostering.fairness import Target, targets
from stationdesk.rostering.problem import BAD, FORBIDDEN, Entries, Person, Problem, Roster, Table
from stationdesk.rostering.station import DAY_MINUTES, OFF, Duties, Member, Place, Rules, Shift, Short, StationProblem, Weights

HOUR, EIGHT_HOURS = 60, 480
FAIR = ("nights", "weekends", "holidays")


@dataclass(frozen=True)
class Since:
    """What the days before leave behind: days and nights worked in a row, days off in a row (capped), rested from which minute on."""

    worked: int = 0
    nights: int = 0
    off: int = 9
    rested: int = 0


def succession(shifts: dict[str, Shift], rules: Rules, weights: Weights, since: Since, code: str) -> tuple[Since, int] | None:
    """What a day's shift (or OFF) makes of what was before, and its points; None where a hard rule forbids it."""
    if code == OFF:
        off = min(since.off + 1, max(2, rules.least_off))
        points = weights.single_day if since.worked == 1 else 0
        return Since(0, 0, off, max(0, since.rested - DAY_MINUTES)), points
    shift = shifts[code]
    if shift.start < since.rested or (since.worked == 0 and since.off < rules.least_off):
        return None
    worked, nights = since.worked + 1, since.nights + 1 if shift.night else 0
    if worked > rules.most_in_a_row or nights > rules.most_nights_in_a_row:
        return None
    points = weights.single_off if since.worked == 0 and since.off == 1 else 0
    return Since(worked, nights, 0, max(0, shift.end + rules.rest_minutes - DAY_MINUTES)), points


def carried_over(shifts: dict[str, Shift], rules: Rules, before: tuple[str, ...]) -> Since:
    """What the last days before the period leave behind; what they broke is not held against the days to come."""
    since = Since()
    for code in before:
        shift = shifts.get(code)
        if shift is None:
            since = Since(0, 0, min(since.off + 1, max(2, rules.least_off)), max(0, since.rested - DAY_MINUTES))
        else:
            nights = min(since.nights + 1, rules.most_nights_in_a_row) if shift.night else 0
            rested = max(0, since.rested - DAY_MINUTES, shift.end + rules.rest_minutes - DAY_MINUTES)
            since = Since(min(since.worked + 1, rules.most_in_a_row), nights, 0, rested)
    return since


class StationCompiler:
    """Makes the engine's problem of a station's, and reads the engine's rosters back."""

    def __init__(self, problem: StationProblem) -> None:
        self._problem = problem
        self._codes = [OFF, *(place.shift for place in problem.places)]
        self._action = {place: number for number, place in enumerate(problem.places, 1)}
        worked = [problem.shift_of[code].worked for code in self._codes[1:]]
        self._unit = math.gcd(EIGHT_HOURS, *worked)
        self._units = np.array([0, *(minutes // self._unit for minutes in worked)], np.int32)
        self._targets = targets(problem)
        self._rows: list[tuple[int, int, int]] = []  # need, under, over
        self._certified: list[tuple[int, int, int, str]] = []

    def problem(self) -> Problem:
        """The engine's problem, members in their order."""
        problem = self._problem
        automaton = self._automaton()
        shared, self._certified = self._shared_rows(), self._certified_rows()
        entries = [self._entries(shared, member, target) for member, target in zip(problem.members, self._targets, strict=True)]
        people = [self._person(automaton, number) for number in range(len(problem.members))]
        need, under, over = np.array(self._rows, np.int64).reshape(-1, 3).T.copy()
        actions = [OFF, *(f"{place.shift} {place.post}" for place in problem.places)]
        return Problem(people, actions, problem.days, need, under, over, entries)

    def _automaton(self) -> Automaton:
        problem, places = self._problem, len(self._codes)
        starts = [carried_over(problem.shift_of, problem.rules, member.before) for member in problem.members]

        def step(since: Since, action: int) -> tuple[Since, int] | None:
            return succession(problem.shift_of, problem.rules, problem.weights, since, self._codes[action])

        return explore(starts, places, step, lambda since: since.worked == 0)

    def _row(self, need: int, under: int, over: int) -> int:
        self._rows.append((need, under, over))
        return len(self._rows) - 1

    def _shared_rows(self) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
        """(row, day, action) of demand and of leaders."""
        problem, weights = self._problem, self._problem.weights
        demand = [(self._row(each.need, weights.hard, weights.surplus), each.day, self._action[each.place]) for each in problem.demand]
        demand += [(self._row(0, 0, weights.surplus), day, action) for day, action in self._unwanted()]
        leaders = []
        for day, shift in problem.shifts_wanted if problem.rules.leaders else ():
            row = self._row(problem.rules.leaders, weights.hard, 0)
            leaders += [(row, day, action) for place, action in self._action.items() if place.shift == shift]
        return demand, leaders

    def _certified_rows(self) -> list[tuple[int, int, int, str]]:
        """(row, day, action, certificate)."""
        rows = []
        for day, shift, wanted in self._problem.certified_wanted:
            row = self._row(wanted.need, self._problem.weights.hard, 0)
            rows += [(row, day, action, wanted.certificate) for place, action in self._action.items() if place.shift == shift]
        return rows

    def _unwanted(self) -> list[tuple[int, int]]:
        """(day, action) nobody asks for."""
        wanted = {(each.day, self._action[each.place]) for each in self._problem.demand}
        every = ((day, action) for day in range(self._problem.days) for action in self._action.values())
        return [each for each in every if each not in wanted]

    def _entries(self, shared: tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]], member: Member, target: Target) -> Entries:
        """What one member's duties give the rows: demand, leaders where one may lead, certificates one holds, the own fair shares."""
        demand, leaders = shared
        entries = demand + [each for each in leaders if member.leads(each[1])]
        entries += [(row, day, action) for row, day, action, certificate in self._certified if member.certified(certificate, day)]
        counts = {"nights": self._nights(), "weekends": self._on(self._problem.weekends), "holidays": self._on(self._problem.holidays)}
        weights = self._problem.weights
        for name, weight in zip(FAIR, (weights.night, weights.weekend, weights.holiday), strict=True):
            if weight and counts[name]:
                row = self._row(getattr(target, name), weight, weight)
                entries = entries + [(row, day, action) for day, action in counts[name]]
        row_, day_, action_ = np.array(entries, np.int64).reshape(-1, 3).T.copy()
        return row_, day_, action_

    def _nights(self) -> list[tuple[int, int]]:
        nights = [action for place, action in self._action.items() if self._problem.shift_of[place.shift].night]
        return [(day, action) for day in range(self._problem.days) for action in nights]

    def _on(self, days: frozenset[int]) -> list[tuple[int, int]]:
        return [(day, action) for day in sorted(days) if 0 <= day < self._problem.days for action in self._action.values()]

    def _person(self, automaton: Automaton, number: int) -> Person:
        member, states = self._problem.members[number], len(automaton.next_state)
        return Person(
            name=member.name,
            cell_cost=self._cells(member),
            next_state=automaton.next_state,
            step_cost=automaton.step_cost,
            start_state=automaton.starts[number],
            day_kind=np.zeros(self._problem.days, np.int32),
            count_step=np.zeros((1, states, len(self._codes)), np.int32),
            count_next=np.zeros((1, 1), np.int32),
            count_cost=np.zeros(1, np.int32),
            units=self._units,
            units_cost=self._hours(member, self._targets[number]),
            group=number,
        )

    def _cells(self, member: Member) -> Table:
        days, codes = self._problem.days, np.array(self._codes)
        cells = np.zeros((days, len(codes)), np.int32)
        for wish in member.wishes:
            cells[wish.day, codes != wish.shift] += wish.weight * self._problem.weights.wish
        for place, action in self._action.items():
            cells[[day for day in range(days) if not member.may(place, day)], action] = FORBIDDEN
        cells[sorted(day for day in member.leave if 0 <= day < days), 1:] = FORBIDDEN
        for day, wanted in member.fixed.items():
            chosen = 0 if wanted is None else self._action[wanted]
            cells[day, np.arange(len(codes)) != chosen] = FORBIDDEN
        return cells

    def _hours(self, member: Member, target: Target) -> Table:
        """Points for the final working time: away from the fair share, and far more outside the member's bounds."""
        weights = self._problem.weights
        minutes = np.arange(self._problem.days * int(self._units.max(initial=1)) + 1) * self._unit
        most = minutes[-1] if member.most_minutes is None else member.most_minutes
        outside = np.maximum(minutes - most, 0) + np.maximum(member.least_minutes - minutes, 0)
        points = np.rint(np.abs(minutes - target.minutes) * weights.hours / EIGHT_HOURS) + -(-outside // HOUR) * weights.hard
        cost: Table = np.minimum(points, BAD // 8).astype(np.int32)
        return cost

    def duties(self, rosters: Roster) -> dict[str, Duties]:
        """The engine's rosters in the station's words."""
        places = (None, *self._problem.places)
        return {
            member.name: tuple(places[action] for action in roster)
            for member, roster in zip(self._problem.members, rosters.tolist(), strict=True)
        }

    def rosters(self, duties: dict[str, Duties]) -> Roster:
        """A station's duties as the engine has them; what is not a place of this problem is off."""
        rows = [
            [self._action.get(place, 0) if place is not None else 0 for place in duties[member.name]] for member in self._problem.members
        ]
        return np.array(rows, np.int16)


def missing(problem: StationProblem, duties: dict[str, Duties]) -> tuple[Short, ...]:
    """Where somebody, a leader or a certificate is missing."""
    there: dict[tuple[int, Place], int] = {}
    led: dict[tuple[int, str], int] = {}
    for member in problem.members:
        for day, place in enumerate(duties[member.name]):
            if place is not None:
                there[day, place] = there.get((day, place), 0) + 1
                led[day, place.shift] = led.get((day, place.shift), 0) + member.leads(day)
    short = [
        Short(each.day, each.place.shift, each.place.post, each.need - there.get((each.day, each.place), 0)) for each in problem.demand
    ]
    if problem.rules.leaders:
        short += [Short(day, shift, "", problem.rules.leaders - led.get((day, shift), 0)) for day, shift in problem.shifts_wanted]
    short += [
        Short(day, shift, "", wanted.need - _holding(problem, duties, day, shift, wanted.certificate), wanted.certificate)
        for day, shift, wanted in problem.certified_wanted
    ]
    return tuple(each for each in short if each.missing > 0)


def _holding(problem: StationProblem, duties: dict[str, Duties], day: int, shift: str, certificate: str) -> int:
    """How many on a shift hold a certificate."""
    able = [member.name for member in problem.members if member.certified(certificate, day)]
    return sum((place := duties[name][day]) is not None and place.shift == shift for name in able)
