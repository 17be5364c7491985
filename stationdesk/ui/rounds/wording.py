"""Rounds worded for the screen: the lanes of the timeline, one run, states and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stationdesk.domain.answers import State
from stationdesk.domain.moments import format_moment, format_time, minutes_between
from stationdesk.domain.rounds import WindowState
from stationdesk.domain.words import C_, _
from stationdesk.services.lines import Choices
from stationdesk.services.rounds import RoundBrief, RoundsView, RoundView, WindowView
from stationdesk.ui.widgets.span import Lane, Span, Window
from stationdesk.ui.widgets.walk_run import WalkRun
from stationdesk.ui.widgets.walk_words import shift_words, walk_hazards, walk_rows

PAPER = "paper"
LANE_STATES = {
    WindowState.TO_COME: "coming",
    WindowState.DUE: "due",
    WindowState.RUNNING: "due",
    WindowState.OVERDUE: "overdue",
    WindowState.MISSED: "missed",
    WindowState.DONE: "done",
    WindowState.LATE: "late",
    WindowState.MADE_UP: "late",
}


def span(view: RoundsView) -> Span:
    """The timeline of a view, in whole hours; the shift that follows stands on its own ground."""
    lanes = tuple(Lane(str(lane.route.name), tuple(_window(each, view) for each in lane.windows)) for lane in view.lanes if lane.windows)
    label = " ".join(str(each) for each in (view.next_name, view.next_crew) if each is not None)
    return Span(
        view.start, _whole_hour(view.end, view.start), view.at, lanes, view.zone, view.next_from, _("Next: {shift}").format(shift=label)
    )


def _whole_hour(end: datetime, start: datetime) -> datetime:
    hours = -(-(end - start) // timedelta(hours=1))
    return start + timedelta(hours=hours)


def _window(window: WindowView, view: RoundsView) -> Window:
    target = ("window", window.route_id, window.opens)
    label = lane_label(window, view.at, view.zone, view.next_from)
    return Window(window.opens, window.closes, LANE_STATES[window.state], window.began, window.ended, label, target)


def lane_label(window: WindowView, at: datetime, zone: ZoneInfo, next_from: datetime | None) -> str:
    """What stands beside a window: when it was walked, by how much it was late; the time of one of the next shift."""
    match window.state:
        case WindowState.DONE:
            return times(window.began, window.ended, zone)
        case WindowState.LATE:
            return _("late {n} min").format(n=window.late)
        case WindowState.MADE_UP:
            return _("made up {time}").format(time=format_time(window.began or at, zone))
        case WindowState.MISSED:
            return _("missed")
        case WindowState.OVERDUE:
            return _("overdue {n} min").format(n=minutes_between(window.closes, at))
        case WindowState.TO_COME:
            return format_time(window.opens, zone) if next_from is not None and window.opens >= next_from else ""
    return ""


def state_words(window: WindowView, at: datetime, zone: ZoneInfo) -> str:
    """How a window stands, in a sentence's place of a table."""
    plain = {
        WindowState.TO_COME: _("to come"),
        WindowState.DUE: _("due now, {n} min left").format(n=minutes_between(at, window.closes)),
        WindowState.RUNNING: _("being walked"),
        WindowState.DONE: _("done"),
    }
    return plain.get(window.state) or lane_label(window, at, zone, None)


def times(began: datetime | None, ended: datetime | None, zone: ZoneInfo) -> str:
    """01:04–01:27."""
    return "–".join(format_time(each, zone) for each in (began, ended) if each is not None)


def count_words(view: RoundsView) -> str:
    """The fact beside the title: what was walked, what is due, what is to come."""
    of = view.counts
    done = _("{n} walked").format(n=of.done)
    if of.late:
        done += _(", {n} of them late").format(n=of.late)
    parts = [done]
    if of.missed:
        parts.append(_("{n} missed").format(n=of.missed))
    parts += [_("{n} due").format(n=of.due), _("{n} to come").format(n=of.to_come)]
    return shift_words(view.shift, _("; ").join(parts))


def title_of(brief: RoundBrief, zone: ZoneInfo) -> str:
    """07:00 Station round; an extra round by its start."""
    if brief.due_from is None:
        return _("{time} {route}, extra").format(time=format_time(brief.began, zone), route=brief.name)
    return f"{format_time(brief.due_from, zone)} {brief.name}"


def mode_words(mode: str) -> str:
    """How a round was captured."""
    return {PAPER: _("On paper, typed after"), "live": _("Live"), "file": _("From a file")}.get(mode, mode)


def run_of(view: RoundView, choices: Choices, at: datetime, pending: Mapping[int, str]) -> WalkRun:
    """One round for the board."""
    brief, zone = view.brief, view.zone
    return WalkRun(
        id=brief.id,
        title=title_of(brief, zone),
        mode=mode_words(brief.mode),
        mode_icon="file-text" if brief.mode == PAPER else "footprints",
        state=brief.state,
        rows=walk_rows(view.lines, zone, pending),
        finish=C_("round", "Sign off"),
        facts=tuple(_facts(view)),
        marks=tuple(_marks(view)),
        hazards=walk_hazards(view.lines, choices, at, zone),
        late=brief.late > 0,
    )


def _facts(view: RoundView) -> list[tuple[str, str]]:
    brief, zone = view.brief, view.zone
    walked = times(view.walked_from, view.walked_to, zone)
    if brief.mode == PAPER:
        walked = _("{times} (as on paper)").format(times=walked)
    elif view.walked_to is None:
        walked = _("from {time}").format(time=walked)
    found = [(_("Walked by"), _(", ").join(brief.walkers)), (_("Walked"), walked)]
    if brief.mode == PAPER:
        entered = format_moment(view.started_at, zone) if brief.afterwards else format_time(view.started_at, zone)
        found.append((_("Entered"), _("from {time}, {person}").format(time=entered, person=view.started_by)))
    if view.few_reason:
        found.append((_("Alone"), view.few_reason))
    if view.closed_at is not None:
        label = _("Given up") if brief.state == State.ABORTED else _("Signed off")
        found.append((label, f"{format_time(view.closed_at, zone)} {view.closed_by}"))
    if brief.words:
        found.append((_("Reason"), brief.words))
    return found


def _marks(view: RoundView) -> list[tuple[str, str]]:
    brief, found = view.brief, []
    if brief.late:
        found.append((_("late {n} min").format(n=brief.late), "strong"))
    if brief.afterwards:
        found.append((_("entered after the handover"), "draft"))
    if brief.state == State.PAUSED:
        found.append((_("paused"), "strong"))
    if brief.state == State.ABORTED:
        found.append((_("given up"), "strong"))
    return found
