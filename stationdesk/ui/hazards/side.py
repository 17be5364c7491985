"""The right side of the page: a life, or a form in its place. What is typed in a form is kept as a draft until it is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError
from stationdesk.domain.hazards import Step
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.domain.words import _
from stationdesk.services import Actor, hazards, items
from stationdesk.services.drafts import load_draft, save_draft
from stationdesk.services.hazards import HazardLife
from stationdesk.services.items import ItemLife
from stationdesk.ui.hazards.board import Board
from stationdesk.ui.hazards.form import Form
from stationdesk.ui.hazards.forms import HazardForm, ItemForm, StepForm
from stationdesk.ui.hazards.life_card import WAYS, LifeCard
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.layout import column, refill
from stationdesk.ui.widgets.notice import Notice

Life = HazardLife | ItemLife

STEPS: dict[str, Callable[..., object]] = {
    Step.RECTIFIED: hazards.rectify_hazard,
    Step.CLOSED: hazards.close_hazard,
    Step.SENT_BACK: hazards.send_back_hazard,
    Step.REPORTED: hazards.report_hazard,
    "finish": items.finish_item,
    "report": items.finish_item,
    "pass_on": items.finish_item,
}


@dataclass(frozen=True)
class Origin:
    """What a hazard is raised from, as another page hands it over."""

    text: str = ""
    kind: str = ""
    source_id: int | None = None
    time: datetime | None = None


class Side(QWidget):
    """done(kind, id): something was raised or opened. left(): the keyboard goes back to the list."""

    done = Signal(str, int)
    left = Signal()
    go = Signal(str, object)
    tell = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.board: Board | None = None
        self.life: Life | None = None
        self.form: Form | None = None
        self.card: LifeCard | None = None
        self._place, self._version, self._origin = "", 0, Origin()
        self._writer: Actor | None = None
        self._inside = column(owner=self)

    # What is shown
    def show_life(self, life: Life | None) -> None:
        """The life of the current row, unless a form is open: that one stays."""
        self.life = life
        if self.form is None:
            self._show_card()

    def _show_card(self) -> None:
        self.form, self.card = None, None
        if self.life is None:
            refill(self._inside)
            return
        self.card = LifeCard(self.runner.zone)
        self.card.asked.connect(self.ask)
        self.card.go.connect(self.go)
        if isinstance(self.life, HazardLife):
            self.card.show_hazard(self.life)
        else:
            self.card.show_item(self.life)
        refill(self._inside, self.card)

    def _open(self, form: Form, place: str, send: Callable[[], None]) -> None:
        """Show a form; what was typed in it before comes back."""
        self.form, self.card, self._place, self._writer = form, None, place, self.runner.actor
        form.submitted.connect(send)
        form.left.connect(self.leave)
        form.on_draft(self._keep)
        refill(self._inside, form, None)
        form.take_focus()
        actor = self.runner.actor
        if actor is not None and form.empty():
            self.runner.query(form, load_draft, actor.person_id, place, on_done=form.restore)

    def leave(self) -> None:
        """Back to the life; what was typed stays a draft."""
        self._show_card()
        self.left.emit()

    def put_away(self) -> None:
        """Another person is at the desk: what was being filled in is the draft of the one before."""
        if self.form is not None:
            self._keep(self.form.draft())
            self._show_card()

    # What is begun
    def raise_hazard(self, origin: Origin | None = None) -> None:
        """The form of a new hazard."""
        if self.board is None:
            return
        self._origin = origin or Origin()
        form = HazardForm(self.board.grades, self.board.people, self.board.shift_end, self.runner.now, self.runner.zone)
        form.text.set_text(self._origin.text)
        self._open(form, "hazards.raise", self._raise)

    def open_item(self, kind: str) -> None:
        """The form of a new item, order or instruction."""
        if self.board is not None:
            self._open(ItemForm(kind, self.board.people, self.runner.now, self.runner.zone), f"items.{kind}", self._take)

    def ask(self, what: str) -> None:
        """A step of the life shown: its form, or at once where no words are wanted."""
        life, way = self.life, WAYS[what]
        if life is None or self.board is None:
            return
        row = life.hazard if isinstance(life, HazardLife) else life.item
        self._version = row.version
        if what == "read_back" and isinstance(life, ItemLife):
            self.runner.command(self, items.read_back, life.item.item_id, row.version, on_done=self._stepped)
            return
        form = StepForm(
            way.words,
            way.ask,
            self.board.people,
            self.runner.now,
            self.runner.zone,
            defers=what == Step.DEFERRED,
            assigns=what == Step.ASSIGNED,
        )
        self._open(form, f"{row.number}.{what}", partial(self._take_step, what))

    # What is sent
    def _raise(self) -> None:
        assert isinstance(self.form, HazardForm)
        raised, origin = self.form.value(), self._origin
        send = partial(
            hazards.raise_hazard, owner_id=raised.owner_id, source_kind=origin.kind, source_id=origin.source_id, source_time=origin.time
        )
        self._send(send, raised.grade, raised.place, raised.text, on_done=self._raised)

    def _take(self) -> None:
        assert isinstance(self.form, ItemForm)
        taken = self.form.value()
        send = partial(items.open_item, from_whom=taken.from_whom, deadline=taken.deadline, owner_id=taken.owner_id)
        self._send(send, taken.kind, taken.text, on_done=self._opened)

    def _take_step(self, what: str) -> None:
        assert isinstance(self.form, StepForm)
        assert self.life is not None
        given = self.form.value()
        subject = self.life.hazard.hazard_id if isinstance(self.life, HazardLife) else self.life.item.item_id
        if what == Step.ASSIGNED:
            self._send(hazards.assign_hazard, subject, given.owner_id, self._version, on_done=self._stepped)
        elif what == Step.DEFERRED:
            self._send(hazards.defer_hazard, subject, given.deadline, given.words, self._version, on_done=self._stepped)
        else:
            self._send(STEPS[what], subject, given.words, self._version, on_done=self._stepped)

    def _send(self, fn: Callable[..., Any], *values: object, on_done: Callable[..., object]) -> None:
        self.runner.command(self, fn, *values, on_done=on_done, on_error=self._refused)

    def _refused(self, error: DomainError) -> None:
        """The form keeps what was typed. What another changed meanwhile is shown: a second press is meant for it."""
        if self.form is None:
            self.tell.emit(error)
            return
        self.form.fail(error)
        if isinstance(error, ChangedMeanwhileError) and self.life is not None:
            self._version = (self.life.hazard if isinstance(self.life, HazardLife) else self.life.item).version

    def _raised(self, hazard_id: int) -> None:
        self._entered()
        self.done.emit("hazard", hazard_id)

    def _opened(self, item_id: int) -> None:
        self._entered()
        self.done.emit("item", item_id)

    def _stepped(self, answer: object) -> None:
        if answer == "verify_now":
            self.tell.emit(Notice(lambda: _("Fixed. Another on the shift verifies and closes it.")))
        elif answer == "verify_next":
            self.tell.emit(Notice(lambda: _("Fixed. It stands as fixed until the next shift verifies it.")))
        self._entered()
        self.left.emit()

    def _entered(self) -> None:
        """What was typed is a record now."""
        if self.form is not None:
            self._keep({})
        self._show_card()

    def _keep(self, kept: dict[str, Any]) -> None:
        text = json.dumps(kept, ensure_ascii=False) if any(kept.values()) else ""
        self.runner.command(self, save_draft, self._place, text, actor=self._writer)
