"""The main points: value, change and trend; as many cards as the place has room for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import _
from stationdesk.ui.now.press import Pressable
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import on_base_line, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.trend import Dot, Series, Trend

if TYPE_CHECKING:
    from stationdesk.services.now import NowView
    from stationdesk.services.readings import LastValue
    from stationdesk.services.readings.views import PointView

ACROSS, GAP, LEAST, TALLEST = 2, 16, 164, 246
HOUR = timedelta(hours=1)


class PointCard(Pressable, Card):
    """One point: its newest value with the hour it is of, the change against the hour before, the trend between its limits."""

    def __init__(self, value: LastValue, zone: ZoneInfo) -> None:
        super().__init__(right=12)
        self.value = value
        ink = "red-fg" if value.grade == "red" else "amber-fg" if value.grade else "text"
        name = Line(lambda: plain(str(value.point.full_name)), "strong", elide=True)
        sign = [icon("circle-alert" if value.grade == "red" else "triangle-alert", ink)] if value.grade else []
        change = Line(lambda: _change(value), "label text-2")
        figure = Line(lambda: _figure(value), f"value {ink}", "body text-2", gap=3)
        hour = Line(lambda: format_time(value.time, zone) if value.time else "", "label text-2")
        self.trend = Trend(series(value, zone))
        self.show_items(10, row(*sign, name, None, change), 2, on_base_line(figure, None, hour), 12, self.trend)


def _figure(value: LastValue) -> str:
    if value.value is None:
        return "—"
    return f"{shown(value.value)}* {plain(value.point.unit)}"


def _change(value: LastValue) -> str:
    """Against the hour before, where both were read."""
    before = value.series[-2] if len(value.series) > 1 else None
    if before is None or value.value is None:
        return ""
    return _("last hour {change}").format(change=shown_signed(value.value - before))


def series(value: LastValue, zone: ZoneInfo) -> Series:
    """The hours as the trend shows them."""
    point, count = value.point, len(value.series)
    dots = []
    for n, each in enumerate(value.series):
        time = value.time - (count - 1 - n) * HOUR if value.time else None
        dots.append(_dot(point, format_time(time, zone)[:2] if time else "", each))
    limits = point.limits
    return Series(
        tuple(dots),
        None if limits.low is None else float(limits.low),
        None if limits.high is None else float(limits.high),
        "" if limits.low is None else shown(limits.low, point.decimals),
        "" if limits.high is None else shown(limits.high, point.decimals),
        lambda: str(point.full_name),
    )


def _dot(point: PointView, hour: str, value: Decimal | None) -> Dot:
    if value is None:
        return Dot(hour, None)
    return Dot(hour, float(value), point.limits.grade(value).grade.value, shown(value))


class Points(QWidget):
    """asked(page, target): a card was pressed. Rows of two cards: two rows at least, more where they fit; cards never taller than 246."""

    asked = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.values: tuple[LastValue, ...] = ()
        self.cards: list[PointCard] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_view(self, view: NowView) -> None:
        """The points now, the main ones first."""
        if view.values != self.values:
            self.values = view.values
            self._fill()

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * 220 + GAP, 2 * LEAST + GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if len(self.cards) != self._wanted():
            self._fill()
        self._place()

    def _wanted(self) -> int:
        return min(len(self.values), self._rows() * ACROSS)

    def _rows(self) -> int:
        """Two, or as many as find room; more than the main points only where cards would grow beyond their height."""
        full = -(-len(self.values) // ACROSS)
        fit = max((self.height() + GAP) // (LEAST + GAP), 2)
        return min(full, 2 if self._high(2) <= TALLEST else fit)

    def _high(self, rows: int) -> int:
        return (self.height() - (rows - 1) * GAP) // max(rows, 1)

    def _fill(self) -> None:
        at = next((n for n, each in enumerate(self.cards) if each.hasFocus()), -1)
        for old in self.cards:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self.cards = [self._card(each) for each in self.values[: self._wanted()]]
        self._place()
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus()

    def _card(self, value: LastValue) -> PointCard:
        card = PointCard(value, self.runner.zone)
        card.setParent(self)
        target = ("point", value.point.code, value.time)
        card.lead_to(lambda: self.asked.emit("readings", target if value.time else None), lambda: str(value.point.full_name))
        card.show()
        return card

    def _place(self) -> None:
        rows = max(-(-len(self.cards) // ACROSS), 1)
        wide, high = (self.width() - GAP) // 2, min(self._high(max(rows, 2)), TALLEST)
        for n, card in enumerate(self.cards):
            card.setGeometry((n % ACROSS) * (wide + GAP), (n // ACROSS) * (high + GAP), wide, high)
