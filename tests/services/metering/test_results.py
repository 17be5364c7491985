"""Frozen results: read back whole, told stale with what changed, computed anew as another version, never overwritten."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from stationdesk.domain.metering.frozen import Changed, changed_words, changes, data_of, gas_of_data
from stationdesk.domain.metering.mending import NothingChangedError, RecomputeWordsError
from stationdesk.domain.metering.shapes import StreamGas
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Store
from stationdesk.services import readings as reading
from stationdesk.services.metering.hours import gas_of
from stationdesk.services.metering.results import (
    ResultView,
    freeze_shift,
    recompute,
    result_versions,
    results_between,
    results_of_shift,
    stale,
    stale_results,
)
from stationdesk.services.metering.substitute import SubstituteText, substitute
from stationdesk.services.shifts import current
from stationdesk.storage.metered import MeteringResult
from tests import metered
from tests.conftest_station import MADE, actor
from tests.metered import AFTER, MIDNIGHT, MORNING, hour


@pytest.fixture
def store(station_store: Store) -> Store:
    metered.add_gas(station_store)
    metered.relieve(station_store)
    metered.read_night(station_store)
    return station_store


def freeze(store: Store) -> int:
    """The night's; the shift's id."""
    with store.write(actor(store, "lead-b"), "sign_off", AFTER) as session:
        shift = current(session)
        assert shift is not None
        freeze_shift(session, shift, 1, AFTER)
        return shift.id


def frozen(store: Store, shift_id: int) -> ResultView:
    with store.read() as session:
        return results_of_shift(session, shift_id)[0]


def now(store: Store) -> StreamGas:
    return gas_of(store, MIDNIGHT, MORNING, AFTER)[0]


def why(store: Store, result: ResultView) -> set[Changed]:
    with store.read() as session:
        return {each.what for each in stale(session, result, AFTER)}


def test_what_is_frozen_is_read_back_as_it_was_computed(store: Store) -> None:
    computed = now(store)
    found = frozen(store, freeze(store))
    assert found.gas == computed
    assert (found.nth, found.newest, found.method) == (0, True, "detail")
    assert found.library.startswith("pyaga8 ")
    assert found.gas.qualities[0].report == "HY-2026-118"


def test_freezing_again_makes_nothing_new(store: Store) -> None:
    freeze(store)
    freeze(store)
    with store.read() as session:
        assert len(session.scalars(select(MeteringResult)).all()) == 2  # one a run
        assert len(results_between(session, MIDNIGHT, MORNING, "shift")) == 2
        assert results_between(session, MIDNIGHT, MORNING, "day") == ()


def test_a_corrected_reading_makes_it_stale_and_names_itself(store: Store) -> None:
    found = frozen(store, freeze(store))
    assert why(store, found) == set()
    ids = metered.point_ids(store)
    reading.correct_reading(store, actor(store, "lead-b"), ids["p-in"], hour(3), "2.40", words="typing", at=AFTER)
    with store.read() as session:
        (change,) = stale(session, found, AFTER)
    assert (change.what, change.time, change.quantity) == (Changed.READING, hour(3), "pressure")
    assert (Decimal(change.before), Decimal(change.after)) == (Decimal("2591.325"), Decimal("2501.325"))
    assert changed_words(change.what) == "a reading was entered or corrected"
    assert [each.result.result_id for each in stale_results(store, MIDNIGHT, MORNING, AFTER)] == [found.result_id]
    assert frozen(store, found.shift_id or 0).gas == found.gas


def test_a_new_version_has_words_and_the_old_one_stays(store: Store) -> None:
    found = frozen(store, freeze(store))
    ids, chief = metered.point_ids(store), actor(store, "chief")
    reading.correct_reading(store, chief, ids["t-in"], hour(3), "14.0", words="typing", at=AFTER)
    with pytest.raises(RecomputeWordsError):
        recompute(store, chief, found.result_id, " ", at=AFTER)
    with pytest.raises(NotAllowedError):
        recompute(store, actor(store, "op-b1"), found.result_id, "更正温度", at=AFTER)
    recompute(store, chief, found.result_id, "更正温度", at=AFTER)
    second, first = result_versions(store, found.stream_id, MIDNIGHT, MORNING)
    assert (second.nth, second.words, second.newest, first.newest) == (1, "更正温度", True, False)
    assert first.gas == found.gas
    assert (second.gas.base_volume or 0) < (first.gas.base_volume or 0)
    assert stale_results(store, MIDNIGHT, MORNING, AFTER) == ()
    with pytest.raises(NothingChangedError):
        recompute(store, chief, found.result_id, "再算一次", at=AFTER)


def test_a_later_composition_for_the_same_time_makes_it_stale(store: Store) -> None:
    found = frozen(store, freeze(store))
    rich = {"methane": "0.93", "ethane": "0.05", "nitrogen": "0.01", "carbon_dioxide": "0.01"}
    metered.add_gas(store, rich, report="HY-2026-119", since=hour(-30))
    with store.read() as session:
        (change,) = stale(session, found, AFTER)
    assert (change.what, change.before, change.after) == (Changed.COMPOSITION, "HY-2026-118", "HY-2026-119")


def test_a_substituted_value_makes_it_stale(store: Store) -> None:
    found = frozen(store, freeze(store))
    text = SubstituteText(found.stream_id, "temperature", hour(2), hour(3), Decimal("11.5"), "备用温度变送器")
    substitute(store, actor(store, "chief"), text, at=AFTER)
    assert why(store, found) == {Changed.SUBSTITUTION}
    recompute(store, actor(store, "chief"), found.result_id, "温变故障", at=AFTER)
    assert frozen(store, found.shift_id or 0).gas.substituted


def test_a_shift_that_cannot_be_computed_whole_is_frozen_without_a_sum(station_store: Store) -> None:
    metered.read_night(station_store)  # no composition
    found = frozen(station_store, freeze(station_store))
    with station_store.read() as session:
        row = session.get_one(MeteringResult, found.result_id)
        assert (row.base_volume, row.volume, row.composition_id) == (None, None, None)
    assert not found.gas.whole
    metered.add_gas(station_store, since=MADE)
    assert Changed.COMPOSITION in why(station_store, found)


def test_the_data_is_plain_and_comes_back_equal(store: Store) -> None:
    computed = now(store)
    data = json.loads(json.dumps(data_of(computed)))
    assert gas_of_data(data) == computed
    assert changes(gas_of_data(data), computed) == ()
