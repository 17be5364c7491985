"""What people type becomes the number they mean, or is refused in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain import words
from stationdesk.domain.errors import say
from stationdesk.domain.numbers import (
    DecimalCommaError,
    NoNumberError,
    NumberError,
    NumberTooLongError,
    NumberWithUnitError,
    parse,
    parse_block,
    shown,
    shown_signed,
    to_type,
)

VALUES = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=3)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2.40", "2.40"),
        ("１２．５", "12.5"),
        ("１２。５", "12.5"),
        ("13,110", "13110"),
        ("13，110", "13110"),
        ("1,234,567.8", "1234567.8"),
        ("48 419 913", "48419913"),
        (" −5 ", "-5"),
        ("－５", "-5"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-0", "0"),
        ("007", "7"),
        ("- 5", "-5"),
        ("13\u00a0110", "13110"),
    ],
)
def test_a_number_is_understood_as_typed(typed: str, value: str) -> None:
    assert str(parse(typed)) == value


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", NoNumberError),
        ("  　", NoNumberError),
        ("12,5", DecimalCommaError),
        ("12，5", DecimalCommaError),
        ("0,342", DecimalCommaError),
        ("1,2345", DecimalCommaError),
        ("342 kPa", NumberWithUnitError),
        ("4831万", NumberWithUnitError),
        ("1e5", NumberWithUnitError),
        ("NaN", NumberError),
        ("Infinity", NumberError),
        ("1.2.3", NumberError),
        ("--5", NumberError),
        ("—", NumberError),
        ("1_000", NumberWithUnitError),
        ("9" * 19, NumberTooLongError),
        ("9" * 10_000, NumberTooLongError),
        ("٣٤", NumberError),
        ("1\x00", NumberError),
    ],
)
def test_what_is_no_number_is_refused_and_says_why(typed: str, error: type[NumberError]) -> None:
    with pytest.raises(error) as caught:
        parse(typed)
    assert type(caught.value) is error
    assert caught.value.field == "value"
    with words.speaking("zh_CN"):
        assert "{" not in say(caught.value)


def test_a_long_text_is_not_repeated_whole() -> None:
    with pytest.raises(NumberError) as caught:
        parse("压" * 10_000)
    assert len(say(caught.value)) < 100


@given(VALUES)
def test_what_is_shown_can_be_typed_again(value: Decimal) -> None:
    assert parse(shown(value)) == value


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        outcome: object = parse(text).is_finite()
    except NumberError as error:
        outcome = say(error)
    assert outcome


@given(VALUES)
def test_full_width_digits_are_the_same_number(value: Decimal) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789.-" else c for c in str(value))
    assert parse(wide) == value


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("13110", 0, "13,110"), ("2.4", 2, "2.40"), ("-5", 1, "−5.0"), ("2.40", None, "2.40"), ("-0.004", 2, "0.00"), ("1E+3", None, "1,000")],
)
def test_numbers_are_shown_with_commas_and_a_true_minus(value: str, decimals: int | None, text: str) -> None:
    assert shown(Decimal(value), decimals) == text


def test_a_change_has_its_sign() -> None:
    assert [shown_signed(Decimal(v), 2) for v in ("0.02", "-0.02", "0", "0.001")] == ["+0.02", "−0.02", "0.00", "0.00"]


def test_a_pasted_block_is_a_grid() -> None:
    assert parse_block("2.40\t12.1\r\n2.41\t\r\n") == (("2.40", "12.1"), ("2.41", ""))
    assert parse_block("") == ()
    assert parse_block("5") == (("5",),)


@pytest.mark.parametrize(("value", "text"), [(Decimal("-5.0"), "−5.0"), (13110, "13110"), (Decimal("1E+3"), "1000"), (0, "0")])
def test_a_number_ready_to_be_typed_over_is_read_back(value: Decimal | int, text: str) -> None:
    assert to_type(value) == text
    assert parse(to_type(value)) == value
