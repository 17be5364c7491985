"""The station in one look: the shift as a timeline, what comes next, what is abnormal, the main points."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

from stationdesk.domain.checklists import DueState
from stationdesk.domain.moments import HOUR, Span
from stationdesk.domain.names import Name
from stationdesk.domain.readings import HourState
from stationdesk.domain.rounds import WindowState
from stationdesk.services.checklists.view import DueView, due_in
from stationdesk.services.hazards.ledger import HazardView, open_hazards
from stationdesk.services.items import ItemView, open_items
from stationdesk.services.readings.detail import values_at
from stationdesk.services.readings.explaining import states
from stationdesk.services.readings.hours import Frame, frame
from stationdesk.services.readings.kept import LOOK_BACK, Kept, kept_between
from stationdesk.services.readings.owed import abnormal
from stationdesk.services.readings.versions import points_at
from stationdesk.services.readings.views import LastValue
from stationdesk.services.rounds.windows import LaneView, lanes
from stationdesk.services.shifts.desk import DeskView, desk_at
from stationdesk.services.shifts.view import current
from stationdesk.services.station import ContactView, contacts_in, setting
from stationdesk.storage.journal import Head
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store
from stationdesk.values import dataclass

OPEN_WINDOW = (WindowState.TO_COME, WindowState.DUE, WindowState.OVERDUE, WindowState.RUNNING)
TREND_HOURS = 25


@dataclass(frozen=True)
class HourMark:
    """An hour of the shift: done, open (its window runs), missing, to_come, explained; owed: words are owed for a value of it."""

    time: datetime
    state: str
    owed: bool


@dataclass(frozen=True)
class ComingUp:
    """Something that is due: kind reading, round, checklist, relief, handover; closes: the end of its window; target: for its page."""

    kind: str
    name: Name
    at: datetime
    closes: datetime
    nth: int = 0
    opens: datetime | None = None  # a reading's window begins before its hour
    people: int = 1
    target: object = None


@dataclass(frozen=True)
class NowView:
    """Everything the Now page and the strip say. Without an open shift only desk, contacts, values, hazards and items are filled."""

    at: datetime
    desk: DeskView
    contacts: tuple[ContactView, ...] = ()
    hours: tuple[HourMark, ...] = ()
    lanes: tuple[LaneView, ...] = ()
    coming: tuple[ComingUp, ...] = ()
    values: tuple[LastValue, ...] = ()  # all points, the station's main ones first
    hazards: tuple[HazardView, ...] = ()
    items: tuple[ItemView, ...] = ()
    checklists_due: int = 0

    @property
    def next_due(self) -> ComingUp | None:
        """The first thing that waits."""
        return self.coming[0] if self.coming else None

    @property
    def abnormal(self) -> tuple[LastValue, ...]:
        """Points whose newest value is outside its limits or waits for words, the worst first."""
        return tuple(sorted((each for each in self.values if each.grade or each.owed), key=_worst_first))

    @property
    def hour(self) -> datetime | None:
        """The hour to be read: the one whose window runs, the last one if it was missed, else the next."""
        return next((each.at for each in self.coming if each.kind == "reading"), None)

    @property
    def counts(self) -> dict[str, int]:
        """How many things wait on each page, for the rail."""
        return {"checklists": self.checklists_due, "hazards": len(self.hazards) + len(self.items)}


def _worst_first(value: LastValue) -> tuple[bool, bool, int]:
    return value.grade != "red", not value.owed, value.point.position


_newest: WeakKeyDictionary[Store, tuple[Head, NowView]] = WeakKeyDictionary()
SAME_MOMENT = timedelta(seconds=1)


def now_view(store: Store, at: datetime) -> NowView:
    """The station at this moment. Strip, rail and page ask within one second of each other: who comes next gets the same view,
    unless something was written in between."""
    head, known = store.head(), _newest.get(store)
    if known is not None and known[0] == head and known[1].at <= at < known[1].at + SAME_MOMENT:
        return known[1]
    view = _composed(store, at)
    _newest[store] = head, view  # what is written while it is composed makes the head another one
    return view


def _composed(store: Store, at: datetime) -> NowView:
    with store.read() as session:
        view = NowView(at, desk_at(session, at), contacts_in(session))
        values = values_at(session, at, TREND_HOURS)
        main_first = tuple(sorted(values, key=lambda each: not each.point.on_now))
        view = replace(view, values=main_first, hazards=open_hazards(session, at), items=open_items(session, at))
        shift = current(session)
        return _with_shift(session, shift, view, at) if shift else view


def _with_shift(session: Session, shift: Shift, view: NowView, at: datetime) -> NowView:
    own, span = frame(session, at), Span(shift.starts_at, shift.ends_at)
    kept = kept_between(session, span.start - LOOK_BACK, span.end)
    hours = _hours(session, own, kept, span, at)
    found = tuple(lane for lane in lanes(session, [span], at) if lane.windows)
    due = [each for each in due_in(session, shift, at) if each.due.state in (DueState.DUE, DueState.OVERDUE)]
    coming = [*_readings(hours, own, at), *_rounds(found), *_checklists(due, span), *_relief(session, view.desk, span, at)]
    return replace(
        view,
        hours=hours,
        lanes=found,
        coming=tuple(sorted(coming, key=lambda each: (each.at, each.closes))),
        checklists_due=len(due),
    )


def _hours(session: Session, own: Frame, kept: Kept, span: Span, at: datetime) -> tuple[HourMark, ...]:
    moment = min(max(at, span.start), span.end)
    points, seen = points_at(session, moment), points_at(session, moment, retired_since=span.start)
    owing, there = abnormal(session, kept), {str(point.point_id) for point in seen}
    owed = (*(reading for run in owing.owed for reading in run.readings), *owing.doubts)
    times = {reading.time for reading in owed if reading.point in there}
    return tuple(HourMark(hour.time, str(hour.state), hour.time in times) for hour in states(session, own, kept, points, span, at))


def _readings(hours: tuple[HourMark, ...], own: Frame, at: datetime) -> list[ComingUp]:
    """Hours that wait; one that was missed only until the next is full: after that it is explained, not awaited."""
    waiting = [
        each
        for each in hours
        if each.state in (HourState.OPEN, HourState.TO_COME) or (each.state == HourState.MISSING and at < each.time + HOUR)
    ]
    nobody = Name("", "")
    return [
        ComingUp("reading", nobody, each.time, own.window.closes(each.time), opens=own.window.opens(each.time), target=each.time)
        for each in waiting
    ]


def _rounds(found: tuple[LaneView, ...]) -> list[ComingUp]:
    return [
        ComingUp(
            "round",
            window.name,
            window.opens,
            window.closes,
            window.nth if len(lane.windows) > 1 else 0,
            people=lane.route.people,
            target=("window", window.route_id, window.opens),
        )
        for lane in found
        for window in lane.windows
        if window.state in OPEN_WINDOW
    ]


def _checklists(due: list[DueView], span: Span) -> list[ComingUp]:
    """A checklist has no hour: it is due when the shift ends."""
    return [ComingUp("checklist", each.template.name, span.end, span.end, target=each.running) for each in due]


def _relief(session: Session, desk: DeskView, span: Span, at: datetime) -> list[ComingUp]:
    """The relief comes somewhat early and walks the round with those it relieves."""
    if desk.coming is None:
        return []
    early = timedelta(minutes=setting(session, "relief_early_minutes", at))
    arrives = [ComingUp("relief", desk.coming.crew_name, span.end - early, span.end)] if desk.awaited is None else []
    return [*arrives, ComingUp("handover", desk.coming.name, span.end, span.end)]
