"""The relief's blind reading of one run: type, Enter, type, Enter. What the other side read is not on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.takeover import BaseWordsError
from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import NumberError
from stationdesk.domain.words import _
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.date_field import TimeField
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line

if TYPE_CHECKING:
    from stationdesk.services.metering.takeover import StreamTakeover

FROZEN, OWN = "frozen", "own"


@dataclass(frozen=True)
class Typed:
    """What was typed. own_time None with frozen False: now."""

    counter: Decimal | None
    corrected: Decimal | None
    frozen: bool
    own_time: time | None
    words: str


class BaseEntry(QWidget):
    """entered(Typed): both counters, or words why one cannot be read. drafted(field, text): as it is being typed."""

    entered = Signal(object)
    drafted = Signal(str, str)

    def __init__(self, stream: StreamTakeover, hour: datetime, zone: ZoneInfo) -> None:
        super().__init__()
        self.corrects = stream.wants_corrected
        self.counter = Field(lambda: _("Metered counter"), "m³", numeric=True)
        self.corrected = Field(lambda: _("Corrected counter"), "Nm³", numeric=True)
        self.words = Field("", hint=lambda: _("If a counter cannot be read: why"), below=False)
        clock = format_time(hour, zone)
        self.how = Choice(
            [Option(FROZEN, lambda: _("Frozen value {time}").format(time=clock)), Option(OWN, lambda: _("Reading time"))],
            lambda: _("How the counters are read"),
        )
        self.time = TimeField("", below=False)
        self.relief = True
        self.note = Line(self._note, "label text-2", elide=True)
        self._lay_out(frozen=stream.stream.freezes)
        self._connect()

    def _lay_out(self, *, frozen: bool) -> None:
        fields = [self.counter, self.corrected] if self.corrects else [self.counter]
        self.time.setFixedWidth(96)
        how = row(self.how, self.time, None)
        column(row(*fields, spacing=12), 2, how, 8, self.words, 6, self.note, owner=self)
        self.how.choose(FROZEN if frozen else OWN)
        if not frozen:
            self.how.lock(FROZEN, lambda: _("this corrector keeps no frozen values"))
        self._show_time()

    def _connect(self) -> None:
        self.how.chosen.connect(lambda _value: self._show_time())
        self.counter.entered.connect(self.corrected.take_focus if self.corrects else self._send)
        for each in (self.corrected, self.words, self.time):
            each.entered.connect(self._send)
        for name, field in self.fields().items():
            field.on_draft(partial(self.drafted.emit, name))

    def show_relief(self, *, relief: bool) -> None:
        """Whether the person at the desk may read."""
        self.relief = relief
        self.note.reword()
        for each in (self.counter, self.corrected, self.how, self.time, self.words):
            each.setEnabled(relief)

    def _note(self) -> str:
        if self.relief:
            return _("The outgoing readings are hidden until yours are in.")
        return _("Read by the relief: pick one of them first.")

    def _show_time(self) -> None:
        self.time.setVisible(self.how.value() == OWN)

    def fields(self) -> dict[str, Field]:
        """What is typed into, by the names its drafts have."""
        return {"counter": self.counter, "corrected": self.corrected, "words": self.words}

    def restore(self, name: str, text: str) -> None:
        """What was being typed before the power went."""
        field = self.fields().get(name)
        if field is not None and not field.text():
            field.set_text(text)

    def take_focus(self) -> None:
        """To what is no number, else to the first empty field."""
        wrong = next((each for each in (self.counter, self.corrected) if each.wrong), None)
        first = self.counter if not self.counter.text() or not self.corrects else self.corrected
        (wrong or first).take_focus()

    def clear(self) -> None:
        """What was entered is in."""
        for name, each in self.fields().items():
            each.set_text("")
            each.error()
            self.drafted.emit(name, "")

    def refuse(self, error: Exception) -> None:
        """Why it was not taken, at the field it is about."""
        words = (lambda: say(error)) if isinstance(error, DomainError) else str(error)
        field = getattr(type(error), "field", None)
        place = self.words if field == "words" else self.time if field == "read_at" and self.time.isVisible() else self._counter(error)
        place.error(words)
        place.take_focus()

    def _counter(self, error: Exception) -> Field:
        """The counter whose value was refused."""
        value = getattr(error, "value", None)
        return self.corrected if self.corrects and value is not None and value == self.corrected.number() else self.counter

    def _send(self) -> None:
        try:
            typed = Typed(
                self.counter.number(), self.corrected.number() if self.corrects else None, self.how.value() == FROZEN, self.time.value(),
                self.words.text(),
            )  # fmt: skip
        except NumberError:
            self.take_focus()  # said at the field when it was left
            return
        wanting = [each for each, value in ((self.counter, typed.counter), (self.corrected, typed.corrected)) if value is None]
        if wanting and not typed.words and (self.corrects or wanting[0] is self.counter):
            self.refuse(BaseWordsError())
            wanting[0].take_focus()
            return
        self.entered.emit(typed)
