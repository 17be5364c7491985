"""Counts that never fall (weekends worked, duties of one kind), several of them as one number; more of them once a roster breaks one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stationdesk.rostering.problem import Person, Table

WEEKDAY, WEEKEND, SUNDAY = 0, 1, 2


def count_tables(resting: np.ndarray, actions: int, weekends: int, scarce: Sequence[tuple[int, int]]) -> tuple[Table, Table]:
    """(count_step, count_next) for at most `weekends` weekends and `scarce` (action, at most) duties.

    A weekend counts at the first day worked of it. Layers of count_step: WEEKDAY, WEEKEND (its first day), SUNDAY (counts after a day off).
    """
    which = np.zeros(actions, np.int32)
    for place, (action, _most) in enumerate(scarce):
        which[action] = place + 1
    step = np.zeros((3, len(resting), actions), np.int32)
    step[:, :, 1:] = 2 * which[1:]
    step[WEEKEND, :, 1:] += 1
    step[SUNDAY, :, 1:] += resting[:, None].astype(np.int32)
    return step, _next_counts([weekends + 1, *(most + 1 for _action, most in scarce)])


def _next_counts(sizes: list[int]) -> Table:
    """The count, a mixed number of `sizes`, after each step: step = 2 * (which duty's digit, 0 none) + weekend."""
    counts, steps = int(np.prod(sizes)), 2 * len(sizes)
    table = np.full((steps, counts), -1, np.int32)
    for count in range(counts):
        for step in range(steps):
            digits = [int(digit) for digit in np.unravel_index(count, sizes)]
            digits[0] += step & 1
            if step >> 1:
                digits[step >> 1] += 1
            if all(digit < size for digit, size in zip(digits, sizes, strict=True)):
                table[step, count] = np.ravel_multi_index(digits, sizes)
    return table


@dataclass(frozen=True)
class Counts:
    """Count tables cut to what can be reached: the first count is where one starts."""

    step: Table  # [kind, state, action]
    after: Table  # [step, count]
    cost: Table  # [count]

    def between(self, first: int, last: int) -> Counts:
        """Only the counts first..last-1, renumbered from 0."""
        part = self.after[:, first:last]
        after = np.where((part < first) | (part >= last), -1, part - first).astype(np.int32)
        return Counts(self.step, after, self.cost[first:last])


def counts_of(person: Person, broken: tuple[int, ...] = ()) -> Counts:
    """The person's counts with the limits `broken` (places in person.most) multiplied in; made once."""
    made: dict[tuple[int, ...], Counts] = person.counts
    if broken not in made:
        step, after, cost = person.count_step, person.count_next, person.count_cost
        for place in broken:
            step, after, cost = _with(step, after, cost, *person.most[place])
        last = _last_reached(person, step, after) + 1
        made[broken] = Counts(step, after, cost).between(person.start_count, last)
    return made[broken]


def _last_reached(person: Person, step: Table, after: Table) -> int:
    """The highest count a roster of the person could end with."""
    steps = [np.unique(layer) for layer in step]
    reached = np.zeros(after.shape[1], bool)
    reached[person.start_count] = True
    for kind in person.day_kind.tolist():
        led = after[steps[kind]][:, reached]
        reached[led[led >= 0]] = True
    return int(np.flatnonzero(reached)[-1])


def _with(step: Table, after: Table, cost: Table, action: int, most: int) -> tuple[Table, Table, Table]:
    """The tables with one more digit: how often `action` was worked, up to `most`."""
    steps, counts = after.shape
    wide = np.full((2 * steps, counts * (most + 1)), -1, np.int32)
    for times in range(most + 1):
        here = slice(times * counts, (times + 1) * counts)
        wide[:steps, here] = np.where(after >= 0, after + times * counts, -1)
        if times < most:
            wide[steps:, here] = np.where(after >= 0, after + (times + 1) * counts, -1)
    stepped = step.copy()
    stepped[:, :, action] += steps
    return stepped, wide, np.tile(cost, most + 1)
