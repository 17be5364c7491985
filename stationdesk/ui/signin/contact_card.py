"""应急联系卡 as part of the locked desk: always seen, no key needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.keycap import key_cap
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from stationdesk.services.station import ContactView

PUBLIC, OWN = 44, 52


class ContactCard(Card):
    """show_contacts(contacts, station)."""

    def __init__(self) -> None:
        head = row(icon("phone", size=20), Line(lambda: C_("card", "Emergency"), "name"), None, key_cap("F12"), sides=16)
        head.addStrut(43)
        inner = QWidget()
        self.lines = column(owner=inner)
        self.foot = column(sides=16)
        super().__init__(head, rule(), scrolled(inner), rule(), self.foot, sides=0)
        self.body.setStretch(2, 1)

    def show_contacts(self, contacts: Sequence[ContactView], station: Name) -> None:
        """Public numbers first, the station's own below, and what to say when calling."""
        items: list[Item] = []
        for n, contact in enumerate(contacts):
            if n and contacts[n - 1].public and not contact.public:
                items += [6, rule()]
            items += [_line(contact), rule()]
        refill(self.lines, *items, None)
        first = Text(_first, "label text-2")
        refill(self.foot, 12, Line(lambda: plain(str(station)), "strong", elide=True), 4, first, 12)


def _first() -> str:
    return _("When calling, first say the station, the place, whether gas leaks, whether anybody is hurt.")


def _line(contact: ContactView) -> Item:
    detail = _detail(contact)
    names = column(None, Line(lambda: plain(str(contact.role)), "body", elide=True), None)
    if detail is not None:
        names.insertWidget(2, Line(detail, "label text-2", elide=True))
    line = row(names, Line(plain(contact.phone), "title"), sides=16)
    line.setStretchFactor(names, 1)
    line.addStrut(OWN - 1 if detail is not None else PUBLIC - 1)
    return line


def _detail(contact: ContactView) -> Words | None:
    """Who, and what the number is good for."""
    if not contact.who and not contact.note.zh:
        return None
    return lambda: plain(_(", ").join(part for part in (contact.who, str(contact.note)) if part))
