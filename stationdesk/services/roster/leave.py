"""Leave: asked for by whoever wants it, recorded by a leader when somebody falls ill, decided by the chief."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.permissions import CHIEFS
from stationdesk.domain.roster import LEAVE_NAMES, days_of
from stationdesk.domain.roster.errors import (
    DecidedAlreadyError,
    DecisionWordsError,
    LeaveKindError,
    LeaveLongError,
    LeaveOrderError,
    LeaveReasonError,
    NotYoursError,
)
from stationdesk.services.notices import notify
from stationdesk.services.people.view import names, roles_of
from stationdesk.services.roster.plan import gather
from stationdesk.services.shifts.publications import forget
from stationdesk.storage.roster import Leave
from stationdesk.storage.store import Actor, Store

LONGEST = 366
"""Days; longer leave is asked for again."""


@dataclass(frozen=True)
class LeaveView:
    """A request for leave, and the published duties it falls on."""

    leave_id: int
    person_id: int
    person: str
    first: date
    last: date
    kind: str
    words: str
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    state: str
    decided_by: str
    decided_at: datetime | None
    decided_words: str
    duties: tuple[tuple[date, str], ...]


def ask_leave(store: Store, actor: Actor, first: date, last: date, kind: str, words: str = "", *, at: datetime) -> int:
    """The actor asks for leave; its id. LeaveOrderError, LeaveLongError, LeaveKindError."""
    with store.write(actor, "ask_leave", at) as session:
        return _put(session, actor, actor.person_id, first, last, kind, words, at).id


def record_leave(store: Store, actor: Actor, person_id: int, first: date, last: date, kind: str, words: str, *, at: datetime) -> int:
    """Somebody fell ill, or told a leader: recorded at once; a chief's own record is decided with it. Its id.

    LeaveOrderError, LeaveLongError, LeaveReasonError.
    """
    with store.write(actor, "record_leave", at) as session:
        if not words.strip():
            raise LeaveReasonError
        row = _put(session, actor, person_id, first, last, kind, words, at)
        if not CHIEFS.isdisjoint(roles_of(session, actor.person_id, at)):
            _decide(session, row, actor, "approved", "", at)
        return row.id


def _put(session: Session, actor: Actor, person_id: int, first: date, last: date, kind: str, words: str, at: datetime) -> Leave:
    if last < first:
        raise LeaveOrderError
    if (last - first).days >= LONGEST:
        raise LeaveLongError(most=LONGEST)
    if kind not in LEAVE_NAMES:
        raise LeaveKindError(choices=", ".join(LEAVE_NAMES))
    row = Leave(person_id=person_id, first=first, last=last, kind=kind, words=words.strip(), asked_by=actor.person_id, asked_at=at)
    session.add(row)
    session.flush()
    notify(session, "leave_asked", "leave", row.id, at, person=person_id, first=first.isoformat(), last=last.isoformat())
    return row


def withdraw_leave(store: Store, actor: Actor, leave_id: int, *, at: datetime) -> None:
    """Who asked no longer wants it. NotYoursError, DecidedAlreadyError."""
    with store.write(actor, "withdraw_leave", at) as session:
        row = session.get_one(Leave, leave_id)
        if actor.person_id not in (row.person_id, row.asked_by):
            raise NotYoursError
        _decide(session, row, actor, "withdrawn", "", at)


def decide_leave(store: Store, actor: Actor, leave_id: int, *, approve: bool, words: str = "", at: datetime) -> None:
    """The chief approves or refuses. DecidedAlreadyError, DecisionWordsError for a refusal without words."""
    with store.write(actor, "decide_leave", at) as session:
        if not approve and not words.strip():
            raise DecisionWordsError
        _decide(session, session.get_one(Leave, leave_id), actor, "approved" if approve else "refused", words, at)


def _decide(session: Session, row: Leave, actor: Actor, state: str, words: str, at: datetime) -> None:
    if row.state != "asked":
        raise DecidedAlreadyError
    row.state, row.decided_by, row.decided_at, row.decided_words = state, actor.person_id, at, words.strip()
    forget(session)


def leaves(store: Store, first: date, last: date) -> tuple[LeaveView, ...]:
    """Leave that has a day of the span, what is to be decided first."""
    with store.read() as session:
        people = names(session)
        wanted = select(Leave).where(Leave.first <= last, Leave.last >= first).order_by(Leave.state != "asked", Leave.first, Leave.id)
        return tuple(_view(session, row, people) for row in session.scalars(wanted))


def _view(session: Session, row: Leave, people: dict[int, str]) -> LeaveView:
    cells = gather(session, days_of(row.first, row.last)).cells
    return LeaveView(
        leave_id=row.id,
        person_id=row.person_id,
        person=people.get(row.person_id, ""),
        first=row.first,
        last=row.last,
        kind=row.kind,
        words=row.words,
        asked_by_id=row.asked_by,
        asked_by=people.get(row.asked_by, ""),
        asked_at=row.asked_at,
        state=row.state,
        decided_by=people.get(row.decided_by or 0, ""),
        decided_at=row.decided_at,
        decided_words=row.decided_words,
        duties=tuple((day, code) for (person, day), code in sorted(cells.items()) if person == row.person_id),
    )
