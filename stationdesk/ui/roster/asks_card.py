"""Leave and swaps that people ask for, stand-ins as they happened: what is to be decided or confirmed, one below the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from stationdesk.domain.moments import format_day
from stationdesk.domain.words import C_, _
from stationdesk.services.roster import LeaveView, StandIn, SwapView
from stationdesk.ui.roster.board import Board
from stationdesk.ui.roster.wording import LEAVE_WORDS, days_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

Ask = LeaveView | SwapView | StandIn
MOST = 4


class AsksCard(Card):
    """decided(ask, True to approve); agreed(swap); confirmed(stand-in); withdrawn(one's own leave or swap)."""

    decided = Signal(object, bool)
    agreed = Signal(object)
    confirmed = Signal(object)
    withdrawn = Signal(object)

    def __init__(self) -> None:
        super().__init__(title=lambda: _("Leave, swaps, stand-ins"))
        self.hide()

    def show_board(self, board: Board) -> None:
        """The requests of the month that are open; the card hides where there is none."""
        asks = board.open_asks
        self.setVisible(bool(asks))
        items: list[Item] = []
        for ask in asks[:MOST]:
            items += [rule(), 8] if items else [8]
            items += [Line(plain(_who(ask)), "strong", elide=True), Text(_what(ask, board), "label")]
            words = ask.reason if isinstance(ask, StandIn) else ask.words
            items += [Text(plain(words), "label text-2")] if words else []
            items += [4, *self._ways(ask, board), 8]
        if len(asks) > MOST:
            items += [rule(), 8, Line(_("… and {n} more").format(n=len(asks) - MOST), "label text-2"), 8]
        self.show_items(*items)

    def _ways(self, ask: Ask, board: Board) -> list[Item]:
        ways: list[Button] = []
        if isinstance(ask, StandIn):
            if "confirm_stand_in" not in board.refusals:
                ways.append(Button(lambda: C_("decision", "Confirm"), look="chip", on_click=partial(self.confirmed.emit, ask)))
            return [row(*ways, None, spacing=8)] if ways else [Line(lambda: _("The chief confirms it."), "label text-2")]
        case = "decide_leave" if isinstance(ask, LeaveView) else "decide_swap"
        if case not in board.refusals:
            ways.append(Button(lambda: _("Approve"), look="chip", on_click=partial(self.decided.emit, ask, True)))
            ways.append(Button(lambda: C_("decision", "Refuse"), look="chip", on_click=partial(self.decided.emit, ask, False)))
        elif isinstance(ask, SwapView) and ask.agreed_at is None and board.person_id == ask.other_id:
            ways.append(Button(lambda: _("Agree"), look="chip", on_click=partial(self.agreed.emit, ask)))
        if _concerns(ask, board.person_id):
            ways.append(Button(lambda: C_("request", "Withdraw"), look="chip", on_click=partial(self.withdrawn.emit, ask)))
        waits: list[Item] = [] if case not in board.refusals else [Line(lambda: _("The chief decides."), "label text-2"), 4]
        return [*waits, *([row(*ways, None, spacing=8)] if ways else [])]


def _concerns(ask: LeaveView | SwapView, person: int) -> bool:
    """Whether somebody may take a request back: it is theirs."""
    return person in ((ask.person_id, ask.asked_by_id) if isinstance(ask, LeaveView) else (ask.person_id, ask.other_id))


def _who(ask: Ask) -> str:
    if isinstance(ask, StandIn):
        return _("{name} stands in for {other}").format(name=ask.person, other=ask.for_person)
    return ask.person if isinstance(ask, LeaveView) else f"{ask.person} → {ask.other}"


def _what(ask: Ask, board: Board) -> str:
    called = {kind.code: str(kind.name) for kind in board.view.kinds}
    if isinstance(ask, StandIn):
        return _("{day} {kind}").format(day=format_day(ask.day), kind=called.get(ask.kind, ask.kind))
    if isinstance(ask, LeaveView):
        head = f"{LEAVE_WORDS[ask.kind]()} {days_words(ask.first, ask.last)}"
        duties = ", ".join(f"{format_day(day)} {called.get(kind, kind)}" for day, kind in ask.duties)
        return _("{leave}; duties: {duties}").format(leave=head, duties=duties) if duties else head
    given = _("{day} {kind}").format(day=format_day(ask.day), kind=called.get(ask.kind, ask.kind))
    back = _("{day} {kind}").format(day=format_day(ask.back_day), kind=called.get(ask.back_kind, ask.back_kind)) if ask.back_day else ""
    words = _("{given} for {back}").format(given=given, back=back) if back else given
    if ask.found:
        words = _("{words}; breaches it would bring: {n}").format(words=words, n=len(ask.found))
    return words if ask.agreed_at else _("{words}; the other has not agreed yet").format(words=words)
