"""SGERG-88: Z where no full analysis is known. ISO 12213-3 = GB/T 17747.3, computed by pygerg.

It wants the superior heating value at combustion 25 ℃, metering 0 ℃ and 101.325 kPa, and the relative density at 0 ℃. A Chinese
laboratory reports both at 20/20: `Sgerg.of_20_20` converts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas.guards import LOWEST_KPA
from stationdesk.domain.gas.state import METHOD_NAMES, RANGES, Method, NoConvergenceError, State
from stationdesk.domain.words import N_

#: what the method was made for, ISO 12213-3 clause 4 at its widest
LIMITS = {"hs_mj_m3": (20.0, 48.0), "relative_density": (0.55, 0.90), "x_co2": (0.0, 0.30), "x_h2": (0.0, 0.10)}
NORMAL_AIR_KG_M3 = 1.292923  # dry air at 0 ℃ and 101.325 kPa, as SGERG-88 has it
NORMAL_BAR, KELVIN = 1.01325, 273.15
#: 25/0 ÷ 20/20 by ISO 6976:2016; of natural gases 1.0731 to 1.0735 and 1.0002 to 1.0005
HS_FROM_20_20, DENSITY_FROM_20_20 = 1.0733, 1.0004


class SgergInputError(DomainError):
    """A value outside what SGERG-88 was made for."""

    words: ClassVar[str] = N_("SGERG-88 does not hold for these values.")


class HeatingValueInputError(SgergInputError):
    """A heating value outside 20 to 48 MJ/m³."""

    words = N_("The heating value is {value}: SGERG-88 takes {low} to {high} MJ/m³, at 25 ℃ combustion and 0 ℃ metering.")
    field = "hs_mj_m3"


class RelativeDensityInputError(SgergInputError):
    """A relative density outside 0.55 to 0.90."""

    words = N_("The relative density is {value}: SGERG-88 takes {low} to {high}.")
    field = "relative_density"


class CarbonDioxideInputError(SgergInputError):
    """A mole fraction of CO2 outside 0 to 0.30."""

    words = N_("The mole fraction of CO₂ is {value}: SGERG-88 takes {low} to {high}.")
    field = "x_co2"


class HydrogenInputError(SgergInputError):
    """A mole fraction of H2 outside 0 to 0.10."""

    words = N_("The mole fraction of H₂ is {value}: SGERG-88 takes {low} to {high}.")
    field = "x_h2"


class ContradictionError(SgergInputError):
    """No natural gas has these four values together."""

    words = N_("No natural gas has this heating value, relative density, CO₂ and H₂ together.")


_ERRORS = {
    "hs_mj_m3": HeatingValueInputError,
    "relative_density": RelativeDensityInputError,
    "x_co2": CarbonDioxideInputError,
    "x_h2": HydrogenInputError,
}


@dataclass(frozen=True)
class Sgerg:
    """A gas by four values: superior heating value in MJ/m³ (25/0 ℃), relative density (0 ℃), mole fractions of CO2 and H2.

    SgergInputError where a value is outside the method's limits; ContradictionError, when it is asked for Z, where no gas has
    all four.
    """

    hs_mj_m3: float
    relative_density: float
    x_co2: float
    x_h2: float = 0.0

    method: ClassVar[Method] = Method.SGERG

    def __post_init__(self) -> None:
        for name, (low, high) in LIMITS.items():
            if not low <= (value := getattr(self, name)) <= high:
                raise _ERRORS[name](value=f"{value:.10g}", low=f"{low:g}", high=f"{high:g}")

    @classmethod
    def of_20_20(cls, hs_mj_m3: float, relative_density: float, x_co2: float, x_h2: float = 0.0) -> Self:
        """The gas by heating value (20 ℃ combustion, 20 ℃ metering) and relative density (20 ℃) as GB/T 11062 has them. SgergInputError.

        One factor serves all natural gases: it moves Z by less than 0.01 % up to 8 MPa. Left out, Z at 4 MPa would be 1.2 % off.
        """
        return cls(hs_mj_m3 * HS_FROM_20_20, relative_density * DENSITY_FROM_20_20, x_co2, x_h2)

    def z(self, pressure_kpa: float, temperature_k: float) -> float:
        """Compressibility factor at absolute kPa and K. PressureError, TemperatureError, RangeError, NoConvergenceError."""
        return self._answer(pressure_kpa, temperature_k)[0]

    def state(self, pressure_kpa: float, temperature_k: float) -> State:
        """Z and densities at absolute kPa and K; the molar mass follows from the relative density. The same errors."""
        z, molar = self._answer(pressure_kpa, temperature_k)
        normal = self._asked(NORMAL_BAR, 0.0)[1]
        mass = self.relative_density * NORMAL_AIR_KG_M3 / normal
        return State(z, mass, molar, molar * mass)

    def _answer(self, pressure_kpa: float, temperature_k: float) -> tuple[float, float]:
        held = RANGES[Method.SGERG]
        if not (LOWEST_KPA <= pressure_kpa <= held.high_kpa and held.low_k <= temperature_k <= held.high_k):
            held.refuse(pressure_kpa, temperature_k)
        return self._asked(pressure_kpa / 100, min(max(temperature_k - KELVIN, -23.0), 65.0))

    def _asked(self, bar: float, celsius: float) -> tuple[float, float]:
        """Z and mol/L."""
        from pygerg import sgerg

        try:
            _nitrogen, z, molar = sgerg(self.x_co2, self.hs_mj_m3, self.relative_density, self.x_h2, bar, celsius)
        except ValueError:
            raise ContradictionError() from None
        except (RuntimeError, ArithmeticError):
            method = METHOD_NAMES[Method.SGERG]
            raise NoConvergenceError(method=method, pressure=bar * 100, temperature=celsius + KELVIN) from None
        return z, molar
