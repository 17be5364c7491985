"""The hours of correctors' archives as they are kept: the newest word on each counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.archive import ArchiveHour, KnownStream
from stationdesk.domain.moments import HOUR
from stationdesk.services.metering.blind import veil
from stationdesk.storage.metered import CORRECTOR_HOUR, CorrectorImport
from stationdesk.storage.metering import Stream, StreamVersion
from stationdesk.storage.store import Store

COLUMNS: Mapping[str, str] = {
    "counter": "counter_m3", "corrected": "corrected_m3", "fault": "fault_m3", "pressure_kpa": "pressure_kpa",
    "temperature_c": "temperature_c", "factor": "factor", "status": "status", "line": "line",
}  # fmt: skip
"""Column of the store → field of ArchiveHour."""


@dataclass(frozen=True)
class KeptHour(ArchiveHour):
    """An hour as it is kept. nth: how many words on it came before; import_id: of the file it is from."""

    nth: int = 0
    import_id: int = 0


@dataclass(frozen=True)
class ArchivedHour:
    """An hour for showing. moved, corrected_moved, fault_moved: m³ since the hour before, None where that one is not kept."""

    hour: ArchiveHour
    moved_m3: Decimal | None
    corrected_moved_m3: Decimal | None
    fault_moved_m3: Decimal | None
    file: str


def known_streams(session: Session, at: datetime) -> tuple[KnownStream, ...]:
    """The streams in use, with everything a maker's file may call them."""
    query = (
        select(
            Stream.id, Stream.code, StreamVersion.name_zh, StreamVersion.name_en, StreamVersion.meter_serial, StreamVersion.corrector_serial
        )
        .join(StreamVersion, StreamVersion.stream_id == Stream.id)
        .where(Stream.retired_at.is_(None), StreamVersion.valid_from <= at)
        .order_by(Stream.id, StreamVersion.valid_from, StreamVersion.id)
    )
    newest = {row.id: row for row in session.execute(query)}
    return tuple(
        KnownStream(row.id, row.code, (row.name_zh, row.name_en, row.meter_serial, row.corrector_serial)) for row in newest.values()
    )


def kept(session: Session, stream_id: int, start: datetime, end: datetime) -> dict[datetime, KeptHour]:
    """A stream's hours by their end, those that end after `start` and not after `end`, in order."""
    table = CORRECTOR_HOUR.c
    query = select(CORRECTOR_HOUR).where(table.stream_id == stream_id, table.time > start, table.time <= end)
    return {row.time: _hour(row) for row in session.execute(query.order_by(table.time, table.nth))}


def _hour(row: Row[tuple[object, ...]]) -> KeptHour:
    values = row._mapping
    own = {field: values[column] for column, field in COLUMNS.items()}
    flags = tuple(each for each in values["flags"].split(",") if each)
    return KeptHour(stream="", time=values["time"], flags=flags, nth=values["nth"], import_id=values["import_id"], **own)


def archive_hours(store: Store, stream_id: int, start: datetime, end: datetime) -> tuple[ArchivedHour, ...]:
    """What the corrector says of the hours that end after `start` and not after `end`, in order."""
    with store.read() as session:
        return archive_hours_in(session, stream_id, start, end)


def archive_hours_in(session: Session, stream_id: int, start: datetime, end: datetime) -> tuple[ArchivedHour, ...]:
    """The same inside a transaction. Counters that the relief is still to read blind are not told."""
    hidden = veil(session)
    found = {
        time: replace(each, counter_m3=None, corrected_m3=None, fault_m3=None) if hidden.hides_stream(stream_id, time) else each
        for time, each in kept(session, stream_id, start - HOUR, end).items()
    }
    files = {row.id: row.name for row in session.execute(select(CorrectorImport.id, CorrectorImport.name))}
    return tuple(_shown(each, found.get(each.time - HOUR), files.get(each.import_id, "")) for each in found.values() if each.time > start)


def _shown(hour: KeptHour, before: KeptHour | None, file: str) -> ArchivedHour:
    moved, corrected, fault = (_moved(getattr(hour, key), getattr(before, key, None)) for key in ("counter_m3", "corrected_m3", "fault_m3"))
    return ArchivedHour(hour, moved, corrected, fault, file)


def _moved(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before


@dataclass(frozen=True)
class ArchiveFile:
    """A file that was taken in."""

    import_id: int
    name: str
    digest: str
    rows: int
    first: datetime | None
    last: datetime | None
    by_id: int
    at: datetime


def archive_files(store: Store) -> tuple[ArchiveFile, ...]:
    """The files that were taken in, the newest first."""
    with store.read() as session:
        found = session.scalars(select(CorrectorImport).order_by(CorrectorImport.id.desc()))
        return tuple(ArchiveFile(each.id, each.name, each.digest, each.rows, each.first, each.last, each.by_id, each.at) for each in found)
