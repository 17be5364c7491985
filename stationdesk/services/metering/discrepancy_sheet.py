"""A discrepancy sheet as it is printed: what it says, what was compared when it was opened, and who signed and closed it."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.compare import Check
from stationdesk.domain.metering.discrepancy import found_in
from stationdesk.domain.words import N_
from stationdesk.services.metering.discrepancies import CLOSING, DiscrepancyView, discrepancy_view
from stationdesk.services.people import names
from stationdesk.services.shifts import ShiftView, shift_view
from stationdesk.services.station import zone
from stationdesk.storage.metered import Discrepancy
from stationdesk.storage.shifts import Shift
from stationdesk.storage.signatures import Signature
from stationdesk.storage.store import Store


class NoDiscrepancyError(DomainError):
    """A text that names no sheet."""

    words = N_("There is no discrepancy sheet {subject}.")
    field = "subject"


@dataclass(frozen=True)
class DiscrepancyPaper:
    """A sheet with all of it. checks: as they stood when it was opened; mark: the first letters of the closing signature."""

    view: DiscrepancyView
    shift: ShiftView | None
    checks: tuple[Check, ...]
    mark: str
    zone: ZoneInfo


def discrepancy_paper(store: Store, subject: str) -> DiscrepancyPaper | None:
    """subject: "3" a record; "" the newest, None where there is none. NoDiscrepancyError."""
    with store.read() as session:
        row = _row(session, subject)
        if row is None:
            return None
        found, mark, shift = found_in(row.found), _mark(session, row.id), session.get(Shift, row.shift_id) if row.shift_id else None
        worked, where = shift_view(session, shift, names(session)) if shift else None, zone(session)
        number = row.id
    return DiscrepancyPaper(discrepancy_view(store, number), worked, found, mark, where)


def _row(session: Session, subject: str) -> Discrepancy | None:
    if not subject:
        return session.scalars(select(Discrepancy).order_by(Discrepancy.id.desc()).limit(1)).first()
    row = session.get(Discrepancy, int(subject)) if subject.isdecimal() else None
    if row is None:
        raise NoDiscrepancyError(subject=subject[:40])
    return row


def _mark(session: Session, discrepancy_id: int) -> str:
    wanted = select(Signature).where(
        Signature.subject_kind == "discrepancy", Signature.subject_id == discrepancy_id, Signature.purpose == CLOSING
    )
    signed = session.scalars(wanted.order_by(Signature.id.desc()).limit(1)).first()
    letters = (signed.signature or signed.digest)[:8].upper() if signed else ""
    return f"{letters[:4]}-{letters[4:]}" if letters else ""
