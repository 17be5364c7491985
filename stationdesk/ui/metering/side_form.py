"""A form at the right of the page: Ctrl Enter and Esc, refusals at their fields, a draft of what is typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import C_
from stationdesk.services import Actor
from stationdesk.services.drafts import load_draft, save_draft
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, row, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class SideForm(Card):
    """call(values) says which command keeps it. done(answer): it was kept; left(): Esc. place: where its draft is kept, "" for nowhere."""

    done = Signal(object)
    left = Signal()

    def __init__(
        self,
        runner: Runner,
        title: Words,
        verb: Words,
        rows: Sequence[Sequence[Ask]],
        call: Callable[[dict[str, Any]], Call],
        values: Mapping[str, Any] | None = None,
        place: str = "",
        above: Sequence[Item] = (),
        below: Sequence[Item] = (),
    ) -> None:
        super().__init__(look="strong", sides=0)
        self.runner, self.call, self.place = runner, call, place
        self.writer: Actor | None = runner.actor
        self.busy = False
        self.form = Form(rows, runner.zone, runner.now)
        self.form.fill(values or {})
        self.problem = Text("", "label red-fg")
        self.send_button = Button(verb, look="primary", key="Ctrl Enter", on_click=self.send)
        self.stop_button = Button(lambda: C_("form", "Back"), key="Esc", on_click=self.left.emit)
        inside = stack(*above, self.form, *below, self.problem, None, spacing=0)
        area = scrolled(inside)
        foot = row(self.send_button, self.stop_button, None, sides=16)
        self.show_items(12, row(Line(title, "strong"), None, sides=16), 8, row(area, sides=16), 8, foot, 12)
        self.body.setStretch(3, 1)
        self.problem.hide()
        self._keep_drafts()

    def take_focus(self) -> None:
        """To the first field."""
        self.form.take_focus()

    def send(self) -> None:
        """The command, unless something cannot be read."""
        self.problem.hide()
        values = None if self.busy else self.form.read()
        if values is None:
            return
        try:
            fn, args = self.call(values)
        except DomainError as error:
            self.fail(error)
            return
        self.busy = True
        self.runner.command(self, fn, *args, on_done=self._sent, on_error=self.fail)

    def _sent(self, answer: Any) -> None:
        self.busy = False
        self._keep("")
        self.place = ""  # what a field still hands on when it goes is a record by now
        self.done.emit(answer)

    def fail(self, error: DomainError) -> None:
        """At its field, else below them all."""
        self.busy = False
        if not self.form.fail(error):
            self.problem.say(lambda: say(error))
            self.problem.show()

    # Drafts
    def _keep_drafts(self) -> None:
        if not self.place:
            return
        for each in self._texts().values():
            each.on_draft(lambda _text: self._keep(self._typed()))
        if self.writer is not None and not any(each.text() for each in self._texts().values()):
            self.runner.query(self, load_draft, self.writer.person_id, self.place, on_done=self._restore)

    def _texts(self) -> dict[str, Field | TextField]:
        parts = self.form.parts.items()
        return {key: part for key, part in parts if isinstance(part, Field | TextField)}

    def _typed(self) -> str:
        typed = {key: each.text() for key, each in self._texts().items() if each.text()}
        return json.dumps(typed, ensure_ascii=False) if typed else ""

    def _restore(self, text: str) -> None:
        if text and not any(each.text() for each in self._texts().values()):
            for key, value in json.loads(text).items():
                if key in self._texts():
                    self._texts()[key].set_text(value)

    def _keep(self, text: str) -> None:
        if self.place:
            self.runner.command(self, save_draft, self.place, text, actor=self.writer)
