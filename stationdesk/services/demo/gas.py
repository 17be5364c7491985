"""The demo's gas as it is metered: a laboratory's report a week, two runs, one of them standing by, counters that fit the physics."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache

from stationdesk.domain.gas import Base, Composition, Gas, Method, correction_factor, gas_of, properties
from stationdesk.services.demo.load import hour_at, noise

HOUR = timedelta(hours=1)
REPORT_DAY = 1  # Tuesday: from its 08:00 the week's report holds
BEGINS = 8  # o'clock: the gas day
AIR = Decimal("101.325")
CORRECTED_START = (41_203_117, 3_511_908)
METERED_START = (Decimal("1712460.0"), Decimal("88112.0"))
USUAL = {
    "methane": Decimal("0.9461"),
    "nitrogen": Decimal("0.0098"),
    "carbon_dioxide": Decimal("0.0112"),
    "ethane": Decimal("0.0241"),
    "propane": Decimal("0.0052"),
    "isobutane": Decimal("0.0012"),
    "n_butane": Decimal("0.0012"),
    "isopentane": Decimal("0.0006"),
    "n_pentane": Decimal("0.0003"),
    "hexane": Decimal("0.0003"),
}
SWITCHED_EVERY, SWITCHED_ON = 11, 5  # days; one of them run 2 carries the gas from OUT to BACK
OUT, BACK = timedelta(hours=10, minutes=20), timedelta(hours=16, minutes=40)


def report_day(day: date) -> date:
    """From which gas day on the report holds that holds on a day."""
    return day - timedelta(days=(day.weekday() - REPORT_DAY) % 7)


def gas_day(local: datetime) -> date:
    """The gas day of a moment on the station's clock."""
    return (local - timedelta(hours=BEGINS)).date()


@lru_cache(maxsize=600)
def components(seed: int, week: date) -> Mapping[str, Decimal]:
    """What the laboratory found in the week that begins so: a little more ethane one week, a little less the next."""
    chance = noise(seed, f"report {week.isoformat()}")
    found = dict(USUAL)
    for name, most in (("ethane", 24), ("propane", 6), ("nitrogen", 10), ("carbon_dioxide", 10)):
        shift = Decimal(chance.randrange(-most, most + 1)) / 10_000
        found[name] += shift
        found["methane"] -= shift
    return found


@lru_cache(maxsize=600)
def _week(seed: int, week: date) -> tuple[Gas, float]:
    composition = Composition.of(components(seed, week))
    return gas_of(composition, Method.DETAIL), properties(composition).z_base


@dataclass(frozen=True)
class Moment:
    """Inlet pressure (kPa gauge), temperature (℃) and flow (Nm³/h) at a moment, as they are written down."""

    pressure: Decimal
    celsius: Decimal
    flow: Decimal


def moment_at(seed: int, local: datetime) -> Moment:
    """At a full hour as the instruments show it, between two in proportion."""
    hour = local.replace(minute=0, second=0, microsecond=0)
    before = hour_at(seed, hour)
    if local == hour:
        return Moment(before.inlet * 1000, before.inlet_c, Decimal(before.flow))
    after, part = hour_at(seed, hour + HOUR), Decimal((local - hour).seconds) / 3600
    pressure = (before.inlet + (after.inlet - before.inlet) * part).quantize(Decimal("0.01")) * 1000
    celsius = (before.inlet_c + (after.inlet_c - before.inlet_c) * part).quantize(Decimal("0.1"))
    return Moment(pressure, celsius, before.flow + (after.flow - before.flow) * part)


def factor_between(seed: int, start: datetime, end: datetime) -> Decimal:
    """What one metered m³ is at base conditions, by what is written down at both ends."""
    before, after = moment_at(seed, start), moment_at(seed, end)
    pressure = float((before.pressure + after.pressure) / 2 + AIR)
    kelvin = float((before.celsius + after.celsius) / 2) + 273.15
    gas, z_base = _week(seed, report_day(gas_day(start)))
    return Decimal(f"{correction_factor(pressure, kelvin, gas.z(pressure, kelvin), Base(), z_base):.6f}")


@dataclass(frozen=True)
class Turn:
    """A switch of runs, and the counters of both as they were read then."""

    local: datetime
    closes: int  # run 0 or 1
    metered: tuple[Decimal, Decimal]
    corrected: tuple[Decimal, Decimal]
    at: Moment


def turns_of(day: date, zone_time: datetime) -> tuple[tuple[datetime, int], ...]:
    """When run 1 is taken out on a day, and when it is put in again; on most days nothing."""
    if day.toordinal() % SWITCHED_EVERY != SWITCHED_ON:
        return ()
    midnight = zone_time.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
    return ((midnight + OUT, 0), (midnight + BACK, 1))


def carrying(local: datetime) -> int:
    """Which run carries the gas: 0 or 1."""
    turns = turns_of(local.date(), local)
    return 1 if turns and turns[0][0] <= local < turns[1][0] else 0


class Counters:
    """What the counters of both runs show, carried on from the first hour of the demo."""

    def __init__(self, seed: int, start: datetime) -> None:
        self._seed, self._at = seed, start
        self._corrected = [Decimal(CORRECTED_START[0] + seed % 997), Decimal(CORRECTED_START[1])]
        self._metered = list(METERED_START)

    def _go(self, to: datetime) -> None:
        while self._at < to:
            hour = self._at.replace(minute=0, second=0, microsecond=0)
            cuts = [time for time, _run in turns_of(hour.date(), hour) if self._at < time < hour + HOUR]
            self._pass(min([*cuts, hour + HOUR, to]))

    def _pass(self, end: datetime) -> None:
        """Gas goes through the run that carries until `end`."""
        start, run = self._at, carrying(self._at)
        flow = (moment_at(self._seed, start).flow + moment_at(self._seed, end).flow) / 2
        moved = flow * (end - start).seconds / 3600
        self._corrected[run] += moved
        self._metered[run] += moved / factor_between(self._seed, start, end)
        self._at = end

    def at(self, local: datetime) -> dict[str, Decimal]:
        """Point code → count at a moment, not before the last one asked for."""
        self._go(local)
        metered, corrected = self._shown()
        return {"m-1": metered[0], "n-1": corrected[0], "m-2": metered[1], "n-2": corrected[1]}

    def _shown(self) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]:
        one, two = (each.quantize(Decimal("0.1"), ROUND_DOWN) for each in self._metered)
        first, second = (each.quantize(Decimal(1), ROUND_DOWN) for each in self._corrected)
        return (one, two), (first, second)

    def _again(self) -> Counters:
        """One that may look ahead."""
        other = copy(self)
        other._corrected, other._metered = list(self._corrected), list(self._metered)
        return other

    def turns(self, start: datetime, end: datetime) -> tuple[Turn, ...]:
        """The switches from start to end, with the counters they will be read at."""
        found, ahead = [], self._again()
        for day in sorted({start.date(), end.date()}):
            for time, closes in turns_of(day, start):
                if start < time <= end:
                    ahead._go(time)
                    found.append(Turn(time, closes, *ahead._shown(), moment_at(self._seed, time)))
        return tuple(found)

    def total_ahead(self, end: datetime) -> Decimal:
        """What will have been received at a later moment, all runs together, m³ at base conditions."""
        ahead = self._again()
        ahead._go(end)
        return sum(ahead._corrected, Decimal(0))

    @property
    def total(self) -> Decimal:
        """What was received so far, all runs together, m³ at base conditions."""
        return sum(self._corrected, Decimal(0))
