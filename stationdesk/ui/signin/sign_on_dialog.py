"""上岗签到: who, for which shift, leading or standing in, and the password; or the leader's word where it is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin import asks
from stationdesk.ui.signin.ask_dialog import AskDialog
from stationdesk.ui.signin.forgotten_dialog import ForgottenDialog
from stationdesk.ui.signin.wording import roles_words, shift_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.keycap import key_cap, shortcut
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words, plain

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from stationdesk.services.shifts import Candidate, ShiftOffer, SignOnView

LATER = "F6"


class SignOnDialog(AskDialog):
    """done_well(actor): who is on duty now. voucher: the leader picked at the desk, who may sign somebody on without a password."""

    def __init__(self, parent: QWidget, runner: Runner, voucher: str = "") -> None:
        self.view: SignOnView | None = None
        self.voucher = voucher
        self.person = Select(lambda: _("Person"), placeholder=lambda: _("choose a person"))
        self.shift = Select(lambda: _("Shift"), below=False)
        self.crew = Line("", "label text-2", elide=True)
        self.leads = Check(lambda: _("Leads this shift"))
        self.stands_in = Select(lambda: _("Stands in for"), placeholder=lambda: _("nobody"), below=False)
        self.reason = Field(lambda: _("Reason"), hint=lambda: _("why this person and not the planned one"))
        self.later = Check(lambda: _("Later: sign on now, say why afterwards"))
        self.password = Field(lambda: _("Password"), secret=True)
        self.later_key = key_cap(LATER)
        for each in (self.later, self.later_key):
            each.hide()
        self.vouch = Check(lambda: _("No password: {name} vouches").format(name=plain(voucher)))
        self.vouch.setVisible(bool(voucher))
        self.forgotten = Button(lambda: _("Password forgotten?"), look="link", on_click=self._forgotten)
        fields = {
            "person": self.person,
            "shift": self.shift,
            "stands_in_for": self.stands_in,
            "reason": self.reason,
            "password": self.password,
            "login": self.password,
        }
        super().__init__(
            parent, runner, lambda: _("Sign on"), lambda: _("Sign on"), fields,
            self.person, 4, self.shift, 2, row(self.crew, None, self.leads), 8, self.stands_in, 8, self.reason, 4,
            row(self.later, None, self.later_key), 4, self.password, 4,
            row(self.vouch, None, self.forgotten), 8,
            waits=lambda: _("Checking the password …"),
        )  # fmt: skip
        self._listen()

    def _listen(self) -> None:
        self.person.chosen.connect(self._show_person)
        self.person.settled.connect(lambda _person: self.password.take_focus())
        self.shift.chosen.connect(self._show_shift)
        self.stands_in.chosen.connect(self._show_reason)
        self.leads.toggled.connect(self._show_reason)
        self.later.toggled.connect(self._put_off)
        shortcut(self, LATER, self._turn_later)
        self.vouch.toggled.connect(self._show_vouching)
        self.runner.query(self, asks.sign_on_view, self.runner.now(), on_done=self.show_view)

    def show_view(self, view: SignOnView) -> None:
        """The people and shifts of now."""
        self.view = view
        self.person.show_choices([(each.person_id, _person_words(each)) for each in view.people])
        zone = self.runner.zone
        self.shift.show_choices([(offer.which, _offer_words(offer, zone, beside=len(view.offers) > 1)) for offer in view.offers])
        self.person.take_focus()
        if self.person.value() is not None:
            self.choose(self.person.value())

    def choose(self, person_id: int) -> None:
        """Somebody is chosen already."""
        self.person.choose(person_id)
        self._show_person()
        self.password.take_focus()

    def candidate(self) -> Candidate | None:
        """Who is chosen."""
        people = self.view.people if self.view else ()
        return next((each for each in people if each.person_id == self.person.value()), None)

    def offer(self) -> ShiftOffer | None:
        """The shift chosen."""
        return self.view.offer(str(self.shift.value())) if self.view else None

    def _show_person(self, _value: object = None) -> None:
        person = self.candidate()
        if person is None or self.view is None:
            return
        fits = person.shift if self.view.offer(person.shift) else self.view.offers[0].which if self.view.offers else ""
        self.shift.choose(fits)
        self._show_shift()

    def _show_shift(self, _value: object = None) -> None:
        offer, person = self.offer(), self.candidate()
        if offer is None or self.view is None or person is None:
            return
        self.crew.say(lambda: _crew_words(offer))
        planned = person.person_id in offer.members
        fits = planned or not offer.members  # on the first day nobody is planned, and a shift opens with its leader
        self.leads.setChecked(not offer.leader and (offer.out_of_turn or (fits and person.leads)))
        missing = [each for each in self.view.people if each.person_id in offer.members and not each.on_duty and each is not person]
        self.stands_in.show_choices([(None, lambda: _("nobody")), *((each.person_id, each.name) for each in missing)])
        self.stands_in.setVisible(not planned)
        self._show_reason()

    def _show_reason(self, _value: object = None) -> None:
        """Asked of who is not planned, who stands in, who takes the lead from somebody, and where somebody vouches."""
        offer, person = self.offer(), self.candidate()
        planned = person is not None and offer is not None and (not offer.members or person.person_id in offer.members)
        takes_lead = offer is not None and self.leads.isChecked() and bool(offer.leader)
        for each in (self.reason, self.later, self.later_key):
            each.setVisible(not planned or takes_lead or self.vouch.isChecked())
        self.adjustSize()

    def _turn_later(self) -> None:
        """稍后再看 by its key, where something is asked."""
        if self.later.isVisible():
            self.later.toggle()

    def _put_off(self, on: bool) -> None:
        """What comes later is not typed now; the mark stands beside the name until it is said."""
        self.reason.setEnabled(not on)
        self.reason.error()
        (self.password if on and self.password.isVisible() else self.reason).take_focus()

    def _show_vouching(self, _on: bool = False) -> None:
        self.password.setVisible(not self.vouch.isChecked())
        self._show_reason()

    def ready(self) -> bool:
        person = self.candidate()
        if not self.need(self.person, person, lambda: _("Choose a person.")):
            return False
        return self.vouch.isChecked() or self.need(self.password, self.password.text(), lambda: _("The password is asked at sign-on."))

    def send(self) -> None:
        person = self.candidate()
        assert person is not None
        how = asks.How(
            person_id=person.person_id,
            login=person.login,
            shift=str(self.shift.value() or ""),
            leader=self.leads.isChecked(),
            stands_in_for=self.stands_in.value() if self.stands_in.isVisible() else None,
            reason=self.reason.text() if self.reason.isVisible() and not self.later.isChecked() else "",
            password=None if self.vouch.isChecked() else self.password.text(),
            later=self.later.isVisible() and self.later.isChecked(),
        )
        self.ask(asks.sign_on, how)

    def _forgotten(self) -> None:
        person = self.candidate()
        dialog = ForgottenDialog(self, self.runner, person.login if person else "")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_over()


def _person_words(person: Candidate) -> Words:
    name = plain(person.name)
    return lambda: _(" · ").join(part for part in (name, str(person.crew_name) or roles_words(person.roles), _on(person)) if part)


def _on(person: Candidate) -> str:
    return _("on duty") if person.on_duty else _("expected") if person.planned else ""


def _offer_words(offer: ShiftOffer, zone: ZoneInfo, beside: bool) -> Words:
    """Beside the open shift the one that takes over says so: on 24 h duty, and out of turn, their names and hours are the same."""
    relief = beside and offer.which == "awaited"
    return lambda: _(" · ").join([shift_words(offer.name, offer.span, zone), *([_("relief")] if relief else [])])


def _crew_words(offer: ShiftOffer) -> str:
    leader = _("led by {name}").format(name=plain(offer.leader)) if offer.leader else _("no leader yet")
    return _(" · ").join(part for part in (plain(str(offer.crew_name)), leader) if part)
