"""The roster page: a month of people by days, planned by keys; what breaks a rule, what people ask, and publishing it with a signature;
and the year it belongs to."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import day_of
from stationdesk.domain.permissions import whose
from stationdesk.domain.roster.errors import RosterUnsolvedError
from stationdesk.domain.roster.fatigue import Fatigue
from stationdesk.domain.words import C_, _
from stationdesk.services import NOBODY
from stationdesk.services import roster as use
from stationdesk.services.roster import BreachView, Change, Remedy, Version
from stationdesk.services.roster.solve import Dispute, Mended, Solved
from stationdesk.ui.roster.asking import Asking
from stationdesk.ui.roster.asks_card import AsksCard
from stationdesk.ui.roster.board import Board, board
from stationdesk.ui.roster.breach_card import BreachCard
from stationdesk.ui.roster.changes_card import ChangesCard
from stationdesk.ui.roster.dialogs import DisputeDialog
from stationdesk.ui.roster.fatigue_band import FatigueBand
from stationdesk.ui.roster.grid import RosterGrid
from stationdesk.ui.roster.hints_card import HintsCard
from stationdesk.ui.roster.legend import Legend
from stationdesk.ui.roster.making import MakingCard, Stop, generate, mend, mended_words, solved_words, why
from stationdesk.ui.roster.model import Place, RosterModel
from stationdesk.ui.roster.months import Months
from stationdesk.ui.roster.past import PastDialog
from stationdesk.ui.roster.shown import is_answerable
from stationdesk.ui.roster.side import BAR, Side
from stationdesk.ui.roster.wishes_card import WishesCard
from stationdesk.ui.roster.wording import draft_words, shown_words, span_words
from stationdesk.ui.roster.year_face import YearFace
from stationdesk.ui.runner import Runner, Task
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.page import Page
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.spoken import Words

HEAD, EDGE, ABOVE = 32, 24, 16
KINDS = frozenset(
    {
        "roster",
        "roster_line",
        "roster_reason",
        "roster_rules",
        "swap",
        "leave",
        "wish",
        "fixed_duty",
        "qualification",
        "calendar_day",
        "calendar_year",
        "duty_spell",
        "person",
        "crew",
        "crew_member",
        "role_grant",
        "station_list",
    }
)


class RosterPage(Page):
    """Digits set the shifts of the cells chosen; N begins a draft, L asks for leave, S for a swap, W records a wish, B leads to the next
    breach, C compares the draft with what is published, Y shows the year."""

    name = "roster"
    kinds = KINDS

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.board: Board | None = None
        self.looking = 0  # the version looked at, 0 for the newest
        self.comparing = False
        self._sought: tuple[str, int] | None = None  # the breach and the board ways are looked for
        self._search: Task | None = None
        self.model = RosterModel(self)
        self._make_parts()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Roster")

    # Parts
    def _make_parts(self) -> None:
        self.months = Months(self.today())
        self.published, self.draft_chip = Chip(""), Chip("", look="draft")
        self.back_button = Button(lambda: _("Back to the newest"), key="Esc", on_click=self.back_to_newest)
        self.mend_button = Button(lambda: _("Repair"), "wrench", key="R", on_click=self.mend)
        self.generate_button = Button(lambda: _("Generate"), "refresh-cw", key="G", on_click=self.generate)
        self.making = MakingCard()
        self._stop: Stop | None = None
        self.begin_button = Button(lambda: _("Make a draft"), "plus", key="N", on_click=self.begin)
        self.drop_button = Button(lambda: _("Drop the draft"), on_click=self.drop)
        self.publish_button = Button(self._publish_words, look="primary", key="Ctrl Enter", on_click=self.publish)
        for each in (self.back_button, self.mend_button, self.drop_button, self.publish_button, self.draft_chip):
            each.hide()  # until there is something to go back to, to mend or to publish: together they are wider than the window
        self.grid, self.legend = RosterGrid(self.model), Legend()
        self.band = FatigueBand(self.grid.day_left)
        self._tired: tuple[object, int] = (None, 0)  # whose fatigue is shown, of which board
        self.year_button = Button(lambda: _("Year"), key="Y", on_click=self.show_year)
        self.breach, self.hints, self.asks = BreachCard(), HintsCard(), AsksCard()
        self.changes, self.wishes, self.asking = ChangesCard(), WishesCard(), Asking(self)
        self.face, self.faces, self.year = QWidget(), QStackedWidget(), YearFace(self.runner, self.title)

    def _lay_out(self) -> None:
        head = row(Line(self.title, "title"), self.months, self.published, self.draft_chip, None, spacing=12)
        for button in (
            self.back_button,
            self.year_button,
            self.mend_button,
            self.generate_button,
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
        if self.faces.currentWidget() is self.year:
            self.show_keys([("1–4", lambda: C_("key", "figures")), ("Enter", lambda: C_("key", "to the month"))])
            return
        self.show_keys(
            [
                ("1–9", lambda: C_("key", "shift, off")),
                ("Ctrl Z", lambda: C_("key", "undo")),
                ("B", lambda: C_("key", "next breach")),
                ("C", lambda: C_("key", "compare")),
                ("L", lambda: C_("key", "leave")),
                ("S", lambda: C_("key", "swap")),
                ("W", lambda: C_("key", "wish")),
                ("Ctrl H", lambda: C_("key", "versions")),
            ]
        )

    def _connect(self) -> None:
        self.months.chosen.connect(self._other_month)
        self.model.entered.connect(self._save)
        self.grid.people.moved.connect(self._moved)
        self.grid.people.taken_back.connect(self._take_back)
        self.making.stopped.connect(self._enough)
        self.breach.given.connect(self._keep_breach)
        self.breach.wanted.connect(self.next_breach)
        self.breach.adopted.connect(self._adopt)
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
            ("C", self.compare),
            ("Ctrl H", self.show_past),
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
        self.runner.query(self, board, self.months.first, self.looking, person, self.runner.now(), on_done=self._show)

    def _show(self, found: Board) -> None:
        if found.view.first != self.months.first or (self.looking and found.view.roster_id != self.looking):
            return
        self.board = found
        self.model.show_wishes(found.wishes)
        self.model.show(found.view, editable=found.editable)
        self.grid.people.posts = found.posts
        self.grid.name_spans(*span_words(found.view))
        self.legend.show_kinds([*self.model.kinds, *(kind for kind in found.view.kinds if not kind.desk)])
        self._show_head(found)
        self.hints.show_board(found, self.model)
        self.asks.show_board(found)
        self.wishes.show_board(found, self.model)
        self._show_compared(self.comparing and found.view.draft)
        self._moved()

    def _show_head(self, found: Board) -> None:
        zone, draft = self.runner.zone, found.draft is not None
        look = "strong" if found.view.published_number else ""
        self.published.show_state(lambda: shown_words(found.view, zone, looking=bool(self.looking)), look=look)
        self.draft_chip.show_state(lambda: draft_words(found.view), look="draft")
        makes = "draft_roster" not in found.refusals  # for who may not, one button says whose it is
        seen = {
            self.draft_chip: draft,
            self.back_button: bool(self.looking),
            self.begin_button: not draft and not self.looking,
            self.generate_button: makes and not self.looking,
            self.mend_button: makes and not draft and not self.looking and bool(found.view.published_number),
            self.drop_button: draft and "change_roster" not in found.refusals,
            self.publish_button: draft,
        }
        for part, shown in seen.items():  # hidden first, then worded, then shown: in between they would be wider than the window
            if not shown:
                part.hide()
        self._block(found)
        for part, shown in seen.items():
            part.setVisible(shown)
        if self._stop is not None:
            self._wait(waits=True)

    def _block(self, found: Board) -> None:
        """What the person may not do says whose it is."""
        for button, case in (
            (self.begin_button, "draft_roster"),
            (self.generate_button, "draft_roster"),
            (self.mend_button, "draft_roster"),
            (self.drop_button, "change_roster"),
            (self.publish_button, "publish_roster"),
        ):
            refusal = found.refusals.get(case)
            button.block(partial(whose, refusal) if refusal else "")

    def show_target(self, target: object) -> None:
        """A day, or (person id, day) for its cell."""
        if isinstance(target, date):
            self.months.go_to(target)
        elif isinstance(target, tuple) and isinstance(target[1], date):
            self.months.go_to(target[1])

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
            self.runner.command(self, use.draft_roster, first, last, on_done=self._begun)

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

    def _take_back(self, back: bool) -> None:
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

    def publish(self) -> None:
        """The signature; breaches without a reason are shown first."""
        found = self.board
        if found is None or found.draft is None or "publish_roster" in found.refusals:
            return
        if found.view.unanswered:
            self.next_breach()
            self.breach.reason.take_focus()
            self.tell.emit(Notice(lambda: _("A roster with breaches can be published; each is signed with its reason."), "amber"))
            return
        draft, actor = found.draft, self.runner.actor
        SignDialog(
            self,
            lambda: _("Publish the roster"),
            next((row_.name for row_ in found.view.rows if actor and row_.person_id == actor.person_id), ""),
            self._facts(found),
            lambda password, dialog: self.runner.command(
                dialog, use.publish_roster, draft.roster_id, password, on_done=dialog.finish, on_error=dialog.fail
            ),
            verb=lambda: _("Sign and publish"),
        ).show_over()

    def _facts(self, found: Board) -> list[Words]:
        view, kept = found.view, sum(bool(each.reason) for each in found.view.breaches)
        facts: list[Words] = [lambda: _("{month}, version {n}").format(month=self.months.name.text(), n=found.next_number)]
        facts.append(lambda: _("{n} people, {days} days").format(n=len(view.rows), days=len(view.days)))
        if kept:
            facts.append(lambda: _("Breaches kept with a reason: {n}").format(n=kept))
        return facts

    # The engine
    def generate(self) -> None:
        """A draft by the engine, in place of the one there is."""
        if self.board is None or self._stop is not None:
            return
        view, cache = self.board.view, self.runner.folder / "compiled" if self.runner.folder else None
        self._begin_making(_("Generating the roster"), enough=True)
        self.runner.command(
            self,
            generate,
            view.first,
            view.last,
            self._stop,
            cache,
            on_done=self._generated,
            on_error=self._not_made,
            on_progress=self.making.progress,
            aside=True,
        )

    def mend(self) -> None:
        """The fewest changes after leave or a swap, from today on."""
        if self.board is None or self._stop is not None:
            return
        first = self.board.view.first
        self._begin_making(_("Repairing the roster"), enough=False)
        self.runner.command(
            self,
            mend,
            first,
            max(first, self.today()),
            self._stop,
            on_done=self._mended,
            on_error=self._not_made,
            on_progress=self.making.progress,
            aside=True,
        )

    def _begin_making(self, title: str, *, enough: bool) -> None:
        self._stop = Stop()
        self._wait(waits=True)
        self.making.begin(title, enough=enough)

    def _wait(self, *, waits: bool) -> None:
        """While the engine works nothing else begins: its draft would stand beside another."""
        for button in (self.generate_button, self.mend_button, self.begin_button, self.publish_button, self.drop_button):
            if waits:
                button.block(lambda: _("at work"))
        self.drop_button.hide()  # the others need the room to say what they wait for; it comes back with the answer

    def _enough(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def _made(self) -> None:
        self._stop = None
        self.making.hide()
        self.reload()

    def _generated(self, solved: Solved) -> None:
        self._made()
        self.tell.emit(Notice(lambda: solved_words(solved), "amber" if solved.short else ""))

    def _mended(self, mended: Mended) -> None:
        self._made()
        if mended.roster_id is None:
            self._ask_why()
        else:
            self.tell.emit(Notice(lambda: mended_words(mended)))

    def _not_made(self, error: DomainError) -> None:
        self._made()
        self.tell.emit(error)
        if isinstance(error, RosterUnsolvedError):
            self._ask_why()

    def _ask_why(self) -> None:
        """Which rules stand against each other, and the ways out."""
        if self.board is not None:
            first, last = self.board.view.first, self.board.view.last
            self.runner.query(self, why, first, last, self.runner.now(), on_done=self._show_why, bench=True)

    def _show_why(self, dispute: Dispute | None) -> None:
        if dispute is not None:
            DisputeDialog(self, dispute).show_over()

    # Breaches
    def _open_breaches(self) -> list[BreachView]:
        return [each for each in self.board.view.breaches if not each.reason and is_answerable(each)] if self.board else []

    def _moved(self) -> None:
        """The breach of the current cell, else the first that is open."""
        found = self.board
        if found is None:
            return
        self._ask_fatigue(found)
        index = self.grid.people.currentIndex()
        place = self.model.place(index.row(), index.column()) if index.isValid() else None
        here = self.model.broken.get(place, ()) if place else ()
        opened = self._open_breaches()
        shown = here[0] if here else self.breach.breach if self.breach.breach in opened else next(iter(opened), None)
        self.breach.show_breach(shown, len(opened), found.editable)
        self._ask_remedies(shown)

    def _ask_fatigue(self, found: Board) -> None:
        """The band of the person of the current row."""
        row_ = max(self.grid.people.currentIndex().row(), 0)
        person = self.model.rows[row_].person_id if row_ < len(self.model.rows) else 0
        if (found, person) == self._tired:
            return
        self._tired = (found, person)
        self.band.show_person("", None, self.runner.zone)
        if found.view.roster_id is not None and person:
            self.runner.query(
                self, use.fatigue_hours, found.view.roster_id, person, self.runner.now(), on_done=self._show_fatigue, bench=True
            )

    def _show_fatigue(self, fatigue: Fatigue) -> None:
        if fatigue.person == self._tired[1]:
            name = next((row_.name for row_ in self.model.rows if row_.person_id == fatigue.person), "")
            self.band.show_person(name, fatigue, self.runner.zone)

    def next_breach(self) -> None:
        """The cell of the next breach without a reason."""
        opened = self._open_breaches()
        if not opened:
            return
        at = opened.index(self.breach.breach) + 1 if self.breach.breach in opened else 0
        wanted = opened[at % len(opened)]
        self._tell_breach(wanted, opened)
        people = [row_.person_id for row_ in self.model.rows]
        day = self.model.marked(wanted)
        if wanted.breach.person in people and day in self.model.days:
            self.grid.people.go_to(people.index(wanted.breach.person), self.model.days.index(day))
            self._tell_breach(wanted, opened)

    def _tell_breach(self, wanted: BreachView, opened: list[BreachView]) -> None:
        self.breach.show_breach(wanted, len(opened), self.board is not None and self.board.editable)
        self._ask_remedies(wanted)

    def _keep_breach(self, key: str, words: str) -> None:
        if self.board is not None and self.board.draft is not None:
            self.runner.command(self, use.give_reason, self.board.draft.roster_id, key, words)

    def _ask_remedies(self, breach: BreachView | None) -> None:
        """The nearest ways to mend the breach shown, looked for aside; what was asked before is wanted no longer."""
        found = self.board
        wanted = (breach.breach.key, id(found)) if breach and found and found.editable and not breach.reason else None
        if wanted == self._sought:
            return
        self._sought = wanted
        if self._search is not None:
            self._search.cancel()
        self.breach.show_remedies((), {})
        if wanted is not None and breach is not None and found is not None and found.draft is not None:
            args = found.draft.roster_id, breach.breach, self.runner.now()
            self._search = self.runner.query(self, use.remedies, *args, on_done=self._show_remedies, bench=True)

    def _show_remedies(self, found: tuple[Remedy, ...]) -> None:
        self._search = None
        if self.board is not None and not self.model.sending:
            self.breach.show_remedies(found, self.board.called)

    def _adopt(self, remedy: Remedy | None) -> None:
        """Mend it so: as if typed, and taken back like it."""
        if remedy is not None:
            self.model.change({(each.person_id, each.day): each.code for each in remedy.changes})

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

    # Versions
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
