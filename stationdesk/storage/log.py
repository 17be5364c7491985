"""The duty log: entries that are written once and corrected by new ones."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, Record, insert_only_under, searched

CORRECTS = sql("corrects_id IS NOT NULL")
"""Few entries correct another; every page asks which of its entries are corrected."""


class LogEntry(Record, kw_only=True):
    """One entry of the duty log; its id is the number people see."""

    __table_args__ = (
        Index("ix_log_entry_shift", "shift_id"),
        Index("ix_log_entry_time", "time", "id"),
        Index("ix_log_entry_corrects", "corrects_id", sqlite_where=CORRECTS),
        {"info": searched("text", insert_only_under("shift", "shift_id", unless=("after_close", "=", 1)))},
    )

    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    category: Mapped[str]
    text: Mapped[str]
    time: Mapped[datetime]  # when it happened
    at: Mapped[datetime]  # when it was written
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # None: 紧急记录 without login
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("log_entry.id"), default=None)
    late: Mapped[bool] = mapped_column(default=False)
    after_close: Mapped[bool] = mapped_column(default=False)  # written to a shift already handed over
    desk: Mapped[str] = mapped_column(default="")


class LogClaim(Record, kw_only=True):
    """The name given afterwards to an entry written without login."""

    __table_args__ = ({"info": INSERT_ONLY},)

    log_entry_id: Mapped[int] = mapped_column(ForeignKey("log_entry.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
