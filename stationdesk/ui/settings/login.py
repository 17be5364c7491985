"""The login of a person: made, its password reset, retired; and the recovery code for the sealed envelope."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import C_, _
from stationdesk.services import NOBODY, people
from stationdesk.services.people import PersonView
from stationdesk.ui.settings.section import Section
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text


class LoginBlock(QWidget):
    """Without a login one is made; with one its password is reset."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self.person: PersonView | None = None
        zone, now = section.runner.zone, section.runner.now
        self.fact = Line("", "body text-2", elide=True)
        login, password = Ask("login", lambda: _("Login")), Ask("password", lambda: _("Password"), "secret")
        self.make_form = Form(((login, password),), zone, now)
        self.reset_form = Form(((Ask("new", lambda: _("New password"), "secret", errors=("password",)),),), zone, now)
        self.make = Button(lambda: C_("settings", "Make login"), look="small", on_click=self._make)
        self.reset = Button(lambda: C_("settings", "Reset password"), look="small", on_click=self._reset)
        self.retire = Button(lambda: C_("settings", "Retire login"), look="small", on_click=self._ask)
        self.code = Button(lambda: C_("settings", "New recovery code"), look="small", on_click=self._new_code)
        self.explained = Text(
            lambda: _("A reset gives a new key: it is told to the chiefs and shown beside the next signature; old ones stay verifiable."),
            "label text-2",
        )
        self.shown = Text("", "strong")
        self.without, self.with_login = QWidget(), QWidget()
        column(self.make_form, row(self.make, None), owner=self.without)
        column(self.reset_form, self.explained, 8, row(self.reset, self.retire, None), 8, row(self.code, None), owner=self.with_login)
        column(row(Line(lambda: _("Login"), "strong"), 8, self.fact, None), 8, self.without, self.with_login, 8, self.shown, owner=self)

    def show_person(self, person: PersonView) -> None:
        """Their login, or how to make one."""
        if self.person is None or person.person_id != self.person.person_id:
            self.make_form.fill({})
            self.reset_form.fill({})
            self.shown.say("")
        self.person = person
        self.fact.say(plain(person.login) if person.login else lambda: _("no login yet"))
        self.without.setVisible(not person.login)
        self.with_login.setVisible(bool(person.login))
        self.code.setVisible(person.person_id == (self.section.runner.actor or NOBODY).person_id)
        self.section.block(self.code, "make_recovery_code")
        self._show_allowed()

    def _show_allowed(self) -> None:
        """What is not theirs is not offered: the button above says whose it is."""
        refused = self.section.refused
        for part, case in (
            (self.make_form, "make_account"),
            (self.make, "make_account"),
            (self.reset_form, "reset_password"),
            (self.explained, "reset_password"),
            (self.reset, "reset_password"),
            (self.retire, "retire_account"),
        ):
            part.setVisible(case not in refused)

    def _make(self) -> None:
        values = self.make_form.read()
        if values is not None and self.person is not None:
            call = (people.make_account, (self.person.person_id, values["login"], values["password"]))
            self.section.send(call, self.make_form, self._made)

    def _made(self, result: object) -> None:
        self.make_form.fill({})
        self.section.kept(result)

    def _reset(self) -> None:
        values = self.reset_form.read()
        if values is not None and self.person is not None and self.person.account_id is not None:
            self.section.send((people.reset_password, (self.person.account_id, values["new"])), self.reset_form, self._was_reset)

    def _was_reset(self, result: object) -> None:
        self.reset_form.fill({})
        self.section.kept(result)

    def _ask(self) -> None:
        words = _("{login} opens nothing any more. What it signed stays verifiable.").format(login=self.person.login if self.person else "")
        self._asked = ConfirmDialog(self, lambda: C_("settings", "Retire login"), words, lambda: C_("settings", "Retire login"))
        self._asked.confirmed.connect(self._retire)
        self._asked.show_over()

    def _retire(self) -> None:
        if self.person is not None and self.person.account_id is not None:
            self.section.send((people.retire_account, (self.person.account_id,)), self.reset_form, self.section.kept)

    def _new_code(self) -> None:
        self.section.send((people.make_recovery_code, ()), self.reset_form, self._show_code)

    def _show_code(self, code: str) -> None:
        """Shown this once; the old one opens nothing any more."""
        self.shown.say(lambda: _("Write it down for the sealed envelope, it is shown this once: {code}").format(code=code))
