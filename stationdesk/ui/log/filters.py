"""What of the log is shown: words as one types them, a category, a day, a shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_day, whole_day
from stationdesk.domain.words import C_, _
from stationdesk.services.log import Category, LogFilter
from stationdesk.services.shifts import ShiftView
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.date_field import DateField
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.select_field import Select

PAUSE_MS = 120
"""So long without a key, and what was typed is searched."""


class Filters(QWidget):
    """changed(LogFilter). Words are searched shortly after the last key, everything else at once."""

    changed = Signal(object)
    #: Down or Enter in the search field: the keyboard goes to what was found
    left = Signal()

    def __init__(self, today: Callable[[], date], zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        self.last = LogFilter()
        self.search = Field("", hint=lambda: _("Search: any two characters"), below=False)
        self.category = Select("", placeholder=lambda: _("All categories"), below=False)
        self.day = DateField("", today, below=False)
        self.day.hint = lambda: _("Any day")
        self.shift = Select("", placeholder=lambda: _("All shifts"), below=False)
        self.clear = Button(lambda: _("Show all"), icon="x", look="small", on_click=self.show_all)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for each, wide in ((self.category, 160), (self.day, 128), (self.shift, 208)):
            each.setFixedWidth(wide)
        self.search.setMinimumWidth(200)
        self.search.inner.setAccessibleName(_("Search the log"))
        inside = row(self.search, self.category, self.day, self.shift, self.clear, owner=self, spacing=8)
        inside.setContentsMargins(16, 8, 16, 8)
        inside.setStretchFactor(self.search, 1)
        self.day.reword()
        self.clear.hide()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._tell)
        self.search.edited.connect(self._typed)
        self.search.entered.connect(self._enter)
        self.category.chosen.connect(self._chosen)
        self.shift.chosen.connect(self._chosen)
        self.day.chosen.connect(self._chosen)

    def show_choices(self, categories: Sequence[Category], shifts: Sequence[ShiftView]) -> None:
        """The categories and the shifts there are."""
        named = [(each.code, (lambda name: lambda: str(name))(each.name)) for each in categories]
        self.category.show_choices([("", lambda: _("All categories")), *named])
        self.shift.show_choices([(0, lambda: _("All shifts")), *((each.shift_id, _shift_words(each)) for each in shifts)])

    def value(self) -> LogFilter:
        """What is asked for now."""
        span = whole_day(day, self.zone) if (day := self.day.value()) else None
        start, end = (span.start, span.end) if span else (None, None)
        return LogFilter(self.search.text(), self.category.value() or "", start, end, self.shift.value() or None)

    def show_all(self) -> None:
        """The whole log again."""
        self.search.set_text("")
        self.category.choose(None)
        self.shift.choose(None)
        self.day.choose(None)
        self._tell()

    def take_focus(self) -> None:
        """Search."""
        self.search.take_focus()
        self.search.edit.selectAll()

    def _typed(self, _text: str) -> None:
        self._timer.start()

    def _chosen(self, _value: object) -> None:
        self._tell()

    def _enter(self) -> None:
        self._tell()
        self.left.emit()

    def _tell(self) -> None:
        self._timer.stop()
        wanted = self.value()
        self.clear.setVisible(wanted != LogFilter())
        if wanted != self.last:
            self.last = wanted
            self.changed.emit(wanted)


def _shift_words(shift: ShiftView) -> Callable[[], str]:
    part = f"·{shift.part}" if shift.part > 1 else ""
    words = _shift_template
    return lambda: words().format(day=format_day(shift.day), shift=f"{shift.name}{part}", crew=shift.crew_name).strip()


def _shift_template() -> str:
    return C_("log", "{day} {shift} {crew}")
