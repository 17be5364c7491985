"""The reports there are."""

from __future__ import annotations

from PySide6.QtCore import Qt

from stationdesk.domain.words import C_, _
from stationdesk.reports.registry import REPORTS
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.table import HEAD, HIGH, Table


class ReportList(Table):
    """The registry in its order; exactly as tall as it is long."""

    def __init__(self) -> None:
        columns = [Column(lambda: C_("sheet", "Report"), lambda each: each.words, grows=True)]
        super().__init__(columns, lambda: _("Reports"), key=lambda each: each.name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(HEAD + HIGH * len(REPORTS) - 1)  # the card's edge is its last line
        self.show_rows(REPORTS)
