"""Signing on and off. What people sign on to, not the plan, says who is on duty; nobody has to wait for a permission at 2 a.m."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.accounts import PersonRetiredError
from stationdesk.domain.duty import (
    LeaderThereError,
    NoRotationError,
    OnlyLeaderSignsOnError,
    ReasonMissingError,
    ShiftOpenError,
    StandsInForSelfError,
    free_place,
)
from stationdesk.domain.moments import format_time
from stationdesk.domain.names import Name
from stationdesk.domain.shifts import StandInReasonError, check_sign_on, next_part
from stationdesk.services.notices import notify
from stationdesk.services.people.view import names
from stationdesk.services.shifts.plan import Expected, crew_of, planned, planned_after, relief
from stationdesk.services.shifts.put_off import put_off
from stationdesk.services.shifts.view import awaited, current, on_duty, open_spells, spell_of
from stationdesk.services.station import setting, the_station, zone
from stationdesk.storage.people import Person
from stationdesk.storage.shifts import DutySpell, Shift
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class SignOn:
    """What somebody says who signs on.

    shift: "open", "awaited", or "" to let the time and the plan decide. leader: leads that shift (班长, or 代班长 who is none).
    stands_in_for: whose place it is (顶班), at once and with a reason; a chief confirms it afterwards.
    later: the reason, where one is asked, is put off (稍后再看), and that is marked.
    """

    shift: str = ""
    leader: bool = False
    stands_in_for: int | None = None
    reason: str = ""
    post: str = ""
    later: bool = False

    @property
    def silent(self) -> bool:
        """No reason is given, and none promised."""
        return not self.reason.strip() and not self.later


def sign_on(store: Store, actor: Actor, person_id: int, how: SignOn = SignOn(), *, at: datetime) -> int:
    """Go on duty; the shift's id. The person has proved to be who they are, or the leader at the desk vouches and says why.

    In a station that has no open shift yet, the first who leads opens one. The errors of domain/duty.py and domain/shifts.py.
    """
    with store.write(actor, "sign_on" if actor.person_id == person_id else "sign_on_other", at) as session:
        shift = _shift_for(session, person_id, how, at)
        _check(session, actor, person_id, shift, how, at)
        asked = _asks_reason(session, actor, person_id, shift, how, at)
        spell = _begin(session, shift, person_id, how, at)
        if asked and not spell.reason:
            put_off(session, spell)
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
        give_lead(session, shift, actor.person_id)
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
        crew_id=(expected.crew.crew_id or None) if expected.crew else None,
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
    """Whether a person who signs on now is the relief: in its crew or in no crew of now, and not earlier than people come.

    Out of turn (临时交接班) everybody who comes is the relief, at any hour, those of the crew of now too.
    """
    waiting = awaited(session)
    if waiting is not None and waiting.starts_at < open_shift.ends_at:
        return True
    return at >= open_shift.ends_at - early_by(session, at) and person_id not in crew_members(session, open_shift, at)


def _check(session: Session, actor: Actor, person_id: int, shift: Shift, how: SignOn, at: datetime) -> None:
    person = session.get_one(Person, person_id)
    if person.retired_at is not None:
        raise PersonRetiredError(name=person.name)
    if how.stands_in_for == person_id:
        raise StandsInForSelfError
    _check_plan(session, person, shift, how, at)
    vouched = actor.person_id != person_id
    if vouched and not any(spell.leader for spell in spells_of(session, actor.person_id)):
        raise OnlyLeaderSignsOnError
    leader = leader_of(session, shift)
    if how.leader and leader is not None and how.silent:
        raise LeaderThereError(name=names(session)[leader.person_id])
    if vouched and how.silent:
        raise ReasonMissingError


def _asks_reason(session: Session, actor: Actor, person_id: int, shift: Shift, how: SignOn, at: datetime) -> bool:
    """Whether this sign-on has to be explained: not planned, in somebody's place, taking the lead, or vouched for."""
    planned_here = crew_members(session, shift, at)
    takes_lead = how.leader and leader_of(session, shift) is not None
    unplanned = bool(planned_here) and person_id not in planned_here
    return unplanned or takes_lead or how.stands_in_for is not None or actor.person_id != person_id


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
        later=how.later,
    )
    if how.stands_in_for is not None and how.silent:
        raise StandInReasonError(name=person.name)


def crew_members(session: Session, shift: Shift, at: datetime) -> tuple[int, ...]:
    """Whom a shift is planned for, by roster or as a crew; nobody where it has none."""
    crew = crew_of(session, shift, at)
    return crew.members if crew else ()


def early_by(session: Session, at: datetime) -> timedelta:
    """How long before its shift a crew may sign on."""
    return timedelta(minutes=setting(session, "sign_on_early_minutes", at))


def spells_of(session: Session, person_id: int) -> tuple[DutySpell, ...]:
    """A person's open times on duty, in whatever shifts."""
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
        give_lead(session, shift, person_id)
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


def give_lead(session: Session, shift: Shift, person_id: int) -> None:
    for spell in on_duty(session, shift.id):
        if spell.leader != (spell.person_id == person_id):
            spell.leader = spell.person_id == person_id
    shift.leader_id = person_id
