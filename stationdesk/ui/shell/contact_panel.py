"""The emergency contact card: over the page at the right, one key away, locked or not. It takes no focus and traps nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.keycap import key_cap
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, said
from stationdesk.ui.widgets.text import Text
from stationdesk.values import dataclass

WIDE = 320


@dataclass(frozen=True)
class Contact:
    """A number to call; detail: what it is good for, or who."""

    name: Words
    number: str
    detail: Words = ""


class ContactPanel(QFrame):
    """show_contacts(contacts, station, note); toggle() opens and closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDE)
        self.close_button = Button("", "x", look="bare", on_click=self.put_away)
        self.close_button.setAccessibleName(_("Close"))
        head = row(
            icon("phone", size=20), Line(lambda: _("Emergency contact card"), "name"), None, key_cap("F12"), self.close_button, spacing=8
        )
        head.setContentsMargins(16, 8, 8, 8)
        inner = QWidget()
        self.lines = column(owner=inner)
        whole = column(head, rule(), owner=self)
        whole.addWidget(scrolled(inner), 1)
        self.show_contacts(())
        self.hide()

    def show_contacts(self, contacts: Sequence[Contact], station: Words = "", note: Words = "") -> None:
        """Other numbers; note: what to say first when calling."""
        if not contacts:
            refill(self.lines, EmptyState(lambda: _("The station's emergency numbers will stand here. They are entered in Settings.")))
            return
        items: list[Item] = []
        for contact in contacts:
            names = column(None, Line(contact.name, "body", elide=True), None)
            if said(contact.detail):
                names.insertWidget(2, Line(contact.detail, "label text-2", elide=True))
            line = row(names, Line(contact.number, "title"), sides=16, spacing=8)
            line.setStretchFactor(names, 1)
            line.addStrut(51 if said(contact.detail) else 43)
            items += [line, rule()]
        if station or note:
            last = column(12, Line(station, "strong"), 4, Text(note, "label text-2"), 12, sides=16)
            items += [None, rule(), last]
        refill(self.lines, *items)

    def toggle(self) -> None:
        """Open or close."""
        if self.isVisible():
            self.put_away()
        else:
            self.raise_()
            self.show()

    def put_away(self) -> None:
        """Close."""
        self.hide()
        self.closed.emit()
