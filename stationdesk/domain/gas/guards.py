"""Pressure and temperature before a formula sees them: absolute kPa and K, and nothing that was meant otherwise.

The equations of state answer 4 (MPa) as readily as 4000 (kPa) and give a Z that looks well: the unit is asked about here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

#: below this, kPa absolute are MPa by mistake: no gas in a station's pipe is that near to nothing, no pipe holds 20 MPa
LOWEST_KPA = 20.0
#: below this, K are ℃ by mistake: no natural gas is that cold and still a gas
LOWEST_K = 120.0


class PressureError(DomainError):
    """A pressure that is no positive number."""

    words: ClassVar[str] = N_("The pressure is {pressure}: it must be a number above 0, in kPa absolute.")
    field: ClassVar[str | None] = "pressure"


class PressureUnitError(PressureError):
    """A pressure that looks like MPa."""

    words = N_("{pressure} kPa absolute is next to nothing: give kPa absolute, not MPa.")


class TemperatureError(DomainError):
    """A temperature that is no positive number."""

    words: ClassVar[str] = N_("The temperature is {temperature}: it must be a number above 0, in K.")
    field: ClassVar[str | None] = "temperature"


class TemperatureUnitError(TemperatureError):
    """A temperature that looks like ℃."""

    words = N_("{temperature} K is colder than any natural gas: give K, not ℃ (20 ℃ are 293.15 K).")


class RangeError(DomainError):
    """Outside what the method was made for."""

    words: ClassVar[str] = N_("{method} does not hold here.")


class PressureRangeError(RangeError):
    """A pressure above what the method was made for."""

    words = N_("{method} holds up to {high} kPa; the pressure is {pressure} kPa.")
    field = "pressure"


class TemperatureRangeError(RangeError):
    """A temperature outside what the method was made for."""

    words = N_("{method} holds from {low} to {high} K; the temperature is {temperature} K.")
    field = "temperature"


@dataclass(frozen=True, slots=True)
class Range:
    """Where a method holds: absolute kPa and K, bounds included."""

    method: str
    high_kpa: float = math.inf
    low_k: float = LOWEST_K
    high_k: float = math.inf

    def refuse(self, pressure_kpa: float, temperature_k: float) -> None:
        """PressureError, TemperatureError or RangeError, in the words of what is wrong; nothing where both are in the range."""
        check_pressure(pressure_kpa)
        check_temperature(temperature_k)
        if pressure_kpa > self.high_kpa:
            raise PressureRangeError(method=self.method, high=f"{self.high_kpa:g}", pressure=_shown(pressure_kpa))
        if not self.low_k <= temperature_k <= self.high_k:
            low, high = f"{self.low_k:g}", f"{self.high_k:g}"
            raise TemperatureRangeError(method=self.method, low=low, high=high, temperature=_shown(temperature_k))


def check_pressure(kpa: float) -> None:
    """PressureError where this is no absolute pressure in kPa, PressureUnitError where it looks like MPa."""
    if not 0 < kpa < math.inf:
        raise PressureError(pressure=_shown(kpa))
    if kpa < LOWEST_KPA:
        raise PressureUnitError(pressure=_shown(kpa))


def check_temperature(k: float) -> None:
    """TemperatureError where this is no temperature in K, TemperatureUnitError where it looks like ℃."""
    if not 0 < k < math.inf:
        raise TemperatureError(temperature=_shown(k))
    if k < LOWEST_K:
        raise TemperatureUnitError(temperature=_shown(k))


def _shown(value: float) -> str:
    return f"{value:.10g}"
