"""The rounds of before: lists of them, and all of a shift or day with their lines, for the sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.services.lines import counted
from stationdesk.services.people.view import names
from stationdesk.services.rounds.routes import ROUTES, RouteView
from stationdesk.services.rounds.view import RoundBrief, RoundView, brief_of, view_of
from stationdesk.storage.rounds import Round, RoundLine
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store

HISTORY = 200


def rounds_between(
    session: Session, start: datetime, end: datetime, route_id: int | None = None, limit: int = HISTORY
) -> tuple[RoundBrief, ...]:
    """Rounds walked in a span of time, the newest first."""
    began = Round.started_at
    query = select(Round).where(began >= start, began < end).order_by(began.desc(), Round.id.desc()).limit(limit)
    return _briefs(session, list(session.scalars(query if route_id is None else query.where(Round.route_id == route_id))))


def history(store: Store, route_id: int | None = None, before: int | None = None, limit: int = HISTORY) -> tuple[RoundBrief, ...]:
    """The rounds, the one walked last first; before: the id of the last one seen, for the next page."""
    began = func.coalesce(Round.walked_from, Round.started_at)
    with store.read() as session:
        query = select(Round).order_by(began.desc(), Round.id.desc()).limit(limit)
        if route_id is not None:
            query = query.where(Round.route_id == route_id)
        if before is not None:
            seen = select(began).where(Round.id == before).scalar_subquery()
            query = query.where((began < seen) | ((began == seen) & (Round.id < before)))
        return _briefs(session, list(session.scalars(query)))


def _briefs(session: Session, rounds: list[Round]) -> tuple[RoundBrief, ...]:
    people = names(session)
    routes = {key: ROUTES.by_version(session, key) for key in {each.route_version_id for each in rounds}}
    lines: dict[int, list[RoundLine]] = {each.id: [] for each in rounds}
    for line in session.scalars(select(RoundLine).where(RoundLine.round_id.in_(lines))):
        lines[line.round_id].append(line)
    return tuple(_brief(session, each, routes[each.route_version_id], lines[each.id], people) for each in rounds)


def _brief(session: Session, each: Round, route: RouteView, lines: list[RoundLine], people: Mapping[int, str]) -> RoundBrief:
    return brief_of(session, each, route.name, counted(route.points, lines), people)


def rounds_of_shift(store: Store, shift_id: int) -> tuple[RoundView, ...]:
    """The rounds of a shift with their lines, in the order they were walked."""
    with store.read() as session:
        began = Round.walked_from, Round.id
        rounds = session.scalars(select(Round).where(Round.shift_id == shift_id).order_by(*began))
        return tuple(view_of(session, each) for each in rounds)


def shifts_of_day(store: Store, day: date) -> tuple[int, ...]:
    """The shifts that begin on a day, in their order; a shift nobody has opened yet is none."""
    with store.read() as session:
        opened = Shift.day == day, Shift.opened_at.is_not(None)
        return tuple(session.scalars(select(Shift.id).where(*opened).order_by(Shift.starts_at, Shift.part)))


def last_shift(store: Store) -> int | None:
    """The shift opened last."""
    with store.read() as session:
        return session.scalars(
            select(Shift.id).where(Shift.opened_at.is_not(None)).order_by(Shift.starts_at.desc(), Shift.part.desc())
        ).first()
