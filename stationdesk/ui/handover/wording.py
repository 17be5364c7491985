"""How the handover reads on its page."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain.handover import LineState, VerdictKind
from stationdesk.domain.moments import format_date, format_time
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.handover import HandoverView, InkView, LineView, ObjectionView

PAGES = {
    "readings": lambda: _("Readings"),
    "rounds": lambda: _("Rounds"),
    "checklists": lambda: C_("rail", "Checks"),
    "log": lambda: _("Log"),
    "hazards": lambda: _("Hazards"),
    "equipment": lambda: _("Equipment"),
}


def head_fact(view: HandoverView) -> str:
    """2026-11-21 夜班 乙班 张伟 → 早班 丁班 黄勇"""
    shift, following = view.shift, view.following
    part = _("part {n}").format(n=shift.part) if shift.part > 1 else ""
    outgoing = _joined(format_date(shift.day), shift.name, part, shift.crew_name, view.outgoing.leader)
    incoming = _joined(following.name, following.crew, view.incoming.leader) if following else "—"
    said = f"{outgoing} → {incoming}"
    return plain(_("{shifts}, unscheduled").format(shifts=said) if view.kind == "unscheduled" else said)


def _joined(*parts: object) -> str:
    return " ".join(each for each in map(str, parts) if each)


def counts(view: HandoverView) -> str:
    """事实由记录算出·相符 4 带问题 2 待人工确认 1"""
    standing = [each.standing for each in view.lines]
    agreed, reserved = standing.count(VerdictKind.AS_FOUND), standing.count(VerdictKind.WITH_RESERVATION)
    person = sum(each.standing is None and each.line.state is LineState.NEEDS_PERSON for each in view.lines)
    wrong = standing.count(None) - person
    parts = [
        _("as found {n}").format(n=agreed),
        _("with reservation {n}").format(n=reserved) if reserved else "",
        _("at odds {n}").format(n=wrong) if wrong else "",
        _("to be confirmed {n}").format(n=person) if person else "",
    ]
    return _(", ").join(part for part in parts if part)


def locked_reason(view: LineView) -> str:
    """Which records contradict a line."""
    pages = dict.fromkeys(PAGES[lack.page]() for lack in view.line.lacks if lack.page in PAGES)
    if len(pages) > 1:
        return _("at odds with the records: not as found")
    return _("at odds with {records}: not as found").format(records="".join(pages))


def said_note(view: LineView, zone: ZoneInfo, *, written: str) -> str:
    """接班人 08:02 已接受; before that, who wrote it."""
    said = view.said
    if said is None or said.at is None:
        return ""
    if said.accepted_at is not None:
        return _("accepted {time} by {name}").format(time=format_time(said.accepted_at, zone), name=said.accepted_by)
    return written.format(time=format_time(said.at, zone), name=said.by)


DID = {"refuse": lambda: _("refuses to take over"), "dissent": lambda: _("dissents"), "withdraw": lambda: _("withdraws the refusal")}


def objection(each: ObjectionView, zone: ZoneInfo, day: date) -> str:
    """08:03 黄勇 拒绝接班：岗位未清洁不接，岗位没打扫"""
    said = C_("sheet", "{ground}: {words}").format(ground=each.ground, words=each.words) if str(each.ground) else each.words
    return C_("sheet", "{time} {person} {did}: {words}").format(
        time=format_time(each.at, zone, day), person=each.person, did=DID[each.kind](), words=said
    )


def ink(each: InkView, zone: ZoneInfo) -> str:
    """交班人 张伟 应急签字：口令忘了；须于 … 前补签"""
    side = _("Outgoing") if each.side == "outgoing" else _("Incoming")
    said = _("{side} {who} signed in ink {at}: {reason}").format(side=side, who=each.person, at=moment(each.at, zone), reason=each.reason)
    if each.settled_at is not None:
        later = _("signed later {at} {mark}").format(at=moment(each.settled_at, zone), mark=each.mark)
    else:
        later = _("to be signed by {at}").format(at=moment(each.due, zone))
    return _("; ").join((said, later))


def moment(at: datetime, zone: ZoneInfo) -> str:
    """2026-11-21 08:03"""
    return f"{format_date(at.astimezone(zone).date())} {format_time(at, zone)}"
