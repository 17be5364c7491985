"""Rosters by version, what people ask of them, who may do what until when, the rules in force and the calendar of days."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import FROZEN_WHEN_CLOSED, INSERT_ONLY, Record, frozen_under


class Roster(Record, kw_only=True):
    """One version of a roster of some days: a draft until it is published, which closes it for good."""

    __table_args__ = (Index("ix_roster_first", "sheet", "first"), {"info": FROZEN_WHEN_CLOSED})

    sheet: Mapped[str] = mapped_column(default="shifts")  # shifts: the desk's own; holiday, or the code of a post's duty sheet
    number: Mapped[int]  # of the versions of this sheet that begin on the same day, from 1
    first: Mapped[date]
    last: Mapped[date]
    kinds: Mapped[str]  # JSON, read by domain/rotation.py
    base_id: Mapped[int | None] = mapped_column(ForeignKey("roster.id"), default=None)  # the published version it was made from
    made_how: Mapped[str] = mapped_column(default="pattern")  # pattern, solver, repair, copy, import
    made_by: Mapped[int]
    made_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None] = mapped_column(default=None)  # a draft nobody wants any more
    content: Mapped[str] = mapped_column(default="")  # canonical JSON, what was signed
    closed_at: Mapped[datetime | None] = mapped_column(default=None)  # published
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class RosterLine(Record, kw_only=True):
    """What one person does on each day of a roster."""

    __table_args__ = (
        Index("ix_roster_line_person", "roster_id", "person_id", unique=True),
        {"info": frozen_under("roster", "roster_id")},
    )

    roster_id: Mapped[int] = mapped_column(ForeignKey("roster.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int] = mapped_column(default=0)
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crew.id"), default=None)  # of then
    post: Mapped[str] = mapped_column(default="")
    leads: Mapped[bool] = mapped_column(default=False)
    codes: Mapped[str]  # comma-separated from the first day on: codes of kinds, nothing for off
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


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


class Swap(Record, kw_only=True):
    """调班: one person gives a duty to another, who may give one back; asked, checked, agreed to, decided by the chief."""

    __table_args__ = (Index("ix_swap_day", "day"), Index("ix_swap_back_day", "back_day"), {"info": FROZEN_WHEN_CLOSED})

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # gives
    day: Mapped[date]
    kind: Mapped[str]
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # takes
    back_day: Mapped[date | None] = mapped_column(default=None)
    back_kind: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    found: Mapped[str] = mapped_column(default="[]")  # JSON: keys of the breaches it would bring
    agreed_at: Mapped[datetime | None] = mapped_column(default=None)  # by the other
    state: Mapped[str] = mapped_column(default="asked")  # asked, approved, refused, withdrawn
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_words: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None] = mapped_column(default=None)  # decided
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class Leave(Record, kw_only=True):
    """Days somebody is away, asked for and decided; illness is recorded as it comes."""

    __table_args__ = (Index("ix_leave_person", "person_id", "first"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first: Mapped[date]
    last: Mapped[date]
    kind: Mapped[str]  # code of the station's kinds of leave
    words: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="asked")  # asked, approved, refused, withdrawn
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_words: Mapped[str] = mapped_column(default="")
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
