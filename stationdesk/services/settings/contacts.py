"""The emergency contact card as the station keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.profile import ContactDefault
from stationdesk.domain.settings import ContactNameError, ContactPhoneError
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.station import ContactView, contacts_in
from stationdesk.storage.station import Contact
from stationdesk.storage.store import Actor, Store


def set_contact(
    store: Store, actor: Actor, contact: ContactDefault, contact_id: int | None = None, *, at: datetime, seen: ContactView | None = None
) -> None:
    """Add a line of the contact card, or change one. seen: the line the change was made on.

    ContactNameError, ContactPhoneError, ChangedMeanwhileError.
    """
    with store.write(actor, "set_contact", at) as session:
        found = session.get_one(Contact, contact_id) if contact_id is not None else None
        as_seen(seen, next((each for each in contacts_in(session) if each.contact_id == contact_id), None), "contact")
        last = session.scalars(select(func.max(Contact.position))).one()
        put_contact(session, contact, found.position if found else (last or 0) + 1, found)


def put_contact(session: Session, contact: ContactDefault, position: int, found: Contact | None = None) -> bool:
    """Inside a transaction; whether anything changed. ContactNameError, ContactPhoneError."""
    values: dict[str, Any] = {
        "role_zh": contact.role.zh.strip(),
        "role_en": contact.role.en.strip(),
        "phone": contact.phone.strip(),
        "who": contact.who.strip(),
        "note_zh": contact.note.zh.strip(),
        "note_en": contact.note.en.strip(),
        "public": contact.public,
    }
    if not values["role_zh"]:
        raise ContactNameError
    if not values["phone"]:
        raise ContactPhoneError
    if found is None:
        session.add(Contact(**values, position=position))
        return True
    changed = any(getattr(found, key) != value for key, value in values.items())
    for key, value in values.items():
        setattr(found, key, value)
    return changed


def retire_contact(store: Store, actor: Actor, contact_id: int, *, at: datetime) -> None:
    """Take a line off the card."""
    with store.write(actor, "retire_contact", at) as session:
        session.get_one(Contact, contact_id).retired_at = at
