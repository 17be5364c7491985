"""站长、审计登录: who works without being on duty proves who they are; the session is this window's and ends when it locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from stationdesk.domain.permissions import CHIEFS, Role
from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin import asks
from stationdesk.ui.signin.ask_dialog import AskDialog
from stationdesk.ui.signin.forgotten_dialog import ForgottenDialog
from stationdesk.ui.signin.wording import roles_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words, plain

if TYPE_CHECKING:
    from stationdesk.services.people import PersonView

DAY = CHIEFS | {Role.SUPERIOR, Role.AUDITOR, Role.OFFICE, Role.SAFETY}


class LogInDialog(AskDialog):
    """done_well(actor): who is at the desk now."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        self.people: tuple[PersonView, ...] = ()
        self.person = Select(lambda: _("Person"), placeholder=lambda: _("choose a person"))
        self.password = Field(lambda: _("Password"), secret=True)
        forgotten = Button(lambda: _("Password forgotten?"), look="link", on_click=self._forgotten)
        fields = {"person": self.person, "password": self.password, "login": self.password}
        super().__init__(
            parent, runner, lambda: _("Log in without going on duty"), lambda: _("Log in"), fields,
            self.person, 4, self.password, 4, row(None, forgotten), 8,
            waits=lambda: _("Checking the password …"),
        )  # fmt: skip
        self.person.settled.connect(self._to_password)
        runner.query(self, asks.people, runner.now(), on_done=self.show_people)

    def show_people(self, people: tuple[PersonView, ...]) -> None:
        """Chiefs, superiors and auditors first."""
        self.people = tuple(sorted(people, key=lambda person: not DAY & {Role(role) for role in person.roles}))
        self.person.show_choices([(person.person_id, _words(person)) for person in self.people])
        self.person.take_focus()

    def _to_password(self, _value: object) -> None:
        self.password.take_focus()

    def _login(self) -> str:
        return next((person.login for person in self.people if person.person_id == self.person.value()), "")

    def ready(self) -> bool:
        return self.need(self.person, self._login(), lambda: _("Choose a person.")) and self.need(
            self.password, self.password.text(), lambda: _("The password is needed here.")
        )

    def send(self) -> None:
        self.runner.query(
            self, asks.log_in, self._login(), self.password.text(), self.runner.now(), on_done=self.finish, on_error=self.fail
        )

    def _forgotten(self) -> None:
        ForgottenDialog(self, self.runner, self._login()).show_over()


def _words(person: PersonView) -> Words:
    return lambda: _(" · ").join(part for part in (plain(person.name), roles_words(person.roles)) if part)
