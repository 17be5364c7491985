"""The checklists page: what is due and how one begins; one being filled in; those of before."""

from __future__ import annotations

from stationdesk.domain.words import _
from stationdesk.services.checklists import (
    ChecklistBrief,
    ChecklistsView,
    ChecklistView,
    abort_checklist,
    answer_item,
    checklist_view,
    checklists_view,
    close_checklist,
    history,
    pause_checklist,
    resume_checklist,
    start_checklist,
)
from stationdesk.ui.checklists import wording
from stationdesk.ui.checklists.past import HEADS, past_row
from stationdesk.ui.checklists.start import StartPanel
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.walk_board import WalkBoard
from stationdesk.ui.widgets.walk_desk import Deeds
from stationdesk.ui.widgets.walk_page import Part, Said, WalkPage

DEEDS = Deeds("checklist", answer_item, pause_checklist, resume_checklist, close_checklist, abort_checklist)
SAID = Said(
    due=lambda: _("Due checklists"),
    sheet=lambda: _("Print this list"),
    closed=lambda: _("The checklist is signed off."),
    aborted=lambda: _("The checklist is given up; it does not count as filled in."),
)


class ChecklistsPage(WalkPage):
    """Targets: id of a checklist, or the code of a template that is due."""

    name = "checklists"
    kinds = frozenset({"checklist", "checklist_line", "checklist_template", "checklist_version", "shift", "duty_spell", "hazard"})

    def __init__(self, runner: Runner) -> None:
        board = WalkBoard(False, "", lambda: _("Why is the checklist given up?"), lambda: _("Give up"))
        self.start = StartPanel()
        super().__init__(runner, SAID, DEEDS, HEADS, board, self.start)
        self.view: ChecklistsView | None = None
        self.place()
        self.start.asked.connect(self._begin)
        self.start.opened.connect(self.show_run)

    def title(self) -> str:
        return _("Checklists")

    # --- loading

    def reload(self) -> None:
        self.desk.look()
        self.runner.query(self, checklists_view, self.runner.now(), self.shift_id, on_done=self._show_view)

    def _show_view(self, view: ChecklistsView) -> None:
        self.view = view
        self.fact.say(plain(wording.count_words(view)))
        self.board.offer(view.choices)
        self.start.show_view(view)
        if self.desk.run_id is not None:
            self.query_run()
        elif self.part is Part.PAST:
            self.query_past()
        elif self.part is None:
            self.turn(Part.CHOOSE)

    def query_run(self) -> None:
        if self.desk.run_id is not None:
            self.runner.query(self, checklist_view, self.desk.run_id, on_done=self._show_list)

    def _show_list(self, found: ChecklistView) -> None:
        if self.view is not None and self.run_came(found):
            self.show_walk(wording.run_of(found, self.view.choices, self.runner.now()))

    def query_past(self) -> None:
        self.runner.query(self, history, on_done=self._show_past)

    def _show_past(self, found: tuple[ChecklistBrief, ...]) -> None:
        if self.view is not None:
            self.old.show_past([past_row(each, self.view.zone) for each in found], self.view.closed_shifts)

    def say_again(self) -> None:
        if self.view is not None:
            self._show_view(self.view)

    # --- what is on screen

    def show_target(self, target: object) -> None:
        if isinstance(target, int):
            self.show_run(target)
        elif isinstance(target, str):
            self.choose()
            self.start.due.select(target)

    # --- what a person does

    def _begin(self, template_id: int, mode: str) -> None:
        self.runner.command(self, start_checklist, template_id, mode, self.shift_id, on_done=self.show_run)

    def sheet(self) -> tuple[str, str]:
        return "checklists", f"checklist:{self.run.brief.id}"

    def blank(self) -> tuple[str, str] | None:
        if self.part is Part.WALK and self.run is not None:
            return "checklist-blank", str(self.run.template.template_id)
        due = self.start.due.current()
        return ("checklist-blank", str(due.id)) if due is not None else None
