"""Minutes to what is due; then, in amber, what is left of its window; then, in red, by how much it is over. Never blinks."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from stationdesk.domain.words import _
from stationdesk.ui.widgets.line import Line


def tone(now: datetime, due: datetime, closes: datetime) -> str:
    """Token for a countdown at this time."""
    return "red-fg" if now > closes else "amber-fg" if now >= due else "text"


def whole_minutes(now: datetime, due: datetime) -> int:
    """Minutes from now to due, or since due, rounded away from zero."""
    return math.ceil(abs((due - now).total_seconds()) / 60)


def minutes_and_seconds(seconds: float) -> str:
    """A length of time for the strip: 17 min 42 s, 1 h 03 min."""
    left = int(abs(seconds))
    hours, minutes = left // 3600, left % 3600 // 60
    if hours:
        return _("{h} h {m} min").format(h=hours, m=f"{minutes:02}")
    return _("{m} min {s} s").format(m=minutes, s=left % 60)


class Countdown(Line):
    """Whole minutes, big; roles: of the number and of its unit. clock() is asked at every tick(); the page calls tick() or connects
    it to the shell's beat."""

    def __init__(
        self, due: datetime, closes: datetime, clock: Callable[[], datetime], roles: tuple[str, str] = ("countdown", "big")
    ) -> None:
        self.due, self.closes, self.clock, self.roles = due, closes, clock, roles
        super().__init__(self._count, *roles, gap=5)
        self.tick()

    def aim(self, due: datetime, closes: datetime) -> None:
        """Count to something else."""
        self.due, self.closes = due, closes
        self.tick()

    def tick(self) -> None:
        """Look at the clock."""
        ink = tone(self.clock(), self.due, self.closes)
        number, unit = self.roles
        self.restyle(f"{number} {ink}", f"{unit} {ink}")

    def _count(self) -> str:
        now = self.clock()
        if now > self.closes:
            return _("{n}* min overdue").format(n=whole_minutes(now, self.closes))
        if now >= self.due:
            return _("{n}* min left").format(n=whole_minutes(now, self.closes))
        return _("{n}* min").format(n=whole_minutes(now, self.due))
