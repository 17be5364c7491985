"""Coming on duty at the desk: who may be chosen, for which shift, and the sign-on with its password."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.moments import Span
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import CREW, Role
from stationdesk.services.people.accounts import verify_password
from stationdesk.services.people.view import CrewView, PersonView, names, people_view
from stationdesk.services.shifts.desk import leading
from stationdesk.services.shifts.duty import SignOn, comes_for_the_next, leader_of, sign_on
from stationdesk.services.shifts.plan import Expected, crew_of, planned, planned_after, relief
from stationdesk.services.shifts.view import awaited, current, open_spells
from stationdesk.storage.actors import Actor
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class ShiftOffer:
    """A shift one can sign on to: "open" or "awaited"; members are those planned, leader who leads it already.

    out_of_turn: the rest of the open shift, which a relief takes over before its end.
    """

    which: str
    name: Name
    span: Span
    crew_name: Name
    members: tuple[int, ...]
    leader: str
    out_of_turn: bool = False


@dataclass(frozen=True)
class Candidate:
    """Somebody with a login. shift: which offer fits them now; planned: in its crew; leads: its crew's leader or a leader by role."""

    person_id: int
    name: str
    login: str
    roles: tuple[str, ...]
    crew_name: Name
    shift: str
    planned: bool
    leads: bool
    on_duty: bool


@dataclass(frozen=True)
class SignOnView:
    """What the sign-on asks: the shifts, and the people, those expected now first."""

    offers: tuple[ShiftOffer, ...]
    people: tuple[Candidate, ...]

    def offer(self, which: str) -> ShiftOffer | None:
        """The offer of this kind."""
        return next((offer for offer in self.offers if offer.which == which), None)


def arrive(store: Store, actor: Actor, login: str, password: str, how: SignOn, *, at: datetime) -> Actor:
    """Sign on with a password, whoever is picked at the desk: the person, to be picked now. The errors of verify_password and sign_on."""
    me = log_in(store, login, password, at)
    sign_on(store, me, me.person_id, how, at=at)
    return me


def log_in(store: Store, login: str, password: str, at: datetime) -> Actor:
    """Who is not on duty: chief, auditor, superior. The session is the window's and ends when it locks; nothing is written."""
    signed_in = verify_password(store, login, password, at)
    return Actor(signed_in.person_id, signed_in.name)


def sign_on_view(store: Store, at: datetime) -> SignOnView:
    """Whom the sign-on offers for which shift."""
    people = [person for person in people_view(store, at) if person.account_id is not None and person.retired_at is None]
    with store.read() as session:
        offers = _offers(session, at)
        here = {spell.person_id for spell in open_spells(session)}
        leaders = leading(session, at)
        found = [_candidate(session, person, offers, leaders, here, at) for person in people]
    found.sort(key=lambda each: (each.on_duty, not each.planned, each.shift != "awaited", not _of_crew(each), not each.leads))
    return SignOnView(offers, tuple(found))


def _of_crew(candidate: Candidate) -> bool:
    return any(Role(role) in CREW for role in candidate.roles)


def _offers(session: Session, at: datetime) -> tuple[ShiftOffer, ...]:
    open_shift, waiting = current(session), awaited(session)
    made = [_offer(session, "open", open_shift, at)] if open_shift else []
    if waiting is not None:
        turn = open_shift is not None and waiting.starts_at < open_shift.ends_at
        return (*made, replace(_offer(session, "awaited", waiting, at), out_of_turn=turn))
    follows = relief(session, open_shift, at) if open_shift else planned(session, at) or planned_after(session, at)
    return (*made, _planned(follows)) if follows else tuple(made)


def _offer(session: Session, which: str, shift: Shift, at: datetime) -> ShiftOffer:
    crew = crew_of(session, shift, at)
    leader = leader_of(session, shift)
    name, span = Name(shift.name_zh, shift.name_en), Span(shift.starts_at, shift.ends_at)
    return _made(which, name, span, crew, names(session)[leader.person_id] if leader else "")


def _planned(shift: Expected) -> ShiftOffer:
    return _made("awaited", shift.name, Span(shift.starts_at, shift.ends_at), shift.crew, "")


def _made(which: str, name: Name, span: Span, crew: CrewView | None, leader: str) -> ShiftOffer:
    return ShiftOffer(which, name, span, crew.name if crew else Name("", ""), crew.members if crew else (), leader)


def _candidate(
    session: Session, person: PersonView, offers: tuple[ShiftOffer, ...], leaders: set[int], here: set[int], at: datetime
) -> Candidate:
    open_shift = current(session)
    own = next((offer.which for offer in reversed(offers) if person.person_id in offer.members), "")
    comes = open_shift is None or comes_for_the_next(session, open_shift, person.person_id, at)
    return Candidate(
        person_id=person.person_id,
        name=person.name,
        login=person.login,
        roles=person.roles,
        crew_name=person.crew.name if person.crew else Name("", ""),
        shift="awaited" if comes else "open",
        planned=own == ("awaited" if comes else "open"),
        leads=person.leader or person.person_id in leaders,
        on_duty=person.person_id in here,
    )
