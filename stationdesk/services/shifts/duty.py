"""Signing on and off. What people sign on to, not the plan, says who is on duty; nobody has to wait for a permission at 2 a.m."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.accounts import PersonRetiredError
from stationdesk.domain.duty import (
    ConfirmedAlreadyError,
    LeaderLeavesError,
    LeaderThereError,
    NoRotationError,
    NotLateYetError,
    OnlyLeaderSignsOnError,
    ReasonMissingError,
    ShiftOpenError,
    StandsInForSelfError,
    free_place,
)
from stationdesk.domain.moments import format_time
from stationdesk.domain.names import Name
from stationdesk.domain.shifts import NotSignedOnError, StandInReasonError, check_extension, check_sign_off, check_sign_on, next_part
from stationdesk.services.notices import notify
from stationdesk.services.people.view import crews, names
from stationdesk.services.shifts.plan import Expected, planned, planned_after, relief
from stationdesk.services.shifts.view import awaited, current, on_duty, open_spells, spell_of, the_open_shift
from stationdesk.services.station import setting, the_station, zone
from stationdesk.storage.people import Person
from stationdesk.storage.shifts import DutySpell, OnPost, PutOff, Shift
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class SignOn:
    """What somebody says who signs on.

    shift: "open", "awaited", or "" to let the time and the plan decide. leader: leads that shift (班长, or 代班长 who is none).
    stands_in_for: whose place it is (顶班), at once and with a reason; a chief confirms it afterwards.
    """

    shift: str = ""
    leader: bool = False
    stands_in_for: int | None = None
    reason: str = ""
    post: str = ""


def sign_on(store: Store, actor: Actor, person_id: int, how: SignOn = SignOn(), *, at: datetime) -> int:
    """Go on duty; the shift's id. The person has proved to be who they are, or the leader at the desk vouches and says why.

    In a station that has no open shift yet, the first who leads opens one. The errors of domain/duty.py and domain/shifts.py.
    """
    with store.write(actor, "sign_on" if actor.person_id == person_id else "sign_on_other", at) as session:
        shift = _shift_for(session, person_id, how, at)
        _check(session, actor, person_id, shift, how, at)
        spell = _begin(session, shift, person_id, how, at)
        if how.leader and current(session) is None:
            shift.opened_at, shift.opened_by = at, person_id
        _tell(session, actor, spell, at)
        return shift.id


def open_first_shift(store: Store, actor: Actor, *, at: datetime) -> int:
    """Open the shift of now in a station that has none: its leader signs on first. ShiftOpenError, NoRotationError; the shift's id."""
    with store.write(actor, "open_first_shift", at) as session:
        open_shift = current(session)
        if open_shift is not None:
            raise ShiftOpenError(shift=Name(open_shift.name_zh, open_shift.name_en))
        shift = awaited(session) or make_shift(session, _planned_now(session, at), at)
        if spell_of(session, actor.person_id, shift.id) is None:
            _begin(session, shift, actor.person_id, SignOn(leader=True), at)
        _lead(session, shift, actor.person_id)
        shift.opened_at, shift.opened_by = at, actor.person_id
        return shift.id


def _planned_now(session: Session, at: datetime) -> Expected:
    found = planned(session, at) or planned_after(session, at)
    if found is None:
        raise NoRotationError
    return found


def make_shift(session: Session, expected: Expected, at: datetime) -> Shift:
    """The row of a planned shift, not yet open; a further part where that day and kind has one."""
    same = select(Shift.part).where(Shift.day == expected.day, Shift.kind == expected.kind)
    official = the_station(session).official_from
    shift = Shift(
        day=expected.day,
        kind=expected.kind,
        part=next_part(session.scalars(same)),
        name_zh=expected.name.zh,
        name_en=expected.name.en,
        starts_at=expected.starts_at,
        ends_at=expected.ends_at,
        crew_id=expected.crew.crew_id if expected.crew else None,
        trial=official is None or at < official,
    )
    session.add(shift)
    session.flush()
    return shift


def _shift_for(session: Session, person_id: int, how: SignOn, at: datetime) -> Shift:
    """The shift somebody signs on to."""
    open_shift, waiting = current(session), awaited(session)
    if open_shift is None:
        return waiting or make_shift(session, _planned_now(session, at), at)
    if how.shift == "open" or (how.shift == "" and not comes_for_the_next(session, open_shift, how.stands_in_for or person_id, at)):
        return open_shift
    if waiting is not None:
        return waiting
    follows = relief(session, open_shift, at)
    if follows is None:
        raise NoRotationError
    return make_shift(session, follows, at)


def comes_for_the_next(session: Session, open_shift: Shift, person_id: int, at: datetime) -> bool:
    """Whether a person who signs on now is the relief: in its crew or in no crew of now, and not earlier than people come."""
    return at >= open_shift.ends_at - early_by(session, at) and person_id not in crew_members(session, open_shift, at)


def _check(session: Session, actor: Actor, person_id: int, shift: Shift, how: SignOn, at: datetime) -> None:
    person = session.get_one(Person, person_id)
    if person.retired_at is not None:
        raise PersonRetiredError(name=person.name)
    if how.stands_in_for == person_id:
        raise StandsInForSelfError
    _check_plan(session, person, shift, how, at)
    vouched = actor.person_id != person_id
    if vouched and not any(spell.leader for spell in _open_of(session, actor.person_id)):
        raise OnlyLeaderSignsOnError
    leader = leader_of(session, shift)
    if how.leader and leader is not None and not how.reason.strip():
        raise LeaderThereError(name=names(session)[leader.person_id])
    if vouched and not how.reason.strip():
        raise ReasonMissingError


def _check_plan(session: Session, person: Person, shift: Shift, how: SignOn, at: datetime) -> None:
    """SignedOnAlreadyError, SignOnTooEarlyError, StandInReasonError."""
    own, early = zone(session), early_by(session, at)
    check_sign_on(
        person.id,
        person.name,
        crew_members(session, shift, at),
        [spell.person_id for spell in on_duty(session, shift.id)],
        shift.starts_at,
        at,
        begins_text=format_time(shift.starts_at, own),
        opens_text=format_time(shift.starts_at - early, own),
        reason=how.reason,
        early=early,
    )
    if how.stands_in_for is not None and not how.reason.strip():
        raise StandInReasonError(name=person.name)


def crew_members(session: Session, shift: Shift, at: datetime) -> tuple[int, ...]:
    """Who is in the crew a shift is planned for; nobody where it has none."""
    return next((crew.members for crew in crews(session, at) if crew.crew_id == shift.crew_id), ())


def early_by(session: Session, at: datetime) -> timedelta:
    """How long before its shift a crew may sign on."""
    return timedelta(minutes=setting(session, "sign_on_early_minutes", at))


def _open_of(session: Session, person_id: int) -> tuple[DutySpell, ...]:
    return tuple(session.scalars(select(DutySpell).where(DutySpell.person_id == person_id, DutySpell.signed_off_at.is_(None))))


def _begin(session: Session, shift: Shift, person_id: int, how: SignOn, at: datetime) -> DutySpell:
    spell = DutySpell(
        shift_id=shift.id,
        person_id=person_id,
        post=how.post or session.get_one(Person, person_id).post,
        place=_place(session, person_id),
        signed_on_at=at,
        stands_in_for=how.stands_in_for,
        reason=how.reason.strip(),
    )
    session.add(spell)
    session.flush()
    if how.leader:
        _lead(session, shift, person_id)
    return spell


def _place(session: Session, person_id: int) -> int:
    """Who stays on into the next shift keeps the key."""
    here = open_spells(session)
    return next((spell.place for spell in here if spell.person_id == person_id), None) or free_place(spell.place for spell in here)


def _tell(session: Session, actor: Actor, spell: DutySpell, at: datetime) -> None:
    """What the chief must see: a stand-in to confirm, a sign-on without a password."""
    if spell.stands_in_for is not None:
        notify(session, "stand_in", "duty_spell", spell.id, at, person=spell.person_id, for_person=spell.stands_in_for, reason=spell.reason)
    if actor.person_id != spell.person_id:
        notify(session, "signed_on_other", "duty_spell", spell.id, at, person=spell.person_id, by=actor.person_id, reason=spell.reason)


def leader_of(session: Session, shift: Shift) -> DutySpell | None:
    """Who leads the shift of those on duty in it."""
    return next((spell for spell in on_duty(session, shift.id) if spell.leader), None)


def _lead(session: Session, shift: Shift, person_id: int) -> None:
    for spell in on_duty(session, shift.id):
        if spell.leader != (spell.person_id == person_id):
            spell.leader = spell.person_id == person_id
    shift.leader_id = person_id


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
        _lead(session, shift, person_id)


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


def _closed_first(session: Session, person_id: int) -> DutySpell | None:
    """Who stays on into the next shift signs off the closed one first."""
    own = _open_of(session, person_id)
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


def put_off(store: Store, actor: Actor, what: str, *, at: datetime) -> None:
    """稍后再看: something asked at sign-on is put off, and marked so."""
    with store.write(actor, "put_off", at) as session:
        spell = spell_of(session, actor.person_id)
        if spell is None:
            raise NotSignedOnError(name=actor.name)
        session.add(PutOff(shift_id=spell.shift_id, person_id=actor.person_id, what=what, at=at))


def put_offs(session: Session, shift_id: int) -> tuple[PutOff, ...]:
    """What was put off in a shift."""
    return tuple(session.scalars(select(PutOff).where(PutOff.shift_id == shift_id).order_by(PutOff.id)))
