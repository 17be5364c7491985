"""Which month is shown: its name between two buttons."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.roster.wording import month_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line


class Months(QWidget):
    """Alt Left and Alt Right step."""

    #: the first day of the month chosen
    chosen = Signal(object)

    def __init__(self, day: date) -> None:
        super().__init__()
        self.first = day.replace(day=1)
        self.back = Button("", "chevron-left", look="small", on_click=lambda: self.step(-1))
        self.on = Button("", "chevron-right", look="small", on_click=lambda: self.step(1))
        self.name = Line(lambda: month_words(self.first), "strong")
        row(self.back, self.name, self.on, owner=self, spacing=8)
        self.back.setAccessibleName(_("Month before"))
        self.on.setAccessibleName(_("Next month"))

    def step(self, months: int) -> None:
        """To another month."""
        beside = self.first - timedelta(days=1) if months < 0 else self.first + timedelta(days=32)
        self.go_to(beside)

    def go_to(self, day: date) -> None:
        """To the month of a day."""
        self.first = day.replace(day=1)
        self.name.reword()
        self.chosen.emit(self.first)
