"""Who is there: names, roles, crews."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.people import in_force
from stationdesk.domain.permissions import Role
from stationdesk.services.once import once
from stationdesk.storage.actors import roles_at
from stationdesk.storage.people import Crew, CrewMember, Person, RoleGrant
from stationdesk.storage.recall import recall
from stationdesk.storage.store import Store
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.storage.accounts import Account, AccountKey


@dataclass(frozen=True)
class GrantView:
    """A role from–to; ended or not yet begun ones included."""

    grant_id: int
    role: str
    valid_from: datetime
    valid_to: datetime | None
    granted_by: int


@dataclass(frozen=True)
class CrewView:
    """A crew of the rotation with those who are in it now."""

    crew_id: int
    code: str
    name: Name
    leaders: tuple[int, ...]
    members: tuple[int, ...]  # leaders first


@dataclass(frozen=True)
class PersonView:
    """A person as lists and forms show them."""

    person_id: int
    name: str
    number: str
    phone: str
    post: str
    roles: tuple[str, ...]  # granted and in force
    grants: tuple[GrantView, ...]
    login: str  # "" without an account in use
    account_id: int | None
    key_reason: str  # why the key in force was made: initial, reset, recovery
    key_made_at: datetime | None
    crew: CrewView | None
    retired_at: datetime | None
    version: int

    @property
    def leader(self) -> bool:
        """Leads the crew."""
        return self.crew is not None and self.person_id in self.crew.leaders


def names(session: Session) -> dict[int, str]:
    """The name of everybody who is or was there, by id."""
    return recall(
        session, "names", ("person",), lambda: {person.id: person.name for person in session.execute(select(Person.id, Person.name))}
    )


def roles_of(session: Session, person_id: int, at: datetime) -> frozenset[Role]:
    """What a person may act as at a time: granted roles, leader of the shift they lead, operator while on duty."""
    return roles_at(session, person_id, at)


@once
def crews(session: Session, at: datetime) -> tuple[CrewView, ...]:
    """The crews in use, in the station's order, with their people of that time."""
    found, everybody = recall(session, "crews", ("crew", "crew_member", "person"), lambda: _read_crews(session))
    members = [each for each in everybody if in_force(each.valid_from, each.valid_to, at)]
    return tuple(_crew_view(crew, [member for member in members if member.crew_id == crew.id]) for crew in found)


class _CrewRow(NamedTuple):
    """A crew as the store has it."""

    id: int
    code: str
    name_zh: str
    name_en: str


class _MemberRow(NamedTuple):
    """A place in a crew from–to, of somebody who is not retired."""

    crew_id: int
    person_id: int
    leader: bool
    valid_from: datetime
    valid_to: datetime | None


def _read_crews(session: Session) -> tuple[tuple[_CrewRow, ...], tuple[_MemberRow, ...]]:
    found = select(*(getattr(Crew, name) for name in _CrewRow._fields)).where(Crew.retired_at.is_(None)).order_by(Crew.position, Crew.id)
    places = select(*(getattr(CrewMember, name) for name in _MemberRow._fields)).join(Person, Person.id == CrewMember.person_id)
    members = session.execute(places.where(Person.retired_at.is_(None)).order_by(CrewMember.id))
    return tuple(map(_CrewRow._make, session.execute(found))), tuple(map(_MemberRow._make, members))


def _crew_view(crew: _CrewRow, members: list[_MemberRow]) -> CrewView:
    leaders = [member.person_id for member in members if member.leader]
    others = [member.person_id for member in members if not member.leader]
    return CrewView(crew.id, crew.code, Name(crew.name_zh, crew.name_en), tuple(leaders), tuple(leaders + others))


def people_view(store: Store, at: datetime) -> tuple[PersonView, ...]:
    """Everybody by name order of their number and id; the retired last."""
    from stationdesk.storage.accounts import Account, AccountKey

    with store.read() as session:
        accounts = {account.person_id: account for account in session.scalars(select(Account).where(Account.retired_at.is_(None)))}
        in_use = select(AccountKey).where(AccountKey.ended_at.is_(None)).order_by(AccountKey.id)
        keys = {key.account_id: key for key in session.scalars(in_use)}
        grants = list(session.scalars(select(RoleGrant).order_by(RoleGrant.valid_from, RoleGrant.id)))
        crew_of = {person_id: crew for crew in crews(session, at) for person_id in crew.members}
        people = session.scalars(select(Person).order_by(Person.retired_at.is_not(None), Person.id))
        return tuple(_person_view(person, accounts.get(person.id), keys, grants, crew_of.get(person.id), at) for person in people)


def _person_view(
    person: Person, account: Account | None, keys: dict[int, AccountKey], grants: list[RoleGrant], crew: CrewView | None, at: datetime
) -> PersonView:
    key = keys.get(account.id) if account else None
    own = [grant for grant in grants if grant.person_id == person.id]
    return PersonView(
        person_id=person.id,
        name=person.name,
        number=person.number,
        phone=person.phone,
        post=person.post,
        roles=tuple(dict.fromkeys(grant.role for grant in own if in_force(grant.valid_from, grant.valid_to, at))),
        grants=tuple(GrantView(grant.id, grant.role, grant.valid_from, grant.valid_to, grant.granted_by) for grant in own),
        login=account.login if account else "",
        account_id=account.id if account else None,
        key_reason=key.reason if key else "",
        key_made_at=key.made_at if key else None,
        crew=crew,
        retired_at=person.retired_at,
        version=person.version,
    )
