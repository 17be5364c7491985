"""Pressure and temperature of an hour: the mean of its ends, or of what was read before and after where an end has none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from stationdesk.domain.metering.segments import Segment
from stationdesk.domain.metering.shapes import HOUR, PRESSURE, TEMPERATURE, HourEnd

STEP = Decimal("0.0001")  # kPa, ℃
_OF = {PRESSURE: "pressure_kpa", TEMPERATURE: "temperature_c"}


Reading = tuple[datetime, Decimal]


class Mean(NamedTuple):
    """A mean over a part; carried: an end has no value of its own; far: what stands in for it was read more than two hours apart."""

    value: Decimal | None
    carried: bool = False
    far: bool = False


class Means:
    """What the ends of a period show, to be averaged over its parts. A shut run's gauge says nothing of the hours in which it is open."""

    def __init__(self, ends: Sequence[HourEnd]) -> None:
        self._ends = ends
        self._read: dict[str, list[Reading]] = {}

    def of(self, quantity: str, part: Segment) -> Mean:
        """The mean by time over a part; of an hour with both ends (a + b)/2."""
        name = _OF[quantity]
        first, last = getattr(part.opening, name), getattr(part.closing, name)
        if first is not None and last is not None and not part.between:
            return Mean((first + last) / 2)
        ends = [self._at(quantity, end.time, own, part) for end, own in ((part.opening, first), (part.closing, last))]
        if ends[0].value is None or ends[1].value is None:
            return Mean(None)
        inside = _read(part.between, name, shut=True)
        value = _by_time([(part.opening.time, ends[0].value), *inside, (part.closing.time, ends[1].value)])
        return Mean(value, carried=ends[0].carried or ends[1].carried, far=ends[0].far or ends[1].far)

    def _at(self, quantity: str, time: datetime, own: Decimal | None, part: Segment) -> Mean:
        """An end's own value, else that between the readings before and after; of one of them only if read in the part itself."""
        if own is not None:
            return Mean(own)
        if quantity not in self._read:
            self._read[quantity] = _read(self._ends, _OF[quantity])
        read = self._read[quantity]
        before, after = read[: bisect_right(read, time, key=_time)][-1:], read[bisect_left(read, time, key=_time) :][:1]
        if before and after:
            return Mean(_between(before[0], after[0], time), carried=True, far=after[0][0] - before[0][0] > 2 * HOUR)
        near = [value for at, value in before + after if part.opening.time <= at <= part.closing.time]
        return Mean(near[0], carried=True) if near else Mean(None)


def _read(ends: Sequence[HourEnd], name: str, *, shut: bool = False) -> list[Reading]:
    return [(end.time, value) for end in ends if (value := getattr(end, name)) is not None and (shut or not end.shut)]


def _time(reading: Reading) -> datetime:
    return reading[0]


def _between(before: Reading, after: Reading, time: datetime) -> Decimal:
    whole = (after[0] - before[0]).total_seconds()
    if not whole:
        return before[1]
    part = Decimal((time - before[0]).total_seconds()) / Decimal(whole)
    return (before[1] + (after[1] - before[1]) * part).quantize(STEP)


def _by_time(read: Sequence[Reading]) -> Decimal:
    """The mean of a line through the readings."""
    total, whole = Decimal(0), Decimal((read[-1][0] - read[0][0]).total_seconds())
    for before, after in pairwise(read):
        total += (before[1] + after[1]) / 2 * Decimal((after[0] - before[0]).total_seconds())
    return (total / whole).quantize(STEP)
