"""Reading points: what a station may not say of them, and the reasons of a correction."""

from __future__ import annotations

from decimal import Decimal

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _

DECIMALS, PLACES = 6, 999

TYPING, MISREAD, SWAPPED, UNIT, PASTED = "typing", "misread", "swapped", "unit", "pasted"

CORRECTIONS = {
    TYPING: N_("slip of the key"),
    MISREAD: N_("gauge misread"),
    SWAPPED: N_("wrong point or hour"),
    UNIT: N_("wrong unit or point"),
    PASTED: N_("taken from a table"),
}
"""Preset reasons of a correction; the store keeps the code, other words stand as they were written."""


class PointCodeTakenError(DomainError):
    """A code is empty, or another point has it."""

    words = N_("The code “{code}” is empty or belongs to another point.")
    field = "code"


class PointNameError(DomainError):
    """A point without a name or a group."""

    words = N_("A point needs a name and a group.")
    field = "name"


class PointVersionPastError(DomainError):
    """A version dated before values that were read under another one."""

    words = N_("{point} was read until {time} under other limits. Choose a later time.")
    field = "valid_from"


class RetiredPointError(DomainError):
    """A point that is read no more."""

    words = N_("{point} is retired.")
    field = "point"


class UnknownPointError(DomainError):
    """No point of the station at that hour."""

    words = N_("This point is not read at this hour.")
    field = "point"


class NothingReadError(DomainError):
    """A correction where no value stands."""

    words = N_("Nothing was read here yet.")
    field = "value"


class NothingOwedError(DomainError):
    """Words to an hour in which nothing is abnormal."""

    words = N_("No words are owed here: the value is normal, or somebody has explained it meanwhile.")
    field = "words"


def correction_words(why: str) -> str:
    """The reason of a correction in the language spoken now; other words as they are."""
    return _(CORRECTIONS[why]) if why in CORRECTIONS else why


class PointDecimalsError(DomainError):
    """More decimals than an instrument shows, or fewer than none."""

    words = N_("Decimals are 0 to {most}.")
    field = "decimals"


class PointPlaceError(DomainError):
    """No place in the grid."""

    words = N_("A place in the grid is 0 to {most}.")
    field = "position"


class PointRangeError(DomainError):
    """A counter that rolls over at nothing."""

    words = N_("A counter rolls over above 0.")
    field = "rollover"


def check_point(decimals: int, position: int, rollover: Decimal | None) -> None:
    """What a point's numbers may be. PointDecimalsError, PointPlaceError, PointRangeError."""
    if not 0 <= decimals <= DECIMALS:
        raise PointDecimalsError(most=DECIMALS)
    if not 0 <= position <= PLACES:
        raise PointPlaceError(most=PLACES)
    if rollover is not None and rollover <= 0:
        raise PointRangeError
