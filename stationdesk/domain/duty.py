"""Signing on and off: what the desk answers when it cannot, and which key picks whom."""

from __future__ import annotations

from collections.abc import Iterable

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

KEYS = ("F1", "F2", "F3", "F4", "F7", "F8")
"""Keys that pick a person at the desk, in the order of signing on: both crews of three. F5 and F6 are the pages' own (read, note)."""


def free_place(taken: Iterable[int]) -> int:
    """The lowest place at the desk nobody has, from 1: who signs on keeps it until sign-off, so that F2 is the same person all night."""
    held = set(taken)
    return next(place for place in range(1, len(held) + 2) if place not in held)


def key_of(place: int) -> str:
    """The key that picks who has this place; "" beyond the last."""
    return KEYS[place - 1] if 1 <= place <= len(KEYS) else ""


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


class NothingPutOffError(DomainError):
    """Saying later what was said at once."""

    field = "reason"
    words = N_("Nothing was put off at this sign-on.")


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


class NobodyLeavesError(DomainError):
    words = N_("Nobody who handed over is still signed on.")


class NotLateYetError(DomainError):
    words = N_("{shift} ends at {time}. Duty is extended from then on.")


class StationThereError(DomainError):
    words = N_("There is a station in this store already.")
