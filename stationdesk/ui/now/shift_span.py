"""The shift as the timeline shows it: hourly readings, and a lane for each route that is walked in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import format_time, minutes_between
from stationdesk.domain.readings import HourState
from stationdesk.domain.rounds import WindowState
from stationdesk.domain.words import _
from stationdesk.ui.widgets.span import Lane, Span, Tick, Window

if TYPE_CHECKING:
    from stationdesk.services.now import HourMark, NowView
    from stationdesk.services.rounds import WindowView

HOUR = timedelta(hours=1)
TICKS = {HourState.DONE: "done", HourState.OPEN: "due", HourState.MISSING: "missed"}
WINDOWS = {
    WindowState.TO_COME: "coming",
    WindowState.DUE: "due",
    WindowState.RUNNING: "due",
    WindowState.OVERDUE: "overdue",
    WindowState.MISSED: "missed",
    WindowState.DONE: "done",
    WindowState.LATE: "late",
    WindowState.MADE_UP: "late",
}


def nothing(now: datetime, zone: ZoneInfo) -> Span:
    """Before anything is known."""
    start = now.replace(minute=0, second=0, microsecond=0)
    return Span(start, start + 8 * HOUR, now, (), zone)


def shift_span(view: NowView, now: datetime, zone: ZoneInfo) -> Span:
    """From the shift's beginning to its end, in whole hours; longer while it runs over."""
    shift = view.desk.shift
    if shift is None:
        return nothing(now, zone)
    end = max(shift.ends_at, min(now, shift.ends_at + 12 * HOUR))
    hours = max(-(-(end - shift.starts_at) // HOUR), 1)
    readings = Lane(lambda: _("Hourly readings"), tuple(_tick(each, view) for each in view.hours))
    routes = tuple(
        Lane(lambda lane=lane: str(lane.route.name), tuple(_window(each, view, zone) for each in lane.windows))  # type: ignore[misc]
        for lane in view.lanes
    )
    return Span(shift.starts_at, shift.starts_at + hours * HOUR, now, (readings, *routes), zone)


def _tick(mark: HourMark, view: NowView) -> Tick:
    state = TICKS.get(HourState(mark.state), "coming")
    if mark.time == view.hour and state == "coming":
        state = "due"  # the next one, though its window has not begun
    return Tick(mark.time, state, mark.owed, ("readings", mark.time))


def _window(window: WindowView, view: NowView, zone: ZoneInfo) -> Window:
    target = ("rounds", ("window", window.route_id, window.opens))
    state = WINDOWS[window.state]
    if state == "coming" and window.opens == _next_round(view):
        state = "due"
    return Window(window.opens, window.closes, state, window.began, window.ended, lambda: window_label(window, view.at, zone), target)


def _next_round(view: NowView) -> datetime | None:
    return next((each.at for each in view.coming if each.kind == "round"), None)


def window_label(window: WindowView, at: datetime, zone: ZoneInfo) -> str:
    """What stands in or beside a window: when it was walked, by how much it was late, its number when it is next."""
    match window.state:
        case WindowState.DONE:
            return "–".join(format_time(each, zone) for each in (window.began, window.ended) if each is not None)
        case WindowState.LATE:
            return _("late {n} min").format(n=window.late)
        case WindowState.MADE_UP:
            return _("made up {time}").format(time=format_time(window.began or at, zone))
        case WindowState.MISSED:
            return _("missed")
        case WindowState.OVERDUE:
            return _("overdue {n} min").format(n=minutes_between(window.closes, at))
    return _("no. {nth}").format(nth=window.nth)
