"""One point over the last hours, the last values of all, and the hour to read now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import HOUR, Span, hours, nearest_hour
from stationdesk.domain.points import UnknownPointError
from stationdesk.domain.questions import Past
from stationdesk.services.readings.hours import frame
from stationdesk.services.readings.kept import LOOK_BACK, Kept, kept_between
from stationdesk.services.readings.owed import abnormal
from stationdesk.services.readings.versions import limits_of, points_at
from stationdesk.services.readings.views import FormField, FormView, LastValue, PointDetail, PointView
from stationdesk.services.shifts.view import current
from stationdesk.storage.store import Store

SERIES = 12  # hours of a small trend


def point_detail(store: Store, point_id: int, at: datetime, until: datetime | None = None, back: int = SERIES) -> PointDetail:
    """A point's last hours up to `until` (default: the newest hour one may read), and the open shift's highest and lowest.

    UnknownPointError.
    """
    with store.read() as session:
        own = frame(session, at)
        end = until or nearest_hour(at, own.zone, own.window.before)
        point = next((each for each in points_at(session, max(at, end), retired_since=end) if each.point_id == point_id), None)
        if point is None:
            raise UnknownPointError()
        shift = current(session)
        start = min([end - back * HOUR, *([shift.starts_at] if shift else [])])
        kept = kept_between(session, min(start, end - LOOK_BACK), max(at, end), [point_id])
        inside = _values(kept, point_id, Span(shift.starts_at, shift.ends_at)) if shift else []
        series = _series(kept, point_id, end, back)
        return PointDetail(
            point=point,
            series=_trimmed(series),
            last=_last(kept, point_id, end),
            high=max(inside, key=lambda past: past.value, default=None),
            low=min(inside, key=lambda past: past.value, default=None),
            hours=back,
        )


def _series(kept: Kept, point_id: int, end: datetime, back: int) -> list[tuple[datetime, Decimal | None]]:
    times = [end - n * HOUR for n in range(back, -1, -1)]
    return [(time, kept.value(point_id, time)) for time in times]


def _trimmed(series: list[tuple[datetime, Decimal | None]]) -> tuple[tuple[datetime, Decimal | None], ...]:
    """Without the newest hour where it is not read yet: the trend ends at the last value."""
    return tuple(series[1:] if series[-1][1] is not None else series[:-1])


def _values(kept: Kept, point_id: int, span: Span) -> list[Past]:
    found = (Past(time, value) for time in kept.times.get(point_id, ()) if (value := kept.value(point_id, time)) is not None)
    return [past for past in found if span.start <= past.time <= span.end]


def _last(kept: Kept, point_id: int, until: datetime) -> Past | None:
    times = [time for time in kept.times.get(point_id, ()) if time <= until]
    row = kept.at(point_id, max(times)) if times else None
    return Past(row.time, row.value) if row else None


def last_values(store: Store, at: datetime, back: int = SERIES) -> tuple[LastValue, ...]:
    """The newest value of every point with its grade, its hour, and the hours before it; the hour stands beside every value shown."""
    with store.read() as session:
        return values_at(session, at, back)


def values_at(session: Session, at: datetime, back: int = SERIES) -> tuple[LastValue, ...]:
    """The newest values inside a transaction."""
    own = frame(session, at)
    points = points_at(session, at)
    end = nearest_hour(at, own.zone, own.window.before)
    kept = kept_between(session, at - LOOK_BACK, max(at, end))
    limits = limits_of(session, (row.version_id for row in kept.in_force()))
    found = abnormal(session, kept)
    owed = {(int(run.point), run.until) for run in found.owed} | {(int(each.point), each.time) for each in found.doubts}
    return tuple(_last_value(point, kept, limits, owed, back) for point in points)


def _last_value(point: PointView, kept: Kept, limits: Mapping[int, Limits], owed: set[tuple[int, datetime]], back: int) -> LastValue:
    times = kept.times.get(point.point_id, [])
    row = kept.at(point.point_id, max(times)) if times else None
    if row is None:
        return LastValue(point, None, None)
    grade = limits[row.version_id].grade(row.value).grade.value
    series = tuple(kept.value(point.point_id, row.time - n * HOUR) for n in range(back - 1, -1, -1))
    return LastValue(point, row.time, row.value, grade, (point.point_id, row.time) in owed, series)


def entry_form(store: Store, at: datetime) -> FormView:
    """The hour to read now: the one whose window runs, else the next."""
    with store.read() as session:
        own = frame(session, at)
        hour = nearest_hour(at, own.zone, own.window.before)
        points = points_at(session, hour)
        kept = kept_between(session, hour - LOOK_BACK, hour)
        done = bool(points) and all(kept.is_read(point.point_id, hour) for point in points)
        if done or at > own.window.closes(hour) + timedelta(minutes=30):
            hour = hours(Span(hour + timedelta(minutes=1), hour + 2 * HOUR), own.zone)[0]
        fields = tuple(_field(kept, point, hour) for point in points)
        return FormView(hour, own.window.opens(hour), own.window.closes(hour), own.zone, fields)


def _field(kept: Kept, point: PointView, hour: datetime) -> FormField:
    hidden = (point.point_id, hour) in kept.hidden
    return FormField(point, kept.value(point.point_id, hour), _last(kept, point.point_id, hour - HOUR), hidden)
