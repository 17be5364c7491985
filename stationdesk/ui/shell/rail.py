"""The rail at the left: find, pages in their groups, settings at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from stationdesk.domain.words import _
from stationdesk.ui.pages import GROUPS, Entry
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import Item, column, row
from stationdesk.ui.widgets.line import Line

WIDE = 132


class Rail(QFrame):
    """Only pages that are registered stand here. One Tab stop: arrows move among the pages."""

    picked = Signal(str)
    find_asked = Signal()

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.setFixedWidth(WIDE)
        self.find_button = Button(lambda: _("Find"), "search", "Ctrl K", "find", on_click=self.find_asked.emit)
        self.buttons = {entry.name: self._button(entry) for entry in entries}
        items: list[Item] = [self.find_button, 3]
        for group, title in GROUPS.items():
            inside = [entry for entry in entries if entry.group == group]
            if inside:
                items += [12, row(Line(title, "label text-2"), None, sides=8), 3, *(self.buttons[entry.name] for entry in inside)]
        items += [None, *(self.buttons[entry.name] for entry in entries if entry.group == "")]
        column(*items, owner=self, spacing=1).setContentsMargins(8, 8, 8, 8)

    def _button(self, entry: Entry) -> Button:
        made = Button(entry.title, entry.icon, look="rail")
        made.setAutoExclusive(True)
        made.clicked.connect(lambda: self.picked.emit(entry.name))
        return made

    def show_page(self, name: str) -> None:
        """Mark the page on screen."""
        if name in self.buttons:
            self.buttons[name].setChecked(True)

    def show_counts(self, counts: dict[str, int]) -> None:
        """How many things wait on a page; 0 shows nothing."""
        for name, button in self.buttons.items():
            text = str(counts.get(name) or "")
            if text != button.count:
                button.count = text
                button.setAccessibleDescription(_("{n} waiting").format(n=text) if text else "")
                button.update()

    def lock(self, open_pages: frozenset[str] | None) -> None:
        """While locked only these pages can be gone to, the others say why; None unlocks."""
        for name, button in self.buttons.items():
            shut = open_pages is not None and name not in open_pages
            button.block((lambda: _("locked: pick a person first")) if shut else "")
