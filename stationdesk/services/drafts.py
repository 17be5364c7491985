"""What somebody is typing and has not entered: kept as it is typed, handed back after a crash, forgotten once it is entered."""

from __future__ import annotations

from datetime import datetime

from stationdesk.storage import drafts
from stationdesk.storage.store import Actor, Store


def save_draft(store: Store, actor: Actor, place: str, text: str, *, at: datetime) -> None:
    """Keep what is being typed at a place ("log.entry"); nothing but blanks is forgotten. No permission is asked: it is no record."""
    if text.strip():
        drafts.save(store, actor.person_id, place, text, at=at)
    else:
        drafts.drop(store, actor.person_id, place)


def load_draft(store: Store, person_id: int, place: str) -> str:
    """What the person was typing there at this desk; empty where there is nothing."""
    found = drafts.load(store, person_id, place)
    return found.text if found else ""


def drop_draft(store: Store, actor: Actor, place: str, *, at: datetime) -> None:
    """Forget it: it was entered, or given up."""
    drafts.drop(store, actor.person_id, place)
