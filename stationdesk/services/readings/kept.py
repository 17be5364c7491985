"""Values in force and the ones before them, read from the store once and asked by point and hour."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.questions import Past
from stationdesk.storage.readings import READING, Point

Place = tuple[int, datetime]
LOOK_BACK = timedelta(hours=72)
NEAR = timedelta(hours=6)  # as far as a value that is typed is compared
PAST = 6  # values the rules look back at


class Row(NamedTuple):
    """One row of the readings: a value, or a correction of it."""

    point_id: int
    time: datetime
    nth: int
    value: Decimal
    version_id: int
    shift_id: int | None
    by_id: int
    at: datetime
    how: str
    doubt: str
    words: str


@dataclass
class Kept:
    """Rows by point and hour, first to last; the last one is in force."""

    rows: dict[Place, list[Row]] = field(default_factory=dict)
    times: dict[int, list[datetime]] = field(default_factory=dict)

    def put(self, row: Row) -> None:
        """One more row; rows come in the order of time and nth within a point."""
        found = self.rows.setdefault((row.point_id, row.time), [])
        if not found:
            self.times.setdefault(row.point_id, []).append(row.time)
        found.append(row)

    def at(self, point_id: int, time: datetime) -> Row | None:
        """The row in force."""
        found = self.rows.get((point_id, time))
        return found[-1] if found else None

    def value(self, point_id: int, time: datetime) -> Decimal | None:
        """The value in force, None where nothing was read."""
        found = self.at(point_id, time)
        return found.value if found else None

    def in_force(self) -> Iterator[Row]:
        """The rows in force."""
        return (found[-1] for found in self.rows.values())

    def past(self, point_id: int, before: datetime, most: int = PAST) -> tuple[Past, ...]:
        """The last values without a doubt before an hour, the newest first."""
        good: list[Past] = []
        for time in sorted((each for each in self.times.get(point_id, ()) if each < before), reverse=True):
            row = self.rows[point_id, time][-1]
            if not row.doubt:
                good.append(Past(time, row.value))
            if len(good) == most:
                break
        return tuple(good)


def kept_between(session: Session, start: datetime, end: datetime, points: Collection[int] | None = None) -> Kept:
    """All rows of start–end, both included; a fraction of a second is let go, for hours have none."""
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    query = select(*(READING.c[name] for name in Row._fields)).where(READING.c.time >= start, READING.c.time <= end)
    # always by point: the key begins with it, and without it every reading ever made would be looked at
    query = query.where(READING.c.point_id.in_(select(Point.id) if points is None else points))
    kept = Kept()
    for row in session.execute(query.order_by(READING.c.point_id, READING.c.time, READING.c.nth)):
        kept.put(Row._make(row))
    return kept
