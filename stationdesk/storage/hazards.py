"""Hazards with their life, and open items (遗留事项, 调度令, 上级指示) that go on with their number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, Record


class Hazard(Record, kw_only=True):
    """A hazard: grade, place, deadline, owner; its life is in its steps."""

    __table_args__ = (Index("ix_hazard_state", "state", "deadline"),)

    number: Mapped[str] = mapped_column(unique=True)  # YH-2026-0119
    grade: Mapped[str]
    place: Mapped[str]
    text: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")  # open, rectified (待复查), closed
    deadline: Mapped[datetime]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    source_kind: Mapped[str] = mapped_column(default="")  # reading, round_line, checklist_line, log_entry
    source_id: Mapped[int | None] = mapped_column(default=None)
    source_time: Mapped[datetime | None] = mapped_column(default=None)
    raised_at: Mapped[datetime]
    raised_by: Mapped[int]
    rectified_at: Mapped[datetime | None] = mapped_column(default=None)
    rectified_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class HazardStep(Record, kw_only=True):
    """One step in a hazard's life."""

    __table_args__ = (Index("ix_hazard_step_hazard", "hazard_id"), {"info": INSERT_ONLY})

    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    what: Mapped[str]  # raised, assigned, deferred, reported, rectified, sent_back, closed
    words: Mapped[str] = mapped_column(default="")
    deadline: Mapped[datetime | None] = mapped_column(default=None)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


class OpenItem(Record, kw_only=True):
    """Something left to the next shift: an item, a dispatch order not yet reported back, an instruction."""

    __table_args__ = (Index("ix_open_item_done", "done_at"),)

    number: Mapped[str] = mapped_column(unique=True)  # YL-2026-0343, DD-…, CD-…
    kind: Mapped[str]  # item, order, instruction
    text: Mapped[str]
    from_whom: Mapped[str] = mapped_column(default="")
    deadline: Mapped[datetime | None] = mapped_column(default=None)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    opened_at: Mapped[datetime]
    opened_by: Mapped[int]
    read_back_at: Mapped[datetime | None] = mapped_column(default=None)  # of an order: 复诵
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    done_words: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
