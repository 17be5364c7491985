"""What the parts of the grid may ask of it: cells, heads and keys know this, the view fills it in."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QTableView

from stationdesk.ui.readings.model import ReadingsModel
from stationdesk.ui.readings.number_field import NumberField
from stationdesk.ui.widgets.question import QuestionPopup


class Grid(QTableView):
    """readings: its model. typing: the row that is 40 high. asks_reason: the question on screen is why a value is corrected."""

    readings: ReadingsModel
    popup: QuestionPopup
    typing: int
    asks_reason: bool
    group_ends: frozenset[int]

    # Where one is
    def field(self) -> NumberField | None:
        """The open field."""
        raise NotImplementedError

    def step(self, columns: int, rows: int) -> None:
        """To the next cell one may type in."""
        raise NotImplementedError

    def onward(self, back: bool = False) -> tuple[int, int]:
        """Where Enter leads, Shift+Enter back."""
        raise NotImplementedError

    # What is typed
    def begin(self, event: QKeyEvent) -> None:
        """A digit: the field opens with it, or says why it cannot."""
        raise NotImplementedError

    def typed(self, text: str) -> None:
        """The open field's text changed."""
        raise NotImplementedError

    def field_key(self, field: NumberField, event: QKeyEvent) -> bool:
        """A key of the open field; True where it is dealt with."""
        raise NotImplementedError

    def leave(self, step: tuple[int, int] | None, field: NumberField) -> None:
        """Save the field, then go on."""
        raise NotImplementedError

    def close_field(self, field: NumberField) -> None:
        """Close the open field; what was to be saved is saved."""
        raise NotImplementedError

    def forget(self) -> None:
        """Drop a value that was not saved."""
        raise NotImplementedError

    def undo(self) -> None:
        """Take the last value back."""
        raise NotImplementedError

    def paste(self) -> None:
        """Lay a block of a spreadsheet from the current cell on."""
        raise NotImplementedError

    def take_default_reason(self) -> None:
        """Who types on without looking corrected a slip of the key."""
        raise NotImplementedError

    # What is painted
    def paint_shift(self, p: QPainter, rect: QRect, row: int, left: int) -> None:
        """The words of a shift line, over hours and cells."""
        raise NotImplementedError
