"""A lower bound for horizons whose LP would take too long: prices from windows of some weeks, made better on the whole horizon.

Whatever the prices of the rows are, what all people's cheapest rosters cost under them is a bound (Lagrange): each step prices everybody
exactly. The steps are those of the volume algorithm (Barahona and Anbil 2000).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stationdesk.rostering.colgen import Master
from stationdesk.rostering.parts import inside, part
from stationdesk.rostering.pricing import Pricer
from stationdesk.rostering.problem import BAD, Problem, Roster

WINDOW = 21  # days
STEPS = 800
FIRST_STEP, LONGER, SHORTER = 0.5, 1.1, 0.66
PATIENCE = 20  # steps without a better bound
MOST_WEIGHT, LEAST_WEIGHT = 0.2, 0.02  # of the newest answer in the mean of all

Prices = np.ndarray


def window_prices(problem: Problem, pricer: Pricer, rosters: Roster) -> Prices:
    """What one more is worth in each row, judged by the windows it lies in while everything else stays as in `rosters`."""
    total, times = np.zeros(len(problem.need)), np.zeros(len(problem.need))
    first_day, last_day = problem.row_days
    everyone = list(range(len(rosters)))
    for first in range(0, problem.days, WINDOW):
        last = min(problem.days, first + WINDOW)
        window = part(problem, rosters, everyone, first, last)
        master = Master(window, pricer)
        master.add(enumerate(rosters[:, first : first + window.days]))
        master.converge()
        kept = np.flatnonzero(inside(problem, everyone, first, first + window.days)[0])
        of_it = (first_day[kept] < last_day[kept]) | ((first_day[kept] >= first) & (first_day[kept] < last))
        total[kept[of_it]] += master.prices[of_it]
        times[kept[of_it]] += 1
    return total / np.maximum(1, times)


class Ascent:
    """Prices of a problem's rows and the bound they prove."""

    def __init__(self, problem: Problem, pricer: Pricer, prices: Prices) -> None:
        self._problem, self._pricer = problem, pricer
        self.prices = prices
        self.bound, self._missing = self._at(prices)

    def _at(self, prices: Prices) -> tuple[float, np.ndarray]:
        """(bound, what the rows would miss) at these prices; bound 0 where a pricing was not exact."""
        problem = self._problem
        scaled = np.rint(prices * problem.scale).astype(np.int64)
        total, missing = int((scaled * problem.need).sum()), problem.need.astype(float)
        for person in range(len(problem.people)):
            value, roster = self._pricer.cheapest(problem, person, problem.priced(person, scaled, problem.scale), problem.scale)
            if value >= BAD:
                return 0.0, missing
            total += value
            missing -= problem.counted(person, roster)
        return (total / problem.scale if self._pricer.exact else 0.0), missing

    def climb(self, cost: int, tell: Callable[[float], None]) -> None:
        """Better the bound, that of rosters which cost `cost`; `tell` hears of each one better by a point."""
        problem, step, idle, told = self._problem, FIRST_STEP, 0, self.bound
        tell(self.bound)
        mean = self._missing
        for _ in range(STEPS):
            length = step * max(cost - self.bound, 1.0) / max(1e-9, float(mean @ mean))
            prices = np.clip(self.prices + length * mean, -problem.over, problem.under)
            bound, missing = self._at(prices)
            uphill = bool(mean @ missing > 0)
            mean = mean + _weight(mean, missing) * (missing - mean)
            idle += 1
            if bound > self.bound:
                self.prices, self.bound, idle = prices, bound, 0
                step *= LONGER if uphill else 1.0
            elif idle >= PATIENCE:
                step, idle = step * SHORTER, 0
            if self.bound >= told + 1:
                told = self.bound
                tell(told)


def _weight(mean: np.ndarray, missing: np.ndarray) -> float:
    """How much of the newest answer makes the mean smallest."""
    apart = missing - mean
    return float(np.clip(-(mean @ apart) / max(1e-9, float(apart @ apart)), LEAST_WEIGHT, MOST_WEIGHT))
