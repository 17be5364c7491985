"""Rules of succession as an automaton: explored from a rule told in plain Python, then made as small as it can be."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from stationdesk.rostering.problem import Flags, Table, Whole

State = TypeVar("State", bound=Hashable)


@dataclass(frozen=True)
class Automaton:
    """`next_state` and `step_cost` are [state, action]; -1 = forbidden. `resting` says in which states the day before was off."""

    next_state: Table
    step_cost: Table
    resting: Flags
    starts: tuple[int, ...]  # the number of each start asked for


def explore(
    starts: Sequence[State], actions: int, step: Callable[[State, int], tuple[State, int] | None], resting: Callable[[State], bool]
) -> Automaton:
    """Every state that `step(state, action) -> (next state, cost) | None` leads to from `starts`, with equal ones merged."""
    number: dict[State, int] = {}
    order: list[State] = []
    for state in starts:
        if state not in number:
            number[state] = len(order)
            order.append(state)
    rows: list[list[int]] = []
    costs: list[list[int]] = []
    for state in order:  # grows while it is walked
        row, cost = [-1] * actions, [0] * actions
        for action in range(actions):
            if (led := step(state, action)) is None:
                continue
            after, cost[action] = led
            if after not in number:
                number[after] = len(order)
                order.append(after)
            row[action] = number[after]
        rows.append(row)
        costs.append(cost)
    flags = np.array([resting(state) for state in order], bool)
    return merged(np.array(rows, np.int32), np.array(costs, np.int32), flags, [number[state] for state in starts])


def merged(next_state: Table, step_cost: Table, resting: Flags, starts: Sequence[int]) -> Automaton:
    """The smallest automaton that behaves alike (Moore's partition refinement)."""
    outside = np.column_stack([resting, next_state < 0, np.where(next_state < 0, 0, step_cost)])
    kind = _numbered(outside)
    while True:
        inside = np.where(next_state < 0, -1, kind[next_state])
        finer = _numbered(np.column_stack([kind, inside]))
        if finer.max() == kind.max():
            break
        kind = finer
    chosen = np.unique(kind, return_index=True)[1]
    small = np.where(next_state[chosen] < 0, -1, kind[next_state[chosen]]).astype(np.int32)
    return Automaton(small, step_cost[chosen], resting[chosen], tuple(int(kind[start]) for start in starts))


def _numbered(rows: Table) -> Whole:
    """A number for each row, the same for equal rows."""
    return np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)
