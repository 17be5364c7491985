"""The log as it is read: newest first in pages, by category, day, shift and words; of a shift or a span in the order of its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import ShiftView, shift_view
from stationdesk.services.station import every_version
from stationdesk.storage import search
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.log import LogClaim, LogEntry
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store

PAGE = 200
THINNED = 2000
"""How many found entries are looked at in one go where the filter keeps few of them."""


class NoSuchEntryError(DomainError):
    """An entry number that does not exist."""

    words = N_("There is no entry {entry}.")


@dataclass(frozen=True)
class EntryView:
    """One entry for showing; corrected_by names the entry that replaces it (it is then shown struck through)."""

    entry_id: int
    time: datetime
    at: datetime
    category: str
    category_name: Name
    text: str
    person: str  # "" while an emergency record has no name
    person_id: int | None
    claimed_at: datetime | None
    corrects_id: int | None
    corrected_by: int | None
    late: bool
    after_close: bool
    shift_id: int | None
    hazards: tuple[tuple[int, str], ...] = ()  # id and number of those raised from it

    @property
    def unclaimed(self) -> bool:
        """Written without login, and nobody's name on it yet."""
        return self.person_id is None


@dataclass(frozen=True)
class LogFilter:
    """What of the log to show: words, a category, a span, a shift."""

    text: str = ""
    category: str = ""
    start: datetime | None = None
    end: datetime | None = None
    shift_id: int | None = None


def entries(store: Store, wanted: LogFilter, before: int | None = None, limit: int = PAGE) -> tuple[EntryView, ...]:
    """Newest first, at most `limit`, numbers below `before`: pages follow each other by the last number shown."""
    with store.read() as session:
        return _views(session, _found(session, wanted, before, limit))


def entry(store: Store, entry_id: int) -> EntryView:
    """One entry. NoSuchEntryError."""
    with store.read() as session:
        return _views(session, [entry_row(session, entry_id)])[0]


def entry_row(session: Session, entry_id: int) -> LogEntry:
    """The record of an entry. NoSuchEntryError."""
    found = session.get(LogEntry, entry_id)
    if found is None:
        raise NoSuchEntryError(entry=entry_id)
    return found


def of_shift(session: Session, shift_id: int) -> tuple[EntryView, ...]:
    """All entries of a shift in the order of their time."""
    query = select(LogEntry).where(LogEntry.shift_id == shift_id).order_by(LogEntry.time, LogEntry.id)
    return _views(session, list(session.scalars(query)))


def between(session: Session, start: datetime, end: datetime) -> tuple[EntryView, ...]:
    """All entries about a span of time, in its order."""
    query = select(LogEntry).where(LogEntry.time >= start, LogEntry.time < end).order_by(LogEntry.time, LogEntry.id)
    return _views(session, list(session.scalars(query)))


def recent_shifts(store: Store, limit: int = 30) -> tuple[ShiftView, ...]:
    """The shifts that were opened, newest first: what one may ask the log for."""
    with store.read() as session:
        people = names(session)
        query = select(Shift).where(Shift.opened_at.is_not(None)).order_by(Shift.starts_at.desc(), Shift.part.desc()).limit(limit)
        return tuple(shift_view(session, each, people) for each in session.scalars(query))


def _found(session: Session, wanted: LogFilter, before: int | None, limit: int) -> Sequence[LogEntry]:
    if not wanted.text.strip():
        query = select(LogEntry).where(*_kept(wanted))
        if before is not None:
            query = query.where(LogEntry.id < before)
        return session.scalars(query.order_by(LogEntry.id.desc()).limit(limit)).all()
    if wanted == LogFilter(text=wanted.text):
        return _rows(session, wanted, search.find(session, wanted.text, limit, before))
    return _thinned(session, wanted, before, limit)


def _thinned(session: Session, wanted: LogFilter, before: int | None, limit: int) -> list[LogEntry]:
    """The index knows words only: the rest of the filter thins what it finds, between the numbers the span or shift has at all."""
    first, before = _bounds(session, wanted, before)
    kept: list[LogEntry] = []
    while len(kept) < limit:
        ids = search.find(session, wanted.text, THINNED, before)
        kept += _rows(session, wanted, [each for each in ids if each >= first])
        if len(ids) < THINNED or ids[-1] < first:
            break
        before = ids[-1]
    return kept[:limit]


def _rows(session: Session, wanted: LogFilter, ids: Sequence[int]) -> Sequence[LogEntry]:
    query = select(LogEntry).where(LogEntry.id.in_(ids), *_kept(wanted))
    return session.scalars(query.order_by(LogEntry.id.desc())).all()


def _bounds(session: Session, wanted: LogFilter, before: int | None) -> tuple[int, int | None]:
    """The lowest number of a shift or span, and what its highest lies below; (0, before) for the whole log."""
    if wanted.shift_id is None and wanted.start is None:
        return 0, before
    demands = _kept(replace(wanted, category=""))
    low, high = session.execute(
        select(func.coalesce(func.min(LogEntry.id), 1), func.coalesce(func.max(LogEntry.id), 0)).where(*demands)
    ).one()
    return low, high + 1 if before is None else min(before, high + 1)


def _kept(wanted: LogFilter) -> list[ColumnElement[bool]]:
    """What the filter demands besides the words."""
    demands: list[ColumnElement[bool]] = []
    if wanted.category:
        demands.append(LogEntry.category == wanted.category)
    if wanted.start is not None:
        demands.append(LogEntry.time >= wanted.start)
    if wanted.end is not None:
        demands.append(LogEntry.time < wanted.end)
    if wanted.shift_id is not None:
        demands.append(LogEntry.shift_id == wanted.shift_id)
    return demands


def _views(session: Session, found: Sequence[LogEntry]) -> tuple[EntryView, ...]:
    ids = [each.id for each in found]
    people = names(session)
    claims = {each.log_entry_id: each for each in session.scalars(select(LogClaim).where(LogClaim.log_entry_id.in_(ids)))}
    newer = session.execute(select(LogEntry.corrects_id, LogEntry.id).where(LogEntry.corrects_id.in_(ids)))
    corrected = {old: new for old, new in newer if old is not None}
    kinds = {each["code"]: Name.of(each) for version in every_version(session, "log_categories") for each in version}
    raised = _raised(session, ids)
    return tuple(_view(each, people, claims.get(each.id), corrected.get(each.id), kinds, raised.get(each.id, ())) for each in found)


def _raised(session: Session, ids: Sequence[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    """Entry → the hazards raised from it."""
    query = select(Hazard.source_id, Hazard.id, Hazard.number).where(Hazard.source_kind == "log_entry", Hazard.source_id.in_(ids))
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for entry_id, hazard_id, number in session.execute(query.order_by(Hazard.id)):
        found[entry_id or 0] = (*found.get(entry_id or 0, ()), (hazard_id, number))
    return found


def _view(
    each: LogEntry,
    people: dict[int, str],
    claim: LogClaim | None,
    newer: int | None,
    kinds: dict[str, Name],
    hazards: tuple[tuple[int, str], ...],
) -> EntryView:
    person_id = each.by_id if each.by_id is not None else claim.person_id if claim else None
    return EntryView(
        entry_id=each.id,
        time=each.time,
        at=each.at,
        category=each.category,
        category_name=kinds.get(each.category, Name(each.category, each.category)),
        text=each.text,
        person=people.get(person_id or 0, ""),
        person_id=person_id,
        claimed_at=claim.at if claim else None,
        corrects_id=each.corrects_id,
        corrected_by=newer,
        late=each.late,
        after_close=each.after_close,
        shift_id=each.shift_id,
        hazards=hazards,
    )
