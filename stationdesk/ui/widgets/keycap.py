"""Keys: the cap that shows one, and the shortcut that hears it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import QWidget

from stationdesk.ui.widgets.paint import advance, box, text_at
from stationdesk.ui.widgets.painted import Painted

HIGH = 18


def cap_width(key: str) -> int:
    """Width of a key cap in pixels, at least 20."""
    return max(20, round(advance("label", key)) + 10)


def draw_cap(p: QPainter, x: float, middle: float, key: str, ink: str = "text-2", edge: str = "line-strong") -> None:
    """A key cap whose left edge is x, centred on middle."""
    box(p, QRectF(x, math.floor(middle - HIGH / 2), cap_width(key), HIGH), 4, edge)
    text_at(p, x + cap_width(key) / 2, middle, key, "label", ink, 0.5)


class KeyCap(Painted):
    """The name of a key in its box."""

    def __init__(self, key: str) -> None:
        super().__init__(cap_width(key), HIGH)
        self.key = key
        self.setAccessibleName(key)

    def paint(self, p: QPainter) -> None:
        draw_cap(p, 0, HIGH / 2, self.key)


def key_cap(key: str) -> KeyCap:
    """A key cap to lay out."""
    return KeyCap(key)


def sequences(key: str) -> list[QKeySequence]:
    """What "Ctrl Enter" is to Qt: with blanks for plus, and Enter meaning both Enter keys."""
    plus = key.replace(" ", "+")
    if plus.rsplit("+", 1)[-1] == "Enter":
        return [QKeySequence(plus), QKeySequence(plus.removesuffix("Enter") + "Return")]
    return [QKeySequence(plus)]


def shortcut(owner: QWidget, key: str, slot: Callable[[], object], inside: bool = False) -> QShortcut:
    """Call slot when the key is pressed in the owner's window (inside: only in owner and its children) while owner is seen and enabled."""
    made = QShortcut(owner)
    made.setKeys(sequences(key))
    if inside:
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(slot)
    return made
