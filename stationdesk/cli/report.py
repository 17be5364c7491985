"""`report NAME`: any report of the registry as PDF or Excel, put on record as printed."""

from __future__ import annotations

import argparse
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from stationdesk.cli import desk, options
from stationdesk.domain import words
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _
from stationdesk.reports.registry import REPORTS, Period, Report, calendar_maker, find
from stationdesk.services import PROGRAM, Actor, Store
from stationdesk.services.subjects import items, latest, shifts

FORMATS = ("pdf", "xlsx", "ics")
EVERY = 40_000  # shifts of more than ten years


class PeriodWrongError(DomainError):
    """What --period says is no day, month or span, or not what the report is about."""

    words: ClassVar[str] = N_("--period {text} does not fit: {report} is about {wanted}.")


class NothingToReportError(DomainError):
    """No shift, no record of that time."""

    words: ClassVar[str] = N_("There is nothing to report for {what}.")


class FormatWrongError(DomainError):
    """A blank form has no workbook."""

    words: ClassVar[str] = N_("{report} comes as {formats} only.")


DAY, MONTH = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d"
SHAPES = {Period.SHIFT: DAY, Period.DAY: DAY, Period.MONTH: MONTH, Period.SPAN: rf"{DAY}\.\.{DAY}"}
PERIODS = {
    Period.SHIFT: N_("a shift (--shift ID, or the day it belongs to)"),
    Period.DAY: N_("a day (2026-11-20)"),
    Period.MONTH: N_("a month (2026-11)"),
    Period.SPAN: N_("a span (2026-11-20..2026-11-23)"),
    Period.ITEM: N_("one record (--shift: its number, or a person by name)"),
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
    parser.add_argument("--shift", metavar="ID", default="", help=_("the shift, or the record, by its number; a person by name"))
    parser.add_argument("--format", choices=FORMATS, default="pdf", help=_("PDF, Excel, or a calendar where the report has one"))
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
        with options.new_file(target) as file:  # before the sheet goes on record
            file.write(made(store, report, subject, language_of(args, store, at), args.format, at))
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
    from stationdesk.reports.issue import blank_form, compose, issue

    if report.only_form:
        return blank_form(store, report.name, subject, language, at).pdf

    if kind == "xlsx":
        from stationdesk.reports.workbook import xlsx

        return xlsx(compose(store, report.name, subject, language, at))
    if kind == "ics":
        return calendar_maker(report)(store, subject, language)
    return issue(store, Actor(PROGRAM.person_id, ""), report.name, subject, language, "command", at=at).pdf


def subject_of(store: Store, report: Report, period: str, shift: str, at: datetime) -> str:
    """What the report is made of; the latest where nothing is said. PeriodWrongError, NothingToReportError."""
    if shift:
        return _named(store, report, shift, at, period if report.ahead else "")
    if not period:
        found = latest(store, report.name, report.period.value, at)
        if not found and report.period is not Period.NOW:
            raise NothingToReportError(what=report.name)
        return found
    shape = SHAPES.get(report.period)
    if shape is None or not re.fullmatch(shape, period) or not _real(period):
        raise PeriodWrongError(text=period, report=report.name, wanted=_(PERIODS[report.period]))
    if not report.ahead and _to_come(period, at):
        raise NothingToReportError(what=period)
    return _shift_of(store, period, at) if report.period is Period.SHIFT else period


def _named(store: Store, report: Report, shift: str, at: datetime, month: str = "") -> str:
    """A shift by its number, one record as the report calls it (round:7), or a person by number or name, in a month where one is said."""
    known = shifts(store, at, EVERY) if report.period is Period.SHIFT else items(store, report.name, at)
    if person := next((each.code for each in known if shift in (each.label, each.code.partition("@")[0]) and "@" in each.code), ""):
        return f"{person.partition('@')[0]}@{month}" if month else person
    if shift.isdecimal() and any(each.code == shift for each in known):
        return shift
    if not re.fullmatch(r"[a-z]+:\d+", shift):
        raise NothingToReportError(what=shift)
    return shift


def _shift_of(store: Store, day: str, at: datetime) -> str:
    """The last shift of a day, one that is handed over first."""
    found = [each for each in shifts(store, at, EVERY) if each.label == day]
    chosen = next((each for each in found if each.done), next(iter(found), None))
    if chosen is None:
        raise NothingToReportError(what=day)
    return chosen.code


def _to_come(period: str, at: datetime) -> bool:
    """Whether it begins after today, wherever on earth the station is."""
    first = period.partition("..")[0]
    return (first if len(first) == 10 else f"{first}-01") > f"{at.date() + timedelta(days=1)}"


def _real(period: str) -> bool:
    try:
        return all(date.fromisoformat(part if len(part) == 10 else f"{part}-01") for part in period.split(".."))
    except ValueError:
        return False
