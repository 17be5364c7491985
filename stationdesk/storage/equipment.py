"""The equipment ledger and its due dates."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import Record


class Equipment(Record, kw_only=True):
    """A piece of equipment; retired, never deleted."""

    code: Mapped[str] = mapped_column(unique=True)
    name_zh: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="in_use")  # in_use, standby, out_of_service
    status_words: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class EquipmentDue(Record, kw_only=True):
    """When a piece of equipment is next due for calibration, inspection or a test."""

    __table_args__ = (Index("ix_equipment_due_due", "due"),)

    equipment_id: Mapped[int] = mapped_column(ForeignKey("equipment.id"))
    what: Mapped[str]  # calibration, inspection, test
    due: Mapped[date]
    last: Mapped[date | None] = mapped_column(default=None)
    months: Mapped[int | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
