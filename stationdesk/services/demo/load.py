"""The demo station's gas: a load curve by hour and weekday, pressures that follow it, a filter that clogs and is changed.

Every value is a function of seed and hour alone, so that the same seed gives the same records however far the demo reaches.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from math import cos, pi

PEAK = 18_000  # Nm³/h on a cold weekday morning
DAILY = (
    0.42,
    0.36,
    0.33,
    0.32,
    0.36,
    0.5,
    0.72,
    0.95,
    1.0,
    0.9,
    0.82,
    0.84,
    0.88,
    0.8,
    0.72,
    0.7,
    0.76,
    0.9,
    0.98,
    0.94,
    0.84,
    0.72,
    0.6,
    0.5,
)
"""Share of the peak by hour of the day: cooking and heating in the morning and the evening."""
WEEKEND, SEASON, FILTER_DAYS = 0.9, 0.28, 23


@dataclass(frozen=True)
class Hour:
    """The station at a full hour."""

    flow: int
    inlet: Decimal
    stage_1: Decimal
    stage_2: Decimal
    outlet: Decimal
    inlet_c: Decimal
    stage_1_c: Decimal
    stage_2_c: Decimal
    outlet_c: Decimal
    filter_kpa: int
    odorant: Decimal


def noise(seed: int, key: str) -> random.Random:
    """A source of chance that depends on what it is for only."""
    return random.Random(f"{seed}/{key}")


@lru_cache(maxsize=100_000)
def hour_at(seed: int, local: datetime) -> Hour:
    """What the instruments show at a full hour of the station's clock."""
    chance = noise(seed, f"hour {local:%Y-%m-%d %H}")
    day = noise(seed, f"day {local:%Y-%m-%d}")
    season = 1 - SEASON * (1 + cos(2 * pi * (local.timetuple().tm_yday - 205) / 365)) / 2
    share = DAILY[local.hour] * season * (WEEKEND if local.isoweekday() > 5 else 1) * day.uniform(0.94, 1.06) * chance.uniform(0.97, 1.03)
    flow = round(PEAK * share / 10) * 10
    supply = 2.52 + 0.05 * day.uniform(-1, 1)
    air = 14 - 13 * cos(2 * pi * (local.timetuple().tm_yday - 20) / 365) + 4 * cos(2 * pi * (local.hour - 15) / 24) + day.uniform(-3, 3)
    ground = 13 + (air - 13) * 0.25
    clogged = (local.toordinal() + 9) % FILTER_DAYS / FILTER_DAYS
    outlet = 0.352 - 0.012 * share + chance.uniform(-0.0015, 0.0015)
    return Hour(
        flow=flow,
        inlet=_exact(supply - 0.12 * share + chance.uniform(-0.01, 0.01), 2),
        stage_1=_exact(1.203 - 0.008 * share + chance.uniform(-0.002, 0.002), 3),
        stage_2=_exact(outlet + 0.004, 3),
        outlet=_exact(outlet, 3),
        inlet_c=_exact(ground + chance.uniform(-0.3, 0.3), 1),
        stage_1_c=_exact(ground - 5.6 + chance.uniform(-0.3, 0.3), 1),
        stage_2_c=_exact(ground - 9.2 + chance.uniform(-0.3, 0.3), 1),
        outlet_c=_exact(ground - 9.0 + chance.uniform(-0.3, 0.3), 1),
        filter_kpa=max(4, round(9 + 26 * clogged**3 * (0.55 + 0.5 * share) + 9 * clogged * share + chance.uniform(-1, 1))),
        odorant=_exact(20 + 1.4 * (0.7 - share) + chance.uniform(-0.4, 0.4), 1),
    )


def _exact(value: float, decimals: int) -> Decimal:
    return Decimal(f"{value:.{decimals}f}")


def values_at(seed: int, local: datetime, counted: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Point code → value as an operator writes it down; counted: what the counters show."""
    now = hour_at(seed, local)
    return {
        "p-in": now.inlet,
        "t-in": now.inlet_c,
        "p-1": now.stage_1,
        "t-1": now.stage_1_c,
        "p-2": now.stage_2,
        "t-2": now.stage_2_c,
        "dp-f": Decimal(now.filter_kpa),
        "q-1": Decimal(now.flow),
        **counted,
        "p-out": now.outlet,
        "t-out": now.outlet_c,
        "odor": now.odorant,
    }
