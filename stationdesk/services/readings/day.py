"""A gas day in whole: its grid and the figures of every point, for the daily sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from stationdesk.domain.moments import DAY, at_wall, gas_day_of
from stationdesk.domain.readings import Reading, Summary, moved, summaries
from stationdesk.services.readings.day_grid import grid
from stationdesk.services.readings.hours import frame
from stationdesk.services.readings.views import GridView, PointView
from stationdesk.services.station import setting
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class PointFigures:
    """A point over the day; moved: what a counter went on by."""

    point: PointView
    summary: Summary
    moved: Decimal | None


@dataclass(frozen=True)
class DayFigures:
    """The grid of a day with its closing hour, and the figures of the points that were read."""

    view: GridView
    points: tuple[PointFigures, ...]


def day_figures(store: Store, day: date | None, at: datetime) -> DayFigures:
    """The gas day that begins on a day; None: the last one that is over."""
    with store.read() as session:
        own, begins = frame(session, at).zone, setting(session, "gas_day_begins", at)
        chosen = day or _last_whole(session, at)
        view = grid(session, at_wall(chosen, begins, own), at_wall(chosen, begins + DAY, own), at)
        return DayFigures(view, _figures(view))


def _last_whole(session: Session, at: datetime) -> date:
    own, begins = frame(session, at).zone, setting(session, "gas_day_begins", at)
    running = gas_day_of(at, own, begins)
    return date.fromordinal(running.toordinal() - 1)


def _figures(view: GridView) -> tuple[PointFigures, ...]:
    made = []
    for point in view.points:
        cells = [(line.time, line.cells[point.point_id]) for line in view.hours() if point.point_id in line.cells]
        if cells:
            series = [Reading(point.code, time, cell.value, point.limits, cell.nth, cell.doubt) for time, cell in cells]
            figures = summaries(series, {point.code: point.decimals})[point.code]
            made.append(PointFigures(point, figures, moved(series, point.rollover) if point.kind == "counter" else None))
    return tuple(made)
