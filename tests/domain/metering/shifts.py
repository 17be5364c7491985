"""A shift of one stream as an honest crew and an honest corrector would have it, and the same with one thing wrong."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from stationdesk.domain.metering.compare import Base
from stationdesk.domain.metering.shapes import HOUR, Contract, HourEnd, HourGas, StreamGas, StreamRule
from stationdesk.domain.names import Name

START = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # 00:00 in Shanghai
STREAM = StreamRule(1, "S1", Name("1#", "Run 1"), q_max=Decimal(1000), rollover=Decimal(10**9), corrected_rollover=Decimal(10**10))
CONTRACT = Contract(1)
P_ATM = Decimal("101.325")
K = Decimal("273.15")


def ends(flows: list[int], pressures: list[int], *, counter: int = 100_000, corrected: int = 7_000_000) -> list[HourEnd]:
    """Ends of hours: m³ moved in each, absolute pressures (kPa) at their ends; the corrector reckons as the station does, Z by a line."""
    made = [HourEnd(START, Decimal(counter), Decimal(corrected), Decimal(pressures[0]), Decimal(12))]
    total = Decimal(corrected)
    for n, flow in enumerate(flows, 1):
        counter += flow
        mean = Decimal(pressures[n - 1] + pressures[n]) / 2
        total += flow * factor_of(mean, Decimal(12))
        made.append(HourEnd(START + n * HOUR, Decimal(counter), total.quantize(Decimal(1)), Decimal(pressures[n]), Decimal(12)))
    return made


def z_of(pressure: Decimal) -> Decimal:
    """A gas's compressibility, near enough for a test."""
    return 1 - pressure / Decimal(50_000)


def factor_of(pressure: Decimal, temperature: Decimal) -> Decimal:
    """(p/p_b)(T_b/T)(Z_b/Z)"""
    return pressure / P_ATM * (K + 20) / (K + temperature) * Decimal("0.998") / z_of(pressure)


def hour_of(opening: HourEnd, closing: HourEnd, k: Decimal = Decimal(1), z_error: Decimal = Decimal(1)) -> HourGas:
    """The hour as the station computes it."""
    values = (opening.counter, closing.counter, opening.corrected, closing.corrected)
    assert None not in values
    assert opening.pressure_kpa
    assert closing.pressure_kpa
    before, after, booked, booked_after = (each or Decimal(0) for each in values)
    moved, pressure = (after - before) * k, (opening.pressure_kpa + closing.pressure_kpa) / 2
    temperature = ((opening.temperature_c or Decimal(0)) + (closing.temperature_c or Decimal(0))) / 2
    factor = factor_of(pressure, temperature) * z_error
    return HourGas(
        opening, closing, moved, pressure, temperature, z_of(pressure), Decimal("0.998"), factor,
        (moved * factor).quantize(Decimal("0.001")), Decimal("37.1"), moved * factor * Decimal("37.1"), booked_after - booked, 1,
    )  # fmt: skip


def gas_of(hourly: list[HourEnd], contract: Contract = CONTRACT, z_error: Decimal = Decimal(1)) -> StreamGas:
    """A stream's gas over the ends."""
    hours = tuple(hour_of(a, b, z_error=z_error) for a, b in itertools.pairwise(hourly))
    return StreamGas(STREAM, contract, hourly[0].time, hourly[-1].time, hours)


def read(end: HourEnd, **values: object) -> Base:
    """A base reading of an end; values: what this side read otherwise."""
    return replace(Base(end.counter, end.corrected, end.time), **values)  # type: ignore[arg-type]


def spoil(hourly: list[HourEnd], n: int, **values: object) -> list[HourEnd]:
    """The same ends with one of them read otherwise."""
    return [replace(each, **values) if place == n else each for place, each in enumerate(hourly)]  # type: ignore[arg-type]


QUIET = ends([400, 420, 410, 390, 430, 450, 440, 420], [3900, 3910, 3895, 3890, 3880, 3900, 3910, 3905, 3900])
"""Eight hours of a night, some 4 MPa, some 17,000 Nm³/h."""
