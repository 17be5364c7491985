"""The roster page: a month of people by days, planned by keys; what breaks a rule, what people ask, and publishing it with a signature."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import day_of
from stationdesk.domain.permissions import whose
from stationdesk.domain.roster.errors import RosterUnsolvedError
from stationdesk.domain.roster.fatigue import Fatigue
from stationdesk.domain.words import C_, _
from stationdesk.services import NOBODY
from stationdesk.services import roster as use
from stationdesk.services.roster import BreachView, Change, LeaveView, StandIn, SwapView, Version
from stationdesk.services.roster.solve import Dispute, Mended, Solved
from stationdesk.services.shifts import confirm_stand_in
from stationdesk.ui.roster.asks_card import AsksCard
from stationdesk.ui.roster.board import Board, board
from stationdesk.ui.roster.breach_card import BreachCard
from stationdesk.ui.roster.dialogs import DecisionDialog, DisputeDialog, LeaveDialog, SwapDialog
from stationdesk.ui.roster.fatigue_band import FatigueBand
from stationdesk.ui.roster.grid import RosterGrid
from stationdesk.ui.roster.hints_card import HintsCard
from stationdesk.ui.roster.legend import Legend
from stationdesk.ui.roster.making import MakingCard, Stop, generate, mend, mended_words, solved_words, why
from stationdesk.ui.roster.model import Place, RosterModel
from stationdesk.ui.roster.months import Months
from stationdesk.ui.roster.past import PastDialog
from stationdesk.ui.roster.shown import is_answerable
from stationdesk.ui.roster.wording import draft_words, shown_words, span_words
from stationdesk.ui.runner import Runner
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

SIDE, HEAD = 236, 32
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
    """Digits set the shifts of the cells chosen; N begins a draft, L asks for leave, S for a swap, B leads to the next breach."""

    name = "roster"
    kinds = KINDS

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.board: Board | None = None
        self.looking = 0  # the version looked at, 0 for the newest
        self.model = RosterModel(self)
        self._make_parts()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        return _("Roster")

    # Parts
    def _make_parts(self) -> None:
        self.months = Months(self._today())
        self.published, self.draft_chip = Chip(""), Chip("", look="draft")
        self.back_button = Button(lambda: _("Back to the newest"), key="Esc", on_click=self.back_to_newest)
        self.mend_button = Button(lambda: _("Repair"), "wrench", key="R", on_click=self.mend)
        self.generate_button = Button(lambda: _("Generate"), "refresh-cw", key="G", on_click=self.generate)
        self.making = MakingCard()
        self._stop: Stop | None = None
        self.begin_button = Button(lambda: _("Make a draft"), "plus", key="N", on_click=self.begin)
        self.drop_button = Button(lambda: _("Drop the draft"), on_click=self.drop)
        self.publish_button = Button(self._publish_words, look="primary", key="Ctrl Enter", on_click=self.publish)
        self.grid, self.legend = RosterGrid(self.model), Legend()
        self.band = FatigueBand(self.grid.day_left)
        self._tired: tuple[object, int] = (None, 0)  # whose fatigue is shown, of which board
        self.breach, self.hints, self.asks = BreachCard(), HintsCard(), AsksCard()

    def _lay_out(self) -> None:
        head = row(Line(self.title, "title"), self.months, self.published, self.draft_chip, None, spacing=12)
        for button in (self.back_button, self.mend_button, self.generate_button, self.begin_button, self.drop_button, self.publish_button):
            head.addWidget(button)
        head.addStrut(HEAD)
        left = Card(self.grid, rule(), self.band, rule(), self.legend, sides=0)
        left.body.setStretch(0, 1)
        inside = QWidget()
        column(self.making, self.breach, self.asks, self.hints, None, owner=inside, spacing=16)
        side = QScrollArea()
        side.setWidget(inside)
        side.setWidgetResizable(True)
        side.setFrameShape(QScrollArea.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side.setFixedWidth(SIDE)
        middle = row(left, side, spacing=16)
        middle.setStretchFactor(left, 1)
        self.lay_out(head, middle)
        self._say_keys()

    def _say_keys(self) -> None:
        self.show_keys(
            [
                ("1–9", lambda: C_("key", "shift, off")),
                ("Ctrl Z", lambda: C_("key", "undo")),
                ("B", lambda: C_("key", "next breach")),
                ("L", lambda: C_("key", "leave")),
                ("S", lambda: C_("key", "swap")),
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
        self.asks.decided.connect(self.decide)
        self.asks.agreed.connect(self._agree)
        self.asks.confirmed.connect(self._confirm)
        self.runner.actor_changed.connect(self._person_changed)
        shortcut(self, "Alt Left", partial(self.months.step, -1))
        shortcut(self, "Alt Right", partial(self.months.step, 1))
        for key, slot in (("L", self.ask_leave), ("S", self.ask_swap), ("Ctrl H", self.show_past)):
            shortcut(self, key, slot)

    def _today(self) -> date:
        return day_of(self.runner.now(), self.runner.zone)

    def _publish_words(self) -> str:
        number = self.board.next_number if self.board else 0
        return _("Publish version {n}").format(n=number) if number else _("Publish")

    def take_focus(self) -> None:
        """The grid: that is what one works in."""
        self.grid.people.setFocus(Qt.FocusReason.OtherFocusReason)

    # Loading
    def reload(self) -> None:
        person = (self.runner.actor or NOBODY).person_id
        self.runner.query(self, board, self.months.first, self.looking, person, self.runner.now(), on_done=self._show)

    def _show(self, found: Board) -> None:
        if found.view.first != self.months.first or (self.looking and found.view.roster_id != self.looking):
            return
        self.board = found
        self.model.show(found.view, editable=found.editable)
        self.grid.people.posts = found.posts
        self.grid.name_spans(*span_words(found.view))
        self.legend.show_kinds([*self.model.kinds, *(kind for kind in found.view.kinds if not kind.desk)])
        self._show_head(found)
        self.hints.show_board(found, self.model)
        self.asks.show_board(found)
        self._moved()

    def _show_head(self, found: Board) -> None:
        zone, draft = self.runner.zone, found.draft is not None
        look = "strong" if found.view.published_number else ""
        self.published.show_state(lambda: shown_words(found.view, zone, looking=bool(self.looking)), look=look)
        self.draft_chip.setVisible(draft)
        self.draft_chip.show_state(lambda: draft_words(found.view), look="draft")
        self.back_button.setVisible(bool(self.looking))
        self.begin_button.setVisible(not draft and not self.looking)
        self.generate_button.setVisible(not self.looking)
        self.mend_button.setVisible(not draft and not self.looking and bool(found.view.published_number))
        self.drop_button.setVisible(draft)
        self.publish_button.setVisible(draft)
        for button, case in (
            (self.begin_button, "draft_roster"),
            (self.generate_button, "draft_roster"),
            (self.mend_button, "draft_roster"),
            (self.drop_button, "change_roster"),
            (self.publish_button, "publish_roster"),
        ):
            refusal = found.refusals.get(case)
            button.block(partial(whose, refusal) if refusal else "")
        if self._stop is not None:
            self._wait(waits=True)

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
            max(first, self._today()),
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
        self.breach.show_breach(wanted, len(opened), self.board is not None and self.board.editable)
        people = [row_.person_id for row_ in self.model.rows]
        day = self.model.marked(wanted)
        if wanted.breach.person in people and day in self.model.days:
            self.grid.people.go_to(people.index(wanted.breach.person), self.model.days.index(day))
            self.breach.show_breach(wanted, len(opened), self.board is not None and self.board.editable)

    def _keep_breach(self, key: str, words: str) -> None:
        if self.board is not None and self.board.draft is not None:
            self.runner.command(self, use.give_reason, self.board.draft.roster_id, key, words)

    # Leave and swaps
    def _chosen(self) -> tuple[Place, Place] | None:
        """The first and the last of the cells chosen."""
        places = self.grid.people.places()
        return (min(places), max(places)) if places else None

    def ask_leave(self) -> None:
        """Leave of the person of the chosen row: one's own is asked for, another's is recorded by who may."""
        found, chosen, actor = self.board, self._chosen(), self.runner.actor
        if found is None or chosen is None or actor is None:
            return
        person = chosen[0][0]
        own = person == actor.person_id
        refusal = found.refusals.get("ask_leave" if own else "record_leave")
        if refusal is not None:
            self.tell.emit(refusal)
            return
        name = next(row_.name for row_ in found.view.rows if row_.person_id == person)

        def ask(first: date, last: date, kind: str, words: str, dialog: LeaveDialog) -> None:
            call = partial(use.ask_leave) if own else partial(use.record_leave)
            values = (first, last, kind, words) if own else (person, first, last, kind, words)
            self.runner.command(dialog, call, *values, on_done=dialog.finish, on_error=dialog.fail)

        LeaveDialog(self, name, chosen[0][1], chosen[1][1], self._today, ask).show_over()

    def ask_swap(self) -> None:
        """A swap of a duty of one's own."""
        found, actor = self.board, self.runner.actor
        if found is None or actor is None:
            return
        if not found.view.published_number or found.view.draft:
            self.tell.emit(Notice(lambda: _("Swaps are asked of a published roster."), "amber"))
            return
        chosen = self._chosen()
        others = [(row_.person_id, row_.name) for row_ in found.view.rows if row_.person_id != actor.person_id]

        def ask(asked: use.Asked, dialog: SwapDialog) -> None:
            self.runner.command(dialog, use.ask_swap, asked, on_done=dialog.finish, on_error=dialog.fail)

        current = chosen[0][1] if chosen else None
        SwapDialog(self, actor.person_id, self._duties(actor.person_id), current, others, self._duties, ask).show_over()

    def _duties(self, person: int) -> list[tuple[date, str]]:
        return [(day, self.model.cell(person, day)) for day in self.model.days if self.model.cell(person, day)]

    def decide(self, ask: LeaveView | SwapView, approve: bool) -> None:
        """Approve at once what breaks nothing; the rest takes words."""
        if approve and not (isinstance(ask, SwapView) and ask.found):
            self._decide(ask, approve, "", None)
            return
        title = (lambda: _("Approve")) if approve else (lambda: C_("decision", "Refuse"))
        DecisionDialog(self, title, title, partial(self._decide, ask, approve)).show_over()

    def _decide(self, ask: LeaveView | SwapView, approve: bool, words: str, dialog: DecisionDialog | None) -> None:
        call = use.decide_leave if isinstance(ask, LeaveView) else use.decide_swap
        subject = ask.leave_id if isinstance(ask, LeaveView) else ask.swap_id
        self.runner.command(
            dialog or self,
            partial(call, approve=approve, words=words),
            subject,
            on_done=dialog.finish if dialog else None,
            on_error=dialog.fail if dialog else None,
        )

    def _agree(self, ask: SwapView) -> None:
        self.runner.command(self, use.agree_swap, ask.swap_id)

    def _confirm(self, stood: StandIn) -> None:
        self.runner.command(self, confirm_stand_in, stood.spell_id)

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
