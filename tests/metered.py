"""A night of a metering station: two runs (the second stands by), a composition, the hours 00:00–08:00 read by the crew."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.conftest_station import MADE, NIGHT, actor

if TYPE_CHECKING:
    from stationdesk.services import Store

HOUR = timedelta(hours=1)
MIDNIGHT = NIGHT.replace(hour=16, minute=0)  # 00:00 at the station
MORNING = MIDNIGHT + 8 * HOUR
AFTER = MORNING + timedelta(minutes=5)
GAS = {"methane": "0.965", "ethane": "0.018", "nitrogen": "0.012", "carbon_dioxide": "0.005"}
COUNTS = ["100000", "100400", "100810", "101200", "101580", "101990", "102420", "102900", "103400"]
CORRECTED = ["2600000", "2610800", "2621870", "2632400", "2642660", "2653730", "2665340", "2678300", "2691800"]
MPA, CELSIUS = ["2.50", "2.51", "2.50", "2.49", "2.50", "2.51", "2.52", "2.51", "2.50"], ["12.0"] * 9


def hour(n: float) -> datetime:
    """So many hours after midnight."""
    return MIDNIGHT + n * HOUR


def point_ids(store: Store) -> dict[str, int]:
    """Code → id."""
    from stationdesk.services import readings

    return {each.code: each.point_id for each in readings.points_view(store, NIGHT)}


def stream_ids(store: Store) -> dict[str, int]:
    """Code → id."""
    from stationdesk.services.metering.streams import streams_view

    return {each.code: each.stream_id for each in streams_view(store, NIGHT)}


def add_gas(store: Store, parts: dict[str, str] | None = None, *, report: str = "HY-2026-118", since: datetime = MADE) -> int:
    """A laboratory's report."""
    from stationdesk.services.metering.compositions import CompositionText, add_composition

    known = {name: Decimal(each) for name, each in (parts or GAS).items()}
    return add_composition(store, actor(store, "chief"), CompositionText(report, known, since), at=max(since, NIGHT))


def read(store: Store, n: int, **values: str) -> None:
    """One hour as the leader types it: points by code, _ for -; it may be late."""
    from stationdesk.services import readings

    ids = point_ids(store)
    texts = {ids[code.replace("_", "-")]: text for code, text in values.items()}
    taken = readings.take_hour(store, actor(store, "lead-b"), hour(n), texts, at=max(hour(n) + timedelta(minutes=2), NIGHT))
    assert not taken.refused, taken.refused


def read_night(store: Store, *, without: tuple[int, ...] = ()) -> None:
    """The hours of the night shift, those of `without` left out."""
    for n in range(9):
        if n not in without:
            read(store, n, m_1=COUNTS[n], n_1=CORRECTED[n], p_in=MPA[n], t_in=CELSIUS[n])


def relieve(store: Store) -> None:
    """The relief has read both runs of the night: nothing is hidden from it any more."""
    from stationdesk.services.metering.blind import INCOMING
    from stationdesk.services.shifts import current
    from stationdesk.storage.metered import BaseReading

    with store.write(actor(store, "lead-b"), "enter_base_reading", AFTER) as session:
        shift = current(session)
        assert shift is not None
        for stream_id in stream_ids(store).values():
            row = {"shift_id": shift.id, "stream_id": stream_id, "side": INCOMING, "read_at": MORNING, "by_id": 1, "at": AFTER}
            session.add(BaseReading(counter=Decimal(COUNTS[-1]), **row))
