"""稍后再看: what was asked at sign-on and put off, who still owes it, and the answer given later. The mark stays with the shift."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.duty import NothingPutOffError, ReasonMissingError
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import spells
from stationdesk.storage.shifts import DutySpell, PutOff
from stationdesk.storage.store import Actor, Store

REASON = "sign_on_reason"


def put_off(session: Session, spell: DutySpell) -> None:
    """Mark that the reason asked at this sign-on comes later."""
    session.add(PutOff(shift_id=spell.shift_id, person_id=spell.person_id, what=REASON, at=spell.signed_on_at))


def owing(session: Session, of: Iterable[DutySpell]) -> set[int]:
    """Which of these times on duty still owe their reason, by id."""
    unsaid = [spell for spell in of if not spell.reason]
    marks = select(PutOff.person_id, PutOff.at).where(PutOff.shift_id.in_({spell.shift_id for spell in unsaid}), PutOff.what == REASON)
    marked = {(person_id, at) for person_id, at in session.execute(marks)} if unsaid else set()
    return {spell.id for spell in unsaid if (spell.person_id, spell.signed_on_at) in marked}


def unsaid(session: Session, shift_id: int) -> tuple[tuple[str, datetime], ...]:
    """Who of a shift put the reason off and has not said it: name, and when they signed on."""
    of, people = spells(session, shift_id), names(session)
    owed = owing(session, of)
    return tuple((people[spell.person_id], spell.signed_on_at) for spell in of if spell.id in owed)


def say_reason(store: Store, actor: Actor, spell_id: int, reason: str, *, at: datetime) -> None:
    """The reason that was put off at a sign-on. ReasonMissingError, NothingPutOffError."""
    with store.write(actor, "say_reason", at) as session:
        spell = session.get_one(DutySpell, spell_id)
        if spell.id not in owing(session, [spell]):
            raise NothingPutOffError
        if not reason.strip():
            raise ReasonMissingError
        spell.reason = reason.strip()
