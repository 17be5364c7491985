"""What was carried over with a handover."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, Record


class Carried(Record, kw_only=True):
    """An open hazard or item that went over with a handover; the number of rows is how often it was carried."""

    __table_args__ = (Index("ix_carried_subject", "subject_kind", "subject_id"), {"info": INSERT_ONLY})

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    subject_kind: Mapped[str]  # hazard, open_item
    subject_id: Mapped[int]
