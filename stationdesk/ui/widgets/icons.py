"""Line icons, tinted: stroke colour and width are written into the SVG, the pixmap is kept per size, colour and device pixel ratio."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from stationdesk import paths
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.painted import Painted

STROKE = 1.4


def draw(painter: QPainter, name: str, x: float, y: float, size: int, token: str) -> None:
    """Paint an icon of resources/icons with its corner at (x, y)."""
    painter.drawPixmap(round(x), round(y), pixmap(name, size, theme.color(token).name(), painter.device().devicePixelRatioF()))


@cache
def pixmap(name: str, size: int, tint: str, ratio: float) -> QPixmap:
    """The icon as a pixmap of size logical pixels; FileNotFoundError for a name that is not shipped."""
    svg = (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", tint)
    svg = re.sub(r'stroke-width="[\d.]+"', f'stroke-width="{STROKE * 24 / size:.3f}"', svg)
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


class Icon(Painted):
    """One icon; decoration to a screen reader, for a word always stands beside it."""

    def __init__(self, name: str, token: str = "text-2", size: int = 16) -> None:
        super().__init__(size, size)
        self.sign, self.token, self.size_ = name, token, size

    def show_sign(self, name: str, token: str) -> None:
        """Another icon in the same place."""
        self.sign, self.token = name, token
        self.update()

    def paint(self, p: QPainter) -> None:
        draw(p, self.sign, 0, 0, self.size_, self.token)


def icon(name: str, token: str = "text-2", size: int = 16) -> Icon:
    """An icon to lay out."""
    return Icon(name, token, size)
