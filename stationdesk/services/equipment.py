"""The equipment ledger: as the handover asks for it, and as the station keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.equipment import DueOrderError, EquipmentCodeError, EquipmentNameError, due_date
from stationdesk.domain.handover import EquipmentDueFact, EquipmentFact, EquipmentFacts
from stationdesk.domain.moments import day_of
from stationdesk.domain.names import Name
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.station import zone
from stationdesk.storage.equipment import Equipment, EquipmentDue
from stationdesk.storage.store import Actor, Store


def facts(session: Session, at: datetime) -> EquipmentFacts:
    """How many run and stand by, which are out of service, whose test date is past."""
    used = Equipment.retired_at.is_(None)
    counted = session.execute(select(Equipment.status, func.count()).where(used).group_by(Equipment.status))
    counts: dict[str, int] = {row[0]: row[1] for row in counted}
    out = session.scalars(select(Equipment).where(used, Equipment.status == "out_of_service").order_by(Equipment.code))
    today = day_of(at, zone(session))
    past = session.execute(
        select(Equipment, EquipmentDue)
        .join(EquipmentDue, EquipmentDue.equipment_id == Equipment.id)
        .where(used, EquipmentDue.due < today)
        .order_by(EquipmentDue.due, Equipment.code)
    )
    return EquipmentFacts(
        in_use=counts.get("in_use", 0),
        standby=counts.get("standby", 0),
        out=tuple(EquipmentFact(each.code, _name(each), each.status_words) for each in out),
        overdue=tuple(EquipmentDueFact(each.code, _name(each), due.what, due.due) for each, due in past),
    )


def _name(each: Equipment) -> Name:
    return Name(each.name_zh, each.name_en or each.name_zh)


@dataclass(frozen=True)
class DueView:
    """What falls due on a piece of equipment."""

    due_id: int
    what: str
    due: date
    last: date | None
    months: int | None
    version: int


@dataclass(frozen=True)
class EquipmentView:
    """A piece of equipment with its due dates, the next one first."""

    equipment_id: int
    code: str
    name: Name
    kind: str
    place: str
    status: str
    status_words: str
    dues: tuple[DueView, ...]
    version: int

    @property
    def next_due(self) -> date | None:
        """The first date of all."""
        return self.dues[0].due if self.dues else None


@dataclass(frozen=True)
class DueText:
    """A due date as a station sets it; due None: so many months after it was last done, or nothing falls due."""

    what: str
    due: date | None
    last: date | None = None
    months: int | None = None


@dataclass(frozen=True)
class EquipmentText:
    """A piece of equipment as a station sets it; dues that are not named, or have no date, end."""

    code: str
    name: Name
    kind: str = ""
    place: str = ""
    status: str = "in_use"
    status_words: str = ""
    dues: tuple[DueText, ...] = ()


def equipment_view(store: Store) -> tuple[EquipmentView, ...]:
    """The ledger in the order of its tags."""
    with store.read() as session:
        dues = _dues(session)
        found = session.scalars(select(Equipment).where(Equipment.retired_at.is_(None)).order_by(Equipment.code))
        return tuple(
            EquipmentView(
                each.id, each.code, Name(each.name_zh, each.name_en), each.kind, each.place, each.status, each.status_words,
                dues.get(each.id, ()), each.version,
            )
            for each in found
        )  # fmt: skip


def _dues(session: Session) -> dict[int, tuple[DueView, ...]]:
    found: dict[int, tuple[DueView, ...]] = {}
    for each in session.scalars(select(EquipmentDue).order_by(EquipmentDue.due, EquipmentDue.id)):
        view = DueView(each.id, each.what, each.due, each.last, each.months, each.version)
        found[each.equipment_id] = (*found.get(each.equipment_id, ()), view)
    return found


def set_equipment(
    store: Store, actor: Actor, text: EquipmentText, version: int | None = None, *, at: datetime, seen: tuple[DueView, ...] | None = None
) -> int:
    """Add a piece of equipment, or change the one of this tag; its id.

    version: the one the form showed, None for a new one; seen: the due dates it showed. ChangedMeanwhileError, EquipmentCodeError,
    EquipmentNameError and the errors of due_date.
    """
    with store.write(actor, "set_equipment", at) as session:
        found = _piece(session, text.code)
        if version is None and found is not None:
            raise EquipmentCodeError(code=text.code)
        if version is not None and found is not None:
            found.expect(version)
            as_seen(seen, _dues(session).get(found.id, ()), "equipment_due")
        piece, _outcome = put_equipment(session, text.code, text.name, text.kind, text.place, text.status, text.status_words)
        named = {each.what: due_date(each.what, each.due, each.last, each.months) for each in text.dues}
        for due in session.scalars(select(EquipmentDue).where(EquipmentDue.equipment_id == piece.id)):
            if named.get(due.what) is None:
                session.delete(due)  # cleared means cleared; the journal keeps what stood there
        for each in text.dues:
            day = named[each.what]
            if day is not None:
                put_due(session, piece.id, each.what, day, each.last, each.months)
        return piece.id


def retire_equipment(store: Store, actor: Actor, equipment_id: int, *, at: datetime) -> None:
    """Take a piece out of the ledger; what was written of it stays."""
    with store.write(actor, "retire_equipment", at) as session:
        session.get_one(Equipment, equipment_id).retired_at = at


def _piece(session: Session, code: str) -> Equipment | None:
    return session.scalars(select(Equipment).where(Equipment.code == code.strip())).first()


def put_equipment(session: Session, code: str, name: Name, kind: str, place: str, status: str, status_words: str) -> tuple[Equipment, str]:
    """Inside a transaction: the piece of this tag, and whether it was "added", "changed" or left as it was ("").

    EquipmentCodeError, EquipmentNameError.
    """
    code = code.strip()
    if not code:
        raise EquipmentCodeError(code=code)
    if not name.zh.strip():
        raise EquipmentNameError
    values = {"name_zh": name.zh.strip(), "name_en": name.en.strip(), "kind": kind, "place": place, "status": status}
    values["status_words"] = status_words
    found = _piece(session, code)
    if found is None:
        found = Equipment(code=code, name_zh=values["name_zh"])
        session.add(found)
        outcome = "added"
    else:
        same = found.retired_at is None and all(getattr(found, key) == value for key, value in values.items())
        outcome = "" if same else "changed"
        found.retired_at = None
    for key, value in values.items():
        setattr(found, key, value)
    session.flush()
    return found, outcome


def put_due(session: Session, equipment_id: int, what: str, due: date, last: date | None, months: int | None) -> bool:
    """Inside a transaction: what falls due on it, by what it is; whether anything changed. DueOrderError."""
    if last is not None and last > due:
        raise DueOrderError(what=what)
    own = select(EquipmentDue).where(EquipmentDue.equipment_id == equipment_id, EquipmentDue.what == what)
    found = session.scalars(own.order_by(EquipmentDue.id)).first()
    if found is None:
        session.add(EquipmentDue(equipment_id=equipment_id, what=what, due=due, last=last, months=months))
        session.flush()
        return True
    changed = (found.due, found.last, found.months) != (due, last, months)
    found.due, found.last, found.months = due, last, months
    return changed
