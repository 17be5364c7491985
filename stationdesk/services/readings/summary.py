"""The shift's main points in figures: opening and closing value, extremes with their hours, mean, hours beyond limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.readings import Reading, Summary, summaries
from stationdesk.services.metering.blind import NOTHING, Veil
from stationdesk.services.readings.kept import kept_between
from stationdesk.services.readings.versions import limits_of, points_at
from stationdesk.services.readings.views import PointView


@dataclass(frozen=True)
class PointSummary:
    """A point with its figures, and the first and last hour read."""

    point: PointView
    summary: Summary
    since: datetime
    until: datetime


def point_summaries(
    session: Session, start: datetime, end: datetime, *, main_only: bool = True, hidden: Veil = NOTHING
) -> tuple[PointSummary, ...]:
    """Figures of the hours start–end, both included, in the grid's order; main_only: points of the Now page and abnormal ones.

    hidden: base readings that are left out although they are told by now.
    """
    kept = kept_between(session, start, end)
    rows = [row for row in kept.in_force() if not hidden.hides(row.point_id, row.time)]
    limits = limits_of(session, (row.version_id for row in rows))
    points = points_at(session, end, retired_since=start)
    readings = [Reading(str(row.point_id), row.time, row.value, limits[row.version_id], row.nth, row.doubt) for row in rows]
    made = summaries(readings, {str(point.point_id): point.decimals for point in points})
    known = [(point, made[str(point.point_id)]) for point in points if str(point.point_id) in made]
    times = {
        point.point_id: [time for time in kept.times[point.point_id] if not hidden.hides(point.point_id, time)] for point, _made in known
    }
    found = [PointSummary(point, figures, times[point.point_id][0], times[point.point_id][-1]) for point, figures in known]
    return tuple(each for each in found if not main_only or each.point.on_now or each.summary.over)
