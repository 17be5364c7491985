"""Checklist templates with their dated items, and checklists filled from them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import FROZEN_WHEN_CLOSED, INSERT_ONLY, Record, frozen_under
from stationdesk.storage.walks import Asked, Kept, Listed, Versioned


class ChecklistTemplate(Listed, kw_only=True):
    """A checklist template; its items and period are in its dated versions."""

    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class ChecklistVersion(Versioned, kw_only=True):
    """Name and period of a template from a time on."""

    __table_args__ = (Index("ix_checklist_version_template", "template_id", "valid_from"), {"info": INSERT_ONLY})

    template_id: Mapped[int] = mapped_column(ForeignKey("checklist_template.id"))
    subject: Mapped[str] = mapped_column(default="")  # fire, tools, …: which handover line it is evidence for


class ChecklistItem(Asked, kw_only=True):
    """One question of a template version."""

    __table_args__ = (Index("ix_checklist_item_version", "checklist_version_id"), {"info": INSERT_ONLY})

    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))


class Checklist(Record, kw_only=True):
    """One checklist filled in, signed off once."""

    __table_args__ = (
        Index("ix_checklist_shift", "shift_id"),
        Index("ix_checklist_template_day", "template_id", "day"),
        {"info": FROZEN_WHEN_CLOSED},
    )

    template_id: Mapped[int] = mapped_column(ForeignKey("checklist_template.id"))
    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    day: Mapped[date]  # day of the period it counts for
    mode: Mapped[str] = mapped_column(default="live")  # live, paper
    state: Mapped[str] = mapped_column(default="running")  # running, paused, closed, aborted
    started_at: Mapped[datetime]
    started_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class ChecklistLine(Kept, kw_only=True):
    """The answer to one item."""

    __table_args__ = (
        Index("ix_checklist_line_checklist", "checklist_id", "item_id", unique=True),
        {"info": frozen_under("checklist", "checklist_id")},
    )

    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_item.id"))
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
