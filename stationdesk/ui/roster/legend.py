"""Under the grid: what the chips and grounds mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _
from stationdesk.ui.roster.measures import DAY, ROW
from stationdesk.ui.roster.painting import chip
from stationdesk.ui.roster.shown import leave_letter, letter, span_hours, tone
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import advance, box, fill, text_at
from stationdesk.ui.widgets.painted import Painted

HIGH, GAP, SIDE = 40, 16, 16
Mark = Callable[[QPainter, float, float], None]


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
        x, middle = float(SIDE), HIGH / 2
        for mark, wide, words in self._entries():
            room = wide + advance("label", words)
            if x + room + SIDE > self.width():
                return
            mark(p, x, middle)
            text_at(p, x + wide, middle, words, "label", "text-2")
            x += room + GAP
        words = _("Fair: nights of the year beyond the mean")
        if any(kind.desk for kind in self.kinds) and x + advance("label", words) + SIDE < self.width():
            text_at(p, self.width() - SIDE, middle, words, "label", "text-2", 1)

    def _entries(self) -> Iterator[tuple[Mark, int, str]]:
        """What is drawn, how wide it is, and what it means."""
        for kind in self.kinds:
            yield _chip(letter(kind), tone(kind)), DAY + 4, span_hours(kind) if kind.desk else str(kind.name)
        yield _chip(leave_letter(), "", "leave"), DAY + 4, C_("roster legend", "leave")
        yield _chip("", "early", "stand-in"), DAY + 4, C_("roster legend", "stand-in")
        yield _chip("", "", "off", changed=True), DAY + 4, C_("roster legend", "changed")
        yield lambda p, x, middle: fill(p, x, middle + 5, DAY - 8, 2, "trend"), DAY - 4, C_("roster legend", "wish")
        yield lambda p, x, middle: box(p, QRectF(x, middle - 8, 16, 16), 3, "hairline", "track"), 22, C_("roster legend", "holiday")


def _chip(sign: str, ground: str, look: str = "", *, changed: bool = False) -> Mark:
    def draw(p: QPainter, x: float, middle: float) -> None:
        ratio = p.device().devicePixelRatioF()
        p.drawPixmap(round(x), round(middle - ROW / 2), chip(sign, ground, look, changed, theme.current(), ratio))

    return draw
