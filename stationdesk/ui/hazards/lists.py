"""The tables of the page and how their rows read."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from stationdesk.domain.hazards import HazardState
from stationdesk.domain.items import ItemKind
from stationdesk.domain.moments import format_deadline, format_moment
from stationdesk.domain.words import C_, _
from stationdesk.services.hazards import HazardView
from stationdesk.services.items import ItemView
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.table import Table

Row = HazardView | ItemView


def row_id(row: Row) -> tuple[str, int]:
    """A hazard and an item may have the same id."""
    return ("hazard", row.hazard_id) if isinstance(row, HazardView) else ("item", row.item_id)


def state_words(row: Row) -> str:
    """How it stands, in a word."""
    if isinstance(row, HazardView):
        if row.state is HazardState.CLOSED:
            return C_("hazard", "closed")
        if row.state is HazardState.RECTIFIED:
            return _("to be verified")
        if row.overdue:
            return C_("deadline", "overdue")
        return _("to be reported") if row.report_owed else C_("hazard", "open")
    if row.done_at is not None:
        return _("reported back") if row.kind is ItemKind.ORDER else C_("item", "done")
    if row.overdue:
        return C_("deadline", "overdue")
    if row.kind is ItemKind.ORDER:
        return _("read back") if row.read_back_at else _("to be read back")
    return C_("item", "open")


def tone(row: Row) -> str:
    """Red what is past its deadline, amber what is owed now, else none."""
    if row.overdue:
        return "red"
    owed = (
        row.report_owed if isinstance(row, HazardView) else row.kind is ItemKind.ORDER and row.done_at is None and row.read_back_at is None
    )
    return "amber" if owed else ""


def _ink(row: Row) -> str:
    return f"{tone(row)}-fg" if tone(row) else "text-2"


def _sign(row: Row) -> str:
    return {"red": "circle-alert", "amber": "triangle-alert"}.get(tone(row), "")


def carried_words(row: Row) -> str:
    """How often it went over with a handover; "new" before the first."""
    return _("{n} times").format(n=row.carried) if row.carried else C_("carried", "new")


def until(moment: datetime | None, zone: ZoneInfo) -> str:
    """A deadline, or a dash."""
    return format_deadline(moment, zone) if moment else "—"


def hazard_table(zone: ZoneInfo, empty: EmptyState) -> Table:
    """Hazards by deadline."""
    columns = (
        Column(lambda: C_("hazard", "No."), lambda row: row.number, width=132),
        Column(lambda: _("Grade"), lambda row: str(row.grade_name), width=64),
        Column(lambda: _("Place"), lambda row: row.place, width=112),
        Column(lambda: _("Hazard"), lambda row: row.text, grows=True, tip=lambda row: row.text),
        Column(
            lambda: _("Rectify by"), lambda row: until(row.deadline, zone), width=104, token=lambda row: "red-fg" if row.overdue else "text"
        ),
        Column(lambda: _("Owner"), lambda row: row.owner or "—", width=68),
        Column(
            lambda: C_("hazard", "State"),
            lambda row: _state(row, zone),
            width=144,
            icon=_sign,
            token=_ink,
            strong=lambda row: bool(tone(row)),
        ),
    )
    return Table(columns, lambda: _("Hazards"), empty=empty, key=row_id)


def item_table(zone: ZoneInfo, empty: EmptyState) -> Table:
    """Items, orders or instructions: those with a deadline first."""
    columns = (
        Column(lambda: C_("hazard", "No."), lambda row: row.number, width=144),
        Column(lambda: C_("item", "Text"), lambda row: row.text, grows=True, tip=lambda row: row.text),
        Column(lambda: _("From"), lambda row: row.from_whom or "—", width=120),
        Column(
            lambda: _("Deadline"), lambda row: until(row.deadline, zone), width=104, token=lambda row: "red-fg" if row.overdue else "text"
        ),
        Column(lambda: _("Owner"), lambda row: row.owner or "—", width=68),
        Column(lambda: _("Carried"), carried_words, width=72, token=lambda _row: "text-2"),
        Column(
            lambda: C_("hazard", "State"),
            lambda row: _state(row, zone),
            width=144,
            icon=_sign,
            token=_ink,
            strong=lambda row: bool(tone(row)),
        ),
    )
    return Table(columns, lambda: _("Open items"), empty=empty, key=row_id)


def _state(row: Row, zone: ZoneInfo) -> str:
    """How it stands, and since when where it is done."""
    ended = row.closed_at if isinstance(row, HazardView) else row.done_at
    return f"{state_words(row)} {format_moment(ended, zone)}" if ended else state_words(row)


def tab_words(tab: str) -> Words:
    """The name of a tab."""
    names = {
        "hazards": lambda: _("Hazards"),
        ItemKind.ITEM: lambda: _("Open items"),
        ItemKind.ORDER: lambda: _("Dispatch orders"),
        ItemKind.INSTRUCTION: lambda: _("Instructions"),
    }
    return names[tab]


def empty_words(tab: str, done: bool) -> str:
    """What will appear in an empty list."""
    if done:
        return _("What was closed or done will stand here.")
    return {
        "hazards": _(
            "No open hazard. One raised from a reading, a round, a checklist, the log or here will stand in this list until it is closed."
        ),
        ItemKind.ITEM: _("Nothing is left open. What the next shift must go on with will stand here under its own number."),
        ItemKind.ORDER: _("No dispatch order is open. Take one down as it is given; read it back, carry it out, report it."),
        ItemKind.INSTRUCTION: _("No instruction is open. Superiors' instructions stand here until they are passed on."),
    }[tab]
