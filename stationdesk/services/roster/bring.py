"""A roster brought in from a workbook or a CSV file: tried first, every refused cell named, all of it or nothing."""

from __future__ import annotations

import csv
import io
import warnings
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import month_of
from stationdesk.domain.roster.cell_errors import RosterRefusedError
from stationdesk.domain.roster.cells_in import Brought, Page, Wanted, called, read, spellings
from stationdesk.domain.roster.errors import RosterEmptyError
from stationdesk.domain.roster.letters import letters_of
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.setup.cells import Cell
from stationdesk.domain.words import N_, _
from stationdesk.services.roster.draft import Cells, Change, as_planned, by_rotation, copied, edit, put_roster
from stationdesk.services.roster.kinds import day_kinds
from stationdesk.services.roster.staff import Planned, staff
from stationdesk.services.roster.view import newest
from stationdesk.services.shifts.publications import SHIFTS, published, rostered
from stationdesk.storage.people import Person
from stationdesk.storage.store import Actor, Store

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 20_000_000, 2000, 80


class RosterFileError(DomainError):
    """Neither a workbook nor a text table, or larger than any roster."""

    words = N_("{file} is neither an Excel workbook nor a CSV file a roster could be read from.")
    field = "file"


@dataclass(frozen=True)
class BroughtIn:
    """What came of it. roster_id None: only tried. missing: who is planned here and stands not in the file, off in the draft.

    changed: days of people that differ from what the month showed before.
    """

    roster_id: int | None
    people: int
    days: int
    duties: int
    missing: tuple[str, ...]
    changed: int


def try_roster(store: Store, file: Path, month: date, at: datetime) -> BroughtIn:
    """What a file would bring into a month; nothing is written. RosterFileError, RosterRefusedError, RosterEmptyError."""
    people, _kinds, found, before = _understood(store, file, month, at)
    return _said(None, found, people, len(_changes(found, people, before)))


def import_roster(store: Store, actor: Actor, file: Path, month: date, *, at: datetime, dry_run: bool = False) -> BroughtIn:
    """A draft of a month from a file: what the month showed before, and the file's days as one change that can be taken back.

    RosterFileError, RosterRefusedError with every cell that is not taken, RosterEmptyError.
    """
    if dry_run:
        return try_roster(store, file, month, at)
    first, last = month_of(month)
    people, kinds, found, before = _understood(store, file, month, at)
    changes = _changes(found, people, before)
    with store.write(actor, "draft_roster", at) as session:
        base = published(session, first)
        number = base.roster_id if base else None
        made = put_roster(session, actor.person_id, first, last, kinds, before, people, how="import", base=number, at=at)
        edit(session, made, actor.person_id, changes, at)
    return _said(made, found, people, len(changes))


def _understood(store: Store, file: Path, month: date, at: datetime) -> tuple[tuple[Planned, ...], tuple[ShiftKind, ...], Brought, Cells]:
    """The people and kinds of the month, what the file says of them, and what the month shows without it. RosterRefusedError."""
    first, last = month_of(month)
    pages = pages_of(file)
    with store.read() as session:
        people, kinds = staff(session, first, last, at), kinds_for(session, first, last, at)
        found, before = read(pages, _wanted(session, people, kinds, first)), _before(session, people, first, last, at)
    if found.refused:
        raise RosterRefusedError(found.refused)
    known = {kind.code for kind in kinds}
    return people, kinds, found, {place: code for place, code in before.items() if code in known}


def _before(session: Session, people: Sequence[Planned], first: date, last: date, at: datetime) -> Cells:
    """What the month shows now: its draft, what is published, else the rotation; nothing where there is none of them."""
    row = newest(session, first, last)
    if row is not None:
        return dict(rostered(session, row).cells)
    try:
        return as_planned(session, people, first, last, at)[1]
    except RosterEmptyError:
        return {}


def _changes(found: Brought, people: Sequence[Planned], before: Cells) -> list[Change]:
    """The days on which the file says something else; of days it does not have it says nothing."""
    places = ((each.member.person, day) for each in people for day in found.days)
    return [Change(*place, found.cells.get(place, "")) for place in places if found.cells.get(place, "") != before.get(place, "")]


def kinds_for(session: Session, first: date, last: date, at: datetime) -> tuple[ShiftKind, ...]:
    """The kinds a draft of these days has: those of the draft there is, of what is published, else the rotation's. RosterEmptyError."""
    row = newest(session, first, last)
    drafted = rostered(session, row).kinds if row is not None else ()
    kinds = {kind.code: kind for kind in (*copied(session, first, last, SHIFTS)[0], *drafted)}
    try:
        kinds = {kind.code: kind for kind in by_rotation(session, staff(session, first, last, at), first, last, at)[0]} | kinds
    except RosterEmptyError:
        if not kinds:
            raise
    return tuple((kinds | {kind.code: kind for kind in day_kinds(session, at) if kind.code not in kinds}).values())


def _wanted(session: Session, people: Sequence[Planned], kinds: Sequence[ShiftKind], first: date) -> Wanted:
    planned = {each.member.person for each in people}
    found: dict[str, set[int]] = defaultdict(set)
    for person in session.scalars(select(Person).where(Person.id.in_(planned))):
        for spelled in called(person.name, person.number):
            found[spelled].add(person.id)
    letters = letters_of(kinds)
    known = _(", ").join(f"{letters[kind.code]} {kind.name}" for kind in kinds)
    return Wanted(first, {key: frozenset(ids) for key, ids in found.items()}, spellings(kinds), known)


def _said(made: int | None, found: Brought, people: Sequence[Planned], changed: int) -> BroughtIn:
    missing = tuple(each.member.name for each in people if each.member.person not in found.people)
    return BroughtIn(made, len(found.people), len(found.days), len(found.cells), missing, changed)


# Files
def pages_of(file: Path) -> tuple[Page, ...]:
    """The tables of a workbook, or the one of a CSV file (UTF-8 or GB18030). RosterFileError."""
    try:
        large = file.stat().st_size > MOST_BYTES
    except OSError as error:
        raise RosterFileError(file=file.name) from error
    if large:
        raise RosterFileError(file=file.name)
    if file.suffix.casefold() in (".xlsx", ".xlsm"):
        return _book(file)
    text = _decoded(file)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], ",;\t")
    except csv.Error:
        dialect = csv.excel
    lines = list(csv.reader(io.StringIO(text), dialect))[:MOST_ROWS]
    return (Page(file.name, [[Cell(f"{_letters(n)}{row}", typed) for n, typed in enumerate(line)] for row, line in enumerate(lines, 1)]),)


def _decoded(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise RosterFileError(file=file.name) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RosterFileError(file=file.name)


def _letters(n: int) -> str:
    """A, B … Z, AA: the column as a spreadsheet names it."""
    return (_letters(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


def _book(file: Path) -> tuple[Page, ...]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep of a workbook does not matter: it is only read
            book = load_workbook(file, read_only=False, data_only=False)
            return tuple(_page(page) for page in book.worksheets)
    except Exception as error:
        raise RosterFileError(file=file.name) from error


def _page(page: Any) -> Page:
    lines = page.iter_rows(max_row=min(page.max_row, MOST_ROWS), max_col=min(page.max_column, MOST_COLUMNS))
    merged = {f"{_letters(column - 1)}{row}": area.coord for area in page.merged_cells.ranges for row, column in area.cells}
    return Page(page.title, [[_cell(each) for each in line] for line in lines], merged)


def _cell(each: Any) -> Cell:
    value, formula = each.value, each.data_type == "f"
    known = value is None or isinstance(value, (str, int, float)) or hasattr(value, "isoformat")
    return Cell(each.coordinate, value if known and not formula else None, formula=formula, fault=each.data_type == "e")
