"""Hourly readings: when an hour counts as on time, which are open or missing, abnormal runs and what they owe, summaries.

On time from −10 to +15 min around the hour, later is 补录 with both times; the reading at the change of shift is one reading:
closing for one shift, opening for the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from itertools import pairwise

from stationdesk.domain.errors import DomainError
from stationdesk.domain.limits import Grade, Limits
from stationdesk.domain.words import N_
from stationdesk.values import dataclass


class ShiftReadError(DomainError):
    """A first reading for a shift that is handed over."""

    words = N_("This shift is handed over: a missing hour stays missing, a value in place is corrected with words.")
    field = "value"


class CorrectionWordsError(DomainError):
    """A correction after the handover without words."""

    words = N_("A correction after the handover needs a word why.")
    field = "words"


class SameValueError(DomainError):
    """A correction that changes nothing."""

    words = N_("The value is the same as the one in place.")
    field = "value"


class ExplanationWordsError(DomainError):
    """An explanation without words."""

    words = N_("Write a word, or choose a phrase.")
    field = "words"


class GapRangeError(DomainError):
    """A range of missing hours in which none is missing."""

    words = N_("No hour is missing in this range.")
    field = "to_time"


@dataclass(frozen=True)
class OnTime:
    """The window around the hour in which a reading counts as on time."""

    before: timedelta = timedelta(minutes=10)
    after: timedelta = timedelta(minutes=15)

    def opens(self, hour: datetime) -> datetime:
        """From when the hour may be read."""
        return hour - self.before

    def closes(self, hour: datetime) -> datetime:
        """Until when, itself included, it is on time."""
        return hour + self.after


class Timing(StrEnum):
    """When a reading is entered, against its hour."""

    EARLY = "early"  # not yet to be read
    ON_TIME = "on_time"
    LATE = "late"  # 补录: shown with both times


def timing(hour: datetime, at: datetime, window: OnTime | None = None) -> Timing:
    """Whether a reading of the hour entered at `at` is on time."""
    window = window or OnTime()
    if at < window.opens(hour):
        return Timing.EARLY
    return Timing.ON_TIME if at <= window.closes(hour) else Timing.LATE


class HourState(StrEnum):
    """How an hour of a shift stands."""

    TO_COME = "to_come"
    OPEN = "open"  # its window runs and values are wanting
    DONE = "done"
    MISSING = "missing"  # its window is over and values are wanting
    EXPLAINED = "explained"  # missing, with words


@dataclass(frozen=True)
class Hour:
    """An hour of the grid: how many of its points are read."""

    time: datetime
    state: HourState
    read: int
    points: int


@dataclass(frozen=True)
class Gap:
    """Words about hours not read, from–to, both included; point None means all points."""

    start: datetime
    end: datetime
    point: str | None = None


def hour_states(
    shift_hours: Iterable[datetime],
    points: Sequence[str],
    read: Mapping[datetime, frozenset[str]],
    gaps: Sequence[Gap],
    now: datetime,
    window: OnTime | None = None,
) -> tuple[Hour, ...]:
    """How each hour stands; read: hour → codes of the points that have a value."""
    window = window or OnTime()
    return tuple(_hour(time, points, read.get(time, frozenset()), gaps, now, window) for time in shift_hours)


def _hour(time: datetime, points: Sequence[str], read: frozenset[str], gaps: Sequence[Gap], now: datetime, window: OnTime) -> Hour:
    wanting = [point for point in points if point not in read]
    state = HourState.DONE
    if wanting and now < window.opens(time):
        state = HourState.TO_COME
    elif wanting and now <= window.closes(time):
        state = HourState.OPEN
    elif wanting:
        state = HourState.EXPLAINED if all(gap_holds(gaps, time, point) for point in wanting) else HourState.MISSING
    return Hour(time, state, len(points) - len(wanting), len(points))


def gap_holds(gaps: Iterable[Gap], time: datetime, point: str) -> bool:
    """Whether words were given for this hour of this point."""
    return any(gap.start <= time <= gap.end and gap.point in (None, point) for gap in gaps)


def missing_ranges(hours: Iterable[Hour]) -> tuple[tuple[datetime, datetime], ...]:
    """The missing hours without words, as ranges of hours in a row, to be explained once each."""
    ranges: list[tuple[datetime, datetime]] = []
    before: datetime | None = None
    for hour in sorted(hours, key=lambda hour: hour.time):
        if hour.state is not HourState.MISSING:
            before = None
            continue
        if before is not None:
            ranges[-1] = (ranges[-1][0], hour.time)
        else:
            ranges.append((hour.time, hour.time))
        before = hour.time
    return tuple(ranges)


def check_gap(hours: Iterable[Hour], start: datetime, end: datetime, words: str) -> str:
    """The words about a missing range, trimmed. ExplanationWordsError, GapRangeError."""
    if not any(start <= hour.time <= end and hour.state is HourState.MISSING for hour in hours):
        raise GapRangeError()
    return check_words(words)


def check_words(words: str) -> str:
    """Words that say something, trimmed. ExplanationWordsError."""
    if not words.strip():
        raise ExplanationWordsError()
    return words.strip()


@dataclass(frozen=True)
class Reading:
    """A value in force of one point, with the limits in force when it was read; nth > 0 was corrected."""

    point: str
    time: datetime
    value: Decimal
    limits: Limits = field(default_factory=Limits)
    nth: int = 0
    doubt: str = ""

    @property
    def grade(self) -> Grade:
        """How abnormal it is."""
        return self.limits.grade(self.value).grade


@dataclass(frozen=True)
class Run:
    """An abnormality that lasts: readings of one point in a row, each beyond a limit. It owes one explanation (待说明)."""

    point: str
    readings: tuple[Reading, ...]
    ended: bool  # a later reading is normal again

    @property
    def since(self) -> datetime:
        """Its first abnormal hour."""
        return self.readings[0].time

    @property
    def until(self) -> datetime:
        """Its last abnormal hour."""
        return self.readings[-1].time

    @property
    def grade(self) -> Grade:
        """The worst it was."""
        return max((reading.grade for reading in self.readings), key=lambda grade: grade.rank)

    @property
    def last(self) -> Reading:
        """Its last reading."""
        return self.readings[-1]


@dataclass(frozen=True)
class Explained:
    """An explanation as the store has it."""

    point: str
    since: datetime
    grade: str = ""


def runs(readings: Iterable[Reading]) -> tuple[Run, ...]:
    """The abnormal runs of all points by their beginning. An hour not read does not end a run, only a normal value does."""
    found: list[Run] = []
    by_point: dict[str, list[Reading]] = {}
    for reading in sorted(readings, key=lambda reading: reading.time):
        by_point.setdefault(reading.point, []).append(reading)
    for point, series in by_point.items():
        found += _runs_of(point, series)
    return tuple(sorted(found, key=lambda run: (run.since, run.point)))


def _runs_of(point: str, series: Sequence[Reading]) -> list[Run]:
    found: list[Run] = []
    standing: list[Reading] = []
    for reading in series:
        if reading.grade is not Grade.NONE:
            standing.append(reading)
        elif standing:
            found.append(Run(point, tuple(standing), ended=True))
            standing = []
    return [*found, Run(point, tuple(standing), ended=False)] if standing else found


def owed(abnormal: Iterable[Run], explained: Iterable[Explained]) -> tuple[Run, ...]:
    """The runs that still owe words: none given within the run, or only for a milder grade."""
    given = tuple(explained)
    return tuple(run for run in abnormal if not any(_speaks_of(each, run) for each in given))


def _speaks_of(explanation: Explained, run: Run) -> bool:
    rank = Grade(explanation.grade).rank if explanation.grade else Grade.AMBER.rank
    return explanation.point == run.point and run.since <= explanation.since <= run.until and rank >= run.grade.rank


def doubts_owed(readings: Iterable[Reading], explained: Iterable[Explained]) -> tuple[Reading, ...]:
    """Values left standing with a doubt and without a word; a run's explanation at the same hour speaks for them too."""
    given = {(each.point, each.since) for each in explained}
    return tuple(reading for reading in readings if reading.doubt and (reading.point, reading.time) not in given)


def next_nth(taken: Sequence[int], old: Decimal | None, new: Decimal, *, shift_closed: bool, words: str = "") -> int:
    """The number of the next value of an hour: 0 first, then 1, 2 … for corrections; the one before stays, struck through.

    After the shift is closed only corrections with words are taken: ShiftReadError, CorrectionWordsError. SameValueError where nothing
    changes (2.4 for 2.40 is a change of what was typed).
    """
    if not taken:
        if shift_closed:
            raise ShiftReadError()
        return 0
    if old is not None and old.as_tuple() == new.as_tuple():
        raise SameValueError()
    if shift_closed and not words.strip():
        raise CorrectionWordsError()
    return max(taken) + 1


@dataclass(frozen=True)
class Summary:
    """A point over some hours: extremes with their first hours, mean to the decimals asked for, hours beyond limits."""

    point: str
    count: int
    first: Decimal
    last: Decimal
    low: Decimal
    low_at: datetime
    high: Decimal
    high_at: datetime
    mean: Decimal
    over: int
    corrected: int


def summaries(readings: Iterable[Reading], decimals: Mapping[str, int]) -> dict[str, Summary]:
    """A summary of each point that has readings; decimals: of its mean, by point."""
    by_point: dict[str, list[Reading]] = {}
    for reading in sorted(readings, key=lambda reading: reading.time):
        by_point.setdefault(reading.point, []).append(reading)
    return {point: summary(series, decimals.get(point, 2)) for point, series in by_point.items()}


def summary(series: Sequence[Reading], decimals: int) -> Summary:
    """The summary of one point's readings in the order of time; at least one."""
    values = [reading.value for reading in series]
    low = min(series, key=lambda reading: reading.value)
    high = max(series, key=lambda reading: reading.value)
    mean = (sum(values, Decimal(0)) / len(values)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    over = sum(reading.grade is not Grade.NONE for reading in series)
    corrected = sum(reading.nth > 0 for reading in series)
    return Summary(series[0].point, len(series), values[0], values[-1], low.value, low.time, high.value, high.time, mean, over, corrected)


def moved(series: Sequence[Reading], rollover: Decimal | None = None) -> Decimal | None:
    """What a counter went on from the first to the last reading, rollovers added; None for fewer than two."""
    if len(series) < 2:
        return None
    steps = (after.value - before.value for before, after in pairwise(series))
    return sum((step + rollover if step < 0 and rollover is not None else step for step in steps), Decimal(0))
