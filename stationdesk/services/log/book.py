"""The duty record (值班记录) of a shift or of a day, as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_
from stationdesk.services.items import ItemView, items_between
from stationdesk.services.log.read import EntryView, of_shift
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import ShiftView, shift_view, spells
from stationdesk.services.station import zone
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store


class NoSuchShiftError(DomainError):
    """A shift that was never there."""

    words = N_("There is no shift {shift}.")


class NoShiftOfDayError(DomainError):
    """A day on which nobody was on duty here."""

    words = N_("No shift began on {day}.")


@dataclass(frozen=True)
class ShiftPages:
    """One shift of the record: who was on duty, what was written, orders and instructions taken or done."""

    shift: ShiftView
    people: tuple[str, ...]
    entries: tuple[EntryView, ...]
    items: tuple[ItemView, ...]


@dataclass(frozen=True)
class DutyBook:
    """Shifts in their order; day: of a whole day."""

    zone: ZoneInfo
    day: date | None
    shifts: tuple[ShiftPages, ...]


def book_of_shift(store: Store, shift_id: int, at: datetime) -> DutyBook:
    """The record of one shift. NoSuchShiftError."""
    with store.read() as session:
        shift = session.get(Shift, shift_id)
        if shift is None:
            raise NoSuchShiftError(shift=shift_id)
        return DutyBook(zone(session), None, (_pages(session, shift, at),))


def book_of_day(store: Store, day: date, at: datetime) -> DutyBook:
    """The record of all shifts that began on a day. NoShiftOfDayError."""
    with store.read() as session:
        opened = Shift.day == day, Shift.opened_at.is_not(None)
        found = session.scalars(select(Shift).where(*opened).order_by(Shift.starts_at, Shift.part)).all()
        if not found:
            raise NoShiftOfDayError(day=day.isoformat())
        return DutyBook(zone(session), day, tuple(_pages(session, shift, at) for shift in found))


def last_shift(store: Store) -> int | None:
    """The shift that was opened last."""
    with store.read() as session:
        newest = select(Shift.id).where(Shift.opened_at.is_not(None)).order_by(Shift.starts_at.desc(), Shift.part.desc())
        return session.scalars(newest.limit(1)).first()


def _pages(session: Session, shift: Shift, at: datetime) -> ShiftPages:
    people = names(session)
    on_duty = dict.fromkeys(people.get(spell.person_id, "") for spell in spells(session, shift.id))
    items = items_between(session, shift.opened_at or shift.starts_at, shift.closed_at or at, at)
    return ShiftPages(shift_view(session, shift, people), tuple(on_duty), of_shift(session, shift.id), items)
