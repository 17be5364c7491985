"""The counters of a run that stands by are not read, are not owed, and come back when it is opened."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from stationdesk.services import Store
from stationdesk.services import readings as use
from stationdesk.services.readings.evidence import facts
from stationdesk.services.readings.versions import points_at
from stationdesk.services.shifts import current
from stationdesk.storage.metered import RunSwitch
from tests import metered as scene
from tests.conftest_station import NIGHT, actor
from tests.metered import AFTER, MIDNIGHT, MORNING

USUAL = {
    "p-in": "2.50",
    "p-1": "1.200",
    "pressure": "0.350",
    "temperature": "12.0",
    "difference": "14",
    "flow": "9000",
    "concentration": "20.1",
}
AT = MIDNIGHT + timedelta(hours=2, minutes=30)


def switch(store: Store, at: datetime = AT) -> None:
    """Run 1 out, run 2 in."""
    ids = scene.stream_ids(store)
    row = RunSwitch(
        time=at, from_id=ids["1"], from_counter=Decimal(101_000), to_id=ids["2"], to_counter=Decimal(5000), reason="检修", told="调度",
        by_id=1, at=at,
    )  # fmt: skip
    with store.write(actor(store, "chief"), "change_meter", AFTER) as session:
        session.add(row)


def codes(store: Store, at: datetime) -> set[str]:
    with store.read() as session:
        return {each.code for each in points_at(session, at)} & {"m-1", "n-1", "m-2", "n-2", "q-1"}


def test_an_hour_asks_for_the_counters_of_the_run_that_is_open(station_store: Store) -> None:
    assert codes(station_store, NIGHT) == {"m-1", "n-1", "q-1"}
    switch(station_store)
    assert codes(station_store, AT - timedelta(minutes=30)) == {"m-1", "n-1", "q-1"}
    assert codes(station_store, AT + timedelta(minutes=30)) == {"m-2", "n-2", "q-1"}, "the flow is that of all runs"
    assert {each.code for each in use.points_view(station_store, NIGHT)} >= {"m-1", "m-2"}, "Settings shows all"


def test_a_day_with_a_switch_shows_both_and_owes_each_only_while_it_was_open(station_store: Store) -> None:
    switch(station_store)
    grid = use.grid_view(station_store, MIDNIGHT, MORNING, AFTER)
    assert {each.code for each in grid.points} >= {"m-1", "n-1", "m-2", "n-2"}
    for n in range(9):
        with station_store.read() as session:
            points = points_at(session, scene.hour(n))
        texts = {each.point_id: USUAL.get(each.code) or USUAL.get(each.quantity) or str(5000 + 400 * n) for each in points}
        taken = use.take_hour(station_store, actor(station_store, "lead-b"), scene.hour(n), texts, at=max(scene.hour(n), NIGHT))
        assert not taken.refused
    with station_store.read() as session:
        shift = current(session)
        assert shift is not None
        found = facts(session, shift, AFTER)
    assert (found.hours, found.read, found.missing) == (9, 9, ())
