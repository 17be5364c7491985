"""Values in force and the ones before them, read from the store once and asked by point and hour.

Whatever shows a reading has it from `kept_between`. What the relief must not know yet (services/metering/blind.py) is set apart there,
once for all; only what a new value is judged by, which nobody is shown, is the whole.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from stationdesk.domain.plausibility import HOUR, usual_movement
from stationdesk.domain.questions import REPLACED, Past
from stationdesk.services.metering.blind import veil
from stationdesk.services.once import once
from stationdesk.storage.readings import READING, Point
from stationdesk.storage.recall import hold, recall
from stationdesk.values import dataclass

Place = tuple[int, datetime]
LOOK_BACK = timedelta(hours=72)
RECENT = timedelta(hours=12)
_EVER = datetime(9999, 1, 1, tzinfo=UTC)
_RECENT, _TABLES = "recent readings", ("reading",)


class Row(NamedTuple):
    """As much of one row of the readings, a value or a correction of it, as it is judged by."""

    point_id: int
    time: datetime
    nth: int
    value: Decimal
    version_id: int
    at: datetime
    doubt: str


class Entry(NamedTuple):
    """The rest of a row: who entered it in which shift, how, and why it was corrected."""

    shift_id: int | None
    by_id: int
    how: str
    words: str


@dataclass(eq=False)
class Kept:
    """Rows by point and hour, first to last; the last one is in force. times: the hours of each point, in order.

    hidden: rows that are there and not told; see `history`.
    """

    rows: dict[Place, list[Row]] = field(default_factory=dict)
    times: dict[int, list[datetime]] = field(default_factory=dict)
    since: datetime | None = None  # every row from then on is among them
    hidden: dict[Place, list[Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Sequence[Sequence[Any]]) -> Kept:
        """Rows that come by point, time and nth."""
        kept = cls()
        rows, times = kept.rows, kept.times
        for row in map(Row._make, found):
            place = row[:2]
            if place in rows:
                rows[place].append(row)
            else:
                rows[place] = [row]
                times.setdefault(row.point_id, []).append(row.time)
        return kept

    def put(self, row: Row) -> None:
        """One more row; rows of one point and hour come in the order of nth."""
        place = row[:2]
        if place in self.rows:
            self.rows[place] = [*self.rows[place], row]
        else:
            self.rows[place] = [row]
            insort(self.times.setdefault(row.point_id, []), row.time)

    def copy(self, start: datetime) -> Kept:
        """The same, to be put to: what is recalled is never changed. What is long before the start is left behind."""
        if self.since is None or start - self.since < RECENT:
            return Kept(self.rows.copy(), {point: times.copy() for point, times in self.times.items()}, self.since)
        return replace(Kept.of([row for rows in self.rows.values() for row in rows if row.time >= start]), since=start)

    def hide(self, places: Iterable[Place]) -> None:
        """Set rows apart that are not told."""
        for point_id, time in places:
            self.hidden[point_id, time] = self.rows.pop((point_id, time))
            self.times[point_id].remove(time)
            if not self.times[point_id]:
                del self.times[point_id]

    def is_read(self, point_id: int, time: datetime) -> bool:
        """Whether there is a value, told or not."""
        return (point_id, time) in self.rows or (point_id, time) in self.hidden

    def history(self) -> Iterator[tuple[Place, list[Row]]]:
        """All rows, hidden ones too: for counting, for who read what when, never for a value."""
        yield from self.rows.items()
        yield from self.hidden.items()

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
        """The last values a new one is compared with before an hour, the newest first, as `compared` has them; asked for every value."""
        good: list[Past] = []
        for time in reversed(self.times.get(point_id, ())):
            if time < before:
                row = self.rows[point_id, time][-1]
                if not row.doubt or row.doubt == REPLACED:
                    good.append(Past(time, row.value))
                    if row.doubt or len(good) == most:
                        break
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
    kept, blind = kept_whole(session, start, end, points), veil(session)
    if blind.since is not None and end >= blind.since:
        kept.hide([place for place in kept.rows if blind.hides(*place)])
    return kept


def kept_whole(session: Session, start: datetime, end: datetime, points: tuple[int, ...] | None = None) -> Kept:
    """With what is not told: for judging new values and for the demo, never for a view."""
    query, times = (_OF_ALL, {}) if points is None else (_OF_SOME, {"points": list(points)})
    return Kept.of(session.execute(query, {"start": start, "end": end, **times}).all())


def entries_between(session: Session, start: datetime, end: datetime) -> dict[tuple[int, datetime, int], Entry]:
    """How the rows of start–end were entered, by point, hour and nth."""
    found = session.execute(_ENTERED, {"start": start.replace(microsecond=0), "end": end.replace(microsecond=0)})
    return {(row[0], row[1], row[2]): Entry._make(row[3:]) for row in found.all()}


def kept_around(session: Session, cells: Collection[Place], back: int, at: datetime) -> Kept:
    """What values typed at these places are judged by: the hours before them; of a point without a good value there what it showed last."""
    first, last = min(hour for _point, hour in cells), max(hour for _point, hour in cells)
    near = first - back * HOUR
    kept = _recent(session, near, at) or kept_whole(session, near.replace(microsecond=0), last.replace(microsecond=0))
    silent = {point_id for point_id, _hour in cells if not kept.past(point_id, first, 1)}
    if silent:
        for rows in kept_between(session, first - LOOK_BACK, near - timedelta(seconds=1), silent).rows.values():
            for row in rows:
                kept.put(row)
    return kept


def remember(session: Session, kept: Kept) -> None:
    """Hold what `kept_around` gave together with what was put to it, which this transaction has written."""
    if kept.since is not None:
        hold(session, _RECENT, _TABLES, kept)


def _recent(session: Session, near: datetime, at: datetime) -> Kept | None:
    """The rows from an hour on: an hour is judged by those before it and is one of those before the next, so they are read once.

    None where it would be too many of them, or the ones recalled begin later.
    """
    if at - near > RECENT:
        return None
    known = recall(session, _RECENT, _TABLES, lambda: replace(kept_whole(session, near.replace(microsecond=0), _EVER), since=near))
    return known.copy(near) if known.since is not None and known.since <= near else None


# Made once: building a statement takes longer than running it. Always by point: the key begins with it, and without it every
# reading ever made would be looked at.
def _between(names: Iterable[str]) -> Select[Any]:
    asked = select(*(READING.c[name] for name in names)).where(READING.c.time >= bindparam("start"), READING.c.time <= bindparam("end"))
    return asked.order_by(*READING.primary_key.columns)


_EVERY_POINT = READING.c.point_id.in_(select(Point.__table__.c.id))
_OF_ALL = _between(Row._fields).where(_EVERY_POINT)
_OF_SOME = _between(Row._fields).where(READING.c.point_id.in_(bindparam("points", expanding=True)))
_ENTERED = _between(["point_id", "time", "nth", *Entry._fields]).where(_EVERY_POINT)
