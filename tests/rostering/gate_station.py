"""Gate stations to roster: on three shifts, with leave, wishes and a year behind them. The same seed, the same station."""

from __future__ import annotations

import random

from stationdesk.rostering.station import Demand, Member, Place, Rules, Shift, StationProblem, Tally, Wish

DAY, EVENING, NIGHT = "D", "E", "N"
SHIFTS = (Shift(DAY, 480, 480), Shift(EVENING, 960, 480), Shift(NIGHT, 0, 480, night=True))
POST = "operator"


def gate_station(days: int = 30, people: int = 12, seed: int = 1, *, need: int = 2, leave: float = 0.5) -> StationProblem:
    """`need` people on each of three shifts, one of them a leader; `leave`: the part of them that is away for some days a month."""
    rng = random.Random(seed)
    members = tuple(_member(rng, number, days, leave) for number in range(people))
    demand = tuple(Demand(day, Place(shift.code, POST), need) for day in range(days) for shift in SHIFTS)
    weekends = frozenset(day for day in range(days) if day % 7 in (5, 6))
    holidays = frozenset(day for day in range(days) if day % 61 in (14, 15, 16))
    return StationProblem(days, SHIFTS, demand, members, Rules(), weekends=weekends, holidays=holidays)


def _member(rng: random.Random, number: int, days: int, leave: float) -> Member:
    away: set[int] = set()
    wishes: dict[int, Wish] = {}
    for month in range(0, max(1, days - 29), 30):
        if rng.random() < leave:
            first = month + rng.randrange(max(1, min(30, days - month) - 6))
            away.update(range(first, min(days, first + rng.randint(3, 7))))
        for _ in range(3):
            day = min(days - 1, month + rng.randrange(30))
            if day not in away:
                wishes[day] = Wish(day, rng.choice(("", "", DAY, EVENING, NIGHT)), rng.randint(1, 3))
    so_far = Tally(rng.randint(18, 24), rng.randint(14, 20), rng.randint(0, 3), 480 * rng.randint(50, 60))
    before = rng.choice([(), (DAY,), (NIGHT, NIGHT), (EVENING, EVENING, ""), (DAY, DAY, EVENING)])
    return Member(
        name=f"p{number}",
        posts={POST: days},
        leads_until=days if number % 2 == 0 else -1,
        leave=frozenset(away),
        wishes=tuple(wishes.values()),
        most_minutes=480 * round(days * 22 / 30),
        so_far=so_far,
        before=before,
    )
