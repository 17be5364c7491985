"""The roster grid: two panes on one model, for people scroll and the coverage under them stays."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stationdesk.ui.roster.measures import DAY
from stationdesk.ui.roster.model import RosterModel
from stationdesk.ui.roster.view import DutyView


class RosterGrid(QWidget):
    """people takes the keys; coverage follows it sideways."""

    def __init__(self, model: RosterModel) -> None:
        super().__init__()
        self.model = model
        self.people, self.coverage = DutyView(model, coverage=False), DutyView(model, coverage=True)
        self.people.horizontalScrollBar().valueChanged.connect(self.coverage.horizontalScrollBar().setValue)
        self.setFocusProxy(self.people)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.people, 1)
        layout.addWidget(self.coverage)

    def day_left(self, column: int) -> int:
        """Where a day's cells begin, from the left edge of the days."""
        return self.people.columnViewportPosition(column) + self.people.columnWidth(column) - DAY

    def name_spans(self, published: str, draft: str) -> None:
        """What stands over the published days and over those of the draft."""
        self.people.published_words, self.people.draft_words = published, draft
        self.people.horizontalHeader().viewport().update()

    def compare(self, on: bool) -> None:
        """Put what is published below each row that differs, or take it away."""
        self.model.comparing = on
        for pane in (self.people, self.coverage):
            pane.fit()
            pane.viewport().update()
