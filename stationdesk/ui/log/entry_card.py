"""The current entry beside the stream: its times and names, what corrects it, and what can be done with it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_date, format_time
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.words import C_, _
from stationdesk.services.log import EntryView
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.layout import Item, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain

LABEL = 72


class EntryCard(Card):
    """The page decides; the card asks by its signals."""

    #: number of an entry to go to
    picked = Signal(int)
    #: id of a hazard to go to
    hazard_picked = Signal(int)
    correct_asked = Signal()
    hazard_asked = Signal()
    claim_asked = Signal()

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        self.entry: EntryView | None = None
        self.refusals: dict[str, NotAllowedError] = {}

    def show_entry(self, entry: EntryView | None, refusals: dict[str, NotAllowedError]) -> None:
        """Another entry; refusals: why the person at the desk may not do something."""
        self.entry, self.refusals = entry, refusals
        self.setVisible(entry is not None)
        if entry is None:
            return
        self.set_look("ask" if entry.unclaimed else "")
        self.show_items(12, self._head(entry), 8, *self._facts(entry), *self._links(entry), 8, rule(), 12, *self._ways(entry), 12)

    def _head(self, entry: EntryView) -> Item:
        chip = Chip(lambda: str(entry.category_name))
        return row(Line(lambda: _("Entry {number}").format(number=entry.entry_id), "strong"), None, chip)

    def _facts(self, entry: EntryView) -> list[Item]:
        found: list[Item] = [
            _fact(lambda: C_("log", "Happened"), self._moment(entry.time)),
            _fact(lambda: C_("log", "Written"), self._moment(entry.at)),
            _fact(lambda: C_("log", "By"), entry.person or (lambda: _("no name yet"))),
        ]
        if entry.claimed_at is not None:
            found.append(_fact(lambda: _("Name given"), self._moment(entry.claimed_at)))
        if entry.late and entry.corrects_id is None:
            found.append(_fact("", lambda: _("late entry")))
        if entry.after_close:
            found.append(_fact("", lambda: _("added after the handover")))
        return found

    def _moment(self, moment: object) -> str:
        from datetime import datetime

        assert isinstance(moment, datetime)
        return f"{format_date(moment.astimezone(self.zone).date())} {format_time(moment, self.zone)}"

    def _links(self, entry: EntryView) -> list[Item]:
        found: list[Item] = []
        if entry.corrects_id is not None:
            found.append(self._link(lambda: _("Corrects entry {number}").format(number=entry.corrects_id), self.picked, entry.corrects_id))
        if entry.corrected_by is not None:
            words = lambda: _("Corrected by entry {number}").format(number=entry.corrected_by)  # noqa: E731 - one of two links in step
            found.append(self._link(words, self.picked, entry.corrected_by))
        for hazard_id, number in entry.hazards:
            found.append(self._link(_hazard_words(number), self.hazard_picked, hazard_id))
        return found

    def _link(self, words: Words, signal: object, target: int) -> Item:
        button = Button(words, icon="link", look="link", on_click=lambda: signal.emit(target))  # type: ignore[attr-defined]
        return row(button, None)

    def _ways(self, entry: EntryView) -> list[Item]:
        ways: list[Item] = []
        if entry.unclaimed:
            claim = Button(lambda: _("This was me"), icon="user-check", key="N", on_click=self.claim_asked.emit)
            ways += [self._allowed(claim, "claim_entry"), 8]
        correct = Button(lambda: _("Correct"), icon="pencil", key="C", on_click=self.correct_asked.emit)
        if entry.corrected_by is not None:
            correct.block(lambda: _("has its correction"))
        ways += [self._allowed(correct, "write_log"), 8]
        hazard = Button(lambda: _("Raise a hazard"), icon="triangle-alert", key="H", on_click=self.hazard_asked.emit)
        return [*ways, self._allowed(hazard, "raise_hazard")]

    def _allowed(self, button: Button, use_case: str) -> Button:
        refusal = self.refusals.get(use_case)
        if refusal is not None:
            button.keep_for(refusal)
        return button


def _fact(label: Words, value: Words) -> QWidget:
    made = QWidget()
    made.setFixedHeight(24)
    name = Line(label, "body text-2")
    name.setMinimumWidth(LABEL)
    row(name, Line(value if not isinstance(value, str) else plain(value), "body", elide=True), owner=made).setStretch(1, 1)
    return made


def _hazard_words(number: str) -> Words:
    return lambda: _("Hazard {number}").format(number=number)
