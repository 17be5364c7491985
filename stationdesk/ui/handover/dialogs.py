"""What wants words before it stands on the record: refusal, dissent, a handover out of turn, a signature in ink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.handover import RefusalGroundError
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.layout import Item, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from stationdesk.domain.handover import GroundState

LIMIT = 500


class WordsDialog(Dialog):
    """send(dialog) asks the runner with on_done=dialog.finish and on_error=dialog.fail; finished_with(result) after success."""

    finished_with = Signal(object)

    def __init__(
        self, parent: QWidget, title: Words, explains: Words, label: Words, verb: Words, send: Callable[[WordsDialog], object], *above: Item
    ) -> None:
        self.send = send
        self.words = TextField(label, lines=3, limit=LIMIT, below=True)
        self.yes = Button(verb, key="Ctrl Enter", look="primary", on_click=self._send)
        self.no = Button(lambda: _("Cancel"), on_click=self._leave)
        super().__init__(parent, title, Text(explains, "body text-2"), 12, *above, self.words, buttons=(self.no, self.yes))
        self.words.submitted.connect(self._send)
        self.words.take_focus()

    def text(self) -> str:
        """What was written."""
        return self.words.text()

    def _leave(self) -> None:
        self.reject()

    def _send(self) -> None:
        if not self.words.too_long():
            self.yes.setEnabled(False)
            self.send(self)

    def finish(self, result: object = None) -> None:
        """It is on record."""
        self.accept()
        self.finished_with.emit(result)

    def fail(self, error: Exception) -> None:
        """Refused: the reason at the field it is about."""
        self.yes.setEnabled(True)
        place = self.place_of(error)
        place.error(say(error) if isinstance(error, DomainError) else str(error))
        place.take_focus()

    def place_of(self, _error: Exception) -> Labelled:
        """Where it is told."""
        return self.words


@dataclass(frozen=True)
class _Said:
    title: Words
    explains: Words
    verb: Words


def _out_of_turn() -> str:
    return _("The rest of this shift goes to a relief that signs on now. The chief is told; the sheet says so.")


def _by_hand() -> str:
    return _("Print the sheet and sign it by hand. The signature is given with the password within 72 h (sign later).")


OBJECTIONS = {
    "refuse": _Said(
        lambda: _("Refuse to take over"),
        lambda: _("Both crews stay; the outgoing leader commands. The chief is told at once: call as well."),
        lambda: _("Refuse"),
    ),
    "withdraw": _Said(
        lambda: _("Withdraw the refusal"),
        lambda: _("The refusal stays on the record, with its time."),
        lambda: _("Withdraw"),
    ),
    "dissent": _Said(
        lambda: _("Dissent"),
        lambda: _("The shift can be taken over all the same; the words stand on the sheet."),
        lambda: _("Put on record"),
    ),
}


class ObjectionDialog(WordsDialog):
    """拒绝接班 with its ground, 有异议, or a refusal withdrawn."""

    def __init__(self, parent: QWidget, kind: str, grounds: Sequence[GroundState], send: Callable[[WordsDialog], object]) -> None:
        said = OBJECTIONS[kind]
        self.ground: Select | None = None
        above: list[Item] = []
        if kind == "refuse":
            choices = [(each.code, _ground_words(each)) for each in grounds]
            self.ground = Select(lambda: _("Ground"), choices, placeholder=lambda: C_("handover", "choose"))
            above = [self.ground, 8]
        super().__init__(parent, said.title, said.explains, lambda: _("Reason"), said.verb, send, *above)
        if self.ground is not None:
            self.ground.take_focus()

    def place_of(self, error: Exception) -> Labelled:
        return self.ground if self.ground is not None and isinstance(error, RefusalGroundError) else self.words

    def chosen(self) -> str:
        """The code of the ground."""
        return str(self.ground.value() or "") if self.ground is not None else ""


def _ground_words(each: GroundState) -> Words:
    return lambda: _("{ground} (the records bear it out)").format(ground=each.name) if each.holds else str(each.name)


class UnscheduledDialog(WordsDialog):
    """临时交接班: illness, or the like."""

    def __init__(self, parent: QWidget, send: Callable[[WordsDialog], object]) -> None:
        super().__init__(parent, lambda: _("Unscheduled handover"), _out_of_turn, lambda: _("Why out of turn"), lambda: _("Begin"), send)


class InkDialog(WordsDialog):
    """应急签字: the leader signs the printed sheet by hand and owes the signature."""

    def __init__(self, parent: QWidget, sides: Sequence[tuple[str, str]], side: str, send: Callable[[WordsDialog], object]) -> None:
        self.side = Choice([Option(code, name) for code, name in sides], lambda: _("Who signs"))
        self.side.choose(side)
        who = row(Line(lambda: _("Who signs"), "label"), None)
        super().__init__(
            parent,
            lambda: _("Sign in ink"),
            _by_hand,
            lambda: _("Why in ink"),
            lambda: _("Signed in ink"),
            send,
            who,
            4,
            row(self.side, None),
            8,
        )
