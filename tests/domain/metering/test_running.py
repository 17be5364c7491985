"""When a run is shut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.metering.running import is_shut, shut_spans, shut_throughout

START = datetime(2026, 11, 1, tzinfo=UTC)


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def test_a_run_that_stands_by_is_shut_until_it_is_opened():
    spans = shut_spans(START, True, [(at(5), False), (at(9), True)])
    assert spans == ((START, at(5)), (at(9), None))
    assert [is_shut(spans, at(hour)) for hour in (0, 4.9, 5, 8.9, 9, 100)] == [True, True, False, False, True, True]
    assert not is_shut(spans, at(-1)), "before it was there nothing is known"


def test_what_is_opened_twice_or_shut_twice_stays_as_it_is():
    assert shut_spans(START, False, [(at(1), False), (at(2), True), (at(3), True), (at(4), False)]) == ((at(2), at(4)),)
    assert shut_spans(START, False, []) == ()


def test_throughout_is_without_a_break():
    spans = shut_spans(START, True, [(at(5), False), (at(6), True)])
    assert shut_throughout(spans, at(1), at(4))
    assert not shut_throughout(spans, at(1), at(5)), "opened at five, it is read at five"
    assert not shut_throughout(spans, at(1), at(9))
    assert shut_throughout(spans, at(6), at(900))


@given(st.booleans(), st.lists(st.tuples(st.integers(1, 500), st.booleans()), max_size=20))
def test_it_is_as_the_last_switch_left_it(shut, switches):
    ordered = sorted(switches, key=lambda each: each[0])
    spans = shut_spans(START, shut, [(at(hour), closes) for hour, closes in ordered])
    for hour in range(0, 502, 7):
        before = [closes for time, closes in ordered if time <= hour]
        assert is_shut(spans, at(hour)) == (before[-1] if before else shut)
