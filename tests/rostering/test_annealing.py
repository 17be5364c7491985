"""Exchanges that keep every hard rule, the first roster at once, and the bound of long horizons: each judged by code of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stationdesk.rostering import curtois, kernel, tasks
from stationdesk.rostering.cooling import Cooling, grain
from stationdesk.rostering.curtois_rules import problem_of
from stationdesk.rostering.moves import first
from stationdesk.rostering.opening import opening
from stationdesk.rostering.pricing import Pricer
from stationdesk.rostering.station import Weights
from stationdesk.rostering.station_rules import StationCompiler
from tests.rostering.gate_station import gate_station
from tests.rostering.oracle import solved
from tests.rostering.small_instances import instance, score
from tests.rostering.test_station import broken, random_station


@pytest.mark.parametrize("text", [instance(3, people=8, days=28, shifts=3), instance(6, people=6, days=28, shifts=4, limits=3)])
def test_exchanges_keep_runs_weekends_hours_and_counted_duties(compiled, text):
    problem = problem_of(curtois.read(text))
    kernel.reseed(1)
    rosters = first(problem, Pricer(), np.random.default_rng(1))
    told: list[int] = []
    best = Cooling(problem).anneal(rosters, 2500, lambda _rosters, cost: told.append(cost))
    points, wrong = score(text, curtois.written(problem.actions, best.tolist()))
    assert wrong == []
    assert told == sorted(set(told), reverse=True)
    assert points == told[-1] == problem.cost(best) < problem.cost(rosters)


@pytest.mark.parametrize("seed", range(6))
def test_exchanges_keep_leave_rest_and_what_is_fixed(compiled, seed):
    station = random_station(seed, people=5, days=14)
    compiler = StationCompiler(station)
    problem = compiler.problem()
    rosters, cost = opening(problem)
    assert cost == problem.cost(rosters)
    assert broken(station, compiler.duties(rosters)) == []
    best = Cooling(problem).anneal(rosters, 1250, lambda _rosters, _cost: None)
    assert broken(station, compiler.duties(best)) == []
    assert problem.cost(best) <= cost


def test_what_is_worth_a_move_grows_with_the_weights(compiled):
    station = gate_station(30)
    weights = station.weights
    twice = Weights(**{name: 2 * value for name, value in vars(weights).items()})
    grains = [grain(StationCompiler(replace(station, weights=each)).problem()) for each in (weights, twice)]
    assert 0 < 2 * grains[0] == grains[1]
    assert grains[0] < weights.surplus


def test_no_bound_of_prices_is_above_the_best_there_is(compiled):
    stations = [random_station(seed, people=4, days=7) for seed in range(3)]
    for station, best in zip(stations, solved(stations, 30), strict=True):
        problem = StationCompiler(station).problem()
        bounds = _climbed(problem)
        assert best.proved
        assert bounds == sorted(bounds)
        assert bounds[-1] <= best.cost


def test_prices_prove_most_of_two_months(compiled):
    problem = StationCompiler(gate_station(60, seed=3)).problem()
    good = Cooling(problem).anneal(opening(problem)[0], 8000, lambda _rosters, _cost: None)
    assert 0.6 * problem.cost(good) < _climbed(problem, good)[-1] <= problem.cost(good)


def _climbed(problem, rosters=None) -> list[int]:
    """The bounds a worker tells."""
    told: list[tasks.News] = []
    worker = tasks.Worker(tasks.Desk(problem, seed=1, place=0, table_bytes=1 << 26, cache=None), told.append)
    worker.answer(tasks.Task(tasks.ASCENT, 1, opening(problem)[0] if rosters is None else rosters))
    return [news.value for news in told if news.kind == tasks.BOUND]
