"""Column generation: a column is one person's whole roster. LP master (HiGHS), exact pricing, a true bound, diving.

Prices are smoothed towards the best seen (Wentges 1997) and rounded to whole numbers, so that the Lagrangian bound of each round is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import highspy
import numpy as np

from stationdesk.rostering.pricing import NoRosterError, Pricer
from stationdesk.rostering.problem import BAD, Problem, Roster, Whole

ALONE = 20_000  # points for having no roster, while the LP has none
MOST_ENTRIES = 4_000_000  # of the LP's matrix: about 300 MB in HiGHS
SMOOTHING = 0.7
SURE = 0.95  # of a roster that is fixed together with the surest
TINY = 1e-6
NO_CUTOFF = 1e18


class StopError(Exception):
    """Work used up."""


class FullError(StopError):
    """The LP would outgrow its room."""


def nothing_to_check(_steps: int) -> None:
    """Go on."""


def nobody_to_tell(_bound: float) -> None:
    """Keep the bound."""


class Master:
    """The linear programme over the rosters known so far, and what is done with it."""

    def __init__(
        self,
        problem: Problem,
        pricer: Pricer,
        check: Callable[[int], None] = nothing_to_check,
        tell: Callable[[float], None] = nobody_to_tell,
    ) -> None:
        self.problem, self.pricer, self._check, self._tell = problem, pricer, check, tell
        self._rows, self._people = len(problem.need), len(problem.people)
        self._first_column = 2 * self._rows + self._people
        self._highs = self._empty_lp()
        self._columns: list[tuple[int, Roster]] = []
        self._of_person: list[list[int]] = [[] for _ in problem.people]
        self._seen: set[tuple[int, bytes]] = set()
        self._filled = 0
        self._open = set(range(self._people))
        self._fixed_cost, self._fixed_gives = 0, np.zeros(self._rows, np.int64)
        self._value = np.zeros(0)
        self._objective = 0.0
        self.bound = -NO_CUTOFF
        self._center: np.ndarray | None = None
        self._last_center: np.ndarray | None = None

    def _empty_lp(self) -> highspy.Highs:
        problem, rows, people = self.problem, self._rows, self._people
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        highs.silent()
        highs.setOptionValue("threads", 1)
        highs.setOptionValue("presolve", "off")  # each run is a small step from the last basis,
        highs.setOptionValue("simplex_strategy", 4)  # which new columns leave primal feasible
        side = np.concatenate([problem.need, np.ones(people)]).astype(float)
        highs.addRows(len(side), side, side, 0, np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
        row, count = np.arange(rows), self._first_column
        cost = np.concatenate([problem.under, problem.over, np.full(people, ALONE)]).astype(float)
        index = np.concatenate([row, row, rows + np.arange(people)]).astype(np.int32)
        sign = np.concatenate([np.ones(rows), -np.ones(rows), np.ones(people)])
        unbounded = np.full(count, highspy.kHighsInf)
        highs.addCols(count, cost, np.zeros(count), unbounded, count, np.arange(count, dtype=np.int32), index, sign)
        return highs

    def add(self, rosters: Iterable[tuple[int, Roster]]) -> int:
        """Add rosters (person, roster) that are new and allowed; how many. FullError when the LP would outgrow its room."""
        cost: list[int] = []
        start: list[int] = []
        index: list[int] = []
        entry: list[float] = []
        for person, roster in rosters:
            key, own = (person, roster.tobytes()), self.problem.people[person].own_cost(roster)
            if key in self._seen or own >= BAD:
                continue
            self._seen.add(key)
            counted = self.problem.counted(person, roster)
            gives = np.flatnonzero(counted)
            self._of_person[person].append(len(self._columns))
            self._columns.append((person, roster.copy()))
            start.append(len(index))
            index.extend([*gives.tolist(), self._rows + person])
            entry.extend([*counted[gives].tolist(), 1.0])
            cost.append(own)
        self._filled += len(index)
        if self._filled > MOST_ENTRIES:
            raise FullError
        if count := len(cost):
            places = (np.array(start, np.int32), np.array(index, np.int32))
            unbounded = np.full(count, highspy.kHighsInf)
            self._highs.addCols(count, np.array(cost, float), np.zeros(count), unbounded, len(index), *places, np.array(entry, float))
        return len(cost)

    def solve_lp(self) -> np.ndarray:
        """Solve over the rosters known; the rows' prices."""
        self._highs.run()
        solution, info = self._highs.getSolution(), self._highs.getInfo()
        self._value = np.array(solution.col_value)[self._first_column :]
        self._objective = info.objective_function_value
        self._check(info.simplex_iteration_count)
        return np.array(solution.row_dual)

    def converge(self, rounds: int = 10**6, cutoff: float = NO_CUTOFF, tolerance: float = TINY) -> None:
        """Price the open people until the LP is within `tolerance` of its optimum or its bound reaches `cutoff`; may be called again
        after a StopError. NoRosterError where somebody has none.
        """
        whole = len(self._open) == self._people
        best, center = (self.bound, self._center) if whole else (-NO_CUTOFF, self._last_center)
        for _ in range(rounds):
            dual = self.solve_lp()
            new, value, prices = self._price(dual, center)
            if value > best or center is None:
                best, center = value, prices
                self._last_center = center
                if whole:
                    self._better_bound(best, prices)
            self._check(0)
            done = self._objective - best <= tolerance or (whole and best >= cutoff)
            if not self.add(new) or done:
                break

    def _better_bound(self, bound: float, prices: np.ndarray) -> None:
        self.bound, self._center = bound, prices
        if self.pricer.exact:
            self._tell(bound)

    def _price(self, dual: np.ndarray, center: np.ndarray | None) -> tuple[list[tuple[int, Roster]], float, np.ndarray]:
        """Rosters that better the LP, found with prices between `center` and the LP's own; the Lagrangian bound there; those prices."""
        row_price = np.clip(dual[: self._rows], -self.problem.over, self.problem.under)
        smooth = SMOOTHING if center is not None else 0.0
        bounds: list[tuple[float, np.ndarray]] = []
        scale = self.problem.scale
        while True:
            prices = row_price if center is None or not smooth else smooth * center + (1 - smooth) * row_price
            new, total = self._price_people(np.rint(prices * scale).astype(np.int64), row_price, dual[self._rows :])
            bounds.append((total / scale, prices))
            if new or not smooth:
                return new, *max(bounds, key=lambda each: each[0])
            smooth = smooth / 3 if smooth > 0.3 else 0.0  # mispriced: come nearer to the LP's own prices

    def _price_people(self, scaled: Whole, row_price: np.ndarray, convex: np.ndarray) -> tuple[list[tuple[int, Roster]], int]:
        new: list[tuple[int, Roster]] = []
        scale = self.problem.scale
        total = int((scaled * (self.problem.need - self._fixed_gives)).sum()) + self._fixed_cost * scale
        for person in sorted(self._open):
            value, roster = self.pricer.cheapest(self.problem, person, self.problem.priced(person, scaled, scale), scale)
            if value >= BAD:
                if self.pricer.exact:
                    raise NoRosterError(self.problem.people[person].name)
                continue
            total += value
            gives = float(row_price @ self.problem.counted(person, roster))
            if self.problem.people[person].own_cost(roster) - gives - convex[person] < -TINY:
                new.append((person, roster))
        return new, total

    def dive(
        self, rng: np.random.Generator | None = None, rounds: int = 100, cutoff: float = NO_CUTOFF, tolerance: float = TINY
    ) -> Roster | None:
        """Fix the surest person's roster, price the others again, and so on; None once the LP reaches `cutoff`. `rng` varies the order."""
        rosters = np.zeros((self._people, self.problem.days), np.int16)
        self.solve_lp()
        while self._open:
            if not self._fix_surest(rosters, rng):
                return None
            if self._open:
                self.converge(rounds, tolerance=tolerance)
                self.solve_lp()
                if self._objective > cutoff:
                    return None
        return rosters

    def _fix_surest(self, rosters: Roster, rng: np.random.Generator | None) -> bool:
        noise = rng.random(len(self._value)) * 0.2 * (self._value > TINY) if rng is not None else 0.0
        order: Sequence[int] = np.argsort(-(self._value + noise), kind="stable").tolist()
        used = [column for column in order if self._value[column] > TINY and self._columns[column][0] in self._open]
        for place, column in enumerate(used):
            person, roster = self._columns[column]
            if (place == 0 or self._value[column] >= SURE) and person in self._open:
                self._fix(person, column)
                rosters[person] = roster
        return bool(used)

    def _fix(self, person: int, chosen: int) -> None:
        self._open.discard(person)
        roster = self._columns[chosen][1]
        self._fixed_cost += self.problem.people[person].own_cost(roster)
        self._fixed_gives += self.problem.counted(person, roster)
        for column in self._of_person[person]:
            if column != chosen:
                self._highs.changeColBounds(self._first_column + column, 0.0, 0.0)

    @property
    def prices(self) -> np.ndarray:
        """The rows' prices that prove the bound."""
        assert self._center is not None
        return self._center

    def used(self) -> list[tuple[int, Roster]]:
        """Rosters the LP uses now."""
        return [self._columns[column] for column in np.flatnonzero(self._value > TINY).tolist()]
