"""Hours by the class they pay: midnight, holidays, rest inside a long duty, and the night the clock goes forward."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from stationdesk.domain.roster import Calendar, DayKind, SetDay
from stationdesk.domain.roster.overtime import Kept, classes, joined, worked_classes

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
H = 60
HOLIDAYS = Calendar({date(2026, 10, 1): SetDay(DayKind.STATUTORY), date(2026, 10, 10): SetDay(DayKind.MAKE_UP)})


def kept(start: str, end: str, idle: int = 0, zone: ZoneInfo = SHANGHAI) -> Kept:
    begin, until = (datetime.fromisoformat(each).replace(tzinfo=zone).astimezone(UTC) for each in (start, end))
    return Kept(((begin, until),), idle)


@pytest.mark.parametrize(
    ("shift", "wanted"),
    [
        (("2026-11-18T08:00", "2026-11-18T16:00"), (0, 0, 0)),
        (("2026-11-18T08:00", "2026-11-18T20:00"), (4 * H, 0, 0)),
        (("2026-11-18T20:00", "2026-11-19T08:00"), (4 * H, 0, 0)),  # one shift, though it has two days
        (("2026-11-20T20:00", "2026-11-21T08:00"), (0, 8 * H, 0)),  # Friday to Saturday
        (("2026-09-30T20:00", "2026-10-01T08:00"), (0, 0, 8 * H)),  # into the national day
        (("2026-10-10T08:00", "2026-10-10T17:00"), (1 * H, 0, 0)),  # a Saturday that is worked
        (("2026-11-21T16:00", "2026-11-22T00:00"), (0, 8 * H, 0)),
    ],
)
def test_hours_pay_by_the_day_they_fall_on(shift: tuple[str, str], wanted: tuple[int, int, int]) -> None:
    assert tuple(classes(kept(*shift), HOLIDAYS, SHANGHAI).values()) == wanted


def test_standby_and_rest_of_a_long_duty_make_the_second_reading() -> None:
    long = kept("2026-11-18T08:00", "2026-11-19T08:00", idle=12 * H)
    assert (long.presence, long.work) == (24 * H, 12 * H)
    assert tuple(classes(long, HOLIDAYS, SHANGHAI).values()) == (16 * H, 0, 0)
    assert tuple(worked_classes(long, HOLIDAYS, SHANGHAI).values()) == (4 * H, 0, 0)
    weekend = kept("2026-11-21T08:00", "2026-11-22T08:00", idle=12 * H)
    assert tuple(worked_classes(weekend, HOLIDAYS, SHANGHAI).values()) == (0, 12 * H, 0)
    assert sum(worked_classes(Kept(()), HOLIDAYS, SHANGHAI).values()) == 0


def test_the_night_of_the_clock_change_has_its_real_length() -> None:
    spring = kept("2026-03-28T22:00", "2026-03-29T06:00", zone=BERLIN)
    assert spring.presence == 7 * H
    assert tuple(classes(spring, Calendar(), BERLIN).values()) == (0, 7 * H, 0)


def test_what_overlaps_counts_once() -> None:
    at = [datetime(2026, 11, 18, hour, tzinfo=UTC) for hour in range(10)]
    assert joined([(at[4], at[6]), (at[0], at[2]), (at[1], at[3]), (at[6], at[7]), (at[9], at[8])]) == ((at[0], at[3]), (at[4], at[7]))
