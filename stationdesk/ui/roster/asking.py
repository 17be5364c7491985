"""Asked on the page: leave, swaps and wishes of one's own, withdrawn again, and the chief's decisions about them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stationdesk.domain.words import C_, _
from stationdesk.services import roster as use
from stationdesk.services.roster import LeaveView, StandIn, SwapView, WishView
from stationdesk.services.shifts import confirm_stand_in
from stationdesk.ui.roster.dialogs import DecisionDialog, LeaveDialog, SwapDialog, WishDialog
from stationdesk.ui.roster.model import Place
from stationdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from stationdesk.ui.roster.page import RosterPage


class Asking(QObject):
    """What the page's keys L, S, W and its card of requests lead to."""

    def __init__(self, page: RosterPage) -> None:
        super().__init__(page)
        self.page = page

    def _chosen(self) -> tuple[Place, Place] | None:
        """The first and the last of the cells chosen."""
        places = self.page.grid.people.places()
        return (min(places), max(places)) if places else None

    def leave(self) -> None:
        """Leave of the person of the chosen row: one's own is asked for, another's is recorded by who may."""
        page, chosen = self.page, self._chosen()
        found, actor = page.board, page.runner.actor
        if found is None or chosen is None or actor is None:
            return
        person = chosen[0][0]
        own = person == actor.person_id
        refusal = found.refusals.get("ask_leave" if own else "record_leave")
        if refusal is not None:
            page.tell.emit(refusal)
            return

        def ask(first: date, last: date, kind: str, words: str, dialog: LeaveDialog) -> None:
            call = partial(use.ask_leave) if own else partial(use.record_leave)
            values = (first, last, kind, words) if own else (person, first, last, kind, words)
            page.runner.command(dialog, call, *values, on_done=dialog.finish, on_error=dialog.fail)

        LeaveDialog(page, self._name(person), chosen[0][1], chosen[1][1], page.today, ask).show_over()

    def _name(self, person: int) -> str:
        rows = self.page.board.view.rows if self.page.board else ()
        return next((row.name for row in rows if row.person_id == person), "")

    def wish(self) -> None:
        """What one would like on the days chosen, in whatever row: a wish is one's own."""
        page, chosen = self.page, self._chosen()
        found, actor = page.board, page.runner.actor
        if found is None or chosen is None or actor is None:
            return
        if (refusal := found.refusals.get("make_wish")) is not None:
            page.tell.emit(refusal)
            return
        if not (name := self._name(actor.person_id)):
            page.tell.emit(Notice(lambda: _("Wishes are for who is in the roster."), "amber"))
            return

        def ask(first: date, last: date, kind: str, weight: int, words: str, dialog: WishDialog) -> None:
            page.runner.command(dialog, use.make_wish, first, last, kind, weight, words, on_done=dialog.finish, on_error=dialog.fail)

        WishDialog(page, name, chosen[0][1], chosen[1][1], page.model.kinds, page.today, ask).show_over()

    def swap(self) -> None:
        """A swap of a duty of one's own."""
        page = self.page
        found, actor = page.board, page.runner.actor
        if found is None or actor is None:
            return
        if not any(each.published for each in found.view.days) or found.draft is not None:
            page.tell.emit(Notice(lambda: _("Swaps are asked of a published roster."), "amber"))
            return
        chosen = self._chosen()
        others = [(row.person_id, row.name) for row in found.view.rows if row.person_id != actor.person_id]

        def ask(asked: use.Asked, dialog: SwapDialog) -> None:
            page.runner.command(dialog, use.ask_swap, asked, on_done=dialog.finish, on_error=dialog.fail)

        def check(asked: use.Asked, dialog: SwapDialog) -> None:
            now = page.runner.now()
            page.runner.query(dialog, use.swap_breaches, asked, now, on_done=dialog.show_breaches, on_error=dialog.show_refusal)

        current = chosen[0][1] if chosen else None
        SwapDialog(page, actor.person_id, self.duties(actor.person_id), current, others, self.duties, found.called, check, ask).show_over()

    def duties(self, person: int) -> list[tuple[date, str]]:
        """Somebody's duties of the month shown that are not over."""
        model, today = self.page.model, self.page.today()
        return [(day, model.cell(person, day)) for day in model.days if day >= today and model.cell(person, day)]

    def decide(self, ask: LeaveView | SwapView, approve: bool) -> None:
        """Approve at once what breaks nothing; the rest takes words."""
        if approve and not (isinstance(ask, SwapView) and ask.found):
            self._decide(ask, approve, "", None)
            return
        title = (lambda: _("Approve")) if approve else (lambda: C_("decision", "Refuse"))
        DecisionDialog(self.page, title, title, partial(self._decide, ask, approve)).show_over()

    def _decide(self, ask: LeaveView | SwapView, approve: bool, words: str, dialog: DecisionDialog | None) -> None:
        call = use.decide_leave if isinstance(ask, LeaveView) else use.decide_swap
        subject = ask.leave_id if isinstance(ask, LeaveView) else ask.swap_id
        self.page.runner.command(
            dialog or self.page,
            partial(call, approve=approve, words=words),
            subject,
            on_done=dialog.finish if dialog else None,
            on_error=dialog.fail if dialog else None,
        )

    def agree(self, ask: SwapView) -> None:
        """The other takes the swap."""
        self.page.runner.command(self.page, use.agree_swap, ask.swap_id)

    def confirm(self, stood: StandIn) -> None:
        """The chief confirms who stood in at night."""
        self.page.runner.command(self.page, confirm_stand_in, stood.spell_id)

    def withdraw(self, ask: LeaveView | SwapView | WishView) -> None:
        """Who asked no longer wants it."""
        if isinstance(ask, WishView):
            self.page.runner.command(self.page, use.end_wish, ask.wish_id)
        elif isinstance(ask, LeaveView):
            self.page.runner.command(self.page, use.withdraw_leave, ask.leave_id)
        else:
            self.page.runner.command(self.page, use.withdraw_swap, ask.swap_id)
