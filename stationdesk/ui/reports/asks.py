"""What the reports page asks: what there is to choose, a sheet made, one printed before, a page as a picture, a check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtGui import QImage

from stationdesk.domain.codes import normal
from stationdesk.domain.errors import DomainError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.words import _, language
from stationdesk.reports.checking import Check, check_code, check_file
from stationdesk.reports.issue import Prepared, blank_form, compose, prepare, release
from stationdesk.reports.qr import Code, parse_payload
from stationdesk.reports.registry import Period, Report, calendar_maker, find
from stationdesk.services import Actor, Store, subjects
from stationdesk.services.permissions import refusals
from stationdesk.services.sheets import PrintedView, printed_sheets, sheet_language
from stationdesk.services.subjects import Subject
from stationdesk.ui.reports import files
from stationdesk.ui.widgets.pdf_pages import Paper, papers, picture

Progress = Callable[[float, str], object]
PRINTED_SHOWN = 100


@dataclass(frozen=True)
class Offer:
    """What a report can be made of, and how the station wants it."""

    report: str
    subjects: tuple[Subject, ...]
    latest: str  # the subject that is meant where none is named
    language: str
    refusal: NotAllowedError | None


@dataclass(frozen=True)
class Wish:
    """What is to be seen. blank: the form for a hand."""

    report: str
    subject: str
    language: str
    blank: bool = False


@dataclass(frozen=True)
class Shown:
    """A sheet ready to leave the program, and the size of its pages."""

    wish: Wish
    prepared: Prepared
    papers: tuple[Paper, ...]
    at: datetime


@dataclass(frozen=True)
class Past:
    """A sheet printed before: made again to the byte, or (pdf empty) as the lines that were recorded."""

    printed: PrintedView
    pdf: bytes
    papers: tuple[Paper, ...]


def offer(store: Store, report: str, until: date | None, person_id: int, at: datetime) -> Offer:
    """The choices of a report; until: the last day of the shifts to choose from."""
    period = find(report).period
    if period is Period.SHIFT:
        found = subjects.of_shifts(store, report, at, until)
    else:
        found = subjects.items(store, report, at) if period is Period.ITEM else ()
    refused = refusals(store, person_id, ("record_print",), at).get("record_print")
    own = sheet_language(store, at) or language()
    return Offer(report, found, subjects.latest(store, report, period.value, at), own, refused)


def shown(store: Store, wish: Wish, actor: Actor, at: datetime, progress: Progress) -> Shown:
    """Make the sheet; nothing goes on record."""
    progress(0.1, _("The records are read and laid out"))
    if wish.blank or find(wish.report).only_form:
        prepared = blank_form(store, wish.report, wish.subject, wish.language, at)
    else:
        prepared = prepare(store, actor, wish.report, wish.subject, wish.language, at)
    progress(0.9, _("The pages are measured"))
    return Shown(wish, prepared, papers(prepared.pdf), at)


def past(store: Store, printed: PrintedView, progress: Progress) -> Past:
    """A printed sheet made again; where the records say something else today it cannot be, and its recorded lines are shown."""
    from stationdesk.reports.paint import make

    progress(0.1, _("The records are read and laid out"))
    try:
        sheet = compose(store, printed.report, printed.subject, printed.language, printed.at)
    except DomainError:
        return Past(printed, b"", ())
    code = Code(printed.code, printed.head_seq, printed.fingerprint)
    made = make(replace(sheet, code=code, printed=printed.printed))
    if made.file_hash != printed.file_hash:
        return Past(printed, b"", ())
    return Past(printed, made.pdf, papers(made.pdf))


def printed(store: Store, report: str, subject: str) -> tuple[PrintedView, ...]:
    """What was printed of it, newest first."""
    return printed_sheets(store, report, subject, PRINTED_SHOWN)


def save_pdf(store: Store, actor: Actor, made: Prepared, place: Path, *, at: datetime) -> Path:
    """Write the very bytes and put them on record; a file that could not be recorded does not stay. See files.write for its errors."""
    files.write(place, made.pdf)
    if made.to_print.code:
        try:
            release(store, actor, made, "save", at=at)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    return place


def save_book(_store: Store, made: Prepared, place: Path) -> Path:
    """Write the workbook of a sheet."""
    from stationdesk.reports.workbook import xlsx

    files.write(place, xlsx(made.sheet))
    return place


def save_calendar(store: Store, wish: Wish, place: Path) -> Path:
    """Write the calendar a report has beside its sheet, as things stand now."""
    files.write(place, calendar_maker(find(wish.report))(store, wish.subject, wish.language))
    return place


def has_calendar(report: Report) -> bool:
    """Whether a report comes as a calendar too."""
    return bool(report.calendar)


def has_workbook(report: Report) -> bool:
    """Whether a report comes as Excel too."""
    return "xlsx" in report.formats


def check_letters(store: Store, text: str) -> Check:
    """A code typed, or what a scanner read off the QR code. CodeShapeError, UnknownCodeError."""
    scanned = parse_payload(text)
    return check_code(store, scanned.letters if scanned else normal(text))


def check_place(store: Store, place: Path) -> Check:
    """A PDF on a disk. FileUnreadableError, and what check_file refuses."""
    return check_file(store, files.read(place))


def plate(store: Store, pdf: bytes, page: int, scale: float) -> QImage:
    """A page for a printer: without its colours where it has none, a quarter of the memory and of the time in the window's thread."""
    drawn = picture(store, pdf, page, scale)
    return drawn.convertToFormat(QImage.Format.Format_Grayscale8) if drawn.isGrayscale() else drawn
