"""The station chief who must stay: without one who can log in nobody could be given a role, a login or a new password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.accounts import LastChiefError
from stationdesk.domain.people import in_force
from stationdesk.domain.permissions import Role
from stationdesk.storage.accounts import Account
from stationdesk.storage.people import Person, RoleGrant


def check_chief_stays(session: Session, person: Person, at: datetime) -> None:
    """LastChiefError for the only chief with a login."""
    wanted = select(RoleGrant).join(Account, Account.person_id == RoleGrant.person_id)
    held = session.scalars(wanted.where(RoleGrant.role == Role.CHIEF, Account.retired_at.is_(None)))
    if {each.person_id for each in held if in_force(each.valid_from, each.valid_to, at)} == {person.id}:
        raise LastChiefError(name=person.name)
