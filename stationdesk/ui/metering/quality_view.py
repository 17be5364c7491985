"""The laboratory's reports, newest first; below, what the current one says."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from stationdesk.domain.gas import COMPONENT_NAMES, COMPONENTS
from stationdesk.domain.metering.shapes import BULK
from stationdesk.domain.moments import format_moment
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.services.metering.compositions import CompositionView
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.late_view import LateView, keep
from stationdesk.ui.metering.quality_words import found_words, verdict_words
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import column, empty, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.table import Table

BULK_NAMES: dict[str, Words] = {
    "hs": lambda: C_("gas quality", "Heating value, MJ/m³"),
    "d": lambda: C_("gas quality", "Relative density"),
    "co2": "CO₂",
    "h2": "H₂",
}
ACROSS = 3


class QualityView(LateView):
    """asked("composition"): begin a new report."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.new = Button(lambda: C_("gas quality", "New report"), "plus", "N", on_click=lambda: self.asked.emit("composition", None))
        self.fact = Line("", "body text-2", elide=True)
        columns = (
            Column(lambda: C_("gas quality", "Report"), lambda each: each.quality.report, grows=True, struck=lambda each: each.replaced),
            Column(lambda: C_("gas quality", "For"), _for, width=84),
            Column(lambda: C_("gas quality", "Valid from"), self._since, "right", width=100),
            Column(lambda: C_("gas quality", "until"), self._until, "right", width=100),
            Column(lambda: C_("gas quality", "Heating value"), _heating, "right", unit=lambda each: "MJ/m³" if each.heating_value else ""),
            Column("S", lambda each: found_words(each.findings[1]), "right", width=56),
            Column("H₂S", lambda each: found_words(each.findings[2]), "right", width=56),
            Column("GB 17820", lambda each: verdict_words(each.findings), width=84, token=_tone),
        )
        nothing = EmptyState(lambda: _("Laboratory reports of the gas stand here, the newest first."))
        self.table = Table(
            columns, lambda: C_("gas quality", "Laboratory reports"), compact=True, empty=nothing, key=lambda each: each.composition_id
        )
        self.parts = QGridLayout()
        self.parts.setHorizontalSpacing(24)
        self.parts.setVerticalSpacing(2)
        self.parts.setContentsMargins(16, 8, 16, 12)
        self.said = Line("", "label text-2", elide=True)
        bar = row(self.fact, None, self.new, sides=16)
        bar.addStrut(48)
        below = row(self.said, sides=16)
        below.addStrut(32)
        column(bar, rule(), self.table, rule(), below, self.parts, owner=self).setStretch(2, 1)
        self.table.current.connect(self._show_parts)

    def keep_buttons(self, board: Board) -> None:
        keep(self.new, board.refusals.get("add_composition"))

    def ask_rows(self, board: Board) -> None:
        self.table.show_rows(board.compositions)
        if self.table.current_row() is None and board.compositions:
            self.table.select_key(board.compositions[0].composition_id)
        self.fact.say(lambda: _("Each holds from its time on until the next."))

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _since(self, each: CompositionView) -> str:
        return format_moment(each.valid_from, self.runner.zone)

    def _until(self, each: CompositionView) -> str:
        if each.replaced:
            return C_("gas quality", "corrected")
        return format_moment(each.valid_until, self.runner.zone) if each.valid_until else C_("gas quality", "in force")

    def _show_parts(self, each: CompositionView | None) -> None:
        empty(self.parts)
        self.said.say(partial(self._said, each) if each is not None else "")
        if each is None:
            return
        parts = dict(each.quality.parts)
        names = [(BULK_NAMES[key], value, key in ("co2", "h2")) for key, value in each.quality.parts] if each.quality.kind == BULK else []
        names = names or [(partial(_named, key), parts[key], True) for key in COMPONENTS if parts.get(key)]
        for n, (words, value, share) in enumerate(names):
            self._part(n, -(-len(names) // ACROSS), words, value, share)

    def _part(self, n: int, high: int, words: Words, value: Decimal, share: bool) -> None:
        line = QWidget()
        figure = f"{shown((value * 100).normalize())} %" if share else shown(value)
        row(Line(words, "body text-2", elide=True), None, Line(figure, "body"), owner=line)
        self.parts.addWidget(line, n % high, n // high)
        self.parts.setColumnStretch(n // high, 1)

    def _said(self, each: CompositionView) -> str:
        words = [plain(part) for part in (each.quality.report, each.laboratory) if part]
        if each.sampled_at is not None:
            words.append(_("sampled {time}").format(time=format_moment(each.sampled_at, self.runner.zone)))
        words.append(_("entered by {name}, {time}").format(name=plain(each.by), time=format_moment(each.at, self.runner.zone)))
        return C_("facts", "·").join([*words, *([plain(each.words)] if each.words else [])])


def _named(component: str) -> str:
    return _(COMPONENT_NAMES[component])


def _for(each: CompositionView) -> str:
    return str(each.stream) if each.stream is not None else C_("metering", "all")


def _heating(each: CompositionView) -> str:
    return "—" if each.heating_value is None else shown(each.heating_value, 3)


def _tone(each: CompositionView) -> str:
    return "amber-fg" if any(one.holds is False for one in each.findings) else "text-2"
