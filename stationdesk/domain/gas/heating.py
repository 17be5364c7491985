"""What a gas is worth: heating value, density and Wobbe index of the real gas at base conditions by ISO 6976:2016 = GB/T 11062-2020."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas.composition import Composition
from stationdesk.domain.gas.iso6976 import (
    AIR_G_MOL,
    AIR_Z,
    COMBUSTION_C,
    CONSTANTS,
    GAS_CONSTANT,
    METERING_C,
    VAPORISATION_KJ_MOL,
)
from stationdesk.domain.words import N_

NORMAL_KPA, KELVIN = 101.325, 273.15
PRESSURES_KPA = (90.0, 110.0)  # clause 1: where the summation factors hold
LEAST_Z = 0.9  # likewise


class CombustionTemperatureError(DomainError):
    """A combustion temperature for which the standard has no table."""

    words: ClassVar[str] = N_("ISO 6976 has no heating values at {temperature} ℃ combustion: it has them at {known} ℃.")
    field: ClassVar[str | None] = "combustion_c"


class MeteringTemperatureError(DomainError):
    """A metering temperature for which the standard has no table."""

    words: ClassVar[str] = N_("ISO 6976 has no summation factors at {temperature} ℃ metering: it has them at {known} ℃.")
    field: ClassVar[str | None] = "metering_c"


class BasePressureError(DomainError):
    """A base pressure at which the standard does not hold."""

    words: ClassVar[str] = N_("ISO 6976 holds at a base pressure of {low} to {high} kPa; {pressure} kPa is asked for.")
    field: ClassVar[str | None] = "pressure_kpa"


class NotAGasError(DomainError):
    """So much of the heavy components that it would not be a gas at base conditions."""

    words: ClassVar[str] = N_("ISO 6976 holds for gases with Z above {least} at base conditions; this one has {z}.")
    field: ClassVar[str | None] = "composition"


@dataclass(frozen=True, slots=True)
class Properties:
    """A real gas at base conditions. Superior means that the water of combustion condenses: what contracts and GB 17820 count."""

    heating_value_mj_m3: float
    inferior_mj_m3: float
    heating_value_kj_mol: float
    heating_value_mj_kg: float
    molar_mass_g_mol: float
    relative_density: float
    density_kg_m3: float
    wobbe_mj_m3: float
    inferior_wobbe_mj_m3: float
    z_base: float
    combustion_c: float
    metering_c: float
    pressure_kpa: float


@dataclass(frozen=True, slots=True)
class _Sums:
    """The sums over the components: g/mol, hydrogen atoms a molecule, summation factor, kJ/mol."""

    mass: float
    hydrogen: float
    summation: float
    heating: float


def properties(
    composition: Composition, combustion_c: float = 20.0, metering_c: float = 20.0, pressure_kpa: float = NORMAL_KPA
) -> Properties:
    """Everything ISO 6976:2016 says of a gas, formulae 1 to 18. MJ/m³ of real gas at the metering temperature.

    China meters and burns at 20/20 ℃ and 101.325 kPa (GB/T 11062). Errors: CombustionTemperatureError,
    MeteringTemperatureError, BasePressureError, NotAGasError.
    """
    burnt, metered = _combustion(combustion_c), _metering(metering_c)
    _check_pressure(pressure_kpa)
    sums = _sums(composition, burnt, metered)
    z = z_base(sums.summation, pressure_kpa)
    litres = _litres_mol(metered, pressure_kpa) * z
    inferior = sums.heating - sums.hydrogen / 2 * VAPORISATION_KJ_MOL[burnt]
    relative = sums.mass / AIR_G_MOL * air_z(metered, pressure_kpa) / z
    return Properties(
        heating_value_mj_m3=sums.heating / litres,
        inferior_mj_m3=inferior / litres,
        heating_value_kj_mol=sums.heating,
        heating_value_mj_kg=sums.heating / sums.mass,
        molar_mass_g_mol=sums.mass,
        relative_density=relative,
        density_kg_m3=sums.mass / litres,
        wobbe_mj_m3=sums.heating / litres / sqrt(relative),
        inferior_wobbe_mj_m3=inferior / litres / sqrt(relative),
        z_base=z,
        combustion_c=COMBUSTION_C[burnt],
        metering_c=METERING_C[metered],
        pressure_kpa=pressure_kpa,
    )


def air_density_kg_m3(metering_c: float = 20.0, pressure_kpa: float = NORMAL_KPA) -> float:
    """Density of the standard's dry air at base conditions, ISO 6976:2016 formula 18 and table A.4.

    Times a relative density it is the gas's. MeteringTemperatureError, BasePressureError.
    """
    metered = _metering(metering_c)
    _check_pressure(pressure_kpa)
    return AIR_G_MOL / (_litres_mol(metered, pressure_kpa) * air_z(metered, pressure_kpa))


def z_base(summation: float, pressure_kpa: float) -> float:
    """Z at base conditions of a sum of summation factors, ISO 6976:2016 formula 1. NotAGasError where it is 0.9 or less."""
    z = 1 - pressure_kpa / NORMAL_KPA * summation**2
    if z <= LEAST_Z:
        raise NotAGasError(least=LEAST_Z, z=f"{z:.4f}")
    return z


def air_z(metered: int, pressure_kpa: float) -> float:
    """Z of dry air at one of the metering temperatures, by its place in METERING_C: ISO 6976:2016 formula 18."""
    return 1 - pressure_kpa / NORMAL_KPA * (1 - AIR_Z[metered])


def _litres_mol(metered: int, pressure_kpa: float) -> float:
    """Of an ideal gas."""
    return GAS_CONSTANT * (METERING_C[metered] + KELVIN) / pressure_kpa


def _sums(composition: Composition, burnt: int, metered: int) -> _Sums:
    mass = hydrogen = summation = heating = 0.0
    for name, amount in composition.fractions.items():
        own = CONSTANTS[name]
        mass += amount * own.molar_mass
        hydrogen += amount * own.hydrogen
        summation += amount * own.summation[metered]
        heating += amount * own.heating[burnt]
    return _Sums(mass, hydrogen, summation, heating)


def _combustion(celsius: float) -> int:
    if celsius not in COMBUSTION_C:
        raise CombustionTemperatureError(temperature=f"{celsius:.10g}", known=_known(COMBUSTION_C))
    return COMBUSTION_C.index(celsius)


def _metering(celsius: float) -> int:
    if celsius not in METERING_C:
        raise MeteringTemperatureError(temperature=f"{celsius:.10g}", known=_known(METERING_C))
    return METERING_C.index(celsius)


def _check_pressure(kpa: float) -> None:
    low, high = PRESSURES_KPA
    if not low <= kpa <= high:
        raise BasePressureError(low=f"{low:g}", high=f"{high:g}", pressure=f"{kpa:.10g}")


def _known(temperatures: tuple[float, ...]) -> str:
    return ", ".join(f"{each:g}" for each in temperatures)
