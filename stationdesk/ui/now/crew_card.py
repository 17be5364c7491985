"""在岗: who is on duty and by which key, the sign of life, who relieves them, whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_time
from stationdesk.domain.shifts import PostState
from stationdesk.domain.words import C_, _
from stationdesk.ui.now.fitting import Fitting
from stationdesk.ui.now.press import Entry
from stationdesk.ui.now.wording import role_words
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.keycap import key_cap
from stationdesk.ui.widgets.layout import refill, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.now import NowView
    from stationdesk.services.shifts import Coming, DeskView, OnDuty
    from stationdesk.services.station import ContactView

NAMES_WIDE, NAMES_MOST, KEYS_WIDE = 41, 96, 24
CONTACTS = 4
MOST = 6
"""Both crews of three; who is beyond them shows where the window is taller."""


class CrewCard(Card):
    """picked(person_id): a name was pressed. confirmed(): 在岗确认. reason_asked(person_id): say what was put off at sign-on."""

    picked = Signal(int)
    confirmed = Signal()
    reason_asked = Signal(int)

    def __init__(self, runner: Runner) -> None:
        self.fact = QWidget()
        self._fact = row(owner=self.fact)
        super().__init__(title=lambda: C_("now", "On site"), fact=self.fact)
        self.runner = runner
        self._shown: object = None
        self.people, self.calls = Fitting(least=1, grows=0), Fitting(least=0)
        self.nobody = Line(lambda: _("Nobody is signed on."), "body text-2")
        self.show_items(8, self.nobody, self.people, 8, self.calls, 4)

    def show_view(self, view: NowView) -> None:
        """Who is there now."""
        desk = view.desk
        shown = (desk.people, desk.coming, desk.awaited, desk.on_post, desk.missing, view.contacts)
        if shown == self._shown:
            return
        self._shown = shown
        self.nobody.setVisible(not desk.people)
        self.people.least = min(len(desk.people), MOST)
        self.people.fill([self._person(each, desk) for each in desk.people])
        calls = [Entry(rule(), 9), *_missing(desk), *_relief(desk), *(_contact(each) for each in best_contacts(view.contacts))]
        self.calls.least = min(len(calls), 3 if len(desk.people) <= 3 else 0)
        self.calls.fill(calls)
        self._show_sign_of_life(desk)

    def _show_sign_of_life(self, desk: DeskView) -> None:
        post = desk.on_post
        if post is None:
            refill(self._fact)
        elif post.state == PostState.DUE:
            refill(self._fact, Button(lambda: _("Confirm on post"), "triangle-alert", look="chip", on_click=self.confirmed.emit))
        else:
            last = format_time(post.last, self.runner.zone)
            words = {
                PostState.WAIVED: lambda: _("on a round, no confirmation"),
                PostState.PAUSED: lambda: _("confirmation paused"),
            }.get(post.state, lambda: _("on post, last seen {time}").format(time=last))
            refill(self._fact, Line(words, "label text-2"))

    def _person(self, person: OnDuty, desk: DeskView) -> Entry:
        key = key_cap(person.key) if person.key else Line("", "label")
        name = Line(plain(person.name), "strong", elide=True)
        name.setFixedWidth(min(max([NAMES_WIDE, *(Line(plain(each.name), "strong").wide for each in desk.people)]), NAMES_MOST))
        role = Line(lambda: _role(person), "body text-2", elide=True)
        signed = format_time(person.signed_on_at, self.runner.zone)
        since: QWidget = Line(lambda: _("{time} signed on").format(time=signed), "body text-2")
        if person.owes_reason:
            since = Button(lambda: _("Reason put off"), look="link", on_click=lambda: self.reason_asked.emit(person.person_id))
        made = Entry(4, row(key, 8, name, role, None, since), 4)
        made.setMinimumHeight(28)
        made.lead_to(lambda: self.picked.emit(person.person_id), lambda: _("Work as {name}").format(name=person.name))
        return made


def _role(person: OnDuty) -> str:
    role = role_words(person)
    if person.stands_in_for:
        role = _("{role}, for {name}").format(role=role, name=plain(person.stands_in_for))
    if person.extended is not None:
        role = _("{role}, extended {hours} h").format(role=role, hours=person.extended.hours)
    return _("{role}, relief").format(role=role) if person.incoming else role


def _fact(*lines: Line | None) -> Entry:
    return Entry(row(*lines), 6)


def _missing(desk: DeskView) -> list[QWidget]:
    if not desk.missing:
        return []
    names = plain(_(", ").join(each.name for each in desk.missing))
    return [_fact(Line(lambda: _("*not signed on* {names}").format(names=names), "body", "body text-2", elide=True), None)]


def _relief(desk: DeskView) -> list[QWidget]:
    if desk.coming is None or desk.awaited is not None:
        return []
    coming = desk.coming
    who = plain(" ".join(each.name for each in coming.people))
    return [_fact(Line(lambda: _relief_words(coming), "body text-2", "body"), None, Line(who, "body", elide=True))]


def _relief_words(coming: Coming) -> str:
    crew, shift = plain(str(coming.crew_name)), plain(str(coming.name))
    return _("Relief *{crew} {shift}*").format(crew=crew, shift=shift)


def _contact(contact: ContactView) -> QWidget:
    def words() -> str:
        role, note = plain(str(contact.role)), plain(contact.who or str(contact.note))
        return _("{role} *{note}*").format(role=role, note=note) if note else role

    return _fact(Line(words, "body text-2", "body", elide=True), None, Line(plain(contact.phone), "body text-2"))


def best_contacts(contacts: tuple[ContactView, ...]) -> list[ContactView]:
    """Whom one calls from the desk: the station's own numbers, first one that names a person; the public ones are on the card."""
    own = [each for each in contacts if not each.public]
    named = [each for each in own if each.who][:1]
    return [*named, *(each for each in own if each not in named)][:CONTACTS]
