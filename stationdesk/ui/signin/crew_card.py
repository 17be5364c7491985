"""谁在操作: those signed on, each one key away; who else may come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_time
from stationdesk.domain.words import _, n_
from stationdesk.ui.signin.rows import BIG, DENSE, SIDE, PickRow
from stationdesk.ui.signin.wording import duty_words
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words

if TYPE_CHECKING:
    from stationdesk.services.shifts import OnDuty

SIGN_ON, LOG_IN = "F9", "F10"
ROOMY, MOST = 3, 6  # more people have a line each instead of two; beyond MOST one scrolls
HEAD, EMPTY = 43, 45


class CrewCard(Card):
    """show_people(people, zone). picked(person_id): a row was pressed; the keys F1 to F8 are heard by the window."""

    picked = Signal(int)
    sign_on_asked = Signal()
    log_in_asked = Signal()

    def __init__(self) -> None:
        self.rows: list[PickRow] = []
        inner = QWidget()
        self.places = column(owner=inner)
        self.area = scrolled(inner)
        self.sign_on = PickRow(SIGN_ON, lambda: _("Others sign on"), notes=(_password,), heard=True, on_click=self._ask_sign_on)
        self.log_in = PickRow(LOG_IN, lambda: _("Chief, auditor: log in"), notes=(_password,), heard=True, on_click=self._ask_log_in)
        self.people: tuple[OnDuty, ...] | None = None
        head = row(Line(lambda: _("Who is working"), "name"), None, Line(lambda: _("one key, no password"), "label text-2"), sides=SIDE)
        head.addStrut(HEAD)
        super().__init__(head, rule(), self.area, self.sign_on, rule(), self.log_in, sides=0)

    def _ask_sign_on(self) -> None:
        self.sign_on_asked.emit()

    def _ask_log_in(self) -> None:
        self.log_in_asked.emit()

    def show_people(self, people: Sequence[OnDuty], zone: ZoneInfo) -> None:
        """The rows of those signed on; the two below stay."""
        if tuple(people) == self.people:
            return
        self.people = tuple(people)
        self.rows = [self._row(person, zone) for person in people]
        items: list[Item] = []
        for each in self.rows:
            items += [each, rule()]
        if not self.rows:
            items += [row(Line(lambda: _("Nobody is signed on."), "body text-2"), None, sides=SIDE), 12, rule()]
            items.insert(0, 12)
        refill(self.places, *items)
        line = DENSE if len(self.rows) > ROOMY else BIG
        self.area.setFixedHeight(min(len(self.rows), MOST) * (line + 1) if self.rows else EMPTY)

    def _row(self, person: OnDuty, zone: ZoneInfo) -> PickRow:
        since = format_time(person.signed_on_at, zone)
        many = len(self.people or ()) > ROOMY
        notes: tuple[Words, ...] = (lambda: _("signed on {time}").format(time=since),)
        if person.drafts:
            notes += (lambda: n_("{n} draft kept", "{n} drafts kept", person.drafts).format(n=person.drafts),)
        pick = partial(self.picked.emit, person.person_id)
        if many:
            return PickRow(person.key, lambda: f"{person.name} {duty_words(person)}", notes=notes[:1], on_click=pick, dense=True)
        return PickRow(person.key, person.name, lambda: duty_words(person), notes, on_click=pick)


def _password() -> str:
    return _("with password")
