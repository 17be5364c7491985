"""The metering page: the gas day by hour and run, the month, the gas's quality, vouchers, changes; beside them the facts of the day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.moments import format_moment, gas_day_of
from stationdesk.domain.words import C_, _
from stationdesk.services import NOBODY
from stationdesk.services.metering.discrepancies import DiscrepancyView
from stationdesk.services.metering.gas_day import DayView
from stationdesk.ui.metering.archive_view import ArchivePane
from stationdesk.ui.metering.board import KINDS, Beside, Board, beside, board
from stationdesk.ui.metering.certificate_view import CertificatePane
from stationdesk.ui.metering.changes_view import ChangesView
from stationdesk.ui.metering.composition_form import CompositionForm
from stationdesk.ui.metering.days import Days
from stationdesk.ui.metering.hours_view import HoursView
from stationdesk.ui.metering.late_view import LateView, keep, keep_beside
from stationdesk.ui.metering.month_view import MonthPane
from stationdesk.ui.metering.papers_view import PapersPane
from stationdesk.ui.metering.quality_view import QualityView
from stationdesk.ui.metering.results_view import ResultsView
from stationdesk.ui.metering.side import Side
from stationdesk.ui.metering.steps import Steps
from stationdesk.ui.metering.views import CERTIFICATE, CHANGES, HOURS, MONTH, PAPERS, QUALITY, RESULTS, VIEWS
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import HEAD, Page
from stationdesk.ui.widgets.switching import Switching
from stationdesk.ui.widgets.window_keys import KEYS

SIDE, MINUTE_MS = 332, 60_000


class MeteringPage(Page):
    """Alt ← and → turn the days, Alt 1 … choose the view, H the results; a letter on a button is its key."""

    name = "metering"
    kinds = KINDS

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.board: Board | None = None
        self.over: QWidget | None = None  # a form in the place of the views
        self.fresh = False  # the board is that of the person and day asked for last
        self._make_parts()
        self.steps = Steps(self)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Metering")

    # Parts
    def _make_parts(self) -> None:
        self.days = Days(gas_day_of(self.runner.now(), self.runner.zone))
        self.tabs = Choice([Option(key, words) for key, words in VIEWS.items()], lambda: _("Views"))
        self.tabs.choose(HOURS)
        self.hours, self.month, self.quality = HoursView(self.runner), MonthPane(self.runner), QualityView(self.runner)
        self.changes, self.results = ChangesView(self.runner), ResultsView(self.runner)
        self.certificate, self.papers = CertificatePane(self.runner), PapersPane(self.runner)
        self.views: dict[str, HoursView | LateView] = {
            HOURS: self.hours,
            MONTH: self.month,
            QUALITY: self.quality,
            PAPERS: self.papers,
            CHANGES: self.changes,
            RESULTS: self.results,
            CERTIFICATE: self.certificate,
        }
        self.switch = Button(lambda: C_("metering", "Switch runs"), "repeat", KEYS["switch_run"], on_click=self._ask_switch, heard=False)
        self.print_button = Button(lambda: _("Print"), icon="printer", on_click=self.print_view)
        self.bring = Button(lambda: C_("metering", "Import"), "upload", "I", on_click=lambda: self.steps.take("archive"))
        self.switching = Switching(self, self.runner)
        self.set_up = Button(lambda: _("Set up metering runs"), "settings", on_click=lambda: self.go.emit("settings", "streams"))
        self.nothing = EmptyState(self._nothing_words, self.set_up)
        self.faces = QStackedWidget()
        self.side = Side(self.runner)
        self.side.setFixedWidth(SIDE)

    def _lay_out(self) -> None:
        for face in (*self.views.values(), self.nothing):
            self.faces.addWidget(face)
        head = row(Line(self.title, "title"), self.days, self.tabs, None, self.switch, self.bring, self.print_button, spacing=12)
        head.addStrut(HEAD)
        left = Card(self.faces, sides=0)
        left.body.setStretch(0, 1)
        middle = row(left, self.side, spacing=16)
        middle.setStretchFactor(left, 1)
        self.lay_out(head, middle)
        self.show_keys(
            [
                ("Alt ← →", lambda: C_("key", "day")),
                ("Alt 1–7", lambda: C_("key", "view")),
                ("0–9", lambda: C_("key", "run")),
                ("H", lambda: C_("key", "results")),
            ]
        )

    def _ask_switch(self) -> None:
        self.steps.take("switch")

    def _connect(self) -> None:
        self.switching.tell.connect(self.tell)
        self.days.chosen.connect(self._other_day)
        self.tabs.chosen.connect(self.show_view)
        for view in self.views.values():
            view.asked.connect(self.steps.take)
        self.side.asked.connect(self.steps.take)
        self.side.left.connect(self.take_focus)
        self.side.kept.connect(self.finish)
        self.runner.actor_changed.connect(self._person_changed)
        shortcut(self, "Alt Left", partial(self.days.step, -1))
        shortcut(self, "Alt Right", partial(self.days.step, 1))
        shortcut(self, "H", partial(self.show_view, RESULTS))
        for n, key in enumerate(VIEWS, 1):
            shortcut(self, f"Alt {n}", partial(self.show_view, key))
        self._clock = QTimer(self, interval=MINUTE_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()

    # Loading
    def reload(self) -> None:
        person, now = (self.runner.actor or NOBODY).person_id, self.runner.now()
        day = self.days.day if self.days.day != self.days.running else None
        self.fresh = False
        self.runner.query(self, board, day, person, now, on_done=self._show, bench=True)

    def tick(self) -> None:
        """An hour ends, or the gas day, by itself."""
        if self.isVisible() and self.board is not None and self.runner.now() - self.board.at >= timedelta(minutes=5):
            self.reload()

    def _show(self, found: Board) -> None:
        self.days.follow(found.running)
        if found.day != self.days.day:
            return
        first, self.board, self.fresh = self.board is None, found, True
        for view in self.views.values():
            view.show_board(found)
        self.side.show_board(found)
        keep(self.switch, found.refusals.get("switch_run"))
        keep_beside(self.bring, found.refusals.get("import_archive"), self.switch)
        self._face()
        if first and self.isVisible():
            self.take_focus()
        if found.found is not None:
            self.runner.query(self, beside, found.day, found.found.limits, found.at, on_done=self._show_beside, bench=True)
        self.steps.go_on()

    def _show_beside(self, found: Beside) -> None:
        if self.board is not None and found.day == self.board.day:
            self.side.show_beside(found)

    def _face(self) -> None:
        """What stands at the left: the view chosen, a form over it, or what is to be set up first."""
        if self.over is not None:
            self.faces.setCurrentWidget(self.over)
        elif self.board is not None and not self.board.metered:
            self.nothing.say(self._nothing_words)
            self.set_up.setVisible(not self.board.early)
            self.faces.setCurrentWidget(self.nothing)
        else:
            self.faces.setCurrentWidget(self.views[self.tabs.value()])

    def _nothing_words(self) -> str:
        found = self.board
        if found is not None and found.early and found.since is not None:
            since = format_moment(found.since, self.runner.zone)
            return _("Nothing was metered on this day: the first metering contract holds from {time}.").format(time=since)
        return _("The gas of each hour and run stands here, once metering runs, a contract and a laboratory report are set.")

    def _other_day(self, _day: date) -> None:
        self.reload()

    def _person_changed(self, _actor: object) -> None:
        self.side.put_away()
        self.lay_over(None)
        self.stale = True
        self._load_if_seen()

    # Where one is
    def show_view(self, key: str) -> None:
        """Another view at the left."""
        self.tabs.choose(key)
        self.lay_over(None)
        self.take_focus()

    def print_view(self) -> None:
        """To the sheet of what is shown."""
        if self.board is not None:
            self.go.emit("reports", sheet_of(self.tabs.value(), self.board.day, self.papers.sheet()))

    def lay_over(self, form: QWidget | None) -> None:
        """A form in the place of the views; None: the views again."""
        before, self.over = self.over, form
        if before is not None:
            self.faces.removeWidget(before)
            before.hide()
            before.deleteLater()
        if form is not None:
            self.faces.addWidget(form)
        self._face()

    @property
    def composition(self) -> CompositionForm | None:
        """The form of a report, while it is open."""
        return self.over if isinstance(self.over, CompositionForm) else None

    def take_focus(self) -> None:
        """To what one works in."""
        if isinstance(self.over, CompositionForm | ArchivePane):
            self.over.take_focus()
        elif self.side.form is not None:
            self.side.form.take_focus()
        elif self.faces.currentWidget() is self.nothing:
            (self.set_up if self.set_up.isVisibleTo(self) else self.print_button).setFocus()
        else:
            self.views[self.tabs.value()].take_focus()

    def show_target(self, target: object) -> None:
        """A gas day; the name of a view or of what is to be done; or both as (name, day)."""
        if isinstance(target, tuple):
            self.days.go_to(target[1])
            target = target[0]
        if isinstance(target, date):
            self.days.go_to(target)
        elif isinstance(target, str):
            self.steps.take(target)

    def open_figures(self, found: DayView) -> None:
        """The figures of another day than the one shown."""
        self.steps.open_figures(found)

    def finish(self, _answer: object = None) -> None:
        """A form was kept or left: the view again."""
        self.lay_over(None)
        self.take_focus()


def sheet_of(view: str, day: date, sheet: DiscrepancyView | None) -> tuple[str, str]:
    """Report and subject for a view: the day's production, the month's, a voucher or the discrepancy sheet one is at, the certificate."""
    if view == MONTH:
        return "production-month", f"{day:%Y-%m}"
    if view == PAPERS:
        return ("discrepancy", str(sheet.discrepancy_id)) if sheet is not None else ("voucher-day", day.isoformat())
    return {CERTIFICATE: "metering-certificate"}.get(view, "production-day"), day.isoformat()
