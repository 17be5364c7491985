"""Trend of one point: band between its limits, a dot per reading that exists, as many hours as the width allows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import SMOOTH, text_at
from stationdesk.ui.widgets.spoken import Words, said

STEP, INSET, RIGHT, BELOW, ABOVE = 22.7, 6, 44, 41, 7
TALLEST = 160
LABEL_HIGH = 12
REACH = 2  # a value further beyond its limits than this many times their span is drawn at the edge


@dataclass(frozen=True)
class Dot:
    """One hour: its label ("06"), the value or None where nothing was read, level "" amber or red. text: the value as it is read."""

    label: str
    value: float | None
    level: str = ""
    text: str = ""


@dataclass(frozen=True)
class Series:
    """low and high: limits in force or None; low_text and high_text: as they are written at the right."""

    points: tuple[Dot, ...]
    low: float | None = None
    high: float | None = None
    low_text: str = ""
    high_text: str = ""
    name: Words = ""


class Trend(QWidget):
    """No fill, no legend, no axis lines; the last reading is ringed. every: which hours are named (2: each second one)."""

    def __init__(self, series: Series | None = None, every: int = 2) -> None:
        super().__init__()
        self.series = series or Series(())
        self.every = every
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setVerticalStretch(1)  # before the stretches inside its neighbours
        self.setSizePolicy(policy)
        self.setMinimumSize(160, 80)
        self.setMaximumHeight(TALLEST)
        self.show_series(self.series)

    def show_series(self, series: Series) -> None:
        """Other readings."""
        self.series = series
        self.setAccessibleName(said(series.name))
        read = [f"{point.label} {point.text or point.value}" for point in series.points if point.value is not None]
        self.setAccessibleDescription(", ".join(read[-12:]))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        plot = QRectF(0, ABOVE, self.width() - RIGHT, self.height() - BELOW)
        seen = self._seen(plot)
        values = [point.value for point in seen if point.value is not None]
        if not values:
            text_at(p, plot.center().x(), plot.center().y(), _("no readings yet"), "label", "text-2", 0.5)
            return
        scale = _Scale(plot, _scaled(values, self.series))
        self._band(p, plot, scale)
        step = (plot.width() - 2 * INSET) / max(len(seen) - 1, 1)
        places = [QPointF(INSET + n * step, scale.y(point.value or 0)) for n, point in enumerate(seen)]
        self._hours(p, plot, seen, places)
        self._line(p, seen, places)
        self._dots(p, seen, places)

    def _seen(self, plot: QRectF) -> tuple[Dot, ...]:
        count = max(2, int((plot.width() - 2 * INSET) / STEP + 0.01) + 1)
        return self.series.points[-count:]

    def _band(self, p: QPainter, plot: QRectF, scale: _Scale) -> None:
        top = scale.y(self.series.high) if self.series.high is not None else plot.top()
        bottom = scale.y(self.series.low) if self.series.low is not None else plot.bottom()
        p.fillRect(QRectF(0, top, plot.width(), bottom - top), theme.color("band"))
        pen = QPen(theme.color("band-edge"), 1)
        pen.setDashPattern([3, 3])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        labelled: list[float] = []
        for limit, text in ((self.series.high, self.series.high_text), (self.series.low, self.series.low_text)):
            if limit is not None:
                p.setPen(pen)
                y = round(scale.y(limit)) + 0.5
                p.drawLine(QPointF(0, y), QPointF(plot.width(), y))
                if all(abs(y - other) >= LABEL_HIGH for other in labelled):
                    text_at(p, self.width(), y, text, "axis", "text-2", 1)
                    labelled.append(y)

    def _hours(self, p: QPainter, plot: QRectF, seen: tuple[Dot, ...], places: list[QPointF]) -> None:
        for n, (point, place) in enumerate(zip(seen, places, strict=True)):
            if n and (len(seen) - 1 - n) % self.every == 0:
                text_at(p, place.x(), plot.bottom() + 18, point.label, "axis", "text-2", 0.5)

    def _line(self, p: QPainter, seen: tuple[Dot, ...], places: list[QPointF]) -> None:
        """Broken where a reading is missing."""
        p.setPen(QPen(theme.color("trend"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        part = QPolygonF()
        for point, place in zip(seen, places, strict=True):
            if point.value is None:
                p.drawPolyline(part)
                part = QPolygonF()
            else:
                part.append(place)
        p.drawPolyline(part)

    def _dots(self, p: QPainter, seen: tuple[Dot, ...], places: list[QPointF]) -> None:
        last = max(n for n, point in enumerate(seen) if point.value is not None)
        for n, (point, place) in enumerate(zip(seen, places, strict=True)):
            if point.value is None:
                continue
            ink = theme.color(f"{point.level}-mark" if point.level else "trend")
            p.setPen(QPen(ink, 1.8) if n == last else Qt.PenStyle.NoPen)
            p.setBrush(theme.color("surface") if n == last else ink)
            size = 3.4 if n == last else 3 if point.level else 2
            p.drawEllipse(place, size, size)


def _scaled(values: list[float], series: Series) -> list[float]:
    """What the height is scaled to: the limits and all values but wild ones (2,460 for 2.46), which would flatten the rest."""
    low, high = series.low, series.high
    limits = [limit for limit in (low, high) if limit is not None]
    if low is None or high is None or high <= low:
        return [*values, *limits]
    reach = REACH * (high - low)
    return [*(value for value in values if low - reach <= value <= high + reach), *limits]


class _Scale:
    """Values to heights, those beyond at the edge; a flat line stands in the middle."""

    def __init__(self, plot: QRectF, values: list[float]) -> None:
        self.plot, self.low, self.span = plot, min(values), max(values) - min(values)

    def y(self, value: float) -> float:
        """Height of a value in the plot."""
        share = (value - self.low) / self.span if self.span else 0.5
        return self.plot.bottom() - min(max(share, 0.0), 1.0) * self.plot.height()
