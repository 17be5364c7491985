"""The sheet on screen: its code, its pages, what no font has, what can be done with it, and what became of that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.codes import grouped
from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import format_date, format_time
from stationdesk.domain.words import C_, _, n_
from stationdesk.reports.registry import find
from stationdesk.services.sheets import PrintedView
from stationdesk.ui.reports.asks import Past, Shown, has_calendar, has_workbook
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text


class Told(QWidget):
    """A sentence with its sign, hidden while there is nothing to tell."""

    def __init__(self, sign: str, ink: str) -> None:
        super().__init__()
        self.text = Text("", f"label {ink}")
        inside = row(column(1, icon(sign, ink, 14), None), self.text, owner=self, spacing=6)
        inside.setStretch(1, 1)
        self.hide()

    def say(self, words: Words) -> None:
        """Tell it; "" hides it."""
        self.text.say(words)
        self.setVisible(bool(words))


class SheetCard(Card):
    """print_asked, pdf_asked, book_asked, calendar_asked, again_asked (made anew), back_asked (from a sheet printed before)."""

    print_asked = Signal()
    pdf_asked = Signal()
    book_asked = Signal()
    calendar_asked = Signal()
    again_asked = Signal()
    back_asked = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(title=lambda: _("This sheet"))
        self.runner = runner
        self.code = Line("", "body")
        self.about = Line("", "label text-2", elide=True)
        self.lacking = Told("triangle-alert", "amber-fg")
        self.changed = Told("info", "text-2")
        self.problem = Told("circle-alert", "red-fg")
        self.remark = Told("info", "text-2")
        self._make_buttons()
        what = column(self.code, 2, self.about, spacing=0)
        told = column(self.lacking, self.changed, self.remark, spacing=6)
        does = column(self.print, self.pdf, self.book, self.calendar, self.again, self.back, self.problem, spacing=8)
        self.show_items(12, what, 6, told, 12, does, 14)
        self.show_nothing()

    def _make_buttons(self) -> None:
        self.print = Button(lambda: _("Print"), "printer", "Ctrl P", look="primary", on_click=self.print_asked.emit)
        self.pdf = Button(lambda: _("Save PDF"), "save", "Ctrl S", on_click=self.pdf_asked.emit)
        self.book = Button(lambda: _("Save Excel"), "file-spreadsheet", "Ctrl E", on_click=self.book_asked.emit)
        self.calendar = Button(lambda: _("Save calendar"), "calendar-days", "Ctrl I", on_click=self.calendar_asked.emit)
        self.again = Button(lambda: _("Make it anew"), "refresh-cw", "F5", on_click=self.again_asked.emit)
        self.back = Button(lambda: _("Back to the new sheet"), "arrow-left", "Esc", on_click=self.back_asked.emit)

    # What is shown
    def show_nothing(self) -> None:
        """No sheet is on screen."""
        self.code.say(lambda: _("No sheet is on screen."))
        self.code.restyle("body text-2")
        self.about.say("")
        for each in (self.lacking, self.changed, self.problem, self.remark):
            each.say("")
        self._offer((self.again,))

    def show_sheet(self, shown: Shown) -> None:
        """A sheet ready to leave."""
        made = shown.prepared.to_print
        self.show_nothing()
        blank = not made.code
        self.code.restyle("body text-2" if blank else "strong")
        self.code.say((lambda: _("Blank form, without a code")) if blank else grouped(made.code))
        self.about.say(lambda: _about(made.pages, made.copy))
        if shown.prepared.missing:
            signs = "".join(shown.prepared.missing)
            self.lacking.say(lambda: _("In no font: {signs}. Paper shows 〓, the record keeps it.").format(signs=signs))
        if made.report == "handover" and not blank and not made.fingerprint:
            self.remark.say(lambda: _("Not signed yet: a draft, marked so on every page."))
        book = (self.book,) if has_workbook(find(made.report)) and not blank else ()
        calendar = (self.calendar,) if has_calendar(find(made.report)) else ()
        self._offer((self.print, self.pdf, *book, *calendar))

    def show_past(self, past: Past) -> None:
        """A sheet that was printed before."""
        was = past.printed
        self.show_nothing()
        self.code.restyle("strong")
        self.code.say(grouped(was.code))
        self.about.say(lambda: plain(past_words(was, self.runner)))
        self.remark.say(
            (lambda: _("Made again from the records: byte for byte what was printed."))
            if past.pdf
            else (lambda: _("The records say something else today. These are its lines as they were printed."))
        )
        self._offer((self.back,))

    def show_changed(self) -> None:
        """The records were changed after the sheet was made."""
        if self.print.isVisibleTo(self):
            self.changed.say(lambda: _("The records have changed since it was made."))
            self.again.setVisible(True)

    def show_problem(self, error: DomainError | None) -> None:
        """What kept it from leaving, at the buttons."""
        self.problem.say((lambda: say(error)) if error is not None else "")

    def block(self, refusal: DomainError | None) -> None:
        """Why the person may not print."""
        for each in (self.print, self.pdf):
            each.block((lambda: say(refusal)) if refusal is not None else "")

    def wait(self, waiting: bool) -> None:
        """Nothing else while a sheet is on its way."""
        for each in (self.print, self.pdf, self.book, self.calendar):
            each.setEnabled(not waiting and not each.reason)

    def _offer(self, buttons: tuple[Button, ...]) -> None:
        for each in (self.print, self.pdf, self.book, self.calendar, self.again, self.back):
            each.setVisible(each in buttons)


def _about(pages: int, copy: int) -> str:
    count = n_("{n} page", "{n} pages", pages).format(n=pages)
    return _("{pages}, copy {copy} of this record").format(pages=count, copy=copy) if copy else count


def how_words(how: str) -> str:
    """The way a sheet left the program."""
    known = {"print": C_("sheet", "printed"), "save": C_("sheet", "saved"), "command": C_("sheet", "script")}
    return known.get(how, how)


def past_words(was: PrintedView, runner: Runner) -> str:
    """When, by whom, how."""
    when = f"{format_date(was.at.astimezone(runner.zone).date())} {format_time(was.at, runner.zone)}"
    return " ".join(part for part in (when, was.by, how_words(was.how)) if part)
