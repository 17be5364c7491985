"""What a station may make a shift pattern."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.moments import DAY
from stationdesk.domain.names import Name
from stationdesk.domain.patterns import (
    CycleError,
    KindCodeError,
    KindNameError,
    PatternDoubledError,
    PatternHoleError,
    PatternNameError,
    PhaseError,
    ShiftLengthError,
    check_pattern,
    doubled_words,
    shift_end,
    uncovered_words,
)
from stationdesk.domain.rotation import Pattern, ShiftKind, coverage

DAY_SHIFT, NIGHT_SHIFT = ShiftKind("D", Name("白班", "Day"), 480, 1200), ShiftKind("N", Name("夜班", "Night"), 1200, 480)
TWELVE = Pattern("12h", Name("四班两倒"), (DAY_SHIFT, NIGHT_SHIFT), ("D", "N", "", ""), (0, 1, 2, 3))


def test_a_whole_pattern_is_taken_as_it_is() -> None:
    assert check_pattern(TWELVE) is TWELVE
    assert uncovered_words(TWELVE) == doubled_words(TWELVE) == ()


def test_a_hole_is_named_by_shift_and_day() -> None:
    three = replace(TWELVE, phases=(0, 1, 2))
    assert uncovered_words(three) == (
        "Day 08:00–20:00 has no crew on day 2 of the cycle",
        "Night 20:00–08:00 has no crew on day 3 of the cycle",
    )
    with pytest.raises(PatternHoleError):
        check_pattern(three, doubled=True)


def test_hours_no_shift_lasts_over_are_named() -> None:
    short = replace(TWELVE, kinds=(replace(DAY_SHIFT, end=1140), NIGHT_SHIFT))
    assert uncovered_words(short) == ("no shift lasts from 19:00 to 20:00",)


def test_two_at_once_are_named_and_pass_when_they_are_meant() -> None:
    long = replace(TWELVE, kinds=(DAY_SHIFT, replace(NIGHT_SHIFT, end=510)))
    assert doubled_words(long) == ("two shifts last from 08:00 to 08:30",)
    with pytest.raises(PatternDoubledError):
        check_pattern(long)
    assert check_pattern(long, doubled=True) is long
    five = replace(TWELVE, phases=(0, 1, 2, 3, 3))
    assert doubled_words(five)[0] == "Day 08:00–20:00 has two crews on day 2 of the cycle"


@pytest.mark.parametrize(
    ("pattern", "error"),
    [
        (replace(TWELVE, code=" "), PatternNameError),
        (replace(TWELVE, name=Name("")), PatternNameError),
        (replace(TWELVE, kinds=(replace(DAY_SHIFT, name=Name("")), NIGHT_SHIFT)), KindNameError),
        (replace(TWELVE, kinds=(DAY_SHIFT, NIGHT_SHIFT, DAY_SHIFT)), KindCodeError),
        (replace(TWELVE, kinds=(DAY_SHIFT, NIGHT_SHIFT, replace(DAY_SHIFT, code="LONG"))), KindCodeError),
        (replace(TWELVE, phases=(0, 1, 2, 4)), PhaseError),
        (replace(TWELVE, phases=(0, 1, 2, -1)), PhaseError),
        (replace(TWELVE, cycle=("D", "N", "", "") * 22), CycleError),
    ],
)
def test_what_cannot_be_is_refused(pattern: Pattern, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_pattern(pattern)


@given(st.integers(0, DAY - 1), st.integers(1, DAY))
def test_a_shift_lasts_as_long_as_was_said(start: int, minutes: int) -> None:
    assert ShiftKind("x", Name("x"), start, shift_end(start, minutes)).minutes == minutes


@pytest.mark.parametrize("minutes", [0, -60, DAY + 1])
def test_no_length_and_more_than_a_day_are_none(minutes: int) -> None:
    with pytest.raises(ShiftLengthError):
        shift_end(480, minutes)


@given(st.lists(st.tuples(st.integers(0, DAY - 1), st.integers(1, DAY)), min_size=1, max_size=4))
def test_each_minute_is_a_gap_an_overlap_or_one_shifts(spans: list[tuple[int, int]]) -> None:
    kinds = tuple(ShiftKind(str(n), Name(str(n)), start, shift_end(start, minutes)) for n, (start, minutes) in enumerate(spans))
    cover = coverage(Pattern("p", Name("p"), kinds, ("0",), (0,)))
    for minute in range(0, DAY, 7):
        lasting = sum(1 for start, minutes in spans if (minute - start) % DAY < minutes)
        assert any(a <= minute < b for a, b in cover.gaps) == (lasting == 0)
        assert any(a <= minute < b for a, b in cover.overlaps) == (lasting > 1)
