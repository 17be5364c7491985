"""What routes and checklists keep alike: a code, dated versions, what a line asks, and what was answered at it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import Exact, Record


class Listed(Record, kw_only=True):
    """A route or checklist template: all that may change of it is in its dated versions."""

    __abstract__ = True

    code: Mapped[str] = mapped_column(unique=True)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


class Versioned(Record, kw_only=True):
    """Name and schedule of a list from a time on."""

    __abstract__ = True

    position: Mapped[int] = mapped_column(default=0)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    schedule: Mapped[str]  # JSON, read by domain/rounds.py and domain/checklists.py
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class Asked(Record, kw_only=True):
    """One line of a version: look at it, measure it or choose its state."""

    __abstract__ = True

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
    choices: Mapped[str] = mapped_column(default="[]")  # JSON: [{code, zh, en, abnormal}]


class Kept(Record, kw_only=True):
    """The answer kept at one line."""

    __abstract__ = True

    result: Mapped[str]  # normal, abnormal, na
    value: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    choice: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    hazard_id: Mapped[int | None] = mapped_column(ForeignKey("hazard.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]
