"""Substituted values and replacements through a real store: with a basis, withdrawn, the newest counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from stationdesk.domain.metering.mending import (
    ChangeCountError,
    ChangeCountersError,
    ChangeTimeError,
    ChangeTwiceError,
    ChangeWordsError,
    MeterChangeError,
    NothingSubstitutedError,
    SubstituteBasisError,
    SubstituteHoursError,
    SubstituteQuantityError,
    SubstituteValueError,
)
from stationdesk.domain.metering.streams import UnknownStreamError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Actor, Store
from stationdesk.services.metering.hours import gas_of
from stationdesk.services.metering.substitute import (
    MeterChangeText,
    SubstituteText,
    change_meter,
    meter_changes,
    substitute,
    substitutions,
    withdraw_substitute,
)
from tests import metered
from tests.conftest_station import actor
from tests.metered import AFTER, MIDNIGHT, MORNING, hour


@pytest.fixture
def store(station_store: Store) -> Store:
    metered.add_gas(station_store)
    metered.relieve(station_store)
    metered.read_night(station_store)
    return station_store


@pytest.fixture
def chief(store: Store) -> Actor:
    return actor(store, "chief")


@pytest.fixture
def text(store: Store) -> SubstituteText:
    return SubstituteText(metered.stream_ids(store)["1"], "pressure", hour(2), hour(4), Decimal("2.60"), "上游压力 2.60")


def pressures(store: Store) -> list[str]:
    return [f"{each:.3f}" for each in gas_of(store, MIDNIGHT, MORNING, AFTER)[0].pressures]


def test_a_substituted_pressure_counts_in_its_hours(store: Store, chief: Actor, text: SubstituteText) -> None:
    substitute(store, chief, text, at=AFTER)
    assert pressures(store)[1:6] == ["2611.325", "2701.325", "2701.325", "2701.325", "2611.325"]
    (view,) = substitutions(store, MIDNIGHT, MORNING)
    assert (view.basis, view.in_force, view.by) == ("上游压力 2.60", True, chief.name)


def test_the_newest_of_an_hour_counts_and_withdrawn_what_was_read_counts_again(store: Store, chief: Actor, text: SubstituteText) -> None:
    first = substitute(store, chief, text, at=AFTER)
    substitute(store, chief, replace(text, first=hour(3), last=hour(3), value=Decimal("2.55")), at=AFTER)
    assert pressures(store)[2:5] == ["2701.325", "2651.325", "2701.325"]
    withdraw_substitute(store, chief, first, "上游读数有误", at=AFTER)
    assert pressures(store)[2:5] == ["2601.325", "2651.325", "2601.325"]  # the later one of 03:00 stands
    with pytest.raises(NothingSubstitutedError):
        withdraw_substitute(store, chief, first, "再撤一次", at=AFTER)
    assert [each.in_force for each in substitutions(store, MIDNIGHT, MORNING) if each.value] == [True, False]


def test_a_substituted_volume_is_that_of_its_hour(store: Store, chief: Actor, text: SubstituteText) -> None:
    volume = replace(text, quantity="volume", first=hour(3), last=hour(3), value=Decimal(500))
    substitute(store, chief, volume, at=AFTER)
    found = gas_of(store, MIDNIGHT, MORNING, AFTER)[0]
    assert [each.moved for each in found.hours[1:4]] == [410, 500, 380]


def test_only_metering_and_chiefs_substitute(store: Store, text: SubstituteText) -> None:
    with pytest.raises(NotAllowedError):
        substitute(store, actor(store, "lead-b"), text, at=AFTER)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"quantity": "colour"}, SubstituteQuantityError),
        ({"basis": " "}, SubstituteBasisError),
        ({"last": hour(1)}, SubstituteHoursError),
        ({"last": AFTER}, SubstituteHoursError),
        ({"first": hour(9), "last": hour(9)}, SubstituteHoursError),
        ({"first": hour(-24 * 40)}, SubstituteHoursError),
        ({"value": Decimal(-1)}, SubstituteValueError),
        ({"quantity": "temperature", "value": Decimal(285)}, SubstituteValueError),
        ({"stream_id": 99}, UnknownStreamError),
    ],
)
def test_what_no_substitute_may_be(store: Store, chief: Actor, text: SubstituteText, change: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        substitute(store, chief, replace(text, **change), at=AFTER)  # type: ignore[arg-type]


def test_a_replacement_is_put_on_record_with_its_counters(store: Store, chief: Actor, text: SubstituteText) -> None:
    made = MeterChangeText(
        text.stream_id, "meter", hour(3.25), Decimal(101_300), Decimal(0), serial_before="A1", serial_after="B2", words="送检"
    )  # fmt: skip
    change_meter(store, chief, made, at=AFTER)
    (view,) = meter_changes(store, MIDNIGHT, MORNING)
    assert view.text == made
    found = gas_of(store, MIDNIGHT, MORNING, AFTER)[0]
    assert found.hours[3].moved == 100


def test_one_replacement_put_on_record_by_two_counts_once(store: Store, chief: Actor, text: SubstituteText) -> None:
    made = MeterChangeText(text.stream_id, "meter", hour(3.25), Decimal(101_300), Decimal(0), words="送检")
    change_meter(store, chief, made, at=AFTER)
    volume = gas_of(store, MIDNIGHT, MORNING, AFTER)[0].volume
    with pytest.raises(ChangeTwiceError):
        change_meter(store, chief, replace(made, time=hour(3.3), words="换表"), at=AFTER)
    assert gas_of(store, MIDNIGHT, MORNING, AFTER)[0].volume == volume
    set_back = replace(made, time=hour(5), closing_counter=Decimal(700), opening_counter=Decimal(0))
    assert change_meter(store, chief, set_back, at=AFTER)  # another one


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"what": "pipe"}, MeterChangeError),
        ({"time": AFTER + timedelta(minutes=1)}, ChangeTimeError),
        ({"closing_counter": None}, ChangeCountersError),
        ({"closing_counter": None, "opening_counter": None}, ChangeCountersError),
        ({"opening_counter": Decimal(-1)}, ChangeCountError),
        ({"words": ""}, ChangeWordsError),
    ],
)
def test_what_no_replacement_may_be(store: Store, chief: Actor, text: SubstituteText, change: dict[str, object], error: type) -> None:
    made = MeterChangeText(text.stream_id, "meter", hour(3.25), Decimal(101_300), Decimal(0), words="送检")
    with pytest.raises(error):
        change_meter(store, chief, replace(made, **change), at=AFTER)  # type: ignore[arg-type]


def test_a_calibration_needs_no_counters(store: Store, chief: Actor, text: SubstituteText) -> None:
    before = gas_of(store, MIDNIGHT, MORNING, AFTER)
    change_meter(store, chief, MeterChangeText(text.stream_id, "calibration", hour(3), certificate="JZ-2026-7"), at=AFTER)
    assert gas_of(store, MIDNIGHT, MORNING, AFTER) == before
