"""What the rotation plans: which shift it is, whose, and which comes next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import rotation
from stationdesk.domain.names import Name
from stationdesk.domain.rotation import Plan, PlannedShift
from stationdesk.services.people.view import CrewView, crews
from stationdesk.services.station import zone
from stationdesk.storage.shifts import RotationPlan, Shift


@dataclass(frozen=True)
class Expected:
    """A planned shift with the crew it is planned for (None where the rotation leaves a hole)."""

    day: date
    kind: str
    name: Name
    starts_at: datetime
    ends_at: datetime
    crew: CrewView | None


def plan_in_force(session: Session, at: datetime) -> Plan | None:
    """The rotation of a time; before the first one there is none."""
    newest = RotationPlan.valid_from.desc(), RotationPlan.id.desc()
    row = session.scalars(select(RotationPlan).where(RotationPlan.valid_from <= at).order_by(*newest).limit(1)).first()
    if row is None:
        return None
    return Plan(rotation.pattern_of(json.loads(row.definition)), tuple(json.loads(row.crews)), row.start)


def planned(session: Session, at: datetime) -> Expected | None:
    """The shift the rotation has at a time; None without a rotation, or in a gap between its shifts."""
    plan = plan_in_force(session, at)
    found = rotation.covering(plan, at, zone(session)) if plan else ()
    manned = [shift for shift in found if shift.crews]
    return _expected(session, (manned or list(found))[0], at) if found else None


def planned_after(session: Session, moment: datetime) -> Expected | None:
    """The first shift planned to begin at or after a moment."""
    plan = plan_in_force(session, moment)
    found = rotation.next_shift(plan, moment, zone(session)) if plan else None
    return _expected(session, found, moment) if found else None


def relief(session: Session, shift: Shift, at: datetime) -> Expected | None:
    """Who relieves an open shift: the one planned to begin when it ends, or the one planned now where the desk stood still longer."""
    follows = planned_after(session, shift.ends_at)
    if follows is not None and follows.ends_at <= at:
        return planned(session, at) or follows
    return follows


def planned_days(session: Session, first: date, last: date, at: datetime) -> tuple[Expected, ...]:
    """All planned shifts of the days first to last, by the rotation in force at `at`."""
    plan, own = plan_in_force(session, at), zone(session)
    return tuple(_expected(session, shift, at) for shift in rotation.planned_between(plan, first, last, own)) if plan else ()


def _expected(session: Session, shift: PlannedShift, at: datetime) -> Expected:
    crew = next((each for each in crews(session, max(at, shift.span.start)) if each.code == shift.crew), None)
    return Expected(shift.day, shift.kind.code, shift.kind.name, shift.span.start, shift.span.end, crew)
