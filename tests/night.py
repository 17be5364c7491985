"""The night of the readings page's picture: the hours of crew a and b, one correction, one value that owes words."""

from __future__ import annotations

from datetime import datetime, timedelta

from stationdesk.services import Store
from stationdesk.services import readings as use
from stationdesk.services.metering.streams import retire_stream, streams_view
from tests.conftest_station import MADE, NIGHT, actor

OF_RUNS = ("m-1", "m-2", "n-2")
SEVEN = NIGHT.replace(hour=23, minute=0)  # 07:00 at the station
HOURS = """22 2.47 12.5 1.202 6.8 0.345 3.1 17 13110 48309737 0.342 3.3 20.1
23 2.47 12.4 1.201 6.7 0.346 3.0 15 11240 48321929 0.343 3.2 20.3
00 2.46 12.4 1.201 6.7 0.347 3.0 14 9860 48332467 0.344 3.2 20.6
01 2.46 12.3 1.200 6.7 0.348 3.0 13 8420 48341638 0.345 3.2 20.9
02 2.45 12.3 1.200 6.6 0.348 2.9 12 7610 48349628 0.345 3.1 21.0
03 2.45 12.2 1.199 6.6 0.349 2.9 12 7280 48357081 0.346 3.2 20.8
04 2.44 12.2 1.200 6.6 0.348 2.9 14 7540 48364472 0.345 3.1 20.4
05 2.43 12.2 1.201 6.6 0.346 2.9 19 9130 48372851 0.343 3.1 19.9
06 2.41 12.1 1.198 6.5 0.341 2.7 34 13480 48384120 0.338 2.9 19.1"""
PAPER = ["2.40", "12.1", "1.196", "6.5", "0.342", "2.8", "21", "13620", "48397740", "0.338", "2.9", "19.3"]
"""The hour of 07:00 as it stands on paper: 51 digits and points."""


def hour_of(clock: str) -> datetime:
    """The hour of the night that the wall clock shows: 22, 23 of the day before, 00 to 08 of 2026-11-21."""
    n = int(clock)
    return SEVEN + timedelta(hours=(n - 24 if n > 12 else n) - 7)


def make_points(store: Store) -> list[int]:
    """The twelve points of the picture, in the order of the grid: the station meters by its corrected counter alone, without runs."""
    chief, then = actor(store, "chief"), MADE + timedelta(minutes=1)
    for stream in streams_view(store, MADE):
        retire_stream(store, chief, stream.stream_id, at=then)
    points = use.points_view(store, MADE)
    for point in points:
        if point.code in OF_RUNS:
            use.retire_point(store, chief, point.point_id, at=then)
    return [point.point_id for point in points if point.code not in OF_RUNS]


def take_night(store: Store, points: list[int], until: str = "06") -> None:
    """The hours of the night up to one; 16.6 for 6.6 at 03:00 is corrected at 03:14 by the one who typed it."""
    person = actor(store, "op-b1")
    for line in HOURS.splitlines():
        clock, *values = line.split()
        hour = hour_of(clock)
        texts = dict(zip(points, values, strict=True))
        if clock == "03":
            texts[points[3]] = "16.6"
        use.take_hour(store, person, hour, texts, at=hour + timedelta(minutes=3))
        if clock == "03":
            use.correct_reading(store, person, points[3], hour, "6.6", words="typing", at=hour + timedelta(minutes=14))
        if clock == until:
            return
