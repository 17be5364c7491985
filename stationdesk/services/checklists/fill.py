"""One checklist from its start to its sign-off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.answers import Action, Answer, Item, advance, check_close
from stationdesk.domain.walks import RunningAlreadyError, ShiftClosedError, check_words
from stationdesk.services.checklists.templates import TEMPLATES
from stationdesk.services.checklists.view import asked_at, running_in
from stationdesk.services.lines import Answered, Given, answer_of, decide, item_of, put_down, raise_hazard
from stationdesk.services.shifts.view import the_open_shift
from stationdesk.storage.checklists import Checklist, ChecklistItem, ChecklistLine
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store

PAPER, LIVE = "paper", "live"


def start_checklist(store: Store, actor: Actor, template_id: int, mode: str = LIVE, shift_id: int | None = None, *, at: datetime) -> int:
    """Begin a checklist; its id. shift_id: a shift already handed over, for one entered afterwards from paper.

    RunningAlreadyError, ShiftClosedError, ListRetiredError, NoShiftOpenError.
    """
    with store.write(actor, "start_checklist", at) as session:
        shift = session.get_one(Shift, shift_id) if shift_id is not None else the_open_shift(session)
        if shift.closed_at is not None and mode != PAPER:
            raise ShiftClosedError()
        template = TEMPLATES.one(session, template_id, asked_at(shift, at))
        if template_id in running_in(session, shift):
            raise RunningAlreadyError()
        begun = Checklist(
            template_id=template_id,
            checklist_version_id=template.version_id,
            shift_id=shift.id,
            day=shift.day,
            mode=mode,
            started_at=at,
            started_by=actor.person_id,
        )
        session.add(begun)
        session.flush()
        return begun.id


def answer_item(store: Store, actor: Actor, checklist_id: int, item_id: int, given: Given, *, at: datetime) -> Answered:
    """Answer an item, change its answer, or add words or a hazard; until the list is signed off. How the answer was judged.

    ListStateError, NumberError, AnswerError and their fellows, NotAnsweredError, and the errors of a hazard.
    """
    with store.write(actor, "answer_checklist_line", at) as session:
        filled = session.get_one(Checklist, checklist_id)
        _advance(filled, Action.ANSWER)
        asked = session.get_one(ChecklistItem, item_id)
        mine = ChecklistLine.checklist_id == checklist_id, ChecklistLine.item_id == item_id
        kept = session.scalars(select(ChecklistLine).where(*mine)).first()
        answer = decide(item_of(asked), given, kept)
        if kept is None:
            kept = ChecklistLine(checklist_id=checklist_id, item_id=item_id, result=str(answer.result), by_id=actor.person_id, at=at)
            session.add(kept)
        put_down(kept, answer, None, actor.person_id, at)
        hazard = raise_hazard(session, actor, kept, asked, given.hazard, at).number if given.hazard is not None else ""
        return Answered(str(answer.result), str(answer.finding.grade), answer.owes_words, hazard)


def pause_checklist(store: Store, actor: Actor, checklist_id: int, *, at: datetime) -> None:
    """Pause: somebody is called away. AlreadyPausedError, ListStateError."""
    with store.write(actor, "pause_checklist", at) as session:
        _advance(session.get_one(Checklist, checklist_id), Action.PAUSE)


def resume_checklist(store: Store, actor: Actor, checklist_id: int, *, at: datetime) -> None:
    """Go on. NotPausedError, ListStateError."""
    with store.write(actor, "resume_checklist", at) as session:
        _advance(session.get_one(Checklist, checklist_id), Action.RESUME)


def _advance(filled: Checklist, action: Action) -> None:
    after = str(advance(filled.state, action))
    if after != filled.state:
        filled.state = after


def abort_checklist(store: Store, actor: Actor, checklist_id: int, words: str, *, at: datetime) -> None:
    """Give it up, with a reason; it is due again. AbortReasonError, ListStateError."""
    with store.write(actor, "abort_checklist", at) as session:
        filled = session.get_one(Checklist, checklist_id)
        after = advance(filled.state, Action.ABORT, words)
        filled.state, filled.words = str(after), check_words(words)
        filled.closed_at, filled.closed_by = at, actor.person_id


def close_checklist(store: Store, actor: Actor, checklist_id: int, words: str = "", *, at: datetime) -> None:
    """Sign it off: every item answered, every abnormal one in words. UnansweredError, WordsOwedError, ListStateError."""
    with store.write(actor, "close_checklist", at) as session:
        filled = session.get_one(Checklist, checklist_id)
        after = advance(filled.state, Action.CLOSE)
        check_close(*answers_of(session, filled))
        filled.state, filled.words = str(after), check_words(words)
        filled.closed_at, filled.closed_by = at, actor.person_id


def answers_of(session: Session, filled: Checklist) -> tuple[list[Item], dict[str, Answer]]:
    """What a checklist asks, and the answers by code."""
    kept = {line.item_id: line for line in session.scalars(select(ChecklistLine).where(ChecklistLine.checklist_id == filled.id))}
    items = {each.id: item_of(each) for each in TEMPLATES.lines(session, filled.checklist_version_id)}
    answers = {items[key].code: answer_of(items[key], line) for key, line in kept.items()}
    return list(items.values()), answers
