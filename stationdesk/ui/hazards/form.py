"""What the page's forms have in common: fields below each other, Ctrl Enter and Esc, the reason of a refusal at its field."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import DAY, at_wall
from stationdesk.domain.words import C_
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.date_field import DateField, TimeField
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.layout import Item, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text_field import TextField


class Form(Card):
    """submitted() by Ctrl Enter or the button; left() by Esc or the other. Errors stand at their fields."""

    submitted = Signal()
    left = Signal()

    def __init__(self, title: Words, verb: Words, *items: Item) -> None:
        super().__init__(look="strong")
        self.places: dict[str, Labelled] = {}
        self.send = Button(verb, look="primary", key="Ctrl Enter", on_click=self._send)
        self.stop = Button(lambda: C_("form", "Back"), key="Esc", on_click=self.left.emit)
        self.busy = False
        self._keep: Callable[[dict[str, Any]], object] = dict
        self.show_items(12, Line(title, "strong"), 8, *items, 4, row(self.send, self.stop, None), 12)

    def take_focus(self) -> None:
        """The field to begin with."""
        next(iter(self.places.values())).take_focus()

    def fail(self, error: DomainError) -> None:
        """It was refused: the reason at its field, or at the first one."""
        self.busy = False
        place = self.places.get(error.field or "") or next(iter(self.places.values()))
        place.error(lambda: say(error))
        place.take_focus()

    # Drafts
    def on_draft(self, keep: Callable[[dict[str, Any]], object]) -> None:
        """Who keeps what is being filled in."""
        self._keep = keep
        for each in self.findChildren(TextField) + self.findChildren(Field):
            each.on_draft(self._hand_on)

    def empty(self) -> bool:
        """Nothing is filled in yet."""
        return not any(self.draft().values())

    def draft(self) -> dict[str, Any]:
        """What is filled in, as it is kept."""
        return {name: place.text() for name, place in self.places.items() if isinstance(place, TextField | Field)}

    def restore(self, text: str) -> None:
        """What was filled in before, unless something else is by now."""
        if text and self.empty():
            kept = json.loads(text)
            for name, place in self.places.items():
                if isinstance(place, TextField | Field):
                    place.set_text(kept.get(name, ""))
            self.fill(kept)

    def fill(self, kept: dict[str, Any]) -> None:
        """What is no text, of a draft."""

    def _hand_on(self, _text: str) -> None:
        self._keep(self.draft())

    def complete(self) -> bool:
        """Whether everything needed is there; what is missing says so."""
        return True

    def _send(self) -> None:
        if not self.busy and self.complete():
            self.busy = True
            self.submitted.emit()


class Deadline(Labelled):
    """A day and a time of it; 24:00 where only the day is given."""

    def __init__(self, label: Words, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self.zone, self.now = zone, now
        self.day = DateField("", lambda: now().astimezone(zone).date(), below=False)
        self.time = TimeField("", below=False)
        self.time.hint = lambda: "24:00"
        self.time.reword()
        inner = QWidget()
        row(self.day, self.time, owner=inner)
        super().__init__(inner, label)
        inner.setFocusProxy(self.day)

    def value(self) -> datetime | None:
        """The moment; None where nothing is given. ValueError for what is no day or time."""
        if not (self.day.valid() and self.time.valid()):
            raise ValueError
        day, time = self.day.value(), self.time.value()
        if day is None:
            return None
        return at_wall(day, DAY if time is None else time.hour * 60 + time.minute, self.zone)

    def take_focus(self) -> None:
        self.day.take_focus()
