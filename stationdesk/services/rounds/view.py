"""What is seen of rounds: the timeline of a shift, one round with its lines, the rounds of before, the blank form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Progress, State
from stationdesk.domain.moments import Span
from stationdesk.domain.names import Name
from stationdesk.domain.rounds import WindowState
from stationdesk.services.lines import Choices, LastAnswer, LineView, choices, counted, hazard_briefs, views
from stationdesk.services.people.view import names
from stationdesk.services.rounds.routes import ROUTES, RouteView
from stationdesk.services.rounds.windows import LaneView, lanes, lateness
from stationdesk.services.shifts.plan import planned_after
from stationdesk.services.shifts.view import ShiftView, closed_shifts, current, shift_view
from stationdesk.services.station import zone
from stationdesk.storage.rounds import Checkpoint, Round, RoundLine, RoundPause
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store
from stationdesk.storage.walks import Kept


@dataclass(frozen=True)
class RoundBrief:
    """A round in a list. late: minutes after its window; afterwards: entered when its shift was handed over already."""

    id: int
    route_id: int
    name: Name
    shift: Name
    day: datetime
    due_from: datetime | None
    state: str
    mode: str
    began: datetime
    ended: datetime | None
    walkers: tuple[str, ...]
    progress: Progress
    late: int
    afterwards: bool
    words: str


@dataclass(frozen=True)
class PauseView:
    """A pause in a round; resumed None while it lasts."""

    paused_at: datetime
    resumed_at: datetime | None
    words: str


@dataclass(frozen=True)
class RoundView:
    """One round with its lines."""

    brief: RoundBrief
    route: RouteView
    due_to: datetime | None
    started_at: datetime
    started_by: str
    second: str
    few_reason: str
    walked_from: datetime | None
    walked_to: datetime | None
    closed_at: datetime | None
    closed_by: str
    lines: tuple[LineView, ...]
    pauses: tuple[PauseView, ...]
    shift_id: int
    zone: ZoneInfo

    @property
    def alive(self) -> bool:
        """Neither signed off nor given up."""
        return self.brief.state in (State.RUNNING, State.PAUSED)


@dataclass(frozen=True)
class RoundCounts:
    """The windows of a shift by how they stand."""

    done: int = 0
    late: int = 0
    due: int = 0
    missed: int = 0
    to_come: int = 0


@dataclass(frozen=True)
class RoundsView:
    """The rounds of a shift: lanes of this shift and of the next, counts, the rounds that are being walked, the routes to choose from."""

    at: datetime
    zone: ZoneInfo
    shift: ShiftView | None
    start: datetime
    end: datetime
    next_name: Name | None
    next_crew: Name | None
    next_from: datetime | None
    lanes: tuple[LaneView, ...]
    counts: RoundCounts
    running: tuple[int, ...]
    routes: tuple[RouteView, ...]
    choices: Choices
    closed_shifts: tuple[ShiftView, ...] = ()


def rounds_view(store: Store, at: datetime, shift_id: int | None = None) -> RoundsView:
    """The rounds of the open shift, or of another one."""
    with store.read() as session:
        shift = session.get_one(Shift, shift_id) if shift_id is not None else current(session)
        start, end = (shift.starts_at, shift.ends_at) if shift else (at - timedelta(hours=4), at + timedelta(hours=4))
        follows = planned_after(session, end)
        reach = min(follows.ends_at, end + (end - start) / 4) if follows else end
        spans = [Span(start, end), *([Span(follows.starts_at, follows.ends_at)] if follows else [])]
        found = tuple(_until(lane, reach) for lane in lanes(session, spans, at))
        own = [window for lane in found for window in lane.windows if window.opens < end]
        return RoundsView(
            at=at,
            zone=zone(session),
            shift=shift_view(session, shift, names(session)) if shift else None,
            start=start,
            end=reach,
            next_name=follows.name if follows else None,
            next_crew=follows.crew.name if follows and follows.crew else None,
            next_from=end if follows else None,
            lanes=found,
            counts=_counts(window.state for window in own),
            running=running_rounds(session),
            routes=ROUTES.in_use(session, at),
            choices=choices(session, at),
            closed_shifts=closed_shifts(session, names(session)),
        )


def _until(lane: LaneView, reach: datetime) -> LaneView:
    """Of the shift that follows only what the timeline shows."""
    return LaneView(lane.route, tuple(window for window in lane.windows if window.opens < reach))


def _counts(states: Iterable[WindowState]) -> RoundCounts:
    of = list(states)
    late = sum(state in (WindowState.LATE, WindowState.MADE_UP) for state in of)
    return RoundCounts(
        done=of.count(WindowState.DONE) + late,
        late=late,
        due=sum(state in (WindowState.DUE, WindowState.OVERDUE, WindowState.RUNNING) for state in of),
        missed=of.count(WindowState.MISSED),
        to_come=of.count(WindowState.TO_COME),
    )


def running_rounds(session: Session) -> tuple[int, ...]:
    """The rounds neither signed off nor given up, the newest first."""
    return tuple(session.scalars(select(Round.id).where(Round.closed_at.is_(None)).order_by(Round.id.desc())))


def round_view(store: Store, round_id: int) -> RoundView:
    """One round with its lines, what was found the last time, and its hazards."""
    with store.read() as session:
        return view_of(session, session.get_one(Round, round_id))


def view_of(session: Session, walked: Round) -> RoundView:
    """One round, inside a transaction."""
    people = names(session)
    points = ROUTES.lines(session, walked.route_version_id)
    kept: dict[int, Kept] = {line.checkpoint_id: line for line in session.scalars(select(RoundLine).where(RoundLine.round_id == walked.id))}
    hazards = hazard_briefs(session, (line.hazard_id for line in kept.values()), people)
    lines = views(points, kept, _last(session, walked), hazards, people)
    route = ROUTES.by_version(session, walked.route_version_id)
    pauses = session.scalars(select(RoundPause).where(RoundPause.round_id == walked.id).order_by(RoundPause.id))
    return RoundView(
        brief=brief_of(session, walked, route.name, counted(len(lines), kept.values()), people),
        route=route,
        due_to=walked.due_to,
        started_at=walked.started_at,
        started_by=people.get(walked.started_by, ""),
        second=people.get(walked.second_id or 0, ""),
        few_reason=walked.few_reason,
        walked_from=walked.walked_from,
        walked_to=walked.walked_to,
        closed_at=walked.closed_at,
        closed_by=people.get(walked.closed_by or 0, ""),
        lines=lines,
        pauses=tuple(PauseView(each.paused_at, each.resumed_at, each.words) for each in pauses),
        shift_id=walked.shift_id,
        zone=zone(session),
    )


def _last(session: Session, walked: Round) -> dict[str, LastAnswer]:
    """What the round before on this route found, by code of the point."""
    before = select(Round.id).where(Round.route_id == walked.route_id, Round.state == State.CLOSED, Round.id != walked.id)
    last = session.scalars(
        before.where(Round.started_at <= walked.started_at).order_by(Round.started_at.desc(), Round.id.desc()).limit(1)
    ).first()
    if last is None:
        return {}
    rows = session.execute(
        select(Checkpoint.code, RoundLine).join(RoundLine, RoundLine.checkpoint_id == Checkpoint.id).where(RoundLine.round_id == last)
    )
    return {code: LastAnswer(line.result, line.value, line.choice, line.walked_at or line.at) for code, line in rows}


def brief_of(session: Session, walked: Round, name: Name, done: Progress, people: Mapping[int, str]) -> RoundBrief:
    who, shift = (walked.started_by, walked.second_id), session.get_one(Shift, walked.shift_id)
    return RoundBrief(
        id=walked.id,
        route_id=walked.route_id,
        name=name,
        shift=Name(shift.name_zh, shift.name_en),
        day=shift.starts_at,
        due_from=walked.due_from,
        state=walked.state,
        mode=walked.mode,
        began=walked.walked_from or walked.started_at,
        ended=walked.walked_to or walked.closed_at,
        walkers=tuple(people.get(each, "") for each in who if each is not None),
        progress=done,
        late=lateness(session, walked),
        afterwards=shift.closed_at is not None and walked.started_at > shift.closed_at,
        words=walked.words,
    )


@dataclass(frozen=True)
class RoundBlank:
    """What stands on a blank form of a route."""

    route: RouteView
    lines: tuple[LineView, ...]
    zone: ZoneInfo


def blank_round(store: Store, route_id: int, at: datetime) -> RoundBlank:
    """The blank form of a route as in force at a time. ListRetiredError, ListNotYetError."""
    with store.read() as session:
        route = ROUTES.one(session, route_id, at)
        return RoundBlank(route, views(ROUTES.lines(session, route.version_id), {}, {}, {}, {}), zone(session))
