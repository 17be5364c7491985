"""Rounds: when they are due, how their windows stand, and how many people they want.

A round is late (迟检) when it began after its window, missed (漏检) when the next window or the end of the shift came first, and made up
(补检) when it was walked after that. How often, and with how many people, is a route's to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import Span, at_wall, clock_text, day_of, minutes_between, month_of, parse_clock
from stationdesk.domain.words import N_
from stationdesk.values import dataclass


class ScheduleError(DomainError):
    """A schedule that says nothing."""

    words = N_("A schedule needs an interval or times of day.")
    field = "schedule"


class FewPeopleError(DomainError):
    """Fewer people than the route wants, and no reason."""

    words = N_("This round wants {needed} people, {present} set out: say why. It is not held up.")
    field = "few_reason"


class ExcuseWordsError(DomainError):
    """Words about a late or missed round that say nothing."""

    words = N_("Say why the round was late or missed.")
    field = "words"


class WalkedOrderError(DomainError):
    """A walk that ends before it begins, or in the future."""

    words = N_("The walk must end after it began and not in the future.")
    field = "walked_to"


@dataclass(frozen=True)
class Schedule:
    """When windows begin: every so many minutes from so many after the start of the shift, or at clock times; on some days only.

    days: of the month, −1 its last; weekdays: 1 Monday to 7; empty means every day. Minutes throughout.
    """

    every: int = 0
    first: int = 0
    times: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()


def schedule_of(data: Mapping[str, Any]) -> Schedule:
    """From JSON: {"every": "02:00", "first": "01:00"} or {"times": ["00:30"], "days": [1, 25], "weekdays": [1]}.

    ScheduleError, ClockError.
    """
    every = parse_clock(data["every"]) if "every" in data else 0
    times = tuple(sorted({parse_clock(each) for each in data.get("times", ())}))
    if not every and not times:
        raise ScheduleError()
    days, weekdays = (tuple(int(each) for each in data.get(key, ())) for key in ("days", "weekdays"))
    if any(day not in (*range(1, 32), -1) for day in days) or any(day not in range(1, 8) for day in weekdays):
        raise ScheduleError()
    return Schedule(every, parse_clock(data.get("first", "00:00")), times, days, weekdays)


def schedule_data(schedule: Schedule) -> dict[str, Any]:
    """As JSON keeps it; `schedule_of` reads it back."""
    data: dict[str, Any] = {}
    if schedule.every:
        data |= {"every": clock_text(schedule.every), "first": clock_text(schedule.first)}
    if schedule.times:
        data["times"] = [clock_text(each) for each in schedule.times]
    if schedule.days:
        data["days"] = list(schedule.days)
    if schedule.weekdays:
        data["weekdays"] = list(schedule.weekdays)
    return data


@dataclass(frozen=True)
class Window:
    """A due window: walked from `start` to `end` it is on time; from `lost` on it counts as missed. nth counts from 1 in the shift."""

    start: datetime
    end: datetime
    lost: datetime
    nth: int = 1


def windows(schedule: Schedule, minutes: int, span: Span, zone: ZoneInfo) -> tuple[Window, ...]:
    """The windows, each so many minutes long, that begin in a shift."""
    starts = sorted({start for start in _starts(schedule, span, zone) if span.holds(start) and _on_day(schedule, day_of(start, zone))})
    bounds = [*starts[1:], span.end][: len(starts)]
    length = timedelta(minutes=minutes)
    return tuple(
        Window(start, start + length, max(bound, start + length) if bound == span.end else bound, n)
        for n, (start, bound) in enumerate(zip(starts, bounds, strict=True), 1)
    )


def _starts(schedule: Schedule, span: Span, zone: ZoneInfo) -> Iterable[datetime]:
    if schedule.every:
        start = span.start + timedelta(minutes=schedule.first)
        while start < span.end:
            yield start
            start += timedelta(minutes=schedule.every)
    first, last = day_of(span.start, zone), day_of(span.end, zone)
    for n in range((last - first).days + 1):
        yield from (at_wall(first + timedelta(days=n), minutes, zone) for minutes in schedule.times)


def _on_day(schedule: Schedule, day: date) -> bool:
    last = month_of(day)[1]
    in_month = not schedule.days or day.day in schedule.days or (-1 in schedule.days and day == last)
    return in_month and (not schedule.weekdays or day.isoweekday() in schedule.weekdays)


class WindowState(StrEnum):
    """How a due window stands."""

    TO_COME = "to_come"
    DUE = "due"
    OVERDUE = "overdue"  # its end is past, it may still be walked late
    RUNNING = "running"
    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    MADE_UP = "made_up"


@dataclass(frozen=True)
class Walk:
    """A round as far as its window is concerned: when it was walked (of a paper round as written on it), and whether it is signed off."""

    round_id: int
    window: datetime | None  # start of the window it was started for
    start: datetime
    end: datetime | None
    closed: bool
    aborted: bool = False


@dataclass(frozen=True)
class Standing:
    """A window with its state; late: minutes after the window's end at which the walk began."""

    window: Window
    state: WindowState
    late: int = 0
    round_id: int | None = None
    excused: bool = False

    @property
    def owes_words(self) -> bool:
        """Late, missed or made up, and nothing said about it."""
        return self.state in (WindowState.LATE, WindowState.MISSED, WindowState.MADE_UP) and not self.excused


def standing(
    window: Window, walks: Sequence[Walk], now: datetime, *, excused: bool = False, tolerance: timedelta = timedelta(0)
) -> Standing:
    """How a window stands at a time. An aborted round does not count; of several the signed one does.

    tolerance: how long after its end a walk may begin and still be on time.
    """
    mine = [walk for walk in walks if walk.window == window.start and not walk.aborted]
    done = next((walk for walk in mine if walk.closed), None)
    if done is not None:
        return _walked(window, done, excused, tolerance)
    if mine:
        return Standing(window, WindowState.RUNNING, round_id=mine[0].round_id, excused=excused)
    return Standing(window, _unwalked(window, now), excused=excused)


def _walked(window: Window, walk: Walk, excused: bool, tolerance: timedelta) -> Standing:
    if walk.start <= window.end + tolerance:
        return Standing(window, WindowState.DONE, 0, walk.round_id, excused)
    state = WindowState.LATE if walk.start < window.lost else WindowState.MADE_UP
    return Standing(window, state, minutes_between(window.end, walk.start), walk.round_id, excused)


def _unwalked(window: Window, now: datetime) -> WindowState:
    if now < window.start:
        return WindowState.TO_COME
    if now <= window.end:
        return WindowState.DUE
    return WindowState.OVERDUE if now < window.lost else WindowState.MISSED


def check_people(needed: int, present: int, reason: str = "") -> str:
    """The reason, trimmed, why fewer set out than wanted (二人巡检); "" where enough do. FewPeopleError until a reason is given."""
    if present >= needed:
        return ""
    if not reason.strip():
        raise FewPeopleError(needed=needed, present=present)
    return reason.strip()


def check_excuse(words: str) -> str:
    """Words about a late or missed window, trimmed. ExcuseWordsError."""
    if not words.strip():
        raise ExcuseWordsError()
    return words.strip()


def check_walked(start: datetime, end: datetime, now: datetime) -> None:
    """Times of a walk typed from paper. WalkedOrderError."""
    if end < start or end > now:
        raise WalkedOrderError()
