"""The duty log: write an entry, correct it by a new one, put a name to an emergency record, read and search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from stationdesk.domain import log as rules
from stationdesk.domain.errors import DomainError
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.services.people import names
from stationdesk.services.shifts import current
from stationdesk.services.station import items
from stationdesk.storage import search
from stationdesk.storage.log import LogClaim, LogEntry
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store

PAGE = 200
EMERGENCY = "emergency"


class ClaimedAlreadyError(DomainError):
    """An emergency record that has its name."""

    words = N_("Entry {entry} has a name already.")


class NoSuchEntryError(DomainError):
    """An entry number that does not exist."""

    words = N_("There is no entry {entry}.")


@dataclass(frozen=True)
class Category:
    """A category of the station's log."""

    code: str
    name: Name


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


@dataclass(frozen=True)
class LogFilter:
    """What of the log to show: words, a category, a span, a shift."""

    text: str = ""
    category: str = ""
    start: datetime | None = None
    end: datetime | None = None
    shift_id: int | None = None


def categories(store: Store, at: datetime) -> tuple[Category, ...]:
    """The station's log categories in their order."""
    with store.read() as session:
        return _categories(session, at)


def _categories(session: Session, at: datetime) -> tuple[Category, ...]:
    return tuple(Category(each["code"], Name.of(each)) for each in items(session, "log_categories", at))


def write_entry(
    store: Store, actor: Actor, category: str, text: str, *, at: datetime, time: datetime | None = None, corrects_id: int | None = None
) -> int:
    """Write one entry; its number. What happened in a shift already handed over is kept with it, marked as later."""
    with store.write(actor, "write_log", at) as session:
        return add_entry(session, actor, category, text, time=time, at=at, corrects_id=corrects_id).id


def write_entries(store: Store, actor: Actor, texts: Iterable[str], category: str = "other", *, at: datetime) -> list[int]:
    """Several entries in one transaction; their numbers."""
    with store.write(actor, "write_log", at) as session:
        return [add_entry(session, actor, category, text, time=None, at=at).id for text in texts]


def add_entry(
    session: Session,
    actor: Actor,
    category: str,
    text: str,
    *,
    time: datetime | None,
    at: datetime,
    corrects_id: int | None = None,
) -> LogEntry:
    """An entry inside another transaction. EmptyTextError and its fellows, FutureEntryError, CategoryError, CorrectedAlreadyError."""
    clean = rules.check_text(text)
    rules.check_category(category, tuple(each.code for each in _categories(session, at)))
    happened = rules.check_time(time or at, at)
    if corrects_id is not None:
        _check_correction(session, corrects_id)
    shift = _shift_of(session, happened)
    entry = LogEntry(
        shift_id=shift.id if shift else None,
        category=category,
        text=clean,
        time=happened,
        at=at,
        by_id=actor.person_id if actor.person_id > 0 else None,
        corrects_id=corrects_id,
        late=rules.is_late(happened, at),
        after_close=bool(shift and shift.closed_at is not None),
    )
    session.add(entry)
    session.flush()
    return entry


def record_emergency(store: Store, actor: Actor, kind: str, text: str, *, at: datetime) -> int:
    """紧急记录: no login, the time is taken by itself, the name comes later. `kind` is a code of the station's emergency kinds, or ""."""
    with store.write(actor, "record_emergency", at) as session:
        kinds = {each["code"]: each for each in items(session, "emergency_kinds", at)}
        named = kinds.get(kind)
        body = text if named is None else "：".join(part for part in (named["zh"], text.strip()) if part)
        return add_entry(session, actor, EMERGENCY, body, time=at, at=at).id


def claim_entry(store: Store, actor: Actor, entry_id: int, *, at: datetime) -> None:
    """Put one's name to an emergency record. ClaimedAlreadyError."""
    with store.write(actor, "claim_entry", at) as session:
        entry = _entry(session, entry_id)
        claimed = session.scalars(select(LogClaim.id).where(LogClaim.log_entry_id == entry_id)).first()
        if entry.by_id is not None or claimed is not None:
            raise ClaimedAlreadyError(entry=entry_id)
        session.add(LogClaim(log_entry_id=entry_id, person_id=actor.person_id, at=at))


def _entry(session: Session, entry_id: int) -> LogEntry:
    found = session.get(LogEntry, entry_id)
    if found is None:
        raise NoSuchEntryError(entry=entry_id)
    return found


def _check_correction(session: Session, entry_id: int) -> None:
    _entry(session, entry_id)
    newer = session.scalars(select(LogEntry.id).where(LogEntry.corrects_id == entry_id)).first()
    rules.check_correction(entry_id, newer)


def _shift_of(session: Session, time: datetime) -> Shift | None:
    """The shift in whose time something happened: the open one from its opening on, else the closed one that was open then."""
    now = current(session)
    if now is not None and now.opened_at is not None and time >= min(now.opened_at, now.starts_at):
        return now
    before = select(Shift).where(Shift.closed_at.is_not(None), Shift.starts_at <= time, Shift.closed_at > time)
    return session.scalars(before.order_by(Shift.starts_at.desc()).limit(1)).first() or now


def entries(store: Store, wanted: LogFilter, before: int | None = None, limit: int = PAGE) -> tuple[EntryView, ...]:
    """Newest first, at most `limit`, numbers below `before`: pages follow each other by the last number shown."""
    with store.read() as session:
        return _views(session, _found(session, wanted, before, limit))


def entry(store: Store, entry_id: int) -> EntryView:
    """One entry. NoSuchEntryError."""
    with store.read() as session:
        return _views(session, [_entry(session, entry_id)])[0]


def of_shift(session: Session, shift_id: int) -> tuple[EntryView, ...]:
    """All entries of a shift in the order of their time."""
    query = select(LogEntry).where(LogEntry.shift_id == shift_id).order_by(LogEntry.time, LogEntry.id)
    return _views(session, list(session.scalars(query)))


def between(session: Session, start: datetime, end: datetime) -> tuple[EntryView, ...]:
    """All entries about a span of time, in its order."""
    query = select(LogEntry).where(LogEntry.time >= start, LogEntry.time < end).order_by(LogEntry.time, LogEntry.id)
    return _views(session, list(session.scalars(query)))


def _found(session: Session, wanted: LogFilter, before: int | None, limit: int) -> Sequence[LogEntry]:
    if not wanted.text.strip():
        query = _narrowed(select(LogEntry), wanted)
        if before is not None:
            query = query.where(LogEntry.id < before)
        return session.scalars(query.order_by(LogEntry.id.desc()).limit(limit)).all()
    kept: list[LogEntry] = []
    while len(kept) < limit:  # the index knows words only: the rest of the filter thins its pages
        ids = search.find(session, wanted.text, limit, before)
        if not ids:
            break
        kept += session.scalars(_narrowed(select(LogEntry).where(LogEntry.id.in_(ids)), wanted).order_by(LogEntry.id.desc()))
        before = ids[-1]
    return kept[:limit]


def _narrowed(query: Select[tuple[LogEntry]], wanted: LogFilter) -> Select[tuple[LogEntry]]:
    if wanted.category:
        query = query.where(LogEntry.category == wanted.category)
    if wanted.start is not None:
        query = query.where(LogEntry.time >= wanted.start)
    if wanted.end is not None:
        query = query.where(LogEntry.time < wanted.end)
    if wanted.shift_id is not None:
        query = query.where(LogEntry.shift_id == wanted.shift_id)
    return query


def _views(session: Session, found: Sequence[LogEntry]) -> tuple[EntryView, ...]:
    ids = [each.id for each in found]
    people = names(session)
    claims = {each.log_entry_id: each for each in session.scalars(select(LogClaim).where(LogClaim.log_entry_id.in_(ids)))}
    newer = session.execute(select(LogEntry.corrects_id, LogEntry.id).where(LogEntry.corrects_id.in_(ids)))
    corrected = {old: new for old, new in newer if old is not None}
    kinds = _category_names(session)
    return tuple(_view(each, people, claims.get(each.id), corrected.get(each.id), kinds) for each in found)


def _category_names(session: Session) -> dict[str, Name]:
    """Names of all categories the station ever had: an old entry keeps its word."""
    from stationdesk.services.station import every_version

    return {each["code"]: Name.of(each) for version in every_version(session, "log_categories") for each in version}


def _view(each: LogEntry, people: dict[int, str], claim: LogClaim | None, newer: int | None, kinds: dict[str, Name]) -> EntryView:
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
    )
