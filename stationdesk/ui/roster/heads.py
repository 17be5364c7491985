"""The heads of the roster grid: days above, with what is published and what is draft; people at the left; the corner between them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from stationdesk.domain.roster import DayKind
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_
from stationdesk.ui.roster.measures import BEFORE, COVER, DAY, EDGE, FATIGUE, HEAD, HOURS, NAME_X, NAMES, NIGHTS, ROLE_ROOM, ROLE_X
from stationdesk.ui.roster.model import total_words
from stationdesk.ui.roster.painting import ground_of, paint_edge, paint_span
from stationdesk.ui.roster.pane import Pane
from stationdesk.ui.roster.shown import counted, crew_letter, span_hours
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.paint import SMOOTH, advance, elided, fill, text_at

DATE, WEEKDAY = 37, 54


def weekday_letter(day: date) -> str:
    """一 to 日, M to S."""
    return C_("weekday letters, Monday first", "MTWTFSS")[day.weekday()]


class DayHead(QHeaderView):
    """Date and weekday; above them a solid line over what is published and a dashed one over the draft."""

    def __init__(self, view: Pane) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.view = view
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(DAY)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        model = self.view.roster
        p.setRenderHints(SMOOTH)
        p.fillRect(rect, theme.color("surface"))
        if section < len(model.days):
            self._day(p, rect, section)
        elif model.kinds:
            which = section - len(model.days)
            words, x = total_words(which), rect.right() - 7
            if which in (HOURS, NIGHTS):
                text_at(p, x, WEEKDAY, words, "label", "text-2", 1)
            elif which == FATIGUE:
                text_at(p, rect.x() + 8, WEEKDAY, elided("label", words, rect.width() - 8), "label", "text-2")
            else:
                text_at(p, rect.center().x() + 1, WEEKDAY, words, "label", "text-2", 0.5)
        fill(p, rect.x(), HEAD - 1, rect.width(), 1, "line-strong")

    def _day(self, p: QPainter, rect: QRect, section: int) -> None:
        model = self.view.roster
        assert model.view is not None
        day, middle = model.days[section], rect.right() + 1 - DAY / 2
        ground = ground_of(model, section)
        if ground:
            left = rect.right() + 1 - DAY if ground == "track" else rect.x()
            fill(p, left, 26, rect.right() + 1 - left, HEAD - 27, ground)
        if section == self.view.currentIndex().column() and self.view.hasFocus():
            fill(p, rect.right() + 1 - DAY, 26, DAY, HEAD - 27, "selection")
        text_at(p, middle, DATE, str(day.day), "label-strong", "text", 0.5)
        statutory = model.view.days[section].kind == DayKind.STATUTORY
        name = C_("roster head", "H") if statutory else weekday_letter(day)
        text_at(p, middle, WEEKDAY, name, "label", "text-2", 0.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.view.roster.days:
            return
        p = QPainter(self.viewport())  # spans are painted after the sections, which would paint over them
        p.setRenderHints(SMOOTH)
        beyond = self.length() - self.offset()
        fill(p, beyond, 0, max(self.width() - beyond, 0), HEAD, "surface")
        fill(p, beyond, HEAD - 1, max(self.width() - beyond, 0), 1, "line-strong")
        for start, end, published in self.view.roster.spans():
            self._span(p, start, end, self.view.published_words if published else self.view.draft_words, solid=published)

    def _span(self, p: QPainter, start: int, end: int, words: str, solid: bool) -> None:
        left = self.sectionViewportPosition(start) + 1
        right = self.sectionViewportPosition(end - 1) + self.sectionSize(end - 1) - 2
        paint_span(p, left, right, words, solid=solid)


def fitted(role: str, name: str, post: str, room: int) -> tuple[str, str]:
    """A name and the post behind it in so many pixels: the post gives way before the name is cut (who leads is bold besides)."""
    kept = min(advance("axis", post), ROLE_ROOM) + 5 if post else 4
    if post and advance(role, name) > room - kept:
        kept, post = 4, ""
    return elided(role, name, room - kept), post


class NameHead(QHeaderView):
    """Crew, name and role: the sticky first column, read aloud with every cell."""

    def __init__(self, view: Pane) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self.view = view
        self.setFixedWidth(NAMES)
        self.setMinimumSectionSize(COVER)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        model, middle = self.view.roster, 0.0
        p.setRenderHints(SMOOTH)
        p.fillRect(rect, theme.color("surface"))
        top, bottom = self.view.pads[section]
        paint_edge(p, rect, model, section, bottom - self.view.below(section))
        middle = rect.y() + top + (rect.height() - top - bottom) / 2
        if section >= len(model.rows):
            which = section - len(model.rows)
            name, head = self._shift(model.kinds[which]), C_("roster", "On duty")
            text_at(p, NAMES - 6, middle, elided("label", name, NAMES - 14), "label", "text", 1)
            if which == 0 and advance("label", name) + advance("label", head) + EDGE + 14 < NAMES:
                text_at(p, EDGE, middle, head, "label", "text-2")
            return
        self._person(p, section, middle)
        if model.compared(section):
            text_at(p, NAMES - 6, middle + BEFORE, C_("roster", "published"), "axis", "text-2", 1)

    def _shift(self, kind: ShiftKind) -> str:
        """Its name; its hours too where another has the same name."""
        same = sum(each.name == kind.name for each in self.view.roster.kinds) > 1
        return f"{kind.name} {span_hours(kind)}" if same else str(kind.name)

    def _person(self, p: QPainter, section: int, middle: float) -> None:
        rows = self.view.roster.rows
        person = rows[section]
        if counted(person) and (section == 0 or rows[section - 1].crew != person.crew):
            text_at(p, EDGE, middle, crew_letter(str(person.crew)), "label", "text-2")
        left, post = (NAME_X if counted(person) else EDGE), self.view.post_words(person)
        role = "strong" if person.leads and counted(person) else "body"
        name, post = fitted(role, person.name, post, NAMES - left)
        text_at(p, left, middle, name, role, "text")
        x = max(left + ROLE_X, left + advance(role, name) + 3)
        text_at(p, x, middle, elided("axis", post, NAMES - x - 2), "axis", "text-2")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        below = self.length() - self.offset()
        fill(QPainter(self.viewport()), 0, below, self.width(), max(self.height() - below, 0), "surface")


class Corner(QWidget):
    """Over the corner button, which is private to Qt and painted by the style."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), theme.color("surface"))
        fill(p, 0, self.height() - 1, self.width(), 1, "line-strong")
