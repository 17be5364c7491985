"""隐患台账: every hazard not closed, by deadline, and those closed in the year, with what was done and who looked at it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from stationdesk.domain import words
from stationdesk.domain.hazards import HazardState, Step
from stationdesk.domain.moments import at_wall, day_of, format_date, format_deadline, weekday
from stationdesk.domain.words import C_, _
from stationdesk.reports.sheet import Column, Facts, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.hazards import HazardLife, ledger_of
from stationdesk.services.sheets import letterhead
from stationdesk.services.station import station_view

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (18, 0, 18, 0, 30, 22, 30, 22)


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """The ledger as it stands; subject: a year ("2025") for those closed in another one."""
    at, zone = store.clock(), station_view(store).zone
    year = int(subject) if re.fullmatch(r"(19|20)[0-9]{2}", subject) else day_of(at, zone).year
    january = at_wall(day_of(at, zone).replace(year=year, month=1, day=1), 0, zone)
    december = at_wall(day_of(at, zone).replace(year=year + 1, month=1, day=1), 0, zone)
    standing, closed = ledger_of(store, january, december, at)
    head = letterhead(store, at)
    with words.speaking(language):
        return Sheet(
            title=_("Hazard ledger"),
            company=str(head.company),
            station=str(head.station),
            number=f"YHTZ-{day_of(at, zone):%Y%m%d}",
            language=language,
            landscape=True,
            sections=_sections(standing, closed, year, str(head.station), at, zone),
            watermark=_("Trial operation") if head.trial else "",
        )


def _sections(
    standing: tuple[HazardLife, ...], closed: tuple[HazardLife, ...], year: int, station: str, at: datetime, zone: ZoneInfo
) -> list[Section]:
    today, late = day_of(at, zone), sum(each.hazard.overdue for each in standing)
    facts: list[tuple[str, Text]] = [
        (_("Station"), station),
        (_("Date"), f"{format_date(today)} {weekday(today)}"),
        (_("Not closed"), str(len(standing))),
        (_("Past the deadline"), Run(str(late), bold=late > 0)),
    ]
    return [
        Facts("facts", bands=[facts], widths=WIDTHS),
        Table("open", _("1  Not closed"), _columns(), [_row(each, zone) for each in standing], empty=_("None")),
        Table("closed", _("2  Closed in {year}").format(year=year), _columns(), [_row(each, zone) for each in closed], empty=_("None")),
        Signatures(
            "signatures",
            cells=[Signature("maker", _("Made by")), Signature("safety", _("Safety officer")), Signature("chief", _("Station chief"))],
        ),
    ]


def _columns() -> list[Column]:
    return [
        Column("number", C_("hazard", "No."), 27),
        Column("grade", _("Grade"), 13),
        Column("place", _("Place"), 24),
        Column("text", _("Hazard")),
        Column("raised", C_("sheet", "Raised"), 28),
        Column("deadline", _("Rectify by"), 28),
        Column("owner", _("Owner"), 16),
        Column("measure", C_("sheet", "What was done")),
        Column("closing", C_("sheet", "Verified and closed"), 30),
    ]


def _row(life: HazardLife, zone: ZoneInfo) -> Row:
    hazard = life.hazard
    return {
        "number": hazard.number,
        "grade": str(hazard.grade_name),
        "place": hazard.place,
        "text": hazard.text,
        "raised": f"{_moment(hazard.raised_at, zone)}\n{hazard.raised_by}",
        "deadline": Run(_deadline(hazard.deadline, zone), bold=hazard.overdue),
        "owner": hazard.owner or "—",
        "measure": _measures(life, zone),
        "closing": _closing(life, zone),
    }


def _measures(life: HazardLife, zone: ZoneInfo) -> Text:
    """What was done, deferred, reported and sent back, in its order."""
    told = {
        Step.RECTIFIED: _("rectified"),
        Step.DEFERRED: _("deferred"),
        Step.REPORTED: _("reported"),
        Step.SENT_BACK: _("sent back"),
    }
    lines = [
        _("{time} {step}: {words} ({person})").format(
            time=_moment(each.at, zone), step=told[each.what], words=each.words, person=each.person
        )
        for each in life.steps
        if each.what in told
    ]
    return "\n".join(lines)


def _closing(life: HazardLife, zone: ZoneInfo) -> Text:
    hazard = life.hazard
    if hazard.closed_at is not None:
        words_ = next((each.words for each in reversed(life.steps) if each.what is Step.CLOSED), "")
        return f"{_moment(hazard.closed_at, zone)} {hazard.closed_by}" + (f"\n{words_}" if words_ else "")
    if hazard.state is HazardState.RECTIFIED:
        return _("to be verified")
    if hazard.overdue:
        return Run(C_("deadline", "overdue"), bold=True)
    return Run(_("to be reported"), bold=True) if hazard.report_owed else C_("hazard", "open")


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    """With its year: a ledger is read years later."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _deadline(moment: datetime, zone: ZoneInfo) -> str:
    """2026-11-21 24:00: midnight belongs to the day it ends."""
    return f"{(moment - timedelta(minutes=1)).astimezone(zone).year}-{format_deadline(moment, zone)}"
