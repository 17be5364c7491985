"""Hazards: raise, assign, defer, report, rectify, send back, close; the ledger and one hazard's life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import hazards as rules
from stationdesk.domain.errors import DomainError
from stationdesk.domain.hazards import HazardState, Step
from stationdesk.domain.log import check_text
from stationdesk.domain.moments import day_of
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.services.notices import notify
from stationdesk.services.people import names
from stationdesk.services.shifts import current, open_spells
from stationdesk.services.station import every_version, items, zone
from stationdesk.storage.handover import Carried
from stationdesk.storage.hazards import Hazard, HazardStep
from stationdesk.storage.store import Actor, Store


class NoSuchHazardError(DomainError):
    """A hazard that does not exist."""

    words = N_("There is no hazard {hazard}.")


@dataclass(frozen=True)
class Source:
    """What a hazard was raised from: a reading, a round_line, a checklist_line, a log_entry."""

    kind: str = ""
    source_id: int | None = None
    time: datetime | None = None


@dataclass(frozen=True)
class HazardView:
    """A line of the ledger."""

    hazard_id: int
    number: str
    grade: str
    grade_name: Name
    place: str
    text: str
    state: HazardState
    deadline: datetime
    overdue: bool
    owner_id: int | None
    owner: str
    raised_at: datetime
    raised_by: str
    rectified_at: datetime | None
    rectified_by: str
    closed_at: datetime | None
    closed_by: str
    carried: int  # how many handovers it went through
    version: int
    source: Source


@dataclass(frozen=True)
class StepView:
    """One step of a hazard's life."""

    what: Step
    words: str
    person: str
    at: datetime
    deadline: datetime | None
    owner: str


@dataclass(frozen=True)
class HazardLife:
    """A hazard with its steps, oldest first."""

    hazard: HazardView
    steps: tuple[StepView, ...]


def grades(session: Session, at: datetime) -> tuple[rules.HazardGrade, ...]:
    """The station's grades in force."""
    return tuple(rules.grade_of(each) for each in items(session, "hazard_grades", at))


def grades_view(store: Store, at: datetime) -> tuple[rules.HazardGrade, ...]:
    """The station's grades in force, for a form."""
    with store.read() as session:
        return grades(session, at)


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
    with store.write(actor, "raise_hazard", at) as session:
        hazard = add_hazard(
            session,
            actor,
            grade=grade,
            place=place,
            text=text,
            at=at,
            owner_id=owner_id,
            source_kind=source_kind,
            source_id=source_id,
            source_time=source_time,
        )
        return hazard.id


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
    last = session.scalars(select(func.max(Hazard.number)).where(Hazard.number.startswith(f"YH-{year}-"))).first()
    return rules.next_number(year, [last] if last else [])


def assign_hazard(store: Store, actor: Actor, hazard_id: int, owner_id: int, version: int, *, at: datetime) -> None:
    """Give it an owner."""
    with store.write(actor, "assign_hazard", at) as session:
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
        return rules.after_rectifying(actor.person_id, _on_shift(session))


def send_back_hazard(store: Store, actor: Actor, hazard_id: int, words: str, version: int, *, at: datetime) -> None:
    """The second look found it not fixed."""
    with store.write(actor, "send_back_hazard", at) as session:
        hazard = _step(session, actor, hazard_id, version, Step.SENT_BACK, words, at)
        hazard.rectified_at = hazard.rectified_by = None


def close_hazard(store: Store, actor: Actor, hazard_id: int, words: str, version: int, *, at: datetime) -> None:
    """The second look found it fixed (复查、销号). SecondPersonError for the one who fixed it."""
    with store.write(actor, "close_hazard", at) as session:
        hazard = session.get(Hazard, hazard_id)
        if hazard is not None and hazard.state == HazardState.RECTIFIED:
            rules.check_second(hazard.number, hazard.rectified_by, actor.person_id, _on_shift(session))
        hazard = _step(session, actor, hazard_id, version, Step.CLOSED, words, at)
        hazard.closed_at, hazard.closed_by = at, actor.person_id


def _on_shift(session: Session) -> set[int]:
    return {spell.person_id for spell in open_spells(session)}


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
    hazard = session.get(Hazard, hazard_id)
    if hazard is None:
        raise NoSuchHazardError(hazard=hazard_id)
    hazard.expect(version)
    hazard.state = rules.step(hazard.number, hazard.state, what, words)
    _note_step(session, hazard, what, words.strip(), actor, at, deadline=deadline, owner_id=owner_id)
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


def open_hazards(session: Session, at: datetime) -> tuple[HazardView, ...]:
    """All that are not closed, by deadline."""
    query = select(Hazard).where(Hazard.state != HazardState.CLOSED).order_by(Hazard.deadline, Hazard.id)
    return _views(session, list(session.scalars(query)), at)


def hazards_view(store: Store, at: datetime, *, closed: bool = False, limit: int = 500) -> tuple[HazardView, ...]:
    """The ledger: open ones by deadline, or the closed ones, last closed first."""
    with store.read() as session:
        if not closed:
            return open_hazards(session, at)
        query = select(Hazard).where(Hazard.state == HazardState.CLOSED).order_by(Hazard.closed_at.desc()).limit(limit)
        return _views(session, list(session.scalars(query)), at)


def hazard_life(store: Store, hazard_id: int, at: datetime) -> HazardLife:
    """One hazard with its steps. NoSuchHazardError."""
    with store.read() as session:
        hazard = session.get(Hazard, hazard_id)
        if hazard is None:
            raise NoSuchHazardError(hazard=hazard_id)
        people = names(session)
        steps = session.scalars(select(HazardStep).where(HazardStep.hazard_id == hazard_id).order_by(HazardStep.id))
        views = tuple(
            StepView(Step(each.what), each.words, people.get(each.by_id, ""), each.at, each.deadline, people.get(each.owner_id or 0, ""))
            for each in steps
        )
        return HazardLife(_views(session, [hazard], at)[0], views)


def _views(session: Session, found: list[Hazard], at: datetime) -> tuple[HazardView, ...]:
    people, carried = names(session), carried_counts(session, "hazard")
    kinds = {each["code"]: Name.of(each) for version in every_version(session, "hazard_grades") for each in version}
    return tuple(_view(each, people, carried.get(each.id, 0), kinds, at) for each in found)


def carried_counts(session: Session, kind: str) -> dict[int, int]:
    """How many handovers each subject of a kind ("hazard", "open_item") went through."""
    query = select(Carried.subject_id, func.count()).where(Carried.subject_kind == kind).group_by(Carried.subject_id)
    return {subject: count for subject, count in session.execute(query)}


def _view(hazard: Hazard, people: dict[int, str], carried: int, kinds: dict[str, Name], at: datetime) -> HazardView:
    return HazardView(
        hazard_id=hazard.id,
        number=hazard.number,
        grade=hazard.grade,
        grade_name=kinds.get(hazard.grade, Name(hazard.grade, hazard.grade)),
        place=hazard.place,
        text=hazard.text,
        state=HazardState(hazard.state),
        deadline=hazard.deadline,
        overdue=rules.overdue(hazard.state, hazard.deadline, at),
        owner_id=hazard.owner_id,
        owner=people.get(hazard.owner_id or 0, ""),
        raised_at=hazard.raised_at,
        raised_by=people.get(hazard.raised_by, ""),
        rectified_at=hazard.rectified_at,
        rectified_by=people.get(hazard.rectified_by or 0, ""),
        closed_at=hazard.closed_at,
        closed_by=people.get(hazard.closed_by or 0, ""),
        carried=carried,
        version=hazard.version,
        source=Source(hazard.source_kind, hazard.source_id, hazard.source_time),
    )
