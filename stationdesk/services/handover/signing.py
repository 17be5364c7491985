"""The two signatures: the outgoing leader's, and the incoming leader's, which closes the shift and opens the next in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk import __version__
from stationdesk.domain import handover as rules
from stationdesk.domain.handover import Desk, Facts, Obstacle, Stops
from stationdesk.domain.said import canonical
from stationdesk.services.handover.desk import Composed, begun, composed, objections, read_later
from stationdesk.services.metering.blind import metered
from stationdesk.services.notices import notify
from stationdesk.services.people.accounts import account_id_of, signer_of
from stationdesk.services.shifts import on_duty
from stationdesk.services.station import setting
from stationdesk.storage import signatures
from stationdesk.storage.carried import Carried
from stationdesk.storage.handover import Handover, InkSignature
from stationdesk.storage.shifts import Shift
from stationdesk.storage.signatures import Act, Signer
from stationdesk.storage.store import Actor, Store

OUTGOING, INCOMING, LATER = "handover_outgoing", "handover_incoming", "handover_later"


def sign_outgoing(store: Store, actor: Actor, password: str, *, at: datetime) -> int:
    """The outgoing leader signs; the handover's id. Changed content later voids this signature visibly, and it is given anew.

    WrongPasswordError, NotLeaderError, NotReadyError, EmergencyPostponesError.
    """
    signer = signer_of(store, actor, password, at)
    with store.write(actor, "sign_outgoing", at) as session:
        return outgoing_signs(session, actor.person_id, signer, at)


def sign_incoming(store: Store, actor: Actor, password: str, *, at: datetime) -> int:
    """The incoming leader signs the unchanged content: the shift is closed, the next is open. The handover's id.

    WrongPasswordError, NotLeaderError, SamePersonError, OutgoingFirstError, ContentChangedError, RefusedStandsError, NotReadyError.
    """
    signer = signer_of(store, actor, password, at)
    with store.write(actor, "sign_incoming", at) as session:
        return incoming_signs(session, actor.person_id, signer, at)


def sign_in_ink(store: Store, actor: Actor, side: str, reason: str, person_id: int | None = None, *, at: datetime) -> int:
    """应急签字: the leader of a side signs the printed sheet in ink (a forgotten password, an emergency) and owes the signature (补签).

    actor: whoever is at the desk and witnesses it. The emergency state does not stop it. The handover's id. InkReasonError and what the
    signature itself would be refused for.
    """
    with store.write(actor, "sign_in_ink", at) as session:
        why, now = rules.check_ink(reason), composed(session, at)
        leader = now.desk.outgoing.leader if side == "outgoing" else now.desk.incoming.leader
        signs = person_id or leader or 0
        signer = Signer(account_id_of(session, signs) or 0, signs, None)
        done = outgoing_signs if side == "outgoing" else incoming_signs
        row = begun(session, actor.person_id, at)
        ink = InkSignature(
            handover_id=row.id,
            person_id=signs,
            side=side,
            reason=why,
            at=at,
            witness_id=actor.person_id if actor.person_id not in (signs, -2) else None,
            due=rules.ink_due(at, setting(session, "ink_hours", at)),
        )
        session.add(ink)
        session.flush()
        notify(session, "ink", "handover", row.id, at, number=row.number, side=side, words=why)
        return done(session, signs, signer, at)


def settle_ink(store: Store, actor: Actor, ink_id: int, password: str, *, at: datetime) -> None:
    """补签: who signed in ink signs the same content with the key; both times stay on record. NotYoursToSettleError."""
    signer = signer_of(store, actor, password, at)
    with store.write(actor, "settle_ink", at) as session:
        ink = session.get_one(InkSignature, ink_id)
        rules.check_settle(ink.person_id, actor.person_id)
        row = session.get_one(Handover, ink.handover_id)
        signatures.sign(session, signer, _act(LATER, row, _signed_text(session, row, ink.side)), at, signatures.LATER)
        ink.settled_at = at


def _mode(signer: Signer) -> str:
    return signatures.INK if signer.key is None else signatures.PASSWORD


def outgoing_signs(session: Session, person_id: int, signer: Signer, at: datetime, facts: Facts | None = None) -> int:
    """The outgoing leader's signature inside a transaction, over the facts of now unless they are given."""
    row = begun(session, person_id, at)
    now = composed(session, at, facts)
    _check(rules.check_outgoing, person_id, now, Stops.OUTGOING, ink=signer.key is None)
    row.content, row.digest = now.text, now.digest
    row.outgoing_id, row.outgoing_at, row.state = person_id, at, "outgoing_signed"
    session.flush()
    signatures.sign(session, signer, _act(OUTGOING, row, now.text), at, _mode(signer))
    return row.id


def incoming_signs(session: Session, person_id: int, signer: Signer, at: datetime, facts: Facts | None = None) -> int:
    """The incoming leader's signature inside a transaction: the shift is closed, the next is open."""
    row = begun(session, person_id, at)
    now = composed(session, at, facts)
    _check(rules.check_incoming, person_id, now, Stops.INCOMING, ink=signer.key is None)
    signatures.sign(session, signer, _act(INCOMING, row, _acceptance(session, now, row, at)), at, _mode(signer))
    _carry_over(session, now, row)
    if facts is None or facts.metering.streams:
        _freeze_gas(session, now.shift, person_id, at)
    _close(session, now, row, person_id, at)
    return row.id


def _check(
    check: Callable[[int, Desk, Sequence[Obstacle], Facts], None], person_id: int, now: Composed, stops: Stops, *, ink: bool
) -> None:
    """The rules of a signature; in ink neither the emergency state nor an absent relief stands in the way."""
    obstacles: tuple[Obstacle, ...] = rules.in_way_of(stops, now.obstacles)
    facts = now.facts
    if ink:
        obstacles = tuple(each for each in obstacles if each.said.code not in rules.IN_INK)
        facts = replace(facts, station=replace(facts.station, emergency_since=None))
    check(person_id, now.desk, obstacles, facts)


def _act(purpose: str, row: Handover, text: str) -> Act:
    return Act(purpose, "handover", row.id, text, {"program": __version__, "lines": row.definition_id})


def _acceptance(session: Session, now: Composed, row: Handover, at: datetime) -> str:
    said = [(each.kind, each.ground, each.words) for each in objections(session, row)]
    later = read_later(session, now.shift, row, now.facts, at)
    return canonical(rules.acceptance(row.digest, now.lines, now.verdicts, now.desk, said, later))


def _signed_text(session: Session, row: Handover, side: str) -> str:
    """What the ink signature stands for: the very content signed then."""
    purpose = OUTGOING if side == "outgoing" else INCOMING
    wanted = select(signatures.Signature.content).where(
        signatures.Signature.subject_kind == "handover", signatures.Signature.subject_id == row.id, signatures.Signature.purpose == purpose
    )
    return session.scalars(wanted.order_by(signatures.Signature.id.desc())).first() or row.content


def _carry_over(session: Session, now: Composed, row: Handover) -> None:
    for each in rules.carried(now.facts):
        session.add(Carried(handover_id=row.id, subject_kind=each.subject_kind, subject_id=each.subject_id))
    session.flush()


def _freeze_gas(session: Session, shift: Shift, person_id: int, at: datetime) -> None:
    """The shift's gas as both sides have agreed on it, where there is any."""
    if metered(session):
        from stationdesk.services.metering.results import freeze_shift

        freeze_shift(session, shift, person_id, at)


def _close(session: Session, now: Composed, row: Handover, person_id: int, at: datetime) -> None:
    """Close the shift and open the next. The next exists: somebody of the relief is on duty, or nobody could sign.

    Who stays on into the next (the second of a crew takes over from one who falls ill) is on duty in that one alone from now on.
    """
    following: Shift | None = now.next_shift
    assert following is not None
    row.incoming_id, row.next_shift_id, row.state, row.closed_at = person_id, following.id, "closed", at
    now.shift.leader_id = row.outgoing_id
    now.shift.closed_at = at
    following.opened_at, following.opened_by, following.leader_id = at, person_id, person_id
    staying = {spell.person_id for spell in on_duty(session, following.id)}
    for spell in on_duty(session, now.shift.id):
        if spell.person_id in staying:
            spell.signed_off_at = at


__all__ = ["settle_ink", "sign_in_ink", "sign_incoming", "sign_outgoing"]
