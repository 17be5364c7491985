"""The versions of whatever a station sets: from when, by whom, and what changed. One way for points, routes, checklists, lists, patterns,
the rotation, sheets, rules of the roster and settings.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import format_date
from stationdesk.domain.paper import parse_template
from stationdesk.domain.roster import SETS, rules_of
from stationdesk.domain.rotation import pattern_of
from stationdesk.domain.versions import Change, Shape, changes
from stationdesk.services.people.view import names
from stationdesk.services.roster.rules import as_it_comes
from stationdesk.services.settings.metered import contract_shape, stream_shape
from stationdesk.services.settings.shapes import list_shape, pattern_shape, point_shape, rules_shape, sheet_shape, walk_shape
from stationdesk.storage.checklists import ChecklistItem, ChecklistVersion
from stationdesk.storage.readings import PointVersion
from stationdesk.storage.roster import RosterRules
from stationdesk.storage.rounds import Checkpoint, RouteVersion
from stationdesk.storage.shifts import RotationPlan
from stationdesk.storage.station import SettingValue, SheetTemplate, StationList
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class VersionView:
    """A version: from when, who set it when, and what changed against the one before; first: it began with it."""

    valid_from: datetime
    by: str
    at: datetime
    changes: tuple[Change, ...]
    first: bool = False


Found = Iterator[tuple[Any, Shape]]
"""Each version's record, which has valid_from, by_id and at, and its shape; oldest first."""


def versions(store: Store, kind: str, key: Hashable) -> tuple[VersionView, ...]:
    """All versions of a thing, the newest first; one that changed nothing of it is left out.

    kind and key: point, route, checklist, stream by id; list, pattern, sheet, setting, rules by code; rotation and contract, whose key
    is "".
    """
    with store.read() as session:
        people, found = names(session), list(_KINDS[kind](session, key))
    made, before = [], None
    for record, shape in found:
        changed = changes(before, shape) if before is not None else ()
        if before is None or changed:
            made.append(VersionView(record.valid_from, people.get(record.by_id, ""), record.at, changed, before is None))
        before = shape
    return tuple(reversed(made))


def _dated(session: Session, record: Any, *where: Any) -> Sequence[Any]:
    return session.scalars(select(record).where(*where).order_by(record.valid_from, record.id)).all()


def _points(session: Session, key: Hashable) -> Found:
    for each in _dated(session, PointVersion, PointVersion.point_id == key):
        yield each, point_shape(each)


def _routes(session: Session, key: Hashable) -> Found:
    for each in _dated(session, RouteVersion, RouteVersion.route_id == key):
        of = select(Checkpoint).where(Checkpoint.route_version_id == each.id).order_by(Checkpoint.position, Checkpoint.id)
        head = {"window_minutes": each.window_minutes, "people": each.people}
        yield each, walk_shape(each, session.scalars(of).all(), head)


def _checklists(session: Session, key: Hashable) -> Found:
    for each in _dated(session, ChecklistVersion, ChecklistVersion.template_id == key):
        of = select(ChecklistItem).where(ChecklistItem.checklist_version_id == each.id).order_by(ChecklistItem.position, ChecklistItem.id)
        yield each, walk_shape(each, session.scalars(of).all(), {"subject": each.subject})


def _lists(session: Session, key: Hashable) -> Found:
    for each in _dated(session, StationList, StationList.code == key):
        yield each, list_shape(json.loads(each.items))


def _patterns(session: Session, key: Hashable) -> Found:
    for each in _dated(session, StationList, StationList.code == "patterns"):
        found = next((pattern_of(entry) for entry in json.loads(each.items) if entry["code"] == key), None)
        if found is not None:
            yield each, pattern_shape(found)


def _rotations(session: Session, _key: Hashable) -> Found:
    for each in _dated(session, RotationPlan):
        pattern = pattern_of(json.loads(each.definition))
        turns = {"crews": " ".join(json.loads(each.crews)), "start": format_date(each.start)}
        shape = pattern_shape(pattern)
        yield each, Shape({"pattern": pattern.name, **turns, **{k: v for k, v in shape.head.items() if k != "name"}}, shape.lines)


def _sheets(session: Session, key: Hashable) -> Found:
    for each in _dated(session, SheetTemplate, SheetTemplate.report == key):
        yield each, sheet_shape(parse_template(each.definition))


def _settings(session: Session, key: Hashable) -> Found:
    for each in _dated(session, SettingValue, SettingValue.name == key):
        yield each, Shape({"value": str(json.loads(each.value))})


def _streams(session: Session, key: Hashable) -> Found:
    from stationdesk.services.readings.versions import in_force
    from stationdesk.storage.metering import StreamVersion

    for each in _dated(session, StreamVersion, StreamVersion.stream_id == key):
        points = in_force(session, max(each.valid_from, each.at)).by_id
        yield each, stream_shape(each, {point_id: point.full_name for point_id, point in points.items()})


def _contracts(session: Session, _key: Hashable) -> Found:
    from stationdesk.storage.metering import MeteringContract

    for each in _dated(session, MeteringContract):
        yield each, contract_shape(each)


@dataclass(frozen=True)
class _AsItComes:
    """What held before the station set anything."""

    valid_from: datetime
    at: datetime
    by_id: int = 0


def _rules(session: Session, key: Hashable) -> Found:
    rows = _dated(session, RosterRules, RosterRules.code == key)
    if key in SETS:
        at = datetime.combine(SETS[str(key)].since, time(), UTC)
        comes = as_it_comes(session, str(key), rows[0].valid_from if rows else at)
        yield _AsItComes(at, at), rules_shape(comes.rules, comes.in_force)
    for each in rows:
        yield each, rules_shape(rules_of(json.loads(each.definition)), each.in_force)


_KINDS: Mapping[str, Callable[[Session, Hashable], Found]] = {
    "point": _points,
    "route": _routes,
    "checklist": _checklists,
    "list": _lists,
    "pattern": _patterns,
    "rotation": _rotations,
    "sheet": _sheets,
    "setting": _settings,
    "rules": _rules,
    "stream": _streams,
    "contract": _contracts,
}
