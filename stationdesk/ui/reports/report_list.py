"""The reports there are."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy

from stationdesk.domain.words import C_, _
from stationdesk.reports.registry import REPORTS
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.table import HEAD, HIGH, Table

SHOWN_LEAST = 12  # rows; a lower window scrolls to the others


class ReportList(Table):
    """The registry in its order; as tall as it is long where there is room, never taller."""

    def __init__(self) -> None:
        columns = [Column(lambda: C_("sheet", "Report"), lambda each: each.words, grows=True)]
        super().__init__(columns, lambda: _("Reports"), key=lambda each: each.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(_tall(len(REPORTS)))
        self.show_rows(REPORTS)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _tall(len(REPORTS)))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), _tall(SHOWN_LEAST))


def _tall(rows: int) -> int:
    """The card's edge is its last line."""
    return HEAD + HIGH * rows - 1
