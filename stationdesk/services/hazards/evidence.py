"""What the hazards say of the station, for a handover: all that are not closed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.handover import HazardFact, HazardsFacts
from stationdesk.services.hazards.ledger import HazardView, open_hazards
from stationdesk.storage.shifts import Shift


def facts(session: Session, shift: Shift, at: datetime) -> HazardsFacts:
    """Every hazard not closed, whichever shift raised it, by deadline."""
    return HazardsFacts(tuple(_fact(each) for each in open_hazards(session, at)))


def _fact(each: HazardView) -> HazardFact:
    return HazardFact(
        id=each.hazard_id,
        number=each.number,
        grade=each.grade_name,
        place=each.place,
        text=each.text,
        deadline=each.deadline,
        state=each.state,
        owner=each.owner,
        carried=each.carried,
        overdue=each.overdue,
        report_owed=each.report_owed,
    )
