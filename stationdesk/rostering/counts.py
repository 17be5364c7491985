"""Counts that never fall (weekends worked, duties of one kind), several of them as one number; more of them once a roster breaks one."""

from __future__ import annotations

from collections.abc import Sequence

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


def widen(person: Person, broken: tuple[int, ...]) -> tuple[Table, Table, Table]:
    """(count_step, count_next, count_cost) with the limits `broken` (places in person.most) multiplied in."""
    if broken not in person.widened:
        step, after, cost = person.count_step, person.count_next, person.count_cost
        for place in broken:
            step, after, cost = _with(step, after, cost, *person.most[place])
        person.widened[broken] = (step, after, cost)
    return person.widened[broken]


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
