"""One's own password changed: the old one, the new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin import asks
from stationdesk.ui.signin.ask_dialog import AskDialog
from stationdesk.ui.widgets.field import Field


class PasswordDialog(AskDialog):
    """done_well: it is changed; what was signed stays verifiable, for the key is the same."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        self.old = Field(lambda: _("Present password"), secret=True)
        self.new = Field(lambda: _("New password"), secret=True, hint=lambda: _("at least 6 characters, digits will do"))
        self.again = Field(lambda: _("The new password once more"), secret=True)
        fields = {"old": self.old, "password": self.new, "again": self.again}
        super().__init__(
            parent, runner, lambda: _("Change the password"), lambda: _("Change"), fields, self.old, 4, self.new, 4, self.again, 8,
            waits=lambda: _("Checking the password …"),
        )  # fmt: skip
        self.old.take_focus()

    def ready(self) -> bool:
        if not self.need(self.old, self.old.text(), lambda: _("The present password comes first.")):
            return False
        if not self.need(self.new, self.new.text(), lambda: _("Choose a new password.")):
            return False
        return self.need(self.again, self.again.text() == self.new.text(), lambda: _("The two do not agree."))

    def send(self) -> None:
        self.ask(asks.change_password, self.old.text(), self.new.text())

    def fail(self, error: Exception) -> None:
        """A wrong present password is said there."""
        from stationdesk.domain.accounts import WrongPasswordError

        if isinstance(error, WrongPasswordError):
            self.fields["password"], new = self.old, self.fields["password"]
            super().fail(error)
            self.fields["password"] = new
        else:
            super().fail(error)
