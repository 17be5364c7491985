"""Days and hours: midnight, month ends, leap days, and clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain import moments, words
from stationdesk.domain.moments import (
    ClockError,
    Span,
    at_wall,
    day_of,
    format_time,
    hours,
    latest_at,
    latest_since,
    meant_at,
    parse_clock,
    span_of,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
KATHMANDU = ZoneInfo("Asia/Kathmandu")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
ZONES = st.sampled_from([SHANGHAI, BERLIN, KATHMANDU, LORD_HOWE, ZoneInfo("America/St_Johns")])
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 30))
MOMENTS = st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def test_a_night_shift_has_nine_hours_and_belongs_to_its_start() -> None:
    span = span_of(date(2026, 11, 21), 0, 480, SHANGHAI)
    assert [format_time(each, SHANGHAI) for each in hours(span, SHANGHAI)] == [f"{n:02}:00" for n in range(9)]
    assert day_of(span.start, SHANGHAI) == date(2026, 11, 21)
    assert moments.format_span(span_of(date(2026, 11, 20), 960, 1440, SHANGHAI), SHANGHAI) == "16:00–24:00"


@pytest.mark.parametrize(
    ("day", "length", "stamps"),
    [
        (SPRING, 7, ["22", "23", "00", "01", "03", "04", "05", "06"]),
        (AUTUMN, 9, ["22", "23", "00", "01", "02", "02", "03", "04", "05", "06"]),
    ],
)
def test_a_clock_change_makes_a_night_shorter_or_longer(day: date, length: int, stamps: list[str]) -> None:
    span = span_of(day - timedelta(days=1), 22 * 60, 6 * 60, BERLIN)
    assert span.length == timedelta(hours=length)
    assert [format_time(each, BERLIN)[:2] for each in hours(span, BERLIN)] == stamps


def test_a_time_the_clock_skips_or_shows_twice_has_one_moment() -> None:
    assert at_wall(SPRING, 150, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert at_wall(AUTUMN, 150, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2026, 12, 31), date(2026, 4, 30)])
def test_midnight_at_month_end_leap_day_and_year_end(day: date) -> None:
    span = span_of(day, 16 * 60, 24 * 60, SHANGHAI)
    assert day_of(span.end, SHANGHAI) == day + timedelta(days=1)
    assert format_time(span.end, SHANGHAI, day) == "24:00"
    assert format_time(span.end, SHANGHAI) == "00:00"
    assert span_of(day, 8 * 60, 8 * 60, SHANGHAI).length == timedelta(hours=24)


@given(DAYS, st.integers(0, 1439), st.integers(0, 1440), ZONES)
def test_a_span_is_never_empty_and_within_two_hours_of_the_clock(day: date, start: int, end: int, zone: ZoneInfo) -> None:
    span = span_of(day, start, end, zone)
    clock = timedelta(minutes=end - start if end > start else end + 1440 - start)
    assert abs(span.length - clock) <= timedelta(hours=2)
    assert span.length > timedelta(0) or clock <= timedelta(hours=1)


@given(DAYS, st.integers(0, 23), st.integers(1, 24), ZONES)
def test_hours_are_full_hours_in_order_without_holes(day: date, start: int, length: int, zone: ZoneInfo) -> None:
    span = Span(at_wall(day, start * 60, zone), at_wall(day, (start + length) * 60, zone))
    found = hours(span, zone)
    assert all(moments.minute_of(each, zone) % 60 == 0 and span.start <= each <= span.end for each in found)
    assert list(found) == sorted(set(found))
    assert all(timedelta(minutes=30) <= b - a <= timedelta(minutes=90) for a, b in pairwise(found))
    assert not found or span.end - found[-1] < timedelta(minutes=90)


@given(MOMENTS, st.integers(0, 1439), ZONES)
def test_the_latest_such_time_is_past_and_less_than_a_day_and_two_hours_ago(at: datetime, minutes: int, zone: ZoneInfo) -> None:
    found = latest_at(minutes, at, zone)
    assert found <= at
    assert at - found < timedelta(hours=26)


def test_a_time_a_little_ahead_is_a_slip_and_not_the_day_before() -> None:
    at = at_wall(date(2026, 11, 21), 3 * 60 + 40, SHANGHAI)
    assert meant_at(3 * 60 + 50, at, SHANGHAI) == at + timedelta(minutes=10)
    assert meant_at(23 * 60 + 50, at, SHANGHAI) == at - timedelta(hours=3, minutes=50)


def test_a_time_of_a_shift_is_of_that_shift_or_still_to_come() -> None:
    began, at = at_wall(date(2026, 11, 21), 0, SHANGHAI), at_wall(date(2026, 11, 21), 3 * 60 + 40, SHANGHAI)
    since = began - timedelta(hours=1)
    assert latest_since(35, since, at, SHANGHAI) == began + timedelta(minutes=35)
    assert latest_since(23 * 60 + 50, since, at, SHANGHAI) == began - timedelta(minutes=10)
    assert latest_since(3 * 60 + 50, since, at, SHANGHAI) == at + timedelta(minutes=10)


def test_a_time_typed_after_midnight_was_yesterday() -> None:
    at = at_wall(date(2026, 11, 21), 10, SHANGHAI)
    assert latest_at(23 * 60 + 50, at, SHANGHAI) == at - timedelta(minutes=20)
    assert latest_at(10, at, SHANGHAI) == at


@given(MOMENTS, ZONES)
def test_the_hour_of_a_moment_is_full_and_at_most_an_hour_before(moment: datetime, zone: ZoneInfo) -> None:
    hour = moments.hour_of(moment, zone)
    assert moments.minute_of(hour, zone) % 60 == 0
    assert timedelta(0) <= moment - hour < timedelta(hours=1)


def test_the_coming_hour_is_read_from_ten_minutes_before() -> None:
    def read(minutes: int) -> str:
        return format_time(moments.nearest_hour(at_wall(date(2026, 11, 21), minutes, SHANGHAI), SHANGHAI), SHANGHAI)

    assert [read(n) for n in (409, 410, 420, 435)] == ["06:00", "07:00", "07:00", "07:00"]


@pytest.mark.parametrize(
    ("typed", "minutes"), [("07:30", 450), ("7:30", 450), ("0730", 450), ("７：３０", 450), ("24:00", 1440), ("00:00", 0)]
)
def test_a_clock_time_is_understood(typed: str, minutes: int) -> None:
    assert parse_clock(typed) == minutes


@pytest.mark.parametrize("typed", ["", "24:01", "7", "12:60", "25:00", "noon", "-1:00", "٠٧:٣٠"])
def test_what_is_no_clock_time_is_refused(typed: str) -> None:
    with pytest.raises(ClockError):
        parse_clock(typed)


@given(st.integers(0, 1440))
def test_clock_times_come_back(minutes: int) -> None:
    assert parse_clock(moments.clock_text(minutes)) == minutes


def test_the_gas_day_begins_at_eight() -> None:
    assert moments.gas_day_of(at_wall(date(2026, 11, 21), 479, SHANGHAI), SHANGHAI) == date(2026, 11, 20)
    assert moments.gas_day_of(at_wall(date(2026, 11, 21), 480, SHANGHAI), SHANGHAI) == date(2026, 11, 21)


@given(MOMENTS, ZONES)
def test_a_moment_lies_in_its_gas_day(moment: datetime, zone: ZoneInfo) -> None:
    assert moments.whole_day(moments.gas_day_of(moment, zone), zone, 480).holds(moment)


def test_weeks_and_months_end_where_they_do() -> None:
    assert moments.week_of(date(2026, 1, 1)) == (date(2025, 12, 29), date(2026, 1, 4))
    assert moments.month_of(date(2024, 2, 5)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert moments.month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))


def test_a_deadline_at_midnight_belongs_to_the_day_it_ends() -> None:
    assert moments.format_deadline(at_wall(date(2026, 11, 22), 0, SHANGHAI), SHANGHAI) == "11-21 24:00"
    assert moments.format_deadline(at_wall(date(2027, 1, 1), 0, SHANGHAI), SHANGHAI) == "12-31 24:00"
    assert moments.format_deadline(at_wall(date(2026, 11, 21), 960, SHANGHAI), SHANGHAI) == "11-21 16:00"


def test_lengths_and_weekdays_in_both_languages() -> None:
    assert [moments.format_minutes(n) for n in (18, 78, 120, 0)] == ["18 min", "1 h 18 min", "2 h", "0 min"]
    assert moments.weekday(date(2026, 11, 21)) == "Sat"
    with words.speaking("zh_CN"):
        assert moments.format_minutes(78) == "1 小时 18 分"
        assert moments.weekday(date(2026, 11, 21)) == "星期六"


def test_spans_that_touch_do_not_meet() -> None:
    day = date(2026, 11, 21)
    night, morning = span_of(day, 0, 480, SHANGHAI), span_of(day, 480, 960, SHANGHAI)
    assert not night.meets(morning)
    assert not night.holds(night.end)
    assert night.meets(span_of(day, 479, 481, SHANGHAI))


def test_months_later_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert moments.months_on(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert moments.months_on(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert moments.months_on(date(2026, 12, 1), 12) == date(2027, 12, 1)
