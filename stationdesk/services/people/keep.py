"""A person as Settings keeps them: name, numbers, post and crew in one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.people import check_name
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.people.staff import put_in_crew, put_person, put_role
from stationdesk.services.people.view import roles_of
from stationdesk.services.station import items
from stationdesk.storage.people import Crew, CrewMember, Person
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class PersonText:
    """What is known of somebody; crew "" for none."""

    name: str
    number: str = ""
    phone: str = ""
    post: str = "operator"
    crew: str = ""
    leader: bool = False


def keep_person(
    store: Store, actor: Actor, text: PersonText, person_id: int | None = None, version: int | None = None, *,
    at: datetime, seen: tuple[str, bool] | None = None,
) -> int:  # fmt: skip
    """Somebody new, with the role of their post, or a correction of who is there; their id. NameRuleError, CrewUnknownError,
    ChangedMeanwhileError when `version` is not the one the form showed, or they are not in the crew any more, or lead it no more or now,
    as was `seen` there.
    """
    with store.write(actor, "add_person" if person_id is None else "change_person", at) as session:
        if person_id is None:
            person = put_person(session, text.name, number=text.number, phone=text.phone, post=text.post)
            role = next((each["role"] for each in items(session, "posts", at) if each["code"] == text.post), "operator")
            if role not in roles_of(session, person.id, at):
                put_role(session, person.id, role, actor.person_id, at)
        else:
            person = session.get_one(Person, person_id)
            if version is not None:
                person.expect(version)
            as_seen(seen, _place(session, person.id), "crew_member")
            person.name, person.number, person.phone, person.post = check_name(text.name), text.number, text.phone, text.post
        if (text.crew, text.leader and bool(text.crew)) != _place(session, person.id):
            put_in_crew(session, person.id, text.crew, at, leader=text.leader)
        return person.id


def _place(session: Session, person_id: int) -> tuple[str, bool]:
    held = select(Crew.code, CrewMember.leader).join(Crew, Crew.id == CrewMember.crew_id)
    found = session.execute(held.where(CrewMember.person_id == person_id, CrewMember.valid_to.is_(None))).first()
    return (found[0], found[1]) if found else ("", False)
