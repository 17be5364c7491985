"""Hourly readings: windows, missing hours, abnormal runs and what they owe, corrections, summaries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.limits import Grade, Limits
from stationdesk.domain.readings import (
    CorrectionWordsError,
    Explained,
    ExplanationWordsError,
    Gap,
    GapRangeError,
    OnTime,
    Reading,
    SameValueError,
    ShiftReadError,
    Timing,
    check_gap,
    doubts_owed,
    hour_states,
    missing_ranges,
    moved,
    next_nth,
    owed,
    runs,
    summaries,
    summary,
    timing,
)

START = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # 00:00 in Shanghai
NINE = tuple(START + timedelta(hours=n) for n in range(9))
FILTER = Limits(h=Decimal(30), hh=Decimal(50))


def minutes(n: float) -> timedelta:
    return timedelta(minutes=n)


def series(*values: int, point: str = "dp", limits: Limits = FILTER) -> list[Reading]:
    return [Reading(point, START + timedelta(hours=n), Decimal(value), limits) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("offset", "found"),
    [(-10.1, Timing.EARLY), (-10, Timing.ON_TIME), (0, Timing.ON_TIME), (15, Timing.ON_TIME), (15.1, Timing.LATE), (600, Timing.LATE)],
)
def test_on_time_is_from_ten_before_to_fifteen_after(offset: float, found: Timing) -> None:
    assert timing(START, START + minutes(offset)) is found


def test_a_station_may_set_another_window() -> None:
    assert timing(START, START + minutes(20), OnTime(minutes(5), minutes(20))) is Timing.ON_TIME
    assert timing(START, START - minutes(6), OnTime(minutes(5), minutes(20))) is Timing.EARLY


def states(read: dict[int, set[str]], gaps: list[Gap], now: datetime) -> list[str]:
    given_values = {NINE[n]: frozenset(points) for n, points in read.items()}
    return [hour.state.value for hour in hour_states(NINE, ("p", "t"), given_values, gaps, now)]


def test_hours_of_a_shift_stand_as_they_do() -> None:
    both = {"p", "t"}
    gaps = [Gap(NINE[2], NINE[3])]
    found = states({0: both, 1: {"p"}, 4: {"p"}, 6: {"p"}}, [*gaps, Gap(NINE[4], NINE[4], "t")], NINE[6] + minutes(1))
    assert found == ["done", "missing", "explained", "explained", "explained", "missing", "open", "to_come", "to_come"]


def test_words_about_one_point_do_not_speak_for_another() -> None:
    assert states({}, [Gap(NINE[0], NINE[0], "t")], NINE[1])[0] == "missing"


def test_missing_hours_are_explained_as_ranges() -> None:
    hours = hour_states(NINE, ("p",), {NINE[3]: frozenset("p"), NINE[4]: frozenset("p")}, (Gap(NINE[6], NINE[6]),), NINE[8] + minutes(16))
    assert missing_ranges(hours) == ((NINE[0], NINE[2]), (NINE[5], NINE[5]), (NINE[7], NINE[8]))
    assert check_gap(hours, NINE[0], NINE[2], " 停电 ") == "停电"
    with pytest.raises(GapRangeError):
        check_gap(hours, NINE[3], NINE[4], "停电")
    with pytest.raises(ExplanationWordsError):
        check_gap(hours, NINE[0], NINE[2], "  ")


@given(st.lists(st.booleans(), min_size=9, max_size=9))
def test_ranges_hold_exactly_the_missing_hours(missing: list[bool]) -> None:
    read = {NINE[n]: frozenset("p") for n in range(9) if not missing[n]}
    ranges = missing_ranges(hour_states(NINE, ("p",), read, (), NINE[8] + timedelta(days=1)))
    assert [any(a <= hour <= b for a, b in ranges) for hour in NINE] == missing
    assert all(a[1] + timedelta(hours=1) < b[0] for a, b in pairwise(ranges))


def test_a_lasting_abnormality_is_one_run_and_owes_one_explanation() -> None:
    found = runs(series(20, 34, 36, 37, 29, 31))
    assert [(run.since, run.until, run.ended) for run in found] == [(NINE[1], NINE[3], True), (NINE[5], NINE[5], False)]
    assert owed(found, [Explained("dp", NINE[1], "amber")]) == found[1:]
    assert owed(found, [Explained("dp", NINE[2])]) == found[1:]
    assert owed(found, [Explained("other", NINE[1], "amber")]) == found


def test_a_worse_grade_asks_again() -> None:
    (run,) = runs(series(34, 55))
    assert run.grade is Grade.RED
    assert owed([run], [Explained("dp", NINE[0], "amber")]) == (run,)
    assert owed([run], [Explained("dp", NINE[0], "amber"), Explained("dp", NINE[1], "red")]) == ()


def test_an_unread_hour_does_not_end_a_run() -> None:
    values = [each for each in series(34, 34, 34) if each.time != NINE[1]]
    assert len(runs(values)) == 1


@given(st.lists(st.integers(0, 60), max_size=30))
def test_every_abnormal_reading_is_in_exactly_one_run(values: list[int]) -> None:
    readings = series(*values)
    inside = [reading for run in runs(readings) for reading in run.readings]
    assert inside == [reading for reading in readings if reading.grade is not Grade.NONE]
    assert sum(not run.ended for run in runs(readings)) <= 1


def test_points_do_not_mix() -> None:
    found = runs([*series(34), *series(10, 40, point="other")])
    assert [(run.point, run.since) for run in found] == [("dp", NINE[0]), ("other", NINE[1])]


def test_a_doubt_left_standing_is_owed_a_word() -> None:
    doubtful = Reading("p", NINE[0], Decimal("0.46"), doubt="jump")
    assert doubts_owed([doubtful, *series(20)], []) == (doubtful,)
    assert doubts_owed([doubtful], [Explained("p", NINE[0])]) == ()


def test_corrections_are_numbered_and_never_change_nothing() -> None:
    assert next_nth([], None, Decimal(1), shift_closed=False) == 0
    assert next_nth([0, 1], Decimal("16.6"), Decimal("6.6"), shift_closed=False) == 2
    assert next_nth([0], Decimal("2.4"), Decimal("2.40"), shift_closed=False) == 1
    with pytest.raises(SameValueError):
        next_nth([0], Decimal("2.40"), Decimal("2.40"), shift_closed=False)


def test_after_the_handover_only_corrections_with_words() -> None:
    with pytest.raises(ShiftReadError):
        next_nth([], None, Decimal(1), shift_closed=True, words="漏抄")
    with pytest.raises(CorrectionWordsError):
        next_nth([0], Decimal(1), Decimal(2), shift_closed=True)
    assert next_nth([0], Decimal(1), Decimal(2), shift_closed=True, words="看错一格") == 1


def test_a_summary_names_extremes_with_their_first_hour() -> None:
    found = summary(series(12, 34, 12, 37, 37), 0)
    assert (found.first, found.last, found.count, found.over) == (Decimal(12), Decimal(37), 5, 3)
    assert (found.low, found.low_at, found.high, found.high_at) == (Decimal(12), NINE[0], Decimal(37), NINE[3])
    assert found.mean == Decimal(26)


@given(st.lists(st.decimals(0, 100, allow_nan=False, places=3), min_size=1, max_size=24))
def test_the_mean_lies_between_the_extremes(values: list[Decimal]) -> None:
    readings = [Reading("p", START + timedelta(hours=n), value) for n, value in enumerate(values)]
    found = summaries(reversed(readings), {"p": 3})["p"]
    assert found.low <= found.mean <= found.high
    assert (found.first, found.last) == (values[0], values[-1])


def test_a_counter_moves_on_over_its_rollover() -> None:
    readings = series(99_999_990, 99_999_998, 5, point="n")
    assert moved(readings, Decimal(10**8)) == Decimal(15)
    assert moved(readings[:1]) is None
