"""The takeover of the gas: who reads base readings how, what a stream asks of both sides before they sign, and what they sign of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.compare import Check, Comparison
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.names import Name
from stationdesk.domain.said import canonical, digest
from stationdesk.domain.words import N_

EARLY = timedelta(minutes=30)
"""So long before a shift's end its counters may be read for the takeover."""
LONGEST = 500  # characters of a reason


class NotReliefError(DomainError):
    """Base readings of somebody who does not take over."""

    words = N_("Base readings are read by the relief, before it is shown those of the other side.")
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


class Need(StrEnum):
    """What a stream still asks for before the signatures; the codes of the handover's obstacles end with them."""

    BASE = "base"  # the relief reads its counters
    REASON = "reason"  # amber
    SHEET = "sheet"  # red: a discrepancy sheet
    SIGN_OUTGOING = "sign_outgoing"  # the sheet
    SIGN_INCOMING = "sign_incoming"


@dataclass(frozen=True)
class StreamNeed:
    """A stream of the takeover, and what it still asks for."""

    stream_id: int
    name: Name
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class MeteringFacts:
    """The streams of a shift that is being handed over; none while it is not yet, or where the station meters by no streams."""

    streams: tuple[StreamNeed, ...] = ()


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


@dataclass(frozen=True)
class TakenStream:
    """A stream as both leaders sign it: counters of both sides, the gas recomputed, what it was compared with. Codes and values."""

    stream_id: int
    code: str
    name: Name
    light: str
    counter: Decimal | None = None  # the relief's
    corrected: Decimal | None = None
    counter_outgoing: Decimal | None = None
    corrected_outgoing: Decimal | None = None
    read_at: datetime | None = None
    frozen: bool = True
    unread: str = ""  # why a counter could not be read
    entries: int = 1  # how often the relief entered its readings: only the first was blind
    volume: Decimal | None = None
    base_volume: Decimal | None = None
    heating_value: Decimal | None = None
    energy_mj: Decimal | None = None
    corrector_volume: Decimal | None = None
    voucher: str = ""  # its number
    voucher_volume: Decimal | None = None
    tolerance: Decimal = Decimal(0)  # %
    checks: tuple[Mapping[str, Any], ...] = ()
    lacks: tuple[str, ...] = ()
    reason: str = ""
    sheet: str = ""  # number of the discrepancy sheet


def check_values(check: Check) -> dict[str, Any]:
    """A comparison as the content keeps it."""
    return {"about": str(check.about), "difference": check.difference, "percent": check.percent, "light": str(check.light)}


def kept(streams: Sequence[TakenStream]) -> list[dict[str, Any]]:
    """As the content of a handover keeps them."""
    return [{**asdict(each), "checks": [dict(check) for check in each.checks], "name": each.name} for each in streams]


def taken_in(content: Mapping[str, Any]) -> tuple[TakenStream, ...]:
    """The streams out of a content or an acceptance (unpacked)."""
    return tuple(
        TakenStream(**{**each, "checks": tuple(each["checks"]), "lacks": tuple(each["lacks"])}) for each in content.get("metering", ())
    )
