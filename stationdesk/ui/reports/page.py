"""The reports page: choose at the left, see in the middle the very bytes that will print, let them go at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import C_, _
from stationdesk.reports.checking import Check
from stationdesk.reports.registry import REPORTS, Period, Report, find
from stationdesk.services import NOBODY, Changes
from stationdesk.services.sheets import PrintedView
from stationdesk.ui.reports import asks
from stationdesk.ui.reports.asks import Offer, Past, Shown
from stationdesk.ui.reports.leaving import Leaving
from stationdesk.ui.reports.printed_card import PrintedCard
from stationdesk.ui.reports.report_list import ReportList
from stationdesk.ui.reports.sheet_card import SheetCard
from stationdesk.ui.reports.sheet_view import SheetView
from stationdesk.ui.reports.verify_card import VerifyCard
from stationdesk.ui.runner import Runner
from stationdesk.ui.runner.task import Task
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Notice, Page, page_head

LIST, SIDE = 212, 288
QUIET = frozenset({"printed_sheet", "draft"})
"""Changes no sheet tells of."""


class ReportsPage(Page):
    """Ctrl P prints, Ctrl S saves, B is the blank form, L the language, Alt ← → the neighbours, V verifies."""

    name = "reports"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.report: Report = REPORTS[0]
        self.subject = ""
        self.blank = False
        self.shown: Shown | None = None
        self.past: PrintedView | None = None
        self._until: date | None = None
        self._wanted: PrintedView | None = None  # printed before, to be shown as soon as its report is
        self._making: Task | None = None
        self._make_parts()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Reports")

    # Parts
    def _make_parts(self) -> None:
        runner = self.runner
        self.fact = Line("", "body text-2", elide=True)
        self.list = ReportList()
        self.verify_button = Button(lambda: _("Verify a sheet"), "search-check", "V", on_click=self.verify)
        self.view = SheetView(runner, lambda: runner.local().date())
        self.sheet = SheetCard(runner)
        self.printed = PrintedCard(runner.zone)
        self.check = VerifyCard(runner)
        self.leaving = Leaving(runner, self)
        self.places = QStackedWidget()

    def _lay_out(self) -> None:
        reports = Card(self.list, sides=0)
        left = stack(reports, self.verify_button, None, wide=LIST)
        right = QWidget()
        right.setFixedWidth(SIDE)
        column(self.sheet, self.printed, None, owner=right, spacing=16).setStretch(1, 1000)
        desk = QWidget()
        inside = row(self.view, right, owner=desk, spacing=16)
        inside.setStretch(0, 1)
        self.places.addWidget(desk)
        self.places.addWidget(self.check)
        middle = row(left, self.places, spacing=16)
        middle.setStretch(1, 1)
        self.lay_out(page_head(lambda: _("Reports"), self.fact), middle)
        self._say_keys()

    def _connect(self) -> None:
        self.list.current.connect(self._report_chosen)
        self.view.chooser.changed.connect(self._choose)
        self.view.chooser.until_changed.connect(self._other_shifts)
        self.view.waiting.stopped.connect(self._stop)
        self.sheet.print_asked.connect(self._print)
        self.sheet.pdf_asked.connect(self._save)
        self.sheet.book_asked.connect(self._save_book)
        self.sheet.calendar_asked.connect(self._save_calendar)
        self.sheet.again_asked.connect(self._make)
        self.sheet.back_asked.connect(self._back_to_new)
        self.printed.chosen.connect(self._show_printed)
        self.check.left.connect(self._leave_verify)
        self.check.show_asked.connect(self._show_checked)
        self.leaving.left.connect(self._left)
        self.leaving.refused.connect(self._refused)
        self.leaving.waits.connect(self._waits)
        self.runner.actor_changed.connect(self._person_changed)
        chooser = self.view.chooser
        for key, slot in (("B", chooser.turn_version), ("L", chooser.turn_language)):
            shortcut(self.view, key, slot)
        shortcut(self.view, "Alt Left", lambda: chooser.step(-1))
        shortcut(self.view, "Alt Right", lambda: chooser.step(1))
        shortcut(self.view, "F6", self.view.preview.setFocus)

    def _say_keys(self) -> None:
        """The foot: of the sheets, or of verifying."""
        if self.places.currentWidget() is self.check:
            self.show_keys(
                [("Enter", lambda: C_("key", "check")), ("Ctrl O", lambda: C_("key", "file")), ("Esc", lambda: C_("key", "back"))]
            )
            return
        blank = [("B", lambda: C_("key", "blank form"))] if self.report.form and not self.report.only_form else []
        self.show_keys(
            [
                ("Alt ← →", lambda: C_("key", "older, newer")),
                ("L", lambda: C_("key", "language")),
                *blank,
                ("F6", lambda: C_("key", "pages")),
                ("Ctrl 0", lambda: C_("key", "fit")),
                ("Ctrl P", lambda: C_("key", "print")),
                ("V", lambda: C_("key", "verify")),
            ]
        )

    # Loading
    def reload(self) -> None:
        self.list.select_key(self.report.name)
        self._ask_offer()

    def on_changes(self, changes: Changes) -> None:
        """A sheet on screen is not exchanged under one's eyes: it says that the records have changed."""
        if not self.isVisible():
            self.stale = self.stale or bool(changes.kinds)
            return
        if changes.touch("printed_sheet"):
            self._ask_printed()
        if changes.kinds - QUIET:
            self.sheet.show_changed()

    def _ask_offer(self) -> None:
        person = (self.runner.actor or NOBODY).person_id
        self.runner.query(self, asks.offer, self.report.name, self._until, person, self.runner.now(), on_done=self._show_offer)

    def _show_offer(self, offer: Offer) -> None:
        if offer.report != self.report.name:
            return
        newest = next((each.code for each in offer.subjects), "") if self._until else offer.latest
        self.subject = self.subject or newest
        self.sheet.block(offer.refusal)
        self.view.chooser.show_offer(self.report, offer, self.subject, self.blank)
        self._say_keys()
        self._make()

    def _make(self) -> None:
        """The sheet of what is chosen, in the bench thread; or the printed one that was asked for."""
        self._forget()
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._ask_printed()
            self._show_printed(wanted)
            return
        wish = self.view.chooser.wish(self.report.name)
        if wish is None or (not wish.subject and self.report.period is not Period.NOW):
            self.view.show_words(self._nothing)
            return
        self.subject, self.blank = wish.subject, wish.blank
        self.view.waiting.begin()
        self._making = self.runner.query(
            self,
            asks.shown,
            wish,
            self.runner.actor or NOBODY,
            self.runner.now(),
            on_done=self._show,
            on_error=self._unmade,
            on_progress=self.view.waiting.progress,
            bench=True,
        )
        self._ask_printed()

    def _forget(self) -> None:
        """What was asked before is no longer wanted."""
        if self._making is not None:
            self._making.cancel()
        self._making = self.past = self.shown = None
        self.sheet.show_nothing()
        self.printed.let_go()

    def _nothing(self) -> str:
        missing = {
            Period.SHIFT: _("There is no shift up to that day.")
            if self._until
            else _("No shift was opened yet. Its sheets will be seen here."),
            Period.ITEM: _("There is no form to print yet."),
        }
        return missing.get(self.report.period, _("Choose what the sheet is about."))

    def _show(self, shown: Shown) -> None:
        self._making = None
        self.shown = shown
        self.view.show_sheet(shown)
        self.sheet.show_sheet(shown)
        self.printed.setVisible(bool(shown.prepared.to_print.code))  # forms do not go on record

    def _unmade(self, error: DomainError) -> None:
        self._making = None
        self.view.show_error(error)

    def _stop(self) -> None:
        """Not wanted after all."""
        if self.leaving.running:
            self.leaving.stop()
            return
        self._forget()
        self.view.show_words(lambda: _("Stopped. F5 makes the sheet."))

    # What is chosen
    def show_target(self, target: object) -> None:
        """(report, subject), a report's name, or "verify"."""
        if target == "verify":
            self.verify()
            return
        name, subject = target if isinstance(target, tuple) else (target, "")
        self.open(str(name), "" if subject is None else str(subject))

    def open(self, name: str, subject: str = "") -> None:
        """Another report, of a subject ("": the latest)."""
        self._leave_verify()
        self.report, self.subject, self.blank, self._until, self._wanted = find(name), subject, False, None, None
        self.list.select_key(name)
        self._ask_offer()

    def take_focus(self) -> None:
        """To the list, or the code that is to be verified."""
        (self.check.take_focus if self.places.currentWidget() is self.check else self.list.setFocus)()

    def _report_chosen(self, row: Report | None) -> None:
        if row is not None and row is not self.report:
            self.open(row.name)

    def _choose(self) -> None:
        self._make()

    def _other_shifts(self, until: date | None) -> None:
        self._until, self.subject = until, ""
        self._ask_offer()

    def _person_changed(self, _actor: object) -> None:
        self.stale = True
        self._load_if_seen()

    # What was printed
    def _ask_printed(self) -> None:
        self.runner.query(self, asks.printed, self.report.name, self.subject, on_done=self.printed.show_sheets)

    def _show_printed(self, printed: PrintedView) -> None:
        if self._making is not None:
            self._making.cancel()
        self.past = printed
        self.printed.look_at(printed.sheet_id)
        self.view.waiting.begin()
        self._making = self.runner.query(
            self, asks.past, printed, on_done=self._show_past, on_progress=self.view.waiting.progress, bench=True
        )

    def _show_past(self, past: Past) -> None:
        if self.past is None or self.past.sheet_id != past.printed.sheet_id:
            return
        self.shown = None
        self.view.show_past(past)
        self.sheet.show_past(past)
        self.printed.show()

    def _back_to_new(self) -> None:
        self._make()
        self.list.setFocus()

    # Leaving
    def _print(self) -> None:
        self._let_go(self.leaving.print)

    def _save(self) -> None:
        self._let_go(self.leaving.save)

    def _save_book(self) -> None:
        self._let_go(self.leaving.save_book)

    def _save_calendar(self) -> None:
        self._let_go(self.leaving.save_calendar)

    def _let_go(self, way: Callable[[Shown], None]) -> None:
        if self.shown is not None:
            self.sheet.show_problem(None)
            way(self.shown)

    def _waits(self, words: str, done: float) -> None:
        self.sheet.wait(True)
        self.view.waiting.go_on(done, words)

    def _left(self, notice: Notice) -> None:
        """It is out: the next one is another copy, with a code of its own."""
        self.sheet.wait(False)
        self.tell.emit(notice)
        self._make()

    def _refused(self, error: DomainError) -> None:
        self.sheet.wait(False)
        if self.shown is not None:
            self.view.show_sheet(self.shown)
        self.sheet.show_problem(error)

    # Verifying
    def verify(self) -> None:
        """Hold a printed sheet against the store."""
        self.places.setCurrentWidget(self.check)
        self.verify_button.hide()
        self.check.take_focus()
        self._say_keys()

    def _leave_verify(self) -> None:
        if self.places.currentWidget() is self.check:
            self.places.setCurrentIndex(0)
            self.verify_button.show()
            self.list.setFocus()
            self._say_keys()

    def _show_checked(self, check: Check) -> None:
        self.open(check.printed.report, check.printed.subject)
        self._wanted = check.printed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5 and self.shown is None and self._making is None:
            self._make()
            return
        super().keyPressEvent(event)
