"""What was changed in the metering: which run served when, what was replaced, which values stand in for others."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from stationdesk.domain.moments import format_moment
from stationdesk.domain.words import C_, _
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.changes import SUBSTITUTED_KIND, SWITCH_KIND, Event, events, state_words
from stationdesk.ui.metering.late_view import LateView, keep, keep_beside
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table

TAKEN_BACK = {SUBSTITUTED_KIND: "withdraw_substitute", SWITCH_KIND: "withdraw_switch"}
"""Which lines can be taken back, and the use case that does it."""


class ChangesView(LateView):
    """Newest first; the sentence of the current one stands below in full."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.fact = Line(lambda: _("The last 31 days up to this one."), "body text-2", elide=True)
        self.substitute = Button(
            lambda: C_("metering", "Substitute a value"), key="B", on_click=lambda: self.asked.emit("substitute", None)
        )
        self.change = Button(lambda: C_("metering", "Meter replaced or set"), key="M", on_click=lambda: self.asked.emit("change", None))
        self.withdraw = Button(lambda: C_("metering", "Take back"), key="T", on_click=self._withdraw)
        columns = (
            Column(lambda: C_("metering", "Time"), lambda each: format_moment(each.time, runner.zone), width=108),
            Column(lambda: C_("metering", "Run"), lambda each: each.run, width=108),
            Column(lambda: C_("metering", "What"), lambda each: each.what, width=150, token=_tone),
            Column(lambda: C_("metering", "Words"), lambda each: each.words, grows=True, token=_tone, struck=lambda each: each.off),
            Column(lambda: C_("metering", "By"), lambda each: each.by, width=68),
            Column("", state_words, width=72, token=lambda _each: "text-2"),
        )
        empty = EmptyState(lambda: _("Switches of runs, replacements, calibrations and substituted values stand here."))
        self.table = Table(columns, lambda: C_("metering", "Changes"), compact=True, empty=empty)
        self.whole = Line("", "label text-2", elide=True)
        bar = row(self.fact, None, self.withdraw, self.substitute, self.change, sides=16)
        bar.addStrut(48)
        below = row(self.whole, sides=16)
        below.addStrut(32)
        column(bar, rule(), self.table, rule(), below, owner=self).setStretch(2, 1)
        self.table.current.connect(self._current)
        self._current(None)

    def keep_buttons(self, board: Board) -> None:
        keep(self.substitute, board.refusals.get("substitute"))
        keep_beside(self.change, board.refusals.get("change_meter"), self.substitute)

    def ask_rows(self, board: Board) -> None:
        self.runner.query(self, events, min(board.end, board.at), self.runner.zone, on_done=self._show)

    def _show(self, found: tuple[Event, ...]) -> None:
        self.table.show_rows(found)
        if self.table.current_row() is None and found:
            self.table.select_key(found[0].id)
        self._current(self.table.current_row())

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current(self, each: Event | None) -> None:
        case = TAKEN_BACK.get(each.id[0]) if each is not None and not each.off else None
        self.withdraw.setVisible(case is not None and self.board is not None and case not in self.board.refusals)
        self.whole.say(partial(_whole, each) if each is not None else "")

    def _withdraw(self) -> None:
        each = self.table.current_row()
        if each is not None:
            self.asked.emit("withdraw" if each.id[0] == SUBSTITUTED_KIND else "unswitch", each.about)


def _whole(each: Event) -> str:
    said = _("{run}, {what}: {words}") if each.run else _("{what}: {words}")
    return plain(said.format(run=each.run, what=each.what, words=each.words))


def _tone(each: Event) -> str:
    return "text-2" if each.off else "text"
