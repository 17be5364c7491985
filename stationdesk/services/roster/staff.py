"""Who is planned, and what is known of each: crew, post, certificates, leave, wishes, fixed duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.people import in_force
from stationdesk.domain.permissions import LEADERS, Role
from stationdesk.domain.roster import Fixed, Held, Member, Wish
from stationdesk.domain.roster import Leave as Away
from stationdesk.services.people.view import CrewView, crews
from stationdesk.storage.people import Person, RoleGrant
from stationdesk.storage.roster import FixedDuty, Leave, Qualification
from stationdesk.storage.roster import Wish as WishRow

ELSEWHERE = frozenset({Role.SUPERIOR.value, Role.AUDITOR.value})
"""Posts that are no work at the station."""


@dataclass(frozen=True)
class Planned:
    """Somebody to be planned, with the crew and post of the day the plan begins."""

    member: Member
    crew: CrewView | None
    phone: str


def staff(session: Session, first: date, last: date, at: datetime) -> tuple[Planned, ...]:
    """Everybody who works at the station: crew by crew with its leaders first, then the others by number."""
    by_crew = [(crew, person) for crew in crews(session, at) for person in crew.members]
    crew_of = {person: crew for crew, person in by_crew}
    people = {each.id: each for each in session.scalars(select(Person).where(Person.retired_at.is_(None)).order_by(Person.id))}
    others = [each.id for each in people.values() if each.id not in crew_of and each.post not in ELSEWHERE]
    known = _known(session, first, last)
    leaders = _leaders(session, at) | {person for crew, person in by_crew if person in crew.leaders}
    ordered = [*(person for _crew, person in by_crew), *others]
    return tuple(Planned(_member(people[n], crew_of.get(n), n in leaders, known), crew_of.get(n), people[n].phone) for n in ordered)


@dataclass(frozen=True)
class _Known:
    """What is known of people in a span of days, by person."""

    held: dict[int, list[Held]]
    leave: dict[int, list[Away]]
    wishes: dict[int, list[Wish]]
    fixed: dict[int, list[Fixed]]


def _known(session: Session, first: date, last: date) -> _Known:
    held = session.scalars(select(Qualification).where(Qualification.retired_at.is_(None)))
    leave = session.scalars(select(Leave).where(Leave.state == "approved", Leave.first <= last, Leave.last >= first))
    wishes = session.scalars(select(WishRow).where(WishRow.ended_at.is_(None), WishRow.first <= last, WishRow.last >= first))
    fixed = session.scalars(select(FixedDuty).where(FixedDuty.ended_at.is_(None), FixedDuty.first <= last, FixedDuty.last >= first))
    return _Known(
        _by_person([(each.person_id, Held(each.code, each.first, each.last)) for each in held]),
        _by_person([(each.person_id, Away(each.first, each.last, each.kind)) for each in leave]),
        _by_person([(each.person_id, Wish(each.first, each.last, each.kind, each.weight)) for each in wishes]),
        _by_person([(each.person_id, Fixed(each.first, each.last, each.kind, frozenset(map(int, each.weekdays)))) for each in fixed]),
    )


T = TypeVar("T")


def _by_person(pairs: Sequence[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for person, each in pairs:
        found[person].append(each)
    return found


def _member(person: Person, crew: CrewView | None, leads: bool, known: _Known) -> Member:
    return Member(
        person=person.id,
        name=person.name,
        crew=crew.code if crew else "",
        post=person.post,
        leads=leads,
        held=tuple(known.held.get(person.id, ())),
        leave=tuple(known.leave.get(person.id, ())),
        wishes=tuple(known.wishes.get(person.id, ())),
        fixed=tuple(known.fixed.get(person.id, ())),
    )


def _leaders(session: Session, at: datetime) -> set[int]:
    """Who may lead a shift by role."""
    grants = session.execute(select(RoleGrant.person_id, RoleGrant.valid_from, RoleGrant.valid_to).where(RoleGrant.role.in_(LEADERS)))
    return {person_id for person_id, start, end in grants if in_force(start, end, at)}
