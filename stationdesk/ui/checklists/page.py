"""The checklists page: what is due at the left, one being filled in at the right, or those of before."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.answers import State
from stationdesk.domain.words import _
from stationdesk.services.checklists import (
    ChecklistBrief,
    ChecklistsView,
    ChecklistView,
    DueView,
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
from stationdesk.ui.checklists.due import DueList
from stationdesk.ui.checklists.past import PastList
from stationdesk.ui.checklists.start import StartCard
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Notice, Page, page_head
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.walk_board import WalkBoard, keys_of
from stationdesk.ui.widgets.walk_desk import Deeds, WalkDesk
from stationdesk.ui.widgets.walk_side import HazardChoices

DEEDS = Deeds("checklist", answer_item, pause_checklist, resume_checklist, close_checklist, abort_checklist)


class ChecklistsPage(Page):
    """Target: id of a checklist."""

    name = "checklists"
    kinds = frozenset({"checklist", "checklist_line", "checklist_template", "checklist_version", "shift", "duty_spell", "hazard"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.view: ChecklistsView | None = None
        self.list_: ChecklistView | None = None
        self._build()
        self._connect()

    def title(self) -> str:
        return _("Checklists")

    def _build(self) -> None:
        self.fact = Line("", "body text-2", elide=True)
        self.now = Button(lambda: _("Due checklists"), "list-checks", key="Ctrl D", on_click=self.choose)
        self.history = Button(lambda: _("History"), "history", key="Ctrl H", on_click=self.show_past)
        self.print = Button(lambda: _("Print blank form"), "printer", on_click=self._print)
        self.due, self.start, self.old = DueList(), StartCard(), PastList()
        self.board = WalkBoard(False, "", lambda: _("Why is the checklist given up?"), lambda: _("Give up"))
        self.right = QStackedWidget()
        self.right.addWidget(self.start)
        self.right.addWidget(self.board)
        work = QWidget()
        row(self.due, self.right, owner=work, spacing=16).setStretch(1, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(work)
        self.stack.addWidget(self.old)
        self.lay_out(page_head(self.title, self.fact, self.now, self.history, self.print), self.stack)

    def _connect(self) -> None:
        self.desk = WalkDesk(self, self.board, DEEDS)
        self.desk.ready.connect(self._query_list)
        self.desk.finished.connect(self._finished)
        self.due.chosen.connect(self._choose)
        self.due.moved.connect(self._move)
        self.start.asked.connect(self._begin)
        self.start.opened.connect(self.show_list)
        self.old.opened.connect(self.show_list)
        self.runner.actor_changed.connect(self._other_actor)

    # --- loading

    def reload(self) -> None:
        self.runner.query(self, checklists_view, self.runner.now(), on_done=self._show_view)

    def _show_view(self, view: ChecklistsView) -> None:
        first = self.view is None
        self.view = view
        self.fact.say(plain(wording.count_words(view)))
        self.board.offer(HazardChoices([(code, str(name)) for code, name in view.grades], view.people))
        self.due.show_view(view)
        if self.desk.run_id is not None:
            self._query_list()
        else:
            self.start.show_due(self.due.current(), view)
            if first:
                self._move(self.due.current())
        if self.stack.currentWidget() is self.old:
            self._query_past()

    def _query_list(self) -> None:
        if self.desk.run_id is not None:
            self.runner.query(self, checklist_view, self.desk.run_id, on_done=self._show_list)

    def _show_list(self, found: ChecklistView) -> None:
        if found.brief.id != self.desk.run_id:
            return
        self.list_ = found
        grades = {code: str(name) for code, name in self.view.grades} if self.view is not None else {}
        self.board.show_run(wording.run_of(found, grades, self.runner.now()))
        self.right.setCurrentWidget(self.board)
        self.show_keys(keys_of(False) if found.alive else ())
        signed = found.brief.state == State.CLOSED
        self.print.say(lambda: _("Print this list") if signed else _("Print blank form"))

    def _query_past(self) -> None:
        self.runner.query(self, history, on_done=self._show_past)

    def _show_past(self, found: tuple[ChecklistBrief, ...]) -> None:
        self.old.show_lists(found, self.runner.zone)

    # --- what is on screen

    def _move(self, due: DueView | None) -> None:
        """Going through the list shows each one at the right: the one being filled in, else how to begin."""
        if due is not None and due.running is not None:
            self.desk.take(due.running)
        else:
            self._show_start(due)

    def _show_start(self, due: DueView | None) -> None:
        self.desk.take(None)
        self.list_ = None
        self.start.show_due(due, self.view)
        self.right.setCurrentWidget(self.start)
        self.show_keys([("Enter", lambda: _("choose")), ("F9", lambda: _("begin"))])
        self.print.say(lambda: _("Print blank form"))

    def _choose(self, due: DueView) -> None:
        """Enter at a list: go on with it, else say how it is captured."""
        if due.running is not None:
            self.board.take_focus()
        else:
            self.start.take_focus()

    def take_focus(self) -> None:
        """The keyboard to the list that is filled in, else to what is due."""
        shown = self.old if self.stack.currentWidget() is self.old else self.board if self.list_ is not None else self.due
        shown.take_focus()

    def choose(self) -> None:
        """What is due."""
        self.stack.setCurrentIndex(0)
        self._move(self.due.current())
        self.due.take_focus()

    def show_past(self) -> None:
        """The checklists of before."""
        self.stack.setCurrentWidget(self.old)
        self.show_keys([("Enter", lambda: _("show"))])
        self._query_past()
        self.old.take_focus()

    def show_list(self, checklist_id: int) -> None:
        """Fill a checklist in, or look at one."""
        self.stack.setCurrentIndex(0)
        self.desk.take(checklist_id)
        self.board.take_focus()

    def show_target(self, target: object) -> None:
        """A checklist's id, or the code of a template that is due."""
        if isinstance(target, int):
            self.show_list(target)
        elif isinstance(target, str):
            self.choose()
            self.due.select(target)

    # --- what a person does

    def _begin(self, template_id: int, mode: str) -> None:
        self.runner.command(self, start_checklist, template_id, mode, on_done=self.show_list)

    def _finished(self, how: str) -> None:
        words = {"closed": lambda: _("The checklist is signed off."), "aborted": lambda: _("The checklist is given up; it is due again.")}
        self.tell.emit(Notice(words[how]))
        self.board.drop_reason()
        self._show_start(self.due.current())
        self.reload()
        self.due.take_focus()

    def _other_actor(self, _actor: object) -> None:
        self.stale = True
        if self.desk.run_id is not None:
            self.desk.take(self.desk.run_id)
        self._load_if_seen()

    def _print(self) -> None:
        """The list shown if it is signed off, else a blank form of the one chosen."""
        due = self.due.current()
        if self.list_ is not None and self.list_.brief.state == State.CLOSED:
            self.go.emit("reports", ("checklists", f"checklist:{self.list_.brief.id}"))
        elif due is not None:
            self.go.emit("reports", ("checklist-blank", str(due.id)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.view is not None:
            self._show_view(self.view)
