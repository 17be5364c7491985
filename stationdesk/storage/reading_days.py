"""Day summaries of the readings in force, by the station's own days: kept up in the write that adds a reading, made anew by rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Integer, case, literal_column, select

from stationdesk.storage import derived
from stationdesk.storage.canonical import State
from stationdesk.storage.dialect import Insert, compiled, execute_stored, on_conflict
from stationdesk.storage.readings import READING, READING_DAY
from stationdesk.storage.recall import recall
from stationdesk.storage.station import Station

Summary = dict[str, Any]

_ZONE = select(Station.zone)
_READINGS = select(READING.c.point_id, READING.c.time, READING.c.nth, READING.c.value).order_by(*READING.primary_key.columns)


@derived.follows("reading")
def follow(connection: Connection, rows: Sequence[State]) -> None:
    """Add first values to their days; the day of a correction is summed anew."""
    zone = recall(connection, "zone of days", ("station",), lambda: _zone(connection))
    days = {time: datetime.fromtimestamp(int(str(time)), UTC).astimezone(zone).date() for time in {row["time"] for row in rows}}
    named = {time: day.isoformat() for time, day in days.items()}
    firsts = [(row, float(str(row["value"]))) for row in rows if row["nth"] == 0]
    if firsts:
        added = [(row["point_id"], named[row["time"]], 1, value, value, value, value, row["time"]) for row, value in firsts]
        execute_stored(connection, _ADD, added)
    for point, day in sorted({(int(str(row["point_id"])), days[row["time"]]) for row in rows if row["nth"] != 0}):
        start, end = (datetime.combine(each, time(), tzinfo=zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
        found = connection.execute(_READINGS.where(READING.c.point_id == point, READING.c.time >= start, READING.c.time < end))
        derived.put(connection, READING_DAY, list(_summaries(found, zone)))


@derived.rebuilds("reading_day")
def rebuild(connection: Connection) -> None:
    """Sum every day that has readings, in one pass over them."""
    batch: list[Summary] = []
    for summary in _summaries(connection.execute(_READINGS).yield_per(10_000), _zone(connection)):
        batch.append(summary)
        if len(batch) == 1000:
            derived.put(connection, READING_DAY, batch)
            batch = []
    derived.put(connection, READING_DAY, batch)


def _zone(connection: Connection) -> ZoneInfo:
    name = connection.execute(_ZONE).scalars().first()
    return ZoneInfo(name) if name else ZoneInfo("UTC")


def _summaries(rows: Iterable[Any], zone: ZoneInfo) -> Iterator[Summary]:
    """Day by day of readings that come by point, time, nth: a correction hides the values before it."""
    for (point, day), found in groupby(rows, lambda row: (row.point_id, row.time.astimezone(zone).date())):
        values = {row.time: float(row.value) for row in found}
        last = max(values)
        figures = {
            "count": len(values),
            "low": min(values.values()),
            "high": max(values.values()),
            "mean": sum(values.values()) / len(values),
        }
        yield {"point_id": point, "day": day, **figures, "last": values[last], "last_time": last}


def _adding() -> Insert:
    """A first value of an hour, added to what the day has: nothing of the day is read for it."""
    statement, own = on_conflict(READING_DAY), READING_DAY.c
    new, one = statement.excluded, literal_column("1", Integer)
    added = {
        "count": own.count + one,
        "low": case((new.low < own.low, new.low), else_=own.low),
        "high": case((new.high > own.high, new.high), else_=own.high),
        "mean": (own.mean * own.count + new.mean) / (own.count + one),
        "last": case((new.last_time >= own.last_time, new["last"]), else_=own["last"]),
        "last_time": case((new.last_time >= own.last_time, new.last_time), else_=own.last_time),
    }
    return statement.on_conflict_do_update(index_elements=["point_id", "day"], set_=added)


_ADD = compiled(_adding())
