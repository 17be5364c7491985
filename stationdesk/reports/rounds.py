"""巡检记录: one round, or all of a shift or day; and the blank form of a route."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.answers import State
from stationdesk.domain.moments import Span as Stretch
from stationdesk.domain.moments import format_date, format_span, format_time, weekday
from stationdesk.domain.rounds import WindowState
from stationdesk.domain.words import C_, _
from stationdesk.reports import walked
from stationdesk.reports.sheet import Column, Facts, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.rounds import (
    RoundsView,
    RoundView,
    WindowView,
    blank_round,
    last_shift,
    round_view,
    rounds_of_shift,
    rounds_view,
    shifts_of_day,
)
from stationdesk.services.sheets import letterhead

if TYPE_CHECKING:
    from stationdesk.services import Store

ONE, DASH = "round:", "—"
WIDTHS = (17, 0, 17, 0, 17, 0)


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "round:7" one round, "2026-11-20" a day, "12" a shift, "" the last shift."""
    if subject.startswith(ONE):
        return _one(store, round_view(store, int(subject.removeprefix(ONE))), language)
    shifts = _shifts(store, subject)
    at = store.clock()
    views = [rounds_view(store, at, each) for each in shifts]
    walks = [rounds_of_shift(store, each) for each in shifts]
    head = letterhead(store, views[0].start if views else at)
    with words.speaking(language):
        return Sheet(
            title=_("Round inspection record"),
            company=str(head.company),
            station=str(head.station),
            language=language,
            sections=_shift_sections(views, walks, str(head.station), subject),
            watermark=_("Trial operation") if head.trial else "",
        )


def _shifts(store: Store, subject: str) -> tuple[int, ...]:
    if not subject:
        last = last_shift(store)
        return (last,) if last is not None else ()
    return (int(subject),) if subject.isdecimal() else shifts_of_day(store, date.fromisoformat(subject))


# --- one round


def _one(store: Store, view: RoundView, language: str) -> Sheet:
    head = letterhead(store, view.started_at)
    with words.speaking(language):
        return Sheet(
            title=_("Round inspection record"),
            company=str(head.company),
            station=str(head.station),
            number=f"XJ-{view.brief.day.astimezone(view.zone):%Y%m%d}-{view.brief.id}",
            language=language,
            sections=[
                Facts("facts", bands=_bands(view, str(head.station)), widths=WIDTHS),
                walked.answered("lines", "", view.lines, view.zone, times=True),
                Signatures("signatures", cells=_cells(view)),
            ],
            watermark=_("Trial operation") if head.trial else "",
        )


def _bands(view: RoundView, station: str) -> list[list[tuple[str, Text]]]:
    brief, zone = view.brief, view.zone
    day = brief.day.astimezone(zone).date()
    window = "–".join(format_time(each, zone) for each in (brief.due_from, view.due_to) if each is not None) or _("extra round")
    times = _times(view.walked_from, view.walked_to, zone)
    if brief.mode == "paper":
        times = _("{times} (as on paper)").format(times=times)
    entered = f"{walked.moment(view.started_at, zone)} {view.started_by}"
    found: list[list[tuple[str, Text]]] = [
        [(_("Station"), station), (_("Date"), f"{format_date(day)} {weekday(day)}"), (_("Shift"), str(brief.shift))],
        [(_("Route"), str(brief.name)), (_("Due"), window), (_("Walked"), times)],
        [(_("Walked by"), _(", ").join(brief.walkers)), (_("Entered"), entered), (_("Result"), _counts(view))],
    ]
    remarks = _remarks(view)
    return [*found, [(_("Remarks"), Run(remarks, bold=brief.late > 0 or brief.afterwards))]] if remarks else found


def _counts(view: RoundView) -> str:
    count = view.brief.progress
    parts = [
        _("{n} points").format(n=count.total),
        _("{n} abnormal").format(n=count.abnormal),
        _("{n} not applicable").format(n=count.na) if count.na else "",
    ]
    return _("; ").join(part for part in parts if part)


def _remarks(view: RoundView) -> str:
    """What is out of the ordinary, each with its words."""
    brief, zone = view.brief, view.zone
    found = []
    if brief.state == State.ABORTED:
        found.append(_("given up: {why}").format(why=brief.words))
    elif brief.late:
        found.append(_("late by {n} min: {why}").format(n=brief.late, why=brief.words or DASH))
    if brief.afterwards:
        found.append(_("entered after the handover"))
    if view.few_reason:
        found.append(_("fewer people than required: {why}").format(why=view.few_reason))
    found += [_("paused {times}").format(times=_times(each.paused_at, each.resumed_at, zone)) for each in view.pauses]
    return _("; ").join(found)


def _times(began: datetime | None, ended: datetime | None, zone: ZoneInfo) -> str:
    return "–".join(format_time(each, zone) for each in (began, ended) if each is not None)


def _cells(view: RoundView) -> list[Signature]:
    signed = view.closed_at is not None and view.brief.state == State.CLOSED
    evidence = _("{time} signed off at the desk").format(time=walked.moment(view.closed_at, view.zone)) if signed else ""
    return [
        Signature("walker", _("Inspector"), view.closed_by if signed else "", evidence),
        Signature("leader", _("Shift leader")),
        Signature("chief", _("Station chief")),
    ]


# --- a shift or a day


def _shift_sections(views: list[RoundsView], walks: list[tuple[RoundView, ...]], station: str, subject: str) -> list[Section]:
    days = [view.shift.day for view in views if view.shift is not None]
    when = f"{format_date(days[0])} {weekday(days[0])}" if days else subject
    shifts = _(", ").join(_shift_words(view) for view in views)
    made: list[Section] = [
        Facts("facts", bands=[[(_("Station"), station), (_("Date"), when), (_("Shift"), shifts)]], widths=(17, 0, 17, 0, 17, 60)),
        Table(
            "windows", _("Due rounds"), _window_columns(), _window_rows(views, walks), remark=_all_counts(views), empty=_("None"), pad=3.6
        ),
    ]
    signed = [view for of_shift in walks for view in of_shift if view.brief.state != State.ABORTED]
    made += [
        walked.answered("lines", _title(each), each.lines, each.zone, True, remark=_(", ").join(each.brief.walkers)) for each in signed
    ]
    return [*made, Signatures("signatures", cells=[Signature("leader", _("Shift leader")), Signature("chief", _("Station chief"))])]


def _shift_words(view: RoundsView) -> str:
    shift = view.shift
    if shift is None:
        return ""
    return f"{shift.name} {format_span(Stretch(shift.starts_at, shift.ends_at), view.zone)} {shift.crew_name}"


def _title(view: RoundView) -> str:
    due = format_time(view.brief.due_from, view.zone) if view.brief.due_from else _("Extra")
    return f"{due} {view.brief.name} {_times(view.walked_from, view.walked_to, view.zone)}"


def _all_counts(views: list[RoundsView]) -> str:
    """How many were walked, late and missed, in grey beside the title."""
    done, late, missed = (sum(getattr(view.counts, name) for view in views) for name in ("done", "late", "missed"))
    return _("{done} walked, {late} of them late, {missed} missed").format(done=done, late=late, missed=missed)


def _window_columns() -> list[Column]:
    return [
        Column("due", _("Due"), 24, "center"),
        Column("route", _("Route"), 34),
        Column("walked", _("Walked"), 24, "center"),
        Column("people", _("Walked by"), 34),
        Column("state", _("State"), 24),
        Column("note", _("Note")),
    ]


def _window_rows(views: list[RoundsView], walks: list[tuple[RoundView, ...]]) -> list[Row]:
    of = {each.brief.id: each for of_shift in walks for each in of_shift}
    made = []
    for view in views:
        windows = [each for lane in view.lanes for each in lane.windows if view.next_from is None or each.opens < view.next_from]
        made += [_window_row(each, of, view.zone) for each in sorted(windows, key=lambda each: (each.opens, each.route_id))]
    extra = [each for each in of.values() if each.brief.due_from is None]
    return [*made, *(_extra_row(each) for each in extra)]


def _window_row(each: WindowView, of: dict[int, RoundView], zone: ZoneInfo) -> Row:
    view = of.get(each.round_id or 0)
    wrong = each.state in (WindowState.LATE, WindowState.MISSED, WindowState.MADE_UP)
    return {
        "due": _times(each.opens, each.closes, zone),
        "route": str(each.name),
        "walked": _times(each.began, each.ended, zone),
        "people": _(", ").join(view.brief.walkers) if view else "",
        "state": Run(_state(each), bold=wrong),
        "note": each.words,
    }


def _extra_row(each: RoundView) -> Row:
    return {
        "due": _("Extra"),
        "route": str(each.brief.name),
        "walked": _times(each.walked_from, each.walked_to, each.zone),
        "people": _(", ").join(each.brief.walkers),
        "state": _("given up") if each.brief.state == State.ABORTED else _("done"),
        "note": each.brief.words,
    }


def _state(each: WindowView) -> str:
    plain = {
        WindowState.DONE: _("done"),
        WindowState.RUNNING: _("being walked"),
        WindowState.DUE: _("due"),
        WindowState.OVERDUE: _("overdue"),
        WindowState.TO_COME: _("to come"),
        WindowState.MISSED: _("missed"),
        WindowState.LATE: _("late {n} min").format(n=each.late),
        WindowState.MADE_UP: _("made up"),
    }
    return plain[each.state]


# --- blank form


def blank(store: Store, subject: str, language: str) -> Sheet:
    """The form of a route (its id) for a hand: boxes to tick, room for readings and times."""
    at = store.clock()
    found, head = blank_round(store, int(subject), at), letterhead(store, at)
    with words.speaking(language):
        people = _("{n} people").format(n=found.route.people) if found.route.people > 1 else ""
        bands: list[list[tuple[str, Text]]] = [
            [(_("Station"), str(head.station)), (_("Date"), ""), (_("Shift"), "")],
            [(_("Route"), str(found.route.name)), (_("Set out"), ""), (C_("time", "Back"), "")],
            [(_("Walked by"), ""), (_("Second person"), people), (_("Due"), "")],
        ]
        return Sheet(
            title=_("Round inspection form"),
            company=str(head.company),
            station=str(head.station),
            language=language,
            sections=[
                Facts("facts", bands=bands, widths=WIDTHS, tall=20),
                walked.by_hand("lines", found.lines, times=True),
                Signatures("signatures", cells=[Signature("walker", _("Inspector")), Signature("leader", _("Shift leader"))]),
            ],
            note=_("Valid from {day}. What was walked on paper is entered afterwards, with the times written here.").format(
                day=walked.moment(found.route.valid_from, found.zone)
            ),
        )
