"""What the rounds say of a shift, for its handover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Result, State
from stationdesk.domain.handover import DueRound, FoundLine, RoundsFacts
from stationdesk.domain.moments import Span
from stationdesk.domain.rounds import WindowState
from stationdesk.services.lines import found_line
from stationdesk.services.rounds.routes import ROUTES
from stationdesk.services.rounds.windows import WindowView, lanes
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.rounds import Checkpoint, Round, RoundLine
from stationdesk.storage.shifts import Shift

WALKED = (WindowState.DONE, WindowState.LATE, WindowState.MADE_UP)


def facts(session: Session, shift: Shift, at: datetime) -> RoundsFacts:
    """Windows of the shift by how they stand, and the abnormal lines of the rounds walked in it."""
    found = lanes(session, [Span(shift.starts_at, shift.ends_at)], at)
    codes = {lane.route.route_id: lane.route.code for lane in found}
    windows = sorted((window for lane in found for window in lane.windows), key=lambda window: (window.opens, window.route_id))

    def those(of: Iterable[WindowView]) -> tuple[DueRound, ...]:
        return tuple(DueRound(codes[each.route_id], each.name, each.opens, each.round_id, each.late, each.route_id) for each in of)

    late = (WindowState.LATE, WindowState.MADE_UP)
    return RoundsFacts(
        windows=len(windows),
        done=sum(window.state in WALKED for window in windows),
        late=those(each for each in windows if each.state in late and not each.owes_words),
        missed=those(each for each in windows if each.state is WindowState.MISSED and not each.owes_words),
        owing=those(each for each in windows if each.owes_words),
        open=those(each for each in windows if each.state in (WindowState.DUE, WindowState.OVERDUE)),
        running=those(each for each in windows if each.state is WindowState.RUNNING) + _extra(session, shift),
        to_come=those(each for each in windows if each.state is WindowState.TO_COME),
        abnormal=abnormal_lines(session, shift),
    )


def _extra(session: Session, shift: Shift) -> tuple[DueRound, ...]:
    """Extra rounds and made-up ones of other shifts that are being walked in this one: they too want a sign-off."""
    alive = Round.closed_at.is_(None), Round.shift_id == shift.id
    outside = Round.due_from.is_(None) | (Round.due_from < shift.starts_at) | (Round.due_from >= shift.ends_at)
    rows = session.scalars(select(Round).where(*alive, outside).order_by(Round.id))
    walked = [(each, ROUTES.by_version(session, each.route_version_id)) for each in rows]
    return tuple(
        DueRound(route.code, route.name, each.due_from or each.started_at, each.id, route_id=each.route_id) for each, route in walked
    )


def abnormal_lines(session: Session, shift: Shift) -> tuple[FoundLine, ...]:
    """Abnormal lines of the rounds of a shift, those given up left out."""
    query = (
        select(RoundLine, Checkpoint, Hazard)
        .join(Round, Round.id == RoundLine.round_id)
        .join(Checkpoint, Checkpoint.id == RoundLine.checkpoint_id)
        .outerjoin(Hazard, Hazard.id == RoundLine.hazard_id)
        .where(Round.shift_id == shift.id, Round.state != State.ABORTED, RoundLine.result == Result.ABNORMAL)
        .order_by(RoundLine.id)
    )
    return tuple(
        found_line(line.round_id, line, point, hazard, line.walked_at or line.at) for line, point, hazard in session.execute(query)
    )
