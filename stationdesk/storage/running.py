"""How the metering runs stood and were switched, in few columns: the readings ask it at every start, without mapping metering."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Boolean, Integer, column, select, table
from sqlalchemy.orm import Session

from stationdesk.storage.record import Utc

TABLES: Collection[str] = ("stream", "stream_version", "run_switch", "run_switch_withdrawal")
"""What it is read from (storage/metering.py, metered.py)."""

READ = ("counter_point_id", "corrected_point_id", "difference_point_id")
"""The points of a run that say nothing while it is shut; pressure, temperature and flow are often those of all runs, and go on."""

_VERSION = table(
    "stream_version",
    column("id"),
    column("stream_id", Integer),
    column("valid_from", Utc),
    column("shut", Boolean),
    *(column(name, Integer) for name in READ),
)
_SWITCH = table("run_switch", column("id"), column("time", Utc), column("from_id", Integer), column("to_id", Integer))
_WITHDRAWN = table("run_switch_withdrawal", column("switch_id", Integer))
_VERSIONS = select(_VERSION).order_by(_VERSION.c.valid_from, _VERSION.c.id)
_SWITCHES = (
    select(_SWITCH.c.time, _SWITCH.c.from_id, _SWITCH.c.to_id)
    .where(_SWITCH.c.id.not_in(select(_WITHDRAWN.c.switch_id)))
    .order_by(_SWITCH.c.time, _SWITCH.c.id)
)


class RunVersion(NamedTuple):
    """A run from a time on, and the points that are its own."""

    stream_id: int
    valid_from: datetime
    shut: bool
    points: tuple[int, ...]


class Switched(NamedTuple):
    """A switch of runs; None: nothing was taken out, or nothing put in."""

    time: datetime
    from_id: int | None
    to_id: int | None


def run_versions(session: Session) -> tuple[RunVersion, ...]:
    """Every version of every run, the oldest first."""
    rows = session.execute(_VERSIONS)
    return tuple(
        RunVersion(row.stream_id, row.valid_from, row.shut, tuple(point for name in READ if (point := getattr(row, name)) is not None))
        for row in rows
    )


def switches(session: Session) -> tuple[Switched, ...]:
    """Every switch that was not withdrawn, the oldest first."""
    return tuple(Switched(*row) for row in session.execute(_SWITCHES))
