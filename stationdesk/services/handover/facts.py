"""All a handover is composed from, asked of every feature in one moment of the store."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.handover import Definition, Facts, ShiftFacts, StationFacts, definition_of
from stationdesk.domain.metering.needs import EARLY, MeteringFacts, StreamNeed
from stationdesk.domain.names import Name
from stationdesk.services import checklists, equipment, hazards, items, log, readings, rounds
from stationdesk.services.metering.blind import metered
from stationdesk.services.shifts import active_emergency, duty_facts
from stationdesk.services.station import items as station_items
from stationdesk.services.station import setting
from stationdesk.storage.log import LogEntry
from stationdesk.storage.recall import recall
from stationdesk.storage.shifts import Shift

LINES, GROUNDS = "handover_lines", "refusal_grounds"
MODE = "mode"  # log category of the running mode


def gather(session: Session, shift: Shift, at: datetime) -> Facts:
    """The facts of a shift at a moment."""
    return Facts(
        shift=ShiftFacts(shift.id, shift.day, shift.kind, Name(shift.name_zh, shift.name_en), shift.starts_at, shift.ends_at, shift.part),
        readings=readings.facts(session, shift, at),
        rounds=rounds.facts(session, shift, at),
        checklists=checklists.facts(session, shift, at),
        log=log.facts(session, shift, at),
        hazards=hazards.facts(session, shift, at),
        items=items.facts(session, shift, at),
        equipment=equipment.facts(session, at),
        station=_station(session, at),
        duty=duty_facts(session, shift, at),
        metering=_metering(session, shift, at),
    )


def _metering(session: Session, shift: Shift, at: datetime) -> MeteringFacts:
    """What the takeover of the gas asks for; a station without streams, and a shift that is not at its end, load nothing of metering."""
    if at < shift.ends_at - EARLY or not metered(session):
        return MeteringFacts()
    from stationdesk.services.metering.takeover import takeover

    found = takeover(session, shift, at)
    return MeteringFacts(tuple(StreamNeed(each.stream_id, each.stream.name, each.needs) for each in found.streams) if found else ())


def definition(session: Session, at: datetime) -> Definition:
    """The station's lines and grounds of refusal in force."""
    return definition_of(station_items(session, LINES, at), station_items(session, GROUNDS, at))


def _mode_entry(session: Session) -> _ModeEntry | None:
    """Perhaps written years ago: all of the log is looked through."""
    newest = select(LogEntry.id, LogEntry.text).where(LogEntry.category == MODE).order_by(LogEntry.time.desc(), LogEntry.id.desc()).limit(1)
    row = session.execute(newest).first()
    return _ModeEntry(row.id, row.text) if row else None


class _ModeEntry(NamedTuple):
    """The entry that says how the station runs."""

    id: int
    text: str


def _station(session: Session, at: datetime) -> StationFacts:
    """The running mode as last written in the log, else as set; the emergency state."""
    entry, emergency = recall(session, MODE, ("log_entry",), lambda: _mode_entry(session)), active_emergency(session)
    return StationFacts(
        mode=entry.text if entry else setting(session, "running_mode", at),
        mode_entry=entry.id if entry else None,
        emergency_since=emergency.declared_at if emergency else None,
    )
