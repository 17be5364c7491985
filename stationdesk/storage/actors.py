"""Who writes, and what roles they have at that moment: granted ones, and those that being on duty brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import Session

from stationdesk.domain.permissions import OPEN_TO_NOBODY, OPEN_TO_PROGRAM, NotAllowedError, Role, check
from stationdesk.storage.recall import recall

ROLE_TABLES = ("role_grant", "duty_spell", "shift")


@dataclass(frozen=True)
class Actor:
    """A person of the store, by id; the name is for messages only."""

    person_id: int
    name: str = ""


PROGRAM = Actor(-1)
"""The program itself: making a store, upgrading, restoring."""
NOBODY = Actor(-2)
"""Nobody is signed in: an emergency entry, a failed sign-in."""


def roles_at(holder: Session | Connection, person_id: int, at: datetime) -> frozenset[Role]:
    """The roles granted at this time, and leader or operator for who is on duty in a shift not yet handed over."""
    granted, on_duty = recall(
        holder, ("roles", person_id), ROLE_TABLES, lambda: (_grants_of(holder, person_id), _on_duty(holder, person_id))
    )
    return frozenset(role for role, since, until in granted if since <= at and (until is None or until > at)) | on_duty


def authorize(connection: Connection, actor: Actor, use_case: str, at: datetime) -> None:
    """Refuse with NotAllowedError what the actor may not do at this time. KeyError for an unknown use case."""
    if actor.person_id == PROGRAM.person_id:
        if use_case not in OPEN_TO_PROGRAM:
            raise NotAllowedError(use_case, ())
    elif actor.person_id == NOBODY.person_id:
        if use_case not in OPEN_TO_NOBODY:
            raise NotAllowedError(use_case, ())
    elif use_case not in OPEN_TO_NOBODY:
        check(roles_at(connection, actor.person_id, at), use_case)


def _grants_of(holder: Session | Connection, person_id: int) -> tuple[tuple[Role, datetime, datetime | None], ...]:
    return tuple((Role(row.role), row.valid_from, row.valid_to) for row in holder.execute(_grants(), {"person": person_id}))


def _on_duty(holder: Session | Connection, person_id: int) -> frozenset[Role]:
    leads = holder.execute(_spells(), {"person": person_id}).scalars().all()
    if not leads:
        return frozenset()
    return frozenset({Role.OPERATOR, Role.LEADER}) if any(leads) else frozenset({Role.OPERATOR})


# Made once, and not before the tables are declared: building a statement takes longer than running it.
@cache
def _grants() -> Select[tuple[str, datetime, datetime | None]]:
    from stationdesk.storage.people import RoleGrant

    grant = RoleGrant.__table__.c
    return select(grant.role, grant.valid_from, grant.valid_to).where(grant.person_id == bindparam("person"))


@cache
def _spells() -> Select[tuple[bool]]:
    from stationdesk.storage.shifts import DutySpell, Shift

    spell, shift = DutySpell.__table__.c, Shift.__table__.c
    return (
        select(spell.leader)
        .join_from(DutySpell, Shift, shift.id == spell.shift_id)
        .where(spell.person_id == bindparam("person"), spell.signed_off_at.is_(None), shift.closed_at.is_(None))
    )
