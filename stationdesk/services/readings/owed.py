"""Abnormalities that last, and the words they owe: once for as long as they go on, again when amber turns red."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.limits import Limits
from stationdesk.domain.readings import Explained, Reading, Run, doubts_owed, owed, runs
from stationdesk.services.once import once
from stationdesk.services.readings.kept import LOOK_BACK, Kept, Place, Row, kept_between
from stationdesk.services.readings.versions import limits_of
from stationdesk.services.readings.views import OwedView, PointView
from stationdesk.storage.readings import READING, Explanation
from stationdesk.values import dataclass


@dataclass(frozen=True)
class Abnormal:
    """What is abnormal in the values given, what of it owes words, and the words there are."""

    runs: tuple[Run, ...]
    owed: tuple[Run, ...]
    doubts: tuple[Reading, ...]
    words: tuple[Explanation, ...]


def abnormal(session: Session, kept: Kept, points: Iterable[int] | None = None) -> Abnormal:
    """Runs and doubts of the values in force. A run that was on before the first of them is followed back to its beginning."""
    return _abnormal(session, kept, None if points is None else frozenset(points))


@once
def _abnormal(session: Session, kept: Kept, wanted: frozenset[int] | None) -> Abnormal:
    rows = [row for row in kept.in_force() if wanted is None or row.point_id in wanted]
    limits = limits_of(session, (row.version_id for row in rows))
    _follow_back(session, kept, rows, limits)
    found = runs(_reading(row, limits) for row in rows)
    words = _words(session, {row.point_id for row in rows}, found, rows)
    given = tuple(Explained(str(each.point_id), each.since, each.grade) for each in words)
    return Abnormal(found, owed(found, given), _doubts(rows, limits, found, given), words)


def _reading(row: Row, limits: Mapping[int, Limits]) -> Reading:
    return Reading(str(row.point_id), row.time, row.value, limits[row.version_id], row.nth, row.doubt)


def _follow_back(session: Session, kept: Kept, rows: list[Row], limits: dict[int, Limits]) -> None:
    """Add the earlier rows of points whose first value is abnormal already, until a normal one."""
    first: dict[int, Row] = {}
    for row in rows:
        if row.point_id not in first or row.time < first[row.point_id].time:
            first[row.point_id] = row
    for row in first.values():
        earliest = row
        while limits[earliest.version_id].grade(earliest.value).grade:
            earlier = _earlier(session, earliest)
            if not earlier:
                break
            limits |= limits_of(session, (each.version_id for each in earlier))
            rows += earlier
            earliest = earlier[0]


def _earlier(session: Session, row: Row) -> list[Row]:
    """The values in force of the days before the newest value before this one, in order."""
    newest = session.scalar(
        select(READING.c.time).where(READING.c.point_id == row.point_id, READING.c.time < row.time).order_by(READING.c.time.desc()).limit(1)
    )
    if newest is None:
        return []
    return list(kept_between(session, newest - LOOK_BACK, newest, [row.point_id]).in_force())


def _words(session: Session, points: set[int], found: Sequence[Run], rows: Sequence[Row]) -> tuple[Explanation, ...]:
    if not rows:
        return ()
    since = min([run.since for run in found] + [row.time for row in rows])
    query = select(Explanation).where(Explanation.since >= since, Explanation.point_id.in_(points))
    return tuple(session.scalars(query.order_by(Explanation.since, Explanation.id)))


def _doubts(rows: Sequence[Row], limits: Mapping[int, Limits], found: Sequence[Run], given: Sequence[Explained]) -> tuple[Reading, ...]:
    """Doubts left standing on values within their limits; where a run lasts, its words speak for them."""
    abnormal_too = {(run.point, reading.time) for run in found for reading in run.readings}
    alone = (_reading(row, limits) for row in rows if row.doubt and (str(row.point_id), row.time) not in abnormal_too)
    return tuple(sorted(doubts_owed(alone, given), key=lambda reading: reading.time))


def owed_among(session: Session, kept: Kept, rows: Sequence[Row]) -> frozenset[Place]:
    """Which of the rows, each the one in force of its point and hour, belong to something that owes words."""
    if not rows:
        return frozenset()
    found = abnormal(session, kept, {row.point_id for row in rows})
    places = {(int(run.point), reading.time) for run in found.owed for reading in run.readings}
    places |= {(int(each.point), each.time) for each in found.doubts}
    return frozenset(places.intersection((row.point_id, row.time) for row in rows))


def owed_views(found: Abnormal, points: Mapping[int, PointView]) -> tuple[OwedView, ...]:
    """What is owed, as the panel shows it: the newest first."""
    views = [
        OwedView(points[int(run.point)], run.since, run.until, run.grade.value, run.last.value, run.last.doubt, not run.ended)
        for run in found.owed
        if int(run.point) in points
    ]
    doubts = [each for each in found.doubts if int(each.point) in points]
    views += [OwedView(points[int(each.point)], each.time, each.time, "amber", each.value, each.doubt) for each in doubts]
    return tuple(sorted(views, key=lambda view: (view.until, -view.point.position), reverse=True))
