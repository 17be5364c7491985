"""Bringing a workbook in: into a new store with the first chief's password, or into one that is there; tried first, all or nothing."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import rotation
from stationdesk.domain.moments import at_wall, day_of
from stationdesk.domain.people import check_password
from stationdesk.domain.profile import Profile
from stationdesk.domain.setup import PersonRow, Setup, SetupRefusedError, StationRow, known_of
from stationdesk.domain.setup.refusals import ZoneStaysError
from stationdesk.services.care import remove_store
from stationdesk.services.profile import Plant, furnish
from stationdesk.services.settings import StationText, put_rotation, put_station
from stationdesk.services.setup.apply import Bringing, Count, FirstPassword
from stationdesk.services.setup.known import known_in
from stationdesk.services.setup.read import read_setup
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import the_station, zone
from stationdesk.storage import keys
from stationdesk.storage.accounts import Account, RecoveryCode
from stationdesk.storage.actors import PROGRAM, Actor
from stationdesk.storage.keys import Sealed
from stationdesk.storage.people import Person
from stationdesk.storage.store import Store

FIRST_DIGITS = 6


@dataclass(frozen=True)
class Brought:
    """What a workbook did, by sheet; first passwords and the recovery code are shown this once. tried: nothing was written."""

    counts: Mapping[str, Count]
    passwords: tuple[FirstPassword, ...] = ()
    chief: str = ""
    chief_login: str = ""
    recovery_code: str = ""
    tried: bool = False


class _TriedError(Exception):
    """Leaves a transaction that was only a try."""


def try_new(profile: Profile, file: Path, at: datetime) -> Brought:
    """A dry run of a new station: made whole in a folder that is thrown away. SetupRefusedError names every refused cell."""
    with tempfile.TemporaryDirectory(prefix="stationdesk-try-", ignore_cleanup_errors=True) as folder:
        setup = _read_new(profile, file)
        store = Store.create(Path(folder) / "try.db")
        try:
            return replace(_fill(store, profile, setup, at, {}, tried=True), tried=True)
        finally:
            store.close()


def found_station(where: str | Path, profile: Profile, file: Path, password: str, at: datetime) -> Brought:
    """A new store with a station's own lists and its chief's account. SetupRefusedError, the rules of passwords; nothing is left of what
    is refused.
    """
    check_password(password)
    setup = _read_new(profile, file)
    sealed = _sealed(setup.people, 0, _chief(setup), password)
    store = Store.create(where)
    path = store.path
    try:
        made = _fill(store, profile, setup, at, sealed)
    except BaseException:
        store.close()
        remove_store(path)
        raise
    store.close()
    return made


def _read_new(profile: Profile, file: Path) -> Setup:
    setup, refused = read_setup(file, known_of(profile), new=True)
    if refused:
        raise SetupRefusedError(refused)
    return setup


def _chief(setup: Setup) -> str:
    """The login of the first chief; a workbook without one was refused."""
    chief = setup.station.chief if setup.station else ""
    return next((each.login for each in setup.people if each.name == chief and each.login), "")


def _sealed(people: Iterable[PersonRow], taken: int, chief: str = "", password: str = "") -> dict[str, tuple[str, Sealed]]:
    """A first password and a key for each login, made before the transaction: argon2 takes its time."""
    made = {}
    for n, login in enumerate((each.login for each in people if each.login), taken + 1):
        first = password if login == chief and password else f"{secrets.randbelow(10**FIRST_DIGITS):0{FIRST_DIGITS}}"
        made[login] = (first, keys.new(first, n))
    return made


def _fill(
    store: Store, profile: Profile, setup: Setup, at: datetime, sealed: Mapping[str, tuple[str, Sealed]], *, tried: bool = False
) -> Brought:
    """The profile with the station's own parts, then its people and what they found, in one transaction."""
    station, chief = setup.station, _chief(setup)
    assert station is not None  # a workbook without the sheet was refused
    own = replace(
        profile,
        points=tuple(each.point for each in setup.points),
        routes=tuple(each.route for each in setup.routes),
        contacts=tuple(each.contact for each in setup.contacts),
        equipment=(),
    )
    code, box = ("", "") if tried else keys.new_recovery_code(1)
    with store.write(PROGRAM, "setup", at) as session:
        furnish(session, own, _plant(station, setup), at)
        bring = Bringing(session, PROGRAM, at, ZoneInfo(station.zone), sealed)
        bring.people(_without_logins(setup.people) if tried else setup.people)
        account = session.scalars(select(Account).where(Account.login == chief)).first()
        bring.actor = _first(session, station.chief, account)
        _rest(bring, setup)
        if account is not None:
            session.add(RecoveryCode(account_id=account.id, box=box, made_at=at))
        _stand(bring)
    bring.counts |= {key: Count(added=len(getattr(setup, key))) for key in ("crews", "points", "routes", "contacts")}
    others = tuple(each for each in bring.passwords if each.login != chief)
    return Brought(bring.counts, others, station.chief, chief, code)


def _without_logins(people: Iterable[PersonRow]) -> tuple[PersonRow, ...]:
    """A try needs no keys."""
    return tuple(replace(each, login="") for each in people)


def _plant(station: StationRow, setup: Setup) -> Plant:
    official = at_wall(station.official, 0, ZoneInfo(station.zone)) if station.official else None
    crews = tuple((each.crew.code, each.crew.name) for each in setup.crews)
    return Plant(station.name, station.company, station.zone, station.pattern, crews, station.start, official)


def _first(session: Session, name: str, account: Account | None) -> Actor:
    """The chief as the actor of what is found at the start."""
    wanted = Person.id == account.person_id if account else Person.name == name
    person = session.scalars(select(Person).where(wanted)).first()
    return Actor(person.id, person.name) if person else PROGRAM


def _rest(bring: Bringing, setup: Setup) -> None:
    bring.equipment(setup.equipment)
    bring.hazards(setup.hazards)
    bring.bases(setup.points)


def _stand(bring: Bringing) -> None:
    if bring.refusals.found:
        raise SetupRefusedError(tuple(bring.refusals.found))


def try_here(store: Store, actor: Actor, file: Path, *, at: datetime) -> Brought:
    """A dry run into a store that is there: done whole in a transaction that is given up."""
    setup = _read_here(store, file, at)
    kept: list[Bringing] = []
    try:
        with store.write(actor, "setup", at) as session:
            kept.append(_bring(session, actor, setup, at, {}, tried=True))
            raise _TriedError
    except _TriedError:
        return Brought(kept[0].counts, tried=True)


def bring_in(store: Store, actor: Actor, file: Path, *, at: datetime) -> Brought:
    """A workbook into a store that is there: adds what is new, changes what differs from now on. SetupRefusedError: nothing is kept."""
    setup = _read_here(store, file, at)
    new = _new_logins(store, setup)
    with store.read() as session:
        taken = session.scalars(select(func.max(Account.id))).one() or 0
    sealed = _sealed((each for each in setup.people if each.login in new), taken)
    with store.write(actor, "setup", at) as session:
        bring = _bring(session, actor, setup, at, sealed)
    return Brought(bring.counts, tuple(bring.passwords))


def _read_here(store: Store, file: Path, at: datetime) -> Setup:
    setup, refused = read_setup(file, known_in(store, at), new=False)
    if refused:
        raise SetupRefusedError(refused)
    return setup


def _new_logins(store: Store, setup: Setup) -> set[str]:
    with store.read() as session:
        there = set(session.scalars(select(Account.login)))
    return {each.login for each in setup.people if each.login} - there


def _bring(
    session: Session, actor: Actor, setup: Setup, at: datetime, sealed: Mapping[str, tuple[str, Sealed]], *, tried: bool = False
) -> Bringing:
    bring = Bringing(session, actor, at, zone(session), sealed)
    bring.crews(setup.crews)
    if setup.station is not None:
        _station(bring, setup.station, setup)
    bring.people(_known_logins(session, setup.people) if tried else setup.people)
    bring.points(setup.points)
    bring.routes(setup.routes)
    bring.contacts(setup.contacts)
    _rest(bring, setup)
    _stand(bring)
    return bring


def _known_logins(session: Session, people: Iterable[PersonRow]) -> tuple[PersonRow, ...]:
    """A try makes no keys, so that only logins that are there are looked at."""
    there = set(session.scalars(select(Account.login)))
    return tuple(each if each.login in there else replace(each, login="") for each in people)


def _station(bring: Bringing, row: StationRow, setup: Setup) -> None:
    own = the_station(bring.session)
    with bring.of(row.row, "zone"):
        if row.zone != own.zone:
            raise ZoneStaysError(zone=own.zone)
    official = at_wall(row.official, 0, bring.zone) if row.official else own.official_from
    if own.official_from is not None and row.official == day_of(own.official_from, bring.zone):
        official = own.official_from
    with bring.of(row.row, "name_zh"):
        if put_station(own, StationText(row.name, row.company, official)):
            bring.count("station").changed += 1
    with bring.of(row.row, "pattern"):
        _rotation(bring, row, tuple(each.crew.code for each in setup.crews))


def _rotation(bring: Bringing, row: StationRow, crews: tuple[str, ...]) -> None:
    plan = plan_in_force(bring.session, bring.at)
    today = day_of(bring.at, bring.zone)
    crews = crews or (plan.crews if plan else ())
    start: date = row.start or (plan.start if plan else today)
    if plan is not None and plan.pattern.code == row.pattern and plan.crews == crews:
        length = len(plan.pattern.cycle)
        if (rotation.cycle_start(start, length, today) - plan.start).days % length == 0:
            return
    put_rotation(bring.session, bring.actor.person_id, row.pattern, crews, start, bring.at, bring.at)
    bring.count("station").changed += 1
