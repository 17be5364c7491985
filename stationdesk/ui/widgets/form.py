"""A form from its description: fields beside and below each other, what is typed read by its kind, refusals at their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import at_wall
from stationdesk.domain.numbers import NumberError, to_type
from stationdesk.domain.settings import NumberSpanError, TextSignsError, TextTooLongError, one_line
from stationdesk.domain.words import _
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.date_field import DateField, TimeField
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.select_field import Choices, Select
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text_field import TextField


@dataclass(frozen=True)
class Ask:
    """One thing asked. kind: text number whole date moment choice yes long secret. errors: other names rules use for it."""

    key: str
    label: Words
    kind: str = "text"
    choices: Callable[[], Choices] = tuple
    unit: Words = ""
    hint: Words = ""
    errors: tuple[str, ...] = ()
    lines: int = 3
    fixed: bool = False  # shown, not typed, once the thing is there
    most: int = 80  # characters
    share: int = 1  # of the width of its row
    span: tuple[int, int] | None = None  # of a number


class Moment(Labelled):
    """A day and a time; empty means now."""

    def __init__(self, label: Words, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self.zone = zone
        self.day = DateField("", lambda: now().astimezone(zone).date(), below=False)
        self.day.hint = lambda: _("now")
        self.day.reword()
        self.time = TimeField("", below=False)
        inner = QWidget()
        row(self.day, self.time, owner=inner)
        super().__init__(inner, label)
        inner.setFocusProxy(self.day)

    def value(self) -> datetime | None:
        """The moment, 00:00 where only a day is given. ValueError for what is no day or time."""
        if not (self.day.valid() and self.time.valid()):
            raise ValueError
        day, time = self.day.value(), self.time.value()
        return None if day is None else at_wall(day, 0 if time is None else time.hour * 60 + time.minute, self.zone)

    def choose(self, value: datetime | None) -> None:
        """Show a moment."""
        local = value.astimezone(self.zone) if value else None
        self.day.choose(local.date() if local else None)
        self.time.choose(local.time().replace(tzinfo=None) if local else None)

    def take_focus(self) -> None:
        self.day.take_focus()


class Form(QWidget):
    """fill(values), read() → values or None where something cannot be read, fail(error) at its field."""

    submitted = Signal()

    def __init__(self, rows: Sequence[Sequence[Ask]], zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.rows, self.zone, self.now = rows, zone, now
        self.asks = {ask.key: ask for line in self.rows for ask in line}
        self.parts = {key: self._part(ask) for key, ask in self.asks.items()}
        lines = [self._line(line) for line in self.rows]
        column(*lines, owner=self)
        self._kept: dict[str, Any] = {}
        self.fill({})

    def _line(self, asks: Sequence[Ask]) -> QBoxLayout:
        made = row(*(self.parts[ask.key] for ask in asks), spacing=12)
        for ask in asks:
            made.setStretchFactor(self.parts[ask.key], ask.share)
        return made

    def _part(self, ask: Ask) -> QWidget:
        if ask.kind == "choice":
            made = Select(ask.label, ask.choices())
            made.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            return made
        if ask.kind == "yes":
            return Check(ask.label)
        if ask.kind == "date":
            return DateField(ask.label, lambda: self.now().astimezone(self.zone).date())
        if ask.kind == "moment":
            return Moment(ask.label, self.zone, self.now)
        if ask.kind == "long":
            text = TextField(ask.label, lines=ask.lines, below=True)
            text.submitted.connect(self.submitted)
            return text
        line = Field(ask.label, unit=ask.unit, numeric=ask.kind in ("number", "whole"), secret=ask.kind == "secret", hint=ask.hint)
        line.entered.connect(self.submitted)
        return line

    def fill(self, values: Mapping[str, Any], *, there: bool = False) -> None:
        """Show values; there: the thing exists, so that what is fixed cannot be typed."""
        for key, ask in self.asks.items():
            part, value = self.parts[key], values.get(key)
            if isinstance(part, Labelled):
                part.error()
            if isinstance(part, Select):
                part.show_choices(ask.choices())
                part.choose(value)
                part.setEnabled(not (ask.fixed and there))
            elif isinstance(part, Check):
                part.setChecked(bool(value))
            elif isinstance(part, DateField | Moment):
                part.choose(value)
            elif isinstance(part, Field):
                part.set_text(_shown(value))
                part.set_read_only(ask.fixed and there)
                part.edit.setCursorPosition(0)
            elif isinstance(part, TextField):
                part.set_text(value or "")
        self._kept = self._state()

    def _state(self) -> dict[str, Any]:
        return {key: _raw(part) for key, part in self.parts.items()}

    def changed(self) -> bool:
        """Something was typed since it was filled."""
        return self._state() != self._kept

    def read(self) -> dict[str, Any] | None:
        """What stands in it by key; None where something cannot be read, which is said at its field."""
        found: dict[str, Any] = {}
        for key, ask in self.asks.items():
            part = self.parts[key]
            if isinstance(part, Labelled):
                part.error()
            try:
                found[key] = _value(part, ask)
            except (NumberError, NumberSpanError, TextSignsError, TextTooLongError, ValueError) as error:
                self._wrong(key, error)
                return None
        return found

    def _wrong(self, key: str, error: Exception) -> None:
        part = self.parts[key]
        if isinstance(part, Labelled):
            part.error((lambda: say(error)) if isinstance(error, DomainError) else (lambda: _("This cannot be read.")))
            part.take_focus()

    def fail(self, error: DomainError) -> bool:
        """Say a refusal at the field it belongs to; False where it belongs to none. Of several alike, the one its value `what` names."""
        name, alike = error.field, f"{error.field}_{error.values.get('what', '')}"
        meant = (each.key for each in self.asks.values() if name == each.key or name in each.errors)
        key = alike if alike in self.asks else next(meant, None)
        if key is None or not isinstance(self.parts[key], Labelled):
            return False
        self._wrong(key, error)
        return True

    def cut(self) -> bool:
        """Whether what is said at a field is longer than the room there."""
        return any(isinstance(part, Labelled) and part.cut for part in self.parts.values())

    def take_focus(self) -> None:
        """To the first field; what stands there is chosen, so that typing replaces it and never runs into it."""
        first = next(iter(self.parts.values()))
        if isinstance(first, Labelled):
            first.take_focus()
        if isinstance(first, Field):
            first.edit.selectAll()


def _shown(value: Any) -> str:
    if isinstance(value, Decimal | int):
        return to_type(value)
    return "" if value is None else str(value)


def _raw(part: QWidget) -> Any:
    if isinstance(part, Check):
        return part.isChecked()
    if isinstance(part, Select):
        return part.value()
    if isinstance(part, Moment):
        return (part.day.text(), part.time.text())
    assert isinstance(part, Field | TextField)
    return part.text()


def _value(part: QWidget, ask: Ask) -> Any:
    if isinstance(part, DateField):
        if not part.valid():
            raise ValueError
        return part.value()
    if isinstance(part, Moment):
        return part.value()
    if isinstance(part, Field) and ask.kind in ("number", "whole"):
        number = _number(part.number(), ask.kind == "whole")
        if ask.span and number is not None and not ask.span[0] <= number <= ask.span[1]:
            raise NumberSpanError(least=ask.span[0], most=ask.span[1])
        return number
    text = one_line(part.text()) if isinstance(part, Field) and ask.kind != "secret" else _raw(part)
    if isinstance(text, str) and len(text) > ask.most:
        raise TextTooLongError(count=len(text), most=ask.most)
    return text


def _number(value: Decimal | None, whole: bool) -> Decimal | int | None:
    if value is None or not whole:
        return value
    if value != int(value):
        raise ValueError
    return int(value)
