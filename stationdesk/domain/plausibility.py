"""Doubts about a value: what cannot be one is refused, what is odd is asked.

The value is saved first and asked about after; the question of the unit comes before any refusal, or 342 for 0.342 MPa is never asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import dropwhile, pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import format_time, minute_of
from stationdesk.domain.numbers import shown
from stationdesk.domain.questions import Kind, Past, Question
from stationdesk.domain.words import N_
from stationdesk.values import dataclass

HUNDRED = Decimal(100)
ROLLOVER_MARGIN = Decimal("1.2")  # a wrapped volume counts as a rollover up to 1.2·q_max·Δt
HOUR = timedelta(hours=1)
MAY_STAND = frozenset({"pressure", "temperature"})  # what is asked about when it stands still
A_DAY = 24  # hours by which one knows how a value moves
CHANGED = Decimal("0.05")  # a flow that differs by so much between hours is moving


class ImplausibleError(DomainError):
    """What was typed cannot be a value of this point."""

    words = N_("{value} {unit} cannot be a value of this point.")
    field = "value"


class TemperatureOutsideError(ImplausibleError):
    """A temperature no gas in a station has."""

    words = N_("{value} {unit} is outside {low} to {high} {unit}.")


class NegativePressureError(ImplausibleError):
    """A gauge pressure below nothing."""

    words = N_("A gauge pressure is not below 0; {value} {unit} was typed.")


class AboveDesignError(ImplausibleError):
    """A pressure above the design pressure."""

    words = N_("{value} {unit} is above the design value {design} {unit}.")


class NegativeCounterError(ImplausibleError):
    """A counter below nothing."""

    words = N_("A counter does not show a negative number; {value} was typed.")


class BeyondCounterError(ImplausibleError):
    """More than the counter can show."""

    words = N_("{value} is more than this counter can show before it rolls over at {rollover}.")


class FutureHourError(DomainError):
    """An hour that has not come."""

    words = N_("The hour {hour} cannot be read before {opens}.")
    field = "time"


class DuplicateHourError(DomainError):
    """An hour that is read already."""

    words = N_("This hour is read already; correct the value in its place.")
    field = "time"


class NotAnHourError(DomainError):
    """A time that is no full hour."""

    words = N_("Readings belong to full hours.")
    field = "time"


@dataclass(frozen=True)
class Tolerances:
    """How much is odd; station settings (station.py), percentages in %, temperatures in ℃, pressure in kPa."""

    unit_percent: Decimal = Decimal(3)
    jump_percent: Decimal = Decimal(30)
    flow_jump_percent: Decimal = Decimal(100)  # the morning doubles the load of the night honestly
    jump_degrees: Decimal = Decimal(10)  # percent of a Celsius temperature mean nothing
    still_hours: int = 3
    still_steps: int = 2  # of its last digit a value usually moves an hour: only then it is odd that it stands
    low_degrees: Decimal = Decimal(-40)
    high_degrees: Decimal = Decimal(80)
    p_atm: Decimal = Decimal("101.325")

    @property
    def back(self) -> int:
        """How many earlier values the rules look at."""
        return max(1, self.still_hours)


@dataclass(frozen=True)
class PointRule:
    """What the rules must know of a point, in its unit. quantity: pressure, temperature, flow, volume, difference, concentration, level."""

    kind: str = "gauge"  # or counter
    quantity: str = ""
    unit: str = ""
    decimals: int = 2
    limits: Limits = field(default_factory=Limits)
    design: Decimal | None = None  # of a flow: q_max
    rollover: Decimal | None = None
    range_low: Decimal | None = None  # of a flow: q_min
    design_flow: Decimal | None = None  # of a counter: q_max of its stream per hour, in the counter's unit


def _unknown() -> Decimal | None:
    return None


def _no_flow(_time: datetime) -> Decimal | None:
    return None


class Situation(NamedTuple):
    """What is known around a value: earlier good values, the newest first. What is dear to find out is a function, asked if it decides."""

    time: datetime
    past: tuple[Past, ...] = ()
    flow_at: Callable[[datetime], Decimal | None] = _no_flow  # of its stream
    shut: bool = False  # the stream is known to be shut
    usual: Callable[[], Decimal | None] = _unknown  # usual_movement() of the days before; asked only of a value that stands still

    @property
    def last(self) -> Past | None:
        """The last good value."""
        return self.past[0] if self.past else None

    @property
    def flow(self) -> Decimal | None:
        """The flow at this hour."""
        return self.flow_at(self.time)

    @property
    def flow_before(self) -> Decimal | None:
        """The flow at the hour of the last good value."""
        return self.flow_at(self.past[0].time) if self.past else None


SMALLER_UNIT = {"MPa": "kPa", "kPa": "Pa", "m": "mm", "kg": "g"}
LARGER_UNIT = {"kPa": "MPa", "Pa": "kPa", "mm": "m", "g": "kg"}
PER_KILOPASCAL = {"MPa": Decimal("0.001"), "kPa": Decimal(1), "Pa": Decimal(1000), "bar": Decimal("0.01")}


def judge(rule: PointRule, value: Decimal, situation: Situation, tolerances: Tolerances | None = None) -> tuple[Question, ...]:
    """What is odd about a value, the most telling question first; empty for an honest one.

    ImplausibleError and its kinds refuse what cannot be a value, unless a slip of the unit explains it.
    """
    allowed = tolerances or Tolerances()
    if unit := _unit_question(rule, value, situation, allowed):
        return (unit,)
    refuse(rule, value, allowed)
    doubts = _counter_doubts(rule, value, situation) if rule.kind == "counter" else _gauge_doubts(rule, value, situation, allowed)
    return tuple([replace(doubt, limits=rule.limits, unit=rule.unit, last=situation.last) for doubt in doubts])


def refuse(rule: PointRule, value: Decimal, tolerances: Tolerances | None = None) -> None:
    """ImplausibleError for what cannot be a value: T outside −40..80 ℃, p < 0 or above design, a counter below 0 or past its end."""
    allowed = tolerances or Tolerances()
    if rule.kind == "counter":
        _refuse_counter(rule, value)
    elif rule.quantity == "temperature" and not allowed.low_degrees <= value <= allowed.high_degrees:
        raise TemperatureOutsideError(value=shown(value), unit=rule.unit, low=shown(allowed.low_degrees), high=shown(allowed.high_degrees))
    elif rule.quantity == "pressure":
        _refuse_pressure(rule, value)
    elif rule.quantity in NEVER_NEGATIVE and value < 0:
        raise ImplausibleError(value=shown(value), unit=rule.unit)


NEVER_NEGATIVE = frozenset({"flow", "difference", "concentration", "level", "volume"})


def _refuse_counter(rule: PointRule, value: Decimal) -> None:
    if value < 0:
        raise NegativeCounterError(value=shown(value))
    if rule.rollover is not None and value >= rule.rollover:
        raise BeyondCounterError(value=shown(value), rollover=shown(rule.rollover))


def _refuse_pressure(rule: PointRule, value: Decimal) -> None:
    if value < 0:
        raise NegativePressureError(value=shown(value), unit=rule.unit)
    if rule.design is not None and value > rule.design:
        raise AboveDesignError(value=shown(value), unit=rule.unit, design=shown(rule.design))


def near(value: Decimal, goal: Decimal, percent: Decimal) -> bool:
    """Whether a value lies within so many percent of another."""
    return goal != 0 and abs(value - goal) * HUNDRED <= abs(goal) * percent


def _unit_question(rule: PointRule, value: Decimal, situation: Situation, allowed: Tolerances) -> Question | None:
    """A slip of unit, point or gauge/absolute: what the value becomes without it lands within 3 % of the last good one."""
    last = situation.last
    if last is None or not value or near(value, last.value, allowed.unit_percent):
        return None
    for kind, meant, unit in _slips(rule, value, allowed):
        if near(meant, last.value, allowed.unit_percent):
            return Question(kind, value, rule.unit, meant, last, rule.limits, unit)
    return None


def _slips(rule: PointRule, value: Decimal, allowed: Tolerances) -> tuple[tuple[Kind, Decimal, str], ...]:
    """What may have been meant; of a temperature only a lost point, for near 0 ℃ a tenth is an honest value."""
    if rule.quantity == "temperature":
        return ((Kind.TENTH, value.scaleb(-1), ""),)
    slips = (
        (Kind.THOUSANDTH, value.scaleb(-3), SMALLER_UNIT.get(rule.unit, "")),
        (Kind.THOUSANDFOLD, value.scaleb(3), LARGER_UNIT.get(rule.unit, "")),
        (Kind.TENFOLD, value.scaleb(1), ""),
        (Kind.TENTH, value.scaleb(-1), ""),
    )
    if rule.quantity != "pressure" or rule.unit not in PER_KILOPASCAL:
        return slips
    step = Decimal(1).scaleb(-max(rule.decimals, -int(value.as_tuple().exponent)))
    air = (allowed.p_atm * PER_KILOPASCAL[rule.unit]).quantize(step)
    return (*slips, (Kind.ABSOLUTE, value - air, ""), (Kind.GAUGE, value + air, ""))


def _gauge_doubts(rule: PointRule, value: Decimal, situation: Situation, allowed: Tolerances) -> list[Question]:
    doubts = []
    if rule.quantity == "flow" and _outside(rule, value):
        doubts.append(Question(Kind.RANGE, value, rule.unit))
    if (percent := _jump(rule, value, situation, allowed)) is not None:
        doubts.append(Question(Kind.JUMP, value, rule.unit, percent=percent))
    if rule.quantity in MAY_STAND and _frozen(value, situation, allowed):
        doubts.append(Question(Kind.FROZEN, value, rule.unit))
    return doubts


def _outside(rule: PointRule, value: Decimal) -> bool:
    """Outside [q_min, q_max]; no flow at all is a shut stream and no doubt."""
    return value != 0 and ((rule.design is not None and value > rule.design) or (rule.range_low is not None and value < rule.range_low))


def _jump(rule: PointRule, value: Decimal, situation: Situation, allowed: Tolerances) -> Decimal | None:
    """By how many percent (degrees for a temperature) it changed against the last hour, where that is too much."""
    last = situation.last
    if last is None or situation.time - last.time > HOUR:
        return None
    change = abs(value - last.value)
    if rule.quantity == "temperature":
        return change if change > allowed.jump_degrees else None
    if rule.quantity not in ("pressure", "flow", "concentration") or last.value == 0 or value == 0:
        return None
    percent = change * HUNDRED / abs(last.value)
    most = allowed.flow_jump_percent if rule.quantity == "flow" else allowed.jump_percent
    return percent.quantize(Decimal(1)) if percent > most else None


def _frozen(value: Decimal, situation: Situation, allowed: Tolerances) -> bool:
    """The same to the last digit at this hour and the `still_hours` before it, while the flow of those hours moved.

    Only of a value that is read finely enough to move every hour: the temperature of a quiet night stands honestly at a tenth of a degree.
    """
    hours = allowed.still_hours
    past = situation.past[:hours]
    for each in past:
        if each.value.compare_total(value):
            return False
    if len(past) < hours or situation.time - past[-1].time > hours * HOUR:
        return False
    if not _moved([situation.flow, *[situation.flow_at(each.time) for each in past]]):
        return False
    usual = situation.usual()
    return usual is not None and usual >= allowed.still_steps * last_digit(value)


def last_digit(value: Decimal) -> Decimal:
    """What one step of the last digit written is worth: 0.01 for 2.40."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def usual_movement(past: Sequence[Past]) -> Decimal | None:
    """What a value moves by, or by more, in nine of ten hours: the newest first; None where less than a day of hours is known.

    The newest hours in which it stands still already are left out: they are what is asked about.
    """
    before = list(dropwhile(lambda each: each.value == past[0].value, past)) if past else []
    hourly = sorted(abs(new.value - old.value) for new, old in pairwise(before) if new.time - old.time == HOUR)
    return hourly[len(hourly) // 10] if len(hourly) >= A_DAY else None


def _moved(flows: Collection[Decimal | None]) -> bool:
    known = [flow for flow in flows if flow is not None]
    return len(known) > 1 and max(known) > 0 and max(known) - min(known) > CHANGED * max(known)


def _counter_doubts(rule: PointRule, value: Decimal, situation: Situation) -> list[Question]:
    last = situation.last
    if last is None:
        return []
    moved = value - last.value
    if moved < 0:
        return [] if rolled_over(rule, value, situation) else [Question(Kind.BACKWARDS, value, rule.unit)]
    if moved == 0:
        return [Question(Kind.STILL, value, rule.unit)] if _flowing(situation) else []
    if situation.shut or (situation.flow == 0 and situation.flow_before == 0):
        return [Question(Kind.MOVES, value, rule.unit)]
    most = _most(rule, situation)
    return [Question(Kind.TOO_FAR, value, rule.unit)] if most is not None and moved > most else []


def _flowing(situation: Situation) -> bool:
    """Flow shows at this hour and showed at the last: a counter between them must have moved."""
    return bool(situation.flow) and situation.flow_before != 0


def _most(rule: PointRule, situation: Situation) -> Decimal | None:
    """The most a counter can have moved since the last value: 1.2·q_max·Δt."""
    last = situation.last
    if last is None or rule.design_flow is None:
        return None
    hours = Decimal(int((situation.time - last.time).total_seconds())) / 3600
    return ROLLOVER_MARGIN * rule.design_flow * max(hours, Decimal(1))


def rolled_over(rule: PointRule, value: Decimal, situation: Situation) -> bool:
    """Whether a smaller count is the counter's rollover: accepted only if the wrapped volume ≤ 1.2·q_max·Δt."""
    last, most = situation.last, _most(rule, situation)
    if rule.rollover is None or last is None or most is None:
        return False
    return value + rule.rollover - last.value <= most


def check_hour(hour: datetime, now: datetime, zone: ZoneInfo, before: timedelta = timedelta(minutes=10)) -> None:
    """Whether an hour may be read now. NotAnHourError, FutureHourError (says from when on)."""
    if minute_of(hour, zone) % 60 or hour.second or hour.microsecond:
        raise NotAnHourError()
    if now < hour - before:
        raise FutureHourError(hour=format_time(hour, zone), opens=format_time(hour - before, zone))
