"""Runs switched in the middle of a shift, through a real store: the log tells it, and the hours of both runs add up."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.metering.shapes import StreamGas
from stationdesk.domain.metering.switching import SwitchReasonError, SwitchWithdrawnError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Store, readings
from stationdesk.services.log import LogFilter, entries
from stationdesk.services.metering.base_readings import enter_base_reading
from stationdesk.services.metering.hours import gas_of
from stationdesk.services.metering.streams import streams_view
from stationdesk.services.metering.switching import SwitchText, run_states, switch_run, switches_view, withdraw_switch
from stationdesk.services.metering.takeover import takeover_view
from tests.conftest_station import actor
from tests.handing import EIGHT
from tests.night import hour_of
from tests.taking_over import booked

HALF = timedelta(minutes=30)


@pytest.fixture
def store(metered_store: Store) -> Store:
    return metered_store


def test_the_form_knows_where_the_counters_stood(store: Store) -> None:
    one, two = run_states(store, hour_of("07") + HALF)
    assert (one.shut, one.counter, one.wants_corrected) == (False, Decimal(booked(store)[7][0]), True)
    assert (two.shut, two.counter) == (True, None)
    assert run_states(store, EIGHT)[0].counter == Decimal(booked(store)[7][0])  # the closing hour is not told


def test_a_switch_is_on_record_and_in_the_log_and_the_hours_of_both_add_up(store: Store) -> None:
    one, two = streams_view(store, EIGHT)
    at, counted = hour_of("08") + timedelta(minutes=2), booked(store)
    early = hour_of("06") + HALF
    out, left = Decimal(counted[6][0] + 340), Decimal(counted[6][1] + 340 * 23)
    text = SwitchText(
        early, one.stream_id, two.stream_id, out, left, Decimal(5000), Decimal(90_000), reason="1# 过滤器清洗", told="调度赵工"
    )
    done = switch_run(store, actor(store, "op-b1"), text, at=at)
    assert not done.doubts
    [entry] = entries(store, LogFilter(text="切换计量管路")) or entries(store, LogFilter(text="过滤器清洗"))
    assert "赵工" in entry.text
    [view] = switches_view(store, hour_of("00"), EIGHT)
    assert (view.out, view.into, view.time) == (one.name, two.name, early)
    codes = {each.code: each.point_id for each in readings.points_view(store, EIGHT)}
    for clock, m, n in (("07", "5360", "98280"), ("08", "6161", "117000")):
        taken = readings.take_hour(store, actor(store, "op-b1"), hour_of(clock), {codes["m-2"]: m, codes["n-2"]: n}, at=at)
        assert not taken.refused
    assert gas(store)[two.stream_id].volume == 360  # the closing hour is not told yet
    of_one = [each for each in gas(store)[one.stream_id].hours if each.end <= early]
    assert sum((each.moved or Decimal(0) for each in of_one), Decimal(0)) == out - counted[0][0]
    found = takeover_view(store, EIGHT)
    assert found is not None
    assert [each.stream_id for each in found.streams] == [one.stream_id, two.stream_id]
    values = Decimal(6161), Decimal(117_000)
    enter_base_reading(store, actor(store, "lead-d"), found.shift_id, two.stream_id, *values, at=EIGHT)
    assert gas(store)[two.stream_id].volume == 6161 - 5000


def gas(store: Store) -> dict[int, StreamGas]:
    """The gas of the night by run."""
    return {each.stream.stream_id: each for each in gas_of(store, hour_of("00"), hour_of("08"), EIGHT)}


def test_a_switch_entered_by_mistake_is_taken_back_and_stays_on_record(store: Store) -> None:
    one, two = streams_view(store, EIGHT)
    at, counted = hour_of("08") + timedelta(minutes=2), booked(store)
    before = gas_of(store, hour_of("00"), hour_of("08"), EIGHT + HALF)
    text = SwitchText(
        hour_of("06") + HALF, one.stream_id, two.stream_id, Decimal(counted[6][0] + 340), Decimal(counted[6][1] + 340 * 23), Decimal(5000),
        Decimal(90_000), reason="1# 过滤器清洗", told="调度赵工",
    )  # fmt: skip
    done = switch_run(store, actor(store, "op-b1"), text, at=at)
    assert [each.shut for each in run_states(store, EIGHT)] == [True, False]
    leader = actor(store, "lead-b")
    with pytest.raises(NotAllowedError):
        withdraw_switch(store, actor(store, "op-b1"), done.switch_id, "记错管路", at=at)
    with pytest.raises(SwitchReasonError):
        withdraw_switch(store, leader, done.switch_id, " ", at=at)
    withdraw_switch(store, leader, done.switch_id, "记错管路", at=at)
    with pytest.raises(SwitchWithdrawnError):
        withdraw_switch(store, leader, done.switch_id, "记错管路", at=at)
    assert [each.shut for each in run_states(store, EIGHT)] == [False, True]
    assert gas_of(store, hour_of("00"), hour_of("08"), EIGHT + HALF) == before
    [view] = switches_view(store, hour_of("00"), EIGHT)
    assert view.withdrawn
    assert entries(store, LogFilter(text="记错管路"))
