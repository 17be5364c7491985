"""Whether both sides of a takeover, the corrector and the voucher agree on the gas of a shift.

Every comparison has its own tolerance and its light; the stream's light is the worst of them. Green signs, amber gives a reason,
red opens a discrepancy sheet. What could not be compared is no light at all, and no cause to stop anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from stationdesk.domain.metering.shapes import Contract, HourGas, Lack, Light, StreamGas

COUNT = Decimal(1)
HUNDRED = Decimal(100)
FACTOR_WARNING, FACTOR_ALARM = Decimal("0.3"), Decimal(1)
"""By how many % the corrector's factor of one hour may differ from the computed one."""
PERCENT = Decimal("0.001")
LATELY = 3  # so many hours say how fast a counter goes
ODD = frozenset({Lack.BACKWARDS, Lack.BEYOND, Lack.MOVES_SHUT, Lack.NO_FACTOR})
"""What somebody has to explain: a counter that does what none does, a pressure or temperature with which nothing can be computed."""
RANK = {Light.NONE: 0, Light.GREEN: 1, Light.AMBER: 2, Light.RED: 3}


class About(StrEnum):
    """What is compared; the codes of the store."""

    COUNTER = "counter"  # base readings of the counter
    CORRECTED = "corrected"  # base readings of the corrected counter
    HOURS = "hours"  # the hours together against the counter from beginning to end
    CORRECTOR = "corrector"  # the corrector's volume against the recomputed one
    FACTOR = "factor"  # the corrector's factor of the worst hour against the computed one
    VOUCHER = "voucher"  # the other side's book against the recomputed volume


@dataclass(frozen=True)
class Base:
    """A stream's counters as one side read them. frozen: the corrector's frozen hourly value, else as they stood at `read_at`."""

    counter: Decimal | None
    corrected: Decimal | None
    read_at: datetime
    frozen: bool = True


@dataclass(frozen=True)
class Check:
    """One comparison: value less against is the difference. percent: of `against` (a base reading: of what moved in the shift).

    tolerance and red: in counts for COUNTER, CORRECTED, HOURS, else in %. time: the hour, where it is about one.
    """

    about: About
    value: Decimal
    against: Decimal
    difference: Decimal
    percent: Decimal | None
    tolerance: Decimal
    light: Light
    time: datetime | None = None


@dataclass(frozen=True)
class Comparison:
    """All comparisons of a stream. tolerance: the % its volumes may differ by, `spread` of it for the pressure's ups and downs."""

    checks: tuple[Check, ...]
    tolerance: Decimal
    spread: Decimal
    red: Decimal
    odd: tuple[Lack, ...] = ()
    warned: tuple[datetime, ...] = ()  # ends of hours whose factor differs by more than the warning

    @property
    def light(self) -> Light:
        """The worst of all."""
        return worst([*(each.light for each in self.checks), *([Light.AMBER] if self.odd else [])])

    def of(self, about: About) -> Check | None:
        """One of them, if it could be made."""
        return next((each for each in self.checks if each.about is about), None)


def worst(lights: Iterable[Light]) -> Light:
    """The light that asks for most; none where there is none."""
    return max(lights, key=RANK.__getitem__, default=Light.NONE)


def spread_of(pressures: Sequence[Decimal], contract: Contract) -> Decimal:
    """What the pressure's ups and downs add to the tolerance, in %: 3·(p_max − p_min)/p̄ unless the contract says else."""
    mean = sum(pressures, Decimal(0)) / len(pressures) if pressures else Decimal(0)
    if mean <= 0:
        return Decimal(0)
    return (contract.spread_percent * (max(pressures) - min(pressures)) / mean).quantize(PERCENT)


def light_of(percent: Decimal, tolerance: Decimal, red: Decimal) -> Light:
    """Green within the tolerance, amber up to `red` beyond it."""
    if abs(percent) <= tolerance:
        return Light.GREEN
    return Light.AMBER if abs(percent) <= tolerance + red else Light.RED


def reading_tolerance(apart: timedelta | None, per_hour: Decimal, seconds: int = 60) -> Decimal:
    """By how many counts two honest readings of a counter may differ: one; read at times of their own 1 + q·(|Δt| + 60 s).

    apart: between both reading times, None where both read the same frozen hourly value; per_hour: q in counts an hour.
    """
    if apart is None:
        return COUNT
    passed = Decimal(int(abs(apart).total_seconds())) + seconds
    return (COUNT + per_hour * passed / 3600).quantize(Decimal("0.1"))


def stepped(before: Decimal, after: Decimal, rollover: Decimal | None) -> Decimal:
    """From one reading of a counter to another, the shorter way round where it rolls over."""
    step = after - before
    if rollover and abs(step) > rollover / 2:
        return step - rollover if step > 0 else step + rollover
    return step


def compare(
    gas: StreamGas, outgoing: Base | None, incoming: Base | None, *, voucher: Decimal | None = None, archive: Decimal | None = None
) -> Comparison:
    """Compare a stream's gas of a shift with all there is beside it.

    voucher: m³ at base conditions of the same period; archive: the same of the corrector's own hourly archive, which then stands in
    place of what its counter was read to be.
    """
    spread = spread_of(gas.pressures, gas.contract)
    tolerance = gas.contract.tolerance_percent + spread
    checks = [*_bases(gas, outgoing, incoming, tolerance), *_hours(gas), *_corrector(gas, tolerance, archive)]
    factors = [each for hour in gas.hours if (each := _factor(hour, gas))]
    if factors:
        checks.append(max(factors, key=_beyond))
    if voucher is not None and gas.base_volume is not None and gas.whole:
        checks.append(volumes_check(About.VOUCHER, voucher, gas.base_volume, tolerance, gas.contract.red_percent))
    warned = tuple(each.time for each in factors if each.time and _beyond(each) > 0)
    odd = tuple(each for each in gas.lacks if each in ODD)
    return Comparison(tuple(checks), tolerance, spread, gas.contract.red_percent, odd, warned)


def _beyond(check: Check) -> Decimal:
    """By how many % it is beyond its tolerance."""
    return abs(check.percent or Decimal(0)) - check.tolerance


def volumes_check(about: About, value: Decimal, against: Decimal, tolerance: Decimal, red: Decimal, slack: Decimal = COUNT) -> Check:
    """Two volumes of one period, m³ at base conditions. slack: what the last digit of their counters comes to, which is no difference."""
    difference = value - against
    percent = (difference / against * HUNDRED).quantize(PERCENT) if against else None
    if abs(difference) <= slack:
        light = Light.GREEN
    else:
        light = Light.RED if percent is None else light_of(percent, tolerance, red)
    return Check(about, value, against, difference, percent, tolerance, light)


@dataclass(frozen=True)
class _Counter:
    """One of a stream's counters at the end of a shift. moved: in the shift; per_hour: in the last hours, both in counts."""

    about: About
    mine: Decimal | None
    theirs: Decimal | None
    rollover: Decimal | None
    moved: Decimal | None
    per_hour: Decimal

    def check(self, apart: timedelta | None, contract: Contract, tolerance: Decimal) -> Check | None:
        """Beyond what honest readings differ by it is at least amber, red where it shifts the volume of the shift beyond its tolerance."""
        if self.mine is None or self.theirs is None:
            return None
        difference = stepped(self.theirs, self.mine, self.rollover)
        percent = (difference / self.moved * HUNDRED).quantize(PERCENT) if self.moved else None
        allowed, light = reading_tolerance(apart, self.per_hour, contract.reading_seconds), Light.GREEN
        if abs(difference) > allowed:
            light = Light.AMBER if percent is not None and abs(percent) <= tolerance + contract.red_percent else Light.RED
        return Check(self.about, self.mine, self.theirs, difference, percent, allowed, light)


def _bases(gas: StreamGas, outgoing: Base | None, incoming: Base | None, tolerance: Decimal) -> list[Check]:
    """The counters as both sides read them."""
    if outgoing is None or incoming is None:
        return []
    apart = None if outgoing.frozen and incoming.frozen else incoming.read_at - outgoing.read_at
    rule, factor, counts = gas.stream, gas.stream.factor, _counts(gas)
    metered = _per_hour((hour, hour.moved) for hour in gas.hours) / factor
    corrected = _per_hour((hour, hour.corrected_moved) for hour in gas.hours)
    counters = (
        _Counter(About.COUNTER, incoming.counter, outgoing.counter, rule.rollover, counts, metered),
        _Counter(About.CORRECTED, incoming.corrected, outgoing.corrected, rule.corrected_rollover, gas.corrector_volume, corrected),
    )
    made = (each.check(apart, gas.contract, tolerance) for each in counters)
    return [each for each in made if each is not None]


def _per_hour(moved: Iterable[tuple[HourGas, Decimal | None]]) -> Decimal:
    """What passed in an hour lately."""
    known = [(hour.hours, passed) for hour, passed in moved if passed is not None][-LATELY:]
    elapsed = sum((length for length, _passed in known), Decimal(0))
    return sum((passed for _length, passed in known), Decimal(0)) / elapsed if elapsed else Decimal(0)


def _hours(gas: StreamGas) -> list[Check]:
    """What the hours moved together against the counter from beginning to end: ±1."""
    if not gas.hours or not gas.whole or _apart(gas):
        return []
    first, last = gas.hours[0].opening.counter, gas.hours[-1].closing.counter
    counted = _counts(gas)
    if first is None or last is None or counted is None:
        return []
    whole = last - first
    if gas.stream.rollover:
        whole %= gas.stream.rollover
    difference = whole - counted
    light = Light.GREEN if abs(difference) <= COUNT else Light.AMBER
    return [Check(About.HOURS, whole, counted, difference, None, COUNT, light)]


def _apart(gas: StreamGas) -> bool:
    """Whether the counter was not one counter all the time."""
    return any(source in ("replaced", "switched", "substituted") for source in gas.sources)


def _corrector(gas: StreamGas, tolerance: Decimal, archive: Decimal | None) -> list[Check]:
    """The corrector's volume against the recomputed one, over the hours of which both are known."""
    both = [hour for hour in gas.hours if hour.base_volume is not None and hour.corrected_moved is not None]
    if not both:
        return []
    recomputed = _summed(hour.base_volume for hour in both)
    corrector = archive if archive is not None and gas.whole else _summed(hour.corrected_moved for hour in both)
    slack = COUNT + gas.stream.factor * max((hour.factor or Decimal(1) for hour in both), default=Decimal(1))
    return [volumes_check(About.CORRECTOR, corrector, recomputed, tolerance, gas.contract.red_percent, slack)]


def _factor(hour: HourGas, gas: StreamGas) -> Check | None:
    """The factor of one hour. The last digits of both counters and the pressure's way within the hour are let go."""
    corrector = hour.corrector_factor
    if corrector is None or not hour.factor or not hour.moved or not hour.corrected_moved:
        return None
    pressures = [each for each in (hour.opening.pressure_kpa, hour.closing.pressure_kpa) if each is not None]
    slack = HUNDRED * (abs(gas.stream.factor / hour.moved) + abs(COUNT / hour.corrected_moved)) + spread_of(pressures, gas.contract)
    percent = ((corrector / hour.factor - 1) * HUNDRED).quantize(PERCENT)
    light = Light.AMBER if abs(percent) > FACTOR_ALARM + slack else Light.GREEN
    allowed = (FACTOR_WARNING + slack).quantize(PERCENT)
    return Check(About.FACTOR, corrector, hour.factor, corrector - hour.factor, percent, allowed, light, hour.end)


def _counts(gas: StreamGas) -> Decimal | None:
    """What the counter went on by, in counts."""
    return None if gas.volume is None else gas.volume / gas.stream.factor


def _summed(values: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in values if each is not None), Decimal(0))
