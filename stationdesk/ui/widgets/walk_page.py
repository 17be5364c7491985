"""What the pages of rounds and checklists are alike: choose what is due, walk it, look at those of before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from stationdesk.domain.answers import State
from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import Item
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Keys, Notice, Page, page_head
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.walk_board import WalkBoard, keys_of
from stationdesk.ui.widgets.walk_desk import Deeds, WalkDesk
from stationdesk.ui.widgets.walk_past import KEYS, Heads, PastPanel
from stationdesk.ui.widgets.walk_run import WalkRun

if TYPE_CHECKING:
    from stationdesk.domain.permissions import NotAllowedError


class Part(StrEnum):
    """What the page shows."""

    WALK = "walk"
    CHOOSE = "choose"
    PAST = "past"


class Chooser(QWidget):
    """Shows what is due and begins one."""

    def allow(self, refused: Mapping[str, NotAllowedError]) -> None:
        """What the person at the desk may not do, by the act."""
        raise NotImplementedError

    def may_begin(self) -> bool:
        """Whether the person at the desk may begin one."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """The keyboard to the list of what is due."""
        raise NotImplementedError


class Brief(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def state(self) -> str: ...


class RunView(Protocol):
    """One round or checklist as the store shows it."""

    @property
    def brief(self) -> Brief: ...
    @property
    def alive(self) -> bool: ...


@dataclass(frozen=True)
class Said:
    """What a page calls its things: the due ones, the sheet of one, how one ended."""

    due: Words
    sheet: Words
    closed: Words
    aborted: Words


class WalkPage(Page):
    """A subclass queries: reload() the due ones, query_run() one, query_past() those of before; and says which sheets print."""

    def __init__(self, runner: Runner, said: Said, deeds: Deeds, heads: Heads, board: WalkBoard, chooser: Chooser) -> None:
        super().__init__(runner)
        self.said, self.board, self.chooser, self.old = said, board, chooser, PastPanel(heads)
        self.part: Part | None = None
        self.run: Any = None  # RunView: the one in view
        self.shift_id: int | None = None
        self.fact = Line("", "body text-2", elide=True)
        self.due = Button(said.due, "list-checks", key="Ctrl D", on_click=self.choose)
        self.history = Button(lambda: _("History"), "history", key="Ctrl H", on_click=self.show_past)
        self.print = Button(lambda: _("Print blank form"), "printer", on_click=self._print)
        self.desk = WalkDesk(self, board, deeds)
        self.stack = QStackedWidget()
        for each in (board, chooser, self.old):
            self.stack.addWidget(each)
        self.stack.setCurrentWidget(chooser)
        self.desk.ready.connect(self.query_run)
        self.desk.finished.connect(self._finished)
        self.desk.allowed.connect(self._allow)
        self.old.opened.connect(self.show_run)
        self.old.shift_chosen.connect(self.choose_shift)
        runner.actor_changed.connect(self._other_actor)

    def place(self, *above: Item) -> None:
        """Lay out: the head, what stands above, and what is shown below."""
        self.lay_out(page_head(self.title, self.fact, self.due, self.history, self.print), *above, self.stack)

    # --- asked of the subclass

    def query_run(self) -> None:
        """Ask for the one the desk is at."""
        raise NotImplementedError

    def query_past(self) -> None:
        """Ask for those of before."""
        raise NotImplementedError

    def blank(self) -> tuple[str, str] | None:
        """Report and subject of the blank form of what is chosen."""
        raise NotImplementedError

    def sheet(self) -> tuple[str, str]:
        """Report and subject of the run in view."""
        raise NotImplementedError

    # --- what is on screen

    def _allow(self, refused: dict[str, NotAllowedError]) -> None:
        """Whose actions they are, said before they are tried."""
        self.chooser.allow(refused)
        self.old.allow(refused.get("start"))
        self.show_keys(self._keys())

    def turn(self, part: Part) -> None:
        """Show another part."""
        self.part = part
        self.stack.setCurrentWidget({Part.WALK: self.board, Part.CHOOSE: self.chooser, Part.PAST: self.old}[part])
        self.show_keys(self._keys())
        self.print.say(self.said.sheet if self._own() else lambda: _("Print blank form"))

    def _own(self) -> bool:
        """A signed run is in view: it has a sheet of its own."""
        return self.part is Part.WALK and self.run is not None and self.run.brief.state == State.CLOSED

    def _keys(self) -> Keys:
        if self.part is Part.WALK:
            return self._walk_keys()
        if self.part is Part.PAST:
            return KEYS
        return [("Enter", lambda: _("choose")), *((("F9", lambda: _("begin")),) if self.chooser.may_begin() else ())]

    def _walk_keys(self) -> Keys:
        if self.run is None or not self.run.alive or not self.board.may_write():
            return ()
        paused = self.run.brief.state == State.PAUSED
        return [("P", lambda: _("resume"))] if paused else keys_of(self.board.list.times)

    def take_focus(self) -> None:
        """The keyboard to the line being asked, or to the list of what can be chosen."""
        if self.part is Part.WALK:
            self.board.take_focus()
        elif self.part is Part.PAST:
            self.old.take_focus()
        else:
            self.chooser.take_focus()

    def show_run(self, run_id: int) -> None:
        """Walk one on, or look at one."""
        self.desk.take(run_id)
        if self.runner.actor is None:
            self.query_run()

    def run_came(self, found: RunView) -> bool:
        """Whether this is the one the desk is at."""
        if found.brief.id != self.desk.run_id:
            return False
        self.run = found
        return True

    def show_walk(self, run: WalkRun) -> None:
        """Fill the board and show it."""
        fresh = self.part is not Part.WALK or self.board.run is None or self.board.run.id != run.id
        self.board.show_run(run)
        self.turn(Part.WALK)
        if fresh and self.isVisible():
            self.board.take_focus()

    def choose(self) -> None:
        """What is due in the open shift."""
        self.choose_shift(None)

    def choose_shift(self, shift_id: int | None) -> None:
        """What is due in the open shift, or in one that is handed over: one on paper is entered there afterwards, and marked."""
        self.desk.take(None)
        self.run, self.shift_id = None, shift_id
        self.turn(Part.CHOOSE)
        self.reload()
        self.chooser.take_focus()

    def show_past(self) -> None:
        """Those of before."""
        self.turn(Part.PAST)
        self.query_past()
        self.old.take_focus()

    # --- what a person does

    def _finished(self, how: str) -> None:
        self.tell.emit(Notice(self.said.closed if how == "closed" else self.said.aborted))
        self.board.drop_reason()
        self.choose_shift(self.shift_id)

    def _other_actor(self, _actor: object) -> None:
        """Another person at the desk: their own words that are not entered yet, and not themselves as second person."""
        self.stale = True
        if self.desk.run_id is not None:
            self.desk.take(self.desk.run_id)
        self._load_if_seen()

    def _print(self) -> None:
        """The run in view if it is signed off, else a blank form."""
        wanted = self.sheet() if self._own() else self.blank()
        if wanted is not None:
            self.go.emit("reports", wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say_again()

    def say_again(self) -> None:
        """Another language: what was shown is worded anew."""
        raise NotImplementedError
