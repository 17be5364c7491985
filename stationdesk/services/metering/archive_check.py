"""Which end of its hour a time is of, by the station's own readings of the same counters, where a file does not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.archive import ArchiveHour
from stationdesk.domain.moments import HOUR
from stationdesk.services.metering.blind import veil
from stationdesk.services.readings.kept import kept_between
from stationdesk.storage.metering import StreamVersion

ENOUGH = 3  # readings to go by
NEAR, FAR = Decimal("0.2"), Decimal("0.5")
"""Of what a counter usually moves in an hour."""


@dataclass(frozen=True)
class _Counter:
    """A counter as the file has it and as the station read it, both in m³ by time."""

    archive: dict[datetime, Decimal]
    read: dict[datetime, Decimal]


def end_by_readings(session: Session, hours: Sequence[ArchiveHour], ids: dict[str, int]) -> str:
    """ "end" or "start" where the readings prove it, "" where they do not. hours: read as if each time were the end of its hour."""
    for code, stream_id in ids.items():
        own = [each for each in hours if each.stream == code]
        for counter in _counters(session, own, stream_id) if own else ():
            if found := _proven(counter):
                return found
    return ""


def _counters(session: Session, own: Sequence[ArchiveHour], stream_id: int) -> Iterator[_Counter]:
    version = session.scalars(
        select(StreamVersion).where(StreamVersion.stream_id == stream_id).order_by(StreamVersion.valid_from.desc(), StreamVersion.id.desc())
    ).first()
    if version is None:
        return
    pairs = ((version.corrected_point_id, "corrected_m3", Decimal(1)), (version.counter_point_id, "counter_m3", version.factor))
    for point_id, field, times in pairs:
        archive = {each.time: value for each in own if (value := getattr(each, field)) is not None}
        if point_id is not None and archive:
            yield _Counter(archive, _read(session, point_id, min(archive), max(archive) + HOUR, times))


def _read(session: Session, point_id: int, first: datetime, last: datetime, times: Decimal) -> dict[datetime, Decimal]:
    hidden = veil(session)
    rows = kept_between(session, first, last, [point_id]).in_force()
    return {row.time: row.value * times for row in rows if not hidden.hides(point_id, row.time)}


def _proven(counter: _Counter) -> str:
    """The end whose counters are those of the readings, while the other's lie most of an hour's gas off."""
    moves = [after - before for before, after in pairwise(counter.archive.values()) if after > before]
    off = {"end": _off(counter, 0), "start": _off(counter, 1)}
    if not moves or any(len(each) < ENOUGH for each in off.values()):
        return ""
    usual = median(moves)
    near, far = sorted(off, key=lambda end: median(off[end]))
    return near if median(off[near]) < NEAR * usual and median(off[far]) > FAR * usual else ""


def _off(counter: _Counter, hours: int) -> list[Decimal]:
    return [
        abs(value - counter.read[time + hours * HOUR]) for time, value in counter.archive.items() if time + hours * HOUR in counter.read
    ]
