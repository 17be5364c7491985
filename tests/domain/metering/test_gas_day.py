"""The gas day: balances, odorant, and the forecast to its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.metering.gas_day import (
    Balance,
    Figure,
    FigureDayError,
    FigureRangeError,
    FigureUnknownError,
    LossLimits,
    OdorantLimits,
    balance,
    check_figure,
    forecast,
    mean_light,
    mean_rate,
    odorant,
)
from stationdesk.domain.metering.shapes import Light

DAY = date(2026, 11, 20)
LIMITS = LossLimits()


def whole(rate: str = "0.4", day: int = 1) -> Balance:
    received = Decimal(100_000)
    loss = received * Decimal(rate) / 100
    return balance(date(2026, 11, day), received, received - loss, {}, LIMITS)


def test_what_is_unaccounted_for_leaves_out_own_use_venting_and_line_pack():
    figures = {
        Figure.OWN_USE: Decimal(200),
        Figure.VENTED: Decimal(30),
        Figure.PACK_BEFORE: Decimal(5000),
        Figure.PACK_AFTER: Decimal(5400),
    }
    found = balance(DAY, Decimal(100_000), Decimal(98_900), figures, LIMITS)
    assert (found.loss, found.rate, found.pack_change) == (Decimal(470), Decimal("0.470"), Decimal(400))
    assert found.assumed == ()
    assert found.light(LIMITS) is Light.GREEN


def test_a_figure_nobody_entered_counts_as_nothing_and_says_so():
    found = balance(DAY, Decimal(100_000), None, {Figure.DELIVERED: Decimal(98_500), Figure.PACK_AFTER: Decimal(5000)}, LIMITS)
    assert found.loss == Decimal(1500)
    assert found.pack_change == 0, "one end of the line pack alone says nothing"
    assert found.assumed == (Figure.OWN_USE, Figure.VENTED, Figure.PACK_BEFORE)
    assert found.light(LIMITS) is Light.RED


def test_without_received_or_delivered_there_is_no_balance():
    for received, delivered in ((None, Decimal(1)), (Decimal(1), None)):
        found = balance(DAY, received, delivered, {}, LIMITS)
        assert (found.loss, found.rate, found.light(LIMITS)) == (None, None, Light.NONE)


def test_outlet_runs_go_before_what_somebody_entered():
    assert balance(DAY, Decimal(100), Decimal(90), {Figure.DELIVERED: Decimal(50)}, LIMITS).delivered == Decimal(90)


def test_the_rate_may_be_of_what_was_delivered():
    assert balance(DAY, Decimal(1100), Decimal(1000), {}, LossLimits(over="out")).rate == Decimal("10.000")
    assert balance(DAY, Decimal(0), Decimal(0), {}, LIMITS).rate is None


def test_the_mean_is_of_seven_known_days_weighted_by_volume():
    six = [whole(day=n) for n in range(1, 7)]
    assert mean_rate(six, LIMITS) is None
    assert mean_light(None, LIMITS) is Light.NONE
    empty = balance(date(2026, 11, 8), None, None, {}, LIMITS)
    rate = mean_rate([whole("90", day=1), *six, empty, whole("0.7", day=9)], LIMITS)
    assert rate == Decimal("0.443"), "the first day is the eighth back"
    assert mean_light(Decimal("-0.6"), LIMITS) is Light.AMBER


def test_odorant_of_a_day():
    figures = {Figure.ODORANT_BEFORE: Decimal("120.4"), Figure.ODORANT_ADDED: Decimal(50), Figure.ODORANT_AFTER: Decimal("164.9")}
    found = odorant(figures, Decimal(275_000), OdorantLimits())
    assert (found.used, found.content, found.light) == (Decimal("5.5"), Decimal("20.0"), Light.GREEN)
    assert odorant(figures, Decimal(500_000), OdorantLimits()).light is Light.RED
    assert odorant(figures, None, OdorantLimits()).light is Light.NONE
    assert odorant({Figure.ODORANT_BEFORE: Decimal(3)}, Decimal(1), OdorantLimits()).used is None
    del figures[Figure.ODORANT_ADDED]
    assert odorant(figures, Decimal(275_000), OdorantLimits()).used == Decimal("-44.5"), "a weight that rose without filling shows"


@pytest.mark.parametrize(
    ("kind", "value", "day", "error"),
    [
        ("gold", Decimal(1), DAY, FigureUnknownError),
        ("nomination", Decimal(-1), DAY, FigureRangeError),
        ("vented", Decimal(10) ** 12, DAY, FigureRangeError),
        ("vented", Decimal(1), date(2026, 11, 21), FigureDayError),
    ],
)
def test_what_cannot_be_a_figure(kind, value, day, error):
    with pytest.raises(error):
        check_figure(kind, value, day, DAY)


def test_a_nomination_is_for_days_to_come_and_any_figure_may_be_taken_back():
    check_figure("nomination", Decimal(400_000), date(2026, 11, 22), DAY)
    check_figure("vented", None, DAY, DAY)


CURVE = [Decimal(each) for each in (5, 5, 10, 20, 30, 30)]


def test_a_forecast_goes_by_what_came_by_this_hour_on_days_alike():
    days = [[each * n for each in CURVE] for n in (1, 2, 3)]
    found = forecast(Decimal(100), 3, 6, days, Decimal(450))
    assert (found.likely, found.low, found.high, found.days) == (Decimal(500), Decimal(500), Decimal(500), 3)
    assert found.hourly == Decimal(117)
    assert found.percent == Decimal("111.111")


def test_the_range_is_that_of_the_days():
    days = [CURVE, [Decimal(10)] * 6, [Decimal(each) for each in (0, 1, 2, 30, 30, 37)]]
    found = forecast(Decimal(60), 3, 6, days)
    assert found.low < found.likely < found.high
    assert found.low == Decimal(120)
    assert found.hourly is None


def test_without_days_alike_it_goes_on_as_it_began_and_claims_no_range():
    found = forecast(Decimal(60), 3, 6, [CURVE])
    assert (found.likely, found.low, found.days) == (Decimal(120), None, 0)
    assert forecast(Decimal(0), 0, 6, []).likely is None


def test_a_day_that_is_over_is_what_it_is():
    found = forecast(Decimal(61), 6, 6, [], Decimal(60))
    assert (found.likely, found.low, found.high, found.hourly) == (61, 61, 61, None)


volumes = st.lists(st.decimals(min_value=1, max_value=30_000, places=0), min_size=24, max_size=24)


@given(st.lists(volumes, min_size=3, max_size=8), st.integers(1, 23))
def test_a_day_like_the_others_is_foretold_within_their_range(days, hours):
    so_far = sum(days[0][:hours], Decimal(0))
    found = forecast(so_far, hours, 24, days)
    if found.days == len(days):
        assert found.low - 1 <= sum(days[0], Decimal(0)) <= found.high + 1
