"""The recovery code for the sealed envelope: shown this once, printed, and kept before going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.start import envelope
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.layout import Item, column, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from stationdesk.services.care import Founded

WIDE = 640


class CodeCard(Card):
    """kept(): the code is put away and the station may be opened."""

    kept = Signal()

    def __init__(self, founded: Founded) -> None:
        super().__init__(title=lambda: _("The station is set up"), look="strong")
        self.setFixedWidth(WIDE)
        self.founded = founded
        self.code = Line(plain(founded.recovery_code), "value")
        self.code.setAccessibleName(founded.recovery_code)
        self.print = Button(lambda: _("Print for the envelope"), "printer", "Ctrl P", on_click=self._print)
        self.state = Line("", "label text-2", elide=True)
        self.sure = Check(lambda: _("It is printed or written down, and lies in a sealed envelope."))
        self.open = Button(lambda: _("Open the station"), "arrow-right", "Ctrl Enter", "primary", on_click=self.kept.emit)
        self.sure.toggled.connect(self._look)
        self._lay_out()
        self._look(False)

    def _lay_out(self) -> None:
        why = Text(
            lambda: _(
                "This recovery code gives the chief a new password should it be forgotten. It works one time, its use is journaled, and "
                "it is shown only now: the store keeps no copy that can be read."
            )
        )
        name, login = plain(self.founded.chief), plain(self.founded.login)
        who = Line(lambda: _("for {name}, login {login}").format(name=name, login=login), "body text-2")
        buttons = row(self.print, self.state, None, self.open)
        self.show_items(16, why, 20, self.code, 4, who, 20, *self._others(), rule(), 16, self.sure, 16, buttons, 16)

    def _others(self) -> list[Item]:
        """First passwords of everybody else in the workbook: they too are shown this once, and are on the printed sheet."""
        first = self.founded.first_passwords
        if not first:
            return []
        lines = QWidget()
        column(*(_strip(*each) for each in first), None, owner=lines, spacing=4)
        area = scrolled(lines)
        area.setFixedHeight(min(24 * len(first) + 8, 200))
        told = Text(lambda: _("First passwords of the others, each changes theirs at the desk:"), "body text-2")
        return [rule(), 12, told, 8, area, 16]

    def take_focus(self) -> None:
        """To print comes first."""
        self.print.setFocus()

    def _look(self, sure: bool) -> None:
        self.open.block("" if sure else lambda: _("first put the code away"))

    def _print(self) -> None:
        how = envelope.print_sheet(self, self.founded)
        words = {
            "printed": lambda: _("sent to the printer"),
            "none": lambda: _("no printer here: write the code down"),
        }
        self.state.say(words.get(how, ""))


def _strip(name: str, login: str, password: str) -> Item:
    return row(Line(plain(name), "strong"), Line(plain(login), "body text-2"), None, Line(password))
