"""The station itself, and what a station sets: settings, lists, contacts and sheet templates, each dated."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, Record


class Station(Record, kw_only=True):
    """The one station of a store."""

    name_zh: Mapped[str]
    name_en: Mapped[str]
    company_zh: Mapped[str] = mapped_column(default="")
    company_en: Mapped[str] = mapped_column(default="")
    zone: Mapped[str] = mapped_column(default="Asia/Shanghai")  # IANA name
    profile: Mapped[str]
    official_from: Mapped[datetime | None] = mapped_column(default=None)  # before it: trial operation
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class SettingValue(Record, kw_only=True):
    """One station setting from a time on; the newest that is in force counts."""

    __table_args__ = (Index("ix_setting_value_name", "name", "valid_from"), {"info": INSERT_ONLY})

    name: Mapped[str]
    value: Mapped[str]  # JSON scalar
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class StationList(Record, kw_only=True):
    """A list the station edits as a whole (handover lines, refusal grounds, phrases, categories, grades), dated."""

    __table_args__ = (Index("ix_station_list_code", "code", "valid_from"), {"info": INSERT_ONLY})

    code: Mapped[str]
    items: Mapped[str]  # JSON array of objects with code, zh, en and what the list needs
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class Contact(Record, kw_only=True):
    """One line of the emergency contact card."""

    role_zh: Mapped[str]
    role_en: Mapped[str]
    phone: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    note_zh: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")
    public: Mapped[bool] = mapped_column(default=False)  # 110, 119, 120: parted from the station's own
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class SheetTemplate(Record, kw_only=True):
    """How the station wants a report on paper, from a time on."""

    __table_args__ = (Index("ix_sheet_template_report", "report", "valid_from"), {"info": INSERT_ONLY})

    report: Mapped[str]
    definition: Mapped[str]  # JSON, read by reports/paper.py
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class Notice(Record, kw_only=True):
    """Something a role must see: a line taken with reservation, a refusal, a reset, a used recovery code."""

    kind: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    content: Mapped[str]  # JSON values, worded where shown
    role: Mapped[str] = mapped_column(default="chief")
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
