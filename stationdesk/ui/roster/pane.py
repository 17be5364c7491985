"""What the heads and the cells of the roster ask of the pane they stand in."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTableView, QWidget

from stationdesk.domain.words import C_
from stationdesk.services.roster import Row
from stationdesk.ui.roster.measures import BEFORE
from stationdesk.ui.roster.model import RosterModel
from stationdesk.ui.roster.shown import counted


class Pane(QTableView):
    """pads: room above and below each row's chips. published_words, draft_words: what stands over the days. posts: names of posts."""

    def __init__(self, model: RosterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.roster = model
        self.pads: list[tuple[int, int]] = []
        self.published_words = self.draft_words = ""
        self.posts: Mapping[str, str] = {}

    def post_words(self, person: Row) -> str:
        """What stands small behind a name: who leads a crew, or the post of who is of none."""
        if counted(person):
            return C_("roster", "lead") if person.leads else ""
        return self.posts.get(person.post, "")

    def below(self, row: int) -> int:
        """Room under a row's chips for what is published."""
        return BEFORE if self.roster.compared(row) else 0
