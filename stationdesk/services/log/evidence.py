"""What the log says of a shift, for its handover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from stationdesk.domain.handover import LogFact, LogFacts
from stationdesk.domain.log import EMERGENCY, MODE
from stationdesk.services.log.read import EntryView, of_shift
from stationdesk.storage.shifts import Shift


def facts(session: Session, shift: Shift, at: datetime) -> LogFacts:
    """Emergency records, those without a name, and changes of the running mode; an entry that was corrected no longer speaks."""
    standing = [each for each in of_shift(session, shift.id) if each.corrected_by is None and each.at <= at]
    emergencies = [each for each in standing if each.category == EMERGENCY]
    return LogFacts(
        emergencies=_facts(emergencies),
        unclaimed=_facts(each for each in emergencies if each.unclaimed),
        switchings=_facts(each for each in standing if each.category == MODE),
    )


def _facts(found: Iterable[EntryView]) -> tuple[LogFact, ...]:
    return tuple(LogFact(each.entry_id, each.time, each.text) for each in found)
