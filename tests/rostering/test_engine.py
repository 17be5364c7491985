"""The engine's answers, re-scored by code of its own; what happens when it is cancelled, killed or short of memory."""

from __future__ import annotations

import os
import signal
import time

import numpy as np
import pytest

from stationdesk.rostering import curtois, engine, tasks
from stationdesk.rostering.curtois_rules import problem_of
from stationdesk.rostering.engine import Limits, solve
from tests.rostering.small_instances import SMALL, instance, score


def text_of(problem, answer) -> str:
    return curtois.written(problem.actions, answer.roster.tolist())


def test_a_small_problem_scores_what_it_says(compiled):
    problem = problem_of(curtois.read(SMALL))
    told: list[engine.Progress] = []
    answer = solve(problem, Limits(seconds=2), told.append, cache=compiled)
    assert score(SMALL, text_of(problem, answer)) == (answer.cost, [])
    assert answer.bound <= answer.cost
    costs = [each.cost for each in told if each.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert set(costs) == {cost for _second, cost in answer.log}
    assert answer.first_seconds == answer.log[0][0]


def test_equal_seed_and_work_give_the_same_answer(compiled):
    problem = problem_of(curtois.read(instance(3, people=8, days=14, shifts=3)))
    answers = [solve(problem, Limits(work=1200, seed=5), cache=compiled) for _ in range(2)]
    assert [cost for _second, cost in answers[0].log] == [cost for _second, cost in answers[1].log]
    assert (answers[0].roster == answers[1].roster).all()


def test_cancelling_keeps_the_best_so_far(compiled):
    text = instance(4, people=14, days=28, shifts=3)
    problem = problem_of(curtois.read(text))
    seen: list[engine.Progress] = []
    began = time.monotonic()
    answer = solve(problem, Limits(seconds=60), seen.append, lambda: bool(seen), cache=compiled)
    assert answer.status in (engine.CANCELLED, engine.OPTIMAL)
    assert score(text, text_of(problem, answer)) == (answer.cost, [])
    assert time.monotonic() - began < 40


def test_a_second_is_enough_for_a_roster_even_if_it_is_not(compiled):
    problem = problem_of(curtois.read(instance(4, people=14, days=28, shifts=3)))
    answer = solve(problem, Limits(seconds=0.01), cache=compiled)
    assert answer.roster is not None


def test_a_hint_is_never_lost(compiled):
    text = instance(3, people=8, days=14, shifts=3)
    problem = problem_of(curtois.read(text))
    good = solve(problem, Limits(work=1500), cache=compiled)
    again = solve(problem, Limits(seconds=0.01), hint=good.roster, cache=compiled)
    assert again.cost <= good.cost


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_dead_workers_are_replaced(compiled, monkeypatch):
    text = instance(4, people=14, days=28, shifts=3)
    problem = problem_of(curtois.read(text))
    started: list[int] = []
    start = engine._Run._start

    def noted(run, place, plan):
        hand = start(run, place, plan)
        started.append(hand.process.pid)
        return hand

    monkeypatch.setattr(engine._Run, "_start", noted)
    killed: list[int] = []

    def kill_at_first(_progress):
        if not killed:
            killed.extend(started[:2])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    answer = solve(problem, Limits(seconds=60), kill_at_first, lambda: len(started) == 4, cache=compiled)
    assert len(started) == 4
    assert score(text, text_of(problem, answer)) == (answer.cost, [])


def test_who_has_no_roster_at_all_is_named(compiled):
    problem = problem_of(curtois.read(SMALL.replace("C,8", "C," + ",".join(str(day) for day in range(2, 14)))))
    answer = solve(problem, Limits(seconds=20), cache=compiled)
    assert (answer.status, answer.person, answer.roster) == (engine.INFEASIBLE, "C", None)


def test_a_problem_too_large_for_its_table_is_still_answered(compiled, monkeypatch):
    """Odd minutes and many scarce shifts: the whole table of states would be thousands of times the room."""
    text = instance(6, people=6, days=56, shifts=6, minutes=(481, 487, 491), limits=4)
    problem = problem_of(curtois.read(text))
    monkeypatch.setattr(engine, "ALL_TABLES_BYTES", 2 << 20)
    table = 4 * tasks.cells(problem) // len(problem.actions) // len(problem.people)
    assert table > 8 << 20
    answer = solve(problem, Limits(seconds=2), cache=compiled)
    assert score(text, text_of(problem, answer)) == (answer.cost, [])
    assert answer.bound == 0


@pytest.mark.parametrize(("span", "bounds"), [(7, 0), (14, 1)])
def test_only_a_repair_of_everything_proves_a_bound(compiled, span, bounds):
    """Days 0 to 6 of fourteen reach the end with the fixed days after them, and still say nothing of the whole."""
    problem = problem_of(curtois.read(SMALL))
    news: list[tasks.News] = []
    worker = tasks.Worker(tasks.Desk(problem, seed=1, place=0, table_bytes=1 << 24, cache=None), news.append)
    rosters = worker.answer(tasks.Task(tasks.FIRST, 1)).rosters
    for number in range(2, 30):
        got = worker.answer(tasks.Task(tasks.DAYS, number, rosters, free=4, spans=(span,)))
        rosters = rosters if got.rosters is None else got.rosters
        if got.kind == tasks.PRUNED:
            break
    assert got.kind == tasks.PRUNED
    found = [each.value for each in news if each.kind == tasks.BOUND]
    assert len(found) == bounds
    assert all(bound <= problem.cost(rosters) for bound in found)


def test_parts_cost_what_they_cost_in_the_whole(compiled):
    from stationdesk.rostering.moves import first
    from stationdesk.rostering.parts import part
    from stationdesk.rostering.pricing import Pricer

    problem = problem_of(curtois.read(instance(3, people=8, days=28, shifts=3)))
    rng = np.random.default_rng(1)
    rosters, others = first(problem, Pricer(), rng), first(problem, Pricer(), rng)
    people = [1, 4, 6]
    freed = part(problem, rosters, people, 7, 14)
    mixed = rosters.copy()
    for person in people:
        new = rosters[person].copy()
        new[7:14] = others[person][7:14]
        if problem.people[person].own_cost(new) < engine.BAD:
            mixed[person] = new
    span = slice(7, 7 + freed.days)
    assert freed.cost(mixed[people][:, span]) - freed.cost(rosters[people][:, span]) == problem.cost(mixed) - problem.cost(rosters)
