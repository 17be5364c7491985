"""Where a hazard was raised: the page that shows it, and what to point at there."""

from __future__ import annotations

from sqlalchemy.orm import Session

from stationdesk.storage.checklists import ChecklistLine
from stationdesk.storage.hazards import Hazard
from stationdesk.storage.readings import Point
from stationdesk.storage.rounds import RoundLine


def origin_of(session: Session, hazard: Hazard) -> tuple[str, object] | None:
    """Page and target: an entry, a round, a checklist, a point at its hour; None for a hazard raised by itself."""
    key = hazard.source_id
    match hazard.source_kind:
        case "log_entry":
            return "log", key
        case "round_line":
            line = session.get(RoundLine, key)
            return ("rounds", line.round_id) if line else None
        case "checklist_line":
            check = session.get(ChecklistLine, key)
            return ("checklists", check.checklist_id) if check else None
        case "reading":
            point = session.get(Point, key)  # a reading is its point at an hour
            return ("readings", ("point", point.code, hazard.source_time)) if point else None
        case _:
            return None
