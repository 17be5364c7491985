"""个人排班: one person's month as a sheet, and as a calendar to be taken into a telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from stationdesk.domain import words
from stationdesk.domain.moments import format_date, format_minutes, weekday
from stationdesk.domain.roster import LEAVE_NAMES
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _
from stationdesk.reports.roster import published_cell, span_said, version_said
from stationdesk.reports.sheet import Column, Facts, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.roster.person import Absence, PersonDay, PersonMonth, person_month
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
        "remark": _("; ").join(part for part in (str(day.name), leave, _holiday(day)) if part),
    }


def _holiday(day: PersonDay) -> str:
    """What the holidays' duty sheet asks, beside the roster."""
    return f"{day.holiday.name} {span_said(day.holiday)}" if day.holiday else ""


# The calendar
def calendar(store: Store, subject: str, language: str) -> bytes:
    """The same as iCalendar (RFC 5545): an event a duty, all-day ones for leave, whose UIDs stay and whose SEQUENCE grows with every change
    of the store, so that a later file takes the place of an earlier one."""
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
        for event in _Events(found, str(head.station), at).all():
            made.add_component(event)
        made.add_missing_timezones()
        ical: bytes = made.to_ical()
        return ical


@dataclass(frozen=True)
class _Events:
    """The events of a person's month."""

    found: PersonMonth
    station: str
    at: datetime

    def all(self) -> Iterator[Any]:
        """Duties of the roster and of the holidays' sheet, those taken back as cancelled, and leave."""
        found = self.found
        for day in found.days:
            if day.kind is not None:
                yield self._duty("duty", day.day, day.kind, day.beside, draft=found.month.draft)
            if day.holiday is not None:
                yield self._duty("holiday", day.day, day.holiday)
        for what, gone in (("duty", found.taken_back), ("holiday", found.holidays_taken_back)):
            for on, kind in gone:
                yield self._duty(what, on, kind, cancelled=True)
        yield from map(self._leave, found.leave)

    def _duty(
        self, what: str, day: date, kind: ShiftKind, beside: Sequence[str] = (), *, draft: bool = False, cancelled: bool = False
    ) -> Any:
        event = self._event(f"{what}-{self.found.line.person_id}-{day:%Y%m%d}")
        span, zone = kind.span(day, self.found.month.zone), self.found.month.zone
        event.add("dtstart", span.start.astimezone(zone))
        event.add("dtend", span.end.astimezone(zone))
        event.add("summary", _("{shift} (draft)").format(shift=kind.name) if draft else str(kind.name))
        event.add("status", "CANCELLED" if cancelled else "TENTATIVE" if draft else "CONFIRMED")
        if kind.work:
            event.add("location", self.station)
        else:
            event.add("transp", "TRANSPARENT")  # standby by the phone: one is to be reached, not at the station
        if beside:
            event.add("description", _("With {names}").format(names=_(", ").join(beside)))
        return event

    def _leave(self, leave: Absence) -> Any:
        """Days as such, in whatever zone the telephone is; a leave over two months is one event in both."""
        event = self._event(f"leave-{leave.leave_id}")
        event.add("dtstart", leave.first)
        event.add("dtend", leave.last + timedelta(days=1))
        event.add("summary", _(LEAVE_NAMES.get(leave.kind, leave.kind)))
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        return event

    def _event(self, name: str) -> Any:
        from icalendar import Event

        event = Event()
        event.add("uid", f"{name}@{self.found.store}.stationdesk")
        event.add("sequence", self.found.entry)
        event.add("dtstamp", self.at.replace(microsecond=0))
        return event
