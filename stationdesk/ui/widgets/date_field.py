"""Dates and times typed as one likes: 11-21, 20261121, 2026/11/21; 703, 7:03, 07：03. Up and Down step."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from stationdesk.domain.words import _
from stationdesk.ui.widgets.digits import tidy
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.spoken import Words


def read_date(text: str, today: date) -> date | None:
    """The date typed; without a year the one of today. None for an empty text, ValueError for no date."""
    text = tidy(text).strip().replace("／", "/").replace("－", "-").replace("年", "-").replace("月", "-").replace("日", "")
    if not text:
        return None
    if text.isdigit() and len(text) in (4, 8):
        text = f"{text[:-4]}-{text[-4:-2]}-{text[-2:]}"
    parts = [int(part) for part in re.split(r"[-/.]", text) if part]
    if len(parts) == 2:
        parts = [today.year, *parts]
    year, month, day = parts
    return date(year, month, day)


def read_time(text: str) -> time | None:
    """The time of day typed. None for an empty text, ValueError for no time."""
    text = tidy(text).strip().replace("：", ":").replace(".", ":")
    if not text:
        return None
    if text.isdigit():
        text = f"{text}:00" if len(text) < 3 else f"{text[:-2]}:{text[-2:]}"
    hour, minute = (int(part) for part in text.split(":"))
    return time(hour, minute)


class _Read(Field):
    """A field whose text is read; what cannot be read stays and says so when it is left."""

    #: the value read, or None
    chosen = Signal(object)

    def __init__(self, label: Words, hint: Words, below: bool = True) -> None:
        super().__init__(label, hint=hint, below=below)
        self.edit.installEventFilter(self)
        self.committed.connect(self._settle)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if event.key() == Qt.Key.Key_Up else -1)
            return True
        return super().eventFilter(watched, event)

    def valid(self) -> bool:
        """Whether it is empty or can be read."""
        try:
            self._value()
        except ValueError:
            return False
        return True

    def _settle(self, _text: str) -> None:
        if not self.valid():
            self.error(self._complaint)
            return
        self.error()
        self.set_text(self._written(self._value()))
        self.chosen.emit(self._value())

    def _value(self) -> date | time | None:
        raise NotImplementedError

    def _written(self, value: date | time | None) -> str:
        raise NotImplementedError

    def _complaint(self) -> str:
        raise NotImplementedError

    def _step(self, by: int) -> None:
        raise NotImplementedError


class DateField(_Read):
    """today() completes a date without a year."""

    def __init__(self, label: Words, today: Callable[[], date], below: bool = True) -> None:
        self._today = today
        super().__init__(label, lambda: _("YYYY-MM-DD"), below)

    def value(self) -> date | None:
        """The date; None when empty or not readable (see valid)."""
        return self._value() if self.valid() else None

    def choose(self, value: date | None) -> None:
        """Show a date."""
        self.set_text(self._written(value))

    def _value(self) -> date | None:
        return read_date(self.edit.text(), self._today())

    def _written(self, value: date | time | None) -> str:
        return value.isoformat() if value else ""

    def _complaint(self) -> str:
        return _("No date. Write it like {example}.").format(example=self._today().isoformat())

    def _step(self, by: int) -> None:
        value = self.value()
        self.choose(value + timedelta(days=by) if value else self._today())
        self.chosen.emit(self.value())


class TimeField(_Read):
    """A time of day to the minute."""

    def __init__(self, label: Words, below: bool = True) -> None:
        super().__init__(label, lambda: _("HH:MM"), below)

    def value(self) -> time | None:
        """The time; None when empty or not readable (see valid)."""
        return self._value() if self.valid() else None

    def choose(self, value: time | None) -> None:
        """Show a time."""
        self.set_text(self._written(value))

    def _value(self) -> time | None:
        return read_time(self.edit.text())

    def _written(self, value: date | time | None) -> str:
        return value.strftime("%H:%M") if value is not None else ""

    def _complaint(self) -> str:
        return _("No time. Write it like {example}.").format(example="07:05")

    def _step(self, by: int) -> None:
        value = self.value()
        if value is not None:
            self.choose((datetime.combine(date(2000, 1, 2), value) + timedelta(minutes=by)).time())
            self.chosen.emit(self.value())
