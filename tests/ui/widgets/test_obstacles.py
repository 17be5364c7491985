"""Obstacles as a list to work off."""

from __future__ import annotations

from stationdesk.domain.handover import Obstacle, Stops
from stationdesk.domain.said import Said
from stationdesk.ui.widgets.obstacles import groups
from tests.conftest_station import ZONE
from tests.night import hour_of


def missing(clock: str, cure: str = "explain") -> Obstacle:
    return Obstacle(Said("readings.missing", {"time": hour_of(clock)}), "records", "readings", hour_of(clock), cure, Stops.OUTGOING)


def test_hours_in_a_row_are_one_span_and_two_stand_beside_each_other() -> None:
    found = groups([missing(each) for each in ("04", "01", "02", "06", "07", "03")])
    assert len(found) == 1
    assert "01:00–04:00, 06:00, 07:00" in found[0].words(ZONE)


def test_what_is_amiss_comes_first_and_what_waits_last() -> None:
    wait = Obstacle(Said("readings.to_come", {"time": hour_of("08")}), "records", "readings", None, "wait", Stops.OUTGOING, hour_of("08"))
    start = Obstacle(Said("way.nobody"), "", "signin", None, "sign_on", Stops.OUTGOING)
    found = groups([wait, start, missing("03"), missing("03", "read")])
    assert [each.first.cure for each in found] == ["explain", "sign_on", "read", "wait"]
    assert [each.waits for each in found] == [False, False, False, True]
    assert found[-1].first.at == hour_of("08")
