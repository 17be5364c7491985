"""The point one is at: its last value with its hour, the trend of twelve hours, limits, the shift's highest and lowest."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtGui import QResizeEvent

from stationdesk.domain.limits import Limits
from stationdesk.domain.moments import format_time
from stationdesk.domain.questions import Past
from stationdesk.domain.words import _
from stationdesk.services.readings import PointDetail
from stationdesk.ui.readings.asking import DOT
from stationdesk.ui.widgets import trend
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import column, on_base_line, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.trend import Dot, Series, Trend

LEAST, MOST = 228, 302


class TrendCard(Card):
    """Empty until a point is shown."""

    def __init__(self) -> None:
        self.name = Line("", "strong", elide=True)
        self.hours = Line("", "label text-2")
        self.value = Line("", "value")
        self.unit = Line("", "body text-2")
        self.time = Line("", "label text-2")
        self.trend = Trend()
        self.trend.setMinimumHeight(64)
        self.limits, self.high, self.low = (Line("", "body") for _n in range(3))
        self.detail: PointDetail | None = None
        self.zone = ZoneInfo("UTC")
        rows = [
            row(Line(lambda: _("Limits"), "body text-2"), None, self.limits),
            row(Line(lambda: _("Highest of the shift"), "body text-2"), None, self.high),
            row(Line(lambda: _("Lowest of the shift"), "body text-2"), None, self.low),
        ]
        head = row(self.name, None, self.hours)
        value = row(on_base_line(self.value, self.unit), None, self.time)
        super().__init__(12, head, 4, value, 4, self.trend, rule(), 8, column(*rows, spacing=4), 14)
        self.setMinimumHeight(LEAST)
        self.setMaximumHeight(MOST)

    def show_detail(self, detail: PointDetail, zone: ZoneInfo) -> None:
        """Another point, or newer values."""
        self.detail, self.zone = detail, zone
        point, last = detail.point, detail.last
        self.name.say(lambda: plain(point.title))
        self._say_hours()
        self.value.say(point.words(last.value) if last else "—")
        self.unit.say(plain(point.unit))
        self.time.say(format_time(last.time, zone) if last else "")
        self.limits.say(point.limits.text())
        self.high.say(self._extreme(detail.high))
        self.low.say(self._extreme(detail.low))
        self.trend.show_series(_series(detail, zone))

    def _say_hours(self) -> None:
        """How many hours the trend has room for."""
        seen = min(self.detail.hours if self.detail else 0, int((self.trend.width() - trend.RIGHT - 2 * trend.INSET) / trend.STEP))
        self.hours.say(lambda: _("last {hours} h").format(hours=seen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.detail is not None:
            self._say_hours()

    def _extreme(self, past: Past | None) -> str:
        if past is None or self.detail is None:
            return "—"
        return f"{self.detail.point.words(past.value)}{DOT}{format_time(past.time, self.zone)}"


def _series(detail: PointDetail, zone: ZoneInfo) -> Series:
    point = detail.point
    dots = tuple(
        Dot(
            f"{time.astimezone(zone):%H}",
            None if value is None else float(value),
            point.limits.grade(value).grade.value if value is not None else "",
            point.words(value) if value is not None else "",
        )
        for time, value in detail.series
    )
    low, high = point.limits.low, point.limits.high
    return Series(dots, _number(low), _number(high), _text(point.limits, low), _text(point.limits, high), lambda: point.title)


def _number(limit: Decimal | None) -> float | None:
    return None if limit is None else float(limit)


def _text(limits: Limits, limit: Decimal | None) -> str:
    return "" if limit is None else Limits(h=limit).text().removeprefix("≤ ")
