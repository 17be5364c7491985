"""The corrections of the day: what was written first, struck through, and what stands now; who, when and why."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_time
from stationdesk.domain.points import correction_words
from stationdesk.domain.words import C_, _
from stationdesk.services.readings import CorrectionView, GridView
from stationdesk.ui.readings.asking import DOT
from stationdesk.ui.widgets import icons, theme
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item, column, refill, row, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.paint import SMOOTH, advance, base_of, elided, text_at
from stationdesk.ui.widgets.spoken import plain

HIGH = 20


class CorrectionLine(QWidget):
    """03:00 一级调压后 温度 16.6 → 6.6"""

    def __init__(self, correction: CorrectionView, time: str) -> None:
        super().__init__()
        self.correction, self.time = correction, time
        self.setFixedHeight(HIGH)
        self.setAccessibleName(f"{self._before()} {correction.point.words(correction.old)} → {correction.point.words(correction.new)}")

    def _before(self) -> str:
        return f"{self.time} {self.correction.point.title}"

    def sizeHint(self) -> QSize:
        return QSize(200, HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        old, new = (self.correction.point.words(value) for value in (self.correction.old, self.correction.new))
        room = self.width() - advance("body", old + new) - 16 - 3 * 8
        words, x, middle = elided("body", self._before(), room + 0.5), 0.0, HIGH / 2
        text_at(p, x, middle, words, "body", "text-2")
        x += advance("body", words) + 8
        p.setFont(theme.struck("body"))
        p.drawText(QPointF(x, base_of("body", middle)), old)
        x += advance("body", old) + 8
        icons.draw(p, "arrow-right", x, middle - 8, 16, "text-2")
        text_at(p, x + 16 + 8, middle, new, "body", "text")


class CorrectionsCard(Card):
    """Hidden while nothing was corrected; the newest first."""

    def __init__(self) -> None:
        self.title = Line("", "strong")
        self.fact = Line("", "label text-2", elide=True)
        self.lines = stack(spacing=4)
        self.shown: tuple[CorrectionView, ...] = ()
        area = scrolled(self.lines)
        area.setMaximumHeight(120)
        self.area = area
        super().__init__(12, row(self.title, None, self.fact), 6, area, 10)
        self.hide()

    def show_view(self, view: GridView) -> None:
        """The corrections of a view."""
        newest = tuple(sorted(view.corrections, key=lambda each: each.at, reverse=True))
        self.setVisible(bool(newest))
        if newest == self.shown:
            return
        self.shown = newest
        count = len(newest)
        self.title.say(lambda: _("Corrected: {count}").format(count=count))
        self.fact.say(f"{plain(newest[0].by)} {format_time(newest[0].at, view.zone)}" if newest else "")
        layout = self.lines.layout()
        assert layout is not None
        refill(layout, *[self._one(each, view) for each in newest])
        self.area.setFixedHeight(min(120, count * (HIGH + 16) + max(count - 1, 0) * 4))

    def _one(self, correction: CorrectionView, view: GridView) -> Item:
        line = CorrectionLine(correction, format_time(correction.time, view.zone))
        return column(line, Line(lambda: plain(_why(correction, view)), "label text-2", elide=True))


def _why(correction: CorrectionView, view: GridView) -> str:
    words = correction_words(correction.why)
    who = f"{correction.by} {format_time(correction.at, view.zone)}".strip()
    after = C_("correction", "after the handover") if correction.after_close else ""
    return DOT.join(part for part in (words, who, after) if part)
