"""A printed sheet held against the store: its code typed or scanned, or its file; the answer in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.codes import CodeShapeError
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _, n_
from stationdesk.reports.checking import Check
from stationdesk.ui.reports import asks, files
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, refill, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text

FIELD_WIDE, MOST = 320, 60


class VerifyCard(Card):
    """left(): back to the sheets. show_asked(Check): see the sheet itself."""

    left = Signal()
    show_asked = Signal(object)

    def __init__(self, runner: Runner) -> None:
        self.back = Button(lambda: _("Back to the sheets"), "arrow-left", "Esc", look="small", on_click=lambda: self.left.emit())
        super().__init__(title=lambda: _("Verify a printed sheet"), fact=self.back)
        self.runner = runner
        self.check: Check | None = None
        self.verdict: Line | None = None
        self.code = Field(lambda: _("Code on the sheet, or what a scanner reads"), hint="7F3A-Q2WD-9KTM-5HXR-C8VN")
        self.code.setFixedWidth(FIELD_WIDE)
        self.ask = Button(lambda: _("Check"), "search-check", look="primary", on_click=self._give)
        self.ask.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.file = Button(lambda: _("Choose a PDF file"), "folder-open", "Ctrl O", on_click=self._choose)
        self.result = QWidget()
        self.answer = column(owner=self.result, spacing=8)
        self.answer.setContentsMargins(0, 0, 16, 0)
        told = Text(
            lambda: _("A sheet carries a code of 20 letters, and its file every line as it was printed. Both are checked here, offline."),
            "body text-2",
        )
        fields = row(self.code, column(20, self.ask, None), column(20, self.file, None), None, spacing=12)
        below = scrolled(self.result)
        self.show_items(12, told, 12, fields, 4, rule(), 16, below, 12)
        self.body.setStretch(self.body.indexOf(below), 1)
        self.code.entered.connect(self._give)
        self.show_nothing()

    def take_focus(self) -> None:
        """To the code."""
        self.code.take_focus()

    def show_nothing(self) -> None:
        """Nothing was checked yet."""
        self.check = self.verdict = None
        self.code.error()
        refill(self.answer, Text(lambda: _("The answer will stand here."), "body text-2"), None)

    def show_waiting(self, words: str) -> None:
        """It is being checked."""
        self.code.error()
        refill(self.answer, Text(words, "body text-2"), None)

    def show_error(self, error: DomainError) -> None:
        """A code of no shape is said at the field; what is no sheet of this store is an answer."""
        self.check = None
        if isinstance(error, CodeShapeError):
            self.show_nothing()
            self.code.error(lambda: say(error))
            return
        self._answer("circle-alert", "red-fg", lambda: _("Not a sheet of this store"), (lambda: say(error),))

    def show_check(self, check: Check) -> None:
        """What became of a sheet."""
        self.check = check
        sign, ink = ("circle-check", "good") if check.fits else ("circle-x", "red-fg")
        count = len(check.sentences())
        sentences = tuple(partial(_sentence, check, n) for n in range(min(count, MOST)))
        self._answer(sign, ink, partial(_verdict, check), sentences)
        rest = count - MOST
        if rest > 0:
            more = Text(lambda: n_("… and {n} more line", "… and {n} more lines", rest).format(n=rest))
            self.answer.insertWidget(self.answer.count() - 1, more)
        see = Button(lambda: _("Show this sheet"), "eye", on_click=self._show)
        self.answer.insertLayout(self.answer.count() - 1, row(see, None))

    def _answer(self, sign: str, ink: str, verdict: Words, sentences: Sequence[Words]) -> None:
        line = self.verdict = Line(verdict, f"name {ink}")
        head = row(icon(sign, ink, 20), line, None)
        refill(self.answer, head, *(Text(each) for each in sentences), None)

    def _give(self) -> None:
        if self.code.text():
            self._ask(asks.check_letters, self.code.text())
        else:
            self.code.error(lambda: _("Type the code, or choose a file."))
            self.code.take_focus()

    def _choose(self) -> None:
        place = files.ask_file(self, _("Choose a PDF file"), _("PDF files (*.pdf)"))
        if place:
            self._ask(asks.check_place, Path(place))

    def _ask(self, fn: Callable[..., Check], what: object) -> None:
        self.show_waiting(_("Checking against the records …"))
        self.runner.query(self, fn, what, on_done=self.show_check, on_error=self.show_error, bench=True)

    def _show(self) -> None:
        if self.check is not None:
            self.show_asked.emit(self.check)


def _sentence(check: Check, n: int) -> str:
    return check.sentences()[n]


def _verdict(check: Check) -> str:
    if not check.fits:
        return _("Not as it was printed")
    return _("Printed from this store") if check.same_file is None else _("Genuine: as it was printed")
