"""节假日值班表: a row a shift of each day of a holiday, with duty leader, people, standby and telephones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.moments import format_date, format_day, weekday
from stationdesk.domain.roster import DAY_NAMES
from stationdesk.domain.words import C_, _
from stationdesk.reports.roster import moment, published_cell, span_said
from stationdesk.reports.sheet import Column, Facts, Row, Run, Section, Sheet, Signature, Signatures, Table, Text
from stationdesk.services.roster.holiday import HolidayDay, HolidaySheet, Reached, holiday_sheet, next_span
from stationdesk.services.roster.paper import NoSuchRosterError
from stationdesk.services.sheets import letterhead

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (16, 0, 16, 0, 22, 0)


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-10-01..2026-10-07", "" the holiday that lasts or comes next."""
    at = store.clock()
    found = holiday_sheet(store, *_span(subject or next_span(store, at)), at)
    head = letterhead(store, at)
    unsure = found.draft and (found.number > 0 or not found.planned)
    with words.speaking(language):
        return Sheet(
            title=_("Holiday duty sheet"),
            company=str(head.company),
            station=str(head.station),
            number=f"JJR-{found.first:%Y%m%d}",
            language=language,
            landscape=True,
            sections=_sections(found, str(head.station)),
            watermark=_("Draft") if unsure else _("Trial operation") if head.trial else "",
            signed_by=next((each.fingerprint for each in found.approved if each.fingerprint), ""),
        )


def _span(subject: str) -> tuple[date, date]:
    first, _dots, last = subject.partition("..")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise NoSuchRosterError(subject=subject) from error


def _sections(found: HolidaySheet, station: str) -> list[Section]:
    days = _("{first} to {last}").format(first=format_date(found.first), last=format_date(found.last))
    bands: list[list[tuple[str, Text]]] = [[(_("Station"), station), (_("Holiday"), _holiday(found)), (_("Days"), days)]]
    return [
        Facts("facts", bands=[*bands, [(C_("roster", "Source"), _source(found))]], widths=WIDTHS),
        Table("days", "", _columns(), [row for day in found.days for row in _rows(day)], pad=1.8),
        _signatures(found),
    ]


def _holiday(found: HolidaySheet) -> str:
    named = _(", ").join(dict.fromkeys(str(each.day.name) for each in found.days if str(each.day.name)))
    return (named or "—") + (_(" (holidays not official yet)") if found.provisional else "")


def _source(found: HolidaySheet) -> str:
    desk = _("desk by the published roster") if found.planned else _("desk by the rotation, no roster published")
    if not found.number:
        return _("no sheet was drafted; {desk}").format(desk=desk)
    own = _("draft {n}") if found.draft else _("approved version {n}")
    return _("; ").join((own.format(n=found.number), desk))


def _columns() -> list[Column]:
    return [
        Column("date", _("Date"), 34),
        Column("kind", _("Holiday"), 24),
        Column("leader", _("Duty leader"), 19),
        Column("leader_phone", _("Phone"), 24),
        Column("shift", _("Shift"), 41),
        Column("people", _("On duty")),
        Column("phone", _("Phone"), 24),
        Column("standby", _("Standby"), 19),
        Column("standby_phone", _("Phone"), 24),
    ]


def _rows(day: HolidayDay) -> Iterator[Row]:
    """A row a shift; the day, its leader and its standby stand in the first."""
    own = day.day
    first = {
        "date": f"{format_date(own.day)} {weekday(own.day)}",
        "kind": str(own.name) or _(DAY_NAMES[own.kind]),
        "leader": _names(day.leaders, "\n"),
        "leader_phone": _phones(day.leaders),
        "standby": _names(day.standby, "\n"),
        "standby_phone": _phones(day.standby),
    }
    if not day.shifts:
        yield first
    for n, each in enumerate(day.shifts):
        shift = f"{each.kind.name} {span_said(each.kind)}"
        people: Text = _names(each.people, _(", ")) if each.people else Run(_("nobody"), bold=True)
        yield {**(first if n == 0 else {}), "shift": shift, "people": people, "phone": _phones(each.people[:1])}


def _names(people: Iterable[Reached], between: str) -> str:
    return between.join(each.name for each in people)


def _phones(people: Iterable[Reached]) -> str:
    return "\n".join(each.phone or "—" for each in people)


def _signatures(found: HolidaySheet) -> Signatures:
    """The office drafts, a superior approves; in ink where it was not done here."""
    made_at = moment(found.made_at, found.zone) if found.made_at else ""
    cells = [Signature("maker", _("Drafted by"), found.made_by, made_at)]
    for each in found.approved[:4]:
        several = _("Approved {first} to {last}").format(first=format_day(each.first), last=format_day(each.last))
        cell = published_cell(each, found.zone, several=False)
        cells.append(Signature(cell.key, several if len(found.approved) > 1 else _("Approved by"), cell.name, cell.evidence, dated=False))
    if not found.approved:
        cells.append(Signature("approver", _("Approved by")))
    return Signatures("signatures", cells=cells)
