"""An hour of 60 points through the use case (permission, limits, doubts, journal) against raw sqlite3 with the same durability."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path

POINTS, HOURS = 60, 24


def report() -> None:
    """Print milliseconds an hour for both, in turns."""
    from stationdesk.domain.limits import Limits
    from stationdesk.domain.names import Name
    from stationdesk.services import readings
    from stationdesk.storage import keys
    from tests.conftest_station import NIGHT, actor, make_station

    keys.use(keys.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        store = make_station(Path(folder) / "station.db")
        chief, lead = actor(store, "chief"), actor(store, "lead-b")
        for n in range(POINTS):
            text = readings.PointText(100 + n, Name("加密", "More"), Name(f"点 {n}", f"Point {n}"), "MPa", "pressure", 2, Limits())
            readings.add_point(store, chief, f"x-{n:02}", "gauge", text, at=NIGHT)
        points = readings.points_view(store, NIGHT)[-POINTS:]
        raw = _raw(Path(folder) / "raw.db")
        ours: list[float] = []
        floor: list[float] = []
        cpu: list[float] = []
        for n in range(1, HOURS + 1):
            hour = NIGHT.replace(minute=0, second=0) + timedelta(hours=n)
            texts = {point.point_id: f"{1 + n / 1000 + point.point_id / 100:.2f}" for point in points}
            began, computed = time.perf_counter(), time.process_time()
            taken = readings.take_hour(store, lead, hour, texts, at=hour)
            ours.append(time.perf_counter() - began)
            cpu.append(time.process_time() - computed)
            assert len(taken.taken) == POINTS, taken.refused
            began = time.perf_counter()
            _insert(raw, hour.timestamp(), texts)
            floor.append(time.perf_counter() - began)
        store.close()
        raw.close()
    one, other = statistics.median(ours) * 1000, statistics.median(floor) * 1000
    print(f"an hour of {POINTS} points through the use case, journal included: {one:.2f} ms (median of {HOURS})")
    print(f"raw sqlite3, WAL, synchronous FULL, one transaction: {other:.2f} ms; ratio {one / other:.1f} (aim 5)")
    busy, least = statistics.median(cpu) * 1000, min(cpu) * 1000
    print(f"of it computing, which a busy disk does not change: {busy:.2f} ms, at the least {least:.2f}")


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    columns = (
        "point_id INT, time INT, nth INT, value TEXT, version_id INT, shift_id INT, by_id INT, at INT, how TEXT, doubt TEXT, words TEXT"
    )
    connection.execute(f"CREATE TABLE reading ({columns}, PRIMARY KEY (point_id, time, nth)) WITHOUT ROWID")
    return connection


def _insert(connection: sqlite3.Connection, time_: float, texts: dict[int, str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    rows = [(point, int(time_), 0, text, 1, 1, 1, int(time_), "typed", "", "") for point, text in texts.items()]
    connection.executemany("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
