"""Predicted sleepiness by the three-process model (Ingre et al. 2014, PLoS ONE 9(10) e108679): a reference, never a verdict.

Sleepiness is KSS, 1 (very alert) to 9 (fighting sleep). What somebody really sleeps nobody knows: it is assumed by `Sleep`, and said so
wherever a number is shown.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import cos, exp, log, pi
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import DAY, Span, at_wall
from stationdesk.domain.roster.duties import NIGHT, Duty, Night, at_work
from stationdesk.domain.roster.sleep import USUAL_SLEEP, Sleep, assumed

HOUR = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
SETTLING = 7
"""Nights slept in full before the first shift that is known: the model has forgotten its start by then."""


@dataclass(frozen=True)
class Model:
    """Parameters of the model; hours, and the model's own unit of alertness."""

    low: float = 2.4  # la: where alertness would end without sleep
    high: float = 14.3  # ha: where it would end in endless sleep
    falls: float = -0.0353  # d, per hour awake
    rises: float = log((14.3 - 14) / (14.3 - 7.96)) / 8  # g, per hour asleep
    bend: float = 12.2  # bl: until here it rises along a straight line
    begins: float = 7.96  # S as the first sleep begins
    mean_c: float = 0.0
    swing_c: float = 2.5
    peak: float = 16.8  # p, time of day
    mean_u: float = -0.5
    swing_u: float = 0.5
    wake: float = -5.72  # W_c
    clears: float = -1.51  # W_d, per hour awake

    def awake(self, start: float, hours: float) -> float:
        """S after so many hours awake."""
        return self.low + (start - self.low) * exp(self.falls * hours)

    def asleep(self, start: float, hours: float) -> float:
        """S after so many hours of sleep: along a straight line up to the bend, then ever slower towards the top."""
        slope = self.rises * (self.bend - self.high)
        until = max(0.0, (self.bend - start) / slope)
        if hours <= until:
            return start + slope * hours
        return self.high - (self.high - max(start, self.bend)) * exp(self.rises * (hours - until))

    def kss(self, s: float, time_of_day: float, awake: float) -> float:
        """Sleepiness from 1 to 9 by alertness, time of day and hours since waking."""
        c = self.mean_c + self.swing_c * cos(2 * pi / 24 * (time_of_day - self.peak))
        u = self.mean_u + self.swing_u * cos(2 * pi / 12 * (time_of_day - self.peak - 3))
        w = self.wake * exp(self.clears * awake)
        return min(9.0, max(1.0, 10.6 - 0.6 * (s + c + u + w)))


MODEL = Model()


class Band(StrEnum):
    """How sleepy."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


MIDDLE_FROM, HIGH_FROM = 5.0, 7.0


@dataclass(frozen=True)
class Hour:
    """One hour of one person: the sleepiness at its middle, None asleep."""

    start: datetime
    kss: float | None
    on_duty: bool


@dataclass(frozen=True)
class Fatigue:
    """A person's hours, and what of them counts: those on duty."""

    person: int
    hours: tuple[Hour, ...]

    @property
    def on_duty(self) -> tuple[float, ...]:
        """Sleepiness of the hours on duty; an hour slept during a duty is none of them."""
        return tuple(hour.kss for hour in self.hours if hour.on_duty and hour.kss is not None)

    @property
    def worst(self) -> float | None:
        """The highest on duty, None for who has no duty."""
        return max(self.on_duty, default=None)

    @property
    def mean(self) -> float | None:
        """The mean on duty."""
        return sum(self.on_duty) / len(self.on_duty) if self.on_duty else None

    @property
    def high_hours(self) -> int:
        """Hours on duty in the high band."""
        return sum(band(kss) == Band.HIGH for kss in self.on_duty)


def band(kss: float) -> Band:
    """Below 5 low, 5 to 7 middle, from 7 high."""
    return Band.HIGH if kss >= HIGH_FROM else Band.MIDDLE if kss >= MIDDLE_FROM else Band.LOW


def predict(
    person: int, duties: Iterable[Duty], first: date, last: date, zone: ZoneInfo, sleep: Sleep = USUAL_SLEEP, night: Night = NIGHT
) -> Fatigue:
    """A person's sleepiness hour by hour from the first to the last day; duties before it count, standby at home does not."""
    worked = at_work(sorted(duties))
    begins = min([first, *(each.day for each in worked)]) - SETTLING * ONE_DAY
    start, end = at_wall(begins, sleep.bed, zone), at_wall(last, DAY, zone)
    stretches = _stretches(assumed(worked, begins, last, zone, sleep, night), start, end)
    moments = [at_wall(first, 0, zone) + n * HOUR for n in range(int((end - at_wall(first, 0, zone)) / HOUR))]
    return Fatigue(person, tuple(_hour(moment, stretches, worked, zone) for moment in moments))


@dataclass(frozen=True)
class _Stretch:
    """A time awake or asleep, and S as it begins."""

    start: datetime
    asleep: bool
    s: float


def _stretches(sleeps: Sequence[Span], start: datetime, end: datetime) -> tuple[_Stretch, ...]:
    """Sleep and waking in turn; before the first known sleep ends the model has the S of a bedtime."""
    edges = sorted({edge for span in sleeps for edge in (span.start, span.end) if start < edge < end})
    found = [_Stretch(start, _asleep(sleeps, start), MODEL.begins)]
    for edge in edges:
        before = found[-1]
        hours = (edge - before.start) / HOUR
        s = MODEL.asleep(before.s, hours) if before.asleep else MODEL.awake(before.s, hours)
        found.append(_Stretch(edge, _asleep(sleeps, edge), s))
    return tuple(found)


def _asleep(sleeps: Sequence[Span], moment: datetime) -> bool:
    return any(span.holds(moment) for span in sleeps)


def _hour(moment: datetime, stretches: Sequence[_Stretch], duties: Sequence[Duty], zone: ZoneInfo) -> Hour:
    middle = moment + HOUR / 2
    now = stretches[bisect_right(stretches, middle, key=lambda each: each.start) - 1]
    last = bisect_right(duties, middle, key=lambda each: each.span.start)
    on_duty = any(each.span.holds(middle) for each in duties[max(0, last - 2) : last])
    if now.asleep:
        return Hour(moment, None, on_duty)
    awake, wall = (middle - now.start) / HOUR, middle.astimezone(zone)
    return Hour(moment, MODEL.kss(MODEL.awake(now.s, awake), wall.hour + wall.minute / 60, awake), on_duty)
