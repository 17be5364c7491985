"""Bottom right: the last entries of the duty log; for a chief first what the station has to tell him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_moment, format_time
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.now.fitting import Fitting
from stationdesk.ui.now.notice_words import notice_page, notice_words
from stationdesk.ui.now.notices_dialog import NoticesDialog
from stationdesk.ui.now.press import Entry
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

NAME = 64

if TYPE_CHECKING:
    from stationdesk.services.beside import Beside
    from stationdesk.services.log import EntryView
    from stationdesk.services.notices import NoticeView


class BesideCard(Card):
    """asked(page, target): an entry, all of them, or what a notice tells of. seen(notice_id): 已阅."""

    asked = Signal(str, object)
    seen = Signal(int)

    def __init__(self, runner: Runner) -> None:
        self.all = Button(lambda: _("All"), look="link", role="label", on_click=lambda: self.asked.emit("log", None))
        self.in_full = Button(lambda: _("All"), key="Alt N", look="link", role="label", on_click=self.read)
        super().__init__(title=self._title, fact=row_of(self.all, self.in_full))
        self.in_full.hide()
        self.runner = runner
        self.dialog: NoticesDialog | None = None
        self._shown: Beside | None = None
        self.rows = Fitting(least=1, grows=1)
        self.nothing = Line(lambda: _("The log of this shift will stand here."), "body text-2", elide=True)
        self.show_items(4, row(self.nothing), self.rows, 4)

    def show_beside(self, beside: Beside) -> None:
        """What stands beside the shift now."""
        if beside == self._shown:
            return
        self._shown = beside
        if self.dialog is not None:
            self.dialog.show_beside(beside)
        rows = [self._notice(each, beside.names) for each in beside.notices] or [self._entry(each) for each in beside.entries]
        if self.title_line is not None:
            self.title_line.reword()
        self.all.setVisible(not beside.notices)
        self.in_full.setVisible(bool(beside.notices))
        self.nothing.setVisible(not rows)
        self.nothing.setMinimumHeight(0 if rows else 32)
        self.rows.least = min(len(rows), 2)
        self.rows.fill(rows)

    def read(self) -> None:
        """All notices with all their words."""
        if self._shown is None or not self._shown.notices:
            return
        self.dialog = NoticesDialog(self.window(), self._shown, self.runner.zone)
        self.dialog.seen.connect(self.seen)
        self.dialog.asked.connect(self.asked)
        self.dialog.finished.connect(self._was_read)
        self.dialog.show_over()

    def _was_read(self) -> None:
        self.dialog = None

    def _title(self) -> str:
        shown: Beside | None = getattr(self, "_shown", None)
        count = len(shown.notices) if shown else 0
        return n_("{n} notice to the chief", "{n} notices to the chief", count).format(n=count) if count else C_("now", "Duty log")

    def _entry(self, each: EntryView) -> QWidget:
        time = Line(format_time(each.time, self.runner.zone), "strong")
        words = Line(plain(each.text), "body text-2" if each.corrected_by else "body", elide=True)
        who = Line(
            plain(each.person) if each.person else lambda: _("no name yet"), "label text-2" if each.person else "label amber-fg", most=NAME
        )
        made = Entry(3, row(time, words, None, who, spacing=12), 3)
        made.lead_to(lambda: self.asked.emit("log", each.entry_id), each.text)
        return made

    def _notice(self, each: NoticeView, names: dict[int, str]) -> QWidget:
        when = format_moment(each.at, self.runner.zone)
        page, target = notice_page(each)
        words = Entry(row(Line(lambda: plain(notice_words(each, names)), elide=True), None), row(Line(when, "label text-2"), None))
        if page:
            words.lead_to(lambda: self.asked.emit(page, target), lambda: notice_words(each, names))
        seen = Button(lambda: C_("notice", "Seen"), look="link", on_click=lambda: self.seen.emit(each.notice_id))
        inside = row(words, seen, spacing=12)
        inside.setStretch(0, 1)
        return Entry(3, inside, 3)


def row_of(*parts: QWidget) -> QWidget:
    """Parts beside each other, of which one is seen at a time."""
    made = QWidget()
    row(*parts, owner=made, spacing=0)
    return made
