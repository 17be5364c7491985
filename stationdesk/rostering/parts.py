"""Smaller problems cut out of a problem: some people on some days, everything else as it stands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stationdesk.rostering.problem import FORBIDDEN, Entries, Person, Problem, Roster, Table, Whole

TAIL = 8  # days after the freed ones that stay inside, fixed, so that runs across the edge are judged


def part(problem: Problem, rosters: Roster, people: list[int], first: int, last: int) -> Problem:
    """The problem of rostering `people` anew on days first..last-1 while everything else stays."""
    end = min(problem.days, last + TAIL) if last < problem.days else problem.days
    freed = set(people)
    need = problem.need.copy()
    for number, roster in enumerate(rosters):
        need -= _outside(problem, number, roster, first, end) if number in freed else problem.counted(number, roster)
    keep, entries = inside(problem, people, first, end)
    freed_people = [_cut(problem.people[number], rosters[number], first, last, end) for number in people]
    return Problem(freed_people, problem.actions, end - first, need[keep], problem.under[keep], problem.over[keep], entries)


def _outside(problem: Problem, number: int, roster: Roster, first: int, end: int) -> Whole:
    """What a freed person gives the rows on the days that stay."""
    row, day, action = problem.entries[problem.people[number].group]
    counts = row[(roster[day] == action) & ((day < first) | (day >= end))]
    return np.bincount(counts, minlength=len(problem.need)).astype(np.int64)


def inside(problem: Problem, people: list[int], first: int, end: int) -> tuple[np.ndarray, list[Entries]]:
    """Which rows the freed people can change, and the entries renumbered to them."""
    keep = np.zeros(len(problem.need), bool)
    chosen = []
    for row, day, action in problem.entries:
        now = (day >= first) & (day < end)
        chosen.append((row[now], day[now] - first, action[now]))
    for group in {problem.people[number].group for number in people}:
        keep[chosen[group][0]] = True
    renumbered = np.cumsum(keep) - 1
    return keep, [(renumbered[row[keep[row]]], day[keep[row]], action[keep[row]]) for row, day, action in chosen]


def _cut(person: Person, roster: Roster, first: int, last: int, end: int) -> Person:
    """One person's rules for days first..end-1, given what was worked before and will be after."""
    state, count, used, _cost = person.walk(roster[:first])
    cell_cost = person.cell_cost[first:end].copy()
    actions = np.arange(cell_cost.shape[1])
    for day in range(last, end):
        cell_cost[day - first] = np.where(actions == roster[day], cell_cost[day - first], FORBIDDEN)
    count_cost, end_state = person.count_cost, person.end_state
    if end < person.days:
        end_state = person.walk(roster[:end])[0]
        count_cost = _count_cost_after(person, roster, end, end_state)
    outside = np.concatenate([roster[:first], roster[end:]])
    used += int(person.units[roster[end:]].sum())
    return replace(
        person,
        cell_cost=cell_cost,
        start_state=state,
        day_kind=person.day_kind[first:end],
        count_cost=count_cost,
        units_cost=person.units_cost[used:],
        most=tuple((action, most - int((outside == action).sum())) for action, most in person.most),
        start_count=count,
        end_state=end_state,
    )


def _count_cost_after(person: Person, roster: Roster, end: int, state: int) -> Table:
    """The cost of each count at `end`, once the days after it have been worked as they stand."""
    ends = [person.walk(roster[end:], end, state, count)[1] for count in range(len(person.count_cost))]
    return np.array([person.count_cost[count] if count >= 0 else FORBIDDEN for count in ends], np.int32)
