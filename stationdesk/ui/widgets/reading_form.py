"""The hour as a form, for the locked desk: values are typed first, and the person is picked at saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import format_time
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.draft import Draft
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, refill, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.paint import elided
from stationdesk.ui.widgets.spoken import plain, said

if TYPE_CHECKING:
    from stationdesk.services.readings import FormField, FormView, HourTaken, PointView

COLUMNS = 3
HEAD, NAMED, NAME, WRONG = 36, 3, 72, 24


class ReadingForm(Card):
    """save(hour, {point_id: text}, person_id) asks to save what is typed. Enter goes to the next field; keys of the people save."""

    save = Signal(object, object, int)
    #: what is typed and not saved: {point_id: text}, shortly after each key
    drafted = Signal(object)

    def __init__(self) -> None:
        self.heading = Line("", "strong")
        self.window_line = Line("", "label text-2")
        self.count = Line("", "body text-2")
        self.note = Line(lambda: _("Values first, the person at saving"), "body text-2", elide=True)
        self.people = row(spacing=8)
        self.fields: dict[int, Field] = {}
        self.form: FormView | None = None
        self.shown: list[tuple[str, int, str]] = []
        self._grid = QWidget()
        self._places = QGridLayout(self._grid)
        self._places.setContentsMargins(0, 8, 0, 8)
        self._places.setHorizontalSpacing(16)
        self._places.setVerticalSpacing(4)
        for n in range(COLUMNS):
            self._places.setColumnStretch(n, 1)
        self.problem = Line("", "label red-fg", elide=True)
        self._wrong = QWidget()
        row(icon("circle-alert", "red-fg", 14), self.problem, None, owner=self._wrong, spacing=4)
        self._wrong.setFixedHeight(WRONG)
        self._wrong.hide()
        head = row(self.heading, None, self.window_line)
        head.addStrut(HEAD)
        foot = row(self.note, None, self.count, self.people, spacing=16)
        foot.addStrut(48)
        super().__init__(head, rule(), scrolled(self._grid), self._wrong, rule(), foot)
        self.body.setStretch(2, 1)
        self._draft = Draft(self, lambda: "")
        self._draft.to(self._hand_on)

    # Showing
    def show_form(self, form: FormView) -> None:
        """An hour; while it stays the same, what is typed stays too."""
        same = self.form is not None and self.form.hour == form.hour
        points = [each.point.point_id for each in form.fields]
        self.form = form
        span = f"{format_time(form.opens, form.zone)}–{format_time(form.closes, form.zone)}"
        self.heading.say(lambda: _("Read {time}").format(time=format_time(form.hour, form.zone)))
        self.window_line.say(lambda: _("{span} on time").format(span=span))
        if not same or points != list(self.fields):
            self._build(form)
        for each in form.fields:
            self._show_field(each)
        self._point_focus()
        self._count()

    def _build(self, form: FormView) -> None:
        while (item := self._places.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.fields = {}
        for n, each in enumerate(form.fields):
            field = self._field(each.point)
            self._places.addWidget(field, n // COLUMNS, n % COLUMNS)
            self.fields[each.point.point_id] = field
        self._places.setRowStretch(len(form.fields) // COLUMNS + 1, 1)

    def _field(self, point: PointView) -> Field:
        field = Field(lambda: plain(point.title), plain(point.unit), " ", numeric=True, cut=True)
        field.edit.installEventFilter(self)
        field.edited.connect(self._typed)
        field.committed.connect(self._tell)
        field.entered.connect(partial(self._next, point.point_id))
        return field

    def _show_field(self, shown: FormField) -> None:
        field, last = self.fields[shown.point.point_id], shown.last
        assert self.form is not None
        if last is not None:
            field.show_last(f"{format_time(last.time, self.form.zone)} {shown.point.words(last.value)}")
        if shown.value is not None or shown.hidden:
            field.set_text(C_("counter", "hidden") if shown.value is None else shown.point.words(shown.value))
            field.error()
        field.set_read_only(shown.value is not None or shown.hidden)

    def _point_focus(self) -> None:
        """Who gives the form the keyboard gives it to the first empty field."""
        empty = [field for field in self.fields.values() if not field.edit.isReadOnly() and not field.text()]
        self.setFocusProxy(cast(QWidget, empty[0].edit if empty else None))

    def show_people(self, people: Sequence[tuple[str, int, str]]) -> None:
        """Who is on duty: key, person, name. The keys are the window's; here they are only shown."""
        if people != self.shown:
            self.shown = list(people)
            named = len(people) <= NAMED  # both crews at once: their keys are enough, the names stand beside them in the list
            buttons: list[Item] = [self._person(key, person_id, name if named else "") for key, person_id, name in people]
            for button, (_key, _person, name) in zip(buttons, people, strict=True):
                button.setAccessibleName(name)  # type: ignore[union-attr]
            refill(self.people, *buttons)

    def _person(self, key: str, person_id: int, name: str) -> Button:
        made = Button(elided("body", name, NAME), look="small", on_click=lambda: self.ask_save(person_id))
        made.key = key
        made.reword()
        return made

    def restore(self, texts: Mapping[int, str]) -> None:
        """What was typed before the power went."""
        for point_id, text in texts.items():
            field = self.fields.get(point_id)
            if field is not None and not field.edit.isReadOnly() and not field.text():
                field.set_text(text)
        self._count()

    def saved(self, result: HourTaken) -> None:
        """What is in can no longer be typed over here; what was refused stays, with the reason at its field."""
        for taken in result.taken:
            self._in(taken.point_id)
        for refused in result.refused:
            if refused.point_id in self.fields and isinstance(refused.error, DomainError):
                self.fields[refused.point_id].error(partial(say, refused.error))
        self._hand_on("")
        self._point_focus()
        self._count()

    def _in(self, point_id: int) -> None:
        if point_id in self.fields:
            self.fields[point_id].error()
            self.fields[point_id].set_read_only(True)

    # Typing
    def texts(self) -> dict[int, str]:
        """What is typed and not saved, as typed."""
        typed = {point_id: field.text() for point_id, field in self.fields.items() if not field.edit.isReadOnly()}
        return {point_id: text for point_id, text in typed.items() if text}

    def ask_save(self, person_id: int) -> None:
        """Save in somebody's name; nothing happens while nothing is typed."""
        if self.form is not None and self.texts():
            self.save.emit(self.form.hour, self.texts(), person_id)

    def _typed(self, _text: str) -> None:
        self._count()
        self._point_focus()
        self._draft.touch()

    def _next(self, point_id: int) -> None:
        """Enter: on to the next field that may be typed in."""
        order = list(self.fields)
        after = order[order.index(point_id) + 1 :]
        following = [each for each in after if not self.fields[each].edit.isReadOnly()]
        if following:
            self.fields[following[0]].take_focus()

    def _count(self) -> None:
        done = sum(bool(field.text()) for field in self.fields.values())
        self.count.say(f"{done} / {len(self.fields)}")
        self._tell()

    def _tell(self, _text: str = "") -> None:
        """The whole reason of one refusal, that of the field one is in first: a column is too narrow for it."""
        wrong = [each for each in self.fields.values() if each.wrong]
        field = next((each for each in wrong if each.edit.hasFocus()), wrong[0] if wrong else None)
        self._wrong.setVisible(field is not None)
        self.problem.say(lambda: plain(f"{said(field.words)} {said(field.wrong)}") if field else "")

    def _hand_on(self, _text: str) -> None:
        self.drafted.emit(self.texts())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down and up go to the field below and above."""
        if event.type() == QEvent.Type.FocusIn:
            self._tell()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            order = list(self.fields.values())
            at = next(n for n, field in enumerate(order) if field.edit is watched)
            to = at + (COLUMNS if event.key() == Qt.Key.Key_Down else -COLUMNS)
            if 0 <= to < len(order):
                order[to].take_focus()
            return True
        return False
