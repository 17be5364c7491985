"""What was printed and saved of a report: by whom, when, how; one can be looked at."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal

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
        self.looked_at: int | None = None
        self._still = False
        self.count = Line("", "label text-2")
        empty = EmptyState(lambda: _("What is printed or saved will be listed here, with its code."))
        empty.text.setFixedWidth(EMPTY_WIDE)
        columns = [
            Column(lambda: C_("sheet", "Copy"), lambda each: str(each.copy), align="right", width=58),
            Column(lambda: C_("sheet", "When"), lambda each: format_moment(each.at, self.zone), width=92),
            Column(lambda: C_("sheet", "By"), lambda each: each.by or _("program"), width=58, tip=_tip),
            Column(lambda: C_("sheet", "How"), lambda each: how_words(each.how), token=lambda _each: "text-2", width=68),
        ]
        self.table = Table(columns, lambda: _("Printed and saved"), compact=True, empty=empty, key=lambda each: each.sheet_id)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        super().__init__(self.table, title=lambda: _("Printed and saved"), fact=self.count, sides=0)
        self.body.setStretch(0, 1)
        self.table.current.connect(self._current)
        self.table.cell.connect(self._pressed)

    def show_sheets(self, found: tuple[PrintedView, ...]) -> None:
        """Newest first. The one looked at stays current; where none is, the table does not go to one by itself."""
        self._still = True
        self.table.show_rows(found)
        self._still = False
        if self.looked_at is None:
            self.let_go()
        else:
            self.look_at(self.looked_at)
        self.count.say(str(len(found)) if found else "")

    def let_go(self) -> None:
        """No row is current: the new sheet is on screen."""
        self.looked_at = None
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rows_model.index(-1, -1))

    def look_at(self, sheet_id: int) -> None:
        """One is on screen that was found elsewhere."""
        self.looked_at = sheet_id
        self._still = True
        self.table.select_key(sheet_id)
        self._still = False

    def _current(self, each: PrintedView | None) -> None:
        if each is not None and not self._still:
            self._take(each)

    def _pressed(self, each: PrintedView, _column: int) -> None:
        self._take(each)

    def _take(self, each: PrintedView) -> None:
        if self.looked_at != each.sheet_id:
            self.looked_at = each.sheet_id
            self.chosen.emit(each)


def _tip(each: PrintedView) -> str:
    return grouped(each.code)
