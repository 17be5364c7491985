"""How the cells of the roster are painted: chips from a cache, coverage, fairness and fatigue."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from stationdesk.domain.words import _
from stationdesk.ui.roster.measures import (
    BEFORE,
    DAY,
    FAIR,
    FAIR_MOST,
    FAIR_STEP,
    FATIGUE,
    FATIGUE_STEPS,
    HOURS,
    NIGHTS,
    ROW,
    SPAN_LEAST,
    SPAN_LINE,
    SPAN_WORDS,
)
from stationdesk.ui.roster.model import Index, Place, RosterModel, apart_words
from stationdesk.ui.roster.pane import Pane
from stationdesk.ui.roster.shown import counted, fatigue_steps, leave_letter, letter, tone
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, fill, text_at

MIDDLE, FAINT = ROW / 2, 0.4


@cache
def chip(sign: str, ground: str, look: str, changed: bool, theme_name: str, ratio: float) -> QPixmap:
    """A cell drawn once. look: "" a shift, "leave", "stand-in", "off"; theme and ratio are part of the key, so a change draws anew."""
    made = QPixmap(QSize(DAY, ROW) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    p, rect = QPainter(made), QRectF(1, 2, DAY - 2, ROW - 4)
    p.setRenderHints(SMOOTH)
    if look == "leave":
        box(p, rect, 3, "line-strong", "surface", dash=True)
    elif ground:
        edge = "text" if look == "stand-in" else "hairline" if ground == "early" else ""
        box(p, rect, 3, edge, f"shift-{ground}", 1.6 if look == "stand-in" else 1)
    if sign:
        text_at(p, DAY / 2, MIDDLE, sign, "label", f"shift-{ground}-ink" if ground and look != "leave" else "text-2", 0.5)
    else:
        fill(p, DAY / 2 - 1, MIDDLE - 1, 2, 2, "line-strong")
    if changed:
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.color("accent"))
        p.drawPolygon(QPolygonF([QPointF(12, 2), QPointF(19, 2), QPointF(19, 9)]))
    p.end()
    return made


def chip_of(model: RosterModel, place: Place, ratio: float) -> QPixmap:
    """The chip of a place."""
    code, changed, stored = model.cell(*place), model.changed(place), model.stored[place]
    if not code and stored.leave:
        return chip(leave_letter(), "", "leave", changed, theme.current(), ratio)
    kind = model.kind.get(code)
    if kind is None:
        return chip("", "", "off", changed, theme.current(), ratio)
    look = "stand-in" if stored.stands_in else ""
    return chip(letter(kind), tone(kind), look, changed, theme.current(), ratio)


def chip_before(model: RosterModel, place: Place, ratio: float) -> QPixmap:
    """The chip of a place as it is published."""
    kind = model.kind.get(model.before(place))
    return chip(letter(kind) if kind else "", tone(kind) if kind else "", "" if kind else "off", False, theme.current(), ratio)


def paint_edge(p: QPainter, rect: QRect, model: RosterModel, row: int, bottom: int) -> None:
    """A hairline under a crew, a strong one above the coverage."""
    if bottom and row + 1 < len(model.rows):
        fill(p, rect.x(), rect.bottom(), rect.width(), 1, "hairline")
    elif row == len(model.rows):
        fill(p, rect.x(), rect.y(), rect.width(), 1, "line-strong")


def paint_span(p: QPainter, left: float, right: float, words: str, *, solid: bool) -> None:
    """What is published stands under a solid line, a draft under a dashed one."""
    ink = "text" if solid else "text-2"
    if right - left >= min(SPAN_LEAST, advance("label", words)):  # over a day or two there may be no room for a word
        text_at(p, left, SPAN_WORDS, elided("label", words, right - left), "label", ink)
    pen = QPen(theme.color(ink), 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if not solid:
        pen.setDashPattern([2, 2])
    p.setPen(pen)
    p.drawLine(QPointF(left, SPAN_LINE), QPointF(right, SPAN_LINE))


def ground_of(model: RosterModel, column: int) -> str:
    """The ground of a day's column: holidays and days off are told from workdays over the whole height."""
    if model.view is None or not column < len(model.days):
        return ""
    return {"statutory": "track", "holiday": "header", "rest": "header"}.get(model.view.days[column].kind.value, "")


class CellPainter(QStyledItemDelegate):
    """Paints a person's day, a figure or a count of coverage."""

    def __init__(self, view: Pane) -> None:
        super().__init__(view)
        self.view = view

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, row, column, rect = self.view.roster, index.row(), index.column(), QRect(option.rect)
        top, bottom = self.view.pads[row]
        p.setRenderHints(SMOOTH)
        paint_edge(p, rect, model, row, bottom - self.view.below(row))
        rect.adjust(0, top, 0, -bottom)
        if row >= len(model.rows):
            self._coverage(p, rect, row - len(model.rows), column)
        elif (place := model.place(row, column)) is not None:
            self._duty(p, rect, row, place)
        elif model.kinds:  # the holidays' sheet adds nothing up
            self._total(p, QRectF(rect), row, column - len(model.days))

    def _duty(self, p: QPainter, rect: QRect, row: int, place: Place) -> None:
        """The day as it is; a line under it where somebody wishes something, and below what is published while one compares."""
        model, x, ratio = self.view.roster, rect.right() + 1 - DAY, p.device().devicePixelRatioF()
        p.drawPixmap(x, rect.y(), chip_of(model, place, ratio))
        if place in model.wished:
            fill(p, x + 4, rect.y() + ROW - 2, DAY - 8, 2, "trend")
        if model.compared(row):
            p.setOpacity(1 if model.changed(place) else FAINT)
            p.drawPixmap(x, rect.y() + BEFORE, chip_before(model, place, ratio))
            p.setOpacity(1)

    def _coverage(self, p: QPainter, rect: QRect, which: int, column: int) -> None:
        model = self.view.roster
        kind, middle = model.kinds[which], rect.y() + rect.height() / 2
        if column < len(model.days):
            rect.setLeft(rect.right() + 1 - DAY)
            low = model.short(kind.code, column)
            if low:
                box(p, QRectF(rect).adjusted(2, 3, -2, -2), 4, "text", "raised")
            role, ink = ("label-strong", "text") if low else ("label", "text-2")
            text_at(p, rect.x() + DAY / 2, middle, model.count(kind, model.days[column]), role, ink, 0.5)
        elif column == len(model.days):
            words = _("{n} on most days").format(n=model.usual.get(kind.code, 0))
            text_at(p, rect.x() + 12, middle, words, "label", "text-2")

    def _total(self, p: QPainter, rect: QRectF, row: int, which: int) -> None:
        model = self.view.roster
        shown, middle = model.rows[row], rect.y() + rect.height() / 2
        figures = shown.figures
        if which == HOURS:
            text_at(p, rect.right() - 7, middle, hours_text(figures.presence), "body", "text", 1)
        elif which == NIGHTS:
            words, ink = (str(figures.nights), "text") if counted(shown) or figures.nights else ("—", "text-2")
            text_at(p, rect.right() - 7, middle, words, "body", ink, 1)
        elif which == FAIR and counted(shown):
            self._fairness(p, rect, middle, round(shown.nights_apart))
        elif which == FATIGUE and (steps := fatigue_steps(shown)):
            self._fatigue(p, rect, middle, steps, f"{shown.fatigue_hours} h")

    @staticmethod
    def _fairness(p: QPainter, rect: QRectF, middle: float, value: int) -> None:
        axis, long = round(rect.x()) + 22, min(abs(value), FAIR_MOST) * FAIR_STEP
        fill(p, axis - 1, middle - 8, 1, 16, "line-strong")
        fill(p, axis - long if value < 0 else axis, middle - 4, long, 8, "bar")
        if value:
            text_at(p, axis - 6 if value > 0 else axis + 6, middle, apart_words(value), "axis", "text-2", 1 if value > 0 else 0)

    @staticmethod
    def _fatigue(p: QPainter, rect: QRectF, middle: float, steps: int, words: str) -> None:
        high = steps == FATIGUE_STEPS
        for n in range(FATIGUE_STEPS):
            box(p, QRectF(rect.x() + 8 + n * 7, middle - 5, 5, 10), 1, "", "track" if n >= steps else "trend" if high else "bar")
        role, ink = ("label-strong", "text") if high else ("label", "text-2")
        text_at(p, rect.x() + 48, middle, elided(role, words, rect.width() - 50), role, ink)


def hours_text(minutes: int) -> str:
    """Hours of work as the column has them: 184, 7.5."""
    whole, rest = divmod(round(minutes / 6), 10)
    return f"{whole}.{rest}" if rest else str(whole)
