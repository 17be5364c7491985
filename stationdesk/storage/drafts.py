"""What somebody is typing: kept as one types, so that nothing is lost when the power fails. No evidence; with a checksum of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, String, Table, delete, func, select
from sqlalchemy.orm import Session

from stationdesk.storage.canonical import Plain, canonical, digest, text_form
from stationdesk.storage.dialect import upsert
from stationdesk.storage.record import DRAFT as KIND
from stationdesk.storage.record import Record, Utc, utc_text

if TYPE_CHECKING:
    from stationdesk.storage.store import Store

DRAFT = Table(
    "draft",
    Record.metadata,
    Column("desk", String, primary_key=True),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("place", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("saved_at", Utc, nullable=False),
    Column("checksum", String(64), nullable=False),
    sqlite_with_rowid=False,
    info=KIND,
)
"""`place` is where it is typed: a page's form, such as "log.entry" or "round:17"; `text` is that form's own JSON or plain text."""


@dataclass(frozen=True)
class Draft:
    """Something typed and not yet entered."""

    desk: str
    person_id: int
    place: str
    text: str
    saved_at: datetime


def save(store: Store, person_id: int, place: str, text: str, *, at: datetime) -> None:
    """Keep what is being typed, in place of what was kept there before. UnstorableTextError."""
    row = {"desk": store.desk, "person_id": person_id, "place": place, "text": text_form(text), "saved_at": at}
    checksum = checksum_of([store.desk, person_id, place, text, utc_text(at)])
    with store.beside() as connection:
        connection.execute(upsert(DRAFT), {**row, "checksum": checksum})


def load(store: Store, person_id: int, place: str) -> Draft | None:
    """What was kept for this person at this desk and place."""
    with store.read() as session:
        return next((draft for draft in of_person(session, person_id) if (draft.desk, draft.place) == (store.desk, place)), None)


def drop(store: Store, person_id: int, place: str) -> None:
    """Forget it: it was entered, or given up."""
    own = (DRAFT.c.desk == store.desk, DRAFT.c.person_id == person_id, DRAFT.c.place == place)
    with store.beside() as connection:
        connection.execute(delete(DRAFT).where(*own))


def of_person(session: Session, person_id: int) -> list[Draft]:
    """Everything a person has begun, at any desk, the newest first."""
    rows = session.execute(select(DRAFT).where(DRAFT.c.person_id == person_id).order_by(DRAFT.c.saved_at.desc()))
    return [Draft(row.desk, row.person_id, row.place, row.text, row.saved_at) for row in rows]


def counts(session: Session) -> dict[int, int]:
    """Person → how many drafts they have."""
    return {row[0]: row[1] for row in session.execute(select(DRAFT.c.person_id, func.count()).group_by(DRAFT.c.person_id))}


def checksum_of(values: list[Plain]) -> str:
    """SHA-256 over desk, person, place, text and time as they are stored."""
    return digest(canonical(values))
