"""What was printed and saved of a report: by whom, when, how; one can be looked at."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from stationdesk.domain.codes import grouped
from stationdesk.domain.moments import format_moment
from stationdesk.domain.words import C_, _
from stationdesk.services.sheets import PrintedView
from stationdesk.ui.reports.sheet_card import how_words
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.table import Table

EMPTY_WIDE = 216


class PrintedCard(Card):
    """chosen(PrintedView): a row was taken with the arrows or a click."""

    chosen = Signal(object)

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.count = Line("", "label text-2")
        empty = EmptyState(lambda: _("What is printed or saved will be listed here, with its code."))
        empty.text.setFixedWidth(EMPTY_WIDE)
        columns = [
            Column(lambda: C_("sheet", "Copy"), lambda each: str(each.copy), align="right", width=52),
            Column(lambda: C_("sheet", "When"), lambda each: format_moment(each.at, self.zone), width=92),
            Column(lambda: C_("sheet", "By"), lambda each: each.by or _("program"), width=60, tip=_tip),
            Column(lambda: C_("sheet", "How"), lambda each: how_words(each.how), token=lambda _each: "text-2", width=70),
        ]
        self.table = Table(columns, lambda: _("Printed and saved"), compact=True, empty=empty, key=lambda each: each.sheet_id)
        super().__init__(self.table, title=lambda: _("Printed and saved"), fact=self.count, sides=0)
        self.body.setStretch(0, 1)
        self.table.current.connect(self._current)
        self.table.cell.connect(self._pressed)

    def show_sheets(self, found: tuple[PrintedView, ...]) -> None:
        """Newest first."""
        self.table.show_rows(found)
        self.count.say(str(len(found)) if found else "")

    def let_go(self) -> None:
        """No row is current: the new sheet is on screen."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rows_model.index(-1, -1))

    def _current(self, each: PrintedView | None) -> None:
        if each is not None:
            self.chosen.emit(each)

    def _pressed(self, each: PrintedView, _column: int) -> None:
        self.chosen.emit(each)


def _tip(each: PrintedView) -> str:
    return grouped(each.code)
