"""The year in place of the month: its head with the year and what the months show, and the grid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.services.roster import YearView, year_view
from stationdesk.ui.roster.side import BAR
from stationdesk.ui.roster.year import MEASURES, YearModel, measure_words
from stationdesk.ui.roster.year_grid import YearGrid
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line

HEAD = 32


class YearFace(QWidget):
    """opened(first day of a month); left: back to the month."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, runner: Runner, title: Callable[[], str]) -> None:
        super().__init__()
        self.runner, self.year = runner, runner.local().year
        self.model = YearModel(self)
        self.grid = YearGrid(self.model)
        self.name = Line(lambda: str(self.year), "strong")
        before = Button("", "chevron-left", look="small", on_click=lambda: self.step(-1))
        after = Button("", "chevron-right", look="small", on_click=lambda: self.step(1))
        before.setAccessibleName(_("Year before"))
        after.setAccessibleName(_("Next year"))
        self.measures = Choice([_option(n, measure) for n, measure in enumerate(MEASURES, 1)], lambda: _("Figures of the months"))
        self.measures.choose(self.model.measure)
        self.back = Button(lambda: _("Back to the month"), key="Y", on_click=self.left.emit)
        head = row(Line(title, "title"), before, self.name, after, self.measures, None, self.back, spacing=12)
        head.addStrut(HEAD)
        self.note = Line("", "label text-2", elide=True)
        card = Card(self.grid, rule(), 12, row(16, self.note, 16, spacing=0), 12, sides=0)
        card.body.setStretch(0, 1)
        whole = column(head, card, owner=self, spacing=16)
        whole.setStretch(1, 1)
        whole.setContentsMargins(0, 0, BAR, 0)
        self._connect()

    def _connect(self) -> None:
        self.measures.chosen.connect(self.model.choose)
        self.grid.measured.connect(self._measure)
        self.grid.opened.connect(self._open)
        shortcut(self, "Alt Left", lambda: self.step(-1))
        shortcut(self, "Alt Right", lambda: self.step(1))
        shortcut(self, "Esc", self.left.emit)

    def _measure(self, nth: int) -> None:
        self.measures.choose(MEASURES[nth])
        self.model.choose(MEASURES[nth])

    def _open(self, month: int) -> None:
        self.opened.emit(date(self.year, month, 1))

    def show_year(self, year: int, month: int) -> None:
        """A year, with the keyboard on one of its months."""
        self.year = year
        self.name.reword()
        self._month = month
        self.reload()

    def step(self, years: int) -> None:
        """Another year."""
        self.show_year(self.year + years, max(self.grid.currentIndex().column(), 1))

    def reload(self) -> None:
        """Count the year anew."""
        self.runner.query(self, year_view, self.year, self.runner.now(), on_done=self._show, bench=True)

    def _show(self, view: YearView) -> None:
        if view.year != self.year:
            return
        self.model.show(view)
        official = (
            "" if view.official else _("No official calendar for {years} yet: holidays and make-up days may move.").format(years=view.year)
        )
        words = _("Published rosters with who stood in, and the newest drafts. Bars: beyond or below the mean of those who rotate.")
        self.note.say(lambda: " ".join(filter(None, (words, official))))
        if not self.grid.currentIndex().isValid() and self.model.rows:
            self.grid.setCurrentIndex(self.model.index(0, self._month))


def _option(nth: int, measure: str) -> Option:
    return Option(measure, lambda: measure_words(measure), key=str(nth))
