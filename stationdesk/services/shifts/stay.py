"""While on duty: who leads, who stays on, who goes, the signs of life."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.duty import (
    ConfirmedAlreadyError,
    LeaderLeavesError,
    LeaderThereError,
    NobodyLeavesError,
    NotLateYetError,
    ReasonMissingError,
)
from stationdesk.domain.moments import format_time
from stationdesk.domain.names import Name
from stationdesk.domain.shifts import NotSignedOnError, check_extension, check_sign_off
from stationdesk.services.notices import notify
from stationdesk.services.people.view import names
from stationdesk.services.shifts.duty import give_lead, leader_of, spells_of
from stationdesk.services.shifts.view import on_duty, relieved, spell_of, the_open_shift
from stationdesk.services.station import zone
from stationdesk.storage.shifts import DutySpell, OnPost, Shift
from stationdesk.storage.store import Actor, Store


def lead_shift(store: Store, actor: Actor, person_id: int, reason: str = "", *, at: datetime) -> None:
    """Somebody on duty leads that shift from now on (代班长 where they are no leader). A change of leader asks why."""
    with store.write(actor, "lead_shift", at) as session:
        spell = spell_of(session, person_id)
        if spell is None:
            raise NotSignedOnError(name=names(session).get(person_id, ""))
        shift = session.get_one(Shift, spell.shift_id)
        before = leader_of(session, shift)
        if before is not None and before.person_id != person_id:
            if not reason.strip():
                raise LeaderThereError(name=names(session)[before.person_id])
            notify(session, "leader_changed", "shift", shift.id, at, person=person_id, before=before.person_id, reason=reason.strip())
        give_lead(session, shift, person_id)


def sign_off(store: Store, actor: Actor, person_id: int, reason: str = "", *, at: datetime) -> None:
    """Go off duty. Before the handover it takes a reason, and its leader hands the lead over first; a post left empty is told to the chief.

    NotSignedOnError, LeaderLeavesError, ReasonMissingError, LastOnDutyError.
    """
    with store.write(actor, "sign_off", at) as session:
        spell = _closed_first(session, person_id)
        if spell is None:
            raise NotSignedOnError(name=names(session).get(person_id, ""))
        shift = session.get_one(Shift, spell.shift_id)
        if shift.closed_at is None:
            _check_leaving(session, shift, spell, reason.strip())
        if reason.strip():
            spell.reason = f"{spell.reason} {reason.strip()}".strip()
        spell.signed_off_at = at
        if shift.closed_at is None and shift.opened_at is not None and not on_duty(session, shift.id):
            notify(session, "post_left", "shift", shift.id, at, person=person_id, reason=reason.strip())


def sign_off_crew(store: Store, actor: Actor, *, at: datetime) -> int:
    """The crew that handed over goes off duty together, whoever is at the desk; how many went. NobodyLeavesError."""
    with store.write(actor, "sign_off_crew", at) as session:
        leaving = relieved(session)
        if not leaving:
            raise NobodyLeavesError
        for spell in leaving:
            spell.signed_off_at = at
        return len(leaving)


def _closed_first(session: Session, person_id: int) -> DutySpell | None:
    """Who stays on into the next shift signs off the closed one first."""
    own = spells_of(session, person_id)
    closed = [spell for spell in own if session.get_one(Shift, spell.shift_id).closed_at is not None]
    return next(iter(closed or own), None)


def _check_leaving(session: Session, shift: Shift, spell: DutySpell, reason: str) -> None:
    """Nobody is held back: who says why may go, and it is on record."""
    here, name = [each.person_id for each in on_duty(session, shift.id)], names(session)[spell.person_id]
    if spell.leader and len(here) > 1 and shift.opened_at is not None:
        raise LeaderLeavesError(name=name)
    check_sign_off(spell.person_id, name, here, handed_over=shift.opened_at is None or bool(reason))
    if not reason:
        raise ReasonMissingError


def confirm_stand_in(store: Store, actor: Actor, spell_id: int, *, at: datetime) -> None:
    """The chief confirms a stand-in afterwards."""
    with store.write(actor, "confirm_stand_in", at) as session:
        spell = session.get_one(DutySpell, spell_id)
        if spell.confirmed_at is not None:
            raise ConfirmedAlreadyError
        spell.confirmed_by, spell.confirmed_at = actor.person_id, at


def extend_duty(store: Store, actor: Actor, reason: str, *, at: datetime) -> int:
    """延时值守: the relief is absent and the crew stays. Hours count from the planned end. ExtensionReasonError; how many people stay."""
    with store.write(actor, "extend_duty", at) as session:
        reason, shift = check_extension(reason), the_open_shift(session)
        if at < shift.ends_at:
            raise NotLateYetError(shift=Name(shift.name_zh, shift.name_en), time=format_time(shift.ends_at, zone(session)))
        staying = [spell for spell in on_duty(session, shift.id) if spell.extended_from is None]
        for spell in staying:
            spell.extended_from, spell.extended_reason = max(shift.ends_at, spell.signed_on_at), reason
        if staying:
            notify(session, "duty_extended", "shift", shift.id, at, people=len(staying), reason=reason)
        return len(staying)


def confirm_on_post(store: Store, actor: Actor, *, at: datetime) -> None:
    """在岗确认 made as such; any other entry counts as well."""
    with store.write(actor, "confirm_on_post", at) as session:
        spell = spell_of(session, actor.person_id)
        if spell is None:
            raise NotSignedOnError(name=actor.name)
        session.add(OnPost(shift_id=spell.shift_id, person_id=actor.person_id, at=at))
