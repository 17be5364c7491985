from __future__ import annotations

from decimal import Decimal

import pytest

from stationdesk.reports.sheet import Column, number


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (48_332_467, 0, "48,332,467"),
        (Decimal("2.40"), None, "2.40"),
        (Decimal("1E+3"), None, "1,000"),
        (-1.2, 2, "−1.20"),
        (-0.001, 2, "0.00"),
        (Decimal("-0.00"), None, "0.00"),
        (0.0005, None, "0.0005"),
        (12_345_678_901_234_567_890, 0, "12,345,678,901,234,567,890"),
    ],
)
def test_numbers_as_they_are_read(value: float | Decimal, digits: int | None, shown: str) -> None:
    assert number(value, digits) == shown


def test_zero_is_a_value_and_nothing_is_none() -> None:
    assert Column("gap", "差").show(0) == "0"
    assert Column("gap", "差").show(None) == ""
