"""The hint to switch, from what was read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from stationdesk.services import Store
from stationdesk.services.metering.best_range import best_range_hints
from stationdesk.services.metering.streams import StreamText, set_stream, stream_at
from tests import metered
from tests.conftest_station import NIGHT, actor


@pytest.fixture
def store(station_store: Store) -> Store:
    """Run 2, which stands by, is a small one from the end of the third hour on."""
    with station_store.read() as session:
        two = stream_at(session, metered.stream_ids(station_store)["2"], NIGHT)
    kept = {name: getattr(two.rule, name) for name in ("name", "serves", "meter", "best_low", "best_high", "group", "shut")}
    text = StreamText(**kept, points=two.points, q_min=Decimal(5), q_max=Decimal(200))
    set_stream(station_store, actor(station_store, "chief"), "2", replace(text), at=NIGHT)
    return station_store


def read_until(store: Store, *moved: int) -> None:
    count = 100_000
    for n, each in enumerate((400, 400, 400, 400, *moved), 1):
        count += each
        metered.read(store, n, m_1=str(count), p_in="2.50", t_in="12.0")


def test_a_large_meter_that_idles_for_two_hours_is_told_of_the_small_one(store: Store) -> None:
    read_until(store, 80, 80)
    (hint,) = best_range_hints(store, NIGHT)
    assert (hint.stream.code, hint.other.code, hint.percent, hint.other_percent) == ("1", "2", 8, 40)


def test_an_hour_of_it_is_no_habit(store: Store) -> None:
    read_until(store, 400, 80)
    assert best_range_hints(store, NIGHT) == ()
