"""Handovers: verdicts on their lines, refusals and dissent, and signatures owed in ink."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import FROZEN_WHEN_CLOSED, INSERT_ONLY, Record, frozen_under


class Handover(Record, kw_only=True):
    """The handover of one shift to the next; closed by the incoming leader's signature."""

    __table_args__ = (Index("ix_handover_shift", "shift_id"), {"info": FROZEN_WHEN_CLOSED})

    number: Mapped[str] = mapped_column(unique=True)  # JJB-20261121-1
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    kind: Mapped[str] = mapped_column(default="routine")  # routine, unscheduled
    reason: Mapped[str] = mapped_column(default="")  # of an unscheduled one
    definition_id: Mapped[int] = mapped_column(ForeignKey("station_list.id"))  # the list of lines in force
    next_day: Mapped[date]
    next_kind: Mapped[str]
    next_starts_at: Mapped[datetime]
    next_ends_at: Mapped[datetime]
    next_crew_id: Mapped[int | None] = mapped_column(ForeignKey("crew.id"), default=None)
    state: Mapped[str] = mapped_column(default="open")  # open, refused, outgoing_signed, closed
    started_at: Mapped[datetime]
    started_by: Mapped[int]
    outgoing_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # leader who signed
    outgoing_at: Mapped[datetime | None] = mapped_column(default=None)
    incoming_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    content: Mapped[str] = mapped_column(default="")  # canonical JSON, what both sign
    digest: Mapped[str] = mapped_column(default="")
    next_shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class HandoverVerdict(Record, kw_only=True):
    """What the crews say of one line."""

    __table_args__ = (
        Index("ix_handover_verdict_line", "handover_id", "line", unique=True),
        {"info": frozen_under("handover", "handover_id")},
    )

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    line: Mapped[str]  # code of the line
    verdict: Mapped[str]  # as_found, with_reservation
    words: Mapped[str] = mapped_column(default="")
    fact: Mapped[str] = mapped_column(default="")  # digest of the facts it was given on
    by_id: Mapped[int]
    at: Mapped[datetime]
    accepted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # incoming side
    accepted_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class HandoverObjection(Record, kw_only=True):
    """A refusal or a dissent, with words, on the record for good."""

    __table_args__ = ({"info": INSERT_ONLY},)

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    kind: Mapped[str]  # refuse, dissent, withdraw
    ground: Mapped[str] = mapped_column(default="")  # code of 五不接
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class InkSignature(Record, kw_only=True):
    """An emergency signature in ink on the printed sheet, to be signed later within 72 h."""

    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    side: Mapped[str]  # outgoing, incoming
    reason: Mapped[str]
    at: Mapped[datetime]
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    due: Mapped[datetime]
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}
