"""Bars: a quantity against its mark, and the steps of a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from stationdesk.ui.widgets.paint import box, fill
from stationdesk.ui.widgets.painted import Painted
from stationdesk.ui.widgets.spoken import Words, said

BAR, STEP, GAP = 16, 8, 4


class Bar(Painted):
    """Shares of the mark to reach, from 0 to 1: done solid, expected dotted. words are read aloud."""

    def __init__(self, done: float = 0, expected: float = 0, words: Words = "") -> None:
        super().__init__(0, BAR)
        self.show_share(done, expected, words)

    def show_share(self, done: float, expected: float = 0, words: Words = "") -> None:
        """Other shares; beyond 1 the bar is full."""
        self.done, self.expected = min(max(done, 0), 1), min(max(expected, 0), 1)
        self.setAccessibleName(said(words) or f"{self.done:.0%}")
        self.update()

    def paint(self, p: QPainter) -> None:
        wide = self.width() - 2.0
        box(p, QRectF(0, 3, wide, 10), 3, fill="track")
        if self.expected > self.done:
            box(p, QRectF(0, 3, wide * self.expected, 10), 3, "bar", "track", dash=True)
        box(p, QRectF(0, 3, wide * self.done, 10), 3, fill="bar")
        fill(p, wide, 0, 2, BAR, "text")


class Segments(Painted):
    """One piece a line of a round or checklist. States: done amber red now off "" (to come)."""

    TOKENS = {"done": "bar", "amber": "amber-mark", "red": "red-mark", "off": "line-strong", "now": "raised", "": "track"}

    def __init__(self, states: Sequence[str] = ()) -> None:
        super().__init__(0, STEP + 6)
        self.states: tuple[str, ...] = ()
        self.show_states(states)

    def show_states(self, states: Sequence[str]) -> None:
        """Other states."""
        self.states = tuple(states)
        settled = sum(state not in ("", "now") for state in states)
        self.setAccessibleName(f"{settled} / {len(self.states)}")
        self.update()

    def paint(self, p: QPainter) -> None:
        if not self.states:
            return
        gap = GAP if len(self.states) <= 40 else 1
        wide = (self.width() - gap * (len(self.states) - 1)) / len(self.states)
        for n, state in enumerate(self.states):
            left, right = round(n * (wide + gap)), round(n * (wide + gap) + wide)
            piece = QRectF(left, 3, right - left, STEP)
            if state == "now":
                box(p, piece.adjusted(-2, -2, 2, 2), 4, "accent", "raised", 2)
            else:
                box(p, piece, 2, fill=self.TOKENS[state])
