"""The station in one look: the shift as a timeline, what comes next, what is abnormal, the main points, what keeps from handing over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from stationdesk.domain.checklists import DueState
from stationdesk.domain.handover import AbnormalPoint, Obstacle
from stationdesk.domain.moments import Span
from stationdesk.domain.names import Name
from stationdesk.domain.readings import HourState
from stationdesk.domain.rounds import WindowState
from stationdesk.services import hazards, items, readings
from stationdesk.services.checklists import DueView, due_in
from stationdesk.services.handover.desk import composed
from stationdesk.services.hazards import HazardView
from stationdesk.services.items import ItemView
from stationdesk.services.readings import LastValue
from stationdesk.services.readings.explain import states
from stationdesk.services.readings.hours import Frame, frame
from stationdesk.services.readings.kept import LOOK_BACK, Kept, kept_between
from stationdesk.services.readings.owed import abnormal
from stationdesk.services.rounds.windows import LaneView, lanes
from stationdesk.services.shifts import DeskView, current, desk_view
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store

OPEN_WINDOW = (WindowState.TO_COME, WindowState.DUE, WindowState.OVERDUE, WindowState.RUNNING)


@dataclass(frozen=True)
class HourMark:
    """An hour of the shift: done, open (its window runs), missing, to_come, explained; owed: words are owed for a value of it."""

    time: datetime
    state: str
    owed: bool


@dataclass(frozen=True)
class ComingUp:
    """Something that is due: kind reading, round, checklist, relief, handover; closes: the end of its window."""

    kind: str
    name: Name
    at: datetime
    closes: datetime
    nth: int = 0
    target: object = None


@dataclass(frozen=True)
class NowView:
    """Everything the Now page and the strip say. Without an open shift only desk is filled."""

    at: datetime
    desk: DeskView
    hours: tuple[HourMark, ...] = ()
    lanes: tuple[LaneView, ...] = ()
    coming: tuple[ComingUp, ...] = ()
    abnormal: tuple[AbnormalPoint, ...] = ()
    values: tuple[LastValue, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    settled: tuple[str, ...] = ()  # codes of lines that stand 相符
    hazards: tuple[HazardView, ...] = ()
    items: tuple[ItemView, ...] = ()
    checklists_due: int = 0
    handover_at: datetime | None = None

    @property
    def next_due(self) -> ComingUp | None:
        """The first thing that waits."""
        return self.coming[0] if self.coming else None

    @property
    def counts(self) -> dict[str, int]:
        """How many things wait on each page, for the rail."""
        return {"checklists": self.checklists_due, "hazards": len(self.hazards) + len(self.items)}


def now_view(store: Store, at: datetime) -> NowView:
    """The station at this moment."""
    view = NowView(at, desk_view(store, at))
    with store.read() as session:
        shift = current(session)
        return _with_shift(session, shift, view, at) if shift else view


def _with_shift(session: Session, shift: Shift, view: NowView, at: datetime) -> NowView:
    own, span = frame(session, at), Span(shift.starts_at, shift.ends_at)
    kept = kept_between(session, span.start - LOOK_BACK, span.end)
    hours = _hours(session, own, kept, span, at)
    found = lanes(session, span, at)
    now = composed(session, at)
    due = [each for each in due_in(session, shift, at) if each.due.state in (DueState.DUE, DueState.OVERDUE)]
    coming = [*_readings(hours, own), *_rounds(found), *_checklists(due, span), *_relief(view.desk, span)]
    blocked = {each.line for each in now.obstacles}
    return replace(
        view,
        hours=hours,
        lanes=found,
        coming=tuple(sorted(coming, key=lambda each: (each.at, each.closes))),
        abnormal=tuple(sorted((each for each in now.facts.readings.abnormal if each.ongoing), key=lambda each: each.explained)),
        values=tuple(each for each in readings.values_at(session, at) if each.point.on_now),
        obstacles=now.obstacles,
        settled=tuple(line.code for line in now.lines if line.code not in blocked),
        hazards=hazards.open_hazards(session, at),
        items=items.open_items(session, at),
        checklists_due=len(due),
        handover_at=shift.ends_at,
    )


def _hours(session: Session, own: Frame, kept: Kept, span: Span, at: datetime) -> tuple[HourMark, ...]:
    points = readings.points_at(session, min(max(at, span.start), span.end))
    owing = abnormal(session, kept)
    times = {reading.time for run in owing.owed for reading in run.readings} | {reading.time for reading in owing.doubts}
    return tuple(HourMark(hour.time, str(hour.state), hour.time in times) for hour in states(session, own, kept, points, span, at))


def _readings(hours: tuple[HourMark, ...], own: Frame) -> list[ComingUp]:
    waiting = (HourState.OPEN, HourState.TO_COME, HourState.MISSING)
    return [
        ComingUp("reading", Name("", ""), each.time, own.window.closes(each.time), target=each.time)
        for each in hours
        if each.state in waiting
    ]


def _rounds(found: tuple[LaneView, ...]) -> list[ComingUp]:
    return [
        ComingUp("round", window.name, window.opens, window.closes, window.nth, ("window", window.route_id, window.opens))
        for lane in found
        for window in lane.windows
        if window.state in OPEN_WINDOW
    ]


def _checklists(due: list[DueView], span: Span) -> list[ComingUp]:
    return [ComingUp("checklist", each.template.name, span.start, span.end, target=each.id) for each in due]


def _relief(desk: DeskView, span: Span) -> list[ComingUp]:
    """The relief is expected a quarter of an hour early and walks the round with those it relieves."""
    if desk.coming is None:
        return []
    early = span.end - timedelta(minutes=15)
    return [ComingUp("relief", desk.coming.crew_name, early, span.end), ComingUp("handover", desk.coming.name, span.end, span.end)]
