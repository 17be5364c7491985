"""Every report by its name: one line each. Its module is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING

from stationdesk.domain.paper import UnknownReportError
from stationdesk.domain.words import N_, _

if TYPE_CHECKING:
    from stationdesk.reports.sheet import Sheet


class Period(Enum):
    """What a report is about; the subject it is made for is the text in brackets."""

    SHIFT = "shift"  # (id of the shift)
    DAY = "day"  # (2026-11-20)
    MONTH = "month"  # (2026-11)
    SPAN = "span"  # (2026-11-20..2026-11-23)
    ITEM = "item"  # (id of the record)
    NOW = "now"  # ("": as things stand)


@dataclass(frozen=True)
class Report:
    """A line of the registry. `sheet` and `form` name functions as "module:function"."""

    name: str  # as `report NAME` and the template say it
    title: str  # message id
    period: Period
    sheet: str  # (store, subject, language) → Sheet
    form: str = ""  # (store, subject, language) → blank Sheet for a hand; "" where there is none
    formats: tuple[str, ...] = ("pdf", "xlsx")
    ahead: bool = False  # may be about days to come
    calendar: str = ""  # (store, subject, language) → bytes of iCalendar, where "ics" is among the formats

    @property
    def words(self) -> str:
        """The title in the language spoken now."""
        return _(self.title)

    @property
    def only_form(self) -> bool:
        """A form for a hand and nothing else: it has no code and does not go on record."""
        return self.form == self.sheet


REPORTS: tuple[Report, ...] = (
    Report(
        "handover",
        N_("Shift handover record"),
        Period.SHIFT,
        "stationdesk.reports.handover:sheet",
        form="stationdesk.reports.handover:form",
    ),
    Report(
        "readings-day",
        N_("Daily operating parameters"),
        Period.DAY,
        "stationdesk.reports.readings:sheet",
        form="stationdesk.reports.readings:form",
    ),
    Report("duty-log", N_("Duty log"), Period.SHIFT, "stationdesk.reports.log:sheet"),
    Report("voucher", N_("Custody transfer voucher"), Period.SHIFT, "stationdesk.reports.voucher:sheet"),
    Report("voucher-day", N_("Voucher of a gas day"), Period.DAY, "stationdesk.reports.voucher:sheet"),
    Report("production-day", N_("Daily production report"), Period.DAY, "stationdesk.reports.production:sheet"),
    Report("production-month", N_("Monthly production report"), Period.MONTH, "stationdesk.reports.production_month:sheet"),
    Report(
        "discrepancy",
        N_("Metering discrepancy sheet"),
        Period.ITEM,
        "stationdesk.reports.discrepancy:sheet",
        form="stationdesk.reports.discrepancy:form",
    ),
    Report("metering-certificate", N_("Daily metering certificate"), Period.DAY, "stationdesk.reports.certificate:sheet"),
    Report("odorant", N_("Odorizing record"), Period.MONTH, "stationdesk.reports.odorant:sheet"),
    Report("hazards", N_("Hazard ledger"), Period.NOW, "stationdesk.reports.hazards:sheet"),
    Report("rounds", N_("Round inspection record"), Period.SHIFT, "stationdesk.reports.rounds:sheet"),
    Report(
        "round-blank",
        N_("Round inspection form"),
        Period.ITEM,
        "stationdesk.reports.rounds:blank",
        form="stationdesk.reports.rounds:blank",
        formats=("pdf",),
    ),
    Report("checklists", N_("Checklist record"), Period.SHIFT, "stationdesk.reports.checklists:sheet"),
    Report(
        "checklist-blank",
        N_("Checklist form"),
        Period.ITEM,
        "stationdesk.reports.checklists:blank",
        form="stationdesk.reports.checklists:blank",
        formats=("pdf",),
    ),
    Report("roster-month", N_("Duty roster"), Period.MONTH, "stationdesk.reports.roster:sheet", ahead=True),
    Report("attendance", N_("Attendance and overtime"), Period.MONTH, "stationdesk.reports.attendance:sheet"),
    Report("holiday-duty", N_("Holiday duty sheet"), Period.SPAN, "stationdesk.reports.holiday_duty:sheet", ahead=True),
    Report(
        "roster-person",
        N_("Personal roster"),
        Period.ITEM,
        "stationdesk.reports.roster_person:sheet",
        formats=("pdf", "xlsx", "ics"),
        ahead=True,
        calendar="stationdesk.reports.roster_person:calendar",
    ),
)


def find(name: str) -> Report:
    """The report of this name. UnknownReportError names those there are."""
    for report in REPORTS:
        if report.name == name:
            return report
    raise UnknownReportError(name=name, known=", ".join(report.name for report in REPORTS))


def builder(place: str) -> Callable[..., Sheet]:
    """The function behind "module:function" of a report, its module imported now."""
    module, _colon, name = place.partition(":")
    made: Callable[..., Sheet] = getattr(import_module(module), name)
    return made


def calendar_maker(report: Report) -> Callable[..., bytes]:
    """The function that makes a report's calendar file."""
    module, _colon, name = report.calendar.partition(":")
    made: Callable[..., bytes] = getattr(import_module(module), name)
    return made
