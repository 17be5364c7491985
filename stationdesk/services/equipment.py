"""The equipment ledger as the handover and the forms ask for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain.handover import EquipmentDueFact, EquipmentFact, EquipmentFacts
from stationdesk.domain.moments import day_of
from stationdesk.domain.names import Name
from stationdesk.services.station import zone
from stationdesk.storage.equipment import Equipment, EquipmentDue


def facts(session: Session, at: datetime) -> EquipmentFacts:
    """How many run and stand by, which are out of service, whose test date is past."""
    used = Equipment.retired_at.is_(None)
    counted = session.execute(select(Equipment.status, func.count()).where(used).group_by(Equipment.status))
    counts = {status: count for status, count in counted}
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
