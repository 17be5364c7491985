"""The demo's station and its people: the profile's gate station, four crews, the chief and his staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from stationdesk.domain.moments import at_wall, day_of
from stationdesk.services.demo import texts
from stationdesk.services.people.accounts import add_account
from stationdesk.services.people.staff import put_in_crew, put_person, put_role
from stationdesk.services.profile import Plant, furnish, read_profile
from stationdesk.storage import keys
from stationdesk.storage.actors import PROGRAM, Actor
from stationdesk.storage.signatures import Signer
from stationdesk.storage.store import Store

PASSWORD = "demo"
PATTERN, SETTLING_DAYS = "8h-4x3", 2


@dataclass(frozen=True)
class Somebody:
    """A person of the demo who can sign."""

    person_id: int
    name: str
    signer: Signer

    @property
    def actor(self) -> Actor:
        """As the actor of a use case."""
        return Actor(self.person_id, self.name)


@dataclass(frozen=True)
class Cast:
    """Who is who: the people of a crew, its leader first, and the staff by login."""

    crews: dict[str, tuple[Somebody, ...]]
    staff: dict[str, Somebody]
    zone: ZoneInfo
    begins: datetime  # of the first shift that is played


def found(store: Store, at: datetime, days: int, people: int, seed: int) -> Cast:
    """Set the station up so that `days` of shifts lie before `at`; it is set up two days before the first."""
    profile = read_profile("gate-station")
    zone = ZoneInfo(profile.zone)
    first: date = day_of(at, zone) - timedelta(days=days)
    begins = at_wall(first, 0, zone)
    made = begins - timedelta(days=SETTLING_DAYS)
    plant = Plant(pattern=PATTERN, start=first, official_from=made)
    keys.use(keys.LIGHT)  # a demo's hundred accounts protect nothing
    try:
        with store.write(PROGRAM, "demo", made) as session:
            furnish(session, profile, plant, made)
            return _people(session, people, seed, made, Cast({}, {}, zone, begins), tuple(crew.code for crew in profile.crews))
    finally:
        keys.use(keys.STRONG)


def _people(session: Session, people: int, seed: int, at: datetime, cast: Cast, codes: tuple[str, ...]) -> Cast:
    for login, name, role in texts.STAFF:
        cast.staff[login] = _put(session, name, role, login, seed, at)
    size = max(1, min(people // len(codes), len(texts.CREWS[0])))
    for n, code in enumerate(codes):
        letter = "abcdefgh"[n]
        members = []
        for place, name in enumerate(texts.CREWS[n % len(texts.CREWS)][:size]):
            login = f"op-{letter}{place}" if place else f"lead-{letter}"
            somebody = _put(session, name, "operator" if place else "leader", login, seed, at)
            put_in_crew(session, somebody.person_id, code, at, leader=place == 0)
            members.append(somebody)
        cast.crews[code] = tuple(members)
    return cast


def _put(session: Session, name: str, role: str, login: str, seed: int, at: datetime) -> Somebody:
    person = put_person(session, name, post=role)
    person.number, person.phone = f"Q{100 + person.id}", f"80{person.id:02}"
    put_role(session, person.id, role, PROGRAM.person_id, at)
    key = keys.from_secret(sha256(f"stationdesk demo {seed} {login}".encode()).digest())
    account_id = add_account(session, person.id, login, keys.seal(key, PASSWORD, person.id), PASSWORD, PROGRAM.person_id, at)
    return Somebody(person.id, name, Signer(account_id, person.id, key))
