"""What can be done on the page: each step by its name opens its form; asked from elsewhere, it waits for the day to be there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from stationdesk.domain.metering.shapes import HOUR
from stationdesk.domain.words import C_
from stationdesk.services.metering import compositions
from stationdesk.services.metering.compositions import CompositionText
from stationdesk.services.metering.discrepancies import DiscrepancyView
from stationdesk.services.metering.gas_day import DayView, day_view
from stationdesk.services.metering.substitute import SubstitutionView
from stationdesk.services.metering.switching import SwitchView
from stationdesk.ui.metering import forms
from stationdesk.ui.metering.archive_view import ArchivePane
from stationdesk.ui.metering.composition_form import ALL, CompositionForm, Report
from stationdesk.ui.metering.paper_forms import close_dialog, open_form, sheet_form, sign_dialog, voucher_form
from stationdesk.ui.metering.results import ResultRow
from stationdesk.ui.metering.side_form import Call, SideForm
from stationdesk.ui.metering.views import CERTIFICATE, CHANGES, HOURS, PAPERS, QUALITY, VIEWS
from stationdesk.ui.widgets.select_field import Choices

if TYPE_CHECKING:
    from stationdesk.ui.metering.page import MeteringPage

CASES = {
    "composition": "add_composition",
    "substitute": "substitute",
    "withdraw": "withdraw_substitute",
    "unswitch": "withdraw_switch",
    "change": "change_meter",
    "recompute": "recompute",
    "figures": "set_gas_day_figure",
    "archive": "import_archive",
    "switch": "switch_run",
    "voucher": "enter_voucher",
    "sheet": "open_discrepancy",
    "amend": "amend_discrepancy",
    "sign": "sign_discrepancy",
    "close": "close_discrepancy",
}
"""Step → use case: who may not do it is told by the button."""
BESIDE = {"substitute": CHANGES, "change": CHANGES, "voucher": PAPERS}
"""Step → the view its form stands beside."""


class Steps:
    """take(what, about): a view by its name, or a step; about: the row or day it is for."""

    def __init__(self, page: MeteringPage) -> None:
        self.page = page
        self._waiting: tuple[str, object] | None = None

    def take(self, what: str, about: object = None) -> None:
        """Now, or as soon as the day is there."""
        if what in VIEWS:
            self.page.show_view(what)
        elif what == "day" and isinstance(about, date):
            self.page.days.go_to(about)
            self.page.show_view(HOURS)
        elif what == "certified":
            self.page.show_view(CERTIFICATE)
        elif self.page.board is None or not self.page.fresh:
            self._waiting = (what, about)
        elif (refusal := self.page.board.refusals.get(CASES.get(what, ""))) is not None:
            self.page.tell.emit(refusal)
        else:
            self._open(what, about)

    def go_on(self) -> None:
        """The day is there: what waited for it."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.take(*waiting)

    def _open(self, what: str, about: object) -> None:
        form = self._form(what, about)
        if form is not None:
            if what in BESIDE:
                self.page.tabs.choose(BESIDE[what])
            self.page.lay_over(None)  # one form at a time: both hear Ctrl Enter and Esc
            self.page.side.open(form)
        elif what == "composition":
            self._begin_composition()
        elif what == "figures":
            self._ask_figures(about)
        elif what == "archive":
            self._begin_archive()
        elif what == "switch":
            self.page.switching.ask()
        elif isinstance(about, DiscrepancyView):
            self._ask_signature(what, about)

    def _form(self, what: str, about: object) -> SideForm | None:
        runner, board = self.page.runner, self.page.board
        assert board is not None
        if what == "substitute":
            return forms.substitute_form(runner, board, self.page.hours.stream_id(), self._hour_end())
        if what == "change":
            return forms.change_form(runner, board, self.page.hours.stream_id())
        if what == "withdraw" and isinstance(about, SubstitutionView):
            return forms.withdraw_form(runner, about)
        if what == "unswitch" and isinstance(about, SwitchView):
            return forms.unswitch_form(runner, about)
        if what == "voucher":
            return voucher_form(runner, board)
        if what == "sheet" and isinstance(about, ResultRow):
            return open_form(runner, about)
        if what == "amend" and isinstance(about, DiscrepancyView):
            return sheet_form(runner, about)
        if what == "recompute" and isinstance(about, ResultRow):
            return forms.recompute_form(runner, about)
        return None

    def _hour_end(self) -> datetime | None:
        """The end of the hour one is at in the grid."""
        at, rows = self.page.hours.grid.currentIndex().row(), self.page.hours.model.rows
        return rows[at].start + HOUR if 0 <= at < len(rows) else None

    # The figures of a day
    def _ask_figures(self, about: object) -> None:
        board = self.page.board
        assert board is not None
        if isinstance(about, date) and about != board.day:
            self.page.runner.query(self.page, day_view, about, board.at, on_done=self.page.open_figures, bench=True)
        elif board.found is not None:
            self.open_figures(board.found)

    def open_figures(self, found: DayView) -> None:
        """The form of a day's figures."""
        self.page.lay_over(None)
        self.page.side.open(forms.figures_form(self.page.runner, found.today))

    # What is signed
    def _ask_signature(self, what: str, about: DiscrepancyView) -> None:
        """The dialog of one side, the outgoing first; or of the closure."""
        runner, window = self.page.runner, self.page.window()
        if what == "close":
            dialog = close_dialog(window, runner, about)
        else:
            dialog = sign_dialog(window, runner, about, "incoming" if about.outgoing else "outgoing")
        dialog.signed.connect(self.page.finish)
        dialog.show_over()

    # A corrector's archive
    def _begin_archive(self) -> None:
        """In place of the view."""
        assert self.page.board is not None
        pane = ArchivePane(self.page.runner, self.page.board)
        pane.taken.connect(self.page.finish)
        pane.left.connect(self.page.finish)
        pane.tell.connect(self.page.tell)
        self.page.side.put_away()
        self.page.lay_over(pane)
        pane.take_focus()

    # A laboratory's report
    def _begin_composition(self) -> None:
        """In place of the view: it is wide."""
        board = self.page.board
        if board is None or board.contract is None:
            return
        runs: Choices = [(ALL, lambda: C_("metering", "all runs")), *forms.runs(board)]
        form = CompositionForm(self.page.runner, board.contract, runs, self._keeping)
        form.kept.connect(self.page.finish)
        form.left.connect(self.page.finish)
        self.page.tabs.choose(QUALITY)
        self.page.side.put_away()
        self.page.lay_over(form)
        form.take_focus()

    def _keeping(self, report: Report) -> Call:
        text = CompositionText(
            report.report, report.parts, report.valid_from or self.page.runner.now(), report.kind, report.stream_id, report.laboratory,
            report.sampled_at, report.sulfur, report.hydrogen_sulfide, report.dew_point, report.words,
        )  # fmt: skip
        return compositions.add_composition, (text,)
