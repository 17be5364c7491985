"""What is fair: each member's share of nights, weekends, holidays and hours, so that the year so far evens out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stationdesk.rostering.station import Member, StationProblem, Tally


@dataclass(frozen=True)
class Target:
    """What would be fair for one member in this period."""

    nights: int
    weekends: int
    holidays: int
    minutes: int


def targets(problem: StationProblem) -> list[Target]:
    """One for each member, in their order: the whole of the year so far and of this period, divided by shares and days present."""
    wanted = _wanted(problem)
    parts = [_shares(problem, wanted, name) for name in ("nights", "weekends", "holidays", "minutes")]
    return [Target(*(round(part[number]) for part in parts)) for number in range(len(problem.members))]


def _wanted(problem: StationProblem) -> Tally:
    """What the period's demand adds up to."""
    shift_of = problem.shift_of

    def add(counts: Callable[[int, str], int]) -> int:
        return sum(each.need * counts(each.day, each.place.shift) for each in problem.demand)

    return Tally(
        add(lambda _day, shift: shift_of[shift].night),
        add(lambda day, _shift: day in problem.weekends),
        add(lambda day, _shift: day in problem.holidays),
        add(lambda _day, shift: shift_of[shift].worked),
    )


def _shares(problem: StationProblem, wanted: Tally, name: str) -> list[float]:
    """Each member's part, never below 0: who has had more than their share has less now, and the others make up for it."""
    now = getattr(wanted, name)
    weight = [member.share * _present(problem, member) for member in problem.members]
    so_far = [getattr(member.so_far, name) for member in problem.members]
    taking = [number for number, part in enumerate(weight) if part > 0]
    while taking:
        level = (now + sum(so_far[number] for number in taking)) / sum(weight[number] for number in taking)
        over = [number for number in taking if so_far[number] > level * weight[number]]
        if not over:
            return [level * part - so_far[number] if number in taking else 0.0 for number, part in enumerate(weight)]
        taking = [number for number in taking if number not in over]
    return [0.0] * len(weight)


def _present(problem: StationProblem, member: Member) -> float:
    """The part of the period somebody is there for: leave asks for no making up."""
    away = sum(1 for day in member.leave if 0 <= day < problem.days)
    return 1 - away / problem.days
