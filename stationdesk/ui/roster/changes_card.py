"""What a draft changes of what is published, person by person: so many are to be told."""

from __future__ import annotations

from stationdesk.domain.words import _, n_
from stationdesk.ui.roster.board import Board
from stationdesk.ui.roster.model import RosterModel
from stationdesk.ui.roster.wording import changes_words
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

MOST = 10
"""Days told of one person: who has more is planned anew altogether."""


class ChangesCard(Card):
    """Seen while the draft is compared."""

    def __init__(self) -> None:
        super().__init__(title=lambda: _("Draft against published"))
        self.hide()

    def show_board(self, board: Board, model: RosterModel, *, seen: bool) -> None:
        """Everybody whose days change, with each day as it was and as it becomes."""
        self.setVisible(seen)
        changes = model.changes()
        told = n_("{n} person to be told", "{n} people to be told", len(changes)).format(n=len(changes))
        items: list[Item] = [8, Text(plain(told) if changes else (lambda: _("Nothing differs.")), "body")]
        for row in model.rows:
            days = changes.get(row.person_id, ())
            if days:
                words = changes_words(days[:MOST], board.called)
                more = _("… and {n} more").format(n=len(days) - MOST) if len(days) > MOST else ""
                items += [8, Line(plain(row.name), "strong", elide=True), Text(plain(" ".join(filter(None, (words, more)))), "label")]
        self.show_items(*items, 12)
