"""The ledger of hazards (隐患台账) and one hazard's life, as they are shown and printed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import hazards as rules
from stationdesk.domain.errors import DomainError
from stationdesk.domain.hazards import HazardGrade, HazardState, Step
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import check
from stationdesk.domain.words import N_
from stationdesk.services.hazards.origin import origin_of
from stationdesk.services.once import once
from stationdesk.services.people.view import names, roles_of
from stationdesk.services.shifts.view import open_spells
from stationdesk.services.station import every_version, items
from stationdesk.storage.carried import Carried
from stationdesk.storage.hazards import Hazard, HazardStep
from stationdesk.storage.people import Person
from stationdesk.storage.store import Store
from stationdesk.values import dataclass


class NoSuchHazardError(DomainError):
    """A hazard that does not exist."""

    words = N_("There is no hazard {hazard}.")


class OwnerUnknownError(DomainError):
    """An owner who is nobody of the station."""

    words = N_("There is no such person.")
    field = "owner"


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
    report_due: datetime | None  # until when it goes up to the chief; None where it need not
    reported: bool
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

    @property
    def report_owed(self) -> bool:
        """It goes up at once by its grade, and nobody reported it."""
        return self.report_due is not None and not self.reported and self.state is not HazardState.CLOSED


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
class Offer:
    """A step somebody might take now; refusal says why not, None: they may."""

    what: Step
    refusal: DomainError | None


@dataclass(frozen=True)
class HazardLife:
    """A hazard with its steps, oldest first, and what the person who looks may do."""

    hazard: HazardView
    steps: tuple[StepView, ...]
    offers: tuple[Offer, ...] = ()
    origin: tuple[str, object] | None = None  # page and target it was raised from


USE_CASES = {
    Step.ASSIGNED: "assign_hazard",
    Step.DEFERRED: "defer_hazard",
    Step.REPORTED: "report_hazard",
    Step.RECTIFIED: "rectify_hazard",
    Step.SENT_BACK: "send_back_hazard",
    Step.CLOSED: "close_hazard",
}


def grades(session: Session, at: datetime) -> tuple[HazardGrade, ...]:
    """The station's grades in force."""
    return tuple(rules.grade_of(each) for each in items(session, "hazard_grades", at))


def grades_view(store: Store, at: datetime) -> tuple[HazardGrade, ...]:
    """The station's grades in force, for a form."""
    with store.read() as session:
        return grades(session, at)


def on_shift(session: Session) -> set[int]:
    """Everybody signed on at the desk: the second look is one of theirs."""
    return {spell.person_id for spell in open_spells(session)}


def hazard_row(session: Session, hazard_id: int) -> Hazard:
    """The record of a hazard. NoSuchHazardError."""
    found = session.get(Hazard, hazard_id)
    if found is None:
        raise NoSuchHazardError(hazard=hazard_id)
    return found


def check_owner(session: Session, owner_id: int | None) -> None:
    """An owner, if any, is somebody. OwnerUnknownError."""
    if owner_id is not None and session.get(Person, owner_id) is None:
        raise OwnerUnknownError(person=owner_id)


@once
def open_hazards(session: Session, at: datetime) -> tuple[HazardView, ...]:
    """All that are not closed, by deadline."""
    query = select(Hazard).where(Hazard.state != HazardState.CLOSED).order_by(Hazard.deadline, Hazard.id)
    return _views(session, list(session.scalars(query)), at)


def hazards_view(store: Store, at: datetime, *, closed: bool = False, limit: int = 500) -> tuple[HazardView, ...]:
    """The ledger: open ones by deadline, or the closed ones, last closed first."""
    with store.read() as session:
        return closed_hazards(session, at, limit=limit) if closed else open_hazards(session, at)


def ledger_of(store: Store, start: datetime, end: datetime, at: datetime) -> tuple[tuple[HazardLife, ...], tuple[HazardLife, ...]]:
    """All that are not closed, by deadline, and those closed in a span, last first: each with its steps."""
    with store.read() as session:
        standing = open_hazards(session, at)
        closed = tuple(each for each in closed_hazards(session, at, since=start) if each.closed_at is not None and each.closed_at < end)
        steps = steps_of(session, [each.hazard_id for each in (*standing, *closed)])
        lives = [tuple(HazardLife(each, steps.get(each.hazard_id, ())) for each in found) for found in (standing, closed)]
        return lives[0], lives[1]


def closed_hazards(session: Session, at: datetime, *, since: datetime | None = None, limit: int | None = None) -> tuple[HazardView, ...]:
    """The closed ones, last closed first; since: only those closed from then on."""
    query = select(Hazard).where(Hazard.state == HazardState.CLOSED)
    if since is not None:
        query = query.where(Hazard.closed_at >= since)
    return _views(session, list(session.scalars(query.order_by(Hazard.closed_at.desc(), Hazard.id).limit(limit))), at)


def hazard_life(store: Store, hazard_id: int, at: datetime, person_id: int | None = None) -> HazardLife:
    """One hazard with its steps; with a person, what they may do to it now. NoSuchHazardError."""
    with store.read() as session:
        hazard = hazard_row(session, hazard_id)
        offers = () if person_id is None else _offers(session, hazard, person_id, at)
        steps = steps_of(session, [hazard_id]).get(hazard_id, ())
        return HazardLife(_views(session, [hazard], at)[0], steps, offers, origin_of(session, hazard))


def steps_of(session: Session, ids: Iterable[int]) -> dict[int, tuple[StepView, ...]]:
    """Hazard → its steps, oldest first."""
    people, found = names(session), dict[int, tuple[StepView, ...]]()
    for each in session.scalars(select(HazardStep).where(HazardStep.hazard_id.in_(list(ids))).order_by(HazardStep.id)):
        owner = people.get(each.owner_id or 0, "")
        step = StepView(Step(each.what), each.words, people.get(each.by_id, ""), each.at, each.deadline, owner)
        found[each.hazard_id] = (*found.get(each.hazard_id, ()), step)
    return found


def _offers(session: Session, hazard: Hazard, person_id: int, at: datetime) -> tuple[Offer, ...]:
    return tuple(Offer(step, _refusal(session, hazard, step, person_id, at)) for step in USE_CASES)


def _refusal(session: Session, hazard: Hazard, step: Step, person_id: int, at: datetime) -> DomainError | None:
    """Why somebody may not take a step; the words a step wants are asked later."""
    try:
        rules.step(hazard.number, hazard.state, step, "…")
        if step is Step.CLOSED:
            rules.check_second(hazard.number, hazard.rectified_by, person_id, on_shift(session))
        check(roles_of(session, person_id, at), USE_CASES[step])
    except DomainError as refusal:
        return refusal
    return None


def carried_counts(session: Session, kind: str, subjects: Iterable[int]) -> dict[int, int]:
    """How many handovers each of some subjects of a kind ("hazard", "open_item") went through."""
    of_kind = select(Carried.subject_id, func.count()).where(Carried.subject_kind == kind, Carried.subject_id.in_(list(subjects)))
    query = of_kind.group_by(Carried.subject_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _views(session: Session, found: list[Hazard], at: datetime) -> tuple[HazardView, ...]:
    people, carried = names(session), carried_counts(session, "hazard", (each.id for each in found))
    kinds = {each["code"]: rules.grade_of(each) for version in every_version(session, "hazard_grades") for each in version}
    reports = select(HazardStep.hazard_id).where(HazardStep.what == Step.REPORTED, HazardStep.hazard_id.in_([each.id for each in found]))
    reported = set(session.scalars(reports))
    return tuple(_view(each, people, carried.get(each.id, 0), kinds, each.id in reported, at) for each in found)


def _view(hazard: Hazard, people: dict[int, str], carried: int, kinds: dict[str, HazardGrade], reported: bool, at: datetime) -> HazardView:
    grade = kinds.get(hazard.grade, HazardGrade(hazard.grade, Name(hazard.grade, hazard.grade)))
    return HazardView(
        hazard_id=hazard.id,
        number=hazard.number,
        grade=hazard.grade,
        grade_name=grade.name,
        place=hazard.place,
        text=hazard.text,
        state=HazardState(hazard.state),
        deadline=hazard.deadline,
        overdue=rules.overdue(hazard.state, hazard.deadline, at),
        report_due=rules.report_due(grade, hazard.raised_at),
        reported=reported,
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
