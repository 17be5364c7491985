"""A report on its way out: composed, laid on the station's form, made, shown, and put on record when it is printed or saved."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stationdesk import __version__
from stationdesk.domain import words
from stationdesk.domain.codes import BYTES, from_bytes
from stationdesk.domain.moments import format_date, format_time
from stationdesk.domain.words import _
from stationdesk.reports.paper import on_paper
from stationdesk.reports.qr import Code
from stationdesk.reports.registry import builder, find
from stationdesk.services.sheets import ToPrint, copies_of, record_print, template_in_force
from stationdesk.services.station import station_view
from stationdesk.services.subjects import latest

if TYPE_CHECKING:
    from stationdesk.reports.sheet import Sheet
    from stationdesk.services import Actor, Store


@dataclass(frozen=True)
class Prepared:
    """The very bytes that will be printed, and what goes on record with them."""

    pdf: bytes
    sheet: Sheet
    to_print: ToPrint
    missing: tuple[str, ...]  # characters no font has


def compose(store: Store, report: str, subject: str, language: str, at: datetime) -> Sheet:
    """A report as data, on the station's form. UnknownReportError, and what its builder refuses."""
    made = builder(find(report).sheet)(store, subject, language)
    template = template_in_force(store, report, at)
    return on_paper(template, made) if template is not None else made


def prepare(store: Store, actor: Actor, report: str, subject: str, language: str, at: datetime) -> Prepared:
    """Make the sheet with its own code; nothing is on record until `release`. subject "": the latest."""
    from stationdesk.reports.fonts import fonts_version
    from stationdesk.reports.paint import make

    subject = subject or latest(store, report, find(report).period.value, at)
    copy, head = copies_of(store, report, subject) + 1, store.head()
    sheet = compose(store, report, subject, language, at)
    code = Code(from_bytes(secrets.token_bytes(BYTES)), head.seq, sheet.signed_by)
    printed = _printed(store, actor, copy, language, at)
    sheet = replace(sheet, code=code, printed=printed)
    made = make(sheet)
    to_print = ToPrint(
        code=code.letters,
        report=report,
        subject=subject,
        language=language,
        lines=made.lines,
        pages=made.pages,
        file_hash=made.file_hash,
        head_seq=head.seq,
        head_hash=head.hash,
        fingerprint=sheet.signed_by,
        program=__version__,
        fonts=fonts_version(),
        printed=printed,
        copy=copy,
    )
    return Prepared(made.pdf, sheet, to_print, made.missing)


def release(store: Store, actor: Actor, prepared: Prepared, how: str = "print", *, at: datetime) -> int:
    """Put on record that these very bytes leave the program."""
    return record_print(store, actor, prepared.to_print, how, at=at)


def issue(store: Store, actor: Actor, report: str, subject: str, language: str, how: str = "print", *, at: datetime) -> Prepared:
    """Prepare and release in one go."""
    prepared = prepare(store, actor, report, subject, language, at)
    release(store, actor, prepared, how, at=at)
    return prepared


def blank_form(store: Store, report: str, subject: str, language: str, at: datetime) -> Prepared:
    """The empty form of a report for the day the computer is down: no code, nothing on record."""
    from stationdesk.reports.fonts import fonts_version
    from stationdesk.reports.paint import make

    sheet = builder(find(report).form)(store, subject, language)
    template = template_in_force(store, report, at)
    sheet = on_paper(template, sheet) if template is not None else sheet
    made = make(sheet)
    nothing = ToPrint("", report, subject, language, made.lines, made.pages, made.file_hash, 0, "", "", __version__, fonts_version(), "", 0)
    return Prepared(made.pdf, sheet, nothing, made.missing)


def _printed(store: Store, actor: Actor, copy: int, language: str, at: datetime) -> str:
    zone = station_view(store).zone
    with words.speaking(language):
        when = f"{format_date(at.astimezone(zone).date())} {format_time(at, zone)}"
        return _("Printed {when} {who} (copy {copy})").format(when=when, who=actor.name, copy=copy).replace("  ", " ")
