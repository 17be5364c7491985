"""A shift's gas as it comes out now, beside what was frozen of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.frozen import Change, changes
from stationdesk.domain.metering.shapes import StreamGas
from stationdesk.domain.metering.streams import NoStreamsError
from stationdesk.domain.moments import Span
from stationdesk.domain.names import Name
from stationdesk.services.log.book import NoSuchShiftError
from stationdesk.services.metering.hours import gas_of_shift, shift_span
from stationdesk.services.metering.results import ResultView, results_of_shift
from stationdesk.services.station import zone
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class StreamResult:
    """A stream's gas now; frozen: as it was handed over; changes: because of what the two differ."""

    now: StreamGas
    frozen: ResultView | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ShiftGas:
    """The gas of a shift by stream."""

    shift_id: int
    day: date
    kind: str
    part: int
    name: Name
    span: Span
    zone: ZoneInfo
    streams: tuple[StreamResult, ...]


def shift_gas(store: Store, shift_id: int, at: datetime) -> ShiftGas:
    """Compute a shift's gas from what is on record. NoSuchShiftError, NoStreamsError, NoContractError."""
    with store.read() as session:
        shift = session.get(Shift, shift_id)
        if shift is None:
            raise NoSuchShiftError(shift=shift_id)
        found = gas_of_shift(session, shift, at)
        if not found:
            raise NoStreamsError
        frozen = {each.stream_id: each for each in results_of_shift(session, shift_id)}
        streams = tuple(_beside(each, frozen.get(each.stream.stream_id)) for each in found)
        name, span = Name(shift.name_zh, shift.name_en), shift_span(session, shift, at)
        return ShiftGas(shift_id, shift.day, shift.kind, shift.part, name, span, zone(session), streams)


def _beside(now: StreamGas, frozen: ResultView | None) -> StreamResult:
    return StreamResult(now, frozen, changes(frozen.gas, now) if frozen else ())
