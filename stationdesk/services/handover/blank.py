"""The lines of a handover without any shift, for the blank form."""

from __future__ import annotations

from datetime import datetime

from stationdesk.domain.names import Name
from stationdesk.services.handover.facts import definition
from stationdesk.storage.store import Store


def blank_lines(store: Store, at: datetime) -> tuple[Name, ...]:
    """Names of the lines in force, in their order."""
    with store.read() as session:
        return tuple(line.name for line in definition(session, at).lines)
