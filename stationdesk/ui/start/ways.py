"""The ways that are open when there is no usable store: look around, another file, a filled workbook, a backup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text

BACKUPS = 5
ANOTHER = "another"


@dataclass(frozen=True)
class Way:
    """One way: what it is called, what it means, the button and what it asks for."""

    code: str
    sign: str
    title: Words
    words: Words
    verb: Words
    key: str = ""


def demo() -> Way:
    """The demo station."""
    return Way(
        "demo",
        "eye",
        lambda: _("Look around first"),
        lambda: _("A demo station with a month of shifts, readings, rounds and handovers. Logins chief, lead-a, op-a1 …, password demo."),
        lambda: _("Open the demo station"),
        "F2",
    )


def another() -> Way:
    """Another file."""
    return Way(
        ANOTHER,
        "folder-open",
        lambda: _("The station is there already"),
        lambda: _("Open the store of your station from another place on this computer."),
        lambda: _("Open another file"),
        "F3",
    )


def workbook() -> Way:
    """The set-up workbook."""
    return Way(
        "workbook",
        "file-spreadsheet",
        lambda: _("Bring in a filled workbook"),
        lambda: _("People, crews, points, routes and equipment from the set-up workbook, all or nothing."),
        lambda: _("Choose the workbook"),
        "F4",
    )


def verify() -> Way:
    """The whole store."""
    return Way(
        "verify",
        "file-check",
        lambda: _("Verify the store"),
        lambda: _("Each record is held against the journal. Nothing is changed by it."),
        lambda: _("Verify"),
        "F5",
    )


def again() -> Way:
    """Once more."""
    return Way(
        "again",
        "refresh-cw",
        lambda: _("Try again"),
        lambda: _("Another program may have let go of it meanwhile."),
        lambda: _("Try again"),
        "F5",
    )


class WayCard(Card):
    """chosen(code); opened(path): one of the stores known here."""

    chosen = Signal(str)
    opened = Signal(object)

    def __init__(self, way: Way, known: Sequence[Path] = ()) -> None:
        super().__init__()
        self.way = way
        self.button = Button(way.verb, key=way.key, on_click=lambda: self.chosen.emit(way.code))
        self.known = [self._known(each) for each in known]
        listed = [item for button, each in zip(self.known, known, strict=True) for item in (4, self._listed(button, each))]
        words = column(Line(way.title, "strong"), 4, Text(way.words, "body text-2"), *listed, 10, row(self.button, None))
        inside = row(column(2, icon(way.sign, size=20), None), words, spacing=16)
        inside.setStretch(1, 1)
        self.show_items(14, inside, 14)

    def _known(self, store: Path) -> Button:
        return Button(store.name, "database", look="link", on_click=lambda: self.opened.emit(store))

    def _listed(self, button: Button, store: Path) -> QBoxLayout:
        made = row(button, Line(plain(str(store.parent)), "label text-2", elide=True), spacing=12)
        made.setStretch(1, 1)
        return made

    def wait(self, waiting: bool) -> None:
        """Nothing else while something is being done."""
        for each in (self.button, *self.known):
            each.setEnabled(not waiting)


class BackupCard(Card):
    """chosen(path): a copy kept by the program is to be put in the place of the store; chosen("") asks for a file."""

    chosen = Signal(str)

    def __init__(self, copies: Sequence[Path]) -> None:
        super().__init__(title=lambda: _("Restore a backup"))
        self.buttons: list[Button] = []
        told = lambda: _("The backup is checked first. What it replaces is kept beside it.")  # noqa: E731 - words, asked anew in each language
        items: list[Item] = [12, Text(told, "body text-2"), 8]
        for copy in copies[:BACKUPS]:
            items += [rule(), 6, row(Line(plain(copy.name)), None, self._button(lambda: _("Restore"), str(copy))), 6]
        items += [rule(), 10, row(self._button(lambda: _("Choose a backup file"), ""), None), 14]
        self.show_items(*items)

    def _button(self, words: Words, copy: str) -> Button:
        made = Button(words, look="link" if copy else "", on_click=lambda: self.chosen.emit(copy))
        self.buttons.append(made)
        return made

    def wait(self, waiting: bool) -> None:
        """Nothing else while something is being done."""
        for each in self.buttons:
            each.setEnabled(not waiting)
