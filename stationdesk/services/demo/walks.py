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
from stationdesk.services.checklists.templates import TemplateView, items_of
from stationdesk.services.demo import texts
from stationdesk.services.demo.load import hour_at, noise
from stationdesk.services.demo.station import Somebody
from stationdesk.services.rounds.routes import RouteView, checkpoints
from stationdesk.storage.checklists import Checklist, ChecklistItem, ChecklistLine
from stationdesk.storage.journal import insert_rows
from stationdesk.storage.rounds import Checkpoint, Round, RoundLine, WindowExcuse
from stationdesk.storage.shifts import Shift

LATE, MISSED = 0.05, 0.004
FIXED = {"%": "62", "m": "3.2", "件": "18", "%LEL": "0", "次/min": "24", "V": "-0.98", "℃": "8"}
BY_NAME = {"储罐氮封压力": "0.05", "消防泵启动试验": "0.80", "正压式空气呼吸器": "28"}
MOMENTS = {"PG-101": "inlet", "F-101": "filter_kpa", "一级调压阀": "stage_1", "二级调压阀": "stage_2", "PG-301": "outlet"}


@dataclass(frozen=True)
class Place:
    """Where and when the demo is: its seed, zone and the moment it ends."""

    seed: int
    zone: ZoneInfo
    until: datetime


def measured(name: str, unit: str, decimals: int, place: Place, at: datetime) -> Decimal:
    """What stands on the gauge: for the pressures the station's own, else a steady value."""
    local = at.astimezone(place.zone).replace(minute=0, second=0, microsecond=0)
    for part, field in MOMENTS.items():
        if part in name:
            return Decimal(str(getattr(hour_at(place.seed, local), field)))
    steady = next((value for part, value in BY_NAME.items() if part in name), FIXED.get(unit, "1"))
    return Decimal(f"{Decimal(steady):.{decimals}f}")


def walk_route(
    session: Session, route: RouteView, shift: Shift, crew: Sequence[Somebody], place: Place, points: Sequence[Checkpoint]
) -> None:
    """All windows of a route in a shift, as far as the demo reaches."""
    for window in windows(route.schedule, route.window_minutes, Span(shift.starts_at, shift.ends_at), place.zone):
        chance = noise(place.seed, f"round {route.code} {window.start.isoformat()}")
        if window.start >= place.until:
            continue
        if chance.random() < MISSED and window.lost < place.until:
            said = chance.randrange(len(texts.LATE_ROUND) + 1)
            _miss(session, route, window, shift, crew[said % len(crew)])
            continue
        _walk(session, route, window, shift, crew, place, points, chance)


def _miss(session: Session, route: RouteView, window: Window, shift: Shift, by: Somebody) -> None:
    session.add(
        WindowExcuse(
            route_id=route.route_id, due_from=window.start, words=texts.MISSED_ROUND, shift_id=shift.id, by_id=by.person_id, at=window.lost
        )
    )


def _walk(
    session: Session,
    route: RouteView,
    window: Window,
    shift: Shift,
    crew: Sequence[Somebody],
    place: Place,
    points: Sequence[Checkpoint],
    chance: Random,
) -> None:
    late = chance.random() < LATE
    length = min(23, max(8, round(len(points) * 1.3)))
    begins = window.end + timedelta(minutes=chance.randrange(3, 14)) if late else window.start + timedelta(minutes=chance.randrange(2, 9))
    ends = begins + timedelta(minutes=length)
    typed = ends + timedelta(minutes=2)
    if typed >= place.until:
        return
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
        few_reason="" if two or route.people == 1 else "一人在岗监盘，单人巡查，随身对讲机。",
        words=texts.LATE_ROUND[chance.randrange(len(texts.LATE_ROUND))] if late else "",
    )
    session.add(made)
    session.flush()
    step = timedelta(minutes=length) / max(len(points), 1)
    insert_rows(
        session,
        RoundLine,
        [_round_line(made.id, point, begins + step * n, walker, typed, place) for n, point in enumerate(points)],
    )
    made.state, made.closed_at, made.closed_by = "closed", typed, walker.person_id
    session.flush()


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


def fill_checklist(session: Session, template: TemplateView, shift: Shift, by: Somebody, at: datetime, place: Place) -> None:
    """One checklist of a shift, begun at a time and signed off a quarter of an hour later."""
    closes = at + timedelta(minutes=14)
    if closes >= place.until:
        return
    filled = Checklist(
        template_id=template.template_id,
        checklist_version_id=template.version_id,
        shift_id=shift.id,
        day=shift.day,
        started_at=at,
        started_by=by.person_id,
    )
    session.add(filled)
    session.flush()
    items = items_of(session, template.version_id)
    insert_rows(session, ChecklistLine, [_checklist_line(filled.id, item, by, at + timedelta(minutes=1), place) for item in items])
    filled.state, filled.closed_at, filled.closed_by = "closed", closes, by.person_id
    session.flush()


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


def points_of(session: Session, routes: Sequence[RouteView]) -> dict[int, tuple[Checkpoint, ...]]:
    """The checkpoints of each route version."""
    return {route.version_id: checkpoints(session, route.version_id) for route in routes}
