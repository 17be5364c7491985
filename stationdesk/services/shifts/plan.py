"""What is planned: which shift it is, whose, and which comes next. The published roster says it, and the rotation until there is one."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import rotation
from stationdesk.domain.moments import day_of
from stationdesk.domain.names import Name
from stationdesk.domain.rotation import Plan, PlannedShift
from stationdesk.services.people.view import CrewView, crews
from stationdesk.services.shifts.publications import published
from stationdesk.services.station import zone
from stationdesk.storage.recall import recall
from stationdesk.storage.shifts import RotationPlan, Shift
from stationdesk.values import dataclass

ONE_DAY = timedelta(days=1)
LOOK_AHEAD = 40
"""Days searched for the next shift by roster and rotation together; beyond them the rotation alone is asked."""


@dataclass(frozen=True)
class Expected:
    """A planned shift with the crew, or the people of the roster as one, it is planned for; None where nobody is."""

    day: date
    kind: str
    name: Name
    starts_at: datetime
    ends_at: datetime
    crew: CrewView | None


def plan_in_force(session: Session, at: datetime) -> Plan | None:
    """The rotation of a time; before the first one there is none."""
    plans = recall(session, "plans", ("rotation_plan",), lambda: _read_plans(session))
    return next((plan for begins, plan in reversed(plans) if begins <= at), None)


def _read_plans(session: Session) -> tuple[tuple[datetime, Plan], ...]:
    """Every rotation there was, with the time it begins, the oldest first."""
    rows = session.scalars(select(RotationPlan).order_by(RotationPlan.valid_from, RotationPlan.id))
    return tuple(
        (row.valid_from, Plan(rotation.pattern_of(json.loads(row.definition)), tuple(json.loads(row.crews)), row.start)) for row in rows
    )


def planned(session: Session, at: datetime) -> Expected | None:
    """The shift planned for a time, by the published roster or by the rotation; None without either, or in a gap between shifts."""
    own = zone(session)
    days, plan = day_of(at, own), plan_in_force(session, at)
    shifts = (shift for day in (days - ONE_DAY, days) for shift in _of_day(session, plan, day, own))
    found = sorted((shift for shift in shifts if shift.span.holds(at)), key=lambda shift: not shift.manned)
    return _expected(session, found[0], at) if found else None


def planned_after(session: Session, moment: datetime) -> Expected | None:
    """The first shift planned to begin at or after a moment."""
    own = zone(session)
    plan, first = plan_in_force(session, moment), day_of(moment, own) - ONE_DAY
    for n in range(LOOK_AHEAD):
        for shift in _of_day(session, plan, first + n * ONE_DAY, own):
            if shift.span.start >= moment:
                return _expected(session, shift, moment)
    found = rotation.next_shift(plan, moment, own) if plan else None
    return _expected(session, found, moment) if found else None


def relief(session: Session, shift: Shift, at: datetime) -> Expected | None:
    """Who relieves an open shift: the one planned to begin when it ends, or the one planned now where the desk stood still longer."""
    follows = planned_after(session, shift.ends_at)
    if follows is not None and follows.ends_at <= at:
        return planned(session, at) or follows
    return follows


def planned_days(session: Session, first: date, last: date, at: datetime) -> tuple[Expected, ...]:
    """All planned shifts of the days first to last, by the published roster, else by the rotation in force at `at`."""
    plan, own = plan_in_force(session, at), zone(session)
    days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    return tuple(_expected(session, shift, at) for day in days for shift in _of_day(session, plan, day, own))


def crew_of(session: Session, shift: Shift, at: datetime) -> CrewView | None:
    """Who is planned for a shift that is there: its people of the published roster, else the crew it is planned for."""
    roster = published(session, shift.day)
    people = roster.on(shift.day, shift.kind) if roster else ()
    if roster is not None and people:
        return roster.group(session, people)
    return next((crew for crew in crews(session, at) if crew.crew_id == shift.crew_id), None)


def _of_day(session: Session, plan: Plan | None, day: date, own: ZoneInfo) -> tuple[PlannedShift, ...]:
    """The shifts of a day in the order they begin: the roster's, and until there is one the rotation's."""
    roster = published(session, day)
    if roster is not None:
        return roster.shifts(day, own)
    return rotation.planned(plan, day, own) if plan else ()


def _expected(session: Session, shift: PlannedShift, at: datetime) -> Expected:
    roster = published(session, shift.day) if shift.people else None
    if roster is not None:
        crew = roster.group(session, shift.people)
    else:
        crew = next((each for each in crews(session, max(at, shift.span.start)) if each.code == shift.crew), None)
    return Expected(shift.day, shift.kind.code, shift.kind.name, shift.span.start, shift.span.end, crew)
