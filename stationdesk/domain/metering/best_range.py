"""A hint when a run works outside the range in which its meter is best and another of its group would serve."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from stationdesk.domain.metering.shapes import StreamRule
from stationdesk.domain.words import N_, _

HUNDRED = Decimal(100)

BELOW = N_("{code} works at {percent} % of its capacity, below its best range {low}–{high} %.")
ABOVE = N_("{code} works at {percent} % of its capacity, above its best range {low}–{high} %.")
SERVES = N_("{other} would work at {percent} %, within its own.")
SHARED = N_("Together with {other} each would work at {percent} %.")


@dataclass(frozen=True)
class BestRangeHint:
    """A run outside its best range. percent: flow ÷ q_max; other: who would serve instead, or with it (`shared`), at other_percent."""

    stream: StreamRule
    percent: Decimal
    other: StreamRule
    other_percent: Decimal
    shared: bool = False

    @property
    def sentences(self) -> tuple[str, str]:
        """How it works, and who would do better, in the language spoken now."""
        below = self.stream.best_low is not None and self.percent < self.stream.best_low
        low, high = self.stream.best_low or Decimal(0), self.stream.best_high or HUNDRED
        said = _(BELOW if below else ABOVE).format(code=self.stream.code, percent=f"{self.percent:.0f}", low=f"{low:f}", high=f"{high:f}")
        return said, _(SHARED if self.shared else SERVES).format(other=self.other.code, percent=f"{self.other_percent:.0f}")


def best_range_hint(stream: StreamRule, flow: Decimal, others: Collection[StreamRule]) -> BestRangeHint | None:
    """flow: m³/h at the meter's conditions, which runs of one group share. others: the runs that stand by.

    None where the run is within its best range, or has none, or does not flow, or where no other would do better.
    """
    percent = _percent(stream, flow)
    if percent is None or flow <= 0 or _within(stream, percent):
        return None
    group = [each for each in others if each.group and each.group == stream.group and each.stream_id != stream.stream_id]
    for shared in (False, True):
        for other in group:
            found = _serves(stream, other, flow, shared=shared)
            if found is not None:
                return BestRangeHint(stream, percent, other, found, shared)
    return None


def _serves(stream: StreamRule, other: StreamRule, flow: Decimal, *, shared: bool) -> Decimal | None:
    """At how many percent another run would work alone, or both together; None where that is outside a best range."""
    if not shared:
        percent = _percent(other, flow)
        return percent if percent is not None and _within(other, percent) else None
    if not stream.q_max or not other.q_max:
        return None
    percent = HUNDRED * flow / (stream.q_max + other.q_max)
    return percent if _within(stream, percent) and _within(other, percent) else None


def _percent(stream: StreamRule, flow: Decimal) -> Decimal | None:
    if not stream.q_max or (stream.best_low is None and stream.best_high is None):
        return None
    return HUNDRED * flow / stream.q_max


def _within(stream: StreamRule, percent: Decimal) -> bool:
    low, high = stream.best_low or Decimal(0), HUNDRED if stream.best_high is None else stream.best_high
    return low <= percent <= high
