"""A station's roster made by the engine: month, quarter or year, from nothing or from a roster there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from stationdesk.rostering import engine
from stationdesk.rostering.engine import Answer
from stationdesk.rostering.fairness import Target, targets
from stationdesk.rostering.limits import Limits, Progress, never, nobody_asks
from stationdesk.rostering.station import Duties, Member, Place, Rostered, StationProblem
from stationdesk.rostering.station_rules import EIGHT_HOURS, HOUR, StationCompiler, missing


def solve(
    problem: StationProblem,
    limits: Limits | None = None,
    on_progress: Callable[[Progress], None] = nobody_asks,
    cancelled: Callable[[], bool] = never,
    hint: Mapping[str, Duties] | None = None,
    cache: Path | None = None,
) -> Rostered:
    """The best roster within the limits (see `engine.solve`). Nobody is ever rostered against rest, runs, leave or what is fixed.

    Demand and hours' bounds count `Weights.hard` points for each one missed, so that there is a roster whatever is asked; `short` says who
    is missing. Only where one member's own leave, fixed duties and rest contradict each other there is none, and `person` is named.
    """
    compiler = StationCompiler(problem)
    begun = None if hint is None else compiler.rosters(dict(hint))
    answer = engine.solve(compiler.problem(), limits, on_progress, cancelled, begun, cache)
    return _rostered(problem, compiler, answer)


def _rostered(problem: StationProblem, compiler: StationCompiler, answer: Answer) -> Rostered:
    duties = None if answer.roster is None else compiler.duties(answer.roster)
    return Rostered(
        duties=duties,
        cost=answer.cost,
        bound=answer.bound,
        status=answer.status,
        seconds=answer.seconds,
        first_seconds=answer.first_seconds,
        points={} if duties is None else points(problem, duties),
        short=() if duties is None else missing(problem, duties),
        person=answer.person,
    )


def points(problem: StationProblem, duties: Mapping[str, Duties]) -> dict[str, int]:
    """What a roster's points are for: cover, leaders, certificates, surplus, wishes, single days, nights, weekends, holidays, hours, hours
    out of bounds.

    Counted from the duties alone, so that it also judges a roster made by hand; a broken succession, leave or fixed duty is not in it.
    """
    weights = problem.weights
    short = missing(problem, dict(duties))
    found = {
        "cover": weights.hard * sum(each.missing for each in short if each.post),
        "leaders": weights.hard * sum(each.missing for each in short if not each.post and not each.certificate),
        "certificates": weights.hard * sum(each.missing for each in short if each.certificate),
        "surplus": weights.surplus * _surplus(problem, duties),
        "wishes": sum(_wishes(problem, member, duties[member.name]) for member in problem.members),
        "single days": sum(_single_days(problem, member, duties[member.name]) for member in problem.members),
    }
    for member, target in zip(problem.members, targets(problem), strict=True):
        for name, value in _unfair(problem, member, target, duties[member.name]).items():
            found[name] = found.get(name, 0) + value
    return found


def _surplus(problem: StationProblem, duties: Mapping[str, Duties]) -> int:
    need = {(each.day, each.place): each.need for each in problem.demand}
    there: dict[tuple[int, Place], int] = {}
    for own in duties.values():
        for day, place in enumerate(own):
            if place is not None:
                there[day, place] = there.get((day, place), 0) + 1
    return sum(max(0, count - need.get(where, 0)) for where, count in there.items())


def _wishes(problem: StationProblem, member: Member, own: Duties) -> int:
    missed = [wish for wish in member.wishes if ("" if (place := own[wish.day]) is None else place.shift) != wish.shift]
    return sum(wish.weight * problem.weights.wish for wish in missed)


def _single_days(problem: StationProblem, member: Member, own: Duties) -> int:
    """Days of work between days off, and days off between days of work, each counted on the day that ends it."""
    weights, total = problem.weights, 0
    worked = [False, False, *(bool(code) for code in member.before), *(place is not None for place in own)]
    for day in range(len(worked) - len(own), len(worked)):
        before, between, now = worked[day - 2 : day + 1]
        total += weights.single_day * (not before and between and not now) + weights.single_off * (before and not between and now)
    return total


def _unfair(problem: StationProblem, member: Member, target: Target, own: Duties) -> dict[str, int]:
    weights, worked = problem.weights, [(day, problem.shift_of[place.shift]) for day, place in enumerate(own) if place is not None]
    minutes = sum(shift.worked for _day, shift in worked)
    had = {
        "nights": (sum(shift.night for _day, shift in worked), target.nights, weights.night),
        "weekends": (sum(day in problem.weekends for day, _shift in worked), target.weekends, weights.weekend),
        "holidays": (sum(day in problem.holidays for day, _shift in worked), target.holidays, weights.holiday),
    }
    unfair = {name: abs(count - fair) * weight for name, (count, fair, weight) in had.items()}
    most = minutes if member.most_minutes is None else member.most_minutes
    outside = max(0, minutes - most) + max(0, member.least_minutes - minutes)
    unfair["hours"] = int(np.rint(abs(minutes - target.minutes) * weights.hours / EIGHT_HOURS))
    return {**unfair, "hours out of bounds": -(-outside // HOUR) * weights.hard}
