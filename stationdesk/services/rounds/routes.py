"""Routes and their dated versions: name, schedule, persons required and checkpoints, changed as a whole from a time on."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.rounds import Schedule, schedule_data, schedule_of
from stationdesk.domain.walks import LineText
from stationdesk.services.lists import Lists
from stationdesk.services.meanwhile import as_seen
from stationdesk.storage.rounds import Checkpoint, Round, Route, RouteVersion
from stationdesk.storage.store import Actor, Store
from stationdesk.values import dataclass


@dataclass(frozen=True)
class RouteText:
    """What a station says of a route: its checkpoints too. window_minutes: how long a due window is open."""

    name: Name
    schedule: Schedule
    lines: tuple[LineText, ...]
    window_minutes: int = 40
    people: int = 1
    position: int = 0


@dataclass(frozen=True)
class RouteView:
    """A route as in force at a time."""

    route_id: int
    code: str
    version_id: int
    name: Name
    schedule: Schedule
    window_minutes: int
    people: int
    position: int
    valid_from: datetime
    points: int
    retired_at: datetime | None


def _view(route: Route, version: RouteVersion, points: int) -> RouteView:
    return RouteView(
        route_id=route.id,
        code=route.code,
        version_id=version.id,
        name=Name(version.name_zh, version.name_en),
        schedule=schedule_of(json.loads(version.schedule)),
        window_minutes=version.window_minutes,
        people=version.people,
        position=version.position,
        valid_from=version.valid_from,
        points=points,
        retired_at=route.retired_at,
    )


BEGAN = func.coalesce(Round.walked_from, Round.started_at)
ROUTES = Lists(Route, RouteVersion, Checkpoint, RouteVersion.route_id, Checkpoint.route_version_id, BEGAN, Round.route_id, _view)


def routes_view(store: Store, at: datetime) -> tuple[RouteView, ...]:
    """The routes in use, for lists and Settings."""
    with store.read() as session:
        return ROUTES.in_use(session, at)


def route_text(store: Store, route_id: int, at: datetime) -> RouteText:
    """A route as a station sets it, to be changed into the next version."""
    with store.read() as session:
        view = ROUTES.one(session, route_id, at)
        return RouteText(view.name, view.schedule, ROUTES.texts(session, view.version_id), view.window_minutes, view.people, view.position)


def set_route_version(
    store: Store, actor: Actor, route_id: int, text: RouteText, *, at: datetime, valid_from: datetime | None = None, base: int | None = None
) -> int:
    """The route is otherwise from a time on (default: now); the id of the version. base: the version the change was made on.

    ListVersionPastError: it was walked since in another version. ChangedMeanwhileError, ListRetiredError, ListNameError and the
    errors of check_lines.
    """
    begins = valid_from or at
    with store.write(actor, "set_route_version", at) as session:
        as_seen(base, ROUTES.one(session, route_id, at).version_id, "route_version")
        ROUTES.check_change(session, route_id, text.name, begins)
        return put_version(session, actor.person_id, route_id, text, begins, at)


def add_route(store: Store, actor: Actor, code: str, text: RouteText, *, at: datetime, valid_from: datetime | None = None) -> int:
    """A new route, walked from a time on (default: now); its id. ListCodeTakenError, ListNameError."""
    with store.write(actor, "add_route", at) as session:
        return put_route(session, actor.person_id, code, text, valid_from or at, at)


def retire_route(store: Store, actor: Actor, route_id: int, *, at: datetime) -> None:
    """The route is walked no more; what was walked stays. ListRetiredError."""
    with store.write(actor, "retire_route", at) as session:
        ROUTES.retire(session, route_id, at)


def put_route(session: Session, by_id: int, code: str, text: RouteText, valid_from: datetime, at: datetime) -> int:
    """A new route inside a transaction (set-up, profile); its id. ListCodeTakenError, ListNameError."""
    route_id = ROUTES.add(session, code)
    put_version(session, by_id, route_id, text, valid_from, at)
    return route_id


def put_version(session: Session, by_id: int, route_id: int, text: RouteText, valid_from: datetime, at: datetime) -> int:
    """A version inside a transaction; its id. ListNameError and the errors of check_lines."""
    version = RouteVersion(
        route_id=route_id,
        position=text.position,
        name_zh=text.name.zh,
        name_en=text.name.en,
        schedule=json.dumps(schedule_data(text.schedule)),
        window_minutes=text.window_minutes,
        people=text.people,
        valid_from=valid_from,
        by_id=by_id,
        at=at,
    )
    return ROUTES.put(session, version, text.lines)
