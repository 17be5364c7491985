"""Moves of single persons: the first roster, descent from it, and whom to free next."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stationdesk.rostering.pricing import NoRosterError, Pricer
from stationdesk.rostering.problem import BAD, Problem, Roster


def first(problem: Problem, pricer: Pricer, rng: np.random.Generator) -> Roster:
    """One person after the other, each best for what is still needed. NoRosterError where somebody has none."""
    rosters = np.zeros((len(problem.people), problem.days), np.int16)
    covered = np.zeros(len(problem.need), np.int64)
    for number in rng.permutation(len(rosters)).tolist():
        cost = problem.priced(number, problem.marginal(covered), 1)
        value, rosters[number] = pricer.cheapest(problem, number, cost, shuffle=True)
        if value >= BAD:
            raise NoRosterError(problem.people[number].name)
        covered += problem.counted(number, rosters[number])
    return rosters


def descend(problem: Problem, pricer: Pricer, rosters: Roster, rng: np.random.Generator, check: Callable[[int], None]) -> None:
    """Better in place until no single person can be bettered. `check` may raise; the rosters are whole at any time."""
    counted = [problem.counted(number, roster) for number, roster in enumerate(rosters)]
    total = np.sum(counted, axis=0) if counted else np.zeros(len(problem.need), np.int64)
    again = True
    while again:
        again = False
        for number in rng.permutation(len(rosters)).tolist():
            check(0)
            others = total - counted[number]
            person = problem.people[number]
            value, roster = pricer.cheapest(problem, number, problem.priced(number, problem.marginal(others), 1), shuffle=True)
            if value >= BAD:
                continue
            gives = problem.counted(number, roster)
            old = person.own_cost(rosters[number]) + problem.rows_cost(total)
            new = person.own_cost(roster) + problem.rows_cost(others + gives)
            if new <= old:
                again |= new < old
                rosters[number], counted[number], total = roster, gives, others + gives


def choose(problem: Problem, rosters: Roster, rng: np.random.Generator, size: int) -> list[int]:
    """People to free: at random, by their own cost, or around rows that are off."""
    people, way = len(rosters), int(rng.integers(3))
    weight = np.ones(people)
    if way == 1:
        weight = np.array([own.own_cost(roster) + 1.0 for own, roster in zip(problem.people, rosters, strict=True)])
    elif way == 2:
        counted = np.array([problem.counted(number, roster) for number, roster in enumerate(rosters)])
        short = problem.need - counted.sum(0)
        off = np.flatnonzero(np.where(short > 0, problem.under, problem.over) * np.abs(short))
        if len(off):
            weight = counted[:, rng.choice(off, min(6, len(off)), replace=False)].sum(1) + 0.2
    return sorted(rng.choice(people, min(size, people), replace=False, p=weight / weight.sum()).tolist())
