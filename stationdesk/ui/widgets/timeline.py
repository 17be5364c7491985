"""The shift on one line: hourly readings, and rounds as due windows with the work done in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import zip_longest

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets import icons
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, fill, text_at
from stationdesk.ui.widgets.span import Lane, Span, Tick, Window
from stationdesk.ui.widgets.spoken import said

NAMES, RIGHT, HOURS, BELOW = 113, 25, 13, 16

UNWALKED = {"missed": "amber", "overdue": "red"}
"""What was missed wants words; what is overdue can still be walked."""


class Timeline(QWidget):
    """picked(target): a window or moment was clicked, or Enter pressed on it; the arrows go from one to the next. tight: lanes as close
    as two are, however many."""

    picked = Signal(object)

    def __init__(self, span: Span, tight: bool = False) -> None:
        super().__init__()
        self.span, self.left, self.tight = span, NAMES, tight
        self.at_item = -1
        self._until = float("inf")  # where the words of an item have to end
        self._places: list[tuple[QRectF, object]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_span(span)

    def show_span(self, span: Span) -> None:
        """Other times, or the same a minute later."""
        self.span = span
        self.setFixedHeight(self._middle(max(len(span.lanes) - 1, 0)) + BELOW)
        self.setAccessibleName(_("Timeline of the shift"))
        self.setAccessibleDescription("; ".join(self._spoken(lane) for lane in span.lanes))
        able = any(item.target is not None for lane in span.lanes for item in lane.items)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if able else Qt.FocusPolicy.NoFocus)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, self.height())

    def _spoken(self, lane: Lane) -> str:
        windows = [f"{self.span.clock(item.opens)} {said(item.label)}" for item in lane.items if isinstance(item, Window)]
        return " ".join([said(lane.name), *windows])

    def _middle(self, n: int) -> int:
        """Height of a lane: 25 apart where there are up to two, else 28."""
        return 35 + 25 * n if self.tight or len(self.span.lanes) <= 2 else 40 + 28 * n

    def place(self, at: datetime) -> float:
        """Where a time stands, on a whole pixel."""
        return round(self.left + self.span.share(at) * (self.width() - self.left - RIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        box(p, QRectF(self.rect()), 6, "hairline", "surface")
        self.left = max(NAMES, round(max((advance("label", said(lane.name)) for lane in self.span.lanes), default=0)) + 45)
        self._places = []
        self._next_shift(p)
        self._hours(p)
        for n, lane in enumerate(self.span.lanes):
            text_at(p, 17, self._middle(n) - 0.5, said(lane.name), "label", "text-2")
            for item, then in zip_longest(lane.items, lane.items[1:]):
                self._until = self._left_of(then)
                self._item(p, item, self._middle(n))
        self._now(p)
        if self.hasFocus() and 0 <= self.at_item < len(self._places):
            box(p, self._places[self.at_item][0].adjusted(-4, -4, 4, 4), 6, "focus", width=2)

    def _next_shift(self, p: QPainter) -> None:
        if self.span.next_from is None:
            return
        x = self.place(self.span.next_from)
        fill(p, x, 1, self.width() - x - 1, self.height() - 2, "header")
        fill(p, x, 24, 1, self.height() - 30, "line-strong")
        text_at(p, self.width() - RIGHT, HOURS, said(self.span.next_label), "label", "text-2", 1)

    def _hours(self, p: QPainter) -> None:
        for hour in self.span.hours():
            x = self.place(hour)
            if self.span.next_from is not None and hour > self.span.next_from:
                continue
            fill(p, x, 27, 1, self.height() - 34, "hairline")
            if not self._now_label().intersects(QRectF(x - 18, 0, 36, 24)):
                text_at(p, x + 0.5, HOURS, f"{hour:%H:%M}", "label", "text-2", 0.5)

    def _item(self, p: QPainter, item: Tick | Window, middle: int) -> None:
        rect = self._tick(p, item, middle) if isinstance(item, Tick) else self._window(p, item, middle)
        if item.target is not None:
            self._places.append((rect, item.target))

    def _left_of(self, then: Tick | Window | None) -> float:
        """Where the next item of a lane begins: on 24 h duty they stand too close for words between all of them."""
        if then is None:
            return float("inf")
        return self.place(then.at) - 9 if isinstance(then, Tick) else self.place(then.opens) - 2

    def _label(self, p: QPainter, x: float, middle: float, text: str, role: str, token: str) -> None:
        """Words with the ground behind them, so that no grid line runs through."""
        fill(p, x - 3, middle - 8, advance(role, text) + 6, 16, "surface")
        text_at(p, x, middle, text, role, token)

    def _tick(self, p: QPainter, tick: Tick, middle: int) -> QRectF:
        x = self.place(tick.at) + 0.5
        edge = {"done": "bar", "due": "accent", "missed": "amber-mark"}.get(tick.state, "line-strong")
        box(p, QRectF(x - 8, middle - 8, 16, 16), 8, edge, "raised" if tick.state == "due" else "surface", 2 if tick.state == "due" else 1)
        if tick.state == "done":
            icons.draw(p, "check", x - 6, middle - 6, 12, "trend")
        if tick.state == "missed":
            icons.draw(p, "x", x - 6, middle - 6, 12, "amber-fg")
        if tick.owed:
            words = C_("timeline", "owed")
            if x + 27 + advance("label", words) <= self._until:
                self._label(p, x + 27, middle, words, "label", "amber-fg")
            icons.draw(p, "triangle-alert", x + 12, middle - 6, 12, "amber-fg")
        return QRectF(x - 8, middle - 8, 16, 16)

    def _window(self, p: QPainter, window: Window, middle: int) -> QRectF:
        left, right = self.place(window.opens), self.place(window.closes)
        outline = QRectF(left, middle - 9, right - left + 1, 18)
        due, coming = window.state == "due", window.state == "coming"
        tone = UNWALKED.get(window.state)
        edge = "accent" if due else f"{tone}-mark" if tone else "line-strong"
        box(p, outline, 3, edge, "raised" if due else "surface", 1.5 if due else 1, dash=coming)
        end = self._work(p, window, middle, right)
        self._say(p, window, middle, outline, end)
        return outline

    def _work(self, p: QPainter, window: Window, middle: int, right: float) -> float:
        """The bar of the work, inside its window or after it; returns where words may begin."""
        if window.began is None:
            return right
        ended = window.ended or self.span.now
        bar = QRectF(self.place(window.began), middle - 5, max(self.place(ended) - self.place(window.began), 3), 10)
        if window.state == "late":
            box(p, bar, 3, "text", "surface", 1.5)
        else:
            box(p, bar, 2, fill="accent" if window.state == "due" else "bar")
        return max(right, bar.right())

    def _say(self, p: QPainter, window: Window, middle: int, outline: QRectF, end: float) -> None:
        text = said(window.label)
        wide = advance("label", text)
        if tone := UNWALKED.get(window.state):
            self._say_unwalked(p, text or C_("timeline", "missed"), tone, middle, outline, end)
        elif window.began is None and wide + 6 <= outline.width():
            text_at(p, outline.center().x(), middle - 1, text, "label", "text-2" if window.state == "coming" else "text", 0.5)
        elif text:
            strong = window.state == "late"
            x = self._beside_now(end + 8, wide)
            role, ink = ("label-strong", "text") if strong else ("label", "text-2")
            if x + advance(role, text) <= self._until:
                self._label(p, x, middle - 1, elided("label", text, self.width() - x - 4), role, ink)

    def _say_unwalked(self, p: QPainter, text: str, tone: str, middle: int, outline: QRectF, end: float) -> None:
        """Behind its window; inside it where the line of now or the edge is in the way."""
        wide = advance("label-strong", text) + 16
        x = self._beside_now(end + 6, wide)
        if (x != end + 6 or x + wide > self.width() - 8) and wide + 8 <= outline.width():
            x = outline.center().x() - wide / 2
            fill(p, x - 2, middle - 7, wide + 4, 14, "surface")
        else:
            fill(p, x - 3, middle - 8, min(wide + 6, self._until - x + 3), 16, "surface")
        icons.draw(p, "circle-alert" if tone == "red" else "triangle-alert", x, middle - 6, 12, f"{tone}-fg")
        if x + wide <= self._until:
            text_at(p, x + 16, middle - 1, text, "label-strong", f"{tone}-fg")

    def _beside_now(self, x: float, wide: float) -> float:
        """Where words may stand: behind the line of now, if it ran through them."""
        now = self.place(self.span.now)
        return now + 8 if x - 4 < now < x + wide + 4 else x

    def _now_label(self) -> QRectF:
        """The box of the time of now, left of its line; empty where now is not in sight."""
        if not self.span.start - timedelta(minutes=30) <= self.span.now <= self.span.end + timedelta(minutes=30):
            return QRectF()
        wide = round(advance("label-strong", self.span.clock(self.span.now))) + 14
        return QRectF(self.place(self.span.now) + 1 - wide, 5, wide, 17)

    def _now(self, p: QPainter) -> None:
        label = self._now_label()
        if label.isNull():
            return
        fill(p, label.right() - 2, 5, 2, self.height() - 8, "text")
        box(p, label, 3, fill="text")
        text_at(p, label.center().x(), HOURS + 0.5, self.span.clock(self.span.now), "label-strong", "surface", 0.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for rect, target in self._places:
            if rect.adjusted(-2, -4, 2, 4).contains(event.position()):
                self.picked.emit(target)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if by and self._places:
            self.at_item = (self.at_item + by) % len(self._places)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self.at_item < len(self._places):
            self.picked.emit(self._places[self.at_item][1])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.at_item = max(self.at_item, 0)
        self.update()
