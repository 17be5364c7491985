"""The heads of the grid: group, name, unit and limits above; the hour at the left; the corner between them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from stationdesk.domain.words import _
from stationdesk.services.readings import ShiftLine
from stationdesk.ui.readings.grid import Grid
from stationdesk.ui.readings.measures import EDGE, HEAD, LIMITS, NAMES, PAD, ROW, SHIFT, TIME, UNITS, groups
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import SMOOTH, elided, fill, text_at


class PointHead(QHeaderView):
    """Group names over their columns, then name and unit, then the limits in force."""

    def __init__(self, view: Grid) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.view = view
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(40)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        point = self.view.readings.points[section]
        p.setRenderHints(SMOOTH)
        p.fillRect(rect, theme.color("header"))
        if section == self.view.currentIndex().column():
            p.fillRect(rect.adjusted(0, NAMES, 0, -LIMITS - 1), theme.color("selection"))
        ends = section in self.view.group_ends
        right, room = rect.right() + 1 - PAD - ends, rect.width() - 2 * PAD - ends + 4
        lines = (
            (str(point.short_name), NAMES + 12, "text"),
            (point.unit, NAMES + 28, "text-2"),
            (point.limits.text(), NAMES + UNITS + 12, "text-2"),
        )
        for words, middle, ink in lines:
            text_at(p, right, middle, elided("label", words, room), "label", ink, 1)
        if ends:
            fill(p, rect.right(), 0, 1, HEAD, "hairline")
        fill(p, rect.left(), HEAD - 1, rect.width(), 1, "line-strong")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p = QPainter(self.viewport())  # spans are painted after the sections, which would paint over them
        p.setRenderHints(SMOOTH)
        beyond = self.length() - self.offset()
        fill(p, beyond, 0, max(self.width() - beyond, 0), HEAD, "header")
        fill(p, beyond, HEAD - 1, max(self.width() - beyond, 0), 1, "line-strong")
        for start, end, title in groups(self.view.readings.points):
            left = self.sectionViewportPosition(start)
            right = self.sectionViewportPosition(end) + self.sectionSize(end)
            text_at(p, (left + right) / 2, NAMES / 2, elided("label-strong", title, right - left - 4), "label-strong", "text", 0.5)


class HourHead(QHeaderView):
    """The sticky first column: the vertical header, so it costs no second view and is read aloud with every cell."""

    def __init__(self, view: Grid) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self.view = view
        self.setFixedWidth(TIME)
        self.setMinimumSectionSize(SHIFT)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        line = self.view.readings.lines[section]
        p.setRenderHints(SMOOTH)
        if isinstance(line, ShiftLine):
            p.fillRect(rect, theme.color("header"))
            self.view.paint_shift(p, rect, section, 0)
        else:
            p.fillRect(rect, theme.color("selection" if section == self.view.typing else "surface"))
            fill(p, rect.right(), rect.top(), 1, rect.height(), "hairline")
            ink = "text-2" if line.phase in ("past", "future") else "text"
            text_at(p, rect.left() + EDGE, rect.top() + (rect.height() - 1) / 2, self.view.readings.label(section), "body", ink)
        fill(p, rect.left(), rect.bottom(), rect.width(), 1, "hairline")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        below = self.length() - self.offset()
        fill(QPainter(self.viewport()), 0, below, self.width(), max(self.height() - below, 0), "surface")


class Bare(QWidget):
    """Between the two scroll bars; the style would paint a box there."""


class Corner(QWidget):
    """Over the corner button, which is private to Qt and painted by the style."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.setRenderHints(SMOOTH)
        p.fillRect(self.rect(), theme.color("header"))
        text_at(p, EDGE, NAMES + UNITS / 2, _("Time"), "label", "text-2")
        text_at(p, EDGE, NAMES + UNITS + LIMITS / 2, _("Limits"), "label", "text-2")
        fill(p, self.width() - 1, 0, 1, self.height(), "hairline")
        fill(p, 0, self.height() - 1, self.width(), 1, "line-strong")
