"""A forgotten password: the three ways that are open, and the one of the sealed envelope right here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin import asks
from stationdesk.ui.signin.ask_dialog import AskDialog
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import rule
from stationdesk.ui.widgets.text import Text


class ForgottenDialog(AskDialog):
    """done_well: the login has a new password."""

    def __init__(self, parent: QWidget, runner: Runner, login: str = "") -> None:
        self.login = Field(lambda: _("Login"))
        self.login.set_text(login)
        self.code = Field(lambda: _("Recovery code"), hint="7F3A-Q2WD-9KTM-5HXR-C8VN")
        self.new = Field(lambda: _("New password"), secret=True, hint=lambda: _("at least 6 characters, digits will do"))
        fields = {"login": self.login, "code": self.code, "password": self.new}
        super().__init__(
            parent, runner, lambda: _("Password forgotten"), lambda: _("Set the new password"), fields,
            Text(lambda: _("To sign on: the leader on duty picks their key, opens Sign on, and vouches for you with a reason.")), 6,
            Text(lambda: _("By day: the chief gives you a new password in Settings.")), 6,
            Text(lambda: _("To sign a handover: sign in ink on the printed sheet, and sign later.")), 12,
            rule(), 12,
            Text(lambda: _("With the code from the sealed envelope, at once. It works one time; the chief is told."), "body text-2"), 8,
            self.login, 4, self.code, 4, self.new, 8,
            waits=lambda: _("Checking the code …"),
        )  # fmt: skip
        (self.code if login else self.login).take_focus()

    def ready(self) -> bool:
        return (
            self.need(self.login, self.login.text(), lambda: _("Whose login?"))
            and self.need(self.code, self.code.text(), lambda: _("The code stands on the sheet in the envelope."))
            and self.need(self.new, self.new.text(), lambda: _("Choose a new password."))
        )

    def send(self) -> None:
        self.ask(asks.use_recovery_code, self.code.text(), self.login.text(), self.new.text())
