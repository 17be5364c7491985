"""From what a meter counts to what is paid for: base volume, energy, line pack, unaccounted-for gas and odorant.

Every pressure is absolute kPa unless its name says gauge, every temperature K, every volume m³; base volumes are those of `Base`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas.guards import LOWEST_K, LOWEST_KPA, check_pressure, check_temperature
from stationdesk.domain.words import N_

NORMAL_KPA = 101.325
ATMOSPHERE_KPA = (50.0, 110.0)  # from 5,500 m to the Dead Sea
HEIGHT_M = (-500.0, 9000.0)


class FactorError(DomainError):
    """A compressibility factor that is none."""

    words: ClassVar[str] = N_("The compressibility factor is {z}: it must be a number above 0.")
    field: ClassVar[str | None] = "z"


class AtmosphereError(DomainError):
    """An atmospheric pressure in another unit, or of another planet."""

    words: ClassVar[str] = N_("The atmospheric pressure is {pressure} kPa: it lies between {low} and {high} kPa.")
    field: ClassVar[str | None] = "atmospheric_kpa"


class GaugePressureError(DomainError):
    """A gauge pressure that is no number, or below the vacuum."""

    words: ClassVar[str] = N_("The gauge pressure is {pressure} kPa: with the atmosphere it must come to a number above 0.")
    field: ClassVar[str | None] = "pressure"


class HeightError(DomainError):
    """A height where no station stands."""

    words: ClassVar[str] = N_("The height is {height} m: it lies between {low} and {high} m.")
    field: ClassVar[str | None] = "height_m"


class QuantityError(DomainError):
    """A quantity that is no number, or negative where it cannot be."""

    words: ClassVar[str] = N_("{value} is no quantity: it must be a number, and not below 0.")


class OdorantError(DomainError):
    """More odorant than there was."""

    words: ClassVar[str] = N_("{after} kg are left of {before} kg and {added} kg added: a tank cannot hold more than was put in.")
    field: ClassVar[str | None] = "after_kg"


@dataclass(frozen=True, slots=True)
class Base:
    """The base conditions of a contract, absolute kPa and K. China: 101.325 kPa and 20 ℃ (GB/T 17291, GB 17820)."""

    pressure_kpa: float = NORMAL_KPA
    temperature_k: float = 293.15

    def __post_init__(self) -> None:
        check_pressure(self.pressure_kpa)
        check_temperature(self.temperature_k)


def correction_factor(pressure_kpa: float, temperature_k: float, z: float, base: Base, z_base: float) -> float:
    """Base volume ÷ volume at line conditions: (p/p_b)(T_b/T)(Z_b/Z), GB/T 18603, EN 12405-1.

    PressureError, TemperatureError, FactorError.
    """
    if not (LOWEST_KPA <= pressure_kpa < math.inf and LOWEST_K <= temperature_k < math.inf and 0 < z < math.inf and 0 < z_base < math.inf):
        _refuse(pressure_kpa, temperature_k, z, z_base)
    return pressure_kpa * base.temperature_k * z_base / (base.pressure_kpa * temperature_k * z)


def _refuse(pressure_kpa: float, temperature_k: float, z: float, z_base: float) -> None:
    check_pressure(pressure_kpa)
    check_temperature(temperature_k)
    raise FactorError(z=z_base if 0 < z < math.inf else z)


def atmospheric_kpa(height_m: float) -> float:
    """Pressure of the standard atmosphere at a height, below 11 km: ISO 2533, 101.325(1 − 2.25577·10⁻⁵h)^5.25588. HeightError."""
    low, high = HEIGHT_M
    if not low <= height_m <= high:
        raise HeightError(height=f"{height_m:.10g}", low=f"{low:g}", high=f"{high:g}")
    return float(NORMAL_KPA * (1 - 2.25577e-5 * height_m) ** 5.25588)


def absolute_kpa(gauge_kpa: float, atmospheric_kpa: float) -> float:
    """Absolute pressure of a gauge's reading. AtmosphereError, GaugePressureError."""
    low, high = ATMOSPHERE_KPA
    if not low <= atmospheric_kpa <= high:
        raise AtmosphereError(pressure=f"{atmospheric_kpa:.10g}", low=f"{low:g}", high=f"{high:g}")
    absolute = gauge_kpa + atmospheric_kpa
    if not 0 < absolute < math.inf:
        raise GaugePressureError(pressure=f"{gauge_kpa:.10g}")
    return absolute


def energy_mj(volume_m3: float, heating_value_mj_m3: float) -> float:
    """Energy of a base volume, ISO 15112 = GB/T 22723: V_b·H_v, both at the same base conditions. QuantityError."""
    return _quantity(volume_m3) * _quantity(heating_value_mj_m3)


def mean_line_pressure_kpa(p1_kpa: float, p2_kpa: float) -> float:
    """Mean absolute pressure along a pipe with gas flowing: ⅔(p₁ + p₂²/(p₁ + p₂)), GB 50251. PressureError."""
    check_pressure(p1_kpa)
    check_pressure(p2_kpa)
    return 2 / 3 * (p1_kpa + p2_kpa**2 / (p1_kpa + p2_kpa))


def line_pack_m3(
    geometric_m3: float, p1_kpa: float, p2_kpa: float, temperature_k: float, z: float, base: Base, z_base: float
) -> float:  # fmt: skip
    """Base volume of the gas in a pipe: V_geo(p_m/p_b)(T_b/T)(Z_b/Z), Z at the mean pressure, GB 50251.

    PressureError, TemperatureError, FactorError, QuantityError.
    """
    mean = mean_line_pressure_kpa(p1_kpa, p2_kpa)
    return _quantity(geometric_m3) * correction_factor(mean, temperature_k, z, base, z_base)


def unaccounted_m3(v_in: float, v_out: float, own: float, vented: float, pack_before: float, pack_after: float) -> float:
    """Unaccounted-for gas: in − out − own use − vented − (line pack after − before), SY/T 5922. Below 0: more came out than went in.

    QuantityError.
    """
    received, delivered, used, lost, before, after = map(_quantity, (v_in, v_out, own, vented, pack_before, pack_after))
    return received - delivered - used - lost - (after - before)


def rate(unaccounted: float, denominator_m3: float) -> float | None:
    """Unaccounted-for gas as a share of what the station counts it against, the volume received as a rule; None where that is 0."""
    return unaccounted / denominator_m3 if _quantity(denominator_m3) else None


def odorant_mg_m3(before_kg: float, added_kg: float, after_kg: float, volume_m3: float) -> float | None:
    """Mean odorant in a base volume of gas, by what the tank lost: (m₁ + m_added − m₂)·10⁶/V_b; None where no gas passed.

    QuantityError, OdorantError.
    """
    before, added, after, volume = map(_quantity, (before_kg, added_kg, after_kg, volume_m3))
    if after > before + added:
        raise OdorantError(before=before_kg, added=added_kg, after=after_kg)
    return (before + added - after) * 1e6 / volume if volume else None


def _quantity(value: float) -> float:
    if not 0 <= value < math.inf:
        raise QuantityError(value=f"{value:.10g}")
    return value
