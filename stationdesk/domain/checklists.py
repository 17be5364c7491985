"""Checklists: in which period each is due, and how it stands in a shift.

Each shift, once a day, a week or a month, or so many times a month at irregular times (不定期, duty D12); every cadence is the
profile's default and the station's to change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import month_of, week_of
from stationdesk.domain.words import N_
from stationdesk.values import dataclass


class PeriodError(DomainError):
    """A period that is none."""

    words = N_("A checklist is due each shift, day, week or month, or at random.")
    field = "schedule"


class Every(StrEnum):
    """How often a checklist is due."""

    SHIFT = "shift"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    RANDOM = "random"  # so many times a month, no day fixed


@dataclass(frozen=True)
class Period:
    """How often, in which kinds of shift (empty: any), on which weekday or day of the month, in which months (empty: all), how many times.

    A weekly or monthly list is due from its day to the end of its week or month, until it is done; day −1 is the last of the month.
    """

    every: Every
    kinds: tuple[str, ...] = ()
    weekday: int = 1
    day: int = 1
    months: tuple[int, ...] = ()
    times: int = 1


def period_of(data: Mapping[str, Any]) -> Period:
    """From JSON: {"every": "week", "weekday": 1, "kinds": ["D"], "months": [11, 12, 1, 2, 3]}. PeriodError."""
    try:
        every = Every(data["every"])
    except (KeyError, ValueError):
        raise PeriodError() from None
    kinds, months = tuple(str(k) for k in data.get("kinds", ())), tuple(int(m) for m in data.get("months", ()))
    period = Period(every, kinds, int(data.get("weekday", 1)), int(data.get("day", 1)), months, int(data.get("times", 1)))
    days_fit = period.weekday in range(1, 8) and period.day in (*range(1, 32), -1)
    if not days_fit or period.times < 1 or not set(months) <= set(range(1, 13)):
        raise PeriodError()
    return period


def period_data(period: Period) -> dict[str, Any]:
    """As JSON keeps it; `period_of` reads it back."""
    data: dict[str, Any] = {"every": str(period.every)}
    if period.kinds:
        data["kinds"] = list(period.kinds)
    if period.months:
        data["months"] = list(period.months)
    if period.every is Every.WEEK:
        data["weekday"] = period.weekday
    if period.every is Every.MONTH:
        data["day"] = period.day
    if period.every is Every.RANDOM:
        data["times"] = period.times
    return data


@dataclass(frozen=True)
class Done:
    """A checklist signed off: the shift's day and kind it counts for, and its part of the shift."""

    day: date
    kind: str
    part: int = 1


class DueState(StrEnum):
    """How a checklist stands in a shift."""

    NOT_DUE = "not_due"
    DUE = "due"
    OVERDUE = "overdue"  # of a week or month: its day is past
    DONE = "done"
    HINT = "hint"  # a random one that would fit today; it never stands in the way


@dataclass(frozen=True)
class Due:
    """How a checklist stands: done within its period, first and last day of which are given, so many times of so many."""

    state: DueState
    first: date
    last: date
    done: int = 0
    times: int = 1

    @property
    def owed(self) -> bool:
        """It belongs to this shift and is not done."""
        return self.state in (DueState.DUE, DueState.OVERDUE)


def due_days(period: Period, day: date) -> tuple[date, date]:
    """First and last day on which the list of this day's period is to be done."""
    if period.every is Every.WEEK:
        monday, sunday = week_of(day)
        return date.fromordinal(monday.toordinal() + period.weekday - 1), sunday
    if period.every in (Every.MONTH, Every.RANDOM):
        first, last = month_of(day)
        if period.every is Every.RANDOM:
            return first, last
        return (last if period.day == -1 or period.day > last.day else first.replace(day=period.day)), last
    return day, day


def due(period: Period, day: date, kind: str, done: Sequence[Done], *, part: int = 1) -> Due:
    """How the list stands in the shift of a day and kind; done: what was signed off, of any time."""
    first, last = due_days(period, day)
    counted = _counted(period, first if period.every is not Every.WEEK else week_of(day)[0], last, done, kind, part)
    times = period.times if period.every is Every.RANDOM else 1
    if counted >= times:
        return Due(DueState.DONE, first, last, counted, times)
    if not _in_season(period, day, kind) or day < first:
        return Due(DueState.NOT_DUE, first, last, counted, times)
    if period.every is Every.RANDOM:
        return Due(_random(day, last, counted, times), first, last, counted, times)
    late = period.every in (Every.WEEK, Every.MONTH) and day > first
    return Due(DueState.OVERDUE if late else DueState.DUE, first, last, counted, times)


def _counted(period: Period, first: date, last: date, done: Sequence[Done], kind: str, part: int) -> int:
    if period.every is Every.SHIFT:
        return sum(each.day == first and each.kind == kind and each.part == part for each in done)
    begins = month_of(first)[0] if period.every is Every.MONTH else first
    return sum(begins <= each.day <= last for each in done)


def _in_season(period: Period, day: date, kind: str) -> bool:
    return (not period.months or day.month in period.months) and (not period.kinds or kind in period.kinds)


def _random(day: date, last: date, counted: int, times: int) -> DueState:
    """A hint while there is time; due when the days left are no more than the times still wanted."""
    return DueState.DUE if (last - day).days < times - counted else DueState.HINT


def in_order(codes: Collection[str], states: Mapping[str, Due]) -> tuple[str, ...]:
    """The lists that belong to the shift, overdue first, then due, done, hints."""
    rank = {DueState.OVERDUE: 0, DueState.DUE: 1, DueState.DONE: 2, DueState.HINT: 3}
    shown = [code for code in codes if states[code].state in rank]
    return tuple(sorted(shown, key=lambda code: rank[states[code].state]))
