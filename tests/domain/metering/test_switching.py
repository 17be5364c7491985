"""A switch of runs: what cannot be put on record, and what is odd about the counters all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.metering.shapes import StreamRule
from stationdesk.domain.metering.switching import (
    Known,
    Side,
    SwitchCounterError,
    SwitchOpenError,
    SwitchReasonError,
    SwitchRunsError,
    SwitchShutError,
    SwitchTimeError,
    SwitchToldError,
    check_switch,
    doubts,
)
from stationdesk.domain.names import Name

AT = datetime(2026, 11, 21, 2, 31, tzinfo=UTC)
ONE = StreamRule(1, "1", Name("1#", "Run 1"), q_max=Decimal(1000), rollover=Decimal(1_000_000))
TWO = replace(ONE, stream_id=2, code="2", name=Name("2#", "Run 2"))
LAST = Known(Decimal(500_000), AT - timedelta(minutes=30))
OUT, INTO = Side(ONE, Decimal(500_200), None, False, LAST), Side(TWO, Decimal(500_000), None, True, LAST)


def check(out: Side | None = OUT, into: Side | None = INTO, **other: object) -> None:
    """The same switch with one thing otherwise."""
    values: dict[str, object] = {"time": AT, "at": AT, "before": None, "reason": "检修", "told": "调度"} | other
    check_switch(out, into, **values)  # type: ignore[arg-type]


def test_a_switch_of_both_runs_or_of_one_is_taken() -> None:
    check()
    check(None, INTO)
    check(OUT, None)


def test_what_cannot_be_put_on_record() -> None:
    for wrong, runs in ((SwitchRunsError, (None, None)), (SwitchRunsError, (OUT, replace(INTO, rule=ONE)))):
        with pytest.raises(wrong):
            check(*runs)
    with pytest.raises(SwitchShutError):
        check(replace(OUT, shut=True))
    with pytest.raises(SwitchOpenError):
        check(OUT, replace(INTO, shut=False))
    with pytest.raises(SwitchCounterError):
        check(replace(OUT, counter=None))
    with pytest.raises(SwitchReasonError):
        check(reason=" ")
    with pytest.raises(SwitchToldError):
        check(told="")
    for time in (AT + timedelta(minutes=1), AT - timedelta(days=4)):
        with pytest.raises(SwitchTimeError):
            check(time=time)
    with pytest.raises(SwitchTimeError):
        check(before=AT)


@given(st.integers(0, 600), st.integers(0, 999_999))
def test_an_honest_counter_raises_no_doubt_wherever_it_stands(moved: int, before: int) -> None:
    side = Side(ONE, Decimal((before + moved) % 1_000_000), None, False, Known(Decimal(before), AT - timedelta(minutes=30)))
    assert doubts(side, AT) == ()


def test_what_is_odd_is_told_and_stands() -> None:
    assert [each.code for each in doubts(replace(OUT, counter=Decimal(499_000)), AT)] == ["switch.back"]
    assert [each.code for each in doubts(replace(OUT, counter=Decimal(501_000)), AT)] == ["switch.far"]
    assert [each.code for each in doubts(replace(INTO, counter=Decimal(500_002)), AT)] == ["switch.moved"]
    assert doubts(replace(INTO, counter=Decimal(500_001)), AT) == ()
    assert doubts(None, AT) == ()
