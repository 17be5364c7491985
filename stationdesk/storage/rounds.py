"""Routes with their dated checkpoints, rounds walked along them, and words about windows missed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from stationdesk.storage.record import FROZEN_WHEN_CLOSED, INSERT_ONLY, Record, frozen_under
from stationdesk.storage.walks import Asked, Kept, Listed, Versioned


class Route(Listed, kw_only=True):
    """An inspection route; its checkpoints and schedule are in its dated versions."""

    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class RouteVersion(Versioned, kw_only=True):
    """Name, schedule and persons required of a route from a time on."""

    __table_args__ = (Index("ix_route_version_route", "route_id", "valid_from"), {"info": INSERT_ONLY})

    route_id: Mapped[int] = mapped_column(ForeignKey("route.id"))
    window_minutes: Mapped[int] = mapped_column(default=40)
    people: Mapped[int] = mapped_column(default=1)


class Checkpoint(Asked, kw_only=True):
    """One point of a route version."""

    __table_args__ = (Index("ix_checkpoint_route_version", "route_version_id"), {"info": INSERT_ONLY})

    route_version_id: Mapped[int] = mapped_column(ForeignKey("route_version.id"))


class Round(Record, kw_only=True):
    """One walk of a route, signed off or aborted once."""

    __table_args__ = (Index("ix_round_shift", "shift_id"), Index("ix_round_due", "due_from"), {"info": FROZEN_WHEN_CLOSED})

    route_id: Mapped[int] = mapped_column(ForeignKey("route.id"))
    route_version_id: Mapped[int] = mapped_column(ForeignKey("route_version.id"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"))
    due_from: Mapped[datetime | None] = mapped_column(default=None)  # None: an extra round
    due_to: Mapped[datetime | None] = mapped_column(default=None)
    nth: Mapped[int] = mapped_column(default=0)  # of the shift
    mode: Mapped[str]  # paper: typed from paper, live, file
    state: Mapped[str] = mapped_column(default="running")  # running, paused, closed, aborted
    started_at: Mapped[datetime]
    started_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    walked_from: Mapped[datetime | None] = mapped_column(default=None)
    walked_to: Mapped[datetime | None] = mapped_column(default=None)
    second_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    few_reason: Mapped[str] = mapped_column(default="")  # fewer people than required
    words: Mapped[str] = mapped_column(default="")  # of a late or aborted round
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class RoundLine(Kept, kw_only=True):
    """The answer at one checkpoint."""

    __table_args__ = (Index("ix_round_line_round", "round_id", "checkpoint_id", unique=True), {"info": frozen_under("round", "round_id")})

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    checkpoint_id: Mapped[int] = mapped_column(ForeignKey("checkpoint.id"))
    walked_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class RoundPause(Record, kw_only=True):
    """A pause in a round."""

    __table_args__ = ({"info": frozen_under("round", "round_id")},)

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    paused_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(default="")
    resumed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(init=False, default=1)

    __mapper_args__ = {"version_id_col": version}


class WindowExcuse(Record, kw_only=True):
    """Words about a due window that was walked late or not at all."""

    __table_args__ = (Index("ix_window_excuse_route", "route_id", "due_from"), {"info": INSERT_ONLY})

    route_id: Mapped[int] = mapped_column(ForeignKey("route.id"))
    due_from: Mapped[datetime]
    words: Mapped[str]
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shift.id"), default=None)
    by_id: Mapped[int]
    at: Mapped[datetime]
