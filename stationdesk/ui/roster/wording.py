"""The words of the roster page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import day_of, format_day, format_minutes
from stationdesk.domain.roster import LEAVE_NAMES
from stationdesk.domain.words import C_, _, language, n_
from stationdesk.services.roster import Remedy, RosterView, Version
from stationdesk.services.shifts import SHIFTS
from stationdesk.ui.roster.board import Board

LEAVE_WORDS = {code: partial(_, words) for code, words in LEAVE_NAMES.items()}
WEIGHT_WORDS = {
    1: lambda: C_("wish", "would be nice"),
    2: lambda: C_("wish", "matters"),
    3: lambda: C_("wish", "matters a lot"),
}
MADE_HOW = {
    "pattern": lambda: C_("roster", "by the rotation"),
    "copy": lambda: C_("roster", "from what was published"),
    "solver": lambda: C_("roster", "generated"),
    "repair": lambda: C_("roster", "repaired"),
    "import": lambda: C_("roster", "brought in"),
}


def month_words(day: date) -> str:
    """2026 年 12 月, December 2026."""
    return f"{day.year} 年 {day.month} 月" if language() == "zh_CN" else f"{day:%B %Y}"


def shown_words(found: Board, zone: ZoneInfo, *, looking: bool) -> str:
    """已发布 第 2 版 11-18; looking: at one version, whatever is in force."""
    view = found.view
    if looking:
        return _("Looking at version {n}").format(n=view.number)
    if view.published_at is None:
        return C_("roster", "not published")
    if view.several:
        return _("Published, several versions")
    return _("Published, version {n}, {day}").format(n=view.published_number, day=format_day(day_of(view.published_at, zone)))


def span_words(found: Board) -> tuple[str, str]:
    """What stands over the days that are as published, and over the others."""
    view = found.view
    published = _("Published, several versions") if view.several else _("Published, version {n}").format(n=view.published_number)
    if view.roster_id is not None and view.draft:
        return published, _("Draft")
    return published, _("By the rotation, not published") if found.sheet == SHIFTS else C_("roster", "not published")


def draft_words(view: RosterView) -> str:
    """草稿 改动 6 处"""
    if not view.published_number:
        return _("Draft")
    return n_("Draft, {n} change", "Draft, {n} changes", view.changed).format(n=view.changed)


def version_words(version: Version, zone: ZoneInfo) -> str:
    """Version 2, from the rotation, made 11-12 by …, published 11-18 by …"""
    made = _("made {time} by {name}, {how}").format(
        time=_moment(version.made_at, zone), name=version.made_by or _("the program"), how=MADE_HOW[version.made_how]()
    )
    if version.published_at is not None:
        ended = _("published {time} by {name}").format(time=_moment(version.published_at, zone), name=version.published_by)
        return C_("facts", "·").join((made, ended))
    return C_("facts", "·").join((made, C_("roster", "dropped") if version.dropped else C_("roster", "draft")))


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%m-%d %H:%M}"


def days_words(first: date, last: date) -> str:
    """12-13, 12-13–12-16"""
    return format_day(first) if first == last else f"{format_day(first)}–{format_day(last)}"


def remedy_words(remedy: Remedy, called: Mapping[str, str]) -> tuple[str, str]:
    """A way to mend a breach, and what comes of it. called: the kinds of shift by code."""
    shift, theirs = called.get(remedy.kind, remedy.kind), called.get(remedy.other_kind, remedy.other_kind)
    what = {
        "free": _("{day} {shift}: {name} off"),
        "give": _("{day} {shift}: {other} for {name}"),
        "exchange": _("{day} {shift}: {other} for {name}, who takes {theirs}"),
        "add": _("{day} {shift}: {other} as well"),
        "move": _("{day}: {other} from {theirs} to {shift}"),
        "set": _("{day}: {shift} for {name}"),
    }[remedy.way].format(day=format_day(remedy.day), shift=shift, name=remedy.person, other=remedy.other, theirs=theirs)
    if remedy.way in ("free", "set"):
        return what, n_("{n} person on it then", "{n} people on it then", remedy.left).format(n=remedy.left)
    return what, _("{name}: {hours} this month then").format(name=remedy.other, hours=format_minutes(remedy.hours))


def changes_words(changes: Iterable[tuple[date, str, str]], called: Mapping[str, str]) -> str:
    """What becomes of somebody's days: 12-13 Morning → Night, 12-14 Night → off."""
    each = _("{day} {before} → {after}")
    said = (each.format(day=format_day(day), before=_kind(before, called), after=_kind(after, called)) for day, before, after in changes)
    return _(", ").join(said)


def _kind(code: str, called: Mapping[str, str]) -> str:
    return called.get(code, code) if code else C_("roster", "off")
