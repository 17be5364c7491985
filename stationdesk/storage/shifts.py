"""Shifts, who was really on duty, on-post confirmation and the emergency state."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import FROZEN_WHEN_CLOSED, INSERT_ONLY, Record, frozen_under


class RotationPlan(Record, kw_only=True):
    """The simple rotation from a time on: pattern, crews in order, first day of the cycle."""

    __table_args__ = ({"info": INSERT_ONLY},)

    pattern: Mapped[str]  # code of the profile's patterns
    definition: Mapped[str]  # JSON, read by domain/rotation.py
    crews: Mapped[str]  # JSON list of crew codes in the order of their phases
    start: Mapped[date]
    valid_from: Mapped[datetime]
    by_id: Mapped[int]
    at: Mapped[datetime]


class Shift(Record, kw_only=True):
    """One shift, awaited, open or closed; it belongs to the day on which it starts."""

    __table_args__ = (UniqueConstraint("day", "kind", "part"), Index("ix_shift_starts_at", "starts_at"), {"info": FROZEN_WHEN_CLOSED})

    day: Mapped[date]
    kind: Mapped[str]  # code of the shift kind
    part: Mapped[int] = mapped_column(default=1)  # 2 and more after an unscheduled handover
    name_zh: Mapped[str]
    name_en: Mapped[str]
    starts_at: Mapped[datetime]  # planned, UTC
    ends_at: Mapped[datetime]  # planned, UTC
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("crew.id"), default=None)
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    opened_at: Mapped[datetime | None] = mapped_column(default=None)  # None: its crew signs on, the handover is not done
    opened_by: Mapped[int | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    trial: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class DutySpell(Record, kw_only=True):
    """A person's time on duty in a shift, from sign-on to sign-off: this, not the plan, says who is on duty."""

    __table_args__ = (Index("ix_duty_spell_shift", "shift_id"), Index("ix_duty_spell_person", "person_id"))

    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    post: Mapped[str]
    leader: Mapped[bool] = mapped_column(default=False)
    place: Mapped[int] = mapped_column(default=1)  # at the desk, from 1: the key that picks the person, the same from sign-on to sign-off
    signed_on_at: Mapped[datetime]
    signed_off_at: Mapped[datetime | None] = mapped_column(default=None)
    stands_in_for: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    reason: Mapped[str] = mapped_column(default="")
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # the chief, after a stand-in
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    extended_from: Mapped[datetime | None] = mapped_column(default=None)  # 延时值守: planned end, when the relief is absent
    extended_reason: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class OnPost(Record, kw_only=True):
    """An on-post confirmation made as such; any other entry counts too and needs no row here."""

    __table_args__ = (Index("ix_on_post_shift", "shift_id"), {"info": INSERT_ONLY})

    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Emergency(Record, kw_only=True):
    """An emergency state: countdowns and demanded notes pause, a handover waits."""

    declared_at: Mapped[datetime]
    declared_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    words: Mapped[str] = mapped_column(default="")
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    ended_words: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class PutOff(Record, kw_only=True):
    """Something asked at sign-on that a person put off (稍后再看)."""

    __table_args__ = ({"info": frozen_under("shift", "shift_id")},)

    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str]
    at: Mapped[datetime]
