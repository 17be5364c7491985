"""The rows of the hours: what each stream passed in each hour of the gas day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from stationdesk.domain.metering.shapes import HOUR, HourGas, Lack, Source, StreamGas

PERCENT = Decimal("0.01")


@dataclass(frozen=True)
class Slot:
    """What a stream passed in one row: an hour, its parts where runs were switched in it, or several hours after a gap."""

    parts: tuple[HourGas, ...]

    @property
    def moved(self) -> Decimal | None:
        """m³ at the meter's conditions."""
        return total(each.moved for each in self.parts)

    @property
    def base_volume(self) -> Decimal | None:
        """m³ at base conditions."""
        return total(each.base_volume for each in self.parts)

    @property
    def energy_mj(self) -> Decimal | None:
        """MJ."""
        return total(each.energy_mj for each in self.parts)

    @property
    def corrected_moved(self) -> Decimal | None:
        """m³ at base conditions by the corrector."""
        return total(each.corrected_moved for each in self.parts)

    @property
    def difference_percent(self) -> Decimal | None:
        """The corrector against the computed volume."""
        return percent(self.corrected_moved, self.base_volume)

    def mean(self, of: Callable[[HourGas], Decimal | None]) -> Decimal | None:
        """A figure of the hour, over its parts by their length."""
        known = [(value, each.hours) for each in self.parts if (value := of(each)) is not None]
        long = sum((hours for _value, hours in known), Decimal(0))
        return sum((value * hours for value, hours in known), Decimal(0)) / long if long else None

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What is wrong with it, each once."""
        found = {lack for each in self.parts for lack in each.lacks}
        return tuple(lack for lack in Lack if lack in found)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where values are from that were not simply read."""
        found = {source for each in self.parts for source in each.sources}
        return tuple(source for source in Source if source in found)


@dataclass(frozen=True)
class HourRow:
    """One hour of the gas day. now: it is the one that runs; coming: it has not begun."""

    start: datetime
    end: datetime
    now: bool = False
    coming: bool = False
    slots: Mapping[int, Slot] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.start)


def total(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of those that are known; None where none is."""
    known = [each for each in values if each is not None]
    return sum(known, Decimal(0)) if known else None


def percent(value: Decimal | None, against: Decimal | None) -> Decimal | None:
    """By how many per cent a volume differs from the one it is held against."""
    return ((value - against) / against * 100).quantize(PERCENT) if value is not None and against else None


def rows_of(gas: Sequence[StreamGas], start: datetime, end: datetime, at: datetime) -> tuple[HourRow, ...]:
    """A row for every hour of the day, the coming ones empty."""
    slots: dict[datetime, dict[int, list[HourGas]]] = {}
    for stream in gas:
        for each in stream.hours:
            if each.opening.shut and not each.moved:
                continue  # it stood by, for hours on end
            hour = _hour_holding(each.end, start)
            slots.setdefault(hour, {}).setdefault(stream.stream.stream_id, []).append(each)
    made = []
    moment = start
    while moment < end:
        found = {stream: Slot(tuple(parts)) for stream, parts in slots.get(moment, {}).items()}
        made.append(HourRow(moment, moment + HOUR, moment <= at < moment + HOUR, at < moment, found))
        moment += HOUR
    return tuple(made)


def _hour_holding(end: datetime, start: datetime) -> datetime:
    """The beginning of the hour a part ends in."""
    whole, rest = divmod(end - start, HOUR)
    return start + (whole - (0 if rest else 1)) * HOUR if end - start > timedelta(0) else start
