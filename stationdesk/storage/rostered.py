"""The rosters that the desk goes by: published versions with their lines, and the swaps and leave that change them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import FROZEN_WHEN_CLOSED, Record, frozen_under


class Roster(Record, kw_only=True):
    """One version of a roster of some days: a draft until it is published, which closes it for good."""

    __table_args__ = (Index("ix_roster_first", "sheet", "first"), {"info": FROZEN_WHEN_CLOSED})

    sheet: Mapped[str] = mapped_column(default="shifts")  # shifts: the desk's own; holiday, or the code of a post's duty sheet
    number: Mapped[int]  # of the versions of this sheet that share a day, from 1
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
