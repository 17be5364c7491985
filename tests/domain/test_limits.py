"""Limits: which is passed, how bad it is, how they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.limits import Grade, Limits, LimitsOrderError, finding_words

FULL = Limits(Decimal("1.60"), Decimal("2.20"), Decimal("2.70"), Decimal("3.80"))
VALUES = st.decimals(-1000, 1000, allow_nan=False, places=2)


@pytest.mark.parametrize(
    ("value", "grade", "which"),
    [
        ("2.20", "", ""),
        ("2.70", "", ""),
        ("2.71", "amber", "h"),
        ("2.19", "amber", "l"),
        ("3.80", "amber", "h"),
        ("3.81", "red", "hh"),
        ("1.59", "red", "ll"),
    ],
)
def test_a_value_on_a_limit_is_normal_and_beyond_it_is_not(value: str, grade: str, which: str) -> None:
    found = FULL.grade(Decimal(value))
    assert (found.grade, found.which) == (grade, which)


@given(st.lists(st.none() | VALUES, min_size=4, max_size=4), VALUES)
def test_limits_rise_or_are_refused_and_colour_follows_them(four: list[Decimal | None], value: Decimal) -> None:
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
        (Limits(l=Decimal("2.20"), h=Decimal("2.70")), "2.20–2.70"),
        (Limits(h=Decimal(30), hh=Decimal(50)), "≤ 30"),
        (Limits(l=Decimal(16), h=Decimal(30)), "16–30"),
        (Limits(), "—"),
        (Limits(l=Decimal(-5), h=Decimal(40)), "−5–40"),
        (Limits(h=Decimal(24000)), "≤ 24,000"),
        (Limits(l=Decimal(5)), "≥ 5"),
        (Limits(ll=Decimal(8)), "≥ 8"),
    ],
)
def test_limits_are_written_as_in_the_head_of_a_column(limits: Limits, text: str) -> None:
    assert limits.text() == text


def test_a_finding_says_which_side() -> None:
    assert finding_words(Limits(h=Decimal(30)).grade(Decimal(34))) == "above 30"
    assert finding_words(FULL.grade(Decimal("2.19")), 2) == "below 2.20"
    assert finding_words(FULL.grade(Decimal("2.5"))) == ""


def test_grades_rank() -> None:
    assert sorted([Grade.RED, Grade.NONE, Grade.AMBER], key=lambda grade: grade.rank) == [Grade.NONE, Grade.AMBER, Grade.RED]


def test_no_limit_is_endless() -> None:
    with pytest.raises(LimitsOrderError):
        Limits(h=Decimal("NaN"))
