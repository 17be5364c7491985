"""The rate of 输差 of the last days: a dot a day, the mean of seven as a line, the limits of both as bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import SMOOTH, text_at
from stationdesk.ui.widgets.spoken import Words, said

RIGHT, BELOW, ABOVE, INSET, EVERY, HIGH = 40, 20, 6, 5, 7, 88


@dataclass(frozen=True)
class DayDot:
    """label: the day of the month. rate and mean in %, None where they are not known; levels "" amber red."""

    label: str
    rate: float | None
    mean: float | None = None
    level: str = ""


class LossTrend(QWidget):
    """No legend, no axis lines; the last day is ringed. limit: of a day; mean_limit: of the mean of seven days, both in %."""

    def __init__(self, name: Words, limit: float = 1.0, mean_limit: float = 0.5) -> None:
        super().__init__()
        self.name, self.limit, self.mean_limit = name, limit, mean_limit
        self.dots: tuple[DayDot, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HIGH)
        self.show_days(())

    def show_days(self, dots: Sequence[DayDot]) -> None:
        """Other days, the newest last."""
        self.dots = tuple(dots)
        self.setAccessibleName(said(self.name))
        self.setAccessibleDescription(", ".join(f"{each.label} {each.rate:+.2f} %" for each in self.dots[-12:] if each.rate is not None))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        plot = QRectF(0, ABOVE, self.width() - RIGHT, self.height() - BELOW - ABOVE)
        known = [each.rate for each in self.dots if each.rate is not None]
        if not known:
            text_at(p, self.width() / 2, self.height() / 2, _("No day of it is known yet."), "label", "text-2", 0.5)
            return
        reach = max(1.25 * self.limit, min(max(abs(each) for each in known), 3 * self.limit))
        self._bands(p, plot, reach)
        step = (plot.width() - 2 * INSET) / max(len(self.dots) - 1, 1)
        xs = [INSET + n * step for n in range(len(self.dots))]
        self._line(p, plot, xs, reach)
        self._points(p, plot, xs, reach)
        self._labels(p, plot, xs)

    def _y(self, plot: QRectF, value: float, reach: float) -> float:
        return plot.center().y() - max(min(value / reach, 1), -1) * plot.height() / 2

    def _bands(self, p: QPainter, plot: QRectF, reach: float) -> None:
        top, bottom = (self._y(plot, side * self.limit, reach) for side in (1, -1))
        p.fillRect(QRectF(0, top, plot.width(), bottom - top), theme.color("band"))
        for value, dash in ((self.limit, [3, 3]), (-self.limit, [3, 3]), (self.mean_limit, [1, 4]), (-self.mean_limit, [1, 4])):
            pen = QPen(theme.color("band-edge"), 1)
            pen.setDashPattern(dash)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            p.setPen(pen)
            y = round(self._y(plot, value, reach)) + 0.5
            p.drawLine(QPointF(0, y), QPointF(plot.width(), y))
        for value in (self.limit, 0.0, -self.limit):
            words = f"{value:+.0f} %".replace("-", "−").replace("+0", "0")
            text_at(p, self.width(), self._y(plot, value, reach), words, "axis", "text-2", 1)

    def _line(self, p: QPainter, plot: QRectF, xs: Sequence[float], reach: float) -> None:
        """The mean of seven days, broken where it is not known."""
        p.setPen(QPen(theme.color("trend"), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        part = QPolygonF()
        for each, x in zip(self.dots, xs, strict=True):
            if each.mean is None:
                p.drawPolyline(part)
                part = QPolygonF()
            else:
                part.append(QPointF(x, self._y(plot, each.mean, reach)))
        p.drawPolyline(part)

    def _points(self, p: QPainter, plot: QRectF, xs: Sequence[float], reach: float) -> None:
        last = max(n for n, each in enumerate(self.dots) if each.rate is not None)
        for n, (each, x) in enumerate(zip(self.dots, xs, strict=True)):
            if each.rate is None:
                continue
            ink = theme.color(f"{each.level}-mark" if each.level else "trend")
            p.setPen(QPen(ink, 1.8) if n == last else Qt.PenStyle.NoPen)
            p.setBrush(theme.color("surface") if n == last else ink)
            size = 3.4 if n == last else 3 if each.level else 2
            p.drawEllipse(QPointF(x, self._y(plot, each.rate, reach)), size, size)

    def _labels(self, p: QPainter, plot: QRectF, xs: Sequence[float]) -> None:
        for n, (each, x) in enumerate(zip(self.dots, xs, strict=True)):
            if (len(self.dots) - 1 - n) % EVERY == 0 and 6 < x < plot.width() - 4:
                text_at(p, x, plot.bottom() + 14, each.label, "axis", "text-2", 0.5)
