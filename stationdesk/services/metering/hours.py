"""The gas of the station's streams between two times, hour by hour, from all that is on record now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.shapes import HourEnd, Source, StreamGas
from stationdesk.domain.metering.volumes import stream_gas
from stationdesk.domain.moments import Span, hour_of, hours, nearest_hour
from stationdesk.services.metering.blind import veil
from stationdesk.services.metering.compositions import composition_at
from stationdesk.services.metering.contracts import contract_at
from stationdesk.services.metering.ends import Ends, Happened, in_force
from stationdesk.services.metering.streams import StreamView, streams_at
from stationdesk.services.readings.hours import frame
from stationdesk.services.readings.kept import Kept, kept_between
from stationdesk.services.shut_runs import shut_streams
from stationdesk.services.station import setting, zone
from stationdesk.storage.metered import CORRECTOR_HOUR, MeterChange, RunSwitch, Substitution, standing_switches
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store


def shift_span(session: Session, shift: Shift, at: datetime) -> Span:
    """The hours whose gas a shift answers for. The parts of a shift that was handed over in the middle meet at the hour it was read at."""
    early, where = frame(session, at).window.before, zone(session)
    start, end = shift.starts_at, shift.ends_at
    if shift.part > 1 and shift.opened_at is not None:
        start = nearest_hour(shift.opened_at, where, early)
    following = select(Shift.id).where(Shift.day == shift.day, Shift.kind == shift.kind, Shift.part == shift.part + 1)
    if session.scalar(following) is not None:
        end = min(end, nearest_hour(shift.closed_at or at, where, early))
    return Span(start, max(start, end))


def gas_of_shift(session: Session, shift: Shift, at: datetime, streams: Collection[int] | None = None) -> tuple[StreamGas, ...]:
    """The gas of a shift by stream. NoContractError."""
    span = shift_span(session, shift, at)
    return gas_between(session, span.start, span.end, at, streams)


def gas_of(store: Store, start: datetime, end: datetime, at: datetime) -> tuple[StreamGas, ...]:
    """The same for a view: the gas between two times. NoContractError."""
    with store.read() as session:
        return gas_between(session, start, end, at)


def gas_between(
    session: Session, start: datetime, end: datetime, at: datetime, streams: Collection[int] | None = None
) -> tuple[StreamGas, ...]:
    """The gas of each stream (default: all) between two times, in the station's order; empty for a station without streams.

    Full hours count: a time within one stands for its beginning. Of a period that is not over, the hours that are not read yet are left
    out. All is computed under the contract in force at the start. NoContractError.
    """
    where = zone(session)
    start, end = hour_of(start, where), hour_of(end, where)
    views = _views(session, start, end, streams)
    if not views:
        return ()
    times = [time for time in hours(Span(start, end), where) if frame(session, at).window.opens(time) <= at]
    return _Period(session, views, times, Span(start, end), at).gas()


def _views(session: Session, start: datetime, end: datetime, wanted: Collection[int] | None) -> tuple[StreamView, ...]:
    """The streams of a period as they are at its end; one that was retired within it as well."""
    found = streams_at(session, end, retired_since=start)
    return tuple(each for each in found if wanted is None or each.stream_id in wanted)


class _Period:
    """What a period's gas is computed from, read from the store once for all streams."""

    def __init__(self, session: Session, views: Sequence[StreamView], times: Sequence[datetime], span: Span, at: datetime) -> None:
        self.session, self.views, self.times, self.span, self.at = session, views, times, span, at
        self.window = frame(session, at).window
        self.ids = [each.stream_id for each in views]
        self._at = {time: {each.stream_id: each for each in streams_at(session, time, retired_since=span.start)} for time in times}

    def gas(self) -> tuple[StreamGas, ...]:
        """By stream; of a period that has not begun without any hour."""
        if not self.times:
            return tuple(self._of_ends(view, []) for view in self.views)
        kept, happened = self._kept(), self._happened()
        return tuple(self._stream(view, kept, happened[view.stream_id]) for view in self.views)

    def _stream(self, view: StreamView, kept: Kept, happened: Happened) -> StreamGas:
        stream_id = view.stream_id
        times = [time for time in self.times if stream_id in self._at[time] and (view.retired_at is None or time <= view.retired_at)]
        ends = Ends(stream_id, partial(self._view, view), self._air, kept, happened, self.window).of(times)
        return self._of_ends(view, self._so_far(self._begun_shut(ends, stream_id)))

    def _of_ends(self, view: StreamView, ends: Sequence[HourEnd]) -> StreamGas:
        return stream_gas(
            view.rule,
            contract_at(self.session, self.span.start),
            self.span.start,
            self.span.end,
            ends,
            partial(composition_at, self.session, view.stream_id),
            lambda time: self._view(view, time).rule,
        )

    def _view(self, view: StreamView, time: datetime) -> StreamView:
        """A stream as it is at a time, which may be one between the hours, or before it was set up."""
        found = self._at.get(time)
        if found is None:
            found = {each.stream_id: each for each in streams_at(self.session, time, retired_since=self.span.start)}
        return found.get(view.stream_id, view)

    def _air(self, time: datetime) -> Decimal:
        pressure: Decimal = setting(self.session, "p_atm", time)
        return pressure

    def _so_far(self, ends: list[HourEnd]) -> list[HourEnd]:
        """Without the last hours of a period that is not over, as long as they may still be read in time."""
        while ends and ends[-1].time < self.span.end and self.window.closes(ends[-1].time) >= self.at and not _says(ends[-1]):
            ends = ends[:-1]
        return ends

    def _begun_shut(self, ends: list[HourEnd], stream_id: int) -> list[HourEnd]:
        """A shut run is not read: at the beginning its counter stands where the last switch left it."""
        if not ends or not ends[0].shut or ends[0].counter is not None:
            return ends
        last = standing_switches().where(RunSwitch.from_id == stream_id, RunSwitch.time <= ends[0].time)
        left = self.session.scalars(last.order_by(RunSwitch.time.desc(), RunSwitch.id.desc()).limit(1)).first()
        if left is None or left.from_counter is None:
            return ends
        first = ends[0]
        origin = (*first.origin, ("counter", Source.SWITCHED))
        return [HourEnd(**{**vars(first), "counter": left.from_counter, "origin": origin}), *ends[1:]]

    def _kept(self) -> Kept:
        points = {
            point
            for at_time in self._at.values()
            for view in at_time.values()
            if view.stream_id in self.ids
            for point in vars(view.points).values()
            if point is not None
        }
        return kept_between(self.session, self.times[0], self.times[-1], sorted(points))

    def _happened(self) -> dict[int, Happened]:
        shut, switches, changes = shut_streams(self.session), self._switches(), self._changes()
        substitutions, archive = self._substitutions(), self._archive()
        return {
            stream_id: Happened(
                switches[stream_id], changes[stream_id], in_force(substitutions[stream_id]), archive[stream_id], shut.get(stream_id, ())
            )
            for stream_id in self.ids
        }

    def _switches(self) -> dict[int, list[RunSwitch]]:
        found: dict[int, list[RunSwitch]] = defaultdict(list)
        wanted = standing_switches().where(RunSwitch.time >= self.times[0], RunSwitch.time <= self.times[-1])
        for row in self.session.scalars(wanted.order_by(RunSwitch.time, RunSwitch.id)):
            for stream_id in {row.from_id, row.to_id} - {None}:
                found[stream_id or 0].append(row)
        return found

    def _changes(self) -> dict[int, list[MeterChange]]:
        found: dict[int, list[MeterChange]] = defaultdict(list)
        wanted = select(MeterChange).where(
            MeterChange.stream_id.in_(self.ids), MeterChange.time >= self.times[0], MeterChange.time <= self.times[-1]
        )
        for row in self.session.scalars(wanted.order_by(MeterChange.time, MeterChange.id)):
            found[row.stream_id].append(row)
        return found

    def _substitutions(self) -> dict[int, list[Substitution]]:
        found: dict[int, list[Substitution]] = defaultdict(list)
        wanted = select(Substitution).where(
            Substitution.stream_id.in_(self.ids), Substitution.first <= self.times[-1], Substitution.last >= self.times[0]
        )
        for row in self.session.scalars(wanted.order_by(Substitution.id)):
            found[row.stream_id].append(row)
        return found

    def _archive(self) -> dict[int, dict[datetime, Decimal]]:
        """What the corrector's own archive says of the hours: what a later file says otherwise counts. What is blind stays so here."""
        found: dict[int, dict[datetime, Decimal]] = defaultdict(dict)
        c = CORRECTOR_HOUR.c
        wanted = select(c.stream_id, c.time, c.corrected).where(
            c.stream_id.in_(self.ids), c.time >= self.times[0], c.time <= self.times[-1], c.corrected.is_not(None)
        )
        hidden = veil(self.session)
        for stream_id, time, corrected in self.session.execute(wanted.order_by(c.stream_id, c.time, c.nth)):
            if not hidden.hides_stream(stream_id, time):
                found[stream_id][time] = corrected
        return found


def _says(end: HourEnd) -> bool:
    read = (end.counter, end.corrected, end.pressure_kpa, end.temperature_c, end.difference_kpa, end.moved)
    return any(each is not None for each in read)
