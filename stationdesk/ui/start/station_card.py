"""A new station: its name, the first chief, their password. The rest is the profile's and is changed in Settings afterwards."""

from __future__ import annotations

from PySide6.QtCore import Signal

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.people import check_login, check_name, check_password
from stationdesk.domain.words import _
from stationdesk.ui.start.asks import Wish
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.text import Text

WIDE = 520


class StationCard(Card):
    """wished(Wish): everything fits and is to be made."""

    wished = Signal(object)

    def __init__(self) -> None:
        kind = Line(lambda: _("natural gas gate station"), "label text-2")
        super().__init__(title=lambda: _("Set up a new station"), fact=kind)
        self.setFixedWidth(WIDE)
        self.name = Field(lambda: _("Name of the station"), hint=lambda: _("as it stands on the sheets"))
        self.chief = Field(lambda: _("Name of the station chief"))
        self.login = Field(lambda: _("Login of the chief"), hint="chief")
        self.password = Field(lambda: _("Password"), secret=True, hint=lambda: _("at least 6 characters, digits will do"))
        self.again = Field(lambda: _("Password once more"), secret=True)
        self.problem = Text("", "label red-fg")
        self.problem.hide()
        self.make = Button(lambda: _("Set up the station"), "check", "Ctrl Enter", "primary", on_click=self.send)
        self._lay_out()
        for field in self.fields:
            field.entered.connect(lambda field=field: self._next(field))

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order in which they are typed."""
        return self.name, self.chief, self.login, self.password, self.again

    def _lay_out(self) -> None:
        told = Text(
            lambda: _(
                "Points, limits, routes, checklists and lists of the handover come from the profile and are changed in Settings. The "
                "station runs in trial operation until you set the official start: sheets carry a watermark until then."
            ),
            "body text-2",
        )
        spaced = [item for field in self.fields for item in (field, 4)]
        self.show_items(12, *spaced, self.problem, rule(), 8, told, 12, row(None, self.make), 12)

    def take_focus(self) -> None:
        """The first empty field."""
        next((field for field in self.fields if not field.text()), self.name).take_focus()

    def _next(self, field: Field) -> None:
        """Enter goes on to the next field, from the last one it sends."""
        at = self.fields.index(field)
        if at + 1 < len(self.fields):
            self.fields[at + 1].take_focus()
        else:
            self.send()

    def send(self) -> None:
        """Each field says its own mistake; the first wrong one gets the keyboard."""
        self.problem.hide()
        wrong = [field for field in self.fields if not self._fits(field)]
        if wrong:
            wrong[0].take_focus()
        else:
            self.wished.emit(Wish(self.name.text(), self.chief.text(), self.login.text(), self.password.text()))

    def _fits(self, field: Field) -> bool:
        checks = {self.name: check_name, self.chief: check_name, self.login: check_login, self.password: check_password}
        field.error()
        try:
            if field in checks:
                checks[field](field.text())
        except DomainError as error:
            refused = error
            field.error(lambda: say(refused))
            return False
        if field is self.again and field.text() != self.password.text():
            field.error(lambda: _("The two passwords differ."))
            return False
        return True

    def fail(self, error: DomainError) -> None:
        """Refused by the store: above the button; what was typed stays."""
        self.problem.say(lambda: say(error))
        self.problem.show()

    def wait(self, waiting: bool) -> None:
        """While it is being made nothing can be changed."""
        for each in (*self.fields, self.make):
            each.setEnabled(not waiting)
