"""The head of the roster page: what is published and drafted, and the buttons of what can be done now by who is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stationdesk.domain.permissions import whose
from stationdesk.domain.words import _
from stationdesk.services.shifts import SHIFTS
from stationdesk.ui.roster.board import Board
from stationdesk.ui.roster.wording import draft_words, shown_words

if TYPE_CHECKING:
    from stationdesk.ui.roster.page import RosterPage


class Head(QObject):
    """Shows and hides the parts of the page's head: together they are wider than the smallest window."""

    def __init__(self, page: RosterPage) -> None:
        super().__init__(page)
        self.page = page

    def show_board(self, found: Board) -> None:
        """Chips and buttons of a roster."""
        page, zone = self.page, self.page.runner.zone
        look = "strong" if found.view.published_number else ""
        page.published.show_state(lambda: shown_words(found, zone, looking=bool(page.looking)), look=look)
        page.draft_chip.show_state(lambda: draft_words(found.view), look="draft")
        seen = self._seen(found)
        for part, shown in seen.items():  # hidden first, then worded, then shown: in between they would be wider than the window
            if not shown:
                part.hide()
        self._block(found)
        for part, shown in seen.items():
            part.setVisible(shown)
        if page.engine.stop is not None:
            self.wait_for_engine()

    def _seen(self, found: Board) -> dict[QWidget, bool]:
        page, draft, newest = self.page, found.draft is not None, not self.page.looking
        shifts = found.sheet == SHIFTS  # the engine plans these only
        compared = draft and bool(found.view.published_number)  # beside both chips the year has no room; its key is heard
        whole = found.view.roster_id is not None and not draft  # published by one roster, which is what a repair mends
        makes = shifts and newest and found.refused("draft") is None  # for who may not, one button says whose it is
        return {
            page.draft_chip: draft,
            page.back_button: not newest,
            page.begin_button: not draft and newest,
            page.bring_button: makes and not draft and not whole,  # else the repair has its room; its key is heard
            page.generate_button: makes,
            page.mend_button: makes and whole,
            page.drop_button: draft and found.refused("change") is None,
            page.year_button: shifts and not compared,
            page.band: shifts,
            page.publish_button: draft,
        }

    def _block(self, found: Board) -> None:
        """What the person may not do says whose it is."""
        page = self.page
        for button, what in (
            (page.begin_button, "draft"),
            (page.generate_button, "draft"),
            (page.bring_button, "draft"),
            (page.mend_button, "draft"),
            (page.drop_button, "change"),
            (page.publish_button, "publish"),
        ):
            refusal = found.refused(what)
            button.block(partial(whose, refusal) if refusal else "")

    def wait_for_engine(self) -> None:
        """While the engine works nothing else begins: its draft would stand beside another."""
        page = self.page
        for button in (
            page.generate_button,
            page.mend_button,
            page.bring_button,
            page.begin_button,
            page.publish_button,
            page.drop_button,
        ):
            button.block(lambda: _("at work"))
        page.drop_button.hide()  # the others need the room to say what they wait for; it comes back with the answer
