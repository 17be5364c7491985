"""The gas days of a month: received, delivered, unaccounted for, nominated, odorized. Enter leads to the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt

from stationdesk.domain.metering.gas_day import mean_light
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.moments import format_day
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _, n_
from stationdesk.services.metering.gas_day import DayLine, MonthView, month_view
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.late_view import LateView, keep
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.table import Table

INK = {Light.RED: "red-fg", Light.AMBER: "amber-fg"}
SIGN = {Light.RED: "circle-alert", Light.AMBER: "triangle-alert"}


class MonthPane(LateView):
    """asked("day", date): to the hours of a day; asked("figures", date): what is entered of one."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.found: MonthView | None = None
        self.fact = Line("", "body text-2", elide=True)
        self.enter = Button(lambda: C_("metering", "Figures of the day"), "pencil", "N", on_click=self._enter)
        number = "right"
        columns = (
            Column(lambda: C_("metering", "Gas day"), _day_words, width=76),
            Column(lambda: C_("metering", "Received"), lambda each: _volume(each.of.received), number, width=82),
            Column(lambda: C_("metering", "Delivered"), lambda each: _volume(each.of.balance.delivered), number, width=82),
            Column(lambda: C_("metering", "Used, vented"), _used, number, width=88),
            Column(lambda: C_("metering", "Line pack"), lambda each: _signed(each, each.of.balance.pack_change), number, width=72),
            Column(lambda: C_("metering", "UFG"), lambda each: _signed(each, each.of.balance.loss), number, width=72),
            Column("%", self._rate, number, width=76, token=self._rate_ink, icon=self._rate_sign),
            Column(lambda: C_("metering", "7 days %"), self._mean, number, width=76, token=self._mean_ink, icon=self._mean_sign),
            Column(lambda: C_("metering", "Nominated"), lambda each: _volume(each.of.nomination), number, width=86),
            Column(lambda: C_("metering", "Odorant"), _odorant, number, width=72, token=_odorant_ink, icon=_odorant_sign),
        )
        empty = EmptyState(lambda: _("The gas days of the month stand here as soon as they can be computed."))
        self.table = Table(columns, lambda: C_("metering", "Month"), compact=True, empty=empty, key=lambda each: each.of.day)
        bar = row(self.fact, None, self.enter, sides=16)
        bar.addStrut(48)
        column(bar, rule(), self.table, owner=self).setStretch(2, 1)
        self.table.picked.connect(lambda each: self.asked.emit("day", each.of.day))

    def keep_buttons(self, board: Board) -> None:
        keep(self.enter, board.refusals.get("set_gas_day_figure"))

    def ask_rows(self, board: Board) -> None:
        self.runner.query(self, month_view, board.day, board.at, on_done=self._show, bench=True)

    def _show(self, found: MonthView) -> None:
        self.found = found
        self.table.show_rows(tuple(reversed(found.lines)))
        if self.table.current_row() is None and self.board is not None:
            self.table.select_key(self.board.day)
        self.fact.say(self._fact_words)

    def _fact_words(self) -> str:
        if self.found is None:
            return ""
        month = C_("month", "{year}-{month:02}").format(year=self.found.first.year, month=self.found.first.month)
        said = [month, *self._sums(self.found)]
        return C_("facts", "·").join(said)

    def _sums(self, found: MonthView) -> list[str]:
        """As the month's sheet has them: of the days that are over, and of those that have a balance."""
        said = [] if found.received is None else [_("received {received} Nm³").format(received=shown(found.received, 0))]
        if found.totals.rate is not None:
            days = n_("unaccounted for {rate} % over {n} day", "unaccounted for {rate} % over {n} days", found.balanced)
            said.append(days.format(rate=shown_signed(found.totals.rate, 2), n=found.balanced))
        return said

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def day(self) -> date | None:
        """The day one is at."""
        each = self.table.current_row()
        return each.of.day if each is not None else None

    def _enter(self) -> None:
        self.asked.emit("figures", self.day())

    # Figures with a light
    def _rate(self, each: DayLine) -> str:
        rate = each.of.balance.rate
        return "—" if rate is None else shown_signed(rate, 2)

    def _light(self, each: DayLine) -> Light:
        return each.of.balance.light(self.found.limits) if self.found else Light.NONE

    def _rate_ink(self, each: DayLine) -> str:
        return INK.get(self._light(each), "text")

    def _rate_sign(self, each: DayLine) -> str:
        return SIGN.get(self._light(each), "")

    def _mean(self, each: DayLine) -> str:
        return "—" if each.mean is None else shown_signed(each.mean, 2)

    def _mean_light(self, each: DayLine) -> Light:
        return mean_light(each.mean, self.found.limits) if self.found else Light.NONE

    def _mean_ink(self, each: DayLine) -> str:
        return INK.get(self._mean_light(each), "text-2")

    def _mean_sign(self, each: DayLine) -> str:
        return SIGN.get(self._mean_light(each), "")


def _day_words(each: DayLine) -> str:
    return format_day(each.of.day)


def _volume(value: Decimal | None) -> str:
    return "—" if value is None else shown(value, 0)


def _used(each: DayLine) -> str:
    return shown(each.of.balance.own_use + each.of.balance.vented, 0) if each.of.balance.loss is not None else "—"


def _signed(each: DayLine, value: Decimal | None) -> str:
    return "—" if value is None or each.of.balance.loss is None else shown_signed(value, 0)


def _odorant(each: DayLine) -> str:
    return "—" if each.of.odorant.content is None else shown(each.of.odorant.content, 1)


def _odorant_ink(each: DayLine) -> str:
    return INK.get(each.of.odorant.light, "text")


def _odorant_sign(each: DayLine) -> str:
    return SIGN.get(each.of.odorant.light, "")
