"""Blind base readings (盲抄底数): what the outgoing side read of a stream's counters is told to nobody before the relief has read them.

Whatever shows readings has them through `services/readings/kept.py`, which asks here: this is the one place. It is asked by the window's
first view too, and imports no record of metering.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from stationdesk.services.shifts.view import current
from stationdesk.storage import base_readings
from stationdesk.storage.recall import recall
from stationdesk.storage.store import Store
from stationdesk.values import dataclass

if TYPE_CHECKING:
    from stationdesk.storage.export import Withheld

INCOMING, OUTGOING = "incoming", "outgoing"


@dataclass(frozen=True)
class Veil:
    """What is hidden: these points (point → stream), from the closing hour of the open shift on."""

    since: datetime | None = None
    points: Mapping[int, int] = field(default_factory=dict)

    def hides(self, point_id: int, time: datetime) -> bool:
        """Whether a value of a point at a time is not told."""
        return self.since is not None and time >= self.since and point_id in self.points

    def hides_stream(self, stream_id: int | None, time: datetime) -> bool:
        """The same of a stream's counters wherever else they stand: an archive, a voucher. None: of all streams together."""
        if self.since is None or time < self.since:
            return False
        return bool(self.points) if stream_id is None else stream_id in self.points.values()


NOTHING = Veil()


@dataclass(frozen=True)
class _Blind:
    """The open shift's end, its counters by stream, and when the relief first read each stream."""

    since: datetime
    points: tuple[tuple[int, int], ...]
    entered: Mapping[int, datetime]

    def veil(self, at: datetime | None) -> Veil:
        read = {stream for stream, entered in self.entered.items() if at is None or entered <= at}
        return Veil(self.since, {point: stream for point, stream in self.points if stream not in read})


def veil(session: Session, at: datetime | None = None) -> Veil:
    """What is hidden now; with a time, what was hidden then of the shift that is open now."""
    found = _known(session)
    if found is None:
        return NOTHING
    now, before = found
    return now if at is None else before.veil(at)


def withheld(store: Store) -> Withheld | None:
    """The same for an export of the whole store; None where nothing is hidden."""
    from stationdesk.storage.export import Withheld

    with store.read() as session:
        hidden = veil(session)
    if hidden.since is None or not hidden.points:
        return None
    return Withheld(hidden.since, frozenset(hidden.points), frozenset(hidden.points.values()))


def metered(session: Session) -> bool:
    """Whether the open shift has streams whose counters go over, asked without any record of metering."""
    return _known(session) is not None


def _known(session: Session) -> tuple[Veil, _Blind] | None:
    return recall(session, "blind", ("shift", *base_readings.TABLES), lambda: _read(session))


def _read(session: Session) -> tuple[Veil, _Blind] | None:
    shift = current(session)
    counters = base_readings.counters_at(session, shift.ends_at) if shift is not None else ()
    if shift is None or not counters:
        return None
    points = tuple((point, each.stream_id) for each in counters for point in each.points)
    known = _Blind(shift.ends_at, points, base_readings.first_entered(session, shift.id, INCOMING))
    return known.veil(None), known
