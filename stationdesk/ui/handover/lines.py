"""The card of the lines (七交): as tall as its lines, scrolled where there is no room for all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.handover import wording
from stationdesk.ui.handover.line import TickLine
from stationdesk.ui.handover.state import Rights
from stationdesk.ui.widgets.card import HEAD, Card
from stationdesk.ui.widgets.layout import column, scrolled
from stationdesk.ui.widgets.line import Line

if TYPE_CHECKING:
    from stationdesk.services.handover import HandoverView

LEAST, EDGES = 180, 3


class _Inner(QWidget):
    """As tall as its lines are at its width, and no taller: their hints are for words that do not wrap."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class LinesCard(Card):
    """said(code, verdict, words), accepted(code), led(page, target), drafted(code, words)."""

    said = Signal(str, str, str)
    accepted = Signal(str)
    led = Signal(str, object)
    drafted = Signal(str, str)

    def __init__(self, zone: ZoneInfo) -> None:
        self.fact = Line("", "label text-2", elide=True)
        self.inner = _Inner()
        self.inside = column(None, owner=self.inner)
        self.area = scrolled(self.inner)
        super().__init__(self.area, title=lambda: _("What is handed over"), fact=self.fact, sides=0)
        self.inner.installEventFilter(self)
        self.zone = zone
        self.lines: dict[str, TickLine] = {}

    def show_view(self, view: HandoverView, rights: Rights) -> None:
        """The lines as they stand, for the person at the desk."""
        codes = [each.line.code for each in view.lines]
        if codes != list(self.lines):
            self._make(codes)
        waiting = {each.line for each in view.obstacles if each.said.code == "way.accept"}
        for each in view.lines:
            self.lines[each.line.code].show_line(each, rights, view.shift.day, accept=each.line.code in waiting)
        self.fact.say(lambda: _("computed from the records: {counts}").format(counts=wording.counts(view)))
        self.fit()

    def _make(self, codes: list[str]) -> None:
        for old in self.lines.values():
            self.inside.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = {code: TickLine(self.zone) for code in codes}
        for code, line in self.lines.items():
            line.said.connect(partial(self.said.emit, code))
            line.accepted.connect(partial(self.accepted.emit, code))
            line.drafted.connect(partial(self.drafted.emit, code))
            line.led.connect(self.led)
            line.step.connect(partial(self._step, code))
            self.inside.insertWidget(self.inside.count() - 1, line)

    def select(self, code: str) -> None:
        """The keyboard to a line, which comes into sight."""
        line = self.lines.get(code)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(line, 0, 8)

    def take_focus(self) -> None:
        """To the first line that waits for this person, else the first."""
        asked = [code for code, line in self.lines.items() if line.state.choice is not None or line.state.accept]
        for code in (asked or list(self.lines))[:1]:
            self.select(code)

    def _step(self, code: str, by: int) -> None:
        codes = list(self.lines)
        self.select(codes[max(0, min(len(codes) - 1, codes.index(code) + by))])

    def fit(self) -> None:
        """No taller than the lines."""
        high = self.inside.heightForWidth(self.width() - 2)
        self.setMaximumHeight(max(high + HEAD + EDGES, LEAST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lines that became taller or shorter ask for another height of the card."""
        if watched is self.inner and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
