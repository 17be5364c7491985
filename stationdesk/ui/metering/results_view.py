"""Frozen results: what each shift and day was settled with, what has changed since, and every version there was."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt

from stationdesk.domain.metering.frozen import Change, changed_words
from stationdesk.domain.moments import format_moment, format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _, n_
from stationdesk.services.metering.results import SHIFT, ResultView
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.changes import ARROW
from stationdesk.ui.metering.late_view import LateView, keep
from stationdesk.ui.metering.results import ResultRow, results, versions
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text import Text

PAST, SAID = 168, 4


class ResultsView(LateView):
    """R computes the current one anew; its versions stand below."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.fact = Line("", "body text-2", elide=True)
        self.recompute = Button(lambda: C_("metering", "Compute anew"), "refresh-cw", "R", on_click=self._recompute)
        self.sheet = Button(lambda: C_("metering", "Open a discrepancy sheet"), key="D", on_click=self._open_sheet)
        columns = (
            Column(lambda: C_("metering", "From"), lambda each: format_moment(each.result.start, runner.zone), width=108),
            Column(lambda: C_("metering", "to"), lambda each: format_time(each.result.end, runner.zone), width=60),
            Column(lambda: C_("metering", "Period"), _period, width=72),
            Column(lambda: C_("metering", "Run"), lambda each: str(each.run), grows=True),
            Column(lambda: C_("metering", "At base"), _volume, "right", width=116, unit=lambda _each: "Nm³"),
            Column(lambda: C_("metering", "Version"), lambda each: str(each.result.nth + 1), "right", width=64),
            Column(lambda: C_("metering", "Now"), _now, width=196, token=_tone, icon=_sign),
        )
        empty = EmptyState(
            lambda: _("What was computed at a handover or with a day's certificate stands here, frozen with all it came from.")
        )
        self.table = Table(columns, lambda: C_("metering", "Results"), compact=True, empty=empty)
        self.past = column(spacing=4)
        self.pane = scrolled(stack(10, self.past, None, spacing=0))
        self.pane.setFixedHeight(PAST)
        bar = row(self.fact, None, self.sheet, self.recompute, sides=16)
        bar.addStrut(48)
        column(bar, rule(), self.table, rule(), row(self.pane, sides=16), owner=self).setStretch(2, 1)
        self.table.current.connect(self._current)

    def keep_buttons(self, board: Board) -> None:
        keep(self.recompute, board.refusals.get("recompute"))

    def ask_rows(self, board: Board) -> None:
        self.runner.query(self, results, board.start, board.end, board.at, on_done=self._show, bench=True)

    def _show(self, found: tuple[ResultRow, ...]) -> None:
        stale = sum(bool(each.changes) for each in found)
        self.fact.say(lambda: _("{n} would come out otherwise now").format(n=stale) if stale else _("All stand as computed."))
        self.fact.setVisible(bool(found))
        self.table.show_rows(found)
        if self.table.current_row() is None and found:
            self.table.select_key(next((each for each in found if each.changes), found[0]).id)
        self._current(self.table.current_row())

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _may_open(self) -> bool:
        return self.board is not None and "open_discrepancy" not in self.board.refusals

    def _current(self, each: ResultRow | None) -> None:
        refused = self.board is not None and "recompute" in self.board.refusals
        self.sheet.setVisible(each is not None and each.result.shift_id is not None and self._may_open())
        if not refused:
            self.recompute.setEnabled(each is not None and bool(each.changes))
        if each is None:
            refill(self.past)
            return
        result = each.result
        self.runner.query(self, versions, result.stream_id, result.start, result.end, on_done=self._show_versions)

    def _show_versions(self, found: tuple[ResultView, ...]) -> None:
        """Of the current result: what has changed since, then every version there was."""
        current: ResultRow | None = self.table.current_row()
        if current is None:
            return
        more = len(current.changes) - SAID
        items: list[Item] = [Text(partial(self._change_words, each), "body amber-fg") for each in current.changes[:SAID]]
        if more > 0:
            items.append(Text(lambda: n_("{count} more change", "{count} more changes", more).format(count=more), "label text-2"))
        items += [8] if items else []
        refill(self.past, *items, *(self._version(each) for each in found if each.period == current.result.period))

    def _change_words(self, each: Change) -> str:
        said = changed_words(each.what)
        if each.time is not None:
            said = _("{time}: {what}").format(time=format_moment(each.time, self.runner.zone), what=said)
        figures = f"{each.before or '—'} {ARROW} {each.after or '—'}" if each.before or each.after else ""
        return f"{said} {figures}".strip()

    def _version(self, each: ResultView) -> Item:
        gas = each.gas
        volume = shown(gas.base_volume, 0) if gas.base_volume is not None else "—"
        name = Line(lambda: _("Version {n}").format(n=each.nth + 1), "strong" if each.newest else "body text-2")
        figure = Line(f"{volume}* Nm³*", "body", "body text-2")
        who = Line(lambda: self._who(each), "label text-2", elide=True)
        return row(name, figure, who, spacing=16)

    def _who(self, each: ResultView) -> str:
        said = [_("{name}, {time}").format(name=plain(each.by), time=format_moment(each.at, self.runner.zone)), each.library]
        return C_("facts", "·").join(part for part in (*said, plain(each.words)) if part)

    def _open_sheet(self) -> None:
        each = self.table.current_row()
        if each is not None:
            self.asked.emit("sheet", each)

    def _recompute(self) -> None:
        each = self.table.current_row()
        if each is not None and each.changes:
            self.asked.emit("recompute", each)


def _period(each: ResultRow) -> str:
    return C_("metering", "shift") if each.result.period == SHIFT else C_("metering", "gas day")


def _volume(each: ResultRow) -> str:
    volume = each.result.gas.base_volume
    return shown(volume, 0) if volume is not None else "—"


def _now(each: ResultRow) -> str:
    if not each.changes:
        return C_("metering", "the same")
    return _("{volume} Nm³ now").format(volume=shown(each.now, 0) if each.now is not None else "—")


def _tone(each: ResultRow) -> str:
    return "amber-fg" if each.changes else "text-2"


def _sign(each: ResultRow) -> str:
    return "triangle-alert" if each.changes else ""
