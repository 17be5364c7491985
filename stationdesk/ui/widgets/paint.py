"""Painting with tokens: text on a base line, boxes with sharp lines."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from stationdesk.ui.widgets import theme

SMOOTH = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing


def advance(role: str, text: str) -> float:
    """Width of a text in logical pixels."""
    return QFontMetricsF(theme.font(role)).horizontalAdvance(text)


def elided(role: str, text: str, room: float) -> str:
    """The text, or its beginning and … where it is wider than the room."""
    return QFontMetricsF(theme.font(role)).elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))


def base_of(role: str, middle: float) -> int:
    """Where letters stand in a line centred on middle; whole pixels, so that neighbours agree."""
    metrics = QFontMetricsF(theme.font(role))
    up, down = round(metrics.ascent()), round(metrics.descent())
    return math.floor(middle - (up + down) / 2 + up)


def text_at(p: QPainter, x: float, middle: float, text: str, role: str, token: str, align: float = 0) -> None:
    """Align: 0 begins at x, 0.5 is centred on it, 1 ends there."""
    p.setFont(theme.font(role))
    p.setPen(theme.color(token))
    p.drawText(QPointF(x - align * advance(role, text), base_of(role, middle)), text)


def box(p: QPainter, rect: QRectF, radius: float, edge: str = "", fill: str = "", width: float = 1, dash: bool = False) -> None:
    """A rounded box whose border lies inside rect, so that one logical pixel stays one sharp line."""
    pen = QPen(theme.color(edge), width) if edge else QPen(Qt.PenStyle.NoPen)
    if dash:
        pen.setDashPattern([2, 2])
    p.setPen(pen)
    p.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
    inset = width / 2 if edge else 0
    p.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), max(radius - inset, 0), max(radius - inset, 0))


def fill(p: QPainter, x: float, y: float, wide: float, high: float, token: str) -> None:
    """A filled rectangle."""
    p.fillRect(QRectF(x, y, wide, high), theme.color(token))
