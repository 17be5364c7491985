"""Limits: which is passed, how bad it is, how they are written."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.limits import Grade, Limits, LimitsOrderError, finding_words

FULL = Limits(D("1.60"), D("2.20"), D("2.70"), D("3.80"))
VALUES = st.decimals(-1000, 1000, allow_nan=False, places=2)


@pytest.mark.parametrize(
    ("value", "grade", "which"),
    [("2.20", "", ""), ("2.70", "", ""), ("2.71", "amber", "h"), ("2.19", "amber", "l"), ("3.80", "amber", "h"), ("3.81", "red", "hh"), ("1.59", "red", "ll")],
)
def test_a_value_on_a_limit_is_normal_and_beyond_it_is_not(value: str, grade: str, which: str) -> None:
    found = FULL.grade(D(value))
    assert (found.grade, found.which) == (grade, which)


@given(st.lists(st.none() | VALUES, min_size=4, max_size=4), VALUES)
def test_limits_rise_or_are_refused_and_colour_follows_them(four: list[D | None], value: D) -> None:
    given_ones = [each for each in four if each is not None]
    if given_ones != sorted(given_ones):
        with pytest.raises(LimitsOrderError):
            Limits(*four)
        return
    limits = Limits(*four)
    found = limits.grade(value)
    within = (limits.low is None or value >= limits.low) and (limits.high is None or value <= limits.high)
    assert (found.grade is Grade.NONE) == within
    assert (found.limit is None) == within


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (Limits(l=D("2.20"), h=D("2.70")), "2.20–2.70"), (Limits(h=D(30), hh=D(50)), "≤ 30"), (Limits(l=D(16), h=D(30)), "16–30"), (Limits(), "—"),
        (Limits(l=D(-5), h=D(40)), "−5–40"), (Limits(h=D(24000)), "≤ 24,000"), (Limits(l=D(5)), "≥ 5"), (Limits(ll=D(8)), "≥ 8"),
    ],
)  # fmt: skip
def test_limits_are_written_as_in_the_head_of_a_column(limits: Limits, text: str) -> None:
    assert limits.text() == text


def test_a_finding_says_which_side() -> None:
    assert finding_words(Limits(h=D(30)).grade(D(34))) == "above 30"
    assert finding_words(FULL.grade(D("2.19")), 2) == "below 2.20"
    assert finding_words(FULL.grade(D("2.5"))) == ""


def test_grades_rank() -> None:
    assert sorted([Grade.RED, Grade.NONE, Grade.AMBER], key=lambda grade: grade.rank) == [Grade.NONE, Grade.AMBER, Grade.RED]


def test_no_limit_is_endless() -> None:
    with pytest.raises(LimitsOrderError):
        Limits(h=D("NaN"))
