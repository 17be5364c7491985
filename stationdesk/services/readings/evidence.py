"""What the readings say of a shift, for its handover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.handover import AbnormalPoint, PointValue, ReadingsFacts
from stationdesk.domain.moments import Span
from stationdesk.domain.readings import Hour, HourState, Run
from stationdesk.services.readings.explaining import states
from stationdesk.services.readings.hours import frame
from stationdesk.services.readings.kept import LOOK_BACK, Kept, kept_between
from stationdesk.services.readings.owed import Abnormal, abnormal
from stationdesk.services.readings.versions import points_at
from stationdesk.services.readings.views import PointView
from stationdesk.storage.shifts import Shift


def facts(session: Session, shift: Shift, at: datetime) -> ReadingsFacts:
    """Hours read, late, missing; values corrected; what is abnormal and what of it has words; the main points at the last hour read.

    What was found at a point that was retired, or whose run was shut, in mid-shift still wants its words; it no longer stands.
    """
    own, span = frame(session, at), Span(shift.starts_at, shift.ends_at)
    moment = min(max(at, span.start), span.end)
    points = points_at(session, moment)
    read = frozenset(str(point.point_id) for point in points)
    kept = kept_between(session, span.start - LOOK_BACK, span.end)
    found = abnormal(session, kept)
    by_id = {str(point.point_id): point for point in points_at(session, moment, retired_since=span.start)}
    touching = (run for run in found.runs if run.point in by_id and _touches(run, span))
    hours = states(session, own, kept, points, span, at)
    inside = [rows for (_point, time), rows in kept.history() if span.start <= time <= span.end]
    return ReadingsFacts(
        hours=len(hours),
        read=sum(hour.state is HourState.DONE for hour in hours),
        late=len({rows[0].time for rows in inside if rows[0].at > own.window.closes(rows[0].time)}),
        corrected=sum(len(rows) - 1 for rows in inside),
        explained=sum(hour.state is HourState.EXPLAINED for hour in hours),
        open=_times(hours, HourState.OPEN),
        missing=_times(hours, HourState.MISSING),
        to_come=_times(hours, HourState.TO_COME),
        early=own.window.before,
        abnormal=tuple(_abnormal(run, found, by_id[run.point], run.point in read) for run in touching),
        doubts=_doubts(found, by_id, span),
        values=_values(kept, points, span),
    )


def _times(hours: tuple[Hour, ...], state: HourState) -> tuple[datetime, ...]:
    return tuple(hour.time for hour in hours if hour.state is state)


def _touches(run: Run, span: Span) -> bool:
    return run.since <= span.end and run.until >= span.start


def _abnormal(run: Run, found: Abnormal, point: PointView, read: bool) -> AbnormalPoint:
    finding = run.last.limits.grade(run.last.value)
    words = [each.words for each in found.words if str(each.point_id) == run.point and run.since <= each.since <= run.until]
    assert finding.limit is not None
    return AbnormalPoint(
        code=point.code,
        name=point.full_name,
        since=run.since,
        until=run.until,
        value=run.last.value,
        unit=point.unit,
        limit=finding.limit,
        above=finding.which in ("h", "hh"),
        ongoing=read and not run.ended,
        explained=run not in found.owed,
        words=words[-1] if words else "",
    )


def _doubts(found: Abnormal, by_id: Mapping[str, PointView], span: Span) -> tuple[PointValue, ...]:
    return tuple(
        PointValue(point.code, point.full_name, each.value, point.unit, each.time)
        for each in found.doubts
        if span.start <= each.time <= span.end and (point := by_id.get(each.point))
    )


def _values(kept: Kept, points: tuple[PointView, ...], span: Span) -> tuple[PointValue, ...]:
    values = []
    for point in points:
        times = [time for time in kept.times.get(point.point_id, ()) if time <= span.end]
        row = kept.at(point.point_id, max(times)) if point.on_now and times else None
        if row is not None:
            values.append(PointValue(point.code, point.full_name, row.value, point.unit, row.time))
    return tuple(values)
