"""Flow through a standard orifice plate: GB/T 21446, that is ISO 5167-2 with the natural gas of ISO 6976 and AGA8.

The plate is taken as new and sharp and the pipe as smooth and straight, as the standard asks: its corrections for a blunt edge or a
rough pipe are the surveyor's, who puts them into a meter factor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas.guards import check_pressure
from stationdesk.domain.gas.heating import KELVIN, air_density_kg_m3
from stationdesk.domain.gas.volume import Base, correction_factor
from stationdesk.domain.words import N_

SMALLEST_BORE_MM = 12.5
PIPE_MM = (50.0, 1000.0)
BETA = (0.10, 0.75)
LEAST_RATIO = 0.75  # of the pressures after and before the plate
LEAST_REYNOLDS = 5000.0
MEASURED_C = 20.0  # at which bore and pipe are measured
INCH_MM = 25.4
SMALL_PIPE_MM = 71.12  # below it the discharge coefficient has one more term
#: thermal expansion in 1/K of the usual plate (stainless steel 1Cr18Ni9Ti) and pipe (20# steel)
STAINLESS, CARBON_STEEL = 16.60e-6, 11.16e-6
#: a natural gas near 20 ℃ and 4 MPa; 20 % more or less change the flow by less than 0.04 %
VISCOSITY_PA_S = 1.15e-5


class Taps(StrEnum):
    """Where the differential pressure is taken. GB/T 21446 knows flange and corner taps; ISO 5167-2 also D and D/2."""

    FLANGE = "flange"
    CORNER = "corner"
    D_AND_HALF_D = "d"


class OrificeError(DomainError):
    """Outside what the standard was made for."""

    words: ClassVar[str] = N_("The orifice plate is outside the limits of GB/T 21446.")


class BoreError(OrificeError):
    """A bore too small, or no number."""

    words = N_("The bore is {bore} mm: GB/T 21446 takes {least} mm and more.")
    field = "bore_mm"


class PipeError(OrificeError):
    """A pipe too narrow or too wide."""

    words = N_("The pipe is {pipe} mm wide: GB/T 21446 takes {low} to {high} mm.")
    field = "pipe_mm"


class BetaError(OrificeError):
    """A bore too small or too large for the pipe."""

    words = N_("Bore ÷ pipe is {beta}: GB/T 21446 takes {low} to {high}.")
    field = "bore_mm"


class DifferentialError(OrificeError):
    """A differential pressure that is no number or negative."""

    words = N_("The differential pressure is {differential} kPa: it must be a number, and not below 0.")
    field = "differential_kpa"


class PressureRatioError(OrificeError):
    """A differential pressure too high for the static one."""

    words = N_("The differential pressure of {differential} kPa is more than a quarter of the {pressure} kPa absolute before the plate.")
    field = "differential_kpa"


class ReynoldsError(OrificeError):
    """Too little flow for the equation."""

    words = N_("The Reynolds number is {reynolds}: GB/T 21446 holds from {least} on for this plate; a smaller bore would serve.")
    field = "differential_kpa"


class GasValueError(OrificeError):
    """Relative density, isentropic exponent or viscosity that is no positive number."""

    words = N_("Relative density, isentropic exponent and viscosity must be numbers above 0.")


@dataclass(frozen=True, slots=True)
class Orifice:
    """A plate in its pipe, bore and pipe in mm as measured at 20 ℃, expansion in 1/K. BoreError, PipeError, BetaError."""

    bore_mm: float
    pipe_mm: float
    taps: Taps = Taps.FLANGE
    bore_expansion: float = STAINLESS
    pipe_expansion: float = CARBON_STEEL

    def __post_init__(self) -> None:
        if not SMALLEST_BORE_MM <= self.bore_mm < math.inf:
            raise BoreError(bore=f"{self.bore_mm:.10g}", least=SMALLEST_BORE_MM)
        if not PIPE_MM[0] <= self.pipe_mm <= PIPE_MM[1]:
            raise PipeError(pipe=f"{self.pipe_mm:.10g}", low=f"{PIPE_MM[0]:g}", high=f"{PIPE_MM[1]:g}")
        if not BETA[0] <= (beta := self.bore_mm / self.pipe_mm) <= BETA[1]:
            raise BetaError(beta=f"{beta:.4g}", low=f"{BETA[0]:g}", high=f"{BETA[1]:g}")

    def at(self, temperature_k: float) -> tuple[float, float]:
        """Bore and pipe in mm at the gas's temperature: d = d₂₀(1 + Λ(t − 20))."""
        warmer = temperature_k - KELVIN - MEASURED_C
        return self.bore_mm * (1 + self.bore_expansion * warmer), self.pipe_mm * (1 + self.pipe_expansion * warmer)


@dataclass(frozen=True, slots=True)
class Flow:
    """What passes the plate: base m³ an hour, kg/s, and the factors they were computed with."""

    base_m3_h: float
    mass_kg_s: float
    reynolds: float
    discharge: float
    expansibility: float
    beta: float


def flow(
    orifice: Orifice,
    *,
    differential_kpa: float,
    pressure_kpa: float,
    temperature_k: float,
    relative_density: float,
    z: float,
    base: Base,
    z_base: float,
    isentropic_exponent: float = 1.3,
    viscosity_pa_s: float = VISCOSITY_PA_S,
) -> Flow:
    """Base flow from the differential pressure, GB/T 21446 = ISO 5167-1 formula 1, ISO 5167-2 clause 5.3.

    `pressure_kpa` is absolute, before the plate; `relative_density` that of the real gas at base conditions (ISO 6976); z at line
    conditions, z_base at base. Errors: the kinds of OrificeError, PressureError, TemperatureError, FactorError,
    MeteringTemperatureError for a base ISO 6976 has no air for.
    """
    _check(differential_kpa, pressure_kpa, (relative_density, isentropic_exponent, viscosity_pa_s))
    base_density = relative_density * air_density_kg_m3(round(base.temperature_k - KELVIN, 6), base.pressure_kpa)
    density = base_density * correction_factor(pressure_kpa, temperature_k, z, base, z_base)
    bore_mm, pipe_mm = orifice.at(temperature_k)
    beta = bore_mm / pipe_mm
    epsilon = expansibility(beta, pressure_kpa, differential_kpa, isentropic_exponent)
    ideal = epsilon * math.pi / 4 * (bore_mm / 1000) ** 2 * math.sqrt(2 * differential_kpa * 1000 * density / (1 - beta**4))
    mass, reynolds, c = _solved(ideal, beta, pipe_mm, orifice.taps, viscosity_pa_s)
    _check_reynolds(reynolds, beta, pipe_mm, orifice.taps)
    return Flow(mass / base_density * 3600, mass, reynolds, c, epsilon, beta)


def _solved(ideal: float, beta: float, pipe_mm: float, taps: Taps, viscosity_pa_s: float) -> tuple[float, float, float]:
    """Mass flow in kg/s, Reynolds number and discharge coefficient that agree; each depends little on the other."""
    c = 0.6
    if not ideal:
        return 0.0, 0.0, c
    while True:
        reynolds = 4 * c * ideal / (math.pi * pipe_mm / 1000 * viscosity_pa_s)
        last, c = c, discharge(beta, reynolds, pipe_mm, taps)
        if abs(c - last) <= 1e-12:
            return c * ideal, reynolds, c


def discharge(beta: float, reynolds: float, pipe_mm: float, taps: Taps = Taps.FLANGE) -> float:
    """Discharge coefficient by Reader-Harris and Gallagher (1998), ISO 5167-2:2003 formula 4, GB/T 21446."""
    before, after = _tap_distances(pipe_mm, taps)
    a = (19_000 * beta / reynolds) ** 0.8
    dam = 2 * after / (1 - beta)
    c: float = 0.5961 + 0.0261 * beta**2 - 0.216 * beta**8
    c += 0.000521 * (1e6 * beta / reynolds) ** 0.7 + (0.0188 + 0.0063 * a) * beta**3.5 * (1e6 / reynolds) ** 0.3
    c += (0.043 + 0.080 * math.exp(-10 * before) - 0.123 * math.exp(-7 * before)) * (1 - 0.11 * a) * beta**4 / (1 - beta**4)
    c -= 0.031 * (dam - 0.8 * dam**1.1) * beta**1.3
    if pipe_mm < SMALL_PIPE_MM:
        c += 0.011 * (0.75 - beta) * (2.8 - pipe_mm / INCH_MM)
    return c


def _tap_distances(pipe_mm: float, taps: Taps) -> tuple[float, float]:
    """From the plate to the taps before and after it, in pipe widths."""
    if taps is Taps.FLANGE:
        return INCH_MM / pipe_mm, INCH_MM / pipe_mm
    return (0.0, 0.0) if taps is Taps.CORNER else (1.0, 0.47)


def expansibility(beta: float, pressure_kpa: float, differential_kpa: float, isentropic_exponent: float) -> float:
    """Expansibility factor, ISO 5167-2:2003 formula 5, GB/T 21446: 1 − (0.351 + 0.256β⁴ + 0.93β⁸)(1 − (p₂/p₁)^(1/κ))."""
    ratio = (pressure_kpa - differential_kpa) / pressure_kpa
    return float(1 - (0.351 + 0.256 * beta**4 + 0.93 * beta**8) * (1 - ratio ** (1 / isentropic_exponent)))


def _check(differential_kpa: float, pressure_kpa: float, positives: tuple[float, ...]) -> None:
    check_pressure(pressure_kpa)
    if not 0 <= differential_kpa < math.inf:
        raise DifferentialError(differential=f"{differential_kpa:.10g}")
    if pressure_kpa - differential_kpa < LEAST_RATIO * pressure_kpa:
        raise PressureRatioError(differential=f"{differential_kpa:.10g}", pressure=f"{pressure_kpa:.10g}")
    if not all(0 < value < math.inf for value in positives):
        raise GasValueError()


def _check_reynolds(reynolds: float, beta: float, pipe_mm: float, taps: Taps) -> None:
    """Clause 5.3.1 of ISO 5167-2; no flow at all is an answer."""
    if taps is Taps.FLANGE:
        least = max(LEAST_REYNOLDS, 170 * beta**2 * pipe_mm)
    else:
        least = LEAST_REYNOLDS if beta <= 0.56 else 16_000 * beta**2
    if 0 < reynolds < least:
        raise ReynoldsError(reynolds=f"{reynolds:.0f}", least=f"{least:.0f}")
