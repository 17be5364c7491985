"""Open items, orders and instructions keep their number and go their way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.items import (
    DoneWordsError,
    ItemDoneError,
    ReadBackFirstError,
    ReadBackTwiceError,
    check_done,
    check_read_back,
    following,
    item_number,
    number,
)

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


def test_numbers_are_those_people_know() -> None:
    assert number("item", DAY, ["YL-2026-0342", "YL-2025-0999", "YH-2026-0400"]) == "YL-2026-0343"
    assert number("order", DAY, ["DD-20261121-01", "DD-20261120-07"]) == "DD-20261121-02"
    assert number("instruction", DAY, []) == "CD-20261121-01"
    assert number("item", date(2027, 1, 1), ["YL-2026-0342"]) == "YL-2027-0001"


@given(st.lists(st.integers(1, 20_000)))
def test_a_number_is_never_given_twice(given_before: list[int]) -> None:
    taken = [item_number(2026, n) for n in given_before]
    assert item_number(2026, following("YL-2026-", taken)) not in taken


def test_an_order_is_read_back_once_and_reported_after() -> None:
    check_read_back("DD-1", None, None)
    with pytest.raises(ReadBackTwiceError):
        check_read_back("DD-1", NOW, None)
    with pytest.raises(ReadBackFirstError):
        check_done("order", "DD-1", None, None, "已执行")
    assert check_done("order", "DD-1", NOW, None, " 已执行 ") == "已执行"
    assert check_done("item", "YL-1", None, None, "已更换") == "已更换"


def test_what_is_done_stays_done_and_says_how() -> None:
    with pytest.raises(ItemDoneError):
        check_done("item", "YL-1", None, NOW, "又办")
    with pytest.raises(ItemDoneError):
        check_read_back("DD-1", None, NOW)
    with pytest.raises(DoneWordsError):
        check_done("item", "YL-1", None, None, "")
