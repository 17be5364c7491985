"""The desk as one sees it: the shift, who is on duty and by which key, who comes next, the emergency state, the next sign of life."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.duty import key_of
from stationdesk.domain.names import Name
from stationdesk.domain.people import in_force
from stationdesk.domain.permissions import LEADERS
from stationdesk.domain.shifts import Extension, OnPost, extension, on_post
from stationdesk.services.people.view import crews, names
from stationdesk.services.shifts.plan import Expected, crew_of, planned, planned_after, relief
from stationdesk.services.shifts.put_off import owing
from stationdesk.services.shifts.view import (
    EmergencyView,
    ShiftView,
    active_emergency,
    awaited,
    current,
    emergency_view,
    on_duty,
    open_spells,
    shift_view,
    spells,
)
from stationdesk.services.station import setting
from stationdesk.storage.drafts import counts
from stationdesk.storage.journal import JOURNAL
from stationdesk.storage.people import Person, RoleGrant
from stationdesk.storage.record import utc_time
from stationdesk.storage.rounds import Round
from stationdesk.storage.shifts import DutySpell, Emergency, Shift
from stationdesk.storage.store import Store
from stationdesk.values import dataclass

LOOK_BACK = 300
"""Journal entries searched for the last sign of life: more than both crews write in an hour."""


@dataclass(frozen=True)
class OnDuty:
    """Somebody signed on at the desk."""

    person_id: int
    name: str
    key: str  # F1…F8, "" beyond
    post: str
    leader: bool
    acting: bool  # leads without being a leader otherwise (代班长)
    incoming: bool  # of the crew that has not taken over yet
    shift_id: int
    spell_id: int
    signed_on_at: datetime
    stands_in_for: str
    reason: str
    confirmed: bool  # a stand-in seen by a chief; True for everybody else
    extended: Extension | None  # 延时值守 so far
    drafts: int  # begun and not yet entered
    owes_reason: bool  # asked at sign-on and put off


@dataclass(frozen=True)
class PersonRef:
    """A person of a crew, to call or to choose."""

    person_id: int
    name: str
    phone: str
    leader: bool


@dataclass(frozen=True)
class Coming:
    """The shift that follows, as planned."""

    day: date
    kind: str
    name: Name
    starts_at: datetime
    ends_at: datetime
    crew_name: Name
    people: tuple[PersonRef, ...]  # leaders first


@dataclass(frozen=True)
class DeskView:
    """Everything the locked desk, the strip and the Now page say about people."""

    at: datetime
    shift: ShiftView | None
    awaited: ShiftView | None
    people: tuple[OnDuty, ...]  # in the order of their keys
    missing: tuple[PersonRef, ...]  # planned for the open shift and not signed on for it at all
    coming: Coming | None
    emergency: EmergencyView | None
    on_post: OnPost | None  # None when nobody is on duty in an open shift
    lock_minutes: int


def desk_view(store: Store, at: datetime) -> DeskView:
    """The desk at a time; cheap enough to ask after every change."""
    with store.read() as session:
        return desk_at(session, at)


def desk_at(session: Session, at: datetime) -> DeskView:
    """The same inside a transaction."""
    people, shift, waiting = names(session), current(session), awaited(session)
    emergency = active_emergency(session)
    return DeskView(
        at=at,
        shift=shift_view(session, shift, people) if shift else None,
        awaited=shift_view(session, waiting, people) if waiting else None,
        people=_people(session, people, waiting, at),
        missing=_missing(session, shift, at),
        coming=_coming(session, shift, waiting, at),
        emergency=emergency_view(emergency, people) if emergency else None,
        on_post=_on_post(session, shift, emergency, at) if shift else None,
        lock_minutes=setting(session, "lock_minutes", at),
    )


def _people(session: Session, people: dict[int, str], waiting: Shift | None, at: datetime) -> tuple[OnDuty, ...]:
    own: dict[int, DutySpell] = {}
    for spell in open_spells(session):
        own.setdefault(spell.person_id, spell)
    leaders, drafts, owed = leading(session, at), counts(session), owing(session, own.values())
    in_order = sorted(own.values(), key=lambda spell: spell.place)
    shown = (_on_duty(spell, people, waiting, leaders, at) for spell in in_order)
    return tuple(replace(each, drafts=drafts.get(each.person_id, 0), owes_reason=each.spell_id in owed) for each in shown)


def _on_duty(spell: DutySpell, people: dict[int, str], waiting: Shift | None, leaders: set[int], at: datetime) -> OnDuty:
    return OnDuty(
        person_id=spell.person_id,
        name=people[spell.person_id],
        key=key_of(spell.place),
        post=spell.post,
        leader=spell.leader,
        acting=spell.leader and spell.person_id not in leaders,
        incoming=waiting is not None and spell.shift_id == waiting.id,
        shift_id=spell.shift_id,
        spell_id=spell.id,
        signed_on_at=spell.signed_on_at,
        stands_in_for=people.get(spell.stands_in_for or 0, ""),
        reason=spell.reason,
        confirmed=spell.stands_in_for is None or spell.confirmed_at is not None,
        extended=extension(spell.extended_from, spell.signed_on_at, at) if spell.extended_from else None,
        drafts=0,
        owes_reason=False,
    )


def leading(session: Session, at: datetime) -> set[int]:
    """Who is a leader otherwise: by role or in a crew."""
    grants = session.execute(select(RoleGrant.person_id, RoleGrant.valid_from, RoleGrant.valid_to).where(RoleGrant.role.in_(LEADERS)))
    by_role = {person_id for person_id, start, end in grants if in_force(start, end, at)}
    return by_role | {person_id for crew in crews(session, at) for person_id in crew.leaders}


def _refs(session: Session, ids: tuple[int, ...], leaders: tuple[int, ...]) -> tuple[PersonRef, ...]:
    found = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
    return tuple(PersonRef(each, found[each].name, found[each].phone, each in leaders) for each in ids)


def _missing(session: Session, shift: Shift | None, at: datetime) -> tuple[PersonRef, ...]:
    """Planned for the open shift, and neither signed on to it nor stood in for; nobody for the rest of one handed over out of turn."""
    crew = crew_of(session, shift, at) if shift else None
    if shift is None or crew is None or shift.part > 1:
        return ()
    came = {person for spell in spells(session, shift.id) for person in (spell.person_id, spell.stands_in_for)}
    return _refs(session, tuple(person for person in crew.members if person not in came), crew.leaders)


def _coming(session: Session, shift: Shift | None, waiting: Shift | None, at: datetime) -> Coming | None:
    if waiting is not None:
        crew = crew_of(session, waiting, at)
        expected = Expected(waiting.day, waiting.kind, Name(waiting.name_zh, waiting.name_en), waiting.starts_at, waiting.ends_at, crew)
    else:
        found = relief(session, shift, at) if shift else planned(session, at) or planned_after(session, at)
        if found is None:
            return None
        expected = found
    members = expected.crew.members if expected.crew else ()
    name = expected.crew.name if expected.crew else Name("", "")
    refs = _refs(session, members, expected.crew.leaders if expected.crew else ())
    return Coming(expected.day, expected.kind, expected.name, expected.starts_at, expected.ends_at, name, refs)


def _on_post(session: Session, shift: Shift, emergency: Emergency | None, at: datetime) -> OnPost | None:
    """Any entry of anybody on duty counts; a running round and an emergency waive it, and the time starts anew when an emergency ends."""
    own = on_duty(session, shift.id)
    if not own:
        return None
    signs = [spell.signed_on_at for spell in own] + [_last_entry(session, {spell.person_id for spell in own})]
    signs.append(session.scalars(select(func.max(Emergency.ended_at))).one())
    walking = session.scalars(select(Round.id).where(Round.shift_id == shift.id, Round.state == "running").limit(1)).first()
    interval = timedelta(minutes=setting(session, "on_post_minutes", at))
    known = [sign for sign in signs if sign is not None]
    return on_post(known, shift.opened_at or shift.starts_at, interval, at, in_round=walking is not None, emergency=emergency is not None)


def _last_entry(session: Session, people: set[int]) -> datetime | None:
    """When one of them last wrote anything, an on-post confirmation included: it is in the journal like all else."""
    newest = select(JOURNAL.c.time, JOURNAL.c.actor).order_by(JOURNAL.c.seq.desc()).limit(LOOK_BACK)
    return next((utc_time(time) for time, actor in session.execute(newest) if actor in people), None)
