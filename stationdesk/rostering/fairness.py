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
    """Each member's part, never below 0: their share of this period, and what they had less than their share of the year so far; who has
    had so much more that nothing is left takes none, and the others make up for it.
    """
    members, now = problem.members, getattr(wanted, name)
    part = [member.share * _present(problem, member) for member in members]
    past = [member.share * member.present_so_far for member in members]
    so_far = [getattr(member.so_far, name) for member in members]
    taking = [number for number, each in enumerate(part) if each > 0]
    while taking:
        level = now / sum(part[number] for number in taking)
        had = sum(so_far[number] for number in taking) / (sum(past[number] for number in taking) or 1)
        due = {number: level * part[number] + had * past[number] - so_far[number] for number in taking}
        if min(due.values()) >= 0:
            return [due.get(number, 0.0) for number in range(len(members))]
        taking = [number for number in taking if due[number] >= 0]
    return [0.0] * len(members)


def _present(problem: StationProblem, member: Member) -> float:
    """The part of the period somebody is there for: leave asks for no making up."""
    away = sum(1 for day in member.leave if 0 <= day < problem.days)
    return 1 - away / problem.days
