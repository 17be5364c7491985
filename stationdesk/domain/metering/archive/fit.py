"""What counters and factor of the file itself say of the unit of its pressure, and whether that is gauge.

The factor of volume conversion is (p/p_b)·(T_b/T)·(Z_b/Z) (GB/T 18603, ISO 12213), with p_b = 101.325 kPa and T_b = 293.15 K, here of an
ordinary pipeline gas. Other gases differ by some tenths of a percent at 2 MPa and by one at 4: enough to tell units apart, and gauge from
absolute where the atmosphere is more than that of the pressure. Nothing that is computed here is ever recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from statistics import median

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas import Composition, gas_of
from stationdesk.domain.metering.archive.units import PRESSURE_UNITS

BASE_KPA, BASE_K, FREEZING = 101.325, 293.15, 273.15
ORDINARY = {"methane": 0.950, "ethane": 0.025, "propane": 0.005, "nitrogen": 0.010, "carbon_dioxide": 0.010}
SAME, OTHER = 0.012, 0.018
AS_MANY = 60  # hours looked at, spread over the file
UNITS = ("kPa", "MPa", "bar", "kgf/cm2", "psi", "Pa", "mbar")
NOT_AT_ALL = 9.0


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


@lru_cache(maxsize=4096)
def ordinary_factor(kpa: float, celsius: float) -> float:
    """The factor of volume conversion of an ordinary pipeline gas; kpa absolute. DomainError outside what can be computed."""
    gas, kelvin = gas_of(Composition.of(ORDINARY)), celsius + FREEZING
    return kpa / BASE_KPA * BASE_K / kelvin * gas.z(BASE_KPA, BASE_K) / gas.z(kpa, kelvin)


def fits(samples: Sequence[Sample], atmospheric_kpa: Decimal, units: Sequence[str] = UNITS) -> tuple[Fit, ...]:
    """Every unit, gauge and absolute, the nearest first."""
    some = samples[:: max(1, len(samples) // AS_MANY)]
    found = [Fit(unit, gauge, _error(some, unit, gauge, float(atmospheric_kpa))) for unit in units for gauge in (False, True)]
    return tuple(sorted(found, key=lambda each: each.error))


def _error(samples: Sequence[Sample], unit: str, gauge: bool, atmosphere: float) -> float:
    return median(_off(each, each.pressure * float(PRESSURE_UNITS[unit]) + (atmosphere if gauge else 0.0)) for each in samples)


def _off(sample: Sample, kpa: float) -> float:
    try:
        return abs(ordinary_factor(kpa, sample.celsius) / sample.factor - 1)
    except DomainError:
        return NOT_AT_ALL


def clear(ranked: Sequence[Fit]) -> Fit | None:
    """The nearest reading where it is near and no other one is."""
    if not ranked or ranked[0].error > SAME:
        return None
    others = [each for each in ranked[1:] if (each.unit, each.gauge) != (ranked[0].unit, ranked[0].gauge)]
    far = all(each.error > OTHER and each.error > 2.5 * ranked[0].error for each in others)
    return ranked[0] if far else None
