"""Entries are written once: a mistake is corrected by a new entry that names the old one, an emergency record gets its name later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import log as rules
from stationdesk.domain.errors import DomainError
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_, _
from stationdesk.services.log.read import entry_row
from stationdesk.services.shifts.view import current
from stationdesk.services.station import items, setting
from stationdesk.storage.log import LogClaim, LogEntry
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store


class ClaimedAlreadyError(DomainError):
    """An emergency record that has its name."""

    words = N_("Entry {entry} has a name already.")


@dataclass(frozen=True)
class Category:
    """A category of the station's log."""

    code: str
    name: Name


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
        return add_entry(session, actor, category, text, time=time, at=at, corrects_id=corrects_id, desk=store.desk).id


def write_entries(store: Store, actor: Actor, texts: Iterable[str], category: str = "other", *, at: datetime) -> list[int]:
    """Several entries in one transaction; their numbers."""
    with store.write(actor, "write_log", at) as session:
        return [add_entry(session, actor, category, text, at=at, desk=store.desk).id for text in texts]


def add_entry(
    session: Session,
    actor: Actor,
    category: str,
    text: str,
    time: datetime | None = None,
    *,
    at: datetime,
    corrects_id: int | None = None,
    desk: str = "",
) -> LogEntry:
    """An entry inside another transaction. Without a time it is about now; a correction is about the time of what it corrects.

    EmptyTextError and its fellows, FutureEntryError, CategoryError, CorrectedAlreadyError, NoSuchEntryError.
    """
    clean = rules.check_text(text)
    rules.check_category(category, (*(each.code for each in _categories(session, at)), rules.EMERGENCY))
    before = _corrected(session, corrects_id)
    happened = rules.check_time(time or (before.time if before else at), at)
    shift = _shift_of(session, happened)
    entry = LogEntry(
        shift_id=shift.id if shift else None,
        category=category,
        text=clean,
        time=happened,
        at=at,
        by_id=actor.person_id if actor.person_id > 0 else None,
        corrects_id=corrects_id,
        late=rules.is_late(happened, at, timedelta(minutes=setting(session, "log_late_minutes", at))),
        after_close=bool(shift and shift.closed_at is not None),
        desk=desk,
    )
    session.add(entry)
    session.flush()
    return entry


def _corrected(session: Session, entry_id: int | None) -> LogEntry | None:
    """What is to be corrected: only the newest of a chain, so that no two corrections stand beside each other."""
    if entry_id is None:
        return None
    before = entry_row(session, entry_id)
    rules.check_correction(entry_id, session.scalars(select(LogEntry.id).where(LogEntry.corrects_id == entry_id)).first())
    return before


def _shift_of(session: Session, time: datetime) -> Shift | None:
    """The shift that was open when it happened; the open one for what happened before the first, None in a station without shifts."""
    now = current(session)
    if now is not None and now.opened_at is not None and time >= now.opened_at:
        return now
    before = select(Shift).where(Shift.opened_at <= time, Shift.closed_at > time)
    return session.scalars(before.order_by(Shift.opened_at.desc()).limit(1)).first() or now


def record_emergency(store: Store, actor: Actor, kind: str, text: str, *, at: datetime) -> int:
    """紧急记录: no login, the time is taken by itself, the name comes later. `kind` is a code of the station's emergency kinds, or "".

    EmptyTextError where neither kind nor text says anything.
    """
    with store.write(actor, "record_emergency", at) as session:
        named = next((Name.of(each) for each in items(session, "emergency_kinds", at) if each["code"] == kind), None)
        body = text.strip()
        if named is not None:
            body = _("{kind}: {text}").format(kind=named, text=body) if body else str(named)
        return add_entry(session, actor, rules.EMERGENCY, body, at=at, desk=store.desk).id


def claim_entry(store: Store, actor: Actor, entry_id: int, *, at: datetime) -> None:
    """Put one's name to an emergency record. NoSuchEntryError, ClaimedAlreadyError."""
    with store.write(actor, "claim_entry", at) as session:
        entry = entry_row(session, entry_id)
        claimed = session.scalars(select(LogClaim.id).where(LogClaim.log_entry_id == entry_id)).first()
        if entry.by_id is not None or claimed is not None:
            raise ClaimedAlreadyError(entry=entry_id)
        session.add(LogClaim(log_entry_id=entry_id, person_id=actor.person_id, at=at))
