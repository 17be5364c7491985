"""Which gas day is shown: its date between two buttons, the last days in a menu; it follows the clock until another is chosen."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from stationdesk.domain.moments import format_day, weekday
from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import row

LISTED = 10


class Days(QWidget):
    """Alt Left and Alt Right step; never beyond the day that runs."""

    #: the day chosen
    chosen = Signal(object)

    def __init__(self, running: date) -> None:
        super().__init__()
        self.running = self.day = running
        self.back = Button("", "chevron-left", look="small", on_click=lambda: self.step(-1))
        self.on = Button("", "chevron-right", look="small", on_click=lambda: self.step(1))
        self.menu_button = Button(self._words, look="small", role="strong", on_click=self.choose)
        row(self.back, self.menu_button, self.on, owner=self, spacing=4)
        self.back.setAccessibleName(_("Day before"))
        self.on.setAccessibleName(_("Next day"))
        self._say()

    def follow(self, running: date) -> None:
        """The gas day that runs now; who looked at the one before goes along."""
        if running == self.running:
            return
        along, self.running = self.day == self.running, running
        if along:
            self.go_to(running)
        self._say()

    def step(self, days: int) -> None:
        """To another day."""
        self.go_to(self.day + timedelta(days=days))

    def go_to(self, day: date) -> None:
        """To a day, at most the one that runs."""
        day = min(day, self.running)
        if day != self.day:
            self.day = day
            self._say()
            self.chosen.emit(day)

    def choose(self) -> None:
        """A menu of the last days."""
        menu = QMenu(self)
        for back in range(LISTED):
            day = self.running - timedelta(days=back)
            action = QAction(_("{day}, now").format(day=_day_words(day)) if not back else _day_words(day), menu)
            action.triggered.connect(lambda _checked=False, day=day: self.go_to(day))
            menu.addAction(action)
        menu.exec(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height() + 4)))
        menu.deleteLater()

    def _words(self) -> str:
        return _day_words(self.day)

    def _say(self) -> None:
        self.menu_button.reword()
        self.on.setEnabled(self.day < self.running)


def _day_words(day: date) -> str:
    return _("{day} {weekday}").format(day=format_day(day), weekday=weekday(day))
