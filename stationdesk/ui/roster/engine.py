"""The engine at work for the page: a draft generated, the published roster repaired, why none keeps every rule."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stationdesk.domain.errors import DomainError
from stationdesk.domain.roster.errors import RosterUnsolvedError
from stationdesk.domain.words import _
from stationdesk.services.roster.solve import Dispute, Mended, Solved
from stationdesk.ui.roster.dialogs import DisputeDialog
from stationdesk.ui.roster.making import Stop, generate, mend, mended_words, solved_words, warm, why
from stationdesk.ui.runner import Task
from stationdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from stationdesk.ui.roster.page import RosterPage


class Engine(QObject):
    """What the keys G and R lead to; works while the desk goes on."""

    def __init__(self, page: RosterPage) -> None:
        super().__init__(page)
        self.page = page
        self.stop: Stop | None = None
        self._warming: Task | None = None

    @property
    def cache(self) -> Path | None:
        """Where compiled code is kept; None for a window that keeps nothing."""
        folder = self.page.runner.folder
        return folder / "compiled" if folder else None

    def warm(self) -> None:
        """Somebody is here who may plan: the engine is compiled meanwhile, once, in a process that lets everything else go first."""
        if self._warming is None and self.stop is None and self.cache is not None:
            self._warming = self.page.runner.query(self, warm, self.cache, on_done=self._warmed, on_progress=self._warmed, aside=True)

    def _warmed(self, *_said: object) -> None:
        """Nothing to be told."""

    def let_go(self) -> None:
        """What is asked for now does not wait for the compiling ahead of it."""
        if self._warming is not None:
            self._warming.cancel()

    def generate(self) -> None:
        """A draft by the engine, in place of the one there is."""
        if self.page.board is None or self.stop is not None:
            return
        view = self.page.board.view
        self._begin_making(_("Generating the roster"), enough=True)
        self.page.runner.command(
            self,
            generate,
            view.first,
            view.last,
            self.stop,
            self.cache,
            on_done=self._generated,
            on_error=self._not_made,
            on_progress=self.page.making.progress,
            aside=True,
        )

    def mend(self) -> None:
        """The fewest changes after leave or a swap, from today on."""
        if self.page.board is None or self.stop is not None:
            return
        first = self.page.board.view.first
        self._begin_making(_("Repairing the roster"), enough=False)
        self.page.runner.command(
            self,
            mend,
            first,
            max(first, self.page.today()),
            self.stop,
            on_done=self._mended,
            on_error=self._not_made,
            on_progress=self.page.making.progress,
            aside=True,
        )

    def _begin_making(self, title: str, *, enough: bool) -> None:
        self.stop = Stop()
        self.let_go()
        self.page.head.wait_for_engine()
        self.page.making.begin(title, enough=enough)

    def enough(self) -> None:
        """Stop, and take the best so far."""
        if self.stop is not None:
            self.stop.set()

    def _made(self) -> None:
        self.stop = None
        self.page.making.hide()
        self.page.reload()

    def _generated(self, solved: Solved) -> None:
        self._made()
        self.page.tell.emit(Notice(lambda: solved_words(solved), "amber" if solved.short else ""))

    def _mended(self, mended: Mended) -> None:
        self._made()
        if mended.roster_id is None:
            self._ask_why()
        else:
            self.page.tell.emit(Notice(lambda: mended_words(mended)))

    def _not_made(self, error: DomainError) -> None:
        self._made()
        self.page.tell.emit(error)
        if isinstance(error, RosterUnsolvedError):
            self._ask_why()

    def _ask_why(self) -> None:
        """Which rules stand against each other, and the ways out."""
        if self.page.board is not None:
            first, last = self.page.board.view.first, self.page.board.view.last
            self.page.runner.query(self, why, first, last, self.page.runner.now(), on_done=self._show_why, bench=True)

    def _show_why(self, dispute: Dispute | None) -> None:
        if dispute is not None:
            DisputeDialog(self.page, dispute).show_over()
