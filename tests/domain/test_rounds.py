"""Due windows of rounds: when they are, and how they stand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.moments import ClockError, at_wall, format_time, span_of
from stationdesk.domain.rounds import (
    ExcuseWordsError,
    FewPeopleError,
    Schedule,
    ScheduleError,
    Walk,
    WalkedOrderError,
    Window,
    WindowState,
    check_excuse,
    check_people,
    check_walked,
    schedule_data,
    schedule_of,
    standing,
    windows,
)

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAY = date(2026, 11, 21)
NIGHT = span_of(DAY, 0, 480, SHANGHAI)
SITE = windows(schedule_of({"every": "02:00", "first": "01:00"}), 40, NIGHT, SHANGHAI)


def at(clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return at_wall(DAY, int(hours) * 60 + int(minutes), SHANGHAI)


def starts(found: tuple[Window, ...]) -> list[str]:
    return [format_time(each.start, SHANGHAI) for each in found]


def test_every_two_hours_from_an_hour_after_the_start() -> None:
    assert starts(SITE) == ["01:00", "03:00", "05:00", "07:00"]
    assert [each.nth for each in SITE] == [1, 2, 3, 4]
    assert (SITE[0].end, SITE[0].lost) == (at("01:40"), at("03:00"))
    assert SITE[3].lost == NIGHT.end


def test_times_of_day_fall_into_the_shift_they_begin_in() -> None:
    schedule = schedule_of({"times": ["00:00", "07:40", "08:00", "23:30"]})
    assert starts(windows(schedule, 40, NIGHT, SHANGHAI)) == ["00:00", "07:40"]
    assert windows(schedule, 40, NIGHT, SHANGHAI)[-1].lost == at("08:20")
    late = span_of(DAY, 20 * 60, 8 * 60, SHANGHAI)
    assert starts(windows(schedule, 40, late, SHANGHAI)) == ["23:30", "00:00", "07:40"]


@pytest.mark.parametrize(
    ("day", "data", "wanted"),
    [
        (date(2026, 11, 1), {"days": [1, 25]}, True),
        (date(2026, 11, 25), {"days": [1, 25]}, True),
        (date(2026, 11, 21), {"days": [1, 25]}, False),
        (date(2024, 2, 29), {"days": [-1]}, True),
        (date(2025, 2, 28), {"days": [-1]}, True),
        (date(2025, 2, 27), {"days": [-1]}, False),
        (date(2026, 2, 28), {"days": [31]}, False),
        (date(2026, 11, 21), {"weekdays": [6]}, True),
        (date(2026, 11, 21), {"weekdays": [1]}, False),
    ],
)
def test_days_of_the_month_and_of_the_week(day: date, data: dict[str, list[int]], wanted: bool) -> None:
    found = windows(schedule_of({"times": ["09:00"], **data}), 60, span_of(day, 480, 960, SHANGHAI), SHANGHAI)
    assert bool(found) is wanted


def test_a_night_over_the_month_end_knows_its_days() -> None:
    late = span_of(date(2026, 11, 30), 20 * 60, 8 * 60, SHANGHAI)
    found = windows(schedule_of({"times": ["21:00", "02:00"], "days": [1]}), 40, late, SHANGHAI)
    assert starts(found) == ["02:00"]


def test_the_clock_change_neither_loses_nor_doubles_a_round() -> None:
    for day, count in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9)):
        night = span_of(day, 22 * 60, 6 * 60, BERLIN)
        found = windows(schedule_of({"every": "01:00"}), 30, night, BERLIN)
        assert len(found) == count
        assert len(windows(schedule_of({"times": ["02:30"]}), 30, night, BERLIN)) == 1


@given(st.integers(1, 720), st.integers(0, 600), st.integers(1, 240))
def test_windows_begin_in_the_shift_and_follow_one_another(every: int, first: int, minutes: int) -> None:
    found = windows(Schedule(every=every, first=first), minutes, NIGHT, SHANGHAI)
    assert all(NIGHT.holds(each.start) and each.end - each.start == timedelta(minutes=minutes) for each in found)
    assert all(a.start < b.start and a.lost == b.start for a, b in pairwise(found))
    assert all(each.lost > each.start for each in found)


@pytest.mark.parametrize(
    "data", [{"every": "02:00", "first": "01:00"}, {"times": ["00:30", "04:00"], "days": [1, 25]}, {"times": ["09:00"], "weekdays": [1]}]
)
def test_a_schedule_comes_back_from_its_data(data: dict[str, object]) -> None:
    assert schedule_data(schedule_of(data)) == data


@pytest.mark.parametrize("data", [{}, {"times": []}, {"times": ["09:00"], "days": [0]}, {"times": ["09:00"], "weekdays": [8]}])
def test_what_is_no_schedule_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ScheduleError):
        schedule_of(data)
    with pytest.raises(ClockError):
        schedule_of({"times": ["25:00"]})


@pytest.mark.parametrize(
    ("now", "state"),
    [("02:59", "to_come"), ("03:00", "due"), ("03:40", "due"), ("03:41", "overdue"), ("04:59", "overdue"), ("05:00", "missed")],
)
def test_a_window_nobody_walked(now: str, state: str) -> None:
    assert standing(SITE[1], (), at(now)).state == state


def walk(start: str, *, closed: bool = True, aborted: bool = False) -> Walk:
    return Walk(7, SITE[1].start, at(start), at(start) + timedelta(minutes=23), closed, aborted)


@pytest.mark.parametrize(
    ("start", "state", "late"),
    [
        ("03:02", "done", 0),
        ("03:40", "done", 0),
        ("03:52", "late", 12),
        ("02:55", "done", 0),
        ("04:59", "late", 79),
        ("05:00", "made_up", 80),
        ("05:10", "made_up", 90),
    ],
)
def test_a_window_that_was_walked(start: str, state: str, late: int) -> None:
    found = standing(SITE[1], [walk(start)], at("07:00"))
    assert (found.state, found.late, found.round_id) == (state, late, 7)
    assert found.owes_words is (state != "done")
    assert not standing(SITE[1], [walk(start)], at("07:00"), excused=True).owes_words


def test_a_station_may_allow_some_minutes_more() -> None:
    assert standing(SITE[1], [walk("03:52")], at("07:00"), tolerance=timedelta(minutes=15)).state is WindowState.DONE


def test_running_aborted_and_other_windows_rounds() -> None:
    assert standing(SITE[1], [walk("03:02", closed=False)], at("03:10")).state is WindowState.RUNNING
    assert standing(SITE[1], [walk("03:02", closed=False, aborted=True)], at("03:10")).state is WindowState.DUE
    assert standing(SITE[2], [walk("03:02")], at("05:10")).state is WindowState.DUE
    assert standing(SITE[1], [walk("03:02", closed=False), walk("03:05")], at("04:00")).state is WindowState.DONE


def test_too_few_people_give_a_reason_and_go() -> None:
    assert check_people(2, 2) == ""
    assert check_people(2, 1, " 一人在处理加臭泵 ") == "一人在处理加臭泵"
    with pytest.raises(FewPeopleError):
        check_people(2, 1)


def test_words_and_times_that_say_nothing_are_refused() -> None:
    with pytest.raises(ExcuseWordsError):
        check_excuse("  ")
    assert check_excuse(" 处理报警 ") == "处理报警"
    check_walked(at("07:02"), at("07:20"), at("07:28"))
    for start, end in (("07:20", "07:02"), ("07:02", "07:29")):
        with pytest.raises(WalkedOrderError):
            check_walked(at(start), at(end), at("07:28"))
