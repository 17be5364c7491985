"""Under the grid: the current person's predicted sleepiness hour by hour, day under day's column. A reference, never a verdict."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from PySide6.QtGui import QPainter

from stationdesk.domain.moments import day_of, minute_of
from stationdesk.domain.roster.fatigue import HIGH_FROM, Fatigue, Hour
from stationdesk.domain.words import C_, _
from stationdesk.ui.roster.measures import DAY, EDGE, NAMES
from stationdesk.ui.widgets.paint import SMOOTH, elided, fill, text_at
from stationdesk.ui.widgets.painted import Painted

HIGH, TOP, LOW = 44, 6, 38
LEAST, MOST = 1.0, 9.0
HOUR = DAY / 24


class FatigueBand(Painted):
    """left(nth day): where that day's column begins, as the grid has it now."""

    def __init__(self, left: Callable[[int], int]) -> None:
        super().__init__(0, HIGH)
        self.left, self.zone = left, ZoneInfo("UTC")
        self.name, self.fatigue = "", Fatigue(0, ())

    def show_person(self, name: str, fatigue: Fatigue | None, zone: ZoneInfo) -> None:
        """Somebody's hours; None: nothing is known."""
        self.name, self.fatigue, self.zone = name, fatigue or Fatigue(0, ()), zone
        self.setAccessibleName(f"{name} {C_('roster', 'Fatigue')}")
        worst = self.fatigue.worst
        words = _("{hours} h on duty at KSS 7 and more, worst {worst}").format(hours=self.fatigue.high_hours, worst=round(worst or 0, 1))
        self.setAccessibleDescription(words if worst is not None else "")
        self.update()

    def paint(self, p: QPainter) -> None:
        p.setRenderHint(SMOOTH, False)  # hours are less than a pixel wide: sharp edges side by side make one quiet band
        text_at(p, EDGE, 14, C_("roster", "Fatigue"), "axis", "text-2")
        text_at(p, EDGE, 30, elided("label", self.name, NAMES - EDGE - 6), "label", "text")
        hours = self.fatigue.hours
        if not hours:
            return
        first = day_of(hours[0].start, self.zone)
        for hour in hours:
            nth = (day_of(hour.start, self.zone) - first) // timedelta(days=1)
            self._hour(p, hour, NAMES + self.left(nth) + minute_of(hour.start, self.zone) / 60 * HOUR)
        line = _height(HIGH_FROM)
        fill(p, NAMES + self.left(0), LOW - line, self.left(nth) - self.left(0) + DAY, 1, "line-strong")
        text_at(p, NAMES + self.left(nth) + DAY + 6, LOW - line, _("KSS 7"), "axis", "text-2")

    @staticmethod
    def _hour(p: QPainter, hour: Hour, x: float) -> None:
        if hour.kss is None:
            return
        high = _height(hour.kss)
        ink = ("trend" if hour.kss >= HIGH_FROM else "bar") if hour.on_duty else "track"
        fill(p, x, LOW - high, HOUR, high, ink)


def _height(kss: float) -> int:
    """Pixels of a sleepiness: 1 stands on the ground, 9 reaches the top."""
    return round((kss - LEAST) / (MOST - LEAST) * (LOW - TOP))
