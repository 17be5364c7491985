"""One line of words, painted: exact line height, several styles on one base line, elision, a shorter wording."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import advance, base_of, elided
from stationdesk.ui.widgets.spoken import Spoken, Words, restored, said

NARROWEST = 24


class Line(Spoken, QLabel):
    """text() stays plain for tests and screen readers; *starred* parts take the second style (mark) on the same base line; after a bar |
    may stand a shorter wording, taken when the owner says short. A style is "role token", the token text if left out. Data go
    through plain(). most: it never asks for more pixels, a person's name say. Lines that may be cut (elide, most) show the whole text
    as a tip."""

    def __init__(self, words: Words, style: str = "body", mark: str = "", elide: bool = False, gap: int = 0, most: int = 0) -> None:
        super().__init__()
        self.words, self.elide, self.gap, self.most, self.short = words, elide, gap, most, False
        self.runs: list[tuple[str, str, str]] = []
        self.wide = 0
        self.restyle(style, mark, reword=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred if elide else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.reword()

    def restyle(self, style: str, mark: str = "", reword: bool = True) -> None:
        """Another style for the same words: a countdown that runs out, say."""
        self.styles = [_style(style), _style(mark or style)]
        self.tallest = max((role for role, _token in self.styles), key=lambda role: theme.TYPE[role][0])
        self.setFixedHeight(theme.TYPE[self.tallest][1])
        if reword:
            self.reword(self.short)

    def say(self, words: Words) -> None:
        """Other words; the layout follows."""
        self.words = words
        self.reword(self.short)

    def reword(self, short: bool = False) -> None:
        self.short = short
        parts = said(self.words).split("|")[-1 if short else 0].split("*")
        runs = [(restored(part), *self.styles[n % 2]) for n, part in enumerate(parts) if part]
        if runs == self.runs and self.text():
            return
        self.runs = runs
        wide = math.ceil(sum(advance(role, part) for part, role, _token in runs)) + self.gap * (len(runs) > 1)
        self.setText(restored("".join(parts)))
        if wide != self.wide:
            self.wide = wide
            self.updateGeometry()
        self._tip()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.wanted, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(NARROWEST, self.wide) if self.elide else self.wanted, self.height())

    @property
    def wanted(self) -> int:
        """The width it asks for."""
        return min(self.wide, self.most) if self.most else self.wide

    def base(self) -> int:
        """Where its letters stand, from its top."""
        return base_of(self.tallest, self.height() / 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, x = QPainter(self), 0.0
        for part, role, token in self.runs:
            p.setFont(theme.font(role))
            p.setPen(theme.color(token if self.isEnabled() else "text-off"))
            p.drawText(QPointF(x, self.base()), elided(role, part, self.width() - x + 0.5))
            x += advance(role, part) + self.gap

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tip()

    def _tip(self) -> None:
        tip = self.text() if (self.elide or self.most) and self.wide > self.width() else ""
        if tip != self.toolTip():
            self.setToolTip(tip)


def _style(style: str) -> tuple[str, str]:
    role, token = (style + " text").split()[:2]
    return role, token
