"""出勤与加班月表: who was planned and signed on, stand-ins, swaps, leave and extended duty, and the overtime by either reading of hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.moments import format_date, format_day
from stationdesk.domain.numbers import MINUS
from stationdesk.domain.roster.breach import PERIODS
from stationdesk.domain.roster.overtime import REST_PAY, STATUTORY_PAY, WORKDAY_PAY
from stationdesk.domain.words import C_, _
from stationdesk.reports.roster import moment
from stationdesk.reports.sheet import Column, Facts, Paragraph, Row, Run, Section, Sheet, Signature, Signatures, Table, Text, Value
from stationdesk.services.roster.attendance import Attendance, Attended, Hours, attendance
from stationdesk.services.sheets import letterhead
from stationdesk.services.subjects import latest

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (16, 0, 16, 0, 18, 0, 22, 0)
DAYS_SHOWN = 8
COUNT, HOURS = 15.0, 22.0  # mm


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-11", "" this month."""
    at = store.clock()
    found = attendance(store, subject or latest(store, "attendance", "month", at), at)
    head = letterhead(store, at)
    with words.speaking(language):
        return Sheet(
            title=_("Attendance and overtime"),
            company=str(head.company),
            station=str(head.station),
            number=f"KQ-{found.first:%Y%m}",
            language=language,
            landscape=True,
            sections=_sections(found, str(head.station)),
            watermark=_("Trial operation") if head.trial else "",
        )


def _sections(found: Attendance, station: str) -> list[Section]:
    days = _("{first} to {last}").format(first=format_date(found.first), last=format_date(found.last))
    owed = _("{days} workdays, {hours} h").format(days=found.workdays, hours=found.workdays * 8)
    counted = _("until {moment}").format(moment=moment(found.until, found.zone))
    bands: list[list[tuple[str, Text]]] = [[(_("Station"), station), (_("Days"), days), (_("Standard"), owed), (_("Counted"), counted)]]
    signed = (("maker", _("Made by")), ("chief", _("Station chief")), ("reviewer", _("Reviewed by")))
    return [
        Facts("facts", bands=bands, widths=WIDTHS),
        _attended(found),
        _overtime(found),
        Paragraph("notes", "", text=_notes(found)),
        Signatures("signatures", cells=[Signature(key, role) for key, role in signed]),
    ]


def _attended(found: Attendance) -> Table:
    columns = [
        Column("crew", _("Crew"), 14),
        Column("name", _("Name"), 16),
        Column("planned", _("Planned"), COUNT, "right"),
        Column("due", C_("attendance", "Due"), COUNT, "right"),
        Column("present", _("Signed on"), 17, "right"),
        Column("unsigned", _("By plan"), COUNT, "right"),
        Column("missed", _("Not signed on for")),
        Column("stood", _("Stood in")),
        Column("beyond", _("Beyond the plan")),
        Column("apart", _("Late, left early")),
        Column("swaps", _("Swaps"), COUNT, "right"),
        Column("leave", _("Leave days"), 18, "right"),
        Column("extended", _("Extended duty"), 18, "right", None, unit="h"),
        Column("presence", _("At post h"), 17, "right", None),
        Column("work", _("Work h"), 15, "right", None),
    ]
    title = _("Attendance against the roster")
    return Table("attendance", title, columns, [_attended_row(each) for each in found.people], pad=2.2, empty=_("Nobody is planned."))


def _attended_row(each: Attended) -> Row:
    return {
        "crew": str(each.crew),
        "name": each.name,
        "planned": each.planned,
        "due": each.due,
        "present": each.present if each.present or not each.unsigned else "",
        "unsigned": each.unsigned or "",
        "missed": _missed(each),
        "stood": _days(each.stood_in),
        "beyond": _days(each.beyond),
        "apart": _apart(each),
        "swaps": each.swaps or "",
        "leave": each.leave or "",
        "extended": _h(each.extended) if each.extended else "",
        "presence": _h(each.hours.presence),
        "work": _h(each.hours.work),
    }


def _missed(each: Attended) -> Text:
    """Days nobody stood in for are bold: a post that may have been empty."""
    alone = [day for day in each.missed if day not in each.replaced]
    found: list[Run] = [Run(_days(alone), bold=True)] if alone else []
    if each.replaced:
        found.append(Run((_("; ") if alone else "") + _("replaced {days}").format(days=_days(each.replaced))))
    return found or ""


def _apart(each: Attended) -> str:
    """Each day somebody came late or left early, with the minutes."""
    late, early = _("{day} late {n} min"), _("{day} left {n} min early")
    said = [(day, late.format(day=format_day(day), n=minutes)) for day, minutes in each.late]
    said += [(day, early.format(day=format_day(day), n=minutes)) for day, minutes in each.early]
    shown = _("; ").join(words for _day, words in sorted(said)[:DAYS_SHOWN])
    return shown if len(said) <= DAYS_SHOWN else _("{days} and {n} more").format(days=shown, n=len(said) - DAYS_SHOWN)


def _days(days: Sequence[date]) -> str:
    shown = _(", ").join(format_day(day) for day in days[:DAYS_SHOWN])
    return shown if len(days) <= DAYS_SHOWN else _("{days} and {n} more").format(days=shown, n=len(days) - DAYS_SHOWN)


def _overtime(found: Attendance) -> Table:
    columns = [
        Column("name", _("Name"), 18),
        Column("p150", "150 %", 0, "right", None, unit=_("beyond 8 h")),
        Column("p200", "200 %", 0, "right", None, unit=_("days off")),
        Column("p300", "300 %", 0, "right", None, unit=_("statutory days")),
    ]
    groups = [("", 1), (_("By standard hours, h"), 3)]
    if found.period:
        columns += [
            Column("kept", _("Kept so far"), 0, "right", None),
            Column("standard", _("Standard to then"), 0, "right", None),
            Column("over", C_("overtime", "Difference"), 0, "right", None),
            Column("whole", _("Standard of the whole"), 0, "right", None),
            Column("beyond", _("Beyond the whole, 150 %"), 0, "right", None),
            Column("statutory", _("On statutory days, 300 %"), 0, "right", None),
        ]
        span = f"{format_day(found.period_first)}–{format_day(found.period_last)}"
        weeks = _("By comprehensive hours of the weeks that end in the month, {span}, h")
        other = _("By comprehensive hours of the {period}, {span}, h")
        groups.append(((weeks if found.period == "week" else other).format(period=_(PERIODS[found.period]), span=span), 6))
    rows = [_overtime_row(each) for each in found.people]
    remark = _("two numbers: all hours at the station / hours of work only")
    return Table("overtime", _("Overtime"), columns, rows, groups=groups, remark=remark, pad=2.2, empty=_("Nobody is planned."))


def _overtime_row(each: Attended) -> Row:
    own, owed = each.period, each.standard
    return {
        "name": each.name,
        "p150": _both(each.overtime[WORKDAY_PAY]),
        "p200": _both(each.overtime[REST_PAY]),
        "p300": _both(each.overtime[STATUTORY_PAY]),
        "kept": _both(own),
        "standard": _h(owed),
        "over": _both(Hours(own.presence - owed, own.work - owed)),
        "whole": _h(each.whole_standard),
        "beyond": _both(each.period_beyond),
        "statutory": _both(each.period_statutory),
    }


def _both(hours: Hours) -> Value:
    """One number where both readings say the same."""
    if hours.presence == hours.work:
        return _h(hours.presence)
    return f"{_h(hours.presence)} / {_h(hours.work)}".replace("-", MINUS)


def _h(minutes: int) -> Value:
    return minutes // 60 if minutes % 60 == 0 else round(minutes / 60, 1)


def _notes(found: Attendance) -> str:
    said = [
        _("Desk shifts count as signed on and off, from their planned beginning; extended duty to its end. Office days count by the plan."),
        _("Hours on days off count by the calendar day they fall on; which columns are paid depends on the working time system approved."),
    ]
    said.append(_("Late and left early: by more than {n} min beside the planned shift.").format(n=found.tolerance))
    if found.counted_from > found.period_first:
        said.append(
            _("The records of the desk begin on {day}: hours of the period before it are not known.").format(
                day=format_date(found.counted_from)
            )
        )
    if not found.period:
        said.append(_("No rule of comprehensive hours is in force."))
    if found.provisional:
        said.append(_("Holidays of {years} are not official yet.").format(years=_(", ").join(map(str, found.provisional))))
    return "\n".join(said)
