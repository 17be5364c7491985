"""接下来: the next thing with its countdown, and what follows until the handover."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from stationdesk.domain.moments import format_time
from stationdesk.domain.words import C_, _
from stationdesk.ui.now.fitting import Fitting
from stationdesk.ui.now.press import Entry
from stationdesk.ui.now.wording import due_words, left_words, thing_words, window_words
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.card import SIDE, Card
from stationdesk.ui.widgets.countdown import Countdown, tone
from stationdesk.ui.widgets.layout import on_base_line, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.paint import advance

if TYPE_CHECKING:
    from stationdesk.services.now import ComingUp, NowView

BESIDE = 16  # pixels between the countdown and the name at least
PAGES = {"reading": "readings", "round": "rounds", "checklist": "checklists", "relief": "handover", "handover": "handover"}


class ComingCard(Card):
    """asked(page, target): a line was pressed."""

    asked = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(title=lambda: C_("now", "Coming up"), fact=Line(lambda: _("until the handover"), "label text-2"))
        self.runner = runner
        self.coming: tuple[ComingUp, ...] = ()
        self.paused = self._open = False
        self.rows = Fitting(least=1)
        now = runner.now()
        self.countdown = Countdown(now, now, runner.now)
        self.name = Line("", "name", elide=True)
        self.on_time = Line("", "label text-2", elide=True)
        self.nothing = Line(self._nothing, "body text-2", elide=True)
        self.held = Line(lambda: _("Countdowns are paused"), "name amber-fg", elide=True)
        self.rule = rule()
        head = on_base_line(self.countdown, None, self.name)
        self.show_items(13, head, row(self.held), row(self.nothing), 4, row(self.on_time), 12, self.rule, 4, self.rows, 8)
        self._show_head()

    def show_view(self, view: NowView) -> None:
        """What waits now."""
        paused = view.desk.emergency is not None
        shown = view.coming, paused, view.desk.shift is not None
        if shown == (self.coming, self.paused, self._open):
            return
        self.coming, self.paused, self._open = shown
        self.nothing.reword()
        self._show_head()
        self.rows.fill([self._row(each) for each in self.coming[0 if paused else 1 :]])

    def _show_head(self) -> None:
        first = self.coming[0] if self.coming else None
        counting = first is not None and not self.paused
        for each in (self.countdown, self.name, self.on_time):
            each.setVisible(counting)
        self.rule.setVisible(len(self.coming) > (0 if self.paused else 1))
        self.held.setVisible(self.paused)
        self.nothing.setVisible(first is None and not self.paused)
        if first is not None:
            self.name.say(lambda: due_words(first, self.runner.zone))
            self.on_time.say(lambda: window_words(first, self.runner.zone))
            self.countdown.aim(first.at, first.closes)
            self._fit()

    def _fit(self) -> None:
        """The shorter wording where the longer one has no room beside the countdown, which grows with every minute."""
        if self.coming:
            room = self.width() - 2 * (SIDE + 1) - self.countdown.wanted - BESIDE
            self.name.reword(short=advance("name", self._first(self.coming[0])) > room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _nothing(self) -> str:
        return _("Nothing is due until the handover.") if self._open else _("No shift is open yet.")

    def _first(self, first: ComingUp) -> str:
        return due_words(first, self.runner.zone).split("|")[0]

    def tick(self) -> None:
        """A second went by."""
        self.countdown.tick()
        self._fit()
        for each in self.rows.rows:
            for line in each.findChildren(Left):
                line.tick()

    def _row(self, coming: ComingUp) -> Entry:
        time = Line(lambda: format_time(coming.at, self.runner.zone), "strong")
        name = Line(lambda: thing_words(coming), elide=True)
        left = Left(coming, self.runner.now, self.paused)
        made = Entry(6, row(time, name, None, left, spacing=12), 6)
        made.lead_to(lambda: self.asked.emit(PAGES[coming.kind], coming.target), lambda: self._first(coming))
        return made


class Left(Line):
    """The time left, quiet until it runs out; nothing while countdowns are paused."""

    def __init__(self, coming: ComingUp, clock: Callable[[], datetime], paused: bool) -> None:
        self.coming, self.clock, self.paused = coming, clock, paused
        super().__init__(self._words, "body text-2")
        self.tick()

    def tick(self) -> None:
        """Look at the clock."""
        ink = tone(self.clock(), self.coming.at, self.coming.closes)
        self.restyle(f"body {'text-2' if ink == 'text' or self.paused else ink}")

    def _words(self) -> str:
        return "" if self.paused else left_words(self.coming, self.clock())
