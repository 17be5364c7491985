"""尚不能交接: what keeps the outgoing leader from signing, each with the link that cures it; or that nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.handover import Obstacle, cure_words
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.now.fitting import Fitting
from stationdesk.ui.now.press import Entry
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.obstacles import Group, cure, groups
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.handover import Ready


class ReadyCard(Card):
    """asked(page, target): a cure was pressed."""

    asked = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        self.count = Button("", look="link", role="label", on_click=lambda: self.asked.emit("handover", None))
        super().__init__(title=self._title, fact=self.count)
        self.runner = runner
        self._ready: Ready | None = None
        self.rows = Fitting(least=4, grows=3)
        self.rule = rule()
        self.settled = Line(self._settled, "body text-2", elide=True)
        self.tick = icon("check")
        self.show_items(6, self.rows, 2, self.rule, 4, row(self.tick, self.settled, None, spacing=12), 6)

    def show_ready(self, ready: Ready) -> None:
        """How the handover stands now."""
        if ready == self._ready:
            return
        self._ready = ready
        found = groups(self._first_of_all(ready) or ready.outgoing or ready.obstacles)
        open_ = ready.shift_id is not None
        self.rows.fill([self._row(each) for each in found] if open_ else [self._no_shift()])
        self.count.setVisible(open_)
        if self.title_line is not None:
            self.title_line.reword()
        self.count.say(lambda: self._count(len(found)))
        self.settled.reword()
        for each in (self.rule, self.tick, self.settled):
            each.setVisible(bool(ready.settled))

    def _first_of_all(self, ready: Ready) -> tuple[Obstacle, ...]:
        """While an emergency lasts nothing else is demanded."""
        return tuple(each for each in ready.outgoing if each.said.code == "way.emergency")

    def _title(self) -> str:
        ready: Ready | None = getattr(self, "_ready", None)
        if ready is None or ready.shift_id is None or ready.outgoing:
            return _("Not ready to hand over")
        return _("The outgoing leader may sign") if ready.obstacles else _("Ready to hand over")

    def _count(self, count: int) -> str:
        return n_("{n} thing to do", "{n} things to do", count).format(n=count) if count else C_("now", "Open")

    def _settled(self) -> str:
        ready: Ready | None = getattr(self, "_ready", None)
        names = C_("facts", "·").join(plain(str(each)) for each in ready.settled) if ready else ""
        return _("As found: {names}").format(names=names) if names else ""

    def _no_shift(self) -> QWidget:
        sign_on = Button(lambda: cure_words("sign_on"), look="link", on_click=lambda: self.asked.emit("now", "sign_on"))
        return Entry(4, row(icon("circle"), Line(lambda: _("No shift is open yet."), elide=True), None, sign_on, spacing=12), 4)

    def _row(self, group: Group) -> QWidget:
        sign = icon("triangle-alert", "amber-fg") if group.wrong else icon("circle")
        words = Line(lambda: plain(group.words(self.runner.zone)), elide=True)
        made = Entry(2, row(sign, words, None, cure(group, self.runner.zone, self._lead), spacing=12), 2)
        made.setMinimumHeight(24)
        if not group.waits:
            made.setAccessibleName(cure_words(group.first.cure))
        return made

    def _lead(self, each: Obstacle) -> None:
        if each.page == "signin":
            self.asked.emit("now", "sign_on")
        else:
            self.asked.emit(each.page, each.target)
