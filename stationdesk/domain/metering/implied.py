"""The pressure at which the corrector must have worked to count what it counted, and how the one that was read comes to it."""

from __future__ import annotations

from decimal import Decimal

from stationdesk.domain.metering.guessing import KELVIN
from stationdesk.domain.metering.shapes import Contract, HourGas

SLOPE = Decimal("0.000021")  # by so much a kPa Z ÷ Z_b of a natural gas falls, near enough up to 6 MPa
HIGHEST_KPA = Decimal(10_000)  # beyond it Z is no line any more: a pressure of another unit
LIKE_GAUGE = Decimal("0.35")  # of the atmosphere: what is nearer to p ± p_atm than this is gauge for absolute
LIKE_UNIT = Decimal("0.15")
POWERS = (1, -1, 2, -2, 3, -3)


def implied_kpa(hour: HourGas, contract: Contract) -> Decimal | None:
    """The mean absolute pressure (kPa) of an hour by the corrector's factor; None where it has none, or nobody read the temperature."""
    factor = hour.corrector_factor
    if factor is None or hour.temperature_c is None or factor <= 0:
        return None
    ideal = factor * contract.base_pressure_kpa * (KELVIN + hour.temperature_c) / (KELVIN + contract.base_temperature_c)
    return ideal / (1 + ideal * _slope(hour))


def _slope(hour: HourGas) -> Decimal:
    pressure = hour.pressure_kpa
    if hour.z is None or not hour.z_base or not pressure or pressure > HIGHEST_KPA:
        return SLOPE
    return max((1 - hour.z / hour.z_base) / pressure, Decimal(0))


def mixed_up(pressure: Decimal, meant: Decimal, p_atm: Decimal) -> bool:
    """Whether a pressure (kPa) is the one meant, with the atmosphere counted twice or not at all."""
    return abs(abs(pressure - meant) - p_atm) <= LIKE_GAUGE * p_atm


def in_other_unit(pressure: Decimal, meant: Decimal, off: Decimal) -> Decimal | None:
    """The pressure (kPa absolute) meant, if it is the one read in a unit a power of ten away; off: what was added to the reading."""
    fitting = ((pressure - off).scaleb(power) + off for power in POWERS)
    return next((each for each in fitting if meant > 0 and abs(each / meant - 1) <= LIKE_UNIT), None)
