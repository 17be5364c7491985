"""Publishing the draft: every breach has its reason first, then the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stationdesk.domain.roster.rules import Unit, amount_said
from stationdesk.domain.words import _
from stationdesk.services import roster as use
from stationdesk.ui.roster.board import Board
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.spoken import Words

if TYPE_CHECKING:
    from stationdesk.ui.roster.page import RosterPage


class Publishing(QObject):
    """What the primary button leads to."""

    def __init__(self, page: RosterPage) -> None:
        super().__init__(page)
        self.page = page

    def begin(self) -> None:
        """The signature; breaches without a reason are shown first."""
        found = self.page.board
        if found is None or found.draft is None or found.refused("publish") is not None:
            return
        if found.view.unanswered:
            self.page.breaches.next()
            self.page.breach.reason.take_focus()
            self.page.tell.emit(Notice(lambda: _("A roster with breaches can be published; each is signed with its reason."), "amber"))
            return
        draft, actor = found.draft, self.page.runner.actor
        SignDialog(
            self.page,
            lambda: _("Publish the roster"),
            next((row_.name for row_ in found.view.rows if actor and row_.person_id == actor.person_id), ""),
            self._facts(found),
            lambda password, dialog: self.page.runner.command(
                dialog, use.publish_roster, draft.roster_id, password, on_done=dialog.finish, on_error=dialog.fail
            ),
            verb=lambda: _("Sign and publish"),
        ).show_over()

    def _facts(self, found: Board) -> list[Words]:
        view, kept = found.view, sum(bool(each.reason) for each in found.view.breaches)
        facts: list[Words] = [lambda: _("{month}, version {n}").format(month=self.page.months.name.text(), n=found.next_number)]
        facts.append(lambda: _(", ").join((amount_said(len(view.rows), Unit.PEOPLE), amount_said(len(view.days), Unit.DAYS))))
        if kept:
            facts.append(lambda: _("Breaches kept with a reason: {n}").format(n=kept))
        return facts
