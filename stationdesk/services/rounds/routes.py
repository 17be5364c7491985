"""Routes and their dated versions: name, schedule, persons required and checkpoints, changed as a whole from a time on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.rounds import Schedule, schedule_data, schedule_of
from stationdesk.domain.walks import (
    LineText,
    ListCodeTakenError,
    ListNameError,
    ListNotYetError,
    ListRetiredError,
    ListVersionPastError,
    check_lines,
)
from stationdesk.services.lines import line_text, line_values
from stationdesk.services.once import once
from stationdesk.storage.recall import recall
from stationdesk.storage.rounds import Checkpoint, Round, Route, RouteVersion
from stationdesk.storage.store import Actor, Store


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


@once
def routes_at(session: Session, at: datetime) -> tuple[RouteView, ...]:
    """The routes in use at a time, in the station's order."""
    views = [view for view in _in_force(session, at).values() if view.retired_at is None or view.retired_at > at]
    return tuple(sorted(views, key=lambda view: (view.position, view.route_id)))


def _in_force(session: Session, at: datetime) -> dict[int, RouteView]:
    return {view.route_id: view for view in _versions(session).values() if view.valid_from <= at}


def _versions(session: Session) -> dict[int, RouteView]:
    """Every version there is by its id, the oldest first: they are few, and every view of a round asks for one."""
    return recall(session, "route_versions", ("route", "route_version", "checkpoint"), lambda: _read_versions(session))


def _read_versions(session: Session) -> dict[int, RouteView]:
    versions = session.scalars(select(RouteVersion).order_by(RouteVersion.valid_from, RouteVersion.id))
    routes = {route.id: route for route in session.scalars(select(Route))}
    counted = select(Checkpoint.route_version_id, func.count()).group_by(Checkpoint.route_version_id)
    points: dict[int, int] = {row[0]: row[1] for row in session.execute(counted)}
    return {each.id: _view(routes[each.route_id], each, points.get(each.id, 0)) for each in versions}


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


def route_at(session: Session, route_id: int, at: datetime) -> RouteView:
    """A route in force at a time. ListRetiredError, ListNotYetError."""
    view = _in_force(session, at).get(route_id)
    if view is None:
        raise ListNotYetError(name=session.get_one(Route, route_id).code)
    if view.retired_at is not None and view.retired_at <= at:
        raise ListRetiredError(name=view.name)
    return view


def version_view(session: Session, version_id: int) -> RouteView:
    """A version whatever the time: the one a round was walked by."""
    return _versions(session)[version_id]


def checkpoints(session: Session, version_id: int) -> tuple[Checkpoint, ...]:
    """The points of a version in their order; records, for use inside the transaction."""
    order = Checkpoint.position, Checkpoint.id
    return tuple(session.scalars(select(Checkpoint).where(Checkpoint.route_version_id == version_id).order_by(*order)))


def routes_view(store: Store, at: datetime) -> tuple[RouteView, ...]:
    """The routes in use, for lists and Settings."""
    with store.read() as session:
        return routes_at(session, at)


def route_text(store: Store, route_id: int, at: datetime) -> RouteText:
    """A route as a station sets it, to be changed into the next version."""
    with store.read() as session:
        view = route_at(session, route_id, at)
        lines = tuple(line_text(each) for each in checkpoints(session, view.version_id))
        return RouteText(view.name, view.schedule, lines, view.window_minutes, view.people, view.position)


def set_route_version(
    store: Store, actor: Actor, route_id: int, text: RouteText, *, at: datetime, valid_from: datetime | None = None
) -> int:
    """The route is otherwise from a time on (default: now); the id of the version.

    ListVersionPastError: it was walked since in another version. ListRetiredError, ListNameError and the errors of check_lines.
    """
    begins = valid_from or at
    with store.write(actor, "set_route_version", at) as session:
        route = session.get_one(Route, route_id)
        if route.retired_at is not None:
            raise ListRetiredError(name=text.name)
        refuse_past(session, route_id, text.name, begins)
        return put_version(session, actor.person_id, route_id, text, begins, at)


def add_route(store: Store, actor: Actor, code: str, text: RouteText, *, at: datetime, valid_from: datetime | None = None) -> int:
    """A new route, walked from a time on (default: now); its id. ListCodeTakenError, ListNameError."""
    with store.write(actor, "add_route", at) as session:
        return put_route(session, actor.person_id, code, text, valid_from or at, at)


def retire_route(store: Store, actor: Actor, route_id: int, *, at: datetime) -> None:
    """The route is walked no more; what was walked stays. ListRetiredError."""
    with store.write(actor, "retire_route", at) as session:
        route = session.get_one(Route, route_id)
        if route.retired_at is not None:
            raise ListRetiredError(name=route.code)
        route.retired_at = at


def put_route(session: Session, by_id: int, code: str, text: RouteText, valid_from: datetime, at: datetime) -> int:
    """A new route inside a transaction (set-up, profile); its id. ListCodeTakenError, ListNameError."""
    code = code.strip()
    if not code:
        raise ListNameError()
    if session.scalars(select(Route.id).where(Route.code == code)).first() is not None:
        raise ListCodeTakenError(code=code)
    route = Route(code=code)
    session.add(route)
    session.flush()
    put_version(session, by_id, route.id, text, valid_from, at)
    return route.id


def put_version(session: Session, by_id: int, route_id: int, text: RouteText, valid_from: datetime, at: datetime) -> int:
    """A version inside a transaction; its id. ListNameError and the errors of check_lines."""
    if not text.name.zh.strip():
        raise ListNameError()
    check_lines(text.lines)
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
    session.add(version)
    session.flush()
    _add_points(session, version.id, text.lines)
    return version.id


def _add_points(session: Session, version_id: int, lines: Sequence[LineText]) -> None:
    for n, line in enumerate(lines, 1):
        session.add(Checkpoint(route_version_id=version_id, **line_values(n, line)))  # type: ignore[arg-type]


def refuse_past(session: Session, route_id: int, name: Name, begins: datetime) -> None:
    """A version dated before rounds that were walked, or before a version that is there already, is refused."""
    walked = func.max(func.coalesce(Round.walked_from, Round.started_at))
    last: datetime | None = session.scalars(select(walked).where(Round.route_id == route_id)).one()
    newest: datetime | None = session.scalars(select(func.max(RouteVersion.valid_from)).where(RouteVersion.route_id == route_id)).one()
    if last is not None and begins <= last:
        raise ListVersionPastError(name=name, time=last)
    if newest is not None and begins < newest:
        raise ListVersionPastError(name=name, time=newest)
