"""Values in force and the ones before them, read from the store once and asked by point and hour."""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from stationdesk.domain.plausibility import HOUR, usual_movement
from stationdesk.domain.questions import Past
from stationdesk.services.once import once
from stationdesk.storage.readings import READING, Point

Place = tuple[int, datetime]
LOOK_BACK = timedelta(hours=72)


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


@dataclass(eq=False)
class Kept:
    """Rows by point and hour, first to last; the last one is in force. times: the hours of each point, in order."""

    rows: dict[Place, list[Row]] = field(default_factory=dict)
    times: dict[int, list[datetime]] = field(default_factory=dict)

    def put(self, row: Row) -> None:
        """One more row; rows of one point and hour come in the order of nth."""
        found = self.rows.setdefault((row.point_id, row.time), [])
        if not found:
            insort(self.times.setdefault(row.point_id, []), row.time)
        found.append(row)

    def at(self, point_id: int, time: datetime) -> Row | None:
        """The row in force."""
        found = self.rows.get((point_id, time))
        return found[-1] if found else None

    def value(self, point_id: int, time: datetime) -> Decimal | None:
        """The value in force, None where nothing was read."""
        found = self.rows.get((point_id, time))
        return found[-1].value if found else None

    def in_force(self) -> Iterator[Row]:
        """The rows in force."""
        return (found[-1] for found in self.rows.values())

    def past(self, point_id: int, before: datetime, most: int) -> tuple[Past, ...]:
        """The last values without a doubt before an hour, the newest first."""
        good: list[Past] = []
        for time in reversed(self.times.get(point_id, ())):
            if len(good) == most:
                break
            if time < before and not (row := self.rows[point_id, time][-1]).doubt:
                good.append(Past(time, row.value))
        return tuple(good)

    def usual(self, point_id: int, before: datetime) -> Decimal | None:
        """How a point moved in the days before an hour, as far as they were read."""
        return usual_movement(self.past(point_id, before, LOOK_BACK // HOUR))


def kept_between(session: Session, start: datetime, end: datetime, points: Collection[int] | None = None) -> Kept:
    """All rows of start–end, both included; a fraction of a second is let go, for hours have none."""
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    return _kept_between(session, start, end, None if points is None else tuple(points))


@once
def _kept_between(session: Session, start: datetime, end: datetime, points: tuple[int, ...] | None) -> Kept:
    query, times = (_OF_ALL, {}) if points is None else (_OF_SOME, {"points": list(points)})
    kept = Kept()
    for row in session.execute(query, {"start": start, "end": end, **times}).all():
        kept.put(Row._make(row))
    return kept


def kept_around(session: Session, cells: Collection[Place], back: int) -> Kept:
    """What values typed at these places are judged by: the hours before them; of a point without a good value there what it showed last."""
    first, last = min(hour for _point, hour in cells), max(hour for _point, hour in cells)
    near = first - back * HOUR
    kept = kept_between(session, near, last)
    silent = {point_id for point_id, _hour in cells if not kept.past(point_id, first, 1)}
    if not silent:
        return kept
    earlier = kept_between(session, first - LOOK_BACK, near - timedelta(seconds=1))
    for rows in kept.rows.values():
        for row in rows:
            earlier.put(row)
    return earlier


# Made once: building a statement takes longer than running it. Always by point: the key begins with it, and without it every
# reading ever made would be looked at.
_READ = (
    select(*(READING.c[name] for name in Row._fields))
    .where(READING.c.time >= bindparam("start"), READING.c.time <= bindparam("end"))
    .order_by(READING.c.point_id, READING.c.time, READING.c.nth)
)
_OF_ALL = _READ.where(READING.c.point_id.in_(select(Point.__table__.c.id)))
_OF_SOME = _READ.where(READING.c.point_id.in_(bindparam("points", expanding=True)))
