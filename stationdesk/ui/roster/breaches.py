"""The breaches of the roster shown: which is open, where the next is, why one stays, and the nearest ways to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stationdesk.domain.words import _
from stationdesk.services import roster as use
from stationdesk.services.roster import BreachView, Remedy
from stationdesk.ui.roster.breach_card import BreachCard
from stationdesk.ui.roster.model import Place
from stationdesk.ui.roster.scopes import scopes_of
from stationdesk.ui.roster.shown import is_answerable
from stationdesk.ui.runner import Task
from stationdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from stationdesk.ui.roster.page import RosterPage


class Breaches(QObject):
    """What the key B and the card of the breach lead to."""

    def __init__(self, page: RosterPage, card: BreachCard) -> None:
        super().__init__(page)
        self.page, self.card = page, card
        self._sought: tuple[str, int] | None = None  # the breach and the board ways are looked for
        self._search: Task | None = None
        card.given.connect(self.keep)
        card.wanted.connect(self.next)
        card.adopted.connect(self.adopt)

    def open(self) -> list[BreachView]:
        return [each for each in self.page.board.view.breaches if not each.reason and is_answerable(each)] if self.page.board else []

    def follow(self) -> None:
        """The breach of the current cell, else the first that is open."""
        found = self.page.board
        if found is None:
            return
        index = self.page.grid.people.currentIndex()
        place = self.page.model.place(index.row(), index.column()) if index.isValid() else None
        here = self.page.model.broken.get(place, ()) if place else ()
        opened = self.open()
        shown = here[0] if here else self.card.breach if self.card.breach in opened else next(iter(opened), None)
        self._tell(shown, opened)

    def next(self) -> None:
        """The cell of the next breach without a reason."""
        opened = self.open()
        if not opened:
            return
        at = opened.index(self.card.breach) + 1 if self.card.breach in opened else 0
        wanted = opened[at % len(opened)]
        self._tell(wanted, opened)
        people = [row_.person_id for row_ in self.page.model.rows]
        day = self.page.model.marked(wanted)
        if wanted.breach.person in people and day in self.page.model.days:
            self.page.grid.people.go_to(people.index(wanted.breach.person), self.page.model.days.index(day))
            self._tell(wanted, opened)

    def _tell(self, wanted: BreachView | None, opened: list[BreachView]) -> None:
        editable = self.page.board is not None and self.page.board.editable
        scopes = scopes_of(wanted, opened, self._chosen()) if wanted else {}
        self.card.show_breach(wanted, len(opened), editable, scopes)
        self._ask_remedies(wanted)

    def _chosen(self) -> list[Place]:
        """The cells of a block; one cell alone is only where one is."""
        places = self.page.grid.people.places()
        return places if len(places) > 1 else []

    def keep(self, keys: tuple[str, ...], words: str) -> None:
        if self.page.board is not None and self.page.board.draft is not None:
            self.page.runner.command(self, use.give_reasons, self.page.board.draft.roster_id, keys, words, on_done=self._kept)

    def _kept(self, count: int) -> None:
        if count > 1:
            self.page.tell.emit(Notice(lambda: _("{n} breaches are kept with this reason.").format(n=count)))

    def _ask_remedies(self, breach: BreachView | None) -> None:
        """The nearest ways to mend the breach shown, looked for aside; what was asked before is wanted no longer."""
        found = self.page.board
        wanted = (breach.breach.key, id(found)) if breach and found and found.editable and not breach.reason else None
        if wanted == self._sought:
            return
        self._sought = wanted
        if self._search is not None:
            self._search.cancel()
        self.card.show_remedies((), {})
        if wanted is not None and breach is not None and found is not None and found.draft is not None:
            args = found.draft.roster_id, breach.breach, self.page.runner.now()
            self._search = self.page.runner.query(self, use.remedies, *args, on_done=self._show_remedies, bench=True)

    def _show_remedies(self, found: tuple[Remedy, ...]) -> None:
        self._search = None
        if self.page.board is not None and not self.page.model.sending:
            self.card.show_remedies(found, self.page.board.called)

    def adopt(self, remedy: Remedy | None) -> None:
        """Mend it so: as if typed, and taken back like it."""
        if remedy is not None:
            self.page.model.change({(each.person_id, each.day): each.code for each in remedy.changes})
