"""A shift's life, who may sign on, extended duty, on-post confirmation and the emergency state.

The program never decides who is on duty: the plan is a plan, who signs on is on duty, and what departs from the plan says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_
from stationdesk.values import dataclass

EARLY = timedelta(minutes=60)


class SignOnTooEarlyError(DomainError):
    """Signing on long before the shift."""

    words = N_("This shift begins at {begins}; its crew signs on from {opens}. Who helps the present shift signs on to that one.")
    field = "person"


class StandInReasonError(DomainError):
    """Standing in without a reason."""

    words = N_("{name} is not planned for this shift: say for whom or why.")
    field = "reason"


class SignedOnAlreadyError(DomainError):
    """Signing on twice."""

    words = N_("{name} is signed on already.")
    field = "person"


class NotSignedOnError(DomainError):
    """Signing off, or confirming, without being on duty."""

    words = N_("{name} is not signed on.")
    field = "person"


class LastOnDutyError(DomainError):
    """The last person leaving a shift nobody has taken over."""

    words = N_("{name} is the last on duty of a shift that is not handed over. Hand over first, or stay on as extended duty.")
    field = "person"


class ExtensionReasonError(DomainError):
    """Extended duty without a reason."""

    words = N_("Say why the relief is absent.")
    field = "reason"


class EmergencyStateError(DomainError):
    """Declaring or ending what is declared or ended."""

    words = N_("The emergency state has changed meanwhile.")


@dataclass(frozen=True)
class Duty:
    """A person's time on duty in a shift, as far as rules need it; crew_leader: leads the crew planned for it."""

    person: int
    signed_on: datetime
    signed_off: datetime | None = None
    crew_leader: bool = False
    leader_post: bool = False

    @property
    def on_duty(self) -> bool:
        """Not signed off yet."""
        return self.signed_off is None


def check_sign_on(
    person: int, name: str, planned: Collection[int], on_duty: Collection[int], begins: datetime, at: datetime, *,
    begins_text: str = "", opens_text: str = "", reason: str = "", early: timedelta = EARLY, later: bool = False,
) -> bool:  # fmt: skip
    """Whether this sign-on is a stand-in's (顶班). planned: the crew's people, empty where nobody is planned.

    SignedOnAlreadyError; SignOnTooEarlyError more than `early` before the start; StandInReasonError for one not planned without a reason,
    unless that comes later.
    """
    if person in on_duty:
        raise SignedOnAlreadyError(name=name)
    if at < begins - early:
        raise SignOnTooEarlyError(begins=begins_text, opens=opens_text)
    stands_in = bool(planned) and person not in planned
    if stands_in and not reason.strip() and not later:
        raise StandInReasonError(name=name)
    return stands_in


def check_sign_off(person: int, name: str, on_duty: Collection[int], *, handed_over: bool) -> None:
    """Whether a person may sign off: the last of a shift only after the handover. NotSignedOnError, LastOnDutyError."""
    if person not in on_duty:
        raise NotSignedOnError(name=name)
    if not handed_over and set(on_duty) == {person}:
        raise LastOnDutyError(name=name)


def leader_of(duties: Iterable[Duty], chosen: int | None = None) -> int | None:
    """Who leads: the one chosen, if on duty; else the crew's leader, else one whose post it is, else who signed on first (代班长)."""
    present = [duty for duty in duties if duty.on_duty]
    if any(duty.person == chosen for duty in present):
        return chosen
    ranked = sorted(present, key=lambda duty: (not duty.crew_leader, not duty.leader_post, duty.signed_on, duty.person))
    return ranked[0].person if ranked else None


def hours_between(start: datetime, end: datetime) -> Decimal:
    """Hours with two decimals, never negative, real time across a clock change."""
    seconds = Decimal(max(0, int((end - start).total_seconds())))
    return (seconds / 3600).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class Extension:
    """Extended duty (延时值守) from the planned end until the handover, its hours counted."""

    start: datetime
    end: datetime
    hours: Decimal


def extension(planned_end: datetime, signed_on: datetime, until: datetime) -> Extension | None:
    """How long somebody stayed past the planned end; None for nobody who left by then."""
    start = max(planned_end, signed_on)
    return Extension(start, until, hours_between(start, until)) if until > start else None


def check_extension(reason: str) -> str:
    """Why the relief is absent, trimmed. ExtensionReasonError."""
    if not reason.strip():
        raise ExtensionReasonError()
    return reason.strip()


class PostState(StrEnum):
    """How the on-post confirmation (在岗确认) stands."""

    FINE = "fine"
    DUE = "due"  # asked for quietly; there is no siren
    WAIVED = "waived"  # a round is being walked
    PAUSED = "paused"  # emergency state


@dataclass(frozen=True)
class OnPost:
    """The last sign that somebody is there, when the next is asked for, and how it stands."""

    last: datetime
    due: datetime
    state: PostState


def on_post(
    signs: Iterable[datetime], opened_at: datetime, interval: timedelta, now: datetime, *, in_round: bool = False, emergency: bool = False
) -> OnPost:
    """On-post confirmation of a shift: any entry counts (readings, log, answers …), a round waives it, emergency pauses it (D04)."""
    last = max((sign for sign in signs if sign <= now), default=opened_at)
    last = max(last, opened_at)
    due = last + interval
    if emergency:
        return OnPost(last, due, PostState.PAUSED)
    if in_round:
        return OnPost(last, due, PostState.WAIVED)
    return OnPost(last, due, PostState.DUE if now >= due else PostState.FINE)


def check_emergency(declared: bool, wanted: bool) -> None:
    """Declaring twice, or ending none. EmergencyStateError."""
    if declared == wanted:
        raise EmergencyStateError()


def next_part(parts: Iterable[int]) -> int:
    """The number of the next part of a shift: 1 first, 2 and more after an unscheduled handover (临时交接班)."""
    return max(parts, default=0) + 1
