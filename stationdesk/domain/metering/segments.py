"""The parts a period falls into: hours, parts of hours at a switch or a replacement, several hours where none in between was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from stationdesk.domain.metering.shapes import HOUR, HourEnd

ONE = Decimal(1)


class Segment(NamedTuple):
    """From one end to another; between: ends that tell nothing of the counter."""

    opening: HourEnd
    closing: HourEnd
    between: tuple[HourEnd, ...] = ()

    @property
    def shut(self) -> bool:
        """Whether the run is shut all the time."""
        return self.opening.shut and (not self.between or all(end.shut for end in self.between))

    @property
    def hours(self) -> Decimal:
        """Hours of real time."""
        length = self.closing.time - self.opening.time
        return ONE if length == HOUR else Decimal(int(length.total_seconds())) / 3600

    @property
    def gap(self) -> bool:
        """Whether hours in between are missing."""
        return self.closing.time - self.opening.time > HOUR


def segments(ends: Sequence[HourEnd], *, orifice: bool = False) -> Iterator[Segment]:
    """The parts of a period: from counter to counter, never across a replacement; an hour nobody read makes one part with the next."""
    ends, begun = _by_substitute(ends), 0
    for n in range(1, len(ends) + 1):
        if n == len(ends) or _replaced(ends[n - 1], ends[n]):
            yield from _parts(ends[begun:n], orifice=orifice)
            begun = n


def _by_substitute(ends: Sequence[HourEnd]) -> Sequence[HourEnd]:
    """Without what lies inside an hour whose volume is substituted: the substitute is that of the whole hour."""
    whole = [end.time for end in ends if end.moved is not None]
    return [end for end in ends if not any(time - HOUR < end.time < time for time in whole)] if whole else ends


def _replaced(before: HourEnd, after: HourEnd) -> bool:
    return before.time == after.time and (before.counter is not None or after.counter is not None)


def _parts(ends: Sequence[HourEnd], *, orifice: bool) -> Iterator[Segment]:
    last = len(ends) - 1
    nodes = [n for n, end in enumerate(ends) if n in (0, last) or _tells(end, ends[n + 1], orifice=orifice)]
    for n, m in pairwise(nodes):
        if ends[n].time < ends[m].time:
            yield Segment(ends[n], ends[m], tuple(ends[n + 1 : m]))


def _tells(end: HourEnd, following: HourEnd, *, orifice: bool) -> bool:
    known = end.difference_kpa if orifice else end.counter
    return known is not None or end.moved is not None or following.moved is not None


def unbroken(ends: Sequence[HourEnd]) -> Iterator[tuple[HourEnd, HourEnd]]:
    """First and last of each stretch in which the corrector was not replaced."""
    first = ends[0]
    for before, after in pairwise(ends):
        if before.time == after.time and (before.corrected is not None or after.corrected is not None):
            yield first, before
            first = after
    yield first, ends[-1]
