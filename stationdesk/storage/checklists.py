"""Checklist templates with their dated items, and checklists filled from them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import FROZEN_WHEN_CLOSED, INSERT_ONLY, Exact, Record, frozen_under


class ChecklistTemplate(Record, kw_only=True):
    """A checklist template; its items and period are in its dated versions."""

    code: Mapped[str] = mapped_column(unique=True)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class ChecklistVersion(Record, kw_only=True):
    """Name and period of a template from a time on."""

    __table_args__ = (Index("ix_checklist_version_template", "template_id", "valid_from"), {"info": INSERT_ONLY})

    template_id: Mapped[int] = mapped_column(ForeignKey("checklist_template.id"))
    position: Mapped[int] = mapped_column(default=0)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    schedule: Mapped[str]  # JSON, read by domain/checklists.py
    subject: Mapped[str] = mapped_column(default="")  # fire, tools, …: which handover line it is evidence for
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class ChecklistItem(Record, kw_only=True):
    """One question of a template version."""

    __table_args__ = (Index("ix_checklist_item_version", "checklist_version_id"), {"info": INSERT_ONLY})

    checklist_version_id: Mapped[int] = mapped_column(ForeignKey("checklist_version.id"))
    code: Mapped[str]
    position: Mapped[int]
    area_zh: Mapped[str] = mapped_column(default="")
    area_en: Mapped[str] = mapped_column(default="")
    name_zh: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str] = mapped_column(default="look")  # look, measure, choose
    unit: Mapped[str] = mapped_column(default="")
    decimals: Mapped[int] = mapped_column(default=2)
    ll: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    l: Mapped[Decimal | None] = mapped_column(Exact, default=None)  # noqa: E741 - the trade's name of the limit
    h: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    hh: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    choices: Mapped[str] = mapped_column(default="[]")


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


class ChecklistLine(Record, kw_only=True):
    """The answer to one item."""

    __table_args__ = (
        Index("ix_checklist_line_checklist", "checklist_id", "item_id", unique=True),
        {"info": frozen_under("checklist", "checklist_id")},
    )

    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("checklist_item.id"))
    result: Mapped[str]  # normal, abnormal, na
    value: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    choice: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    hazard_id: Mapped[int | None] = mapped_column(ForeignKey("hazard.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
