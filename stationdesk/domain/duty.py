"""Signing on and off: what the desk answers when it cannot, and which key picks whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

KEYS = tuple(f"F{n}" for n in range(1, 9))
"""Keys that pick a person at the desk, in the order of signing on."""


@dataclass(frozen=True)
class Presence:
    """One time of a person on duty; off is None while it lasts."""

    person_id: int
    on: datetime
    off: datetime | None = None


def desk_keys(times: Iterable[Presence]) -> dict[int, str]:
    """Which key picks whom: the lowest free one at sign-on, kept until sign-off, so that F2 is the same person all night. "" beyond F8."""
    held: dict[int, int] = {}
    until: dict[int, datetime | None] = {}
    for time in sorted(times, key=lambda each: each.on):
        for person, off in list(until.items()):
            if off is not None and off <= time.on:
                del held[person], until[person]
        taken = set(held.values())
        held.setdefault(time.person_id, next(n for n in range(len(taken) + 1) if n not in taken))
        until[time.person_id] = _later(until[time.person_id], time.off) if time.person_id in until else time.off
    return {person: KEYS[n] if n < len(KEYS) else "" for person, n in held.items() if until[person] is None}


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


class NoStationError(DomainError):
    """The store was made, but no station is in it yet."""

    words = N_("There is no station in this store yet. Set one up from a profile first.")


class NoRotationError(DomainError):
    words = N_("No rotation is set: it is not known which shift this is. The chief sets one in Settings.")


class ShiftOpenError(DomainError):
    words = N_("{shift} is open. A shift ends by its handover.")


class NoShiftOpenError(DomainError):
    words = N_("No shift is open. The first leader who signs on opens one.")


class ReasonMissingError(DomainError):
    field = "reason"
    words = N_("Say why.")


class StandsInForSelfError(DomainError):
    field = "stands_in_for"
    words = N_("Nobody stands in for themselves.")


class LeaderThereError(DomainError):
    """Another leads the shift: taking over the lead asks a reason."""

    field = "reason"
    words = N_("{name} leads this shift. Say why the lead changes.")


class LeaderLeavesError(DomainError):
    """The leader may not go while the shift is open and others stay."""

    field = "person"
    words = N_("{name} leads the open shift. Somebody else takes the lead first, or the shift is handed over.")


class OnlyLeaderSignsOnError(DomainError):
    """Signing on somebody else is for who leads a shift at the desk."""

    field = "person"
    words = N_("Only the leader on duty signs on somebody else.")


class ConfirmedAlreadyError(DomainError):
    words = N_("This stand-in is already confirmed.")


class NotLateYetError(DomainError):
    words = N_("{shift} ends at {time}. Duty is extended from then on.")


class StationThereError(DomainError):
    words = N_("There is a station in this store already.")
