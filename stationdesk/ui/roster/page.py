"""The roster page: a month of people by days, planned by keys; what breaks a rule, what people ask, and publishing it with a signature;
and the year it belongs to."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import day_of
from stationdesk.domain.roster.fatigue import Fatigue
from stationdesk.domain.words import C_, _
from stationdesk.services import NOBODY
from stationdesk.services import roster as use
from stationdesk.services.roster import Change, Version
from stationdesk.services.roster.publish import HOLIDAY
from stationdesk.services.shifts import SHIFTS
from stationdesk.ui.roster.asking import Asking
from stationdesk.ui.roster.asks_card import AsksCard
from stationdesk.ui.roster.board import KINDS, Board, board
from stationdesk.ui.roster.breach_card import BreachCard
from stationdesk.ui.roster.breaches import Breaches
from stationdesk.ui.roster.bringing import Bringing
from stationdesk.ui.roster.changes_card import ChangesCard
from stationdesk.ui.roster.deeds import BRING
from stationdesk.ui.roster.engine import Engine
from stationdesk.ui.roster.fatigue_band import FatigueBand
from stationdesk.ui.roster.foot import keys_of
from stationdesk.ui.roster.grid import RosterGrid
from stationdesk.ui.roster.head import Head
from stationdesk.ui.roster.hints_card import HintsCard
from stationdesk.ui.roster.legend import Legend
from stationdesk.ui.roster.making import MakingCard
from stationdesk.ui.roster.model import Place, RosterModel
from stationdesk.ui.roster.months import Months
from stationdesk.ui.roster.paper import sheet_of
from stationdesk.ui.roster.past import PastDialog
from stationdesk.ui.roster.publishing import Publishing
from stationdesk.ui.roster.shown import counted
from stationdesk.ui.roster.side import BAR, Side
from stationdesk.ui.roster.wishes_card import WishesCard
from stationdesk.ui.roster.wording import span_words
from stationdesk.ui.roster.year_face import YearFace
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.page import Page

HEAD, EDGE, ABOVE = 32, 24, 16


class RosterPage(Page):
    """Digits set the shifts of the cells chosen; N begins a draft, I brings one in from a file, L asks for leave, S for a swap, W records
    a wish, B leads to the next breach, C compares the draft with what is published, Y shows the year, Ctrl P the
    sheet of it."""

    name = "roster"
    kinds = KINDS

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.board: Board | None = None
        self.sheet = SHIFTS
        self.looking = 0  # the version looked at, 0 for the newest
        self.comparing = False
        self.model = RosterModel(self)
        self._make_parts()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Roster")

    # Parts
    def _make_parts(self) -> None:
        self.months = Months(self.today())
        ways = [Option(SHIFTS, lambda: C_("duty sheet", "Shifts")), Option(HOLIDAY, lambda: C_("duty sheet", "Holidays"))]
        self.sheets = Choice(ways, lambda: _("Duty sheet"))
        self.sheets.choose(SHIFTS)
        self.published, self.draft_chip = Chip(""), Chip("", look="draft")
        self.back_button = Button(lambda: _("Back to the newest"), key="Esc", on_click=self.back_to_newest)
        self.engine = Engine(self)
        self.mend_button = Button(lambda: _("Repair"), "wrench", key="R", on_click=self.engine.mend)
        self.generate_button = Button(lambda: _("Generate"), "refresh-cw", key="G", on_click=self.engine.generate)
        self.making = MakingCard()
        self.bringing = Bringing(self)
        self.bring_button = Button(lambda: C_("roster", "From a file"), key="I", on_click=self.bringing.ask, heard=False)
        self.begin_button = Button(lambda: _("Make a draft"), "plus", key="N", on_click=self.begin)
        self.drop_button = Button(lambda: _("Drop the draft"), on_click=self.drop)
        self.publishing, self.head = Publishing(self), Head(self)
        self.publish_button = Button(self._publish_words, look="primary", key="Ctrl Enter", on_click=self.publishing.begin)
        for each in (self.back_button, self.mend_button, self.drop_button, self.publish_button, self.draft_chip):
            each.hide()  # until there is something to go back to, to mend or to publish: together they are wider than the window
        self.grid, self.legend = RosterGrid(self.model), Legend()
        self.band = FatigueBand(self.grid.day_left)
        self._tired: tuple[object, int] = (None, 0)  # whose fatigue is shown, of which board
        self.year_button = Button(lambda: _("Year"), key="Y", on_click=self.show_year, heard=False)
        self.breach, self.hints, self.asks = BreachCard(), HintsCard(), AsksCard()
        self.breaches = Breaches(self, self.breach)
        self.changes, self.wishes, self.asking = ChangesCard(), WishesCard(), Asking(self)
        self.face, self.faces, self.year = QWidget(), QStackedWidget(), YearFace(self.runner, self.title)

    def _lay_out(self) -> None:
        head = row(Line(self.title, "title"), self.months, self.sheets, self.published, self.draft_chip, None, spacing=12)
        for button in (
            self.back_button,
            self.year_button,
            self.mend_button,
            self.generate_button,
            self.bring_button,
            self.begin_button,
            self.drop_button,
            self.publish_button,
        ):
            head.addWidget(button)
        head.addStrut(HEAD)
        head.setContentsMargins(0, 0, BAR, 0)
        left = Card(self.grid, rule(), self.band, rule(), self.legend, sides=0)
        left.body.setStretch(0, 1)
        self.side = Side(self.making, self.changes, self.breach, self.asks, self.wishes, self.hints)
        middle = row(left, self.side, spacing=16)
        middle.setStretchFactor(left, 1)
        column(head, middle, owner=self.face, spacing=16).setStretch(1, 1)
        self.faces.addWidget(self.face)
        self.faces.addWidget(self.year)
        column(self.faces, owner=self).setContentsMargins(EDGE, ABOVE, EDGE - BAR, ABOVE)
        self._say_keys()

    def _say_keys(self) -> None:
        year = self.faces.currentWidget() is self.year
        self.show_keys(keys_of(year=year, editable=self.board is not None and self.board.editable))

    def _connect(self) -> None:
        self.months.chosen.connect(self._other_month)
        self.sheets.chosen.connect(self.show_sheet)
        self.model.entered.connect(self._save)
        self.grid.people.moved.connect(self._moved)
        self.grid.people.taken_back.connect(self.take_back)
        self.grid.people.refused.connect(self._refuse)
        self.making.stopped.connect(self.engine.enough)
        self.asks.decided.connect(self.asking.decide)
        self.asks.agreed.connect(self.asking.agree)
        self.asks.confirmed.connect(self.asking.confirm)
        self.asks.withdrawn.connect(self.asking.withdraw)
        self.wishes.withdrawn.connect(self.asking.withdraw)
        self.year.opened.connect(self._month_of_year)
        self.year.left.connect(self._leave_year)
        self.runner.actor_changed.connect(self._person_changed)
        for key, slot in (
            ("Alt Left", partial(self.months.step, -1)),
            ("Alt Right", partial(self.months.step, 1)),
            ("L", self.asking.leave),
            ("S", self.asking.swap),
            ("W", self.asking.wish),
            ("I", self.bringing.ask),
            ("Y", self._year_key),
            ("C", self.compare),
            ("H", lambda: self.show_sheet(SHIFTS if self.sheet == HOLIDAY else HOLIDAY)),
            ("Ctrl H", self.show_past),
            ("Ctrl P", self.show_paper),
        ):
            shortcut(self.face, key, slot)

    def today(self) -> date:
        return day_of(self.runner.now(), self.runner.zone)

    def _publish_words(self) -> str:
        number = self.board.next_number if self.board else 0
        return _("Publish version {n}").format(n=number) if number else _("Publish")

    def take_focus(self) -> None:
        """The grid: that is what one works in."""
        (self.year.grid if self.faces.currentWidget() is self.year else self.grid.people).setFocus(Qt.FocusReason.OtherFocusReason)

    # Loading
    def reload(self) -> None:
        if self.faces.currentWidget() is self.year:
            self.year.reload()
        person = (self.runner.actor or NOBODY).person_id
        asked = self.months.first, self.sheet, self.looking, person, self.runner.now()
        self.runner.query(self, board, *asked, on_done=self._show)

    def _show(self, found: Board) -> None:
        if (found.view.first, found.sheet) != (self.months.first, self.sheet) or (self.looking and found.view.roster_id != self.looking):
            return
        self.board = found
        self.model.show_wishes(found.wishes)
        self.model.show(found.view, editable=found.editable)
        self.grid.people.posts = found.posts
        self.grid.name_spans(*span_words(found))
        self.legend.show_kinds([*self.model.kinds, *(kind for kind in found.view.kinds if not kind.desk)])
        self.head.show_board(found)
        self._say_keys()
        self.hints.show_board(found, self.model)
        self.asks.show_board(found)
        self.wishes.show_board(found, self.model)
        self._show_compared(self.comparing and found.view.draft)
        self._begin_somewhere()
        self._moved()
        self.bringing.follow()
        if found.refused("draft") is None:
            self.engine.warm()

    def _begin_somewhere(self) -> None:
        """Where nobody was yet: today of one's own row among the crews, else of the first, so that every key has a cell to act on."""
        if self.board is None or not self.model.rows or self.grid.people.currentIndex().isValid():
            return
        own, today, days = self.board.person_id, self.today(), self.model.days
        row_ = next((n for n, each in enumerate(self.model.rows) if each.person_id == own and counted(each)), 0)
        self.grid.people.go_to(row_, days.index(today) if today in days else 0)

    def show_target(self, target: object) -> None:
        """A day, (person id, day) for its cell, or ("do", "bring") for a roster from a file."""
        if target == BRING:
            self._leave_year()
            self.bringing.ask()
        elif isinstance(target, date):
            self.months.go_to(target)
        elif isinstance(target, tuple) and isinstance(target[-1], date):
            self.months.go_to(target[1])

    def show_sheet(self, sheet: str) -> None:
        """The desk's shifts, or the duty sheet of the holidays: the office drafts it, a superior approves."""
        self.sheet, self.looking = sheet, 0
        self.sheets.choose(sheet)
        self.reload()

    def _other_month(self, _first: object) -> None:
        self.looking = 0
        self.reload()

    def _person_changed(self, _actor: object) -> None:
        self.stale = True
        self._load_if_seen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.board is not None:
            self.stale = True
            self._load_if_seen()

    # Planning
    def begin(self) -> None:
        """A draft of the month: from what is published, else by the rotation."""
        if self.board is not None:
            first, last = self.board.view.first, self.board.view.last
            self.runner.command(self, partial(use.draft_roster, sheet=self.sheet), first, last, on_done=self._begun)

    def _begun(self, _roster_id: object) -> None:
        self.grid.people.setFocus()

    def _save(self, cells: dict[Place, str]) -> None:
        """What was typed goes to the store at once."""
        if self.board is None or self.board.draft is None:
            return
        changes = [Change(person, day, code) for (person, day), code in cells.items()]
        self.model.sending += 1
        self.runner.command(self, use.change_cells, self.board.draft.roster_id, changes, on_done=self._saved, on_error=self._not_saved)

    def _saved(self, _count: object = None) -> None:
        self.model.sending -= 1
        if not self.model.sending:
            self.reload()

    def _not_saved(self, error: DomainError) -> None:
        self._saved()
        self.tell.emit(error)

    def _refuse(self) -> None:
        """A shift typed where nothing can be typed: whose it is, or what comes first."""
        if self.board is not None:
            first = Notice(lambda: _("Only a draft can be changed: N begins one."), "amber")
            self.tell.emit(self.board.refused("change") or first)

    def take_back(self, back: bool) -> None:
        """The last change, or once more what was taken back."""
        if self.board is not None and self.board.draft is not None:
            self.runner.command(self, use.undo_change if back else use.redo_change, self.board.draft.roster_id)

    def drop(self) -> None:
        """Leave the draft aside, asked first."""
        found = self.board
        if found is None or found.draft is None:
            return
        draft = found.draft
        words = lambda: _("The draft of {month} is left aside; what is published stays in force.").format(month=self.months.name.text())  # noqa: E731
        dialog = ConfirmDialog(self, lambda: _("Drop the draft"), words, lambda: _("Drop it"))
        dialog.confirmed.connect(lambda: self.runner.command(self, use.drop_draft, draft.roster_id))
        dialog.show_over()

    # Where one is
    def _moved(self) -> None:
        """The person of the row, and the breach of the cell."""
        if self.board is not None:
            self._ask_fatigue(self.board)
            self.breaches.follow()

    def _ask_fatigue(self, found: Board) -> None:
        """The band of the person of the current row."""
        row_ = max(self.grid.people.currentIndex().row(), 0)
        person = self.model.rows[row_].person_id if row_ < len(self.model.rows) else 0
        if (found, person) == self._tired:
            return
        self._tired = (found, person)
        self.band.show_person("", None, self.runner.zone)
        if person:
            asked = found.view.roster_id, found.view.first, found.view.last, person, self.runner.now()
            self.runner.query(self, use.fatigue_hours, *asked, on_done=self._show_fatigue, bench=True)

    def _show_fatigue(self, fatigue: Fatigue) -> None:
        if fatigue.person == self._tired[1]:
            name = next((row_.name for row_ in self.model.rows if row_.person_id == fatigue.person), "")
            self.band.show_person(name, fatigue, self.runner.zone)

    # Draft against published
    def compare(self) -> None:
        """What is published below each row that differs, and who is to be told; once more: the draft alone."""
        found = self.board
        if found is None:
            return
        if not self.comparing and not (found.view.draft and found.view.published_number and found.view.roster_id):
            self.tell.emit(Notice(lambda: _("There is no draft beside a published roster to compare."), "amber"))
            return
        self._show_compared(not self.comparing)

    def _show_compared(self, on: bool) -> None:
        self.comparing = on
        self.grid.compare(on)
        if self.board is not None:
            self.changes.show_board(self.board, self.model, seen=on)

    # The year
    def _year_key(self) -> None:
        """The holidays' sheet has no year."""
        if self.sheet == SHIFTS:
            self.show_year()

    def show_year(self) -> None:
        """The year of the month shown, in its place."""
        self.faces.setCurrentWidget(self.year)
        self.year.show_year(self.months.first.year, self.months.first.month)
        self.year.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_keys()

    def _month_of_year(self, first: date) -> None:
        self._leave_year()
        self.months.go_to(first)

    def _leave_year(self) -> None:
        self.faces.setCurrentWidget(self.face)
        self.take_focus()
        self._say_keys()

    # Paper and versions
    def show_paper(self) -> None:
        """Its sheet, on the reports page: seen as it prints."""
        if self.board is not None:
            self.go.emit("reports", sheet_of(self.board))

    def show_past(self) -> None:
        """The versions of the month."""
        if self.board is not None:
            PastDialog(self, self.board.versions, self.runner.zone, self._look_at).show_over()

    def _look_at(self, version: Version) -> None:
        """One version, to be read; the newest is shown again by the button or Esc."""
        self.looking = version.roster_id
        self.reload()

    def back_to_newest(self) -> None:
        """Enough of an older version."""
        if self.looking:
            self.looking = 0
            self.reload()
