"""个人排班: one person's month as a sheet, and as a calendar to be taken into a telephone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from stationdesk.domain import words
from stationdesk.domain.moments import format_date, format_minutes, weekday
from stationdesk.domain.roster import LEAVE_NAMES
from stationdesk.domain.words import C_, _
from stationdesk.reports.roster import published_cell, span_said, version_said
from stationdesk.reports.sheet import Column, Facts, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.roster.person import PersonDay, PersonMonth, person_month
from stationdesk.services.sheets import letterhead
from stationdesk.services.subjects import latest

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (17, 0, 17, 0, 17, 0)


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "7@2026-12", the person by their record's number; "" the first of the latest published month."""
    at = store.clock()
    found = person_month(store, subject or latest(store, "roster-person", "item", at), at)
    head = letterhead(store, at)
    with words.speaking(language):
        return Sheet(
            title=_("Personal roster"),
            company=str(head.company),
            station=str(head.station),
            number=f"PB-{found.month.first:%Y%m}-{found.line.number or found.line.person_id}",
            language=language,
            sections=_sections(found),
            watermark=_("Draft") if found.month.draft else _("Trial operation") if head.trial else "",
            signed_by=next((each.fingerprint for each in found.month.publications if each.fingerprint), ""),
        )


def _sections(found: PersonMonth) -> list[Section]:
    month, line = found.month, found.line
    who = f"{line.name} {line.number}".strip()
    bands: list[list[tuple[str, Text]]] = [
        [(_("Name"), Run(who, bold=True)), (_("Crew"), str(line.crew)), (C_("roster", "Version"), version_said(month))],
        [
            (_("Days"), f"{format_date(month.first)} – {format_date(month.last)}"),
            (C_("roster", "Hours"), _hours(found)),
            (_("Nights"), _nights(found)),
        ],
    ]
    cells = [published_cell(each, month.zone, len(month.publications) > 1) for each in month.publications[:3]]
    return [
        Facts("facts", bands=bands, widths=WIDTHS),
        Table("days", "", _columns(), [_row(day) for day in found.days], pad=3.0),
        Signatures("signatures", cells=[*cells, Signature("person", _("Received by"))]),
    ]


def _hours(found: PersonMonth) -> str:
    own = found.line.figures
    said = _("{hours}, standard {standard}").format(hours=format_minutes(own.presence), standard=format_minutes(own.standard))
    return said if own.presence == own.work else _("{said}; work {work}").format(said=said, work=format_minutes(own.work))


def _nights(found: PersonMonth) -> str:
    own = found.line.figures
    return _("{nights}; weekends {weekends}; holidays {holidays}").format(
        nights=own.nights, weekends=own.weekend_days, holidays=own.holidays
    )


def _columns() -> list[Column]:
    return [
        Column("date", _("Date"), 25),
        Column("weekday", _("Weekday"), 20),
        Column("shift", _("Shift"), 25),
        Column("time", _("Time"), 32),
        Column("beside", _("With")),
        Column("remark", _("Remarks"), 34),
    ]


def _row(day: PersonDay) -> Row:
    leave = _(LEAVE_NAMES.get(day.leave, day.leave)) if day.leave else ""
    return {
        "date": format_date(day.day),
        "weekday": weekday(day.day),
        "shift": Run(str(day.kind.name), bold=True) if day.kind else Run(_("off"), grey=True),
        "time": span_said(day.kind) if day.kind else "",
        "beside": _(", ").join(day.beside),
        "remark": _("; ").join(part for part in (str(day.name), leave) if part),
    }


# The calendar
def calendar(store: Store, subject: str, language: str) -> bytes:
    """The same as iCalendar (RFC 5545): an event a shift, whose UID stays, so that a later file takes the place of an earlier one."""
    from icalendar import Calendar

    at = store.clock()
    found = person_month(store, subject or latest(store, "roster-person", "item", at), at)
    head = letterhead(store, at)
    with words.speaking(language):
        made = Calendar()
        made.add("prodid", "-//StationDesk//Roster//EN")
        made.add("version", "2.0")
        made.add("method", "PUBLISH")
        made.add("x-wr-calname", _("{station} {name}").format(station=head.station, name=found.line.name))
        for day in found.days:
            if day.kind is not None:
                made.add_component(_event(found, day, str(head.station), at))
        for off, kind in found.taken_back:
            gone = PersonDay(off, found.days[0].name, kind, kind.span(off, found.month.zone), "", ())
            made.add_component(_event(found, gone, str(head.station), at, cancelled=True))
        made.add_missing_timezones()
        ical: bytes = made.to_ical()
        return ical


def _event(found: PersonMonth, day: PersonDay, station: str, at: datetime, *, cancelled: bool = False) -> Any:
    from icalendar import Event

    assert day.kind is not None
    assert day.span is not None
    zone, draft = found.month.zone, found.month.draft
    event = Event()
    event.add("uid", f"duty-{found.line.person_id}-{day.day:%Y%m%d}@{found.store}.stationdesk")
    event.add("sequence", found.entry)
    event.add("dtstamp", at.replace(microsecond=0))
    event.add("dtstart", day.span.start.astimezone(zone))
    event.add("dtend", day.span.end.astimezone(zone))
    event.add("summary", _("{shift} (draft)").format(shift=day.kind.name) if draft else str(day.kind.name))
    event.add("location", station)
    event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if draft else "CONFIRMED")
    if day.beside:
        event.add("description", _("With {names}").format(names=_(", ").join(day.beside)))
    return event
