"""How annealing is used: how hot to begin, how long to cool down, and what is told meanwhile. Counted work, no clock."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from stationdesk.rostering.problem import BAD, Problem, Roster

MOVES_OF_ONE = 400  # moves that take as long as one more piece of work
HOT, COLD = 1.25, 0.08  # times the grain
MOVES_TOLD = 500_000  # after so many a better roster is told


def grain(problem: Problem) -> float:
    """What one small thing that people mind costs, in points: half of such things cost more, half less."""
    found: set[int] = set()
    for own in problem.people:
        for table in (own.cell_cost, own.step_cost, np.abs(np.diff(own.units_cost[own.units_cost < BAD]))):
            found.update(np.unique(table[(table > 0) & (table < BAD)]).tolist())
    first, last = problem.row_days
    shares = first < last
    found.update(problem.under[shares].tolist(), problem.over[shares].tolist())
    usual = [cost for cost in found if 0 < cost < int(problem.under.max(initial=0))]
    return float(np.median(usual or [1]))


class Cooling:
    """Anneals rosters of one problem."""

    def __init__(self, problem: Problem) -> None:
        from stationdesk.rostering.packed import pack

        self._problem, self._packed, self._grain = problem, pack(problem), grain(problem)

    def anneal(self, rosters: Roster, work: int, tell: Callable[[Roster, int], None]) -> Roster:
        """The best met on the way from `rosters`, which must keep every hard rule; `tell` hears of it now and then."""
        from stationdesk.rostering.annealing import Move, anneal
        from stationdesk.rostering.packed import stand

        standing, best = stand(self._problem, self._packed, rosters), rosters.copy()
        met = rosters.copy()
        move = Move(np.zeros(3, np.int32), np.zeros((3, rosters.shape[1]), np.int16), np.zeros(3, np.int32))
        least = cost = self._problem.cost(rosters)
        steps = max(1, work * MOVES_OF_ONE // MOVES_TOLD)
        for step in range(steps):
            hot, cold = (self._grain * HOT * (COLD / HOT) ** (place / steps) for place in (step, step + 1))
            cost, now = anneal(self._packed, standing, move, met, cost, work * MOVES_OF_ONE // steps, hot, cold)
            if now < least:
                least, best = now, met.copy()
                tell(best, least)
        return best
