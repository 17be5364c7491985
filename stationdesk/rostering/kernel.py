"""The exact best roster of one person under given cell costs: a dynamic programme over days, compiled once and kept in numba's cache.

Everything is in whole numbers, int32. Costs of a roster stay below BAD; FORBIDDEN marks what must not be. The tables are those of
`problem.Person`; named tuples are what the compiler takes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from stationdesk.rostering.problem import BAD, FORBIDDEN, Flags, Roster, Table


class Rules(NamedTuple):
    """What a person may do on each day, and what it costs."""

    cost: Table  # [day, action]
    next_state: Table
    step_cost: Table
    day_kind: Table
    count_step: Table
    count_next: Table
    units: Table


class Ends(NamedTuple):
    """What the final count and units cost."""

    count_cost: Table
    units_cost: Table


class Live(NamedTuple):
    """States of each day worth looking at, and the units worth keeping in each (see `problem.Reach`)."""

    live: Flags
    low: Table
    high: Table


@njit(cache=True, nogil=True)
def best(rules: Rules, ends: Ends, worth: Live, state: int, count: int, memory: Table, roster: Roster, shuffle: bool) -> int:
    """Write the cheapest roster from (state, count) into `roster` and return its cost, FORBIDDEN when there is none.

    `memory` holds the table of states; `shuffle` breaks ties at random.
    """
    days = rules.cost.shape[0]
    if not worth.live[0, state]:
        return FORBIDDEN
    states, counts, width = rules.next_state.shape[0], rules.count_next.shape[1], ends.units_cost.shape[0]
    table = memory[: (days + 1) * states * counts * width].reshape(days + 1, states, counts, width)
    table[0] = FORBIDDEN
    table[0, state, count, 0] = 0
    for day in range(days):
        _forward(table, rules, worth, day)
    value, state, count, unit = _cheapest_end(table[days], ends, worth, days, shuffle)
    if state < 0:
        return FORBIDDEN
    for day in range(days - 1, -1, -1):
        wanted = table[day + 1, state, count, unit]
        state, count, unit, roster[day] = _step_back(table[day], rules, worth, day, wanted, state, count, unit, shuffle)
    return value


@njit(cache=True, nogil=True)
def _forward(table: Table, rules: Rules, worth: Live, day: int) -> None:
    """Least cost of every state (automaton, count, units) the day after; only a running minimum, so that the compiler vectorises it."""
    cost, after_count = rules.cost, rules.count_next
    table[day + 1] = FORBIDDEN
    for state in range(rules.next_state.shape[0]):
        if not worth.live[day, state]:
            continue
        for action in range(cost.shape[1]):
            after = rules.next_state[state, action]
            if after < 0 or cost[day, action] >= BAD or not worth.live[day + 1, after]:
                continue
            price = np.int32(cost[day, action] + rules.step_cost[state, action])
            more = rules.units[action]
            first = max(worth.low[day, state], worth.low[day + 1, after] - more)
            last = min(worth.high[day, state], worth.high[day + 1, after] - more) + 1
            if last <= first:
                continue
            step = rules.count_step[rules.day_kind[day], state, action]
            for count in range(after_count.shape[1]):
                counted = after_count[step, count]
                if counted < 0:
                    continue
                source = table[day, state, count, first:last]
                target = table[day + 1, after, counted, first + more : last + more]
                for i in range(last - first):
                    target[i] = min(np.int32(source[i] + price), target[i])


@njit(cache=True, nogil=True)
def _cheapest_end(final: Table, ends: Ends, worth: Live, days: int, shuffle: bool) -> tuple[int, int, int, int]:
    """Cost, state, count and units of the best way to end; state -1 where there is none."""
    best, at_state, at_count, at_units = FORBIDDEN, -1, -1, -1
    for state in range(final.shape[0]):
        for count in range(final.shape[1]):
            if not worth.live[days, state] or ends.count_cost[count] >= BAD:
                continue
            for unit in range(worth.low[days, state], worth.high[days, state] + 1):
                if final[state, count, unit] < BAD and ends.units_cost[unit] < BAD:
                    value = final[state, count, unit] + ends.count_cost[count] + ends.units_cost[unit]
                    if value < best or (value == best and shuffle and np.random.randint(2)):
                        best, at_state, at_count, at_units = value, state, count, unit
    return best, at_state, at_count, at_units


@njit(cache=True, nogil=True)
def _step_back(
    before: Table, rules: Rules, worth: Live, day: int, wanted: int, state: int, count: int, unit: int, shuffle: bool
) -> tuple[int, int, int, int]:
    """A predecessor of equal value: state, count, units and action of `day`."""
    found = 0
    was_state, was_count, was_units, by = -1, -1, -1, -1
    for action in range(rules.cost.shape[1]):
        earlier = unit - rules.units[action]
        if rules.cost[day, action] >= BAD or earlier < 0:
            continue
        for origin in range(rules.next_state.shape[0]):
            if rules.next_state[origin, action] != state or not worth.live[day, origin]:
                continue
            if earlier < worth.low[day, origin] or earlier > worth.high[day, origin]:
                continue
            step = rules.count_step[rules.day_kind[day], origin, action]
            price = rules.cost[day, action] + rules.step_cost[origin, action]
            for counted in range(count + 1):
                if rules.count_next[step, counted] == count and before[origin, counted, earlier] + price == wanted:
                    found += 1
                    if found == 1 or (shuffle and np.random.randint(found) == 0):
                        was_state, was_count, was_units, by = origin, counted, earlier, action
    return was_state, was_count, was_units, by


@njit(cache=True)
def reach(
    cost: Table, next_state: Table, start_state: int, end_state: int, units: Table, least: int, most: int
) -> tuple[Flags, Table, Table]:
    """Which states of a day can be reached and still end well, and the fewest and most units worth keeping in each.

    `end_state` -1 is any. Units must end between `least` and `most`.
    """
    days, actions = cost.shape
    states, far = next_state.shape[0], 1_000_000
    most_so_far, least_so_far = np.full((days + 1, states), -far), np.full((days + 1, states), far)
    most_to_come, least_to_come = np.full((days + 1, states), -far), np.full((days + 1, states), far)
    most_so_far[0, start_state] = least_so_far[0, start_state] = 0
    for state in range(states):
        if end_state < 0 or state == end_state:
            most_to_come[days, state] = least_to_come[days, state] = 0
    for turn in range(2 * days):
        day = turn if turn < days else 2 * days - 1 - turn
        for state in range(states):
            for action in range(actions):
                after = next_state[state, action]
                if after < 0 or cost[day, action] >= BAD:
                    continue
                if turn < days and most_so_far[day, state] >= 0:
                    most_so_far[day + 1, after] = max(most_so_far[day + 1, after], most_so_far[day, state] + units[action])
                    least_so_far[day + 1, after] = min(least_so_far[day + 1, after], least_so_far[day, state] + units[action])
                elif turn >= days and most_to_come[day + 1, after] >= 0:
                    most_to_come[day, state] = max(most_to_come[day, state], most_to_come[day + 1, after] + units[action])
                    least_to_come[day, state] = min(least_to_come[day, state], least_to_come[day + 1, after] + units[action])
    low = np.maximum(least_so_far, least - most_to_come).astype(np.int32)
    high = np.minimum(most_so_far, most - least_to_come).astype(np.int32)
    return (most_so_far >= 0) & (most_to_come >= 0) & (low <= high), low, high


@njit(cache=True)
def walk(roster: Roster, rules: Rules, state: int, count: int) -> tuple[int, int, int, int]:
    """State, count, units and cost after the days of `roster`; cost FORBIDDEN and count -1 once a hard rule is broken."""
    spent, done = 0, 0
    for day in range(len(roster)):
        action = roster[day]
        count = rules.count_next[rules.count_step[rules.day_kind[day], state, action], count]
        if rules.next_state[state, action] < 0 or rules.cost[day, action] >= BAD or count < 0:
            return state, -1, done, FORBIDDEN
        spent += rules.cost[day, action] + rules.step_cost[state, action]
        done += rules.units[action]
        state = rules.next_state[state, action]
    return state, count, done, spent


@njit(cache=True)
def reseed(seed: int) -> None:
    """Compiled code has a random stream of its own."""
    np.random.seed(seed)
