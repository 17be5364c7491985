"""The rounds page: timeline of the shift on top; below it a round being walked, the choice of one to begin, or those of before."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer

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
from stationdesk.ui.rounds.past import HEADS, past_row
from stationdesk.ui.rounds.start import StartPanel, StartRow
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.span import Span
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.timeline import Timeline
from stationdesk.ui.widgets.walk_board import WalkBoard
from stationdesk.ui.widgets.walk_desk import Deeds
from stationdesk.ui.widgets.walk_page import Part, Said, WalkPage

AGAIN_MS = 30_000
DEEDS = Deeds("round", answer_line, pause_round, resume_round, close_round, abort_round)
SAID = Said(
    due=lambda: _("Due rounds"),
    sheet=lambda: _("Print this round"),
    closed=lambda: _("The round is signed off."),
    aborted=lambda: _("The round is given up; it does not count as walked."),
)


class RoundsPage(WalkPage):
    """Targets: id of a round, or ("window", route_id, start of the window)."""

    name = "rounds"
    kinds = frozenset({"round", "round_line", "round_pause", "window_excuse", "route", "route_version", "shift", "duty_spell", "hazard"})

    def __init__(self, runner: Runner) -> None:
        board = WalkBoard(True, lambda: _("Why was it walked late?"), lambda: _("Why is the round given up?"), lambda: _("Give up"))
        self.start = StartPanel()
        super().__init__(runner, SAID, DEEDS, HEADS, board, self.start)
        self.view: RoundsView | None = None
        self._wanted: tuple[int, datetime] | None = None
        now = runner.now()
        self.timeline = Timeline(Span(now, now.replace(microsecond=0), now, (), runner.zone))
        self.place(self.timeline)
        self.timeline.hide()
        self.timeline.picked.connect(self.show_target)
        self.start.asked.connect(self._begin)
        self.start.opened.connect(self.show_run)
        self.start.explained.connect(self._explain)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._beat)
        self._again.start()

    def title(self) -> str:
        return _("Rounds")

    # --- loading

    def reload(self) -> None:
        self.desk.look()
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
        self.board.offer(view.choices)
        actor = self.runner.actor
        self.start.show_view(view, actor.person_id if actor else None)
        if self._wanted is not None:
            self.start.select(*self._wanted)
            self._wanted = None
        if self.part is None:
            self._first(view)
        elif self.part is Part.WALK:
            self.query_run()
        elif self.part is Part.PAST:
            self.query_past()

    def _first(self, view: RoundsView) -> None:
        """What one sees first: the round that is being walked, else the choice of one."""
        if self.desk.run_id is not None:
            self.query_run()
        elif view.running:
            self.show_run(view.running[0])
        else:
            self.turn(Part.CHOOSE)

    def query_run(self) -> None:
        if self.desk.run_id is not None:
            self.runner.query(self, round_view, self.desk.run_id, on_done=self._show_round)

    def _show_round(self, found: RoundView) -> None:
        if self.view is not None and self.run_came(found):
            self.show_walk(wording.run_of(found, self.view.choices, self.runner.now(), self.desk.times))

    def query_past(self) -> None:
        self.runner.query(self, history, on_done=self._show_past)

    def _show_past(self, found: tuple[RoundBrief, ...]) -> None:
        if self.view is not None:
            self.old.show_past([past_row(each, self.view.zone) for each in found], self.view.closed_shifts)

    def say_again(self) -> None:
        if self.view is not None:
            self._show_view(self.view)

    # --- what stands below the timeline

    def show_target(self, target: object) -> None:
        if isinstance(target, int):
            self.show_run(target)
        elif isinstance(target, tuple) and len(target) == 3 and target[0] == "window":
            self._show_window(int(target[1]), target[2])

    def _show_window(self, route_id: int, opens: datetime) -> None:
        windows = [each for lane in self.view.lanes for each in lane.windows] if self.view is not None else []
        found = next((each for each in windows if (each.route_id, each.opens) == (route_id, opens)), None)
        if found is not None and found.round_id is not None and not found.owes_words:
            self.show_run(found.round_id)
            return
        self._wanted = None if found is not None else (route_id, opens)
        self.turn(Part.CHOOSE)
        self.start.select(route_id, opens)

    # --- what a person does

    def _begin(self, route_id: int, start: RoundStart) -> None:
        self.runner.command(self, start_round, route_id, start, on_done=self._begun, on_error=self._refused)

    def _begun(self, round_id: int) -> None:
        self.start.clear()
        self.show_run(round_id)

    def _explain(self, route_id: int, opens: datetime, words: str) -> None:
        self.runner.command(self, explain_window, route_id, opens, words, on_done=self._explained, on_error=self._refused)

    def _explained(self, _nothing: object) -> None:
        self.start.clear()
        self.start.take_focus()

    def _refused(self, error: DomainError) -> None:
        if not self.start.refuse(error):
            self.tell.emit(error)

    def sheet(self) -> tuple[str, str]:
        return "rounds", f"round:{self.run.brief.id}"

    def blank(self) -> tuple[str, str] | None:
        route_id = self._route()
        return ("round-blank", str(route_id)) if route_id is not None else None

    def _route(self) -> int | None:
        if self.part is Part.WALK and self.run is not None:
            return int(self.run.route.route_id)
        each = self.start.table.current_row()
        if isinstance(each, StartRow):
            return each.route.route_id
        return self.view.routes[0].route_id if self.view is not None and self.view.routes else None
