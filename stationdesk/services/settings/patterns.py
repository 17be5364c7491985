"""The station's shift patterns: which shifts there are, the cycle of a crew, how far the crews are apart. Changed from a time on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.patterns import check_pattern
from stationdesk.domain.rotation import Pattern, definition, pattern_of
from stationdesk.domain.settings import PatternInForceError, PatternTakenError, PatternUnknownError
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.settings.dated import ahead
from stationdesk.services.settings.rotation import put_rotation
from stationdesk.services.shifts.plan import plan_in_force
from stationdesk.services.station import items
from stationdesk.storage.shifts import RotationPlan
from stationdesk.storage.station import StationList
from stationdesk.storage.store import Actor, Store

LIST = "patterns"


@dataclass(frozen=True)
class PatternView:
    """A pattern of the list in force. worked: the rotation in force is by it; as_worked: in this very version."""

    pattern: Pattern
    worked: bool
    as_worked: bool


def patterns_view(store: Store, at: datetime) -> tuple[PatternView, ...]:
    """The patterns there are at a time, for Settings."""
    with store.read() as session:
        plan = plan_in_force(session, at)
        own = tuple(pattern_of(each) for each in items(session, LIST, at))
        by = plan.pattern if plan else None
        return tuple(PatternView(each, by is not None and by.code == each.code, by == each) for each in own)


def set_pattern(
    store: Store,
    actor: Actor,
    pattern: Pattern,
    *,
    at: datetime,
    valid_from: datetime | None = None,
    new: bool = False,
    doubled: bool = False,
    turn: bool = False,
    seen: Pattern | None = None,
) -> None:
    """A pattern as it is from a time on (default now). doubled: two crews at once are meant; turn: the rotation by it follows then.

    seen: the one the change was made on. The errors of check_pattern, PatternTakenError for a new one, SettingPastError,
    ChangedMeanwhileError; with turn those of set_rotation.
    """
    begins = ahead(valid_from, at)
    kept = definition(check_pattern(pattern, doubled))
    with store.write(actor, "set_pattern", at) as session:
        as_seen(seen, next((pattern_of(each) for each in items(session, LIST, at) if each["code"] == pattern.code), None), "station_list")
        entries = list(items(session, LIST, begins))
        if new and any(each["code"] == pattern.code for each in entries):
            raise PatternTakenError(pattern=pattern.code)
        changed = [kept if each["code"] == pattern.code else each for each in entries]
        _put(session, changed if kept in changed else [*changed, kept], actor.person_id, begins, at)
        plan = plan_in_force(session, begins)
        if turn and plan is not None and plan.pattern.code == pattern.code:
            put_rotation(session, actor.person_id, pattern.code, plan.crews, plan.start, begins, at)


def retire_pattern(store: Store, actor: Actor, code: str, *, at: datetime) -> None:
    """Take a pattern off the list. PatternUnknownError, PatternInForceError while a rotation works by it or is going to."""
    with store.write(actor, "set_pattern", at) as session:
        entries = [each for each in items(session, LIST, at) if each["code"] != code]
        if len(entries) == len(items(session, LIST, at)):
            raise PatternUnknownError(pattern=code)
        plan = plan_in_force(session, at)
        to_come = session.scalars(select(RotationPlan.pattern).where(RotationPlan.valid_from > at)).all()
        if code in to_come or (plan is not None and plan.pattern.code == code):
            raise PatternInForceError(pattern=code)
        _put(session, entries, actor.person_id, at, at)


def _put(session: Session, entries: Sequence[dict[str, Any]], by_id: int, begins: datetime, at: datetime) -> None:
    text = json.dumps(entries, ensure_ascii=False)
    session.add(StationList(code=LIST, items=text, valid_from=begins, by_id=by_id, at=at))
    session.flush()
