"""What people wish on days of the month: whose, which days, how much it matters, and whether the roster keeps it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from stationdesk.domain.roster import days_of
from stationdesk.domain.words import C_, _
from stationdesk.services.roster import WishView
from stationdesk.ui.roster.board import Board
from stationdesk.ui.roster.model import RosterModel
from stationdesk.ui.roster.wording import WEIGHT_WORDS, days_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

MOST = 6


class WishesCard(Card):
    """withdrawn(wish): one's own is wished no longer."""

    withdrawn = Signal(object)

    def __init__(self) -> None:
        super().__init__(title=lambda: _("Wishes"))
        self.hide()

    def show_board(self, board: Board, model: RosterModel) -> None:
        """One's own first, then those that are not kept; the card hides where nobody wishes anything."""
        wishes = sorted(board.wishes, key=lambda each: (each.person_id != board.person_id, kept(each, model), each.first, each.wish_id))
        self.setVisible(bool(wishes))
        items: list[Item] = []
        for wish in wishes[:MOST]:
            items += [rule(), 8] if items else [8]
            items += [Line(plain(wish.person), "strong", elide=True), Text(plain(wish_words(wish, board)), "label")]
            items += [Text(plain(wish.words), "label text-2")] if wish.words else []
            state = Line(C_("wish", "kept") if kept(wish, model) else C_("wish", "not kept"), "label text-2")
            items += [4, row(state, None, *self._ways(wish, board)), 8]
        if len(wishes) > MOST:
            items += [rule(), 8, Line(_("… and {n} more").format(n=len(wishes) - MOST), "label text-2"), 8]
        self.show_items(*items)

    def _ways(self, wish: WishView, board: Board) -> list[Button]:
        if wish.person_id != board.person_id:
            return []
        return [Button(lambda: C_("request", "Withdraw"), look="chip", on_click=partial(self.withdrawn.emit, wish))]


def kept(wish: WishView, model: RosterModel) -> bool:
    """Whether every day of a wish that is on screen is as wished."""
    days = [day for day in days_of(wish.first, wish.last) if day in model.days]
    return all(model.cell(wish.person_id, day) == wish.kind for day in days)


def wish_words(wish: WishView, board: Board) -> str:
    """12-13–12-14 off · matters."""
    kind = board.called.get(wish.kind, wish.kind) if wish.kind else C_("roster", "off")
    what = _("{day} {kind}").format(day=days_words(wish.first, wish.last), kind=kind)
    return C_("facts", "·").join((what, WEIGHT_WORDS.get(wish.weight, WEIGHT_WORDS[1])()))
