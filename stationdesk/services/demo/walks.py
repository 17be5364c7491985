"""Rounds and checklists of the demo: windows walked mostly on time, some late, one in a while missed and explained."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from stationdesk.domain.moments import Span
from stationdesk.domain.rounds import Window, windows
from stationdesk.services.checklists.templates import TEMPLATES, TemplateView
from stationdesk.services.demo import texts
from stationdesk.services.demo.load import hour_at, noise
from stationdesk.services.demo.station import Somebody
from stationdesk.services.rounds.routes import ROUTES, RouteView
from stationdesk.storage.checklists import Checklist, ChecklistItem, ChecklistLine
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.rounds import Checkpoint, Round, RoundLine, WindowExcuse
from stationdesk.storage.shifts import Shift

LATE, MISSED = 0.05, 0.004
CHECKING = timedelta(minutes=14)
FIXED = {"%": "62", "m": "3.2", "件": "18", "%LEL": "0", "/min": "24", "V": "-0.98", "℃": "8"}
BY_NAME = {"储罐氮封压力": "0.05", "消防泵启动试验": "0.80", "正压式空气呼吸器": "28"}
MOMENTS = {"PG-101": "inlet", "F-101": "filter_kpa", "一级调压阀": "stage_1", "二级调压阀": "stage_2", "PG-301": "outlet"}


@dataclass(frozen=True)
class Place:
    """Where and when the demo is: its seed, zone and the moment it ends."""

    seed: int
    zone: ZoneInfo
    until: datetime


@dataclass(frozen=True)
class Walkable:
    """A route with its checkpoints."""

    route: RouteView
    points: tuple[Checkpoint, ...]


def measured(name: str, unit: str, decimals: int, place: Place, at: datetime) -> Decimal:
    """What stands on the gauge: for the pressures the station's own, else a steady value."""
    local = at.astimezone(place.zone).replace(minute=0, second=0, microsecond=0)
    for part, field in MOMENTS.items():
        if part in name:
            return Decimal(str(getattr(hour_at(place.seed, local), field)))
    steady = next((value for part, value in BY_NAME.items() if part in name), FIXED.get(unit, "1"))
    return Decimal(f"{Decimal(steady):.{decimals}f}")


@dataclass(frozen=True)
class Fillable:
    """A checklist template with its items."""

    template: TemplateView
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True)
class Walked:
    """A round that was walked: its record, checkpoints, who walked, from when, and when it was typed."""

    record: Round
    points: Sequence[Checkpoint]
    by: Somebody
    begins: datetime
    typed: datetime


def walk_shift(session: Session, routes: Sequence[Walkable], shift: Shift, crew: Sequence[Somebody], place: Place) -> None:
    """All windows of a shift, as far as the demo reaches; written together."""
    walked: list[Walked] = []
    for each in routes:
        for window in windows(each.route.schedule, each.route.window_minutes, Span(shift.starts_at, shift.ends_at), place.zone):
            chance = noise(place.seed, f"round {each.route.code} {window.start.isoformat()}")
            if window.start >= place.until:
                continue
            if chance.random() < MISSED and window.lost < place.until:
                _miss(session, each.route, window, shift, crew[chance.randrange(len(crew))])
            else:
                walked += _walk(each, window, shift, crew, place, chance)
    _write(session, walked, place)


def _write(session: Session, walked: Sequence[Walked], place: Place) -> None:
    """Records first, then their lines, then they are signed off: what is signed off takes no more lines."""
    session.add_all([each.record for each in walked])
    session.flush()
    rows: list[dict[str, Any]] = []
    for each in walked:
        step = (each.typed - timedelta(minutes=2) - each.begins) / max(len(each.points), 1)
        rows += [
            _round_line(each.record.id, point, each.begins + step * n, each.by, each.typed, place) for n, point in enumerate(each.points)
        ]
    insert_rows(session, RoundLine, rows)
    for each in walked:
        each.record.state, each.record.closed_at, each.record.closed_by = "closed", each.typed, each.by.person_id
    session.flush()


def _miss(session: Session, route: RouteView, window: Window, shift: Shift, by: Somebody) -> None:
    session.add(
        WindowExcuse(
            route_id=route.route_id, due_from=window.start, words=texts.MISSED_ROUND, shift_id=shift.id, by_id=by.person_id, at=window.lost
        )
    )


def _walk(each: Walkable, window: Window, shift: Shift, crew: Sequence[Somebody], place: Place, chance: Random) -> list[Walked]:
    route = each.route
    late = chance.random() < LATE
    length = min(23, max(8, round(len(each.points) * 1.3)))
    begins = window.end + timedelta(minutes=chance.randrange(3, 14)) if late else window.start + timedelta(minutes=chance.randrange(2, 9))
    ends = begins + timedelta(minutes=length)
    typed = ends + timedelta(minutes=2)
    if typed >= place.until:
        return []
    walker, second = crew[chance.randrange(len(crew))], crew[chance.randrange(len(crew))]
    two = route.people > 1 and second.person_id != walker.person_id
    made = Round(
        route_id=route.route_id,
        route_version_id=route.version_id,
        shift_id=shift.id,
        due_from=window.start,
        due_to=window.end,
        nth=window.nth,
        mode="paper",
        started_at=typed - timedelta(minutes=1),
        started_by=walker.person_id,
        walked_from=begins,
        walked_to=ends,
        second_id=second.person_id if two else None,
        few_reason="" if two or route.people == 1 else texts.ALONE,
        words=texts.LATE_ROUND[chance.randrange(len(texts.LATE_ROUND))] if late else "",
    )
    return [Walked(made, each.points, walker, begins, typed)]


def _round_line(round_id: int, point: Checkpoint, walked: datetime, by: Somebody, at: datetime, place: Place) -> dict[str, Any]:
    value = measured(point.name_zh, point.unit, point.decimals, place, walked) if point.kind == "measure" else None
    abnormal = value is not None and ((point.h is not None and value > point.h) or (point.l is not None and value < point.l))
    return {
        "round_id": round_id,
        "checkpoint_id": point.id,
        "result": "abnormal" if abnormal else "normal",
        "value": value,
        "choice": _first_choice(point.choices) if point.kind == "choose" else "",
        "words": texts.FILTER_WORDS if abnormal else "",
        "walked_at": walked.replace(second=0, microsecond=0),
        "by_id": by.person_id,
        "at": at,
    }


def _first_choice(choices: str) -> str:
    return next((str(each["code"]) for each in json.loads(choices) if not each.get("abnormal")), "")


def fill_checklists(session: Session, wanted: Sequence[Fillable], shift: Shift, crew: Sequence[Somebody], place: Place) -> None:
    """The checklists of a shift one after the other, each signed off a quarter of an hour after it was begun."""
    filled: list[tuple[Checklist, Fillable, Somebody, datetime]] = []
    for n, each in enumerate(wanted):
        begins, by = shift.starts_at + timedelta(minutes=25 + 45 * n), crew[n % len(crew)]
        if begins + CHECKING >= place.until:
            continue
        made = Checklist(
            template_id=each.template.template_id,
            checklist_version_id=each.template.version_id,
            shift_id=shift.id,
            day=shift.day,
            started_at=begins,
            started_by=by.person_id,
        )
        filled.append((made, each, by, begins))
    session.add_all([made for made, *_rest in filled])
    session.flush()
    rows = [
        _checklist_line(made.id, item, by, begins + timedelta(minutes=1), place) for made, each, by, begins in filled for item in each.items
    ]
    insert_rows(session, ChecklistLine, rows)
    for made, _each, by, begins in filled:
        made.state, made.closed_at, made.closed_by = "closed", begins + CHECKING, by.person_id
    session.flush()


def fillable(session: Session, templates: Sequence[TemplateView]) -> tuple[Fillable, ...]:
    """Templates with the items of their versions."""
    return tuple(Fillable(template, TEMPLATES.lines(session, template.version_id)) for template in templates)


def _checklist_line(checklist_id: int, item: ChecklistItem, by: Somebody, at: datetime, place: Place) -> dict[str, Any]:
    return {
        "checklist_id": checklist_id,
        "item_id": item.id,
        "result": "normal",
        "value": measured(item.name_zh, item.unit, item.decimals, place, at) if item.kind == "measure" else None,
        "choice": _first_choice(item.choices) if item.kind == "choose" else "",
        "by_id": by.person_id,
        "at": at,
    }


def walkable(session: Session, routes: Sequence[RouteView]) -> tuple[Walkable, ...]:
    """Routes with the checkpoints of their versions."""
    return tuple(Walkable(route, ROUTES.lines(session, route.version_id)) for route in routes)
