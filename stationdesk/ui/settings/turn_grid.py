"""Who works when: a row for each crew, a column for each day, and below them how many crews each shift has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import SMOOTH, box, elided, text_at
from stationdesk.ui.widgets.spoken import Words, said

HEAD, ROW, GAP, COUNT = 24, 28, 6, 24
LABEL, LEAST, MOST = 96, 20, 40
TONES = ("shift-early", "shift-middle", "shift-night")


@dataclass(frozen=True)
class Turns:
    """heads: the days. rows: a name and a shift's code for each day, "" off. counts: name of a shift, crews on it for each day.

    tones: the ground of a shift's chip by its code, see `tones_of`.
    """

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counts: tuple[tuple[str, tuple[int, ...]], ...] = ()
    tones: tuple[tuple[str, str], ...] = ()


def tones_of(starts: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, str], ...]:
    """One hue, stronger with the night: code, start and end in minutes of the day."""
    return tuple((code, _tone(start, end)) for code, start, end in starts)


def _tone(start: int, end: int) -> str:
    if start >= 20 * 60 or start < 4 * 60:
        return TONES[2]
    return TONES[0] if start < 12 * 60 or end == start else TONES[1]


class TurnGrid(QWidget):
    """pressed(row, day): a cell was clicked."""

    pressed = Signal(int, int)

    def __init__(self, name: Words) -> None:
        super().__init__()
        self.turns = Turns()
        self.name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_turns(self, turns: Turns) -> None:
        """Other turns."""
        self.turns = turns
        spoken = (f"{label}: {' '.join(code or '–' for code in codes)}" for label, codes in turns.rows)
        self.setAccessibleName(said(self.name))
        self.setAccessibleDescription("; ".join(spoken))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        turns = self.turns
        below = GAP + COUNT * len(turns.counts) if turns.counts else 0
        return QSize(LABEL + LEAST * max(len(turns.heads), 1), HEAD + ROW * len(turns.rows) + below + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _wide(self) -> float:
        room = (self.width() - LABEL) / max(len(self.turns.heads), 1)
        return max(min(room, MOST), LEAST)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        wide, tones = self._wide(), dict(self.turns.tones)
        for n, head in enumerate(self.turns.heads):
            text_at(p, LABEL + wide * (n + 0.5), HEAD / 2, elided("axis", head, wide), "axis", "text-2", 0.5)
        for line, (label, codes) in enumerate(self.turns.rows):
            middle = HEAD + ROW * line + ROW / 2
            text_at(p, 0, middle, elided("body", label, LABEL - 8), "body", "text")
            for n, code in enumerate(codes):
                self._cell(p, LABEL + wide * (n + 0.5), middle, code, tones.get(code, TONES[0]))
            p.fillRect(QRectF(0, middle + ROW / 2 - 1, LABEL + wide * len(self.turns.heads), 1), theme.color("hairline"))
        self._counts(p, wide)

    def _cell(self, p: QPainter, x: float, middle: float, code: str, tone: str) -> None:
        if not code:
            box(p, QRectF(x - 1.5, middle - 1.5, 3, 3), 1.5, fill="line-strong")
            return
        wide = 18 if len(code) == 1 else 18 + 7 * (len(code) - 1)
        box(p, QRectF(x - wide / 2, middle - 12, wide, 24), 3, "hairline", tone)
        text_at(p, x, middle, code, "label-strong", f"{tone}-ink", 0.5)

    def _counts(self, p: QPainter, wide: float) -> None:
        top = HEAD + ROW * len(self.turns.rows) + GAP
        for line, (label, counts) in enumerate(self.turns.counts):
            middle = top + COUNT * line + COUNT / 2
            text_at(p, 0, middle, elided("label", label, LABEL - 8), "label", "text-2")
            for n, count in enumerate(counts):
                x = LABEL + wide * (n + 0.5)
                if count != 1:
                    tone = "red" if count == 0 else "amber"
                    box(p, QRectF(x - 9, middle - 10, 18, 20), 3, f"{tone}-mark", f"{tone}-bg", 2 if count == 0 else 1)
                ink = "text-2" if count == 1 else "red-fg" if count == 0 else "amber-fg"
                text_at(p, x, middle, str(count), "label", ink, 0.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click into a crew's row."""
        at = event.position()
        day, line = int((at.x() - LABEL) // self._wide()), int((at.y() - HEAD) // ROW)
        if event.button() == Qt.MouseButton.LeftButton and 0 <= day < len(self.turns.heads) and 0 <= line < len(self.turns.rows):
            self.pressed.emit(line, day)
