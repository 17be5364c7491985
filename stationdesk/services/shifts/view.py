"""Shifts and who is on duty in them, as every feature asks for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String, bindparam, func, literal, select
from sqlalchemy.orm import Session

from stationdesk.domain.duty import NoShiftOpenError
from stationdesk.domain.names import Name
from stationdesk.services.once import once
from stationdesk.storage.people import Crew
from stationdesk.storage.recall import recall
from stationdesk.storage.shifts import DutySpell, Emergency, Shift
from stationdesk.values import dataclass

CLOSED = 12
"""Handed-over shifts offered for a late entry: four days of three."""


@dataclass(frozen=True)
class ShiftView:
    """A shift; it belongs to the day on which it starts."""

    shift_id: int
    day: date
    kind: str
    part: int
    name: Name
    starts_at: datetime
    ends_at: datetime
    crew: str  # code, "" for none
    crew_name: Name
    leader_id: int | None
    leader: str
    opened_at: datetime | None
    closed_at: datetime | None
    trial: bool


@dataclass(frozen=True)
class EmergencyView:
    """An emergency state that is on."""

    emergency_id: int
    declared_at: datetime
    declared_by: str
    words: str


CURRENT = "current"
"""The open shift as a transaction found it: it stays the open one until that very transaction closes it."""

# Made once: they are asked for in every transaction. Both look at the newest shifts only, not at ten years of closed ones.
_CURRENT = (
    select(Shift).where(Shift.opened_at.is_not(None), Shift.closed_at.is_(None)).order_by(Shift.starts_at.desc(), Shift.id.desc()).limit(1)
)
_NEWEST = select(Shift.starts_at).where(Shift.opened_at.is_not(None)).order_by(Shift.starts_at.desc()).limit(1).scalar_subquery()
_AWAITED = (
    select(Shift)
    .where(Shift.opened_at.is_(None), Shift.closed_at.is_(None), Shift.starts_at >= func.coalesce(_NEWEST, literal("", String)))
    .order_by(Shift.starts_at)
    .limit(1)
)
_OPEN_SPELLS = select(DutySpell.id).where(DutySpell.signed_off_at.is_(None))
_SPELLS = select(DutySpell).where(DutySpell.shift_id == bindparam("shift")).order_by(DutySpell.signed_on_at, DutySpell.id)


def current(session: Session) -> Shift | None:
    """The open shift: handed over to its crew and not yet handed on. There is one at most; None in a new station."""
    known: Shift | None = session.info.get(CURRENT)
    if known is None or known.closed_at is not None:
        known = session.info[CURRENT] = session.scalars(_CURRENT).first()
    return known


@once
def awaited(session: Session) -> Shift | None:
    """The shift whose crew is signing on and has not taken over yet: it begins with or after the newest that was opened."""
    return session.scalars(_AWAITED).first()


def the_open_shift(session: Session) -> Shift:
    """The open shift. NoShiftOpenError."""
    found = current(session)
    if found is None:
        raise NoShiftOpenError
    return found


def on_duty(session: Session, shift_id: int) -> tuple[DutySpell, ...]:
    """Who is on duty in a shift now, in the order of signing on."""
    return spells(session, shift_id, open_only=True)


@once
def spells(session: Session, shift_id: int, *, open_only: bool = False) -> tuple[DutySpell, ...]:
    """All times on duty in a shift, ended ones included, in the order of signing on."""
    found = session.scalars(_SPELLS, {"shift": shift_id})
    return tuple(spell for spell in found if not open_only or spell.signed_off_at is None)


def open_spells(session: Session) -> tuple[DutySpell, ...]:
    """Everybody signed on at the desk, of the open shift and of the awaited one, in the order of signing on."""
    known = recall(session, "open spells", ("duty_spell",), lambda: tuple(session.scalars(_OPEN_SPELLS)))
    found = session.scalars(select(DutySpell).where(DutySpell.id.in_(known)).order_by(DutySpell.signed_on_at, DutySpell.id))
    return tuple(found)


def relieved(session: Session) -> tuple[DutySpell, ...]:
    """Who handed over their shift and is still signed on, in the order of signing on."""
    return tuple(spell for spell in open_spells(session) if session.get_one(Shift, spell.shift_id).closed_at is not None)


def spell_of(session: Session, person_id: int, shift_id: int | None = None) -> DutySpell | None:
    """A person's open time on duty: in that shift, or wherever they signed on first."""
    found = (spell for spell in open_spells(session) if spell.person_id == person_id and shift_id in (None, spell.shift_id))
    return next(found, None)


def active_emergency(session: Session) -> Emergency | None:
    """The emergency state, None when there is none."""
    return session.scalars(select(Emergency).where(Emergency.ended_at.is_(None)).order_by(Emergency.id)).first()


def shift_view(session: Session, shift: Shift, people: dict[int, str]) -> ShiftView:
    """A shift for showing; people: names by id."""
    crew = session.get(Crew, shift.crew_id) if shift.crew_id is not None else None
    return ShiftView(
        shift_id=shift.id,
        day=shift.day,
        kind=shift.kind,
        part=shift.part,
        name=Name(shift.name_zh, shift.name_en),
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        crew=crew.code if crew else "",
        crew_name=Name(crew.name_zh, crew.name_en) if crew else Name("", ""),
        leader_id=shift.leader_id,
        leader=people.get(shift.leader_id or 0, ""),
        opened_at=shift.opened_at,
        closed_at=shift.closed_at,
        trial=shift.trial,
    )


def closed_shifts(session: Session, people: dict[int, str], limit: int = CLOSED) -> tuple[ShiftView, ...]:
    """The last shifts that were handed over, the newest first: what was done on paper in them is entered afterwards."""
    found = session.scalars(select(Shift).where(Shift.closed_at.is_not(None)).order_by(Shift.starts_at.desc()).limit(limit))
    return tuple(shift_view(session, each, people) for each in found)


def emergency_view(emergency: Emergency, people: dict[int, str]) -> EmergencyView:
    """An emergency state for showing."""
    return EmergencyView(emergency.id, emergency.declared_at, people.get(emergency.declared_by or 0, ""), emergency.words)
