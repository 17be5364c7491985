"""Checklists worded for the screen: when they are due, one run, those of before."""

from __future__ import annotations

from datetime import datetime

from stationdesk.domain.answers import State
from stationdesk.domain.checklists import DueState, Every
from stationdesk.domain.moments import format_day, format_moment, format_span, format_time
from stationdesk.domain.words import C_, _
from stationdesk.services.checklists import ChecklistsView, ChecklistView, DueView
from stationdesk.services.lines import Choices
from stationdesk.ui.widgets.walk_run import WalkRun
from stationdesk.ui.widgets.walk_words import shift_words, walk_hazards, walk_rows

PAPER = "paper"


def every_words(each: DueView) -> str:
    """How often it is filled in."""
    period = each.template.period
    plain = {
        Every.SHIFT: _("each shift"),
        Every.DAY: _("each day"),
        Every.WEEK: _("each week"),
        Every.MONTH: _("each month"),
    }
    return plain.get(period.every) or _("{n} times a month").format(n=period.times)


def due_words(each: DueView, view: ChecklistsView) -> str:
    """How it stands in the shift."""
    if each.running is not None:
        return _("{done} of {all}").format(done=each.running_done, all=each.template.items)
    match each.due.state:
        case DueState.DONE:
            return _("done {time}").format(time=_done_at(each, view))
        case DueState.DUE:
            return _("due")
        case DueState.OVERDUE:
            return _("due since {day}").format(day=format_day(each.due.first))
        case DueState.HINT:
            return _("would fit: {done} of {times} this month").format(done=each.due.done, times=each.due.times)
    return _("not due")


def _done_at(each: DueView, view: ChecklistsView) -> str:
    if each.last_at is None:
        return ""
    today = view.shift is not None and each.last_at >= view.shift.starts_at
    return format_time(each.last_at, view.zone) if today else format_moment(each.last_at, view.zone)


def count_words(view: ChecklistsView) -> str:
    """The fact beside the title."""
    owed, done = len(view.owed), sum(each.due.state is DueState.DONE for each in view.due)
    return shift_words(view.shift, _("{n} to do, {done} done").format(n=owed, done=done))


def mode_words(mode: str) -> str:
    """How it was captured."""
    return C_("checklist", "On paper, typed after") if mode == PAPER else _("Live")


def run_of(view: ChecklistView, choices: Choices, at: datetime) -> WalkRun:
    """One checklist for the board."""
    brief, zone = view.brief, view.zone
    return WalkRun(
        id=brief.id,
        title=str(brief.name),
        mode=mode_words(brief.mode),
        mode_icon="file-text" if brief.mode == PAPER else "list-checks",
        state=brief.state,
        rows=walk_rows(view.lines, zone),
        finish=C_("checklist", "Sign off"),
        facts=tuple(_facts(view)),
        marks=tuple(_marks(view)),
        hazards=walk_hazards(view.lines, choices, at, zone),
    )


def _facts(view: ChecklistView) -> list[tuple[str, str]]:
    brief, zone = view.brief, view.zone
    found = [
        (_("Counts for"), f"{format_day(brief.day)} {brief.shift} {format_span(view.span, zone)}"),
        (_("Entered") if brief.afterwards else _("Begun"), f"{format_moment(brief.started_at, zone)} {brief.started_by}"),
    ]
    if brief.closed_at is not None:
        label = _("Given up") if brief.state == State.ABORTED else _("Signed off")
        found.append((label, f"{format_moment(brief.closed_at, zone)} {brief.closed_by}"))
    if brief.words:
        found.append((_("Reason"), brief.words))
    return found


def _marks(view: ChecklistView) -> list[tuple[str, str]]:
    found = []
    if view.brief.afterwards:
        found.append((_("entered after the handover"), "draft"))
    if view.brief.state == State.PAUSED:
        found.append((_("paused"), "strong"))
    if view.brief.state == State.ABORTED:
        found.append((_("given up"), "strong"))
    return found
