"""Quick entry: a category, the text, Enter. A time only for what happened earlier; a correction is written here too."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.log import TEXT_AT_MOST, check_time, is_late, parse_when
from stationdesk.domain.moments import format_moment
from stationdesk.domain.words import C_, _
from stationdesk.services.log import Category, EntryView
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text_field import TextField


@dataclass(frozen=True)
class Written:
    """What is handed in. when None: now."""

    category: str
    text: str
    when: datetime | None
    corrects_id: int | None


class Writer(Card):
    """written(Written) is asked for by Enter; done() or fail(error) is the answer. What is typed stays until it is done."""

    written = Signal(object)
    #: the correction is given up, or the keyboard goes to the stream
    left = Signal()

    def __init__(self, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        super().__init__()
        self.now, self.zone = now, zone
        self.corrects: EntryView | None = None
        self.busy = False
        self._before: str | None = None  # the category chosen before a correction
        self._keep: Callable[[str], object] | None = None
        self._make_parts()
        self._lay_out()
        self.field.submitted.connect(self.submit)
        self.when.edited.connect(self._touched)
        self.when.committed.connect(self._look_at_time)
        self.when.entered.connect(self.field.take_focus)
        self.category.chosen.connect(lambda _category: self._touched())
        self.category.settled.connect(lambda _category: self.take_focus())
        self.field.on_draft(self._hand_on)

    def _make_parts(self) -> None:
        self.category = Select(lambda: _("Category"))
        self.category.setFixedWidth(176)
        self.when = Field(lambda: C_("log", "Time"), hint=lambda: _("now"))
        self.when.setFixedWidth(152)
        self.field = TextField(
            lambda: _("What happened"),
            placeholder=lambda: _("Write it and press Enter; Shift Enter begins a new line"),
            lines=2,
            enter="submit",
            limit=TEXT_AT_MOST,
            below=True,
        )
        self.send = Button(lambda: _("Write down"), icon="notebook-pen", look="primary", on_click=self.submit)
        self.banner = QWidget()
        self.about = Line("", "label text-2", elide=True)
        self.stop = Button(lambda: _("Give the correction up"), key="Esc", look="small", on_click=self.give_up)
        banner = row(self.about, None, self.stop, owner=self.banner)
        banner.setStretchFactor(self.about, 1)
        self.banner.hide()

    def _lay_out(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        fields = row(self.category, self.when, self.field, column(20, self.send, None), spacing=12)
        for each in (self.category, self.when, self.field):
            fields.setAlignment(each, top)
        fields.setStretchFactor(self.field, 1)
        self.show_items(12, self.banner, fields, 4)

    def show_categories(self, categories: Sequence[Category]) -> None:
        """The station's categories; the first nine are chosen by Alt and their digit."""
        self.category.show_choices([(each.code, _named(n, each)) for n, each in enumerate(categories, 1)])
        if self.category.value() is None and categories:
            self.category.choose(categories[0].code)

    def choose(self, n: int) -> None:
        """The n-th category, from 1."""
        if n <= len(self.category.choices):
            self.category.choose(self.category.choices[n - 1][0])
            self._touched()

    def on_draft(self, keep: Callable[[str], object]) -> None:
        """Who keeps what is being written."""
        self._keep = keep

    def take_focus(self) -> None:
        """Write."""
        self.field.take_focus()

    def correct(self, entry: EntryView) -> None:
        """A new entry in the place of this one: its words to be changed, its time unless another is given."""
        self.corrects, self._before = entry, self.category.value()
        self.category.choose(entry.category)
        self.when.set_text(format_moment(entry.time, self.zone))
        self.field.set_text(entry.text)
        self._show_corrected()
        self.take_focus()
        self.field.edit.selectAll()

    def give_up(self) -> None:
        """The correction is not written."""
        self._clear()
        self.left.emit()

    def _show_corrected(self) -> None:
        entry = self.corrects
        self.banner.setVisible(entry is not None)
        self.set_look("ask" if entry else "")
        self.send.say(lambda: _("Write the correction") if self.corrects else _("Write down"))
        if entry is not None:
            words = _("Corrects entry {number} of {time}: the old words stay, struck through")
            self.about.say(lambda: plain(words.format(number=entry.entry_id, time=format_moment(entry.time, self.zone))))

    def submit(self) -> None:
        """Hand in what is written, once; what cannot be an entry says so at its field."""
        if self.busy or self.field.too_long():
            return
        try:
            when = self._when()
        except DomainError as error:
            refusal = error
            self.when.error(lambda: say(refusal))
            self.when.take_focus()
            return
        if not self.field.text():
            self.field.error(lambda: _("Nothing is written yet."))
            self.take_focus()
            return
        self.busy = True
        corrects = self.corrects.entry_id if self.corrects else None
        self.written.emit(Written(self.category.value() or "", self.field.text(), when, corrects))

    def done(self) -> None:
        """It is in the log: the next one."""
        self._clear()
        self.take_focus()

    def fail(self, error: DomainError) -> None:
        """It was refused: the words stay, the reason at the field it belongs to."""
        self.busy = False
        places = {"time": self.when, "category": self.category}
        place = places.get(error.field or "", self.field)
        place.error(lambda: say(error))
        place.take_focus()

    def _clear(self) -> None:
        if self.corrects is not None:
            self.category.choose(self._before or self.category.value())
        self.busy, self.corrects, self._before = False, None, None
        self.when.set_text("")
        self.when.error()
        self.when.note()
        self.field.error()
        self.field.set_text("")
        self._show_corrected()
        self._hand_on("")

    def _when(self) -> datetime | None:
        """The time typed, None for now. WhenError, FutureEntryError."""
        text = self.when.text()
        if not text:
            return None
        if self.corrects is not None and text == format_moment(self.corrects.time, self.zone):
            return self.corrects.time
        now = self.now()
        return check_time(parse_when(text, now, self.zone), now)

    def _look_at_time(self, _text: str) -> None:
        """Say which moment was understood, before it is written."""
        try:
            when = self._when()
        except DomainError as error:
            refusal = error
            self.when.error(lambda: say(refusal))
            return
        self.when.error()
        late = when is not None and is_late(when, self.now())
        words = _("{time}, late entry") if late else "{time}"
        self.when.note(words.format(time=format_moment(when, self.zone)) if when else "")

    # Drafts
    def draft(self) -> str:
        """What is being written, to be kept; empty where nothing is."""
        if not self.field.text():
            return ""
        corrects = self.corrects.entry_id if self.corrects else None
        kept = {"text": self.field.edit.toPlainText(), "category": self.category.value(), "when": self.when.text(), "corrects": corrects}
        return json.dumps(kept, ensure_ascii=False)

    def restore(self, draft: str) -> int | None:
        """What was being written before; the number it was to correct, which the page then hands in by correct_draft()."""
        kept = json.loads(draft) if draft else {}
        self.category.choose(kept.get("category") or self.category.value())
        self.when.set_text(kept.get("when", ""))
        self.field.set_text(kept.get("text", ""))
        corrects: int | None = kept.get("corrects")
        return corrects

    def correct_draft(self, entry: EntryView) -> None:
        """The words that came back were a correction of this entry."""
        self.corrects = entry
        self._show_corrected()

    def put_away(self) -> None:
        """Another person is at the desk: what was being written is their draft, not this one's."""
        keep, self._keep = self._keep, None
        self._clear()
        self._keep = keep

    def empty(self) -> bool:
        """Nothing is being written."""
        return not self.field.text() and self.corrects is None

    def _touched(self, _text: str = "") -> None:
        self._hand_on(self.field.text())

    def _hand_on(self, _text: str) -> None:
        if self._keep is not None:
            self._keep(self.draft())


def _named(n: int, category: Category) -> Callable[[], str]:
    return lambda: f"{n}  {category.name}" if n <= 9 else f"    {category.name}"
