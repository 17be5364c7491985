"""The signature: who signs, what is signed, the password. Errors stand at the field; the wait is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import SIDES, WIDE, Dialog
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text

Send = Callable[[str, "SignDialog"], object]
TALL = 240  # pixels of what is signed; more than that is scrolled through


class SignDialog(Dialog):
    """send(password, dialog) asks the runner, with on_done=dialog.finish and on_error=dialog.fail, so that the password is checked
    off the GUI thread. signed(result) after success. body: a widget between what is signed and the password (a reason, say)."""

    signed = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        title: Words,
        person: str,
        facts: Sequence[Words],
        send: Send,
        verb: Words = "",
        role: Words = "",
        body: QWidget | None = None,
    ) -> None:
        self.send, self.waiting = send, False
        self.password = Field(lambda: _("Password"), secret=True)
        self.yes = Button(verb or (lambda: _("Sign")), "pen-line", look="primary", on_click=self._send)
        self.no = Button(lambda: _("Cancel"), on_click=self._cancel)
        self.state = Line("", "label text-2")
        super().__init__(parent, title, *self._items(person, role, facts, body), buttons=(self.state, self.no, self.yes))
        self.password.entered.connect(self._send)
        self.password.edited.connect(self._typed)
        self._typed("")
        self.password.take_focus()

    def _items(self, person: str, role: Words, facts: Sequence[Words], body: QWidget | None) -> list[Item]:
        who = row(icon("user", size=20), Line(plain(person), "name", elide=True), Line(role, "body text-2"), None)
        items: list[Item] = [who, 12, rule(), 12]
        items += [_about(facts), 8, rule(), 12]
        if body is not None:
            items += [body, 12]
        return [*items, self.password]

    def finish(self, result: object = None) -> None:
        """The signature is in the store."""
        self.waiting = False
        self.accept()
        self.signed.emit(result)

    def fail(self, error: Exception) -> None:
        """Refused: the reason at the field, what was typed marked to be typed over."""
        self._wait(False)
        self.password.error(lambda: say(error) if isinstance(error, DomainError) else str(error))
        self.password.edit.selectAll()
        self.password.take_focus()

    def _typed(self, text: str) -> None:
        self.yes.setEnabled(bool(text))

    def _send(self) -> None:
        if self.waiting or not self.password.text():
            return
        self._wait(True)
        self.send(self.password.text(), self)

    def _wait(self, waiting: bool) -> None:
        self.waiting = waiting
        self.state.say((lambda: _("Checking the password …")) if waiting else "")
        self.password.setEnabled(not waiting)
        self.yes.setEnabled(not waiting and bool(self.password.text()))
        self.no.setEnabled(not waiting)

    def _cancel(self) -> None:
        self.reject()

    def reject(self) -> None:
        """Not while the signature is being made: it cannot be taken back then."""
        if not self.waiting:
            super().reject()


def _about(facts: Sequence[Words]) -> QWidget:
    """What is signed, every line of it to be read."""
    inside = QWidget()
    lines = column(*(item for fact in facts for item in (Text(fact), 4)), owner=inside)
    height = lines.totalHeightForWidth(WIDE - SIDES)
    if height <= TALL:
        inside.setMinimumHeight(height)
        return inside
    area = scrolled(inside)
    area.setFixedHeight(TALL)
    return area
