"""The rounds page: timeline of the shift on top; below it a round being walked, the choice of one to begin, or those of before."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QStackedWidget

from stationdesk.domain.answers import State
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import _
from stationdesk.services.rounds import (
    RoundBrief,
    RoundStart,
    RoundsView,
    RoundView,
    abort_round,
    answer_line,
    close_round,
    explain_window,
    history,
    pause_round,
    resume_round,
    round_view,
    rounds_view,
    start_round,
)
from stationdesk.ui.rounds import wording
from stationdesk.ui.rounds.past import PastPanel
from stationdesk.ui.rounds.start import StartPanel, StartRow
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Keys, Notice, Page, page_head
from stationdesk.ui.widgets.span import Span
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.timeline import Timeline
from stationdesk.ui.widgets.walk_board import WalkBoard, keys_of
from stationdesk.ui.widgets.walk_desk import Deeds, WalkDesk
from stationdesk.ui.widgets.walk_side import HazardChoices

AGAIN_MS = 30_000
DEEDS = Deeds("round", answer_line, pause_round, resume_round, close_round, abort_round)


class Part(StrEnum):
    """What stands below the timeline."""

    WALK = "walk"
    CHOOSE = "choose"
    PAST = "past"


class RoundsPage(Page):
    """Targets: id of a round, or ("window", route_id, start of the window)."""

    name = "rounds"
    kinds = frozenset({"round", "round_line", "round_pause", "window_excuse", "route", "route_version", "shift", "duty_spell", "hazard"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.view: RoundsView | None = None
        self.round: RoundView | None = None
        self.past: tuple[RoundBrief, ...] = ()
        self.part: Part | None = None
        self.shift_id: int | None = None
        self._wanted: tuple[int, datetime] | None = None
        self._build()
        self._connect()
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._beat)
        self._again.start()

    def title(self) -> str:
        return _("Rounds")

    def _build(self) -> None:
        self.fact = Line("", "body text-2", elide=True)
        self.due = Button(lambda: _("Due rounds"), "list-checks", key="Ctrl D", on_click=self.choose)
        self.history = Button(lambda: _("History"), "history", key="Ctrl H", on_click=self.show_past)
        self.print = Button(lambda: _("Print blank form"), "printer", on_click=self._print)
        now = self.runner.now()
        self.timeline = Timeline(Span(now, now.replace(microsecond=0), now, (), self.runner.zone))
        self.board = WalkBoard(True, lambda: _("Why was it walked late?"), lambda: _("Why is the round given up?"), lambda: _("Give up"))
        self.start, self.old = StartPanel(), PastPanel()
        self.stack = QStackedWidget()
        for each in (self.board, self.start, self.old):
            self.stack.addWidget(each)
        self.lay_out(page_head(self.title, self.fact, self.due, self.history, self.print), self.timeline, self.stack)
        self.timeline.hide()

    def _connect(self) -> None:
        self.desk = WalkDesk(self, self.board, DEEDS)
        self.desk.ready.connect(self._query_round)
        self.desk.finished.connect(self._finished)
        self.timeline.picked.connect(self.show_target)
        self.start.asked.connect(self._begin)
        self.start.opened.connect(self.show_round)
        self.start.explained.connect(self._explain)
        self.old.opened.connect(self.show_round)
        self.old.shift_chosen.connect(self._choose_shift)
        self.runner.actor_changed.connect(self._other_actor)

    # --- loading

    def reload(self) -> None:
        self.runner.query(self, rounds_view, self.runner.now(), self.shift_id, on_done=self._show_view)

    def _beat(self) -> None:
        """Windows come and go by the clock alone."""
        if self.isVisible():
            self.reload()

    def _show_view(self, view: RoundsView) -> None:
        self.view = view
        self.fact.say(plain(wording.count_words(view)))
        self.timeline.show_span(wording.span(view))
        self.timeline.setVisible(bool(view.lanes))
        self.board.offer(HazardChoices([(code, str(name)) for code, name in view.choices.grades], view.choices.people))
        actor = self.runner.actor
        self.start.show_view(view, actor.person_id if actor else None)
        if self._wanted is not None:
            self.start.select(*self._wanted)
            self._wanted = None
        if self.part is None:
            self._first(view)
        elif self.part is Part.WALK:
            self._query_round()
        elif self.part is Part.PAST:
            self._query_past()

    def _first(self, view: RoundsView) -> None:
        """What one sees first: the round that is being walked, else the choice of one."""
        if view.running:
            self.show_round(view.running[0])
        else:
            self._turn(Part.CHOOSE)

    def _query_round(self) -> None:
        if self.desk.run_id is not None:
            self.runner.query(self, round_view, self.desk.run_id, on_done=self._show_round)

    def _show_round(self, found: RoundView) -> None:
        if found.brief.id != self.desk.run_id:
            return
        self.round = found
        grades = {code: str(name) for code, name in self.view.choices.grades} if self.view is not None else {}
        run = wording.run_of(found, grades, self.runner.now(), self.desk.times)
        fresh = self.part is not Part.WALK or self.board.run is None or self.board.run.id != run.id
        self.board.show_run(run)
        self._turn(Part.WALK)
        if fresh and self.isVisible():
            self.board.take_focus()

    def _query_past(self) -> None:
        self.runner.query(self, history, on_done=self._show_past)

    def _show_past(self, found: tuple[RoundBrief, ...]) -> None:
        self.past = found
        if self.view is not None:
            self.old.show_rounds(found, self.view)

    # --- what stands below the timeline

    def _turn(self, part: Part) -> None:
        self.part = part
        self.stack.setCurrentWidget({Part.WALK: self.board, Part.CHOOSE: self.start, Part.PAST: self.old}[part])
        self.show_keys(self._keys())
        own = part is Part.WALK and self.round is not None and self.round.brief.state == State.CLOSED
        self.print.say(lambda: _("Print this round") if own else _("Print blank form"))

    def take_focus(self) -> None:
        """The keyboard to the line being asked, or to the list of what can be chosen."""
        if self.part is Part.WALK:
            self.board.take_focus()
        elif self.part is Part.PAST:
            self.old.take_focus()
        else:
            self.start.take_focus()

    def _keys(self) -> Keys:
        if self.part is Part.WALK:
            return keys_of(True) if self.round is not None and self.round.alive else ()
        if self.part is Part.CHOOSE:
            return [("Enter", lambda: _("choose")), ("F9", lambda: _("begin"))]
        return [("Enter", lambda: _("show"))]

    def show_round(self, round_id: int) -> None:
        """Walk a round on, or look at one."""
        self.desk.take(round_id)
        if self.runner.actor is None:
            self._query_round()

    def choose(self) -> None:
        """The due windows of the open shift."""
        self.desk.take(None)
        self.shift_id = None
        self._turn(Part.CHOOSE)
        self.reload()
        self.start.take_focus()

    def show_past(self) -> None:
        """The rounds of before."""
        self._turn(Part.PAST)
        self._query_past()
        self.old.take_focus()

    def show_target(self, target: object) -> None:
        if isinstance(target, int):
            self.show_round(target)
        elif isinstance(target, tuple) and len(target) == 3 and target[0] == "window":
            self._show_window(int(target[1]), target[2])

    def _show_window(self, route_id: int, opens: datetime) -> None:
        windows = [each for lane in self.view.lanes for each in lane.windows] if self.view is not None else []
        found = next((each for each in windows if (each.route_id, each.opens) == (route_id, opens)), None)
        if found is not None and found.round_id is not None and not found.owes_words:
            self.show_round(found.round_id)
            return
        self._wanted = None if found is not None else (route_id, opens)
        self._turn(Part.CHOOSE)
        self.start.select(route_id, opens)

    def _choose_shift(self, shift_id: int) -> None:
        """A shift that is handed over: a round on paper is entered afterwards, and marked."""
        self.shift_id = shift_id
        self.desk.take(None)
        self._turn(Part.CHOOSE)
        self.reload()
        self.start.take_focus()

    # --- what a person does

    def _begin(self, route_id: int, start: RoundStart) -> None:
        self.runner.command(self, start_round, route_id, start, on_done=self._begun, on_error=self._refused)

    def _begun(self, round_id: int) -> None:
        self.start.clear()
        self.show_round(round_id)

    def _explain(self, route_id: int, opens: datetime, words: str) -> None:
        self.runner.command(self, explain_window, route_id, opens, words, on_done=self._explained, on_error=self._refused)

    def _explained(self, _nothing: object) -> None:
        self.start.clear()
        self.start.take_focus()

    def _refused(self, error: DomainError) -> None:
        if not self.start.refuse(error):
            self.tell.emit(error)

    def _finished(self, how: str) -> None:
        words = {"closed": lambda: _("The round is signed off."), "aborted": lambda: _("The round is given up; its window is due again.")}
        self.tell.emit(Notice(words[how]))
        self.board.drop_reason()
        self.choose()

    def _other_actor(self, _actor: object) -> None:
        """Another person at the desk: their own words that are not entered yet, and not themselves as second person."""
        self.stale = True
        if self.desk.run_id is not None:
            self.desk.take(self.desk.run_id)
        self._load_if_seen()

    def _print(self) -> None:
        """The round shown if it is signed off, else a blank form of the route chosen."""
        if self.part is Part.WALK and self.round is not None and self.round.brief.state == State.CLOSED:
            self.go.emit("reports", ("rounds", f"round:{self.round.brief.id}"))
        elif (route_id := self._route()) is not None:
            self.go.emit("reports", ("round-blank", str(route_id)))

    def _route(self) -> int | None:
        if self.part is Part.WALK and self.round is not None:
            return self.round.route.route_id
        each = self.start.table.current_row()
        if isinstance(each, StartRow):
            return each.route.route_id
        return self.view.routes[0].route_id if self.view is not None and self.view.routes else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.view is not None:
            self._show_view(self.view)
