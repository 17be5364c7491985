"""Reading points with their dated limits, hourly readings, explanations and explained gaps."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import DERIVED, INSERT_ONLY, EpochUtc, Exact, Record, insert_only_under


class Point(Record, kw_only=True):
    """A reading point; what it is called and its limits are in its dated versions."""

    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # gauge, counter
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class PointVersion(Record, kw_only=True):
    """Name, unit, place in the grid and limits of a point from a time on."""

    __table_args__ = (Index("ix_point_version_point", "point_id", "valid_from"), {"info": INSERT_ONLY})

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    position: Mapped[int]
    group_zh: Mapped[str]
    group_en: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    unit: Mapped[str]
    quantity: Mapped[str] = mapped_column(default="")  # pressure, temperature, flow, volume, … for plausibility
    decimals: Mapped[int] = mapped_column(default=2)
    ll: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    l: Mapped[Decimal | None] = mapped_column(Exact, default=None)  # noqa: E741 - the trade's name of the limit
    h: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    hh: Mapped[Decimal | None] = mapped_column(Exact, default=None)
    design: Mapped[Decimal | None] = mapped_column(Exact, default=None)  # above it a value is refused
    rollover: Mapped[Decimal | None] = mapped_column(Exact, default=None)  # of a counter
    on_now: Mapped[bool] = mapped_column(default=False)  # one of the few trends of the Now page
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


READING = Table(
    "reading",
    Record.metadata,
    Column("point_id", Integer, ForeignKey("point.id"), primary_key=True),
    Column("time", EpochUtc, primary_key=True),  # the full hour it belongs to
    Column("nth", Integer, primary_key=True, default=0),  # 0 first, then corrections
    Column("value", Exact, nullable=False),
    Column("version_id", Integer, ForeignKey("point_version.id"), nullable=False),  # limits in force
    Column("shift_id", Integer, ForeignKey("shift.id"), nullable=True),
    Column("by_id", Integer, nullable=False),
    Column("at", EpochUtc, nullable=False),  # when it was entered
    Column("how", String, nullable=False),  # typed, late, imported, paper
    Column("doubt", String, nullable=False, default=""),  # code of a question left standing
    Column("words", String, nullable=False, default=""),  # why it was corrected
    sqlite_with_rowid=False,
    info=insert_only_under("shift", "shift_id", unless=("nth", ">", 0)),
)
"""Key (point, time, nth): a correction is an insert with the next nth; the highest nth is in force."""


class Explanation(Record, kw_only=True):
    """Words to a continuing abnormality of a point, once for as long as it lasts."""

    __table_args__ = (Index("ix_explanation_point", "point_id", "since"), {"info": INSERT_ONLY})

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    since: Mapped[datetime]  # first abnormal hour it speaks of
    grade: Mapped[str] = mapped_column(default="")  # amber, red: a worse grade asks again
    code: Mapped[str] = mapped_column(default="")  # of the preset phrase
    words: Mapped[str]
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


class ReadingGap(Record, kw_only=True):
    """Why the hours from–to were not read, said once for the whole range."""

    __table_args__ = (Index("ix_reading_gap_from", "from_time"), {"info": INSERT_ONLY})

    from_time: Mapped[datetime]
    to_time: Mapped[datetime]  # inclusive
    point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), default=None)  # None: all points
    words: Mapped[str]
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]


READING_DAY = Table(
    "reading_day",
    Record.metadata,
    Column("point_id", Integer, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("low", Float, nullable=False),
    Column("high", Float, nullable=False),
    Column("mean", Float, nullable=False),
    Column("last", Float, nullable=False),
    Column("last_time", EpochUtc, nullable=False),
    sqlite_with_rowid=False,
    info=DERIVED,
)
"""Day summaries of the values in force, for long trends; no evidence, made anew by verify --rebuild."""

__all__ = ["READING", "READING_DAY", "Explanation", "Point", "PointVersion", "ReadingGap"]
