"""A station from its own workbook: handed out filled, tried whole, every refused cell named, and made with the chief's password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.people import check_password
from stationdesk.domain.words import _, n_
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from stationdesk.domain.setup import SetupRefusedError
    from stationdesk.ui.start.asks import Tried

WIDE, LIST_HIGH = 520, 260


class WorkbookCard(Card):
    """chosen(): another workbook. saved(): hand out the filled one. made(tried, password): make the station. left(): back to the form."""

    chosen = Signal()
    saved = Signal()
    made = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(title=lambda: _("Bring in a filled workbook"))
        self.setFixedWidth(WIDE)
        self.tried: Tried | None = None
        self.hand_out = Button(lambda: _("Save the workbook to fill in"), "download", on_click=self.saved.emit)
        self.choose = Button(lambda: _("Choose the workbook"), "file-spreadsheet", on_click=self.chosen.emit)
        self.back = Button(lambda: _("Back"), "arrow-left", look="bare", on_click=self.left.emit)
        self.password = Field(
            lambda: _("Password of the first chief"), secret=True, hint=lambda: _("at least 6 characters, digits will do")
        )
        self.again = Field(lambda: _("Password once more"), secret=True)
        self.make = Button(lambda: _("Set up the station"), "check", "Ctrl Enter", "primary", on_click=self.send)
        self.found = column()
        self.password.entered.connect(self.again.take_focus)
        self.again.entered.connect(self.send)
        told = Text(
            lambda: _(
                "The workbook comes filled with the profile's people, crews, points, limits, routes and equipment. Make it yours, then "
                "choose it: every cell is tried first, and one refused cell keeps all of it out."
            ),
            "body text-2",
        )
        self.show_items(
            12, told, 12, row(self.hand_out, self.choose, None), 12, rule(), 8, self.found, self.password, 4, self.again, 8,
            row(self.back, None, self.make), 12,
        )  # fmt: skip
        self._offer(None)

    def take_focus(self) -> None:
        """To what comes next."""
        if self.tried is not None:
            self.password.take_focus()
        else:
            self.choose.setFocus()

    def show_tried(self, tried: Tried) -> None:
        """It was understood: what it brings, and the password that is wanted."""
        lines: list[Item] = [
            Line(lambda: _("Every cell was understood: {file}").format(file=plain(tried.file.name)), "strong", elide=True),
            6,
        ]
        for name, count in tried.counts:
            lines += [row(Line(lambda name=name: str(name), "body"), None, Line(f"{count}", "body text-2"), spacing=12), 2]  # type: ignore[misc]
        chief, login = plain(tried.chief), plain(tried.login)
        lines += [6, Line(lambda: _("First chief: {name}, login {login}").format(name=chief, login=login), "body text-2"), 12]
        self._show(lines)
        self._offer(tried)

    def show_saved(self, file: str) -> None:
        """The workbook lies there."""
        self._show([Text(lambda: _("Saved: {file}").format(file=file), "body text-2"), 12])
        self._offer(None)

    def fail(self, error: DomainError) -> None:
        """Refused cells by sheet and cell, or one sentence."""
        cells: SetupRefusedError | None = error if hasattr(error, "refused") else None  # type: ignore[assignment]
        if cells is None:
            self._show([Text(lambda: say(error), "label red-fg"), 12])
            return
        count = len(cells.refused)
        words = n_("{n} cell is not understood; nothing was written.", "{n} cells are not understood; nothing was written.", count)
        lines = QWidget()
        column(*(Text(str(each), "label") for each in cells.refused), None, owner=lines, spacing=4)
        area = scrolled(lines)
        area.setFixedHeight(min(LIST_HIGH, 30 * count + 16))
        self._show([Text(words.format(n=count), "strong red-fg"), 6, area, 12])
        self._offer(None)

    def _show(self, items: list[Item]) -> None:
        refill(self.found, *items)

    def _offer(self, tried: Tried | None) -> None:
        self.tried = tried
        for each in (self.password, self.again, self.make):
            each.setVisible(tried is not None)
        self.take_focus()

    def send(self) -> None:
        """The password is checked here, the rest was tried."""
        for field in (self.password, self.again):
            field.error()
        try:
            check_password(self.password.text())
        except DomainError as error:
            refused = error
            self.password.error(lambda: say(refused))
            self.password.take_focus()
            return
        if self.again.text() != self.password.text():
            self.again.error(lambda: _("The two passwords differ."))
            self.again.take_focus()
            return
        self.made.emit(self.tried, self.password.text())

    def wait(self, waiting: bool) -> None:
        """While something is being done."""
        for each in (self.hand_out, self.choose, self.back, self.password, self.again, self.make):
            each.setEnabled(not waiting)
