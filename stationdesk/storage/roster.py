"""What rosters are planned with: reasons and edits of a draft, wishes, fixed duties, who may do what until when, rules, the calendar.

A window at work needs none of it (storage/rostered.py), so it is imported with the pages that plan.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import INSERT_ONLY, Record, frozen_under
from stationdesk.storage.rostered import Leave, Roster, RosterLine, Swap

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "FixedDuty",
    "Leave",
    "Qualification",
    "Roster",
    "RosterEdit",
    "RosterLine",
    "RosterReason",
    "RosterRules",
    "Swap",
    "Wish",
]


class RosterReason(Record, kw_only=True):
    """Why a breach was published all the same; said by whoever answers for it."""

    __table_args__ = (Index("ix_roster_reason_roster", "roster_id"), {"info": frozen_under("roster", "roster_id")})

    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    breach: Mapped[str]  # domain/roster/breach.py: its key
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class RosterEdit(Record, kw_only=True):
    """One change to a draft, to be taken back and done again."""

    __table_args__ = (Index("ix_roster_edit_roster", "roster_id"), {"info": frozen_under("roster", "roster_id")})

    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    changes: Mapped[str]  # JSON: cells as [person, day, before, after], and on which change it was made
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    undone: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class Wish(Record, kw_only=True):
    """What somebody would like: to be off (kind empty), or a kind of shift."""

    __table_args__ = (Index("ix_wish_person", "person_id", "first"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[str] = mapped_column(default="")
    weight: Mapped[int] = mapped_column(default=1)
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class FixedDuty(Record, kw_only=True):
    """A duty somebody has whatever else is planned."""

    __table_args__ = (Index("ix_fixed_duty_person", "person_id", "first"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[str]
    weekdays: Mapped[str] = mapped_column(default="")  # digits 0 Monday to 6 Sunday, nothing for every day
    words: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class Qualification(Record, kw_only=True):
    """A certificate of a person, from–to; the last day is still valid."""

    __table_args__ = (Index("ix_qualification_person", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str]  # of the station's kinds of certificate
    number: Mapped[str] = mapped_column(default="")
    first: Mapped[date]
    last: Mapped[date | None] = mapped_column(default=None)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class RosterRules(Record, kw_only=True):
    """A rule set as the station has it from a time on, or that it is not looked at."""

    __table_args__ = (Index("ix_roster_rules_code", "code", "valid_from"), {"info": INSERT_ONLY})

    code: Mapped[str]
    definition: Mapped[str]  # JSON, read by domain/roster/rules.py
    in_force: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class CalendarDay(Record, kw_only=True):
    """What a day is where the station says it: a holiday, a make-up workday, or an ordinary day after all."""

    day: Mapped[date] = mapped_column(unique=True)
    kind: Mapped[str]  # domain/roster/calendar.py
    name_zh: Mapped[str] = mapped_column(default="")
    name_en: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int]
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class CalendarYear(Record, kw_only=True):
    """A year whose official calendar the station brought in."""

    year: Mapped[int] = mapped_column(unique=True)
    source: Mapped[str]
    by_id: Mapped[int]
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
