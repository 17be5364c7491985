"""Who signed a handover, in which way, and what they said of it: the parts that open and closed handovers share."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from stationdesk.domain import handover as rules
from stationdesk.domain.handover import Ground, VerdictKind
from stationdesk.domain.names import Name
from stationdesk.services.handover.desk import objections
from stationdesk.services.handover.views import InkView, ObjectionView, Said, Signer
from stationdesk.services.people.accounts import account_id_of, key_note
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import spells
from stationdesk.storage.handover import Handover, HandoverVerdict, InkSignature
from stationdesk.storage.keys import fingerprint
from stationdesk.storage.people import Crew, Person
from stationdesk.storage.shifts import Shift
from stationdesk.storage.signatures import Signature

LATER = "handover_later"


def said_of(session: Session, row: Handover | None, people: dict[int, str]) -> dict[str, Said]:
    """What was said, by line."""
    if row is None:
        return {}
    found = session.scalars(select(HandoverVerdict).where(HandoverVerdict.handover_id == row.id))
    return {
        each.line: Said(
            VerdictKind(each.verdict),
            each.words,
            people.get(each.by_id, ""),
            each.at,
            people.get(each.accepted_by or 0, ""),
            each.accepted_at,
        )
        for each in found
    }


def signer_of(
    session: Session,
    row: Handover | None,
    side: str,
    shift: Shift | None,
    leader: int | None,
    others: Sequence[str],
    people: dict[int, str],
) -> Signer:
    """One side with its signature; others: its people beside the leader."""
    served = spells(session, shift.id) if shift else ()
    signed = signature_of(session, row, side)
    account = account_id_of(session, leader) if leader else None
    return Signer(
        leader_id=leader,
        leader=people.get(leader or 0, ""),
        others=tuple(others),
        signed_on_at=next((spell.signed_on_at for spell in served if spell.person_id == leader), None),
        signed_at=signed.at if signed else None,
        mode=signed.mode if signed else "",
        mark=mark_of(signed),
        fingerprint=fingerprint(signed.public_key).replace(" ", "") if signed and signed.public_key else "",
        key_note=key_note(session, account) if account is not None and signed is None else None,
    )


def signature_of(session: Session, row: Handover | None, side: str) -> Signature | None:
    """The signature that counts of a side: of the outgoing one the last given."""
    if row is None or (side == "outgoing" and row.outgoing_at is None):
        return None
    wanted = _of(row).where(Signature.purpose == f"handover_{side}")
    return session.scalars(wanted.order_by(Signature.id.desc()).limit(1)).first()


def _of(row: Handover) -> Select[Signature]:
    return select(Signature).where(Signature.subject_kind == "handover", Signature.subject_id == row.id)


def people_signed(signed: Signature | None, people: dict[int, str]) -> tuple[str, ...]:
    """The relief as it stands in what its leader signed, the leader left out."""
    if signed is None:
        return ()
    side = json.loads(signed.content).get("incoming", {})
    return tuple(people.get(each, "") for each in side.get("people", ()) if each != side.get("leader"))


def mark_of(signed: Signature | None) -> str:
    """The first eight letters of what was signed, as people compare it: 6C93-7D8F."""
    if signed is None:
        return ""
    letters = (signed.signature or signed.digest)[:8].upper()
    return f"{letters[:4]}-{letters[4:]}"


def objection_views(session: Session, row: Handover | None, grounds: Sequence[Ground], people: dict[int, str]) -> tuple[ObjectionView, ...]:
    """Refusals and dissent, worded by the station's grounds."""
    known = {each.code: each.name for each in grounds}
    return tuple(
        ObjectionView(each.kind, known.get(each.ground, Name(each.ground, each.ground)), each.words, people.get(each.by_id, ""), each.at)
        for each in objections(session, row)
    )


def ink_views(session: Session, found: Sequence[InkSignature], at: datetime) -> tuple[InkView, ...]:
    """Signatures in ink and how they stand at a time."""
    people = names(session)
    return tuple(_ink(session, each, people, at) for each in found)


def _ink(session: Session, each: InkSignature, people: dict[int, str], at: datetime) -> InkView:
    row = session.get_one(Handover, each.handover_id)
    later = None
    if each.settled_at is not None:
        later = session.scalars(_of(row).where(Signature.purpose == LATER, Signature.at == each.settled_at)).first()
    return InkView(
        ink_id=each.id,
        person_id=each.person_id,
        person=people.get(each.person_id, ""),
        side=each.side,
        reason=each.reason,
        at=each.at,
        due=each.due,
        state=rules.ink_state(each.due, each.settled_at, at),
        settled_at=each.settled_at,
        witness=people.get(each.witness_id or 0, ""),
        number=row.number,
        mark=mark_of(later),
    )


def crew_name(session: Session, crew_id: int | None) -> Name:
    """What a crew is called; nothing for none."""
    crew = session.get(Crew, crew_id) if crew_id else None
    return Name(crew.name_zh, crew.name_en) if crew else Name("", "")


def chief_phone(session: Session) -> str:
    """The chief's number: of whoever holds the post now."""
    found = session.scalars(select(Person.phone).where(Person.post == "chief", Person.retired_at.is_(None), Person.phone != "")).first()
    return found or ""
