"""The duty log: texts, late entries, corrections."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.log import (
    CategoryError,
    CorrectedAlreadyError,
    EmptyTextError,
    FutureEntryError,
    TextCharacterError,
    TextTooLongError,
    check_category,
    check_correction,
    check_text,
    check_time,
    is_late,
)

NOW = datetime(2026, 11, 20, 18, 40, tzinfo=UTC)


def test_a_text_of_ten_thousand_characters_is_taken_and_one_more_is_not() -> None:
    assert len(check_text("压" * 10_000)) == 10_000
    with pytest.raises(TextTooLongError) as caught:
        check_text("压" * 10_001)
    assert caught.value.count == 10_001


@pytest.mark.parametrize("text", ["", "  \n\t　"])
def test_nothing_is_no_entry(text: str) -> None:
    with pytest.raises(EmptyTextError):
        check_text(text)


@pytest.mark.parametrize("text", ["漏气\x00", "a\x07b", "\ud83d"])
def test_what_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(TextCharacterError):
        check_text(text)


def test_lines_tabs_and_rare_characters_stay() -> None:
    assert check_text(" 一\r\n二\t㛃𠮷 ") == "一\n二\t㛃𠮷"


@given(st.text())
def test_a_text_taken_once_is_taken_again_unchanged(text: str) -> None:
    try:
        taken = check_text(text)
    except (EmptyTextError, TextCharacterError):
        return
    assert check_text(taken) == taken
    assert "\x00" not in taken


def test_an_entry_is_late_a_quarter_of_an_hour_after() -> None:
    assert not is_late(NOW - timedelta(minutes=15), NOW)
    assert is_late(NOW - timedelta(minutes=16), NOW)


def test_nobody_writes_about_the_future_but_clocks_may_differ() -> None:
    assert check_time(NOW - timedelta(days=3), NOW) == NOW - timedelta(days=3)
    assert check_time(NOW + timedelta(minutes=1), NOW) == NOW
    with pytest.raises(FutureEntryError):
        check_time(NOW + timedelta(minutes=3), NOW)


def test_a_category_is_one_of_the_stations() -> None:
    assert check_category("drain", ("drain", "other")) == "drain"
    with pytest.raises(CategoryError):
        check_category("gossip", ("drain", "other"))


def test_only_the_newest_of_a_chain_is_corrected() -> None:
    check_correction(7, None)
    with pytest.raises(CorrectedAlreadyError):
        check_correction(7, 9)
