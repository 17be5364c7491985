"""A chip: a small word in a box. Amber and red come with an icon; draft is dashed, published solid."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from stationdesk.ui.widgets import icons
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, text_at
from stationdesk.ui.widgets.spoken import Spoken, Words

HIGH, PAD, ICON, GAP = 20, 7, 14, 4
_TONES = {
    "": ("hairline", "surface", "text-2"),
    "strong": ("line-strong", "raised", "text"),
    "draft": ("line-strong", "surface", "text-2"),
    "accent": ("accent", "raised", "accent"),
    "amber": ("amber-mark", "amber-bg", "amber-fg"),
    "red": ("red-mark", "red-bg", "red-fg"),
}
_SIGNS = {"amber": "triangle-alert", "red": "circle-alert"}


class Chip(Spoken, QLabel):
    """look: "" strong draft accent amber red; amber and red bring their icon when none is named."""

    def __init__(self, words: Words, icon: str = "", look: str = "", high: int = HIGH) -> None:
        super().__init__()
        self.words, self.icon_name, self.look = words, icon or _SIGNS.get(look, ""), look
        self.setFixedHeight(high)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.reword()

    def show_state(self, words: Words, icon: str = "", look: str = "") -> None:
        """Another word and look in the same place."""
        self.words, self.icon_name, self.look = words, icon or _SIGNS.get(look, ""), look
        self.reword()

    def reword(self) -> None:
        self.setText(self.said())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(2 * PAD + math.ceil(advance("label", self.text())) + (ICON + GAP if self.icon_name else 0), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        edge, ground, ink = _TONES[self.look]
        box(p, QRectF(self.rect()), 4, edge, ground, dash=self.look == "draft")
        x, middle = float(PAD), self.height() / 2
        if self.icon_name:
            icons.draw(p, self.icon_name, x, middle - ICON / 2, ICON, ink)
            x += ICON + GAP
        text_at(p, x, middle - 0.5, elided("label", self.text(), self.width() - x), "label", ink)
