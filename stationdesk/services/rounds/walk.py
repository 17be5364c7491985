"""One round from its start to its sign-off: answers, pauses, the second person, the times on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Action, Answer, Item, State, advance, check_close
from stationdesk.domain.moments import latest_since, parse_clock
from stationdesk.domain.rounds import WindowState, check_excuse, check_people, check_walked
from stationdesk.domain.walks import (
    AloneError,
    ShiftClosedError,
    WalkedLineError,
    WalkedMissingError,
    WindowTakenError,
    check_words,
)
from stationdesk.services.lines import Answered, Given, answer_of, decide, item_of, put_down, raise_hazard
from stationdesk.services.rounds.routes import ROUTES, RouteView
from stationdesk.services.rounds.windows import WindowView, lateness, window_of
from stationdesk.services.shifts.view import the_open_shift
from stationdesk.services.station import zone
from stationdesk.storage.rounds import Checkpoint, Round, RoundLine, RoundPause
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store

PAPER, LIVE = "paper", "live"
FREE = (WindowState.DUE, WindowState.OVERDUE, WindowState.MISSED)


@dataclass(frozen=True)
class RoundStart:
    """How a round begins. due_from: start of its window, None for an extra round. walked_from, walked_to: as written on the paper.

    shift_id: a shift already handed over, for a round entered afterwards from paper; None for the open one.
    """

    mode: str
    due_from: datetime | None = None
    walked_from: datetime | None = None
    walked_to: datetime | None = None
    second_id: int | None = None
    few_reason: str = ""
    shift_id: int | None = None


def start_round(store: Store, actor: Actor, route_id: int, start: RoundStart, *, at: datetime) -> int:
    """Begin a round; its id. Nothing holds it up but what cannot be: FewPeopleError asks a reason, and a window is walked once.

    WindowTakenError, NoWindowError, AloneError, WalkedMissingError, WalkedOrderError, ShiftClosedError, ListRetiredError.
    """
    with store.write(actor, "start_round", at) as session:
        shift = _shift(session, start)
        _check_times(start, at)
        if start.second_id == actor.person_id:
            raise AloneError()
        route = ROUTES.one(session, route_id, start.walked_from or at)
        if start.due_from is not None:
            _check_window(session, shift, route, start.due_from, at)
        reason = check_people(route.people, 1 if start.second_id is None else 2, check_words(start.few_reason))
        begun = _begin(session, actor, shift, route, start, reason, at)
        session.flush()
        return begun.id


def _shift(session: Session, start: RoundStart) -> Shift:
    if start.shift_id is None:
        return the_open_shift(session)
    shift = session.get_one(Shift, start.shift_id)
    if shift.closed_at is not None and start.mode != PAPER:
        raise ShiftClosedError()
    return shift


def _check_times(start: RoundStart, at: datetime) -> None:
    if start.mode != PAPER:
        return
    if start.walked_from is None or start.walked_to is None:
        raise WalkedMissingError()
    check_walked(start.walked_from, start.walked_to, at)


def _check_window(session: Session, shift: Shift, route: RouteView, due_from: datetime, at: datetime) -> WindowView:
    window = window_of(session, shift, route, due_from, at)
    if window.state not in (*FREE, WindowState.TO_COME):
        raise WindowTakenError()
    return window


def _begin(session: Session, actor: Actor, shift: Shift, route: RouteView, start: RoundStart, reason: str, at: datetime) -> Round:
    window = _check_window(session, shift, route, start.due_from, at) if start.due_from is not None else None
    nth = session.scalars(select(func.count()).where(Round.shift_id == shift.id, Round.state != State.ABORTED)).one()
    begun = Round(
        route_id=route.route_id,
        route_version_id=route.version_id,
        shift_id=shift.id,
        due_from=start.due_from,
        due_to=window.closes if window else None,
        nth=nth + 1,
        mode=start.mode,
        started_at=at,
        started_by=actor.person_id,
        walked_from=start.walked_from if start.mode == PAPER else at,
        walked_to=start.walked_to if start.mode == PAPER else None,
        second_id=start.second_id,
        few_reason=reason,
    )
    session.add(begun)
    return begun


def answer_line(store: Store, actor: Actor, round_id: int, checkpoint_id: int, given: Given, *, at: datetime) -> Answered:
    """Answer a line, change its answer, or add words, time or a hazard; until the round is signed off. How the answer was judged.

    ListStateError, NumberError, AnswerError and their fellows, NotAnsweredError, ClockError, WalkedLineError, and the errors of a hazard.
    """
    with store.write(actor, "answer_round_line", at) as session:
        walked = session.get_one(Round, round_id)
        _advance(session, walked, Action.ANSWER, at)
        point = session.get_one(Checkpoint, checkpoint_id)
        kept = _line(session, round_id, checkpoint_id)
        answer = decide(item_of(point), given, kept)
        time = _walked_at(session, walked, given, kept, at)
        if kept is None:
            kept = RoundLine(round_id=round_id, checkpoint_id=checkpoint_id, result=str(answer.result), by_id=actor.person_id, at=at)
            session.add(kept)
        put_down(kept, answer, time, actor.person_id, at)
        hazard = raise_hazard(session, actor, kept, point, given.hazard, at).number if given.hazard is not None else ""
        return Answered(str(answer.result), str(answer.finding.grade), answer.owes_words, hazard)


def _line(session: Session, round_id: int, checkpoint_id: int) -> RoundLine | None:
    return session.scalars(select(RoundLine).where(RoundLine.round_id == round_id, RoundLine.checkpoint_id == checkpoint_id)).first()


def _walked_at(session: Session, walked: Round, given: Given, kept: RoundLine | None, at: datetime) -> datetime | None:
    """When the point was walked: of a paper round only what is written there, live the first answer's time."""
    if given.walked is None or not given.walked.strip():
        return at if walked.mode == LIVE and kept is None else None
    began = (walked.walked_from or walked.started_at) - timedelta(hours=1)  # somebody may begin it here a little after the walk
    time = latest_since(parse_clock(given.walked), began, walked.walked_to or at, zone(session))
    if time > at or (walked.walked_to is not None and time > walked.walked_to):
        raise WalkedLineError()
    return time


def pause_round(store: Store, actor: Actor, round_id: int, words: str = "", *, at: datetime) -> None:
    """Pause: somebody is called away. AlreadyPausedError, ListStateError."""
    with store.write(actor, "pause_round", at) as session:
        walked = session.get_one(Round, round_id)
        walked.state = str(advance(walked.state, Action.PAUSE))
        session.add(RoundPause(round_id=round_id, paused_at=at, words=check_words(words)))


def resume_round(store: Store, actor: Actor, round_id: int, *, at: datetime) -> None:
    """Go on. NotPausedError, ListStateError."""
    with store.write(actor, "resume_round", at) as session:
        _advance(session, session.get_one(Round, round_id), Action.RESUME, at)


def _advance(session: Session, walked: Round, action: Action, at: datetime) -> None:
    """The state after an action that goes on; a pause ends with it."""
    was = walked.state
    after = str(advance(was, action))
    if after != was:
        walked.state = after
    if was == State.PAUSED:
        _end_pauses(session, walked.id, at)


def _end_pauses(session: Session, round_id: int, at: datetime) -> None:
    for pause in session.scalars(select(RoundPause).where(RoundPause.round_id == round_id, RoundPause.resumed_at.is_(None))):
        pause.resumed_at = at


def abort_round(store: Store, actor: Actor, round_id: int, words: str, *, at: datetime) -> None:
    """Give it up, with a reason; its window is to be walked again. AbortReasonError, ListStateError."""
    with store.write(actor, "abort_round", at) as session:
        walked = session.get_one(Round, round_id)
        after = advance(walked.state, Action.ABORT, words)
        _end_pauses(session, round_id, at)
        session.flush()
        walked.state, walked.words = str(after), check_words(words)
        walked.closed_at, walked.closed_by = at, actor.person_id


def close_round(store: Store, actor: Actor, round_id: int, words: str = "", *, at: datetime) -> None:
    """Sign the round off: every line answered, every abnormal one in words; a late one says why.

    UnansweredError, WordsOwedError, ExcuseWordsError, ListStateError.
    """
    with store.write(actor, "close_round", at) as session:
        walked = session.get_one(Round, round_id)
        after = advance(walked.state, Action.CLOSE)
        check_close(*answers_of(session, walked))
        late = lateness(session, walked) > 0
        said = check_excuse(words) if late else check_words(words)
        _end_pauses(session, round_id, at)
        session.flush()
        if walked.walked_to is None:
            walked.walked_to = _last_answer(session, round_id) or at
        walked.state, walked.words = str(after), said
        walked.closed_at, walked.closed_by = at, actor.person_id


def answers_of(session: Session, walked: Round) -> tuple[list[Item], dict[str, Answer]]:
    """What is asked in a round, and the answers by code."""
    kept = {line.checkpoint_id: line for line in session.scalars(select(RoundLine).where(RoundLine.round_id == walked.id))}
    points = ROUTES.lines(session, walked.route_version_id)
    items = {point.id: item_of(point) for point in points}
    answers = {items[key].code: answer_of(items[key], line) for key, line in kept.items()}
    return list(items.values()), answers


def _last_answer(session: Session, round_id: int) -> datetime | None:
    return session.scalars(select(func.max(RoundLine.at)).where(RoundLine.round_id == round_id)).one()
