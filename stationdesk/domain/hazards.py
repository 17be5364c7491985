"""Hazards: grades with their deadlines, and the life 上报 → 整改 → 复查 → 销号.

Small ones are not left overnight unfixed, large ones not left overnight unreported (seed documents, duty D10). Grades and deadlines
are the station's to set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.items import following
from stationdesk.domain.log import check_text
from stationdesk.domain.moments import DAY, at_wall, day_of
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.values import dataclass


class HazardState(StrEnum):
    """How a hazard stands; the codes of the store."""

    OPEN = "open"
    RECTIFIED = "rectified"  # 已整改待复查
    CLOSED = "closed"


class Step(StrEnum):
    """What happens in a hazard's life."""

    RAISED = "raised"
    ASSIGNED = "assigned"
    DEFERRED = "deferred"
    REPORTED = "reported"
    RECTIFIED = "rectified"
    SENT_BACK = "sent_back"
    CLOSED = "closed"


class Term(StrEnum):
    """How a grade's deadline is reckoned."""

    OVERNIGHT = "overnight"  # the end of the day, yet not before the end of the shift
    SHIFT = "shift"
    HOURS = "hours"


class GradeUnknownError(DomainError):
    """A grade the station does not have."""

    words = N_("There is no hazard grade {grade}.")
    field = "grade"


class PlaceMissingError(DomainError):
    """A hazard nowhere."""

    words = N_("Say where it is, in 1 to {most} characters.")
    field = "place"


class HazardClosedError(DomainError):
    """Something done to a closed hazard."""

    words = N_("Hazard {number} is closed.")


class HazardStepError(DomainError):
    """A step that does not follow."""

    words = N_("This step does not fit hazard {number} as it stands.")


class SecondPersonError(DomainError):
    """Closing what one fixed oneself while others are there."""

    words = N_("Hazard {number} is closed by somebody other than the one who fixed it.")


class DeadlineError(DomainError):
    """A deadline before its time."""

    words = N_("The deadline must lie ahead.")
    field = "deadline"


class StepWordsError(DomainError):
    """A step that wants words."""

    words = N_("Say what was done or why.")
    field = "words"


PLACE_AT_MOST = 60
NEEDS_WORDS = frozenset({Step.RECTIFIED, Step.SENT_BACK, Step.DEFERRED, Step.REPORTED})
FOLLOWS: dict[Step, tuple[frozenset[HazardState], HazardState | None]] = {
    Step.ASSIGNED: (frozenset({HazardState.OPEN, HazardState.RECTIFIED}), None),
    Step.DEFERRED: (frozenset({HazardState.OPEN}), None),
    Step.REPORTED: (frozenset({HazardState.OPEN, HazardState.RECTIFIED}), None),
    Step.RECTIFIED: (frozenset({HazardState.OPEN}), HazardState.RECTIFIED),
    Step.SENT_BACK: (frozenset({HazardState.RECTIFIED}), HazardState.OPEN),
    Step.CLOSED: (frozenset({HazardState.RECTIFIED}), HazardState.CLOSED),
}


@dataclass(frozen=True)
class HazardGrade:
    """A grade with its deadline; report_minutes: within how many minutes it goes up to the chief, None where it need not."""

    code: str
    name: Name
    term: Term = Term.OVERNIGHT
    hours: int = 0
    report_minutes: int | None = None


def grade_of(data: Mapping[str, Any]) -> HazardGrade:
    """A grade from the station's list: {code, zh, en, term, hours, report_minutes}."""
    report = data.get("report_minutes")
    minutes = None if report is None else int(report)
    return HazardGrade(str(data["code"]), Name.of(data), Term(data.get("term", "overnight")), int(data.get("hours", 0)), minutes)


def grade_data(grade: HazardGrade) -> dict[str, Any]:
    """As the station's list keeps it."""
    return {"code": grade.code, **grade.name.texts(), "term": str(grade.term), "hours": grade.hours, "report_minutes": grade.report_minutes}


def hazard_number(year: int, n: int) -> str:
    """YH-2026-0119."""
    return f"YH-{year}-{n:04}"


def next_number(year: int, taken: Iterable[str]) -> str:
    """The next free hazard number of a year (by the station's calendar)."""
    return hazard_number(year, following(f"YH-{year}-", taken))


def short_number(number: str) -> str:
    """YH-0119: as it is said in the year it was raised."""
    parts = number.split("-")
    return f"{parts[0]}-{parts[-1]}" if len(parts) == 3 and len(parts[1]) == 4 else number


def deadline(grade: HazardGrade, raised_at: datetime, shift_end: datetime, zone: ZoneInfo) -> datetime:
    """Until when a hazard of this grade is fixed."""
    if grade.term is Term.HOURS:
        return raised_at + timedelta(hours=grade.hours)
    if grade.term is Term.SHIFT:
        return max(shift_end, raised_at)
    return max(at_wall(day_of(raised_at, zone), DAY, zone), shift_end)


def report_due(grade: HazardGrade, raised_at: datetime) -> datetime | None:
    """Until when it must be reported; None where the grade need not be."""
    return None if grade.report_minutes is None else raised_at + timedelta(minutes=grade.report_minutes)


def check_place(place: str) -> str:
    """Where it is, trimmed. PlaceMissingError."""
    clean = " ".join(place.split())
    if not 1 <= len(clean) <= PLACE_AT_MOST:
        raise PlaceMissingError(most=PLACE_AT_MOST)
    return clean


def check_hazard(grade: str, place: str, text: str, grades: Iterable[HazardGrade]) -> HazardGrade:
    """The grade of a hazard to be raised. GradeUnknownError, PlaceMissingError, EmptyTextError and its fellows."""
    found = next((each for each in grades if each.code == grade), None)
    if found is None:
        raise GradeUnknownError(grade=grade)
    check_place(place)
    check_text(text)
    return found


def check_deadline(new: datetime, at: datetime) -> None:
    """A deadline set by hand lies ahead. DeadlineError."""
    if new <= at:
        raise DeadlineError()


def step(number: str, state: str, what: str, words: str = "") -> HazardState:
    """The state after a step. HazardClosedError, HazardStepError; StepWordsError where the step wants words."""
    now, step = HazardState(state), Step(what)
    if now is HazardState.CLOSED:
        raise HazardClosedError(number=number)
    if step is Step.RAISED or now not in FOLLOWS[step][0]:
        raise HazardStepError(number=number)
    if step in NEEDS_WORDS and not words.strip():
        raise StepWordsError()
    return FOLLOWS[step][1] or now


def check_second(number: str, rectified_by: int | None, by: int, on_shift: Collection[int]) -> None:
    """Whether `by` may close it: not the one who fixed it while anybody is there, and not alone either (it then stands 已整改待复查 for the
    next shift). SecondPersonError.
    """
    if by == rectified_by:
        raise SecondPersonError(number=number, others=len(set(on_shift) - {by}))


def after_rectifying(by: int, on_shift: Collection[int]) -> str:
    """What is next: "verify_now" where another on the shift can look at it, else "verify_next" (已整改待复查)."""
    return "verify_now" if set(on_shift) - {by} else "verify_next"


def overdue(state: str, until: datetime, now: datetime) -> bool:
    """Whether an open hazard is past its deadline; a rectified one is not."""
    return state == HazardState.OPEN and now > until
