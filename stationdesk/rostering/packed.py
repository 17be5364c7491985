"""A problem as plain arrays, all people side by side, for compiled search; tables that people share are kept once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from stationdesk.rostering.problem import FORBIDDEN, Person, Problem, Roster, Table, Whole

NO_LIMIT = 1_000_000


class Packed(NamedTuple):
    """What never changes: rules by person (or by which table a person has), and the rows."""

    cell: Table  # [person, day, action]
    which: Table  # [person] -> automaton
    next_state: Table  # [automaton, state, action]
    step_cost: Table
    day_kind: Table  # [person, day]
    counted: Table  # [person] -> count tables
    count_step: Table  # [count table, kind, state, action]
    count_next: Table  # [count table, step, count]
    count_cost: Table  # [person, count]
    units: Table  # [person, action]
    units_cost: Table  # [person, units]
    most: Table  # [person, action]
    start: Table  # [person, (state, count)]
    end_state: Table  # [person], -1 = any
    group: Table  # [person]
    first_row: Whole  # [group, day * actions + action] where its rows begin
    rows: Whole
    need: Whole
    under: Whole
    over: Whole


class Standing(NamedTuple):
    """Rosters and what follows from them: state and count before each day, units and times of each action, what rows have."""

    rosters: Roster
    states: Table  # [person, day]
    counts: Table
    units: Table  # [person]
    times: Table  # [person, action]
    covered: Whole


def pack(problem: Problem) -> Packed:
    """The arrays of a problem."""
    people = problem.people
    which, automata = _kinds(people, lambda person: (id(person.next_state), id(person.step_cost)))
    counted, counting = _kinds(people, lambda person: (id(person.count_step), id(person.count_next)))
    first_row, rows = _rows(problem)
    return Packed(
        cell=np.stack([person.cell_cost for person in people]),
        which=which,
        next_state=_stacked([person.next_state for person in automata], -1),
        step_cost=_stacked([person.step_cost for person in automata], FORBIDDEN),
        day_kind=np.stack([person.day_kind for person in people]),
        counted=counted,
        count_step=_stacked([person.count_step for person in counting], 0),
        count_next=_stacked([person.count_next for person in counting], -1),
        count_cost=_stacked([person.count_cost for person in people], FORBIDDEN),
        units=np.stack([person.units for person in people]),
        units_cost=_stacked([person.units_cost for person in people], FORBIDDEN),
        most=np.stack([_limits(person.most, len(problem.actions)) for person in people]),
        start=np.array([(person.start_state, person.start_count) for person in people], np.int32),
        end_state=np.array([person.end_state for person in people], np.int32),
        group=np.array([person.group for person in people], np.int32),
        first_row=first_row,
        rows=rows,
        need=problem.need,
        under=problem.under,
        over=problem.over,
    )


def _kinds(people: Sequence[Person], key: Callable[[Person], object]) -> tuple[Table, list[Person]]:
    """Which kind each person is of, and one person of each kind."""
    number: dict[object, int] = {}
    one_of_each: list[Person] = []
    which = np.zeros(len(people), np.int32)
    for place, person in enumerate(people):
        if key(person) not in number:
            number[key(person)] = len(one_of_each)
            one_of_each.append(person)
        which[place] = number[key(person)]
    return which, one_of_each


def _stacked(tables: Sequence[Table], filling: int) -> Table:
    """Tables of unlike sizes as one array; what a table does not have is `filling`."""
    shape = np.max([table.shape for table in tables], axis=0)
    stacked: Table = np.full((len(tables), *shape), filling, np.int32)
    for place, table in enumerate(tables):
        stacked[place][tuple(slice(size) for size in table.shape)] = table
    return stacked


def _limits(most: Sequence[tuple[int, int]], actions: int) -> Table:
    limits: Table = np.full(actions, NO_LIMIT, np.int32)
    for action, times in most:
        limits[action] = times
    return limits


def _rows(problem: Problem) -> tuple[Whole, Whole]:
    """Which rows a cell counts in, by group."""
    width = problem.days * len(problem.actions)
    first_row, rows, begin = np.zeros((len(problem.entries), width + 1), np.int64), list[npt.NDArray[np.int64]](), 0
    for group, (row, day, action) in enumerate(problem.entries):
        cell = day * len(problem.actions) + action
        rows.append(row[np.argsort(cell, kind="stable")])
        first_row[group, 1:] = np.cumsum(np.bincount(cell, minlength=width))
        first_row[group] += begin
        begin += len(row)
    return first_row, np.concatenate([*rows, np.zeros(0, np.int64)])


def stand(problem: Problem, packed: Packed, rosters: Roster) -> Standing:
    """What follows from rosters that keep every hard rule."""
    people, days = rosters.shape
    states, counts = np.zeros((people, days + 1), np.int32), np.zeros((people, days + 1), np.int32)
    for number, person in enumerate(problem.people):
        states[number, 0], counts[number, 0] = person.start_state, person.start_count
        for day in range(days):
            state, action = states[number, day], rosters[number, day]
            step = person.count_step[person.day_kind[day], state, action]
            states[number, day + 1], counts[number, day + 1] = (
                person.next_state[state, action],
                person.count_next[step, counts[number, day]],
            )
    times = np.stack([np.bincount(roster, minlength=len(problem.actions)) for roster in rosters]).astype(np.int32)
    units = (times * packed.units).sum(1).astype(np.int32)
    return Standing(rosters.copy(), states, counts, units, times, problem.covered(rosters))
