"""What a walk board asks, done in the store: answers, words, hazards, pauses, sign-off, and words kept while they are typed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import NOBODY
from stationdesk.services.drafts import drop_draft, save_draft
from stationdesk.services.lines import Given, HazardWish, drafts_of
from stationdesk.services.permissions import refusals
from stationdesk.ui.widgets.page import Page
from stationdesk.ui.widgets.walk_board import WalkBoard
from stationdesk.ui.widgets.walk_rows import WalkAnswer

Deed = Callable[..., Any]
ACTS = ("start", "answer", "pause", "resume", "close", "abort", "hazard", "explain")


@dataclass(frozen=True)
class Deeds:
    """The use cases of one kind of list, each (store, actor, id of the run, …, at=…). place: what its drafts are kept under."""

    place: str
    answer: Deed
    pause: Deed
    resume: Deed
    close: Deed
    abort: Deed

    def case(self, act: str) -> str:
        """The use case of an act, as the table of permissions names it."""
        own = {"answer": f"answer_{self.place}_line", "hazard": "raise_hazard", "explain": "explain_window"}
        return own.get(act, f"{act}_{self.place}")


class WalkDesk(QObject):
    """take(run_id) goes to another run; look() asks what the person may do.

    finished("closed" or "aborted"): it is signed off or given up. ready: its drafts are there.
    """

    finished = Signal(str)
    ready = Signal()
    #: what the person at the desk may not do: act → its refusal
    allowed = Signal(object)

    def __init__(self, page: Page, board: WalkBoard, deeds: Deeds) -> None:
        super().__init__(page)
        self.page, self.board, self.deeds = page, board, deeds
        self.run_id: int | None = None
        self.refused: dict[str, NotAllowedError] = {}
        self.times: dict[int, str] = {}
        self.drafts: dict[int, str] = {}
        self._sent: deque[int] = deque()
        board.answered.connect(self._answer)
        board.timed.connect(self._time)
        board.worded.connect(self._word)
        board.raised.connect(self._raise)
        board.paused.connect(self._pause)
        board.resumed.connect(self._resume)
        board.closed.connect(self._close)
        board.aborted.connect(self._abort)
        board.linked.connect(self._show_hazard)
        board.keep_drafts(self._draft, self._keep)

    def take(self, run_id: int | None) -> None:
        """Go to another run; what was typed there and not entered comes back."""
        if run_id != self.run_id:
            self.times.clear()
            self.drafts.clear()
        self.run_id = run_id
        actor = self.page.runner.actor
        if run_id is not None and actor is not None:
            self.page.runner.query(self, drafts_of, actor.person_id, self._place(), on_done=self._drafts_came)

    def look(self) -> None:
        """Ask what the person at the desk may do."""
        runner = self.page.runner
        cases = tuple(self.deeds.case(act) for act in ACTS)
        runner.query(self, refusals, (runner.actor or NOBODY).person_id, cases, runner.now(), on_done=self._allow)

    def _allow(self, refused: dict[str, NotAllowedError]) -> None:
        self.refused = {act: refused[self.deeds.case(act)] for act in ACTS if self.deeds.case(act) in refused}
        self.board.allow(self.refused)
        self.allowed.emit(self.refused)

    def _drafts_came(self, found: dict[int, str]) -> None:
        self.drafts = found
        self.ready.emit()

    def _place(self, line_id: int | None = None) -> str:
        return f"{self.deeds.place}:{self.run_id}:{'' if line_id is None else line_id}"

    def _draft(self, line_id: int) -> str:
        return self.drafts.get(line_id, "")

    def _keep(self, line_id: int, text: str) -> None:
        if self.run_id is not None and text != self.drafts.get(line_id, ""):
            self.drafts[line_id] = text
            self.page.runner.command(self, save_draft, self._place(line_id), text)

    def _drop(self, line_id: int) -> None:
        if self.drafts.pop(line_id, None) is not None:
            self.page.runner.command(self, drop_draft, self._place(line_id))

    # --- lines

    def _answer(self, line_id: int, answer: WalkAnswer) -> None:
        self._send(line_id, Given(answer.result, answer.typed, answer.choice, walked=self.times.get(line_id)))

    def _time(self, line_id: int, typed: str) -> None:
        """A time at an answered line is kept at once, else with its answer."""
        row = next((each for each in self.board.list.rows() if each.id == line_id), None)
        if row is not None and row.open:
            self.times[line_id] = typed
            self.page.stale = True
            self.page.reload()
        else:
            self._send(line_id, Given(walked=typed))

    def _word(self, line_id: int, words: str) -> None:
        self._send(line_id, Given(words=words))

    def _raise(self, line_id: int, words: str, grade: str, owner_id: int | None) -> None:
        self._send(line_id, Given(words=words, hazard=HazardWish(grade, owner_id)))

    def _send(self, line_id: int, given: Given) -> None:
        self._sent.append(line_id)
        self.page.runner.command(self, self.deeds.answer, self.run_id, line_id, given, on_done=self._kept, on_error=self._refused)

    def _kept(self, _answered: object) -> None:
        line_id = self._sent.popleft()
        self.times.pop(line_id, None)
        self._drop(line_id)
        self.board.settle(line_id)

    def _refused(self, error: DomainError) -> None:
        self.board.refuse(self._sent.popleft(), say(error), error.field or "")

    # --- the run

    def _pause(self) -> None:
        self._do(self.deeds.pause)

    def _resume(self) -> None:
        self._do(self.deeds.resume)

    def _close(self, words: str) -> None:
        self.page.runner.command(self, self.deeds.close, self.run_id, words, on_done=self._closed, on_error=self._told)

    def _abort(self, words: str) -> None:
        self.page.runner.command(self, self.deeds.abort, self.run_id, words, on_done=self._aborted, on_error=self._told)

    def _do(self, deed: Deed) -> None:
        self.page.runner.command(self, deed, self.run_id, on_error=self._told)

    def _closed(self, _nothing: object) -> None:
        self.finished.emit("closed")

    def _aborted(self, _nothing: object) -> None:
        self.finished.emit("aborted")

    def _told(self, error: DomainError) -> None:
        if self.board.reason is not None and error.field == "words":
            self.board.reason.field.error(lambda: say(error))
        else:
            self.page.tell.emit(error)

    def _show_hazard(self, hazard_id: int) -> None:
        self.page.go.emit("hazards", hazard_id)
