"""One hazard's life at the right: what and where, until when and whose, every step so far, and the steps allowed now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.hazards import HazardClosedError, HazardStepError, Step
from stationdesk.domain.items import ItemKind, ReadBackFirstError
from stationdesk.domain.moments import format_deadline, format_moment
from stationdesk.domain.permissions import NotAllowedError, whose
from stationdesk.domain.words import C_, _
from stationdesk.services.hazards import HazardLife, HazardView, StepView
from stationdesk.services.items import ItemLife, ItemView
from stationdesk.ui.hazards.lists import Row, carried_words, state_words, tone, until
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.layout import Item, column, row, rule, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text

LABEL, NAME = 72, 132


@dataclass(frozen=True)
class Way:
    """A step as it is offered: its name, its key, and the words its form asks for."""

    what: str
    words: Words
    key: str
    icon: str
    ask: Words = ""


WAYS: dict[str, Way] = {
    way.what: way
    for way in (
        Way(Step.RECTIFIED, lambda: _("Rectify"), "R", "wrench", lambda: _("What was done")),
        Way(Step.CLOSED, lambda: _("Verify and close"), "V", "check", lambda: _("What was seen (may stay empty)")),
        Way(Step.SENT_BACK, lambda: _("Send back"), "B", "undo-2", lambda: _("What is not yet right")),
        Way(Step.REPORTED, lambda: _("Report upward"), "P", "phone", lambda: _("To whom and how")),
        Way(Step.ASSIGNED, lambda: _("Give it an owner"), "O", "user-plus"),
        Way(Step.DEFERRED, lambda: _("Defer"), "D", "calendar-days", lambda: _("Why it takes longer")),
        Way("read_back", lambda: _("Read back"), "R", "message-square"),
        Way("finish", lambda: _("Done"), "V", "check", lambda: _("What was done")),
        Way("report", lambda: _("Report back"), "V", "send", lambda: _("What was done and reported")),
        Way("pass_on", lambda: _("Passed on"), "V", "check", lambda: _("To whom and how")),
    )
}

STEPS: dict[str, Words] = {
    Step.RAISED: lambda: C_("step", "raised"),
    Step.ASSIGNED: lambda: C_("step", "given to {owner}"),
    Step.DEFERRED: lambda: C_("step", "deferred to {time}"),
    Step.REPORTED: lambda: C_("step", "reported upward"),
    Step.RECTIFIED: lambda: C_("step", "rectified"),
    Step.SENT_BACK: lambda: C_("step", "sent back"),
    Step.CLOSED: lambda: C_("step", "verified and closed"),
}

SOURCES: dict[str, Words] = {
    "log": lambda: _("Log"),
    "rounds": lambda: _("Rounds"),
    "checklists": lambda: C_("rail", "Checks"),
    "readings": lambda: _("Readings"),
}


def item_way(life: ItemLife, what: str) -> str:
    """The way a step of an item goes by: finishing an order is reporting it back, an instruction is passed on."""
    if what != "finish":
        return what
    return {ItemKind.ORDER: "report", ItemKind.INSTRUCTION: "pass_on"}.get(life.item.kind, "finish")


class LifeCard(Card):
    """asked(what): a step is to be taken. go(page, target): to where it was raised."""

    asked = Signal(str)
    go = Signal(str, object)

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    def show_hazard(self, life: HazardLife) -> None:
        """A hazard with its steps."""
        hazard = life.hazard
        facts = [
            _fact(lambda: _("Grade"), lambda: str(hazard.grade_name)),
            _fact(lambda: _("Place"), plain(hazard.place)),
            _fact(lambda: _("Rectify by"), format_deadline(hazard.deadline, self.zone), "red-fg" if hazard.overdue else ""),
            *([self._report_by(hazard)] if hazard.report_owed else []),
            _fact(lambda: _("Owner"), plain(hazard.owner) or "—"),
            _fact(lambda: _("Carried"), lambda: carried_words(hazard)),
            *self._origin(life),
        ]
        fitting = [each for each in life.offers if not isinstance(each.refusal, HazardStepError | HazardClosedError)]
        fitting.sort(key=lambda each: (each.what is not Step.REPORTED or not hazard.report_owed, list(WAYS).index(each.what)))
        ways = self._ways([(WAYS[each.what], each.refusal) for each in fitting])
        self._show(hazard, facts, [self._step(each) for each in life.steps], ways)

    def show_item(self, life: ItemLife) -> None:
        """An item, an order or an instruction."""
        item = life.item
        facts = [_fact(lambda: _("From"), plain(item.from_whom))] if item.from_whom else []
        facts += [
            _fact(lambda: _("Deadline"), until(item.deadline, self.zone), "red-fg" if item.overdue else ""),
            _fact(lambda: _("Owner"), plain(item.owner) or "—"),
            _fact(lambda: _("Carried"), lambda: carried_words(item)),
        ]
        open_now = [] if item.done_at else [(WAYS[item_way(life, each.what)], each.refusal) for each in life.offers]
        self._show(item, facts, self._item_steps(item), self._ways(open_now))

    def _show(self, row_: Row, facts: list[QWidget], steps: list[QWidget], ways: list[Item]) -> None:
        self.set_look("ask" if tone(row_) == "amber" else "")
        chip = Chip(lambda: state_words(row_), look=tone(row_))
        inside = QWidget()
        column(Text(row_.text), 8, *facts, 4, rule(), 8, *steps, None, owner=inside)
        body = scrolled(inside)
        tail: list[Item] = [rule(), 12, *ways, 12] if ways else []
        self.show_items(12, row(Line(row_.number, "strong"), None, chip), 8, body, *tail)
        self.body.setStretch(3, 1)

    def _report_by(self, hazard: HazardView) -> QWidget:
        due = hazard.report_due
        assert due is not None
        return _fact(lambda: _("Report by"), format_moment(due, self.zone), "amber-fg")

    def _origin(self, life: HazardLife) -> list[QWidget]:
        if life.origin is None:
            return []
        page, target = life.origin
        made = QWidget()
        made.setFixedHeight(24)
        name = Line(lambda: _("Raised from"), "body text-2")
        name.setMinimumWidth(LABEL)
        link = Button(SOURCES[page], icon="link", look="link", on_click=lambda: self.go.emit(page, target))
        row(name, link, None, owner=made)
        return [made]

    def _step(self, step: StepView) -> QWidget:
        deadline = format_deadline(step.deadline, self.zone) if step.deadline else ""
        template = STEPS[step.what]
        return self._event(lambda: _said(template).format(owner=step.owner, time=deadline), step.person, step.at, step.words)

    def _event(self, what: Callable[[], str], person: str, at: object, words: str) -> QWidget:
        from datetime import datetime

        assert isinstance(at, datetime)
        made = QWidget()
        head = row(
            Line(lambda: plain(what()), "label-strong", elide=True),
            None,
            Line(plain(person), "label text-2", most=NAME),
            Line(format_moment(at, self.zone), "label text-2"),
            spacing=4,
        )
        said_below: list[Item] = [2, Text(words, "label")] if words else []
        column(head, *said_below, 8, owner=made)
        return made

    def _item_steps(self, item: ItemView) -> list[QWidget]:
        received = {ItemKind.ORDER: lambda: C_("step", "order taken"), ItemKind.INSTRUCTION: lambda: C_("step", "instruction noted")}
        steps = [self._event(received.get(item.kind, lambda: C_("step", "opened")), item.opened_by, item.opened_at, "")]
        if item.read_back_at is not None:
            steps.append(self._event(lambda: C_("step", "read back"), "", item.read_back_at, ""))
        if item.done_at is not None:
            steps.append(self._event(lambda: state_words(item), item.done_by, item.done_at, item.done_words))
        return steps

    def _ways(self, offers: list[tuple[Way, DomainError | None]]) -> list[Item]:
        """The next step is primary where one may take it, and nothing else in its place: who waits for a second look is not led to send
        the work back. One that is refused says why below itself."""
        found: list[Item] = []
        for n, (way, refusal) in enumerate(offers):
            look = "primary" if n == 0 and refusal is None else ""
            button = Button(way.words, icon=way.icon, key=way.key, look=look, on_click=self._asker(way.what))
            found += [button, 8]
            if refusal is not None:
                button.setEnabled(False)
                button.setAccessibleDescription(say(refusal))
                found[-1:] = [2, Text(_reason(refusal), "label text-2"), 8]
        return found[:-1]

    def _asker(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.emit(what)


def _reason(refusal: DomainError) -> Words:
    if isinstance(refusal, ReadBackFirstError):
        return lambda: _("first read it back")
    if isinstance(refusal, NotAllowedError):
        return lambda: whose(refusal)
    return lambda: say(refusal)


def _said(words: Words) -> str:
    return words if isinstance(words, str) else words()


def _fact(label: Words, value: Words, token: str = "") -> QWidget:
    made = QWidget()
    made.setFixedHeight(24)
    name = Line(label, "body text-2")
    name.setMinimumWidth(LABEL)
    row(name, Line(value, f"strong {token}" if token else "body", elide=True), owner=made).setStretch(1, 1)
    return made
