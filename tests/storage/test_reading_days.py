"""Day summaries: kept up by every reading and correction, and the same when made anew."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from stationdesk.services import Store
from stationdesk.services import readings as use
from stationdesk.storage.readings import READING_DAY
from tests import night
from tests.conftest_station import actor
from tests.night import SEVEN, hour_of

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def days(store: Store) -> dict[tuple[int, date], tuple[int, float, float, float, float]]:
    with store.read() as session:
        rows = session.execute(select(READING_DAY)).all()
    return {(row.point_id, row.day): (row.count, row.low, row.high, round(row.mean, 6), row.last) for row in rows}


def test_a_day_of_the_station_is_summed_as_it_is_read(station_store):
    points = night.make_points(station_store)
    night.take_night(station_store, points)
    found = days(station_store)
    assert found[points[0], FRIDAY] == (2, 2.47, 2.47, 2.47, 2.47)  # 22:00 and 23:00 at the station, not of UTC
    assert found[points[0], SATURDAY] == (7, 2.41, 2.46, 2.442857, 2.41)
    assert found[points[3], SATURDAY][2] == 6.7  # 16.6 was corrected to 6.6


def test_a_correction_and_a_late_value_change_their_day(station_store):
    points = night.make_points(station_store)
    night.take_night(station_store, points)
    person, late = actor(station_store, "op-b1"), SEVEN + timedelta(minutes=5)
    use.correct_reading(station_store, person, points[0], hour_of("02"), "2.50", words="misread", at=late)
    assert days(station_store)[points[0], SATURDAY][:3] == (7, 2.41, 2.5)
    use.take_reading(station_store, person, points[0], hour_of("22") - timedelta(hours=1), "2.30", at=late)
    assert days(station_store)[points[0], FRIDAY] == (3, 2.3, 2.47, 2.413333, 2.47)


def test_made_anew_they_are_the_same(station_store):
    points = night.make_points(station_store)
    night.take_night(station_store, points)
    before = days(station_store)
    assert "reading_day" in list(station_store.rebuild())
    assert days(station_store) == before
