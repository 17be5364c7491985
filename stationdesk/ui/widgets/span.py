"""What a timeline shows: lanes of moments and windows between two times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stationdesk.ui.widgets.spoken import Words


@dataclass(frozen=True)
class Tick:
    """A moment, as an hourly reading. state: done due coming missed. owed: words are still owed for it."""

    at: datetime
    state: str = "coming"
    owed: bool = False
    target: object = None


@dataclass(frozen=True)
class Window:
    """A due window. state: done late due coming missed overdue. began and ended: the work in it, ended None while it runs."""

    opens: datetime
    closes: datetime
    state: str = "coming"
    began: datetime | None = None
    ended: datetime | None = None
    label: Words = ""
    target: object = None


@dataclass(frozen=True)
class Lane:
    """One kind of work."""

    name: Words
    items: tuple[Tick | Window, ...]


@dataclass(frozen=True)
class Span:
    """start to end, in whole hours; next_from: where the next shift begins, on header ground."""

    start: datetime
    end: datetime
    now: datetime
    lanes: tuple[Lane, ...]
    zone: ZoneInfo
    next_from: datetime | None = None
    next_label: Words = ""

    def hours(self) -> list[datetime]:
        """The full hours to be named, in the station's zone; each second one from 16 hours on."""
        step = 1 if self.end - self.start <= timedelta(hours=14) else 2
        count = int((self.end - self.start) / timedelta(hours=1))
        return [(self.start + timedelta(hours=n)).astimezone(self.zone) for n in range(0, count + 1, step)]

    def clock(self, at: datetime) -> str:
        """HH:MM in the station's zone."""
        return at.astimezone(self.zone).strftime("%H:%M")

    def share(self, at: datetime) -> float:
        """Where a time stands between start (0) and end (1)."""
        return (at - self.start) / (self.end - self.start)
