"""Annealing: millions of small exchanges between people a second, compiled. Hard rules are kept at every step.

Most moves leave each shift as many people as it has: two people exchange some days, or two days far apart, or three take turns.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit

from stationdesk.rostering.packed import Packed, Standing
from stationdesk.rostering.problem import BAD, FORBIDDEN, Roster, Table

ONE_CELL, TWO_DAYS, THREE_PEOPLE = 15, 30, 40  # per cent of moves, added up; the others exchange days in a row
FARTHEST = 14  # days between the two that are exchanged
LONGEST = 10  # days in a row that are exchanged
LONGEST_OF_THREE = 3
STEP = 1000  # moves of equal heat

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compiled with nothing allocated, so that no references are counted: eight times as fast."""
    options: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
    made: F = njit(**options)(function)
    return made


class Move(NamedTuple):
    """What is tried: people, their new days, and the day from which on nothing of them changes. Room for it, written anew each time."""

    who: Table
    fresh: Roster  # [place in who, day]; only the days tried are written
    until: Table


@compiled
def anneal(packed: Packed, standing: Standing, move: Move, best: Roster, cost: int, moves: int, hot: float, cold: float) -> tuple[int, int]:
    """Try `moves` moves while heat falls from `hot` to `cold` points; (cost of `standing`, cost of `best`), which holds the best met."""
    least = cost
    heat = hot
    for number in range(moves):
        if number % STEP == 0:
            heat = hot * (cold / hot) ** (number / moves)
        people, first, last = _propose(packed, standing, move)
        change = _own_change(packed, standing, move, people, first, last) if people else FORBIDDEN
        if change >= BAD:
            continue
        change += _rows_change(packed, standing, move, people, first, last, True)
        if change > 0 and change > -np.log(np.random.random()) * heat:
            _rows_change(packed, standing, move, people, first, last, False)
            continue
        _do(packed, standing, move, people, first, last)
        cost += change
        if cost < least:
            least = cost
            _copy(standing.rosters, best)
    return cost, least


@compiled
def _propose(packed: Packed, standing: Standing, move: Move) -> tuple[int, int, int]:
    """Write a move at random: how many people, the first and the last day; 0 people: nothing would change."""
    people, days = standing.rosters.shape
    kind, first = np.random.randint(100), np.random.randint(days)
    move.who[0] = np.random.randint(people)
    if kind < ONE_CELL:
        action = np.random.randint(packed.cell.shape[2])
        move.fresh[0, first] = action
        return (1 if standing.rosters[move.who[0], first] != action else 0), first, first
    move.who[1] = np.random.randint(people)
    if move.who[0] == move.who[1]:
        return 0, first, first
    if kind < TWO_DAYS:
        return _exchange_two_days(standing.rosters, move, first, first + 1 + np.random.randint(FARTHEST))
    if kind < THREE_PEOPLE:
        move.who[2] = np.random.randint(people)
        return _take_turns(standing.rosters, move, first, min(days - 1, first + np.random.randint(LONGEST_OF_THREE)))
    return _exchange(standing.rosters, move, first, min(days - 1, first + np.random.randint(1 + np.random.randint(LONGEST))))


@compiled
def _exchange(rosters: Roster, move: Move, first: int, last: int) -> tuple[int, int, int]:
    fresh, one, other, unlike = move.fresh, move.who[0], move.who[1], 0
    for day in range(first, last + 1):
        fresh[0, day], fresh[1, day] = rosters[other, day], rosters[one, day]
        unlike += rosters[one, day] != rosters[other, day]
    return (2 if unlike else 0), first, last


@compiled
def _exchange_two_days(rosters: Roster, move: Move, first: int, last: int) -> tuple[int, int, int]:
    fresh, one, other = move.fresh, move.who[0], move.who[1]
    if last >= rosters.shape[1] or rosters[one, first] == rosters[other, first] or rosters[one, last] == rosters[other, last]:
        return 0, first, last
    for day in range(first, last + 1):
        at_an_end = day in (first, last)
        fresh[0, day] = rosters[other if at_an_end else one, day]
        fresh[1, day] = rosters[one if at_an_end else other, day]
    return 2, first, last


@compiled
def _take_turns(rosters: Roster, move: Move, first: int, last: int) -> tuple[int, int, int]:
    who, fresh = move.who, move.fresh
    if who[2] == who[0] or who[2] == who[1]:
        return 0, first, last
    for place in range(3):
        giver = who[(place + 1) % 3]
        for day in range(first, last + 1):
            fresh[place, day] = rosters[giver, day]
    return 3, first, last


@compiled
def _own_change(packed: Packed, standing: Standing, move: Move, people: int, first: int, last: int) -> int:
    """What the move costs the people themselves; FORBIDDEN when it breaks a hard rule of one of them."""
    change = 0
    for place in range(people):
        more = _change_of(packed, standing, move, place, first, last)
        if more >= BAD:
            return FORBIDDEN
        change += more
    return change


@compiled
def _change_of(packed: Packed, standing: Standing, move: Move, place: int, first: int, last: int) -> int:
    fresh, rosters, states, counts = move.fresh, standing.rosters, standing.states, standing.counts
    cell, units_of, next_state, step_cost = packed.cell, packed.units, packed.next_state, packed.step_cost
    count_step, count_next, day_kind = packed.count_step, packed.count_next, packed.day_kind
    who, days = move.who[place], cell.shape[1]
    which, counted = packed.which[who], packed.counted[who]
    state, count, day = states[who, first], counts[who, first], first
    change, units = 0, standing.units[who]
    while day <= last or (day < days and (state != states[who, day] or count != counts[who, day])):
        was = rosters[who, day]
        action = fresh[place, day] if day <= last else was
        count = count_next[counted, count_step[counted, day_kind[who, day], state, action], count]
        if cell[who, day, action] >= BAD or next_state[which, state, action] < 0 or count < 0:
            return FORBIDDEN
        change += cell[who, day, action] - cell[who, day, was]
        change += step_cost[which, state, action] - step_cost[which, states[who, day], was]
        units += units_of[who, action] - units_of[who, was]
        state = next_state[which, state, action]
        day += 1
    move.until[place] = day
    return int(change + _change_at_the_end(packed, standing, who, state, count, units, day == days))


@compiled
def _change_at_the_end(packed: Packed, standing: Standing, who: int, state: int, count: int, units: int, to_the_end: bool) -> int:
    """What the final state, count and units cost more than they did."""
    if units < 0 or units >= packed.units_cost.shape[1] or packed.units_cost[who, units] >= BAD:
        return FORBIDDEN
    change = packed.units_cost[who, units] - packed.units_cost[who, standing.units[who]]
    if to_the_end:
        if packed.count_cost[who, count] >= BAD or (packed.end_state[who] >= 0 and packed.end_state[who] != state):
            return FORBIDDEN
        change += packed.count_cost[who, count] - packed.count_cost[who, standing.counts[who, -1]]
    return int(change)


@compiled
def _rows_change(packed: Packed, standing: Standing, move: Move, people: int, first: int, last: int, forth: bool) -> int:
    """Let the rows have what the move gives and takes, or take that back; what it costs. Times of actions are kept as well."""
    change = 0
    sign = 1 if forth else -1
    for place in range(people):
        who = move.who[place]
        for day in range(first, last + 1):
            old, new = standing.rosters[who, day], move.fresh[place, day]
            if old != new:
                change += _count(packed, standing, who, day, old, -sign) + _count(packed, standing, who, day, new, sign)
        for day in range(first, last + 1):
            action = move.fresh[place, day]
            if forth and standing.times[who, action] > packed.most[who, action]:
                change += FORBIDDEN
    return change


@compiled
def _count(packed: Packed, standing: Standing, who: int, day: int, action: int, more: int) -> int:
    standing.times[who, action] += more
    cell, group = day * packed.cell.shape[2] + action, packed.group[who]
    change = 0
    for place in range(packed.first_row[group, cell], packed.first_row[group, cell + 1]):
        row = packed.rows[place]
        change -= _row_cost(packed, standing, row)
        standing.covered[row] += more
        change += _row_cost(packed, standing, row)
    return change


@compiled
def _row_cost(packed: Packed, standing: Standing, row: int) -> int:
    short = packed.need[row] - standing.covered[row]
    cost: int = short * packed.under[row] if short > 0 else -short * packed.over[row]
    return cost


@compiled
def _do(packed: Packed, standing: Standing, move: Move, people: int, first: int, last: int) -> None:
    """The move is made: rosters, states, counts and units follow."""
    for place in range(people):
        who = move.who[place]
        next_state = packed.next_state[packed.which[who]]
        count_step, count_next = packed.count_step[packed.counted[who]], packed.count_next[packed.counted[who]]
        for day in range(first, move.until[place]):
            action = standing.rosters[who, day]
            if day <= last and action != move.fresh[place, day]:
                standing.units[who] += packed.units[who, move.fresh[place, day]] - packed.units[who, action]
                standing.rosters[who, day] = action = move.fresh[place, day]
            state, count = standing.states[who, day], standing.counts[who, day]
            standing.states[who, day + 1] = next_state[state, action]
            standing.counts[who, day + 1] = count_next[count_step[packed.day_kind[who, day], state, action], count]


@compiled
def _copy(rosters: Roster, to: Roster) -> None:
    """By cell: a slice may be copied twice, which allocates."""
    for person in range(len(rosters)):
        for day in range(rosters.shape[1]):
            to[person, day] = rosters[person, day]
