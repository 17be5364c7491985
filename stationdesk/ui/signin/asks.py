"""What the locked desk asks of the store. Called in the database thread: the libraries of the store are imported there, not before the
window paints."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from stationdesk.domain.names import Name
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.services import Actor, Store
    from stationdesk.services.now import NowView
    from stationdesk.services.people import PersonView
    from stationdesk.services.readings import FormView, HourTaken
    from stationdesk.services.shifts import DeskView, SignOnView
    from stationdesk.services.station import ContactView


@dataclass(frozen=True)
class LockedDesk:
    """All of the page at one moment. actors: who each key picks."""

    now: NowView
    actors: dict[int, Actor]
    contacts: tuple[ContactView, ...]
    station: Name
    kinds: tuple[tuple[str, Name], ...]


@dataclass(frozen=True)
class DeskPeople:
    """Who is on duty."""

    view: DeskView
    actors: dict[int, Actor]


@dataclass(frozen=True)
class How:
    """A sign-on as the dialog has it; without a password the leader at the desk vouches."""

    person_id: int
    login: str
    shift: str
    leader: bool
    stands_in_for: int | None
    reason: str
    password: str | None
    later: bool = False


def desk(store: Store, at: datetime) -> DeskPeople:
    """Who is on duty."""
    from stationdesk.services import Actor
    from stationdesk.services.now import now_view

    view = now_view(store, at).desk  # the pages ask for the rest of it at the same moment
    return DeskPeople(view, {person.person_id: Actor(person.person_id, person.name) for person in view.people})


def locked_desk(store: Store, at: datetime) -> LockedDesk:
    """Everything the locked desk shows but the entry form."""
    from stationdesk.services import Actor
    from stationdesk.services.now import now_view
    from stationdesk.services.station import contacts, list_view, station_view

    now = now_view(store, at)
    actors = {person.person_id: Actor(person.person_id, person.name) for person in now.desk.people}
    return LockedDesk(now, actors, contacts(store), station_view(store).name, list_view(store, "emergency_kinds", at))


def entry_form(store: Store, at: datetime) -> FormView:
    """The hour being read, for the entry form."""
    from stationdesk.services.readings.detail import entry_form as form

    return form(store, at)


def take_hour(store: Store, actor: Actor, hour: datetime, texts: dict[int, str], *, at: datetime) -> HourTaken:
    """Save what was typed before anybody was picked, in the name of who saves it."""
    from stationdesk.services.readings import take_hour as take

    return take(store, actor, hour, texts, at=at)


def record_emergency(store: Store, actor: Actor, kind: str, text: str, *, at: datetime) -> int:
    """紧急记录: by whoever is at the desk."""
    from stationdesk.services import NOBODY, drafts, log

    number = log.record_emergency(store, actor, kind, text, at=at)
    drafts.drop_draft(store, NOBODY, EMERGENCY_DRAFT, at=at)
    return number


EMERGENCY_DRAFT = "log.emergency"


def keep_emergency(store: Store, actor: Actor, text: str, *, at: datetime) -> None:
    """What is being typed there comes back after a power cut."""
    from stationdesk.services import NOBODY
    from stationdesk.services.drafts import save_draft

    save_draft(store, NOBODY, EMERGENCY_DRAFT, text, at=at)


def kept_emergency(store: Store) -> str:
    """What was being typed there."""
    from stationdesk.services import NOBODY
    from stationdesk.services.drafts import load_draft

    return load_draft(store, NOBODY.person_id, EMERGENCY_DRAFT)


def _form_place(hour: datetime) -> str:
    return f"signin.form:{int(hour.timestamp())}"


def keep_form(store: Store, actor: Actor, hour: datetime, texts: dict[int, str], *, at: datetime) -> None:
    """Values typed and not yet saved, whoever types: they come back after a power cut."""
    from stationdesk.services import NOBODY
    from stationdesk.services.drafts import save_draft

    save_draft(store, NOBODY, _form_place(hour), json.dumps(texts) if texts else "", at=at)


def kept_form(store: Store, hour: datetime) -> dict[int, str]:
    """Values of this hour that were typed and not saved."""
    from stationdesk.services import NOBODY
    from stationdesk.services.drafts import load_draft

    kept = load_draft(store, NOBODY.person_id, _form_place(hour))
    return {int(point_id): text for point_id, text in json.loads(kept or "{}").items()}


def sign_on_view(store: Store, at: datetime) -> SignOnView:
    """Whom the sign-on offers."""
    from stationdesk.services.shifts import sign_on_view as view

    return view(store, at)


def sign_on(store: Store, actor: Actor, how: How, *, at: datetime) -> Actor:
    """Sign on with a password, or without one in the leader's word."""
    from stationdesk.services import Actor, shifts

    said = shifts.SignOn(how.shift, how.leader, how.stands_in_for, how.reason, later=how.later)
    if how.password is not None:
        return shifts.arrive(store, actor, how.login, how.password, said, at=at)
    shifts.sign_on(store, actor, how.person_id, said, at=at)
    return Actor(how.person_id)


def say_reason(store: Store, actor: Actor, spell_id: int, reason: str, *, at: datetime) -> None:
    """What was put off at the sign-on."""
    from stationdesk.services.shifts import say_reason as give

    give(store, actor, spell_id, reason, at=at)


def people(store: Store, at: datetime) -> tuple[PersonView, ...]:
    """Everybody with a login, for the choice at the log-in."""
    from stationdesk.services.people import people_view

    return tuple(person for person in people_view(store, at) if person.account_id is not None and person.retired_at is None)


def log_in(store: Store, login: str, password: str, at: datetime) -> Actor:
    """Prove who one is, without going on duty."""
    from stationdesk.services.shifts import log_in as prove

    return prove(store, login, password, at)


def sign_off(store: Store, actor: Actor, person_id: int, reason: str, leads_next: int | None, *, at: datetime) -> None:
    """Go off duty, handing the lead over first where somebody is named for it."""
    from stationdesk.services import shifts

    if leads_next is not None:
        shifts.lead_shift(store, actor, leads_next, reason, at=at)
    shifts.sign_off(store, actor, person_id, reason, at=at)


def sign_off_crew(store: Store, actor: Actor, *, at: datetime) -> int:
    """The crew that handed over goes together."""
    from stationdesk.services import shifts

    return shifts.sign_off_crew(store, actor, at=at)


def lead_shift(store: Store, actor: Actor, person_id: int, reason: str, *, at: datetime) -> None:
    """Another leads the shift from now on."""
    from stationdesk.services.shifts import lead_shift as lead

    lead(store, actor, person_id, reason, at=at)


def extend_duty(store: Store, actor: Actor, reason: str, *, at: datetime) -> int:
    """The relief is absent."""
    from stationdesk.services.shifts import extend_duty as extend

    return extend(store, actor, reason, at=at)


def confirm_on_post(store: Store, actor: Actor, *, at: datetime) -> None:
    """在岗确认."""
    from stationdesk.services.shifts import confirm_on_post as confirm

    confirm(store, actor, at=at)


def declare_emergency(store: Store, actor: Actor, words: str, *, at: datetime) -> int:
    """应急状态 begins."""
    from stationdesk.services.shifts import declare_emergency as declare

    return declare(store, actor, words, at=at)


def end_emergency(store: Store, actor: Actor, words: str, *, at: datetime) -> None:
    """应急状态 ends."""
    from stationdesk.services.shifts import end_emergency as end

    end(store, actor, words, at=at)


def change_password(store: Store, actor: Actor, old: str, new: str, *, at: datetime) -> None:
    """One's own."""
    from stationdesk.services.people import change_password as change

    change(store, actor, old, new, at=at)


def use_recovery_code(store: Store, actor: Actor, code: str, login: str, new: str, *, at: datetime) -> None:
    """The envelope was opened."""
    from stationdesk.services.people import use_recovery_code as use

    use(store, code, login, new, at=at)


def confirm_stand_in(store: Store, actor: Actor, spell_id: int, *, at: datetime) -> None:
    """The chief confirms a stand-in."""
    from stationdesk.services.shifts import confirm_stand_in as confirm

    confirm(store, actor, spell_id, at=at)
