"""Under the grid: what the chips and grounds mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _
from stationdesk.ui.roster.measures import DAY, ROW
from stationdesk.ui.roster.painting import chip
from stationdesk.ui.roster.shown import leave_letter, letter, span_hours, tone
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import advance, box, elided, fill, text_at
from stationdesk.ui.widgets.painted import Painted

HIGH, GAP, SIDE = 40, 16, 16


class Legend(Painted):
    """As many entries as there is room for; the shifts come first."""

    def __init__(self) -> None:
        super().__init__(0, HIGH)
        self.kinds: Sequence[ShiftKind] = ()

    def show_kinds(self, kinds: Sequence[ShiftKind]) -> None:
        """The shifts of the roster shown."""
        self.kinds = kinds
        self.setAccessibleName(", ".join(f"{letter(kind)} {kind.name} {span_hours(kind)}" for kind in kinds))
        self.update()

    def paint(self, p: QPainter) -> None:
        x, middle, ratio, look = float(SIDE), HIGH / 2, p.device().devicePixelRatioF(), theme.current()
        top = round(middle - ROW / 2)
        for kind in self.kinds:
            words = span_hours(kind) if kind.desk else str(kind.name)
            p.drawPixmap(round(x), top, chip(letter(kind), tone(kind), "", False, look, ratio))
            x = self._say(p, x + DAY + 4, middle, words)
        p.drawPixmap(round(x), top, chip(leave_letter(), "", "leave", False, look, ratio))
        x = self._say(p, x + DAY + 4, middle, C_("roster legend", "leave"))
        p.drawPixmap(round(x), top, chip("", "early", "stand-in", False, look, ratio))
        x = self._say(p, x + DAY + 4, middle, C_("roster legend", "stand-in"))
        p.drawPixmap(round(x), top, chip("", "", "off", True, look, ratio))
        x = self._say(p, x + DAY + 4, middle, C_("roster legend", "changed"))
        fill(p, x, middle + 5, DAY - 8, 2, "trend")
        x = self._say(p, x + DAY - 4, middle, C_("roster legend", "wish"))
        box(p, QRectF(x, middle - 8, 16, 16), 3, "hairline", "track")
        x = self._say(p, x + 22, middle, C_("roster legend", "holiday"))
        words = _("Fair: nights of the year beyond the mean")
        if x + advance("label", words) + SIDE < self.width():
            text_at(p, self.width() - SIDE, middle, words, "label", "text-2", 1)

    def _say(self, p: QPainter, x: float, middle: float, words: str) -> float:
        text = elided("label", words, self.width() - x - SIDE)
        text_at(p, x, middle, text, "label", "text-2")
        return x + advance("label", text) + GAP
