"""Counters: movement, rollover anywhere, and what is no rollover."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.metering.counters import absolute_kpa, moved
from stationdesk.domain.metering.shapes import Lack

ROLL, Q_MAX = Decimal(10**8), Decimal(1600)
counts = st.decimals(0, 10**8 - 1, places=1)


@given(before=counts, moves=st.decimals(0, 1920, places=1))
def test_a_rollover_anywhere_costs_nothing(before: Decimal, moves: Decimal) -> None:
    after = (before + moves) % ROLL
    found = moved(before, after, Decimal(1), rollover=ROLL, q_max=Q_MAX)
    assert found.volume == moves
    assert found.wrapped == (after < before)
    assert found.lack is None


@given(before=counts, back=st.decimals(1, 10**7, places=1))
def test_a_counter_that_went_back_is_no_rollover(before: Decimal, back: Decimal) -> None:
    after = max(before - back, Decimal(0))
    found = moved(before, after, Decimal(1), rollover=ROLL, q_max=Q_MAX)
    if after < before and after + ROLL - before > Decimal("1.2") * Q_MAX:
        assert (found.volume, found.lack) == (None, Lack.BACKWARDS)


@pytest.mark.parametrize(("rollover", "q_max"), [(None, Q_MAX), (ROLL, None), (None, None)])
def test_without_the_meters_range_nobody_guesses_a_rollover(rollover: Decimal | None, q_max: Decimal | None) -> None:
    assert moved(ROLL - 10, Decimal(5), Decimal(1), rollover=rollover, q_max=q_max).lack is Lack.BACKWARDS


def test_the_limit_of_a_rollover_grows_with_the_hours() -> None:
    before, after = ROLL - 1000, Decimal(2000)  # 3000 m³
    assert moved(before, after, Decimal(1), rollover=ROLL, q_max=Q_MAX).lack is Lack.BACKWARDS
    assert moved(before, after, Decimal(2), rollover=ROLL, q_max=Q_MAX).volume == 3000


def test_k_makes_cubic_metres_of_counts_and_the_limit_is_one_of_cubic_metres() -> None:
    assert moved(Decimal(10), Decimal(25), Decimal(1), factor=Decimal("0.1")).volume == Decimal("1.5")
    wrapped = moved(ROLL - 1000, Decimal(2000), Decimal(1), factor=Decimal("0.1"), rollover=ROLL, q_max=Q_MAX)
    assert wrapped.volume == 300


def test_more_than_the_meter_can_pass_is_counted_and_noted() -> None:
    found = moved(Decimal(0), Decimal(2000), Decimal(1), q_max=Q_MAX)
    assert (found.volume, found.lack) == (2000, Lack.BEYOND)


@pytest.mark.parametrize(
    ("value", "unit", "absolute", "kpa"),
    [("2.5", "MPa", False, "2601.325"), ("2.5", "MPa", True, "2500"), ("342", "kPa", False, "443.325"), ("25", "bar", False, "2601.325")],
)
def test_gauge_and_absolute_are_never_mixed(value: str, unit: str, absolute: bool, kpa: str) -> None:
    assert absolute_kpa(Decimal(value), unit, Decimal("101.325"), absolute=absolute) == Decimal(kpa)


def test_an_unknown_unit_gives_no_pressure() -> None:
    assert absolute_kpa(Decimal(1), "psi", Decimal("101.325"), absolute=False) is None
