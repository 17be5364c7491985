"""Crews and the rotation: who follows whom, by which pattern, from when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import rotation
from stationdesk.domain.accounts import CrewUnknownError
from stationdesk.domain.moments import at_wall, day_of
from stationdesk.domain.names import Name
from stationdesk.domain.patterns import PatternHoleError, Uncovered
from stationdesk.domain.people import check_name
from stationdesk.domain.rotation import Coverage, Pattern, Plan, PlannedShift
from stationdesk.domain.settings import ListCodeMissingError, PatternUnknownError
from stationdesk.domain.store import RecordThereError
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.settings.dated import ahead
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import items, zone
from stationdesk.storage.people import Crew
from stationdesk.storage.shifts import RotationPlan
from stationdesk.storage.store import Actor, Store

DAYS = 14


def set_crew(store: Store, actor: Actor, code: str, name: Name, *, at: datetime, seen: Name | None = None, new: bool = False) -> None:
    """Rename a crew, or add one at the end. seen: how it was called when the change was made; new: the code is to be free.

    NameRuleError, ListCodeMissingError, ChangedMeanwhileError, RecordThereError.
    """
    with store.write(actor, "set_crew", at) as session:
        found = session.scalars(select(Crew).where(Crew.code == code.strip())).first()
        as_seen(seen, Name(found.name_zh, found.name_en) if found else None, "crew")
        if new and found is not None and found.retired_at is None:
            raise RecordThereError(table="crew")
        last = session.scalars(select(func.max(Crew.position))).one()
        put_crew(session, code.strip(), name, found.position if found else (last or 0) + 1)


def put_crew(session: Session, code: str, name: Name, position: int) -> None:
    """Inside a transaction: a crew of this code is called so. NameRuleError, ListCodeMissingError."""
    if not code:
        raise ListCodeMissingError(line=1)
    found = session.scalars(select(Crew).where(Crew.code == code)).first()
    if found is None:
        session.add(Crew(code=code, name_zh=check_name(name.zh), name_en=name.en.strip(), position=position))
        session.flush()
    else:
        found.name_zh, found.name_en, found.position, found.retired_at = check_name(name.zh), name.en.strip(), position, None


@dataclass(frozen=True)
class RotationView:
    """The rotation in force, what it covers, and the patterns to choose from."""

    plan: Plan | None
    coverage: Coverage | None
    since: datetime | None
    ahead: datetime | None
    patterns: tuple[Pattern, ...]
    days: tuple[tuple[date, tuple[PlannedShift, ...]], ...] = ()  # today and the next


def rotation_view(store: Store, at: datetime) -> RotationView:
    """The rotation in force and the patterns there are."""
    with store.read() as session:
        plan = plan_in_force(session, at)
        dated = select(RotationPlan.valid_from).order_by(RotationPlan.valid_from, RotationPlan.id)
        times = session.scalars(dated).all()
        patterns = tuple(rotation.pattern_of(each) for each in items(session, "patterns", at))
        since = max((each for each in times if each <= at), default=None)
        ahead = next((each for each in times if each > at), None)
        days = tuple(_days(session, day_of(at, zone(session))))
        return RotationView(plan, rotation.coverage(plan.pattern) if plan else None, since, ahead, patterns, days)


def _days(session: Session, first: date) -> Iterator[tuple[date, tuple[PlannedShift, ...]]]:
    """Each day by the rotation that is in force at its noon: a change to come is seen."""
    own = zone(session)
    for day in (first + timedelta(days=n) for n in range(DAYS)):
        plan = plan_in_force(session, at_wall(day, 720, own))
        yield day, rotation.planned(plan, day, own) if plan else ()


def set_rotation(
    store: Store, actor: Actor, pattern: str, crews: Sequence[str], start: date, *,
    at: datetime, valid_from: datetime | None = None, seen: Plan | None = None,
) -> None:  # fmt: skip
    """Another rotation from a time on (default now): a pattern of the station's list, crews in the order of its phases, and the
    first day of the first crew's cycle. seen: the one the change was made on. PatternUnknownError, PatternHoleError, CrewCountError,
    CrewUnknownError, SettingPastError, ChangedMeanwhileError.
    """
    begins = ahead(valid_from, at)
    with store.write(actor, "set_rotation", at) as session:
        as_seen(seen, plan_in_force(session, at), "rotation_plan")
        put_rotation(session, actor.person_id, pattern, crews, start, begins, at)


def put_rotation(session: Session, by_id: int, pattern: str, crews: Sequence[str], start: date, begins: datetime, at: datetime) -> None:
    """Inside a transaction."""
    found = next((each for each in items(session, "patterns", begins) if each["code"] == pattern), None)
    if found is None:
        raise PatternUnknownError(pattern=pattern)
    shape = rotation.pattern_of(found)
    if not rotation.coverage(shape).covered:
        raise PatternHoleError(pattern=shape.name, where=Uncovered(shape))
    known = set(session.scalars(select(Crew.code).where(Crew.retired_at.is_(None))))
    for each in crews:
        if each not in known or list(crews).count(each) > 1:
            raise CrewUnknownError(crew=each)
    day = day_of(begins, zone(session))
    plan = Plan(shape, tuple(crews), rotation.cycle_start(start, len(shape.cycle), day))
    definition = json.dumps(rotation.definition(shape), ensure_ascii=False)
    codes = json.dumps(plan.crews)
    made = RotationPlan(pattern=pattern, definition=definition, crews=codes, start=plan.start, valid_from=begins, by_id=by_id, at=at)
    session.add(made)
