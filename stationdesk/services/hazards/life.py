"""A hazard's life: raised, given an owner, deferred, reported, fixed, looked at by another, closed or sent back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import hazards as rules
from stationdesk.domain.hazards import HazardState, Step
from stationdesk.domain.log import check_text
from stationdesk.domain.moments import day_of
from stationdesk.services.hazards.ledger import check_owner, grades, hazard_row, on_shift
from stationdesk.services.notices import notify
from stationdesk.services.shifts.view import current
from stationdesk.services.station import zone
from stationdesk.storage.hazards import Hazard, HazardStep
from stationdesk.storage.store import Actor, Store


def raise_hazard(
    store: Store,
    actor: Actor,
    grade: str,
    place: str,
    text: str,
    *,
    at: datetime,
    owner_id: int | None = None,
    source_kind: str = "",
    source_id: int | None = None,
    source_time: datetime | None = None,
) -> int:
    """Raise a hazard; its id. GradeUnknownError, PlaceMissingError, EmptyTextError."""
    source: dict[str, Any] = {"source_kind": source_kind, "source_id": source_id, "source_time": source_time}
    with store.write(actor, "raise_hazard", at) as session:
        return add_hazard(session, actor, grade=grade, place=place, text=text, at=at, owner_id=owner_id, **source).id


def add_hazard(
    session: Session,
    actor: Actor,
    *,
    grade: str,
    place: str,
    text: str,
    at: datetime,
    owner_id: int | None = None,
    source_kind: str = "",
    source_id: int | None = None,
    source_time: datetime | None = None,
) -> Hazard:
    """Raise a hazard inside another transaction; a grade that must be reported leaves a notice for the chief."""
    found = rules.check_hazard(grade, place, text, grades(session, at))
    check_owner(session, owner_id)
    shift, where = current(session), zone(session)
    until = rules.deadline(found, at, shift.ends_at if shift else at, where)
    hazard = Hazard(
        number=_next_number(session, day_of(at, where).year),
        grade=grade,
        place=rules.check_place(place),
        text=check_text(text),
        deadline=until,
        owner_id=owner_id,
        shift_id=shift.id if shift else None,
        source_kind=source_kind,
        source_id=source_id,
        source_time=source_time,
        raised_at=at,
        raised_by=actor.person_id,
    )
    session.add(hazard)
    session.flush()
    _note_step(session, hazard, Step.RAISED, "", actor, at)
    if rules.report_due(found, at) is not None:
        notify(session, "hazard_to_report", "hazard", hazard.id, at, number=hazard.number, place=hazard.place)
    return hazard


def _next_number(session: Session, year: int) -> str:
    longest = func.length(Hazard.number).desc(), Hazard.number.desc()
    last = session.scalars(select(Hazard.number).where(Hazard.number.startswith(f"YH-{year}-")).order_by(*longest).limit(1)).first()
    return rules.next_number(year, [last] if last else [])


def assign_hazard(store: Store, actor: Actor, hazard_id: int, owner_id: int, version: int, *, at: datetime) -> None:
    """Give it an owner. OwnerUnknownError."""
    with store.write(actor, "assign_hazard", at) as session:
        check_owner(session, owner_id)
        hazard = _step(session, actor, hazard_id, version, Step.ASSIGNED, "", at, owner_id=owner_id)
        hazard.owner_id = owner_id


def defer_hazard(store: Store, actor: Actor, hazard_id: int, deadline: datetime, words: str, version: int, *, at: datetime) -> None:
    """Set another deadline, with its reason."""
    with store.write(actor, "defer_hazard", at) as session:
        rules.check_deadline(deadline, at)
        hazard = _step(session, actor, hazard_id, version, Step.DEFERRED, words, at, deadline=deadline)
        hazard.deadline = deadline


def report_hazard(store: Store, actor: Actor, hazard_id: int, words: str, version: int, *, at: datetime) -> None:
    """Put on record to whom it was reported and how."""
    with store.write(actor, "report_hazard", at) as session:
        _step(session, actor, hazard_id, version, Step.REPORTED, words, at)


def rectify_hazard(store: Store, actor: Actor, hazard_id: int, words: str, version: int, *, at: datetime) -> str:
    """It is fixed. The answer: "verify_now" where another on the shift can look at it, else "verify_next" (已整改待复查)."""
    with store.write(actor, "rectify_hazard", at) as session:
        hazard = _step(session, actor, hazard_id, version, Step.RECTIFIED, words, at)
        hazard.rectified_at, hazard.rectified_by = at, actor.person_id
        return rules.after_rectifying(actor.person_id, on_shift(session))


def send_back_hazard(store: Store, actor: Actor, hazard_id: int, words: str, version: int, *, at: datetime) -> None:
    """The second look found it not fixed."""
    with store.write(actor, "send_back_hazard", at) as session:
        hazard = _step(session, actor, hazard_id, version, Step.SENT_BACK, words, at)
        hazard.rectified_at = hazard.rectified_by = None


def close_hazard(store: Store, actor: Actor, hazard_id: int, words: str, version: int, *, at: datetime) -> None:
    """The second look found it fixed (复查、销号). SecondPersonError for the one who fixed it."""
    with store.write(actor, "close_hazard", at) as session:
        hazard = hazard_row(session, hazard_id)
        if hazard.state == HazardState.RECTIFIED:
            rules.check_second(hazard.number, hazard.rectified_by, actor.person_id, on_shift(session))
        hazard = _step(session, actor, hazard_id, version, Step.CLOSED, words, at)
        hazard.closed_at, hazard.closed_by = at, actor.person_id


def _step(
    session: Session,
    actor: Actor,
    hazard_id: int,
    version: int,
    what: Step,
    words: str,
    at: datetime,
    *,
    deadline: datetime | None = None,
    owner_id: int | None = None,
) -> Hazard:
    hazard = hazard_row(session, hazard_id)
    hazard.expect(version)
    hazard.state = rules.step(hazard.number, hazard.state, what, words)
    _note_step(session, hazard, what, check_text(words) if words.strip() else "", actor, at, deadline=deadline, owner_id=owner_id)
    return hazard


def _note_step(
    session: Session,
    hazard: Hazard,
    what: Step,
    words: str,
    actor: Actor,
    at: datetime,
    *,
    deadline: datetime | None = None,
    owner_id: int | None = None,
) -> None:
    session.add(HazardStep(hazard_id=hazard.id, what=what, words=words, deadline=deadline, owner_id=owner_id, by_id=actor.person_id, at=at))
