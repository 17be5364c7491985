"""Shifts of a metering run as they would be read and typed: what really flowed minute by minute, the corrector that follows it, the gauges
read once an hour with the digits they show, the crew that types them, and one mistake where one is seeded.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from stationdesk.domain.metering.compare import Base
from stationdesk.domain.metering.equations import Equations, equations
from stationdesk.domain.metering.shapes import Contract, HourEnd, Quality, StreamGas, StreamRule
from stationdesk.domain.metering.volumes import stream_gas
from stationdesk.domain.names import Name

START = datetime(2026, 11, 20, 16, tzinfo=UTC)
HOURS, STEP = 8, 5  # minutes
ROLL = Decimal(10**8)
RUN = StreamRule(
    1,
    "1#",
    Name("1#", "Run 1"),
    q_min=Decimal(50),
    q_max=Decimal(1000),
    rollover=ROLL,
    corrected_rollover=Decimal(10**9),
    pressure_unit="MPa",
)
CONTRACT = Contract(1)
P_ATM = Decimal("101.325")
TRANSMITTER, TURBINE = 0.0005, 0.0002  # relative error of the corrector's own pressure, of its pulses: one standard deviation
GAUGE = 0.0008  # of the gauge that is read, a class 0.25 instrument checked this year


@dataclass(frozen=True)
class Shift:
    """What was typed, what each side read at the end, and what is wrong with it. before: the composition before the one in force."""

    ends: tuple[HourEnd, ...]
    outgoing: Base
    incoming: Base
    quality: Quality
    seeded: str = ""
    before: Quality | None = None

    def gas(self, quality: Quality | None = None) -> StreamGas:
        """As the station recomputes it."""
        return stream_gas(RUN, CONTRACT, self.ends[0].time, self.ends[-1].time, self.ends, lambda _time: quality or self.quality)


def a_gas(chance: random.Random, number: int) -> Quality:
    """A pipeline gas: it changes with its source by a few per cent of ethane and one of nitrogen and carbon dioxide."""
    parts = {
        "ethane": chance.uniform(0.005, 0.06), "propane": chance.uniform(0.001, 0.015), "n_butane": chance.uniform(0.0, 0.003),
        "nitrogen": chance.uniform(0.005, 0.025), "carbon_dioxide": chance.uniform(0.001, 0.025),
    }  # fmt: skip
    texts = {name: f"{each:.5f}" for name, each in parts.items()}
    texts["methane"] = str(1 - sum((Decimal(each) for each in texts.values()), Decimal(0)))
    return Quality.of(number, f"HY-{number}", texts)


def honest(chance: random.Random, *, lively: bool) -> Shift:
    """Nothing wrong. lively: the pressure goes ±100 kPa, the flow ±30 % in the shift; else a tenth and a third of it."""
    quality = a_gas(chance, 1)
    return _read(chance, quality, quality, lively=lively)


def _read(chance: random.Random, station: Quality, corrector: Quality, *, lively: bool) -> Shift:
    found = equations(corrector, CONTRACT)
    assert found is not None
    swing, wave = (100.0, 0.3) if lively else (10.0, 0.1)
    middle, flow = chance.uniform(1700, 3900), chance.uniform(200, 700)
    phases = [chance.uniform(0, math.tau) for _n in range(3)]
    drift, warm = chance.uniform(-1, 1), chance.uniform(2, 18)
    truth = _Truth(middle, swing, flow, wave, phases, drift, warm, chance.gauss(0, TRANSMITTER))
    counter, corrected = chance.uniform(1e5, 9e7), chance.uniform(1e7, 9e8)
    error = chance.gauss(0, GAUGE)
    ends = [_end(0, truth, counter, corrected, error)]
    for hour in range(HOURS):
        for minute in range(0, 60, STEP):
            hours = hour + (minute + STEP / 2) / 60
            moved = truth.flow_at(hours) * STEP / 60
            counter += moved
            corrected += moved * (1 + chance.gauss(0, TURBINE)) * _factor(found, truth, hours)
        ends.append(_end(hour + 1, truth, counter, corrected, error))
    last = Base(ends[-1].counter, ends[-1].corrected, ends[-1].time)
    return Shift(tuple(ends), last, last, station)


@dataclass(frozen=True)
class _Truth:
    """Pressure (kPa absolute), temperature (℃) and flow (m³/h at the meter) at any time of a shift."""

    middle: float
    swing: float
    flow: float
    wave: float
    phases: list[float]
    drift: float
    warm: float
    transmitter: float

    def kpa_at(self, hours: float) -> float:
        slow = math.sin(hours * math.tau / 8 + self.phases[0]) + 0.3 * math.sin(hours * math.tau / 1.7 + self.phases[1])
        return self.middle + self.swing * slow / 1.3

    def celsius_at(self, hours: float) -> float:
        return self.warm + 3 * math.sin(hours * math.tau / 24 + self.phases[2]) + self.drift * hours / 8

    def flow_at(self, hours: float) -> float:
        return self.flow * (1 + self.wave * math.sin(hours * math.tau / 8 + self.phases[2]) * math.cos(hours * math.tau / 5))


def _factor(by: Equations, truth: _Truth, hours: float) -> float:
    kpa, kelvin = truth.kpa_at(hours) * (1 + truth.transmitter), truth.celsius_at(hours) + 273.15
    z = by.equation.z(kpa, kelvin)
    return kpa / by.base.pressure_kpa * by.base.temperature_k / kelvin * by.z_base / z


def _end(hours: int, truth: _Truth, counter: float, corrected: float, error: float) -> HourEnd:
    """What is seen: counters of 0.1 and 1 m³, a gauge of 0.01 MPa, a thermometer of 0.1 ℃."""
    gauge = Decimal(f"{(truth.kpa_at(hours) * (1 + error) - float(P_ATM)) / 1000:.2f}")
    return HourEnd(
        START + timedelta(hours=hours),
        counter=Decimal(f"{counter:.1f}"),
        corrected=Decimal(f"{corrected:.0f}"),
        pressure_kpa=gauge * 1000 + P_ATM,
        temperature_c=Decimal(f"{truth.celsius_at(hours):.1f}"),
    )


def _typed(shift: Shift, seeded: str, hours: list[int], change: Callable[[HourEnd, HourEnd | None], HourEnd]) -> Shift:
    """The shift with some of its hours typed otherwise; what closes it is what the outgoing side read."""
    ends = tuple(change(end, shift.ends[n - 1] if n else None) if n in hours else end for n, end in enumerate(shift.ends))
    return replace(
        shift, ends=ends, outgoing=replace(shift.outgoing, counter=ends[-1].counter, corrected=ends[-1].corrected), seeded=seeded
    )


def _some_hours(chance: random.Random) -> list[int]:
    """One hour typed wrong, or all of them alike."""
    return [chance.randrange(HOURS + 1)] if chance.random() < 0.5 else list(range(HOURS + 1))


def wrong_unit(chance: random.Random, *, lively: bool) -> Shift:
    """A pressure typed in kPa or bar for MPa, or a place of the point off."""
    power = chance.choice([3, 1, -1])

    def change(end: HourEnd, _before: HourEnd | None) -> HourEnd:
        assert end.pressure_kpa is not None
        return replace(end, pressure_kpa=(end.pressure_kpa - P_ATM) * Decimal(10) ** power + P_ATM)

    return _typed(honest(chance, lively=lively), "wrong unit", _some_hours(chance), change)


def gauge_as_absolute(chance: random.Random, *, lively: bool) -> Shift:
    """A gauge pressure taken for an absolute one, or the other way round."""
    sign = chance.choice([1, -1])

    def change(end: HourEnd, _before: HourEnd | None) -> HourEnd:
        assert end.pressure_kpa is not None
        return replace(end, pressure_kpa=end.pressure_kpa + sign * P_ATM)

    return _typed(honest(chance, lively=lively), "gauge as absolute", _some_hours(chance), change)


def stale_composition(chance: random.Random, *, lively: bool) -> Shift:
    """The corrector, or the station, still computes with the report before."""
    old, new = a_gas(chance, 1), a_gas(chance, 2)
    if chance.random() < 0.5:
        return replace(_read(chance, new, old, lively=lively), seeded="stale composition", before=old)
    return replace(_read(chance, old, new, lively=lively), seeded="stale composition")


def skipped_counter(chance: random.Random, *, lively: bool) -> Shift:
    """A counter that was copied from the hour before."""

    def change(end: HourEnd, before: HourEnd | None) -> HourEnd:
        return replace(end, counter=before.counter if before else end.counter)

    return _typed(honest(chance, lively=lively), "skipped counter", [chance.randint(1, HOURS)], change)


def swapped_digits(chance: random.Random, *, lively: bool) -> Shift:
    """Two digits beside each other of a counter, typed the other way round."""
    name = chance.choice(["counter", "corrected"])

    def change(end: HourEnd, _before: HourEnd | None) -> HourEnd:
        return replace(end, **{name: _swapped(chance, getattr(end, name))})

    return _typed(honest(chance, lively=lively), "swapped digits", [chance.randint(1, HOURS)], change)


def _swapped(chance: random.Random, value: Decimal) -> Decimal:
    text = f"{value:f}"
    places = [n for n in range(len(text) - 1) if text[n : n + 2].isdigit() and text[n] != text[n + 1]]
    n = chance.choice(places)
    return Decimal(text[:n] + text[n + 1] + text[n] + text[n + 2 :])


SEEDED = (wrong_unit, gauge_as_absolute, stale_composition, skipped_counter, swapped_digits)
