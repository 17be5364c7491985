"""Due windows of a shift with their state, computed from the schedule in force and the rounds walked; never stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import State
from stationdesk.domain.moments import Span, minutes_between
from stationdesk.domain.names import Name
from stationdesk.domain.rounds import Standing, Walk, Window, WindowState, check_excuse, standing, windows
from stationdesk.domain.walks import NoWindowError
from stationdesk.services.once import once
from stationdesk.services.readings.versions import begun
from stationdesk.services.rounds.routes import ROUTES, RouteView
from stationdesk.services.shifts.view import current
from stationdesk.services.station import setting, zone
from stationdesk.storage.rounds import Round, WindowExcuse
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store
from stationdesk.values import dataclass


@dataclass(frozen=True)
class WindowView:
    """A due window of a route. late: minutes after its end at which the walk began. words: said about a late or missed one."""

    route_id: int
    name: Name
    opens: datetime
    closes: datetime
    nth: int
    state: WindowState
    late: int = 0
    round_id: int | None = None
    began: datetime | None = None
    ended: datetime | None = None
    words: str = ""
    owes_words: bool = False


@dataclass(frozen=True)
class LaneView:
    """The windows of one route, and its extra rounds in `extra`."""

    route: RouteView
    windows: tuple[WindowView, ...]


def lanes(session: Session, spans: Sequence[Span], at: datetime) -> tuple[LaneView, ...]:
    """A lane for each route with the windows that begin in the shifts given, each shift by the schedule in force at its beginning."""
    own = zone(session)
    routes: dict[int, RouteView] = {}
    found: dict[int, list[WindowView]] = {}
    for span in spans:
        for view in ROUTES.in_use(session, span.start):
            routes.setdefault(view.route_id, view)
            found.setdefault(view.route_id, []).extend(route_windows(session, view, span, at, own))
    ordered = sorted(routes.values(), key=lambda view: (view.position, view.route_id))
    return tuple(LaneView(view, tuple(found[view.route_id])) for view in ordered)


@once
def route_windows(session: Session, route: RouteView, span: Span, at: datetime, own: ZoneInfo) -> tuple[WindowView, ...]:
    """The windows of one route in a span, each with its state at a time. Those that ended before the station was set up are none."""
    since = begun(session) or span.start
    due = [each for each in windows(route.schedule, route.window_minutes, span, own) if each.end > since]
    if not due:
        return ()
    rounds = _rounds(session, route.route_id, due)
    excuses = _excuses(session, route.route_id, due)
    walks = [walk_of(each) for each in rounds]
    of = {each.id: each for each in rounds}
    grace = tolerance(session, span.start)
    return tuple(
        _view(route, standing(each, walks, at, excused=_said(each, excuses, rounds), tolerance=grace), of, excuses) for each in due
    )


def tolerance(session: Session, at: datetime) -> timedelta:
    """How long after its window a walk may begin and still be on time."""
    return timedelta(minutes=setting(session, "round_tolerance_minutes", at))


def lateness(session: Session, walked: Round) -> int:
    """Minutes after the end of its window at which the walk began; 0 on time or for an extra round."""
    began = walked.walked_from or walked.started_at
    if walked.due_from is None or walked.due_to is None or began <= walked.due_to + tolerance(session, walked.due_from):
        return 0
    return max(minutes_between(walked.due_to, began), 1)


def walk_of(each: Round) -> Walk:
    """A round as far as its window is concerned: of a paper round the times written on it."""
    return Walk(
        each.id,
        each.due_from,
        each.walked_from or each.started_at,
        each.walked_to or each.closed_at,
        each.state == State.CLOSED,
        each.state == State.ABORTED,
    )


def _rounds(session: Session, route_id: int, due: Sequence[Window]) -> list[Round]:
    inside = Round.due_from >= due[0].start, Round.due_from <= due[-1].start
    return list(session.scalars(select(Round).where(Round.route_id == route_id, *inside).order_by(Round.id)))


def _excuses(session: Session, route_id: int, due: Sequence[Window]) -> dict[datetime, str]:
    inside = WindowExcuse.due_from >= due[0].start, WindowExcuse.due_from <= due[-1].start
    found = session.scalars(select(WindowExcuse).where(WindowExcuse.route_id == route_id, *inside).order_by(WindowExcuse.id))
    return {each.due_from: each.words for each in found}


def _said(window: Window, excuses: dict[datetime, str], rounds: Sequence[Round]) -> bool:
    own = any(each.due_from == window.start and each.state == State.CLOSED and each.words for each in rounds)
    return own or window.start in excuses


def _view(route: RouteView, stands: Standing, of: dict[int, Round], excuses: dict[datetime, str]) -> WindowView:
    window, walked = stands.window, of.get(stands.round_id or 0)
    return WindowView(
        route_id=route.route_id,
        name=route.name,
        opens=window.start,
        closes=window.end,
        nth=window.nth,
        state=stands.state,
        late=stands.late,
        round_id=stands.round_id,
        began=(walked.walked_from or walked.started_at) if walked else None,
        ended=(walked.walked_to or walked.closed_at) if walked else None,
        words=excuses.get(window.start, "") or (walked.words if walked else ""),
        owes_words=stands.owes_words,
    )


def window_of(session: Session, shift: Shift, route: RouteView, due_from: datetime, at: datetime) -> WindowView:
    """One window of a shift. NoWindowError where the schedule has none at that time."""
    span = Span(shift.starts_at, shift.ends_at)
    found = (each for each in route_windows(session, route, span, at, zone(session)) if each.opens == due_from)
    window = next(found, None)
    if window is None:
        raise NoWindowError()
    return window


def explain_window(store: Store, actor: Actor, route_id: int, due_from: datetime, words: str, *, at: datetime) -> None:
    """Words about a window that was walked late or not at all. ExcuseWordsError, NoWindowError."""
    with store.write(actor, "explain_window", at) as session:
        words = check_excuse(words)
        shift = shift_of(session, due_from)
        window_of(session, shift, ROUTES.one(session, route_id, due_from), due_from, at)
        now = current(session)
        session.add(
            WindowExcuse(route_id=route_id, due_from=due_from, words=words, shift_id=now.id if now else None, by_id=actor.person_id, at=at)
        )


def shift_of(session: Session, moment: datetime) -> Shift:
    """The shift whose planned time a moment lies in. NoWindowError where the station had none."""
    inside = Shift.starts_at <= moment, Shift.ends_at > moment
    found = session.scalars(select(Shift).where(*inside).order_by(Shift.opened_at.is_(None), Shift.part.desc())).first()
    if found is None:
        raise NoWindowError()
    return found
