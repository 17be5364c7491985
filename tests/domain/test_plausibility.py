"""Doubts: what is refused, what is asked, and that an honest routine is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain import words
from stationdesk.domain.errors import say
from stationdesk.domain.limits import Limits
from stationdesk.domain.plausibility import (
    AboveDesignError,
    BeyondCounterError,
    FutureHourError,
    ImplausibleError,
    NegativeCounterError,
    NegativePressureError,
    NotAnHourError,
    PointRule,
    Situation,
    TemperatureOutsideError,
    Tolerances,
    check_hour,
    judge,
    rolled_over,
    usual_movement,
)
from stationdesk.domain.questions import UNIT_KINDS, Kind, Past, question_words

SEVEN = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # 07:00 in Shanghai
OUTLET = PointRule(quantity="pressure", unit="MPa", decimals=3, limits=Limits(l=Decimal("0.32"), h=Decimal("0.38")), design=Decimal("0.6"))
TEMPERATURE = PointRule(quantity="temperature", unit="℃", decimals=1)
FLOW = PointRule(quantity="flow", unit="Nm³/h", decimals=0, design=Decimal(30000), range_low=Decimal(500))
FILTER = PointRule(quantity="difference", unit="kPa", decimals=0, limits=Limits(h=Decimal(30)), design=Decimal(100))
COUNTER = PointRule(kind="counter", quantity="volume", unit="Nm³", decimals=0, rollover=Decimal(10**8), design_flow=Decimal(30000))


def after(*values: str, flow: str | None = None, flows: tuple[str, ...] = (), shut: bool = False, usual: str | None = None) -> Situation:
    """At seven, after these values an hour apart, the newest first."""
    moves = None if usual is None else Decimal(usual)
    past = tuple(Past(SEVEN - timedelta(hours=n), Decimal(value)) for n, value in enumerate(values, 1))
    known = {SEVEN - timedelta(hours=n): Decimal(each) for n, each in enumerate((flow, *flows)) if each is not None}
    return Situation(SEVEN, past, known.get, shut, lambda: moves)


def kinds(rule: PointRule, value: str, situation: Situation) -> list[Kind]:
    return [each.kind for each in judge(rule, Decimal(value), situation)]


@pytest.mark.parametrize(
    ("value", "kind", "proposed", "unit"),
    [
        ("342", Kind.THOUSANDTH, "0.342", "kPa"),
        ("0.000342", Kind.THOUSANDFOLD, "0.342000", ""),
        ("0.0342", Kind.TENFOLD, "0.342", ""),
        ("3.42", Kind.TENTH, "0.342", ""),
        ("0.443", Kind.ABSOLUTE, "0.342", ""),
        ("0.240", Kind.GAUGE, "0.341", ""),
    ],
)
def test_a_slip_of_the_unit_is_asked_before_anything_is_refused(value: str, kind: Kind, proposed: str, unit: str) -> None:
    (question,) = judge(OUTLET, Decimal(value), after("0.341"))
    assert question.kind is kind
    assert question.proposed is not None
    assert question.proposed == Decimal(proposed)
    assert question.other_unit == unit
    assert kind in UNIT_KINDS
    assert question.last == Past(SEVEN - timedelta(hours=1), Decimal("0.341"))


def test_the_words_of_the_picture() -> None:
    (question,) = judge(OUTLET, Decimal(342), after("0.341"))
    assert question_words(question) == "342 MPa is out of the ordinary. Is it kPa?"
    with words.speaking("zh_CN"):
        assert question_words(question) == "342 MPa 不合常理，是否为 kPa？"


@pytest.mark.parametrize(
    ("rule", "value", "error"),
    [
        (OUTLET, "0.7", AboveDesignError),
        (OUTLET, "-0.1", NegativePressureError),
        (OUTLET, "99", AboveDesignError),
        (TEMPERATURE, "80.1", TemperatureOutsideError),
        (TEMPERATURE, "-40.1", TemperatureOutsideError),
        (FLOW, "-1", ImplausibleError),
        (COUNTER, "-1", NegativeCounterError),
        (COUNTER, "100000000", BeyondCounterError),
    ],
)
def test_what_cannot_be_a_value_is_refused(rule: PointRule, value: str, error: type[ImplausibleError]) -> None:
    with pytest.raises(error):
        judge(rule, Decimal(value), Situation(SEVEN))


def test_values_on_the_bounds_are_taken() -> None:
    assert not judge(TEMPERATURE, Decimal(-40), Situation(SEVEN))
    assert not judge(OUTLET, Decimal("0.6"), Situation(SEVEN))
    assert not judge(OUTLET, Decimal(0), Situation(SEVEN))


def test_without_an_earlier_value_nothing_is_compared() -> None:
    with pytest.raises(AboveDesignError):
        judge(OUTLET, Decimal(342), Situation(SEVEN))
    assert not judge(FLOW, Decimal(12000), Situation(SEVEN))


@pytest.mark.parametrize(
    ("value", "found"), [("0.443", [Kind.ABSOLUTE]), ("0.46", [Kind.JUMP]), ("0.43", []), ("0.22", [Kind.JUMP]), ("0.26", [])]
)
def test_a_pressure_that_jumps_is_asked_about(value: str, found: list[Kind]) -> None:
    assert kinds(OUTLET, value, after("0.341")) == found


def test_a_jump_over_an_unread_hour_is_no_jump() -> None:
    past = (Past(SEVEN - timedelta(hours=2), Decimal("0.341")),)
    assert not judge(OUTLET, Decimal("0.47"), Situation(SEVEN, past))


def test_an_honest_night_raises_no_question() -> None:
    flows = ("9130", "7540", "7280", "7610", "8420", "9860")
    assert kinds(FLOW, "13480", after(*flows)) == []
    assert kinds(FILTER, "34", after("19", "14")) == []
    assert kinds(TEMPERATURE, "2.7", after("2.9", "2.9", "2.9", flow="13480", flows=flows)) == []
    assert kinds(COUNTER, "48384120", after("48372851", flow="13480", flows=flows)) == []
    assert kinds(OUTLET, "0.338", after("0.343", "0.345", "0.346", flow="13480", flows=flows)) == []


def test_temperatures_are_compared_in_degrees_not_percent() -> None:
    assert kinds(TEMPERATURE, "6.6", after("0.2")) == []
    assert kinds(TEMPERATURE, "16.6", after("6.6")) == []
    (question,) = judge(TEMPERATURE, Decimal("16.7"), after("6.6"))
    assert question_words(question) == "16.7 ℃ differs by 10.1 ℃ from the last hour. Is it right?"


def test_a_lost_point_in_a_temperature_is_asked_before_it_is_refused() -> None:
    (question,) = judge(TEMPERATURE, Decimal(121), after("12.1"))
    assert (question.kind, question.proposed) == (Kind.TENTH, Decimal("12.1"))
    assert kinds(TEMPERATURE, "0.3", after("3.0")) == []


def test_a_flow_outside_the_meters_range_is_asked_but_no_flow_is_not() -> None:
    assert Kind.RANGE in kinds(FLOW, "30001", after("29000"))
    assert Kind.RANGE in kinds(FLOW, "499", after("600"))
    assert kinds(FLOW, "0", after("600")) == []
    assert kinds(FLOW, "9000", after("0")) == []


LIVELY = "0.004"
"""An outlet pressure that moves by four of its last digit in nine hours of ten."""


def test_the_same_value_for_three_hours_while_flow_moves_is_asked() -> None:
    moving = after("0.345", "0.345", "0.345", flow="9000", flows=("7500", "7300", "7600"), usual=LIVELY)
    assert kinds(OUTLET, "0.345", moving) == [Kind.FROZEN]
    assert kinds(OUTLET, "0.346", moving) == []
    assert kinds(OUTLET, "0.345", after("0.345", "0.345", flow="9000", flows=("7500", "7300"), usual=LIVELY)) == []
    still = after("0.345", "0.345", "0.345", flow="7500", flows=("7500", "7500", "7500"), usual=LIVELY)
    assert kinds(OUTLET, "0.345", still) == []
    assert kinds(OUTLET, "0.345", after("0.345", "0.345", "0.345", usual=LIVELY)) == []


@pytest.mark.parametrize(
    ("value", "usual", "steps", "asked"),
    [
        ("0.345", "0.002", 2, True),
        ("0.345", "0.001", 2, False),
        ("0.345", None, 2, False),
        ("0.345", "0.004", 5, False),
        ("0.3450", "0.001", 5, True),  # read to a tenth of that, it should have moved
        ("0.34", "0.004", 1, False),
    ],
)
def test_standing_still_is_odd_only_where_the_last_digit_moves(value: str, usual: str | None, steps: int, asked: bool) -> None:
    moving = after(value, value, value, flow="9000", flows=("7500", "7300", "7600"), usual=usual)
    found = judge(OUTLET, Decimal(value), moving, Tolerances(still_steps=steps))
    assert [each.kind for each in found] == ([Kind.FROZEN] if asked else [])


def test_the_usual_movement_is_what_nine_hours_of_ten_pass() -> None:
    swings = [Past(SEVEN - timedelta(hours=n), Decimal("0.30") + Decimal("0.01") * (n % 2)) for n in range(1, 42)]
    assert usual_movement(swings) == Decimal("0.01")
    assert usual_movement(swings[:24]) is None  # no whole day of hours
    assert usual_movement([]) is None
    calm = [*swings[:30], *(Past(each.time, Decimal("0.30")) for each in swings[30:])]
    assert usual_movement(calm) == 0
    stands = [Past(each.time, swings[9].value) for each in swings[:9]]
    assert usual_movement(stands + swings[9:]) == Decimal("0.01")  # what is asked about says nothing of what is usual
    assert usual_movement(swings[::2]) is None  # every other hour


@given(st.lists(st.decimals("-0.9", "0.9", places=2), min_size=80, max_size=80), st.data())
def test_a_quiet_night_at_a_tenth_of_a_degree_is_never_asked_about(drift: list[Decimal], data: st.DataObject) -> None:
    """Days may be as lively as they like; at night (eight hours) the temperature creeps, and what is written often stays the same."""
    true, written = Decimal(12), []
    for n, by_day in enumerate(drift):
        night = n % 24 >= 16
        true += data.draw(st.decimals("-0.04", "0.04", places=2)) if night else by_day
        written.append(max(Decimal(-30), min(Decimal(60), true)).quantize(Decimal("0.1")))
    flows = [Decimal(4000 + 700 * (n % 5)) for n in range(80)]
    for n in range(16, 80):
        if n % 24 >= 20:  # four hours into the night
            past = tuple(Past(SEVEN + timedelta(hours=m - n), written[m]) for m in range(n - 1, max(-1, n - 73), -1))
            known = {SEVEN - timedelta(hours=m): flows[n - m] for m in range(4)}
            here = Situation(SEVEN, past[:3], known.get, usual=partial(usual_movement, past))
            assert Kind.FROZEN not in [each.kind for each in judge(TEMPERATURE, written[n], here)]


def test_a_counter_that_goes_back_asks_for_a_replacement_unless_it_rolled_over() -> None:
    assert kinds(COUNTER, "48372000", after("48372851")) == [Kind.BACKWARDS]
    assert kinds(COUNTER, "5000", after("99995000")) == []
    assert kinds(COUNTER, "50000", after("99995000")) == [Kind.BACKWARDS]
    assert rolled_over(COUNTER, Decimal(5000), after("99995000"))


def test_a_counter_and_its_flow_must_agree() -> None:
    assert kinds(COUNTER, "48372851", after("48372851", flow="9000", flows=("8000",))) == [Kind.STILL]
    assert kinds(COUNTER, "48372851", after("48372851", flow="0", flows=("0",))) == []
    assert kinds(COUNTER, "12004337", after("12004337")) == []
    assert kinds(COUNTER, "48372999", after("48372851", flow="0", flows=("0",))) == [Kind.MOVES]
    assert kinds(COUNTER, "48372999", after("48372851", shut=True)) == [Kind.MOVES]
    assert kinds(COUNTER, "48412851", after("48372851")) == [Kind.TOO_FAR]


def test_a_counter_with_a_digit_missing_is_asked() -> None:
    (question,) = judge(COUNTER, Decimal(4838412), after("48372851"))
    assert (question.kind, question.proposed) == (Kind.TENFOLD, Decimal(48384120))


@given(st.decimals(-(10**6), 10**6, allow_nan=False, places=3), st.decimals(0, 1, allow_nan=False, places=3))
def test_any_value_is_taken_asked_about_or_refused(value: Decimal, last: Decimal) -> None:
    for rule in (OUTLET, TEMPERATURE, FLOW, FILTER, COUNTER):
        try:
            said = [question_words(each) for each in judge(rule, value, after(str(last)))]
        except ImplausibleError as error:
            said = [say(error)]
        assert all(said)
        assert len(said) <= 3


@given(st.decimals("0.1", "0.6", allow_nan=False, places=3), st.sampled_from([-3, 3, -1, 1]))
def test_a_slip_of_any_honest_value_leads_back_to_it(value: Decimal, power: int) -> None:
    (question,) = judge(OUTLET, value.scaleb(power), after(str(value)))
    assert question.proposed == value


def test_every_kind_has_words() -> None:
    with words.speaking("zh_CN"):
        for kind in Kind:
            question = judge(OUTLET, Decimal(342), after("0.341"))[0]
            assert "{" not in question_words(type(question)(kind, Decimal(1), "MPa"))


def test_which_hours_may_be_read() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    check_hour(SEVEN, SEVEN - timedelta(minutes=10), zone)
    check_hour(SEVEN, SEVEN + timedelta(days=3), zone)
    with pytest.raises(FutureHourError) as caught:
        check_hour(SEVEN, SEVEN - timedelta(minutes=10, seconds=1), zone)
    assert str(caught.value) == "The hour 07:00 cannot be read before 06:50."
    with pytest.raises(NotAnHourError):
        check_hour(SEVEN + timedelta(minutes=1), SEVEN, zone)
