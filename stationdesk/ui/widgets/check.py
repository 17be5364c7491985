"""A check box: a box of 16 with a tick, and its words."""

from __future__ import annotations

import math

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox

from stationdesk.ui.widgets import icons
from stationdesk.ui.widgets.paint import SMOOTH, advance, box, elided, text_at
from stationdesk.ui.widgets.spoken import Spoken, Words

BOX, GAP, HIGH = 16, 8, 24


class Check(Spoken, QCheckBox):
    """Use toggled(bool); the whole width can be pressed."""

    def __init__(self, words: Words, on: bool = False) -> None:
        super().__init__()
        self.words = words
        self.setFixedHeight(HIGH)
        self.setChecked(on)
        self.reword()

    def reword(self) -> None:
        self.setText(self.said())
        self.setAccessibleName(self.said())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(BOX + GAP + math.ceil(advance("body", self.text())) + 2, HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(BOX + GAP + 24, HIGH)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        ink = "text" if self.isEnabled() else "text-off"
        top = (HIGH - BOX) / 2
        if self.isChecked():
            box(p, QRectF(0, top, BOX, BOX), 4, fill="accent" if self.isEnabled() else "text-off")
            icons.draw(p, "check", 2, top + 2, 12, "on-accent")
        else:
            box(p, QRectF(0, top, BOX, BOX), 4, "line-field", "raised")
        text_at(p, BOX + GAP, HIGH / 2, elided("body", self.text(), self.width() - BOX - GAP + 0.5), "body", ink)
