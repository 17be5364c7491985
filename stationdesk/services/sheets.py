"""Sheets: the station's templates for them, what was printed by whom, and a printed code found again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.codes import grouped
from stationdesk.domain.errors import DomainError
from stationdesk.domain.names import Name
from stationdesk.domain.paper import Template, parse_template
from stationdesk.domain.words import N_
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.people.view import names
from stationdesk.services.settings.dated import ahead
from stationdesk.services.station import setting, the_station
from stationdesk.storage.journal import JOURNAL
from stationdesk.storage.sheets import PrintedSheet
from stationdesk.storage.signatures import Signature, fits
from stationdesk.storage.station import SheetTemplate
from stationdesk.storage.store import Actor, Store

PRINTED_SHOWN = 500


class UnknownCodeError(DomainError):
    """A code this store never printed."""

    words = N_("No sheet with the code {code} was printed from this store.")
    field = "code"


@dataclass(frozen=True)
class Letterhead:
    """What every sheet says of the station; trial: the watermark of 试运行."""

    station: Name
    company: Name
    trial: bool


@dataclass(frozen=True)
class ToPrint:
    """A sheet made and about to leave the program."""

    code: str
    report: str
    subject: str
    language: str
    lines: tuple[str, ...]
    pages: int
    file_hash: str
    head_seq: int
    head_hash: str
    fingerprint: str
    program: str
    fonts: str
    printed: str
    copy: int


@dataclass(frozen=True)
class PrintedView:
    """A sheet that was printed."""

    sheet_id: int
    code: str
    report: str
    subject: str
    language: str
    lines: tuple[str, ...]
    pages: int
    file_hash: str
    head_seq: int
    head_hash: str
    fingerprint: str
    program: str
    fonts: str
    printed: str
    copy: int
    how: str
    by: str
    at: datetime


def letterhead(store: Store, at: datetime) -> Letterhead:
    """The station's names, and whether a sheet about that time carries the watermark."""
    with store.read() as session:
        own = the_station(session)
        trial = own.official_from is None or at < own.official_from
        return Letterhead(Name(own.name_zh, own.name_en), Name(own.company_zh, own.company_en), trial)


def sheet_language(store: Store, at: datetime) -> str:
    """The language the station prints in."""
    with store.read() as session:
        return str(setting(session, "sheet_language", at))


def template_in_force(store: Store, report: str, at: datetime) -> Template | None:
    """The station's template of a report, None where it uses the program's own sheet."""
    with store.read() as session:
        return _template(session, report, at)


def _template(session: Session, report: str, at: datetime) -> Template | None:
    newest = SheetTemplate.valid_from.desc(), SheetTemplate.id.desc()
    wanted = select(SheetTemplate.definition).where(SheetTemplate.report == report, SheetTemplate.valid_from <= at)
    found = session.scalars(wanted.order_by(*newest).limit(1)).first()
    return parse_template(found) if found else None


def set_template(
    store: Store,
    actor: Actor,
    report: str,
    definition: str,
    *,
    at: datetime,
    valid_from: datetime | None = None,
    seen: Template | None = None,
) -> None:
    """Another form of a report from a time on (default now). seen: the one the change was made on.

    SettingPastError, ChangedMeanwhileError, TemplateError and its kinds.
    """
    begins = ahead(valid_from, at)
    parse_template(definition)
    with store.write(actor, "set_sheet_template", at) as session:
        as_seen(seen, _template(session, report, at) or Template(), "sheet_template")
        made = SheetTemplate(report=report, definition=definition, valid_from=begins, by_id=actor.person_id, at=at)
        session.add(made)


def copies_of(store: Store, report: str, subject: str) -> int:
    """How often a report of a subject was printed or saved."""
    with store.read() as session:
        return _copies(session, report, subject)


def _copies(session: Session, report: str, subject: str) -> int:
    wanted = select(func.count()).select_from(PrintedSheet).where(PrintedSheet.report == report, PrintedSheet.subject == subject)
    return session.scalars(wanted).one()


def record_print(store: Store, actor: Actor, made: ToPrint, how: str = "print", *, at: datetime) -> int:
    """Put on record that a sheet leaves the program: print, save or command."""
    with store.write(actor, "record_print", at) as session:
        sheet = PrintedSheet(
            code=made.code,
            report=made.report,
            subject=made.subject,
            language=made.language,
            lines=json.dumps(list(made.lines), ensure_ascii=False),
            pages=made.pages,
            file_hash=made.file_hash,
            head_seq=made.head_seq,
            head_hash=made.head_hash,
            fingerprint=made.fingerprint,
            program=made.program,
            fonts=made.fonts,
            printed=made.printed,
            copy=made.copy,
            how=how,
            by_id=actor.person_id,
            at=at,
        )
        session.add(sheet)
        session.flush()
        return sheet.id


def printed_sheets(store: Store, report: str = "", subject: str = "", limit: int = PRINTED_SHOWN) -> tuple[PrintedView, ...]:
    """What was printed, newest first; of one report or subject where named."""
    with store.read() as session:
        wanted = select(PrintedSheet)
        if report:
            wanted = wanted.where(PrintedSheet.report == report)
        if subject:
            wanted = wanted.where(PrintedSheet.subject == subject)
        return _views(session, session.scalars(wanted.order_by(PrintedSheet.id.desc()).limit(limit)).all())


def by_code(store: Store, code: str) -> PrintedView:
    """The sheet that carries a code (20 letters, without dashes). UnknownCodeError."""
    with store.read() as session:
        found = session.scalars(select(PrintedSheet).where(PrintedSheet.code == code)).first()
        if found is None:
            raise UnknownCodeError(code=grouped(code))
        return _views(session, [found])[0]


def _views(session: Session, found: Sequence[PrintedSheet]) -> tuple[PrintedView, ...]:
    people = names(session)
    return tuple(
        PrintedView(
            sheet_id=each.id,
            code=each.code,
            report=each.report,
            subject=each.subject,
            language=each.language,
            lines=tuple(json.loads(each.lines)),
            pages=each.pages,
            file_hash=each.file_hash,
            head_seq=each.head_seq,
            head_hash=each.head_hash,
            fingerprint=each.fingerprint,
            program=each.program,
            fonts=each.fonts,
            printed=each.printed,
            copy=each.copy,
            how=each.how,
            by=people.get(each.by_id, ""),
            at=each.at,
        )
        for each in found
    )


@dataclass(frozen=True)
class Anchor:
    """Whether the journal still is what it was when a sheet was printed, and whether the signatures it shows fit."""

    head_fits: bool
    signatures: int
    wrong: int


def anchor(store: Store, printed: PrintedView, subject_kind: str = "", subject_id: int = 0) -> Anchor:
    """Hold a printed head against the journal of today: a rebuilt journal has another hash at that number."""
    with store.read() as session:
        entry = session.scalars(select(JOURNAL.c.hash).where(JOURNAL.c.seq == printed.head_seq)).first()
        wanted = select(Signature).where(
            Signature.subject_kind == subject_kind, Signature.subject_id == subject_id, Signature.signature != ""
        )
        signed = session.scalars(wanted).all()
        wrong = sum(not fits(each) for each in signed)
        head_fits = entry is not None and entry.hex() == printed.head_hash
        return Anchor(head_fits, len(signed), wrong)
