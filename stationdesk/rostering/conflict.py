"""When no roster meets every hard rule: a smallest set of rules that contradict each other, and the nearest repairs, the cheapest first."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import numpy as np

from stationdesk.rostering.compact import ONE_PLACE, TINY, Compact, Programme, compact
from stationdesk.rostering.outcome import (
    CERTIFICATE,
    COVER,
    DAYS_OFF,
    FIXED,
    LEADER,
    LEAST_HOURS,
    LEAVE,
    MOST_HOURS,
    NIGHTS,
    REST,
    RUN,
    Conflict,
    Relaxed,
    Rule,
    Way,
)
from stationdesk.rostering.station import StationProblem

PRICE = {  # of one unit of a rule not kept: a person missing, a day of leave worked, a minute
    LEAST_HOURS: 1 / 60,
    MOST_HOURS: 1 / 60,
    DAYS_OFF: 8.0,
    RUN: 10.0,
    FIXED: 12.0,
    NIGHTS: 15.0,
    LEAVE: 30.0,
    COVER: 40.0,
    LEADER: 50.0,
    CERTIFICATE: 50.0,
    REST: 100.0,
}
TOGETHER = ((MOST_HOURS, LEAST_HOURS), (DAYS_OFF, RUN, NIGHTS), (FIXED,), (LEAVE,), (COVER, LEADER, CERTIFICATE), (REST,))
SECONDS = 20.0
WAY_SECONDS = 1.0  # for one way out
MINUTES_OF_ONE = 480.0


def conflict(problem: StationProblem, seconds: float = SECONDS) -> Conflict | None:
    """The conflict of a station's hard rules, None where there is a roster that meets them all."""
    search = _Search(compact(problem), time.monotonic() + seconds)
    began = time.monotonic()
    rules = search.contradiction()
    if rules is None:
        return None
    ways = search.ways(rules)
    return Conflict(tuple(rules), search.minimal, tuple(ways), time.monotonic() - began)


class _Search:
    def __init__(self, model: Compact, until: float) -> None:
        self._model, self._until = model, until
        self._nothing = np.zeros(len(model.variables))
        self.minimal = True

    def contradiction(self) -> list[Rule] | None:
        """A set of rules that contradict each other, none of them dispensable; None where there is none."""
        if (rules := self._holding(self._model.rules())) is not None:
            return self._without_dispensable(rules)
        if self._possible(self._model.rules()):
            return None
        return self._halved([], self._model.rules(), changed=False)

    def _holding(self, rules: Iterable[Rule]) -> list[Rule] | None:
        """Those of the rules that contradict each other even where people could be divided (Farkas); None where they do not."""
        relaxed = self._programme(rules, elastic=True, whole=False)
        if not relaxed.solve() or relaxed.objective <= TINY:
            return None
        return list(dict.fromkeys(row.rule for row in relaxed.holding() if row.rule.kind != ONE_PLACE))

    def _programme(self, rules: Iterable[Rule], *, elastic: bool, whole: bool) -> Programme:
        chosen = set(rules)
        rows = [row for row in self._model.rows if row.rule in chosen or row.rule.kind == ONE_PLACE]
        left = max(0.1, self._until - time.monotonic())
        return Programme(self._model, self._nothing, rows, _evenly if elastic else _holds, whole=whole, seconds=left)

    def _possible(self, rules: Iterable[Rule]) -> bool:
        """Whether some roster keeps these rules; what cannot be decided in time counts as possible, and the set as not minimal."""
        programme = self._programme(rules, elastic=False, whole=True)
        found = programme.solve()
        if not found and not programme.proved:
            self.minimal = False
            return True
        return found

    def _without_dispensable(self, rules: list[Rule]) -> list[Rule]:
        """One rule after the other left out where the others contradict each other without it."""
        needed: list[Rule] = []
        while rules:
            if time.monotonic() > self._until:
                self.minimal = False
                return needed + rules
            rule, rest = rules[0], rules[1:]
            without = self._holding(needed + rest)
            if without is None:
                needed.append(rule)
                rules = rest
            else:
                rules = [each for each in rest if each in without]
        return needed

    def _halved(self, sure: list[Rule], rules: list[Rule], *, changed: bool) -> list[Rule]:
        """A smallest set of `rules` that contradicts together with `sure` (QuickXplain, Junker 2004)."""
        if changed and not self._possible(sure):
            return []
        if len(rules) == 1:
            return rules
        half = len(rules) // 2
        one, other = rules[:half], rules[half:]
        needed = self._halved(sure + one, other, changed=bool(one))
        return self._halved(sure + needed, one, changed=bool(needed)) + needed

    def ways(self, rules: Sequence[Rule]) -> list[Way]:
        """The cheapest way out if only rules of one sort give way, for each sort in the conflict; and the cheapest of all."""
        kinds = {rule.kind for rule in rules}
        sorts = [sort for sort in TOGETHER if kinds.intersection(sort)]
        found = {way.relaxed: way for sort in (*sorts, tuple(PRICE)) if (way := self._way(sort)) is not None}
        return sorted(found.values(), key=lambda way: (way.price, way.relaxed[0].rule))

    def _way(self, kinds: Sequence[str]) -> Way | None:
        seconds = min(WAY_SECONDS, max(0.1, self._until - time.monotonic()))
        price = {kind: PRICE[kind] for kind in kinds}
        programme = Programme(self._model, self._nothing, self._model.rows, lambda rule: price.get(rule.kind), seconds=seconds)
        if not programme.solve():
            return None
        relaxed = tuple(Relaxed(rule, round(amount, 3)) for rule, amount in sorted(programme.broken().items()))
        return Way(relaxed, sum(PRICE[each.rule.kind] * each.amount for each in relaxed)) if relaxed else None


def _evenly(rule: Rule) -> float | None:
    """One person, one day or eight hours weigh the same."""
    if rule.kind == ONE_PLACE:
        return None
    return 1 / MINUTES_OF_ONE if rule.kind in (MOST_HOURS, LEAST_HOURS) else 1.0


def _holds(_rule: Rule) -> None:
    """Not to be broken at any price."""
