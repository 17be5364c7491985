"""Swaps (调班): asked by a person, checked against the rules at once, agreed to by the other, decided by the chief; none in private."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.moments import at_wall
from stationdesk.domain.roster import Breach
from stationdesk.domain.roster.errors import (
    DecidedAlreadyError,
    DecisionWordsError,
    NotYoursError,
    RosterMissingError,
    SwapBegunError,
    SwapBusyError,
    SwapKindError,
    SwapSelfError,
)
from stationdesk.services.notices import notify
from stationdesk.services.people.view import names
from stationdesk.services.roster.judge import BreachView, Judged, judge_cells, worded
from stationdesk.services.roster.plan import gather
from stationdesk.services.shifts.publications import Rostered, forget, hand_over, published
from stationdesk.services.station import zone
from stationdesk.storage.roster import Swap
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class Asked:
    """The actor, or `person_id`, gives a duty to another; back: what is given in return, None for nothing."""

    person_id: int
    day: date
    kind: str
    other_id: int
    back: tuple[date, str] | None = None
    words: str = ""


@dataclass(frozen=True)
class SwapView:
    """A swap as it stands; found: the breaches it would bring or brings, keyed when it was asked."""

    swap_id: int
    person_id: int
    person: str
    day: date
    kind: str
    other_id: int
    other: str
    back_day: date | None
    back_kind: str
    words: str
    asked_by: str
    asked_at: datetime
    found: tuple[str, ...]
    agreed_at: datetime | None
    state: str
    decided_by: str
    decided_words: str
    closed_at: datetime | None


def ask_swap(store: Store, actor: Actor, asked: Asked, *, at: datetime) -> int:
    """Ask for a swap of one's own duty; its id. It is checked at once: `swap_breaches` says what it would break.

    RosterMissingError, SwapSelfError, SwapKindError, SwapBegunError, SwapBusyError, NotYoursError.
    """
    with store.write(actor, "ask_swap", at) as session:
        if actor.person_id not in (asked.person_id, asked.other_id):
            raise NotYoursError
        _check_ahead(session, asked, at)
        found = tuple(each.key for each in _brought(session, asked, at)[1])
        row = Swap(
            person_id=asked.person_id,
            day=asked.day,
            kind=asked.kind,
            other_id=asked.other_id,
            back_day=asked.back[0] if asked.back else None,
            back_kind=asked.back[1] if asked.back else "",
            words=asked.words.strip(),
            asked_by=actor.person_id,
            asked_at=at,
            found=json.dumps(found),
            agreed_at=at if actor.person_id == asked.other_id else None,
        )
        session.add(row)
        session.flush()
        notify(session, "swap_asked", "swap", row.id, at, person=row.person_id, other=row.other_id, day=asked.day.isoformat())
        return row.id


def swap_breaches(store: Store, asked: Asked, at: datetime) -> tuple[BreachView, ...]:
    """The breaches a swap would bring, in words, before it is asked for. The errors of ask_swap."""
    with store.read() as session:
        _check_ahead(session, asked, at)
        found, brought = _brought(session, asked, at)
        return tuple(each for each in worded(session, found) if each.breach in brought)


def _brought(session: Session, asked: Asked, at: datetime) -> tuple[Judged, tuple[Breach, ...]]:
    """The roster after the swap, and what was not broken before it."""
    roster = _roster(session, asked)
    before = judge_cells(session, roster.first, roster.last, roster.kinds, roster.cells, at)
    cells = dict(roster.cells)
    if asked.back is not None and not roster.first <= asked.back[0] <= roster.last:
        cells |= gather(session, [asked.back[0]]).cells
    _check(session, asked, cells)
    after = judge_cells(session, roster.first, roster.last, roster.kinds, cells, at)
    known = {each.key for each in before.answerable}
    return after, tuple(each for each in after.answerable if each.key not in known)


def _check_ahead(session: Session, asked: Asked, at: datetime) -> None:
    """SwapBegunError: the past is not planned otherwise by asking for it."""
    for day, kind in filter(None, ((asked.day, asked.kind), asked.back)):
        held = published(session, day)
        begins = next((each.start for each in held.kinds if each.code == kind), None) if held else None
        if begins is not None and at_wall(day, begins, zone(session)) <= at:
            raise SwapBegunError(day=day.isoformat())


def _roster(session: Session, asked: Asked) -> Rostered:
    for day in (asked.day, asked.back[0] if asked.back else asked.day):
        if published(session, day) is None:
            raise RosterMissingError(day=day.isoformat())
    found = published(session, asked.day)
    assert found is not None
    return found


def _check(session: Session, asked: Asked, cells: dict[tuple[int, date], str]) -> None:
    """Does the swap to the cells. SwapSelfError, SwapKindError, SwapBusyError."""
    called = names(session)
    if asked.person_id == asked.other_id:
        raise SwapSelfError
    if cells.get((asked.person_id, asked.day)) != asked.kind:
        raise SwapKindError(name=called.get(asked.person_id, ""), day=asked.day.isoformat())
    if asked.back is not None and cells.get((asked.other_id, asked.back[0])) != asked.back[1]:
        raise SwapKindError(name=called.get(asked.other_id, ""), day=asked.back[0].isoformat())
    if not hand_over(cells, asked.person_id, asked.other_id, (asked.day, asked.kind), asked.back):
        busy = asked.other_id if (asked.other_id, asked.day) in cells else asked.person_id
        day = asked.day if busy == asked.other_id or asked.back is None else asked.back[0]
        raise SwapBusyError(name=called.get(busy, ""), day=day.isoformat())


def agree_swap(store: Store, actor: Actor, swap_id: int, *, at: datetime) -> None:
    """The other person agrees. NotYoursError, DecidedAlreadyError."""
    with store.write(actor, "agree_swap", at) as session:
        row = _open(session, swap_id)
        if actor.person_id not in (row.person_id, row.other_id) or actor.person_id == row.asked_by:
            raise NotYoursError
        row.agreed_at = at


def withdraw_swap(store: Store, actor: Actor, swap_id: int, *, at: datetime) -> None:
    """Either of the two no longer wants it. NotYoursError, DecidedAlreadyError."""
    with store.write(actor, "withdraw_swap", at) as session:
        row = _open(session, swap_id)
        if actor.person_id not in (row.person_id, row.other_id):
            raise NotYoursError
        row.state, row.decided_by, row.closed_at = "withdrawn", actor.person_id, at


def decide_swap(store: Store, actor: Actor, swap_id: int, *, approve: bool, words: str = "", at: datetime) -> None:
    """The chief decides; approved, the desk goes by it at once. What it breaks is approved with words.

    DecidedAlreadyError, DecisionWordsError, and the errors of ask_swap where the roster has changed meanwhile.
    """
    with store.write(actor, "decide_swap", at) as session:
        row = _open(session, swap_id)
        back = (row.back_day, row.back_kind) if row.back_day else None
        found: tuple[Breach, ...] = ()
        if approve:
            found = _brought(session, Asked(row.person_id, row.day, row.kind, row.other_id, back), at)[1]
        if (found or not approve) and not words.strip():
            raise DecisionWordsError
        if approve:
            row.found = json.dumps([each.key for each in found])
        row.state, row.decided_by, row.decided_words = ("approved" if approve else "refused"), actor.person_id, words.strip()
        row.closed_at = at
        forget(session)


def _open(session: Session, swap_id: int) -> Swap:
    row = session.get_one(Swap, swap_id)
    if row.state != "asked":
        raise DecidedAlreadyError
    return row


def swaps(store: Store, first: date, last: date) -> tuple[SwapView, ...]:
    """Swaps of duties in the span, what is to be decided first."""
    with store.read() as session:
        return swaps_in(session, first, last)


def swaps_in(session: Session, first: date, last: date) -> tuple[SwapView, ...]:
    """The same inside a transaction."""
    people = names(session)
    wanted = select(Swap).where(
        ((Swap.day >= first) & (Swap.day <= last)) | ((Swap.back_day >= first) & (Swap.back_day <= last)),
    )
    return tuple(_view(row, people) for row in session.scalars(wanted.order_by(Swap.state != "asked", Swap.day, Swap.id)))


def _view(row: Swap, people: dict[int, str]) -> SwapView:
    return SwapView(
        swap_id=row.id,
        person_id=row.person_id,
        person=people.get(row.person_id, ""),
        day=row.day,
        kind=row.kind,
        other_id=row.other_id,
        other=people.get(row.other_id, ""),
        back_day=row.back_day,
        back_kind=row.back_kind,
        words=row.words,
        asked_by=people.get(row.asked_by, ""),
        asked_at=row.asked_at,
        found=tuple(json.loads(row.found)),
        agreed_at=row.agreed_at,
        state=row.state,
        decided_by=people.get(row.decided_by or 0, ""),
        decided_words=row.decided_words,
        closed_at=row.closed_at,
    )
