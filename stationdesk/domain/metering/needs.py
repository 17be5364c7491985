"""What the takeover of the gas asks for before the signatures: light, for every composition of a handover asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from stationdesk.domain.names import Name

EARLY = timedelta(minutes=30)
"""So long before a shift's end its counters may be read for the takeover."""


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
