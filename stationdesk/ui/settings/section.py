"""What every section is: a title, what it shows, who may change it, and a command that is sent and answered at the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import format_moment
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.store import ChangedMeanwhileError
from stationdesk.domain.words import C_, _
from stationdesk.services import NOBODY, Store
from stationdesk.services.permissions import refusals
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.answer import Answer
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.form import Form
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.spoken import Words

LEAST = 96  # pixels of a button whose reason is cut

Call = tuple[Callable[..., Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Look:
    """What a section shows, and what the person may not do."""

    found: Any
    refusals: Mapping[str, NotAllowedError]


def look(store: Store, load: Callable[[Store, datetime], Any], person_id: int, cases: Iterable[str], at: datetime) -> Look:
    """Query: what is there, and who may change it."""
    return Look(load(store, at), refusals(store, person_id, cases, at))


class Section(QWidget):
    """Subclasses set key, icon, kinds and cases; load(store, at) is a plain function, show_found(found) shows its answer."""

    key = ""
    icon = "settings"
    kinds: frozenset[str] = frozenset()
    cases: tuple[str, ...] = ()
    ordered = False  # Ctrl and the arrows put its lines in order

    tell = Signal(object)
    go = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.refused: Mapping[str, NotAllowedError] = {}
        self.problem = Answer()
        self._form: Form | None = None
        self._after: Callable[[Any], object] | None = None
        self._room: QWidget | None = None  # of the button below
        self.afresh: Button | None = None  # where there is no other way back to what is in force
        self.busy = False
        self._begins: datetime | None = None

    @classmethod
    def title(cls) -> str:
        """As the list of sections says it."""
        raise NotImplementedError

    def load(self) -> Callable[[Store, datetime], Any]:
        """The query; a plain function of store and time."""
        raise NotImplementedError

    def reload(self) -> None:
        """Look again."""
        person = (self.runner.actor or NOBODY).person_id
        self.runner.query(self, look, self.load(), person, self.cases, self.runner.now(), on_done=self._show)

    def _show(self, found: Look) -> None:
        self.refused = found.refusals
        self.show_found(found.found)

    def show_found(self, found: Any) -> None:
        """Show what is there."""

    def block(self, button: Button, case: str) -> None:
        """A button says why it is not theirs, in the room there is."""
        button.keep_for(self.refused.get(case))
        button.setMinimumWidth(LEAST if case in self.refused else 0)

    def block_beside(self, button: Button, case: str, main: str) -> None:
        """A button beside the main one: where both are not theirs, the main one says so for both."""
        button.setVisible(not (case in self.refused and main in self.refused))
        self.block(button, case)

    def send(self, call: Call, form: Form | None = None, after: Callable[[Any], object] | None = None) -> None:
        """A command; a refusal stands at the form's field, else above the buttons."""
        if self.busy:
            return
        self.busy, self._form, self._after = True, form, after
        self.problem.hide()
        fn, args = call
        self._begins = fn.keywords.get("valid_from") if isinstance(fn, partial) else None
        self.runner.command(self, fn, *args, on_done=self._sent, on_error=self._failed)

    def _sent(self, result: Any) -> None:
        self.busy = False
        self.offer_afresh(False)
        if self._after is not None:
            self._after(result)
        self.reload()

    def make_afresh(self) -> QWidget:
        """The way out of a refusal because of another window, with its room."""
        self.afresh, room = Button(lambda: C_("settings", "Show it as it is now"), look="small", on_click=self.look_again), QWidget()
        column(row(self.afresh, None), 8, owner=room)
        room.hide()
        self._room = room
        return room

    def offer_afresh(self, on: bool) -> None:
        """Shown after such a refusal alone."""
        if self._room is not None:
            self._room.setVisible(on)

    def look_again(self) -> None:
        """What was typed gives way to what another window has set."""
        self.offer_afresh(False)
        self.problem.hide()
        self.forget()
        self.reload()

    def forget(self) -> None:
        """Nothing that was typed is kept from being overwritten any more."""

    def _failed(self, error: Exception) -> None:
        self.busy = False
        self.offer_afresh(isinstance(error, ChangedMeanwhileError))
        if isinstance(error, DomainError) and self._form is not None and self.refuse_at(self._form, error):
            return
        self.say_problem((lambda: say(error)) if isinstance(error, DomainError) else str(error))

    def refuse_at(self, form: Form, error: DomainError) -> bool:
        """At the field it belongs to, and in full above the buttons where the field is too narrow; False where it belongs to none."""
        found = form.fail(error)
        if found and form.cut():
            self.say_problem(lambda: say(error))
        return found

    def say_problem(self, words: Words) -> None:
        """Above the buttons."""
        self.problem.refuse(words)

    def kept(self, _result: Any = None) -> None:
        """Say that it is done, and from when it holds where that is later."""
        since = self._begins
        if since is None or since <= self.runner.now():
            self.problem.agree(lambda: _("Kept."))
        else:
            when = format_moment(since, self.runner.zone)
            self.problem.agree(lambda: _("Kept. It takes effect {time}; until then what is shown stays in force.").format(time=when))
