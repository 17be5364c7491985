"""Beside the list: how far the run is, and the line in question with its words and its hazard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets.bar import Segments
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, on_base_line, row, rule, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words, plain, said
from stationdesk.ui.widgets.text_field import TextField
from stationdesk.ui.widgets.walk_rows import WalkRow
from stationdesk.ui.widgets.walk_run import WalkHazard, WalkRun

if TYPE_CHECKING:
    from stationdesk.domain.permissions import NotAllowedError
    from stationdesk.services.lines import Choices

WIDE, LABEL = 324, 64
LIMIT = 2000


class RunCard(Card):
    """Title and mode, the big number of lines done, a piece for each line, and the facts of the run."""

    def __init__(self) -> None:
        super().__init__()
        self.segments: Segments | None = None
        self.facts: QWidget | None = None
        self.folded = False

    def show_run(self, run: WalkRun, current: int | None) -> None:
        """Another run, or the same further on."""
        self.segments, self.facts = Segments(run.segments(current)), None
        chip = Chip(run.mode, run.mode_icon) if run.mode else None
        marks = [Chip(words, look=look) for words, look in run.marks]
        counts = Line(run.counts(), "label text-2", elide=True)
        big = on_base_line(Line(str(run.done), "value"), Line(_("/ {n} points").format(n=len(run.rows)), "body text-2"), None, counts)
        items: list[Item] = [12, row(Line(plain(run.title), "strong", elide=True), None, chip), 8, big, 8, self.segments]
        marked: list[Item] = [row(*marks, None), 8] if marks else []
        said: list[Item] = [rule(), 6, *(_fact(label, value) for label, value in run.facts)] if run.facts else []
        if marked or said:
            self.facts = stack(8, *marked, *said, spacing=0)
            if self.folded:
                self.facts.hide()  # not setVisible: shown without a parent it would be a window
            items += [self.facts]
        self.show_items(*items, 12)

    def fold(self, folded: bool) -> None:
        """Leave the facts out while the room is wanted below."""
        self.folded = folded
        if self.facts is not None:
            self.facts.setVisible(not folded)

    def show_current(self, run: WalkRun, current: int | None) -> None:
        """Another line is being asked."""
        if self.segments is not None:
            self.segments.show_states(run.segments(current))


def _fact(label: str, value: str) -> QWidget:
    made = QWidget()
    made.setFixedHeight(24)
    name = Line(label, "body text-2")
    name.setMinimumWidth(LABEL)
    row(name, Line(plain(value), "body", elide=True), owner=made)
    return made


class LineCard(Card):
    """The line in question. Words are handed in by Enter; the hazard form opens in the same place."""

    #: id of the line, words
    worded = Signal(object, str)
    #: id of the line, words, grade, owner or None
    raised = Signal(object, str, str, object)
    #: id of a hazard to go to
    picked = Signal(int)
    #: the keyboard goes back to the list
    left = Signal()
    #: whether the form of a hazard is open
    asking = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.row: WalkRow | None = None
        self.field: TextField | None = None
        self.grade: Choice | None = None
        self.owner: Select | None = None
        self.offer: QWidget | None = None
        self.choices: Choices | None = None  # who may own a hazard raised here, and its grades
        self.kept_for: NotAllowedError | None = None  # why no hazard may be raised
        self.keep: Callable[[int, str], object] | None = None
        self.hide()

    def show_line(self, line: WalkRow | None, hint: str, hazard: WalkHazard | None, draft: str, writable: bool) -> None:
        """Another line; one being written stays as it is while its line is the same."""
        if self.busy() and line is not None and self.row is not None and line.id == self.row.id and line.result == self.row.result:
            self.row = line
            return
        self.row, self.field, self.grade, self.owner, self.offer = line, None, None, None, None
        self.asking.emit(False)
        self.setVisible(line is not None)
        if line is None:
            return
        self.set_look("ask" if line.abnormal else "")
        items: list[Item] = [12, self._head(line)]
        items += [4, Line(plain(hint), "label text-2", elide=True)] if hint else []
        items += [8, *self._words(line, draft, writable)]
        items += [12, rule(), 8, *self._hazard(hazard)] if hazard else self._offer(line, writable)
        self.show_items(*items, 12)

    def busy(self) -> bool:
        """Somebody is writing here."""
        return self.field is not None and (self.field.edit.hasFocus() or self.grade is not None)

    def _head(self, line: WalkRow) -> Item:
        ink = "red-fg" if line.level == "red" else "amber-fg"
        if line.abnormal:
            return row(
                icon("circle-alert" if line.level == "red" else "triangle-alert", ink),
                Line(plain(line.heading()), f"strong {ink}", elide=True),
            )
        return Line(plain(line.heading()), "strong", elide=True)

    def _words(self, line: WalkRow, draft: str, writable: bool) -> list[Item]:
        if not writable:
            return [Line(plain(line.words) or "—", "body", elide=True)]
        field = TextField(placeholder=lambda: _("What was found; Enter saves"), lines=2, enter="submit", limit=LIMIT)
        field.set_text(draft or line.words)
        field.edit.setFixedHeight(56)
        field.submitted.connect(self._submit)
        field.on_draft(self._keep_draft)
        self.field = field
        return [field]

    def _hazard(self, hazard: WalkHazard) -> list[Item]:
        link = Button(plain(_("Hazard {number}").format(number=hazard.number)), look="link", icon="link", on_click=self._go)
        self._target = hazard.id
        return [
            row(link, None, Line(plain(hazard.grade), "label text-2")),
            _pair(_("Rectify by"), hazard.deadline),
            _pair(_("Owner"), hazard.owner),
        ]

    def _offer(self, line: WalkRow, writable: bool) -> list[Item]:
        if not writable or not line.abnormal:
            return []
        button = Button(lambda: _("Raise a hazard"), icon="triangle-alert", key="H", look="small", on_click=self.ask_hazard)
        button.keep_for(self.kept_for)
        self.offer = stack(8, row(button, None), spacing=0)
        return [self.offer]

    def ask_hazard(self) -> None:
        """Open the form of a hazard for this line: its grade by one key, its owner, Enter."""
        if self.row is None or not self.row.abnormal or self.field is None or self.row.link or self.grade is not None:
            return
        if self.choices is None or self.kept_for is not None:
            return
        grades = [Option(code, partial(str, name), key=str(n)) for n, (code, name) in enumerate(self.choices.grades, 1)]
        self.grade = Choice(grades, lambda: _("Grade"))
        self.owner = Select(lambda: _("Owner"), [(None, lambda: _("Nobody yet")), *self.choices.people], below=False)
        self.owner.choose(None)
        self.grade.chosen.connect(self._graded)
        send = Button(lambda: _("Raise it"), look="small", key="Ctrl Enter", on_click=self._raise)
        stop = Button(lambda: _("Not now"), look="small", on_click=self._stop)
        self._drop_offer()
        self.asking.emit(True)
        grade = Line(lambda: _("Grade"), "label")
        self.body.addLayout(column(rule(), 8, grade, 4, row(self.grade, None), 8, self.owner, 8, row(send, stop, None), 12))
        (self.field if not self.field.text() else self.grade).take_focus()

    def _drop_offer(self) -> None:
        if self.offer is not None:
            self.offer.hide()
            self.offer.deleteLater()
            self.offer = None

    def _graded(self, _grade: str) -> None:
        if self.owner is not None:
            self.owner.take_focus()

    def _submit(self) -> None:
        if self.row is None or self.field is None or self.field.too_long():
            return
        if self.grade is not None:
            self.grade.take_focus()
            return
        if self.field.text() and self.field.text() != self.row.words:
            self.worded.emit(self.row.id, self.field.text())
        self.left.emit()

    def _raise(self) -> None:
        if self.row is None or self.field is None or self.grade is None or self.owner is None or self.field.too_long():
            return
        if not self.field.text():
            self.field.error(lambda: _("Say what was found."))
            self.field.take_focus()
        elif self.grade.value() is None:
            self.grade.take_focus()
        else:
            self.raised.emit(self.row.id, self.field.text(), self.grade.value(), self.owner.value())

    def _stop(self) -> None:
        self.forget()
        self.left.emit()

    def forget(self) -> None:
        """What was being written is done with: the next show_line builds the card anew."""
        self.field = self.grade = self.owner = None
        self.asking.emit(False)

    def complain(self, words: Words) -> None:
        """A refusal, at the field."""
        if self.field is not None:
            self.field.error(words)

    def take_focus(self) -> None:
        """Write words."""
        if self.field is not None:
            self.field.take_focus()

    def _keep_draft(self, text: str) -> None:
        if self.keep is not None and self.row is not None:
            self.keep(self.row.id, text)

    def _go(self) -> None:
        self.picked.emit(self._target)


def _pair(label: str, value: str) -> QWidget:
    made = QWidget()
    made.setFixedHeight(24)
    row(Line(label, "body text-2"), None, Line(plain(value), "body", elide=True), owner=made)
    return made


class ReasonCard(Card):
    """Asks for a sentence before something is done: why it is late, why it is given up."""

    answered = Signal(str)
    stopped = Signal()

    def __init__(self, question: Words, verb: Words) -> None:
        super().__init__(look="ask")
        self.question, self.verb = question, verb
        self.field = TextField(placeholder=lambda: _("In a few words; Enter goes on"), lines=2, enter="submit", limit=LIMIT)
        self.field.submitted.connect(self._send)
        send = Button(verb, look="small", on_click=self._send)
        stop = Button(lambda: _("Back"), look="small", key="Esc", on_click=self.stopped.emit)
        self.show_items(12, Line(question, "strong", elide=True), 8, self.field, 8, row(send, stop, None), 12)
        self.setAccessibleName(said(question))

    def _send(self) -> None:
        if not self.field.text():
            self.field.error(lambda: _("Say why."))
        elif not self.field.too_long():
            self.answered.emit(self.field.text())
