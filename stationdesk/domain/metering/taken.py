"""The streams of a takeover as both leaders sign them, out of a content and into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from stationdesk.domain.names import Name

if TYPE_CHECKING:
    from stationdesk.domain.metering.compare import Check


@dataclass(frozen=True)
class TakenStream:
    """A stream as both leaders sign it: counters of both sides, the gas recomputed, what it was compared with. Codes and values."""

    stream_id: int
    code: str
    name: Name
    light: str
    counter: Decimal | None = None  # the relief's
    corrected: Decimal | None = None
    counter_before: Decimal | None = None  # at the beginning of the shift
    corrected_before: Decimal | None = None
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
