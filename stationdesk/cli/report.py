"""`report NAME`: any report of the registry as PDF or Excel, put on record as printed."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from stationdesk.cli import desk, options
from stationdesk.domain import words
from stationdesk.domain.errors import DomainError
from stationdesk.domain.store import DestinationThereError
from stationdesk.domain.words import N_, _
from stationdesk.reports.registry import REPORTS, Period, Report, find
from stationdesk.services import PROGRAM, Actor, Store
from stationdesk.services.log import recent_shifts
from stationdesk.services.rounds import routes_view
from stationdesk.services.shifts import ShiftView
from stationdesk.services.station import station_view

FORMATS = ("pdf", "xlsx")
BACK = 4000  # shifts looked at to find the ones of a period


class PeriodWrongError(DomainError):
    """What --period says is no day, month or span, or not what the report is about."""

    words: ClassVar[str] = N_("--period {text} does not fit: {report} is about {wanted}.")


class NothingToReportError(DomainError):
    """No shift, no record of that time."""

    words: ClassVar[str] = N_("There is nothing to report for {what}.")


class FormatWrongError(DomainError):
    """A blank form has no workbook."""

    words: ClassVar[str] = N_("{report} comes as {formats} only.")


PERIODS = {
    Period.SHIFT: N_("a shift (--shift ID, or the day it belongs to)"),
    Period.DAY: N_("a day (2026-11-20)"),
    Period.MONTH: N_("a month (2026-11)"),
    Period.SPAN: N_("a span (2026-11-20..2026-11-23)"),
    Period.ITEM: N_("one record (--shift ID: its number)"),
    Period.NOW: N_("how things stand now"),
}


def add(parser: argparse.ArgumentParser) -> None:
    """NAME, what it is about, language, format, file."""
    parser.add_argument("name", nargs="?", metavar="NAME", help=_("the report; --list names them"))
    parser.add_argument("--list", action="store_true", help=_("name the reports there are"))
    options.add_store(parser)
    options.add_language(parser)
    options.add_json(parser)
    parser.add_argument("--period", metavar="WHEN", default="", help=_("a day 2026-11-20, a month 2026-11 or A..B (default: the latest)"))
    parser.add_argument("--shift", metavar="ID", default="", help=_("the shift, or the record, by its number"))
    parser.add_argument("--format", choices=FORMATS, default="pdf", help=_("PDF or Excel"))
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help=_("the file to write (default: a name of its own, here)"))


def run(args: argparse.Namespace) -> int:
    """Make it, write it, print its path."""
    if args.list or not args.name:
        return listed(args.json)
    report = find(args.name)
    if args.format not in report.formats:
        raise FormatWrongError(report=report.name, formats=", ".join(report.formats))
    with desk.opened(args) as store:
        at = desk.now()
        subject = subject_of(store, report, args.period, args.shift, at)
        target: Path = args.output or Path(f"{report.name}-{subject.replace('..', '_') or f'{at:%Y%m%d}'}.{args.format}")
        if target.exists():
            raise DestinationThereError(place=str(target))
        target.write_bytes(made(store, report, subject, language_of(args, store, at), args.format, at))
    if args.json:
        options.say_json({"report": report.name, "subject": subject, "file": str(target)})
    else:
        print(target)
    return 0


def listed(as_json: bool) -> int:
    """Name and title of every report."""
    if as_json:
        options.say_json(
            [{"name": each.name, "title": each.words, "period": each.period.value, "formats": each.formats} for each in REPORTS]
        )
    else:
        for each in REPORTS:
            print(f"{each.name:16} {each.words}")
    return 0


def language_of(args: argparse.Namespace, store: Store, at: datetime) -> str:
    """--lang, else the station's language of sheets."""
    from stationdesk.services.sheets import sheet_language

    return getattr(args, "lang", None) or sheet_language(store, at) or words.language()


def made(store: Store, report: Report, subject: str, language: str, kind: str, at: datetime) -> bytes:
    """The bytes of the file; a PDF goes on record with its code."""
    from stationdesk.reports.issue import compose, issue

    if kind == "xlsx":
        from stationdesk.reports.workbook import xlsx

        return xlsx(compose(store, report.name, subject, language, at))
    return issue(store, Actor(PROGRAM.person_id, ""), report.name, subject, language, "command", at=at).pdf


def subject_of(store: Store, report: Report, period: str, shift: str, at: datetime) -> str:
    """What the report is made of. PeriodWrongError, NothingToReportError."""
    if shift:
        return shift
    zone = station_view(store).zone
    today = at.astimezone(zone).date()
    if report.period is Period.SHIFT:
        return _shift(store, report, period)
    if report.period is Period.ITEM:
        return _item(store, report, at)
    if report.period is Period.NOW:
        return ""
    if not period:
        return {Period.DAY: today.isoformat(), Period.MONTH: f"{today:%Y-%m}"}.get(report.period, _week(today))
    wanted = {Period.DAY: r"\d{4}-\d\d-\d\d", Period.MONTH: r"\d{4}-\d\d", Period.SPAN: r"\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d"}[
        report.period
    ]
    if not re.fullmatch(wanted, period) or not _real(period):
        raise PeriodWrongError(text=period, report=report.name, wanted=_(PERIODS[report.period]))
    return period


def _real(period: str) -> bool:
    try:
        return all(date.fromisoformat(part if len(part) == 10 else f"{part}-01") for part in period.split(".."))
    except ValueError:
        return False


def _week(today: date) -> str:
    return f"{(today - timedelta(days=6)).isoformat()}..{today.isoformat()}"


def _shift(store: Store, report: Report, period: str) -> str:
    """The last shift of the day named, or the last one handed over (the open one where none is)."""
    found = recent_shifts(store, BACK)
    if period:
        found = tuple(each for each in found if each.day.isoformat() == period)
        if not found and not re.fullmatch(r"\d{4}-\d\d-\d\d", period):
            raise PeriodWrongError(text=period, report=report.name, wanted=_(PERIODS[report.period]))
    chosen = _latest(found)
    if chosen is None:
        raise NothingToReportError(what=period or report.name)
    return str(chosen.shift_id)


def _latest(found: Sequence[ShiftView]) -> ShiftView | None:
    return next((each for each in found if each.closed_at), next(iter(found), None))


def _item(store: Store, report: Report, at: datetime) -> str:
    """The first route or checklist, where none is named."""
    from stationdesk.services.checklists.templates import templates_view

    if report.name.startswith("round"):
        found = [each.route_id for each in routes_view(store, at)]
    else:
        found = [each.template_id for each in templates_view(store, at)]
    if not found:
        raise NothingToReportError(what=report.name)
    return str(found[0])
