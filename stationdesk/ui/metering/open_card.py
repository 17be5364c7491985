"""The card of what is still to be done: certificate, discrepancy sheets, results to compute anew, another run that would serve."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from stationdesk.domain.metering.best_range import BestRangeHint
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.metering.board import Beside
from stationdesk.ui.metering.views import CERTIFICATE, PAPERS, RESULTS
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text


class OpenCard(Card):
    """asked(what): a line's link."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self.hide()

    def show_beside(self, found: Beside) -> None:
        """What there is to do; quiet while there is nothing."""
        shown = found.day, found.certified, found.in_order, found.sheets, found.stale, found.hints
        if shown == self._shown:
            return
        self._shown = shown
        items: list[Item] = [self._certificate(found)]
        if found.sheets:
            words = partial(_sheets, found.sheets)
            items.append(self._line(words, lambda: C_("metering", "Open"), PAPERS, "circle-alert", "red-fg"))
        if found.stale:
            items.append(self._line(partial(_stale, found.stale), lambda: C_("metering", "Look"), RESULTS, "triangle-alert", "amber-fg"))
        for hint in found.hints[:1]:
            items.append(self._line(partial(_first, hint), lambda: C_("metering", "Switch"), "switch", "info", "text-2"))
            items.append(Text(partial(_second, hint), "label text-2"))
        self.show_items(8, *items, 8)
        self.show()

    def _certificate(self, found: Beside) -> Item:
        if not found.certified:
            return self._line(lambda: _("Not certified yet"), lambda: C_("metering", "Certify"), CERTIFICATE, "circle", "text-2")
        if not found.in_order:
            return self._line(
                lambda: _("Certified with findings"), lambda: C_("metering", "Open"), CERTIFICATE, "triangle-alert", "amber-fg"
            )
        return self._line(lambda: _("Certified, all in order"), lambda: C_("metering", "Open"), CERTIFICATE, "check", "text-2")

    def _line(self, words: Words, link: Words, what: str, sign: str, ink: str) -> Item:
        press: Callable[[], object] = partial(self.asked.emit, what)
        made = row(
            icon(sign, ink), Line(words, "body" if ink == "text-2" else f"body {ink}", elide=True), None,
            Button(link, look="link", role="label", on_click=press),
        )  # fmt: skip
        made.addStrut(26)
        return made


def _sheets(count: int) -> str:
    return n_("{n} discrepancy sheet open", "{n} discrepancy sheets open", count).format(n=count)


def _stale(count: int) -> str:
    return n_("{n} result would come out otherwise now", "{n} results would come out otherwise now", count).format(n=count)


def _first(hint: BestRangeHint) -> str:
    return hint.sentences[0]


def _second(hint: BestRangeHint) -> str:
    return hint.sentences[1]
