"""A value on the span it should be in: 16–30 mg/m³, say."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import box, fill, text_at
from stationdesk.ui.widgets.painted import Painted
from stationdesk.ui.widgets.spoken import Words, said

HIGH, TRACK, REACH = 34, 8, 0.5


class RangeBar(Painted):
    """The span between the limits is the band; half of it more is seen at each side."""

    def __init__(self, name: Words, low: float, high: float) -> None:
        super().__init__(0, HIGH)
        self.name, self.low, self.high = name, low, high
        self.value: float | None = None
        self.level = ""
        self.show_value(None)

    def show_value(self, value: float | None, level: str = "") -> None:
        """level: "" amber red."""
        self.value, self.level = value, level
        self.setAccessibleName(f"{said(self.name)} {'—' if value is None else f'{value:.1f}'} ({self.low:g}–{self.high:g})")
        self.update()

    def _x(self, value: float) -> float:
        span = self.high - self.low
        least, most = self.low - REACH * span, self.high + REACH * span
        return min(max((value - least) / (most - least), 0), 1) * (self.width() - 8) + 4

    def paint(self, p: QPainter) -> None:
        left, right = self._x(self.low), self._x(self.high)
        box(p, QRectF(0, 4, self.width(), TRACK), 3, fill="track")
        p.fillRect(QRectF(left, 4, right - left, TRACK), theme.color("line-strong"))
        for x, limit in ((left, self.low), (right, self.high)):
            fill(p, x, 2, 1, TRACK + 4, "text-2")
            text_at(p, x, 24, f"{limit:g}", "axis", "text-2", 0.5)
        if self.value is not None:
            p.setPen(QPen(theme.color(f"{self.level}-mark" if self.level else "text"), 2))
            p.setBrush(theme.color("surface"))
            p.drawEllipse(QPointF(self._x(self.value), 4 + TRACK / 2), 4.5, 4.5)
