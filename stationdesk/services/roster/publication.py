"""A published version as sheets name it: the days on which it is in force, and its signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from stationdesk.domain.roster import days_of
from stationdesk.services.handover.signers import mark_of
from stationdesk.services.roster.publish import signature_of
from stationdesk.services.shifts.publications import published
from stationdesk.storage.keys import fingerprint
from stationdesk.storage.roster import Roster


@dataclass(frozen=True)
class Publication:
    """A version in force on days of the sheet, and the signature it was published with (mark: its first letters)."""

    roster_id: int
    number: int
    first: date
    last: date
    by: str
    at: datetime
    mark: str
    fingerprint: str


def publication(session: Session, row: Roster, first: date, last: date, called: Mapping[int, str]) -> Publication:
    """A version with the days of the span on which it is in force."""
    signed = signature_of(session, row.id)
    held = [day for day in days_of(max(first, row.first), min(last, row.last)) if _holds(session, row, day)]
    assert row.closed_at is not None
    return Publication(
        roster_id=row.id,
        number=row.number,
        first=held[0] if held else max(first, row.first),
        last=held[-1] if held else min(last, row.last),
        by=called.get(row.closed_by or 0, ""),
        at=row.closed_at,
        mark=mark_of(signed),
        fingerprint=fingerprint(signed.public_key).replace(" ", "") if signed and signed.public_key else "",
    )


def _holds(session: Session, row: Roster, day: date) -> bool:
    found = published(session, day, row.sheet)
    return found is not None and found.roster_id == row.id
