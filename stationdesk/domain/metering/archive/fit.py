"""What counters and factor of the file itself say of the unit of its pressure, and whether that is gauge.

The factor of volume conversion is (p/p_b)·(T_b/T)·(Z_b/Z) (GB/T 21446, ISO 12213), with p_b = 101.325 kPa and T_b = 293.15 K. Z is estimated
by Papay's formula for a lean natural gas, good to some 1.5 %: enough to tell units apart, and gauge from absolute where the
atmosphere is more than a few percent of the pressure. Nothing that is computed here is ever recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from stationdesk.domain.metering.archive.units import PRESSURE_UNITS

BASE_KPA, BASE_K, FREEZING = 101.325, 293.15, 273.15
PSEUDO_CRITICAL_KPA, PSEUDO_CRITICAL_K = 4620.0, 199.0
MOST_KPA = 32_000.0
SAME, OTHER = 0.02, 0.03
UNITS = ("kPa", "MPa", "bar", "kgf/cm2", "psi", "Pa", "mbar")


@dataclass(frozen=True)
class Sample:
    """One hour as the file gives it: pressure in the unit in question, temperature in ℃, factor."""

    pressure: float
    celsius: float
    factor: float


@dataclass(frozen=True)
class Fit:
    """How far a reading of the pressure is from the factor: 0.01 is 1 %."""

    unit: str
    gauge: bool
    error: float


def estimated_z(kpa: float, celsius: float) -> float:
    """Z by Papay; kpa absolute."""
    reduced, warmth = kpa / PSEUDO_CRITICAL_KPA, (celsius + FREEZING) / PSEUDO_CRITICAL_K
    return float(max(0.3, 1 - 3.52 * reduced / 10 ** (0.9813 * warmth) + 0.274 * reduced**2 / 10 ** (0.8157 * warmth)))


def estimated_factor(kpa: float, celsius: float) -> float:
    """The factor of volume conversion of a lean natural gas; kpa absolute."""
    return kpa / BASE_KPA * BASE_K / (celsius + FREEZING) * 0.998 / estimated_z(kpa, celsius)


def fits(samples: Sequence[Sample], atmospheric_kpa: Decimal, units: Sequence[str] = UNITS) -> tuple[Fit, ...]:
    """Every unit, gauge and absolute, the nearest first."""
    found = [Fit(unit, gauge, _error(samples, unit, gauge, float(atmospheric_kpa))) for unit in units for gauge in (False, True)]
    return tuple(sorted(found, key=lambda each: each.error))


def _error(samples: Sequence[Sample], unit: str, gauge: bool, atmosphere: float) -> float:
    errors = []
    for each in samples:
        kpa = each.pressure * float(PRESSURE_UNITS[unit]) + (atmosphere if gauge else 0.0)
        errors.append(abs(estimated_factor(kpa, each.celsius) / each.factor - 1) if 0 < kpa < MOST_KPA else 9.0)
    return median(errors) if errors else 9.0


def clear(ranked: Sequence[Fit]) -> Fit | None:
    """The nearest reading where it is near and no other one is."""
    if not ranked or ranked[0].error > SAME:
        return None
    others = [each for each in ranked[1:] if (each.unit, each.gauge) != (ranked[0].unit, ranked[0].gauge)]
    far = all(each.error > OTHER and each.error > 2.5 * ranked[0].error for each in others)
    return ranked[0] if far else None
