"""Who works here, in which crew, with which roles: changed by the chief, dated, and never deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.accounts import (
    ActingNeedsEndError,
    CrewUnknownError,
    OnDutyStillError,
    PersonRetiredError,
    RoleTwiceError,
    RoleUnknownError,
    check_period,
)
from stationdesk.domain.people import check_name, in_force
from stationdesk.domain.permissions import Role
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.services.people.accounts import account_id_of, end_keys
from stationdesk.services.people.chiefs import check_chief_stays
from stationdesk.storage.accounts import Account
from stationdesk.storage.people import Crew, CrewMember, Person, RoleGrant
from stationdesk.storage.shifts import DutySpell
from stationdesk.storage.store import Actor, Store


def add_person(store: Store, actor: Actor, name: str, *, number: str = "", phone: str = "", post: str = "operator", at: datetime) -> int:
    """Somebody new; their id. NameRuleError."""
    with store.write(actor, "add_person", at) as session:
        return put_person(session, name, number=number, phone=phone, post=post).id


def put_person(session: Session, name: str, *, number: str = "", phone: str = "", post: str = "operator") -> Person:
    """The same inside a transaction."""
    person = Person(name=check_name(name), number=number.strip(), phone=phone.strip(), post=post)
    session.add(person)
    session.flush()
    return person


def change_person(
    store: Store, actor: Actor, person_id: int, version: int, *, name: str, number: str, phone: str, post: str, at: datetime
) -> None:
    """Correct what is known of somebody. ChangedMeanwhileError when `version` is not the one the form showed."""
    with store.write(actor, "change_person", at) as session:
        person = session.get_one(Person, person_id)
        if person.version != version:
            raise ChangedMeanwhileError(table="person")
        person.name, person.number, person.phone, person.post = check_name(name), number.strip(), phone.strip(), post


def retire_person(store: Store, actor: Actor, person_id: int, *, at: datetime) -> None:
    """Somebody leaves: roles, crew and login end; everything they did keeps their name. OnDutyStillError, LastChiefError."""
    with store.write(actor, "retire_person", at) as session:
        person = session.get_one(Person, person_id)
        _check_retiring(session, person, at)
        person.retired_at = at
        for grant in _grants(session, person_id, at):
            grant.valid_to = at
        for place in _places(session, person_id, at):
            place.valid_to = at
        account_id = account_id_of(session, person_id)
        if account_id is not None:
            session.get_one(Account, account_id).retired_at = at
            end_keys(session, account_id, at)


def _check_retiring(session: Session, person: Person, at: datetime) -> None:
    if person.retired_at is not None:
        raise PersonRetiredError(name=person.name)
    if session.scalars(select(DutySpell).where(DutySpell.person_id == person.id, DutySpell.signed_off_at.is_(None))).first():
        raise OnDutyStillError(name=person.name)
    check_chief_stays(session, person, at)


def _holds(grant: RoleGrant | CrewMember, at: datetime) -> bool:
    return in_force(grant.valid_from, grant.valid_to, at)


def _ends_later(item: RoleGrant | CrewMember, at: datetime) -> bool:
    return item.valid_to is None or item.valid_to > at


def _grants(session: Session, person_id: int, at: datetime) -> list[RoleGrant]:
    return [grant for grant in session.scalars(select(RoleGrant).where(RoleGrant.person_id == person_id)) if _ends_later(grant, at)]


def _places(session: Session, person_id: int, at: datetime) -> list[CrewMember]:
    return [place for place in session.scalars(select(CrewMember).where(CrewMember.person_id == person_id)) if _ends_later(place, at)]


def grant_role(
    store: Store,
    actor: Actor,
    person_id: int,
    role: str,
    *,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
    at: datetime,
) -> int:
    """Give a role from (default now) to (default for good); the grant's id. RoleTwiceError, PeriodOrderError, ActingNeedsEndError."""
    with store.write(actor, "grant_role", at) as session:
        return put_role(session, person_id, role, actor.person_id, at, valid_from=valid_from, valid_to=valid_to).id


def put_role(
    session: Session,
    person_id: int,
    role: str,
    by_id: int,
    at: datetime,
    *,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> RoleGrant:
    """The same inside a transaction."""
    if role not in set(Role):
        raise RoleUnknownError(role=role)
    start = valid_from or at
    check_period(start, valid_to)
    if role == Role.ACTING_CHIEF and valid_to is None:
        raise ActingNeedsEndError
    person = session.get_one(Person, person_id)
    same = [grant for grant in _grants(session, person_id, start) if grant.role == role]
    if any(valid_to is None or grant.valid_from < valid_to for grant in same):
        raise RoleTwiceError(name=person.name)
    grant = RoleGrant(person_id=person_id, role=str(role), valid_from=start, valid_to=valid_to, granted_by=by_id, at=at)
    session.add(grant)
    session.flush()
    return grant


def revoke_role(store: Store, actor: Actor, grant_id: int, *, at: datetime) -> None:
    """End a role now. LastChiefError for the only chief."""
    with store.write(actor, "revoke_role", at) as session:
        grant = session.get_one(RoleGrant, grant_id)
        if grant.role == Role.CHIEF and _holds(grant, at):
            check_chief_stays(session, session.get_one(Person, grant.person_id), at)
        if _ends_later(grant, at):
            grant.valid_to = max(at, grant.valid_from)


def place_in_crew(
    store: Store, actor: Actor, person_id: int, crew: str, *, leader: bool = False, valid_from: datetime | None = None, at: datetime
) -> None:
    """From a time on (default now) somebody works in this crew and no other; "" takes them out of all. CrewUnknownError."""
    with store.write(actor, "place_in_crew", at) as session:
        put_in_crew(session, person_id, crew, valid_from or at, leader=leader)


def put_in_crew(session: Session, person_id: int, crew: str, start: datetime, *, leader: bool = False) -> None:
    """The same inside a transaction."""
    for place in _places(session, person_id, start):
        place.valid_to = max(start, place.valid_from)
    if not crew:
        return
    found = session.scalars(select(Crew).where(Crew.code == crew, Crew.retired_at.is_(None))).first()
    if found is None:
        raise CrewUnknownError(crew=crew)
    session.add(CrewMember(crew_id=found.id, person_id=person_id, leader=leader, valid_from=start))
    session.flush()
