"""The takeover of the gas: who reads base readings how, and what a run asks of both sides before they sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.needs import Need
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.said import canonical, digest
from stationdesk.domain.words import N_

if TYPE_CHECKING:
    from stationdesk.domain.metering.compare import Comparison


class NotReliefError(DomainError):
    """Base readings, or a reason, of somebody who does not take over."""

    words = N_("The relief reads the counters by itself and says what it takes over with.")
    field = "person"


class BaseWordsError(DomainError):
    """A counter without a reading and without a word."""

    words = N_("Read both counters, or say why one cannot be read.")
    field = "words"


class BaseTimeError(DomainError):
    """A reading time that cannot be."""

    words = N_("The reading time lies between {first} and now.")
    field = "read_at"


class FrozenLaterError(DomainError):
    """The frozen value of an hour that has not come."""

    words = N_("The frozen value of {hour} is there from {hour} on; until then say the reading time.")
    field = "read_at"


class NoTakeoverError(DomainError):
    """A shift that is not being handed over now."""

    words = N_("Base readings are entered from half an hour before the end of the shift until it is handed over.")


class TakeoverWordsError(DomainError):
    """A reason without words."""

    words = N_("Say why it does not agree.")
    field = "words"


class NothingAmberError(DomainError):
    """A reason where none is asked."""

    words = N_("This run asks for no reason now.")


def needs_of(light: Light, *, read: bool, reason: bool, sheet: bool, outgoing: bool, incoming: bool) -> tuple[Need, ...]:
    """What a stream asks for. sheet, outgoing, incoming: a discrepancy sheet is open, and signed by that side."""
    if not read:
        return (Need.BASE,)
    if sheet:
        return tuple(need for need, signed in ((Need.SIGN_OUTGOING, outgoing), (Need.SIGN_INCOMING, incoming)) if not signed)
    if light is Light.RED:
        return (Need.SHEET,)
    return (Need.REASON,) if light is Light.AMBER and not reason else ()


def fingerprint(comparison: Comparison) -> str:
    """Digest of what was found: a reason holds for this and for no other finding."""
    return digest(canonical([[str(each.about), each.value, each.against, str(each.light)] for each in comparison.checks]))
