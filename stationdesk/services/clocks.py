"""The computer's clock against what is written: a battery that is empty puts it years back, and every record with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_
from stationdesk.services.station import zone
from stationdesk.storage.journal import JOURNAL
from stationdesk.storage.record import utc_time
from stationdesk.storage.store import Store

LATELY = 60
"""Journal entries that are looked at: what was written first with a wrong clock does not hide what was written before."""

MUCH = timedelta(minutes=10)
"""A clock that is set right by a little is no reason to speak."""


class ClockBehindError(DomainError):
    """The clock stands before what was written already; `now` and `written` are the station's wall times."""

    words = N_("This computer's clock says {now}, but records were already written at {written}. Set the clock before going on.")


def clock_behind(store: Store, at: datetime) -> ClockBehindError | None:
    """What is to be said of a clock that shows `at`; None while nothing speaks against it."""
    with store.read() as session:
        head = session.scalars(select(func.max(JOURNAL.c.seq))).one() or 0
        newest = session.scalars(select(func.max(JOURNAL.c.time)).where(JOURNAL.c.seq > head - LATELY)).one()
        if newest is None or (written := utc_time(newest)) <= at + MUCH:
            return None
        here = zone(session)
    return ClockBehindError(now=_wall(at, here), written=_wall(written, here))


def _wall(time: datetime, here: ZoneInfo) -> str:
    return f"{time.astimezone(here):%Y-%m-%d %H:%M}"
