"""The ends of a stream's hours: what was read, switched, replaced, substituted, each with where it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from stationdesk.domain.metering.counters import absolute_kpa, pressure_kpa
from stationdesk.domain.metering.running import Shut, is_shut
from stationdesk.domain.metering.shapes import (
    CORRECTED,
    COUNTER,
    DIFFERENCE,
    HOUR,
    MOVED,
    PRESSURE,
    TEMPERATURE,
    HourEnd,
    Source,
    StreamRule,
)
from stationdesk.domain.readings import OnTime, Timing, timing
from stationdesk.services.metering.streams import StreamView
from stationdesk.services.readings.kept import Kept
from stationdesk.storage.metered import MeterChange, RunSwitch, Substitution


@dataclass(frozen=True)
class Happened:
    """What is on record of one stream beside its readings. archive: hour → the corrector's own count of it."""

    switches: Sequence[RunSwitch] = ()
    changes: Sequence[MeterChange] = ()
    substitutions: Mapping[tuple[str, datetime], Decimal] = field(default_factory=dict)
    archive: Mapping[datetime, Decimal] = field(default_factory=dict)
    shut: Sequence[Shut] = ()


@dataclass(frozen=True)
class Ends:
    """Makes the ends of one stream. view_at, air_at: the stream and the atmosphere (kPa) in force at a time; window: on time or late."""

    stream_id: int
    view_at: Callable[[datetime], StreamView]
    air_at: Callable[[datetime], Decimal]
    kept: Kept
    happened: Happened
    window: OnTime

    def of(self, times: Sequence[datetime]) -> list[HourEnd]:
        """An end for each hour, and what happened in between."""
        ends = [self._read(time) for time in times]
        for switch in self.happened.switches:
            ends = _put(ends, self._switched(switch))
        for change in self.happened.changes:
            ends = _replaced(ends, change, self._between(change.time))
        return ends

    def _read(self, time: datetime) -> HourEnd:
        view, origin = self.view_at(time), list[tuple[str, Source]]()
        values = {quantity: self._value(quantity, point_id, time, origin) for quantity, point_id in _points(view)}
        moved = self.happened.substitutions.get((MOVED, time))
        return HourEnd(
            time=time,
            counter=values[COUNTER],
            corrected=self._corrected(values[CORRECTED], time, origin),
            pressure_kpa=self._pressure(values[PRESSURE], view.rule, time),
            temperature_c=values[TEMPERATURE],
            difference_kpa=None if (found := values[DIFFERENCE]) is None else pressure_kpa(found, view.rule.difference_unit),
            moved=moved,
            shut=is_shut(self.happened.shut, time),
            origin=(*origin, *(((MOVED, Source.SUBSTITUTED),) if moved is not None else ())),
        )

    def _pressure(self, value: Decimal | None, rule: StreamRule, time: datetime) -> Decimal | None:
        return None if value is None else absolute_kpa(value, rule.pressure_unit, self.air_at(time), absolute=rule.absolute)

    def _value(self, quantity: str, point_id: int | None, time: datetime, origin: list[tuple[str, Source]]) -> Decimal | None:
        substitute = self.happened.substitutions.get((quantity, time))
        if substitute is not None:
            origin.append((quantity, Source.SUBSTITUTED))
            return substitute
        rows = self.kept.rows.get((point_id, time), ()) if point_id is not None else ()
        if not rows:
            return None
        if len(rows) > 1:
            origin.append((quantity, Source.CORRECTED))
        elif timing(time, rows[0].at, self.window) is Timing.LATE:
            origin.append((quantity, Source.LATE))
        return rows[-1].value

    def _corrected(self, value: Decimal | None, time: datetime, origin: list[tuple[str, Source]]) -> Decimal | None:
        if value is None and time in self.happened.archive:
            origin.append((CORRECTED, Source.ARCHIVE))
            return self.happened.archive[time]
        return value

    def _between(self, time: datetime) -> HourEnd:
        return HourEnd(time, shut=is_shut(self.happened.shut, time))

    def _switched(self, switch: RunSwitch) -> HourEnd:
        closes = switch.from_id == self.stream_id
        gauge = switch.pressure_kpa
        return HourEnd(
            time=switch.time,
            counter=switch.from_counter if closes else switch.to_counter,
            corrected=switch.from_corrected if closes else switch.to_corrected,
            pressure_kpa=None if gauge is None else gauge + self.air_at(switch.time),
            temperature_c=switch.temperature_c,
            shut=is_shut(self.happened.shut, switch.time),
        )


def _points(view: StreamView) -> Iterable[tuple[str, int | None]]:
    points = view.points
    return (
        (COUNTER, points.counter),
        (CORRECTED, points.corrected),
        (PRESSURE, points.pressure),
        (TEMPERATURE, points.temperature),
        (DIFFERENCE, points.difference),
    )


_SAID = {COUNTER: "counter", CORRECTED: "corrected", PRESSURE: "pressure_kpa", TEMPERATURE: "temperature_c"}


def _with(end: HourEnd, said: HourEnd, source: Source) -> HourEnd:
    """An end with what else was read at its time."""
    known = {quantity: name for quantity, name in _SAID.items() if getattr(said, name) is not None}
    origin = tuple(each for each in end.origin if each[0] not in known) + tuple((quantity, source) for quantity in known)
    return replace(end, origin=origin, **{name: getattr(said, name) for name in known.values()})


def _put(ends: list[HourEnd], said: HourEnd) -> list[HourEnd]:
    """With an end at a switch: it stands by itself, or it is that of its hour."""
    if any(end.time == said.time for end in ends):
        return [_with(end, said, Source.SWITCHED) if end.time == said.time else end for end in ends]
    return sorted([*ends, _with(HourEnd(said.time, shut=said.shut), said, Source.SWITCHED)], key=lambda end: end.time)


def _replaced(ends: list[HourEnd], change: MeterChange, between: HourEnd) -> list[HourEnd]:
    """With two ends at a replacement: the last of the old counters, the first of the new."""
    closing = HourEnd(change.time, counter=change.closing_counter, corrected=change.closing_corrected)
    opening = HourEnd(change.time, counter=change.opening_counter, corrected=change.opening_corrected)
    if all(getattr(each, name) is None for each in (closing, opening) for name in ("counter", "corrected")):
        return ends
    n = next((n for n, end in enumerate(ends) if end.time >= change.time), len(ends))
    there = n < len(ends) and ends[n].time == change.time
    own = ends[n] if there else between
    pair = [_with(own, closing, Source.REPLACED), _with(own, opening, Source.REPLACED)]
    return [*ends[:n], *pair, *ends[n + there :]]


def in_force(rows: Iterable[Substitution]) -> dict[tuple[str, datetime], Decimal]:
    """Quantity and hour → the substituted value: the newest of an hour counts, without value it is withdrawn. rows: oldest first."""
    found: dict[tuple[str, datetime], Decimal] = {}
    for row in rows:
        time = row.first
        while time <= row.last:
            if row.value is None:
                found.pop((row.quantity, time), None)
            else:
                found[row.quantity, time] = row.value
            time += HOUR
    return found
