"""Day summaries of the readings in force, by the station's own days: kept up in the write that adds a reading, made anew by rebuild."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Float, Select, bindparam, cast, func, select

from stationdesk.storage import derived
from stationdesk.storage.canonical import State
from stationdesk.storage.readings import READING, READING_DAY
from stationdesk.storage.record import EpochUtc
from stationdesk.storage.station import Station


@derived.follows("reading")
def follow(connection: Connection, rows: Sequence[State]) -> None:
    """Sum the days anew that these readings belong to."""
    zone = _zone(connection)
    touched: dict[date, set[int]] = {}
    for row in rows:
        touched.setdefault(_day(int(str(row["time"])), zone), set()).add(int(str(row["point_id"])))
    for day, points in touched.items():
        _sum(connection, day, zone, points)


@derived.rebuilds("reading_day")
def rebuild(connection: Connection) -> None:
    """Sum every day that has readings."""
    zone = _zone(connection)
    first, last = connection.execute(select(func.min(READING.c.time), func.max(READING.c.time))).one()
    if first is None:
        return
    day, end = first.astimezone(zone).date(), last.astimezone(zone).date()
    while day <= end:
        _sum(connection, day, zone, None)
        day += timedelta(days=1)


def _zone(connection: Connection) -> ZoneInfo:
    name = connection.execute(select(Station.zone)).scalars().first()
    return ZoneInfo(name) if name else ZoneInfo("UTC")


def _day(epoch: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(epoch, UTC).astimezone(zone).date()


def _sum(connection: Connection, day: date, zone: ZoneInfo, points: Iterable[int] | None) -> None:
    start, end = (datetime.combine(each, time(), tzinfo=zone).astimezone(UTC) for each in (day, day + timedelta(days=1)))
    if points is None:
        found = connection.execute(_SUMS, {"start": start, "end": end})
    else:
        found = connection.execute(_SUMS_OF, {"start": start, "end": end, "points": sorted(points)})
    derived.put(connection, READING_DAY, [{**row._mapping, "day": day} for row in found])


def _sums() -> Select[Any]:
    """Made once: a correction hides the values before it, the last value is that of the newest hour."""
    later, newest = READING.alias("later"), READING.alias("newest")
    start, end = bindparam("start", type_=EpochUtc), bindparam("end", type_=EpochUtc)
    value = cast(READING.c.value, Float)
    corrected = select(1).where(later.c.point_id == READING.c.point_id, later.c.time == READING.c.time, later.c.nth > READING.c.nth)
    last = (
        select(cast(newest.c.value, Float))
        .where(newest.c.point_id == READING.c.point_id, newest.c.time >= start, newest.c.time < end)
        .order_by(newest.c.time.desc(), newest.c.nth.desc())
        .limit(1)
        .scalar_subquery()
    )
    figures = (func.count().label("count"), func.min(value).label("low"), func.max(value).label("high"), func.avg(value).label("mean"))
    inside = (READING.c.time >= start, READING.c.time < end, ~corrected.exists())
    return select(READING.c.point_id, *figures, last.label("last")).where(*inside).group_by(READING.c.point_id)


_SUMS = _sums()
_SUMS_OF = _SUMS.where(READING.c.point_id.in_(bindparam("points", expanding=True)))
