"""A new station from a profile: everything a kind of station begins with, put into an empty store in one transaction."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk import paths
from stationdesk.domain import profile as profiles
from stationdesk.domain import rotation
from stationdesk.domain.duty import StationThereError
from stationdesk.domain.handover import definition_data
from stationdesk.domain.hazards import grade_data
from stationdesk.domain.moments import at_wall, day_of
from stationdesk.domain.names import Name
from stationdesk.domain.people import check_login, check_name, check_password
from stationdesk.domain.permissions import Role
from stationdesk.domain.profile import Profile
from stationdesk.services.furnish import Furnishing, Plant
from stationdesk.services.people.accounts import add_account
from stationdesk.services.people.staff import put_person, put_role
from stationdesk.storage import keys
from stationdesk.storage.accounts import RecoveryCode
from stationdesk.storage.actors import PROGRAM
from stationdesk.storage.station import Station
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class Created:
    """The new station's first chief, and the recovery code for the sealed envelope: it is shown this once."""

    chief_person_id: int
    account_id: int
    recovery_code: str


def read_profile(code: str) -> Profile:
    """The profile of this code from resources/profiles. ProfileError names what is wrong in it; FileNotFoundError for an unknown code."""
    with (paths.resources() / "profiles" / f"{code}.toml").open("rb") as file:
        return profiles.parse(tomllib.load(file, parse_float=Decimal))


def profile_codes() -> tuple[str, ...]:
    """The kinds of station there are."""
    return tuple(sorted(file.stem for file in (paths.resources() / "profiles").glob("*.toml")))


def create_station(
    store: Store, profile: Profile, name: str, chief_name: str, login: str, password: str, at: datetime, plant: Plant | None = None
) -> Created:
    """Fill an empty store, with the first chief's account. name: "" takes that of plant or profile.

    StationThereError, and the rules of names, logins and passwords; nothing is kept of what is refused.
    """
    chief_name, login, password = check_name(chief_name), check_login(login), check_password(password)
    plant = plant or Plant()
    if name.strip():
        plant = replace(plant, name=Name(check_name(name), plant.name.en if plant.name else ""))
    sealed, (code, box) = keys.new(password, 1), keys.new_recovery_code(1)
    with store.write(PROGRAM, "init", at) as session:
        furnish(session, profile, plant, at)
        chief = put_person(session, chief_name, post=chief_post(profile))
        put_role(session, chief.id, Role.CHIEF, PROGRAM.person_id, at)
        account_id = add_account(session, chief.id, login, sealed, password, PROGRAM.person_id, at)
        session.add(RecoveryCode(account_id=account_id, box=box, made_at=at))
        return Created(chief.id, account_id, code)


def chief_post(profile: Profile) -> str:
    """The post whose holder is usually the chief."""
    return next((post.code for post in profile.posts if post.role == Role.CHIEF), "chief")


def furnish(session: Session, profile: Profile, plant: Plant, at: datetime) -> None:
    """All of a profile inside a transaction, without people. It is in force from the beginning of the day."""
    if session.scalars(select(Station.id)).first() is not None:
        raise StationThereError
    zone = ZoneInfo(plant.zone or profile.zone)
    today = day_of(at, zone)
    made = Furnishing(session, at_wall(today, 0, zone), at)
    made.station(profile, plant)
    made.settings(profile)
    made.lists(station_lists(profile))
    made.crews(plant, profile)
    made.rotation(profile.pattern(plant.pattern), plant, profile, today)
    made.contacts(profile)
    made.sheets(profile)
    made.points(profile)
    made.metering(profile)
    made.routes(profile)
    made.checklists(profile)
    made.equipment(profile, today)


def station_lists(profile: Profile) -> dict[str, list[dict[str, Any]]]:
    """Every list of the station by its code."""
    lines, grounds = definition_data(profile.handover)
    return {
        **profiles.lists(profile),
        "handover_lines": list(lines),
        "refusal_grounds": list(grounds),
        "hazard_grades": [grade_data(grade) for grade in profile.hazard_grades],
        "emergency_team": [{"code": duty.code, **duty.name.texts(), "task": duty.task.texts()} for duty in profile.emergency_team],
        "posts": [{"code": post.code, **post.name.texts(), "role": post.role, "leads": post.leads} for post in profile.posts],
        "patterns": [rotation.definition(pattern) for pattern in profile.patterns],
    }


__all__ = ["Created", "Plant", "chief_post", "create_station", "furnish", "profile_codes", "read_profile", "station_lists"]
