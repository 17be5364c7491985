"""Which shift an hour belongs to, and when it may be read."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.plausibility import Tolerances
from stationdesk.domain.readings import OnTime
from stationdesk.services.once import once
from stationdesk.services.shifts.view import current
from stationdesk.services.station import settings_at, zone
from stationdesk.storage.recall import recall
from stationdesk.storage.shifts import Shift
from stationdesk.values import dataclass


@dataclass(frozen=True)
class ShiftMark:
    """As much of a shift as a reading must know of the one it is written to."""

    id: int
    starts_at: datetime
    closed: bool


@dataclass(frozen=True)
class Frame:
    """What holds for all values typed in one go: zone, window, tolerances and the open shift."""

    zone: ZoneInfo
    window: OnTime
    tolerances: Tolerances
    open_shift: ShiftMark | None


@once
def frame(session: Session, at: datetime) -> Frame:
    """The frame in force at a time."""
    own = settings_at(session, at)
    window = OnTime(timedelta(minutes=own["reading_early_minutes"]), timedelta(minutes=own["reading_late_minutes"]))
    return Frame(zone(session), window, tolerances(session, at), _open_shift(session))


def tolerances(session: Session, at: datetime) -> Tolerances:
    """What counts as odd at this station."""
    own = settings_at(session, at)
    return Tolerances(**{each.name: own[each.name] for each in fields(Tolerances)})


def _open_shift(session: Session) -> ShiftMark | None:
    return recall(session, "open shift", ("shift",), lambda: _mark(current(session)))


def _mark(shift: Shift | None) -> ShiftMark | None:
    return None if shift is None else ShiftMark(shift.id, shift.starts_at, shift.closed_at is not None)


def shift_of(session: Session, hour: datetime, open_shift: ShiftMark | None) -> ShiftMark | None:
    """The shift an hour is written to: the open one from its start on, else the last handed over that had begun by then.

    The hour of the change of shift is one reading: it belongs to the shift that is open when it is read.
    """
    if open_shift is not None and hour >= open_shift.starts_at:
        return open_shift
    begun = select(Shift).where(Shift.starts_at <= hour, Shift.opened_at.is_not(None))
    return _mark(session.scalars(begun.order_by(Shift.starts_at.desc(), Shift.part.desc()).limit(1)).first())
