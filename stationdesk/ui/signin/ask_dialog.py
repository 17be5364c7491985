"""A dialog that asks a few things, hands them to the runner and says a refusal at the field it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.layout import Item
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from stationdesk.services import Actor


class AskDialog(Dialog):
    """fields: by the names errors use for them. done(result) after success. A subclass sends in send(), by ask()."""

    done_well = Signal(object)

    def __init__(
        self, parent: QWidget, runner: Runner, title: Words, verb: Words, fields: Mapping[str, Labelled], *items: Item, waits: Words = ""
    ) -> None:
        self.runner, self.fields, self.waits, self.waiting = runner, dict(fields), waits, False
        self.yes = Button(verb, look="primary", on_click=self._send)
        self.no = Button(lambda: _("Cancel"), on_click=self.reject)
        self.state = Line("", "label text-2")
        self.problem = Text("", "label red-fg")
        self.problem.hide()
        super().__init__(parent, title, *items, self.problem, buttons=(self.state, self.no, self.yes))
        for field in self.fields.values():
            if isinstance(field, Field):
                field.entered.connect(self._send)
            elif isinstance(field, TextField):
                field.submitted.connect(self._send)
            elif isinstance(field, Select):  # as wide as the dialog, whatever comes into its list later
                field.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)

    def send(self) -> None:
        """Ask the runner, by ask()."""
        raise NotImplementedError

    def ask(self, fn: Callable[..., Any], *args: Any, actor: Actor | None = None) -> None:
        """A command; what it answers goes to finish or fail."""
        self.runner.command(self, fn, *args, on_done=self.finish, on_error=self.fail, actor=actor)

    def ready(self) -> bool:
        """Whether there is enough to send; the missing field says so itself."""
        return True

    def _send(self) -> None:
        if self.waiting or not self.ready():
            return
        self.problem.hide()
        self._wait(True)
        self.send()

    def finish(self, result: object = None) -> None:
        """It is done."""
        self._wait(False)
        self.accept()
        self.done_well.emit(result)

    def fail(self, error: Exception) -> None:
        """Refused: at its field, else above the buttons; what was typed stays."""
        self._wait(False)
        words = (lambda: say(error)) if isinstance(error, DomainError) else str(error)
        field = self.fields.get(getattr(type(error), "field", None) or "")
        if field is None or not field.isVisible():
            self.problem.say(words)
            self.problem.show()
            self.adjustSize()
            return
        field.error(words)
        if isinstance(field, Field):
            field.edit.selectAll()
        field.take_focus()

    def need(self, field: Labelled, given: object, words: Words) -> bool:
        """Whether something was given; the field says so where it was not."""
        if not given:
            field.error(words)
            field.take_focus()
        return bool(given)

    def _wait(self, waiting: bool) -> None:
        self.waiting = waiting
        self.state.say(self.waits if waiting else "")
        for each in (self.yes, self.no, *self.fields.values()):
            each.setEnabled(not waiting)

    def reject(self) -> None:
        """Not while it is being done: it cannot be taken back then."""
        if not self.waiting:
            super().reject()
