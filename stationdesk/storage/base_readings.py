"""Which counters of which streams the relief has read, in few columns: every view of readings asks it, without mapping metering."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, String, column, select, table
from sqlalchemy.orm import Session

from stationdesk.storage.record import Utc

TABLES: Collection[str] = ("stream", "stream_version", "base_reading")
"""What it is read from (storage/metering.py, metered.py)."""

_STREAM = table("stream", column("id", Integer), column("retired_at", Utc))
_VERSION = table(
    "stream_version",
    column("id", Integer),
    column("stream_id", Integer),
    column("counter_point_id", Integer),
    column("corrected_point_id", Integer),
    column("valid_from", Utc),
)
_BASE = table("base_reading", column("shift_id", Integer), column("stream_id", Integer), column("side", String), column("at", Utc))
_VERSIONS = (
    select(_STREAM.c.retired_at, _VERSION.c.stream_id, _VERSION.c.counter_point_id, _VERSION.c.corrected_point_id, _VERSION.c.valid_from)
    .join(_VERSION, _VERSION.c.stream_id == _STREAM.c.id)
    .order_by(_VERSION.c.valid_from, _VERSION.c.id)
)


class Counters(NamedTuple):
    """The points of a stream's counters from a time on."""

    stream_id: int
    points: tuple[int, ...]


def counters_at(session: Session, at: datetime) -> tuple[Counters, ...]:
    """The counters of the streams in force at a time."""
    found: dict[int, Counters] = {}
    for row in session.execute(_VERSIONS):
        if row.valid_from <= at and (row.retired_at is None or row.retired_at > at):
            points = tuple(each for each in (row.counter_point_id, row.corrected_point_id) if each is not None)
            found[row.stream_id] = Counters(row.stream_id, points)
    return tuple(found.values())


def first_entered(session: Session, shift_id: int, side: str) -> dict[int, datetime]:
    """Stream → when this side of a shift's takeover first entered its base readings."""
    wanted = select(_BASE.c.stream_id, _BASE.c.at).where(_BASE.c.shift_id == shift_id, _BASE.c.side == side)
    found: dict[int, datetime] = {}
    for stream_id, at in session.execute(wanted.order_by(_BASE.c.at)):
        found.setdefault(stream_id, at)
    return found
