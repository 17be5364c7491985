"""Asked in a dialog: leave for some days, a swap of duties, a wish, the words of a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.moments import format_day
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import C_, _
from stationdesk.services.roster import Asked, BreachView
from stationdesk.services.roster.solve import Dispute
from stationdesk.ui.roster.wording import LEAVE_WORDS, WEIGHT_WORDS
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.date_field import DateField
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.labelled import Labelled
from stationdesk.ui.widgets.layout import Item, column, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField

Duty = tuple[date, str]
WIDE, MOST, MOST_BREACHES = 560, 12, 4
HIGH, BESIDE, MOST_OF_WAY = 440, 60, 6
"""Of a dispute: how tall its list is at most, what stands beside it, and how much is said of a way out that changes nearly everything."""


class _Asking(Dialog):
    """Fields, and a button that sends them; a refusal stands at its field."""

    def __init__(
        self, parent: QWidget, title: Words, fields: dict[str, Labelled], verb: Words, *head: Item, foot: Sequence[Item] = ()
    ) -> None:
        self.fields = fields
        self.yes = Button(verb, look="primary", key="Ctrl Enter", on_click=self._press)
        self.no = Button(lambda: _("Cancel"), on_click=self._leave)
        items: list[Item] = list(head)
        for field in fields.values():
            items += [field, 8]
        items += foot
        super().__init__(parent, title, *items, buttons=(self.no, self.yes))
        next(iter(fields.values())).take_focus()

    def _press(self) -> None:
        for field in self.fields.values():
            field.error()
        self.send()

    def send(self) -> None:
        """Send what the fields hold."""
        raise NotImplementedError

    def fail(self, error: DomainError) -> None:
        """Refused: the reason at its field."""
        field = self.fields.get(error.field or "") or list(self.fields.values())[-1]
        field.error(lambda: say(error))
        field.take_focus()

    def finish(self, _answer: object = None) -> None:
        """It is in the store."""
        self.accept()

    def _leave(self) -> None:
        self.reject()


class LeaveDialog(_Asking):
    """ask(first, last, kind, words, dialog) sends it."""

    def __init__(self, parent: QWidget, name: str, first: date, last: date, today: Callable[[], date], ask: Callable[..., object]) -> None:
        self.ask = ask
        self.first = DateField(lambda: _("First day"), today)
        self.last = DateField(lambda: _("Last day"), today)
        self.first.choose(first)
        self.last.choose(last)
        self.kind = Select(lambda: _("Kind of leave"), list(LEAVE_WORDS.items()))
        self.words = TextField(lambda: _("Words"), lines=2, below=True)
        fields: dict[str, Labelled] = {"kind": self.kind, "first": self.first, "last": self.last, "words": self.words}
        super().__init__(parent, lambda: _("Leave"), fields, lambda: _("Record"), Line(plain(name), "name", elide=True), 8)

    def send(self) -> None:
        if self.kind.value() is None:
            self.kind.error(lambda: _("Choose the kind of leave."))
            self.kind.take_focus()
        elif not (self.first.valid() and self.last.valid()) or self.first.value() is None:
            self.first.error(lambda: _("Write the days as 12-13."))
            self.first.take_focus()
        else:
            first = self.first.value()
            self.ask(first, self.last.value() or first, self.kind.value(), self.words.text(), self)


class WishDialog(_Asking):
    """Off, or a kind of shift, and how much it matters; ask(first, last, kind, weight, words, dialog) sends it."""

    def __init__(
        self, parent: QWidget, name: str, first: date, last: date, kinds: Sequence[ShiftKind], today: Callable[[], date],
        ask: Callable[..., object],
    ) -> None:  # fmt: skip
        self.ask = ask
        self.kind = Select(lambda: _("Wish"), [("", lambda: C_("roster", "off")), *((kind.code, plain(str(kind.name))) for kind in kinds)])
        self.kind.choose("")
        self.first = DateField(lambda: _("First day"), today)
        self.last = DateField(lambda: _("Last day"), today)
        self.first.choose(first)
        self.last.choose(last)
        self.weight = Select(lambda: _("How much it matters"), list(WEIGHT_WORDS.items()))
        self.weight.choose(1)
        self.words = TextField(lambda: _("Words"), lines=2, below=True)
        fields: dict[str, Labelled] = {
            "kind": self.kind, "first": self.first, "last": self.last, "weight": self.weight, "words": self.words,
        }  # fmt: skip
        super().__init__(parent, lambda: _("Wish"), fields, lambda: _("Record"), Line(plain(name), "name", elide=True), 8)

    def send(self) -> None:
        if not (self.first.valid() and self.last.valid()) or self.first.value() is None:
            self.first.error(lambda: _("Write the days as 12-13."))
            self.first.take_focus()
        else:
            first = self.first.value()
            self.ask(first, self.last.value() or first, self.kind.value(), self.weight.value(), self.words.text(), self)


class SwapDialog(_Asking):
    """A duty of one's own to somebody else, and perhaps one of theirs back; what it would break shows as soon as both are named.

    check(asked, dialog) asks for that, ask(asked, dialog) sends it.
    """

    def __init__(
        self,
        parent: QWidget,
        person_id: int,
        mine: Sequence[Duty],
        current: date | None,
        others: Sequence[tuple[int, str]],
        theirs: Callable[[int], Sequence[Duty]],
        called: Mapping[str, str],
        check: Callable[..., object],
        ask: Callable[..., object],
    ) -> None:
        self.ask, self.check, self.person_id, self.theirs, self.called = ask, check, person_id, theirs, called
        self.given = Select(lambda: _("Your duty"), self._choices(mine))
        self.other = Select(lambda: _("Goes to"), [(person, plain(name)) for person, name in others])
        self.back = Select(lambda: _("In return"), [((), lambda: _("nothing"))])
        self.back.choose(())
        self.words = TextField(lambda: _("Words"), lines=2, below=True)
        fields: dict[str, Labelled] = {"day": self.given, "other": self.other, "back": self.back, "words": self.words}
        self.breaks = Text("", "label")
        super().__init__(parent, lambda: _("Ask for a swap"), fields, lambda: _("Ask"), foot=(self.breaks,))
        now = next((duty for duty in mine if duty[0] == current), None)
        if now is not None:
            self.given.choose(now)
        self.other.chosen.connect(self._offer)
        for each in (self.given, self.back):
            each.chosen.connect(self._look)

    def _offer(self, person: int) -> None:
        """What the other could give back."""
        duties = self.theirs(person)
        self.back.show_choices([((), lambda: _("nothing")), *self._choices(duties)])
        self.back.choose(())
        self._look()

    def _choices(self, duties: Sequence[Duty]) -> list[tuple[Duty, Words]]:
        """12-13 Night, by the names of the kinds."""
        return [(duty, partial(_said, duty[0], self.called.get(duty[1], duty[1]))) for duty in duties]

    def _asked(self) -> Asked:
        day, kind = self.given.value()
        return Asked(self.person_id, day, kind, self.other.value(), self.back.value() or None, self.words.text())

    def _look(self, _chosen: object = None) -> None:
        """What would it break?"""
        if self.given.value() is not None and self.other.value() is not None:
            self.check(self._asked(), self)

    def show_breaches(self, found: Sequence[BreachView]) -> None:
        """The rules the swap would break, or that it breaks none."""
        said = [C_("facts", "·").join((each.person, each.days, each.words)) for each in found[:MOST_BREACHES]]
        more = len(found) - MOST_BREACHES
        lines = [_("It would break:"), *said, *([_("… and {n} more").format(n=more)] if more > 0 else [])]
        self._say(lambda: "\n".join(lines) if found else _("It breaks no rule."))

    def show_refusal(self, error: DomainError) -> None:
        """It cannot be asked at all."""
        self._say(plain(say(error)))

    def _say(self, words: Words) -> None:
        """The dialog grows with what it says."""
        self.breaks.say(words)
        self.breaks.setMinimumHeight(self.breaks.heightForWidth(self.breaks.width()))
        self.adjustSize()

    def send(self) -> None:
        for field, words in ((self.given, _("Choose the duty.")), (self.other, _("Choose who takes it."))):
            if field.value() is None:
                field.error(words)
                field.take_focus()
                return
        self.ask(self._asked(), self)


class DecisionDialog(_Asking):
    """Why a request is refused, or approved although it breaks a rule; decide(words, dialog) sends it."""

    def __init__(self, parent: QWidget, title: Words, verb: Words, decide: Callable[..., object]) -> None:
        self.decide = decide
        self.words = TextField(lambda: _("Words"), lines=3, below=True)
        super().__init__(parent, title, {"words": self.words}, verb)

    def send(self) -> None:
        self.decide(self.words.text(), self)


class DisputeDialog(Dialog):
    """The rules that cannot all be kept, and the nearest ways out; what is taller than a small screen is scrolled by the arrows."""

    def __init__(self, parent: QWidget, dispute: Dispute) -> None:
        items: list[Item] = [Text(lambda: _("These rules cannot all be kept:"), "body"), 4]
        for rule in _listed(dispute.rules, MOST):
            items += [Text(plain(rule), "label"), 2]
        if dispute.ways:
            items += [12, Text(lambda: _("The nearest ways out, one of them is enough:"), "body"), 4]
        for n, way in enumerate(dispute.ways, 1):
            items += [Text(plain(f"{n}. " + C_("facts", "·").join(_listed(way, MOST_OF_WAY))), "label"), 6]
        self.inside = QWidget()
        column(*items, None, owner=self.inside)
        self.area = scrolled(self.inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.no = Button(lambda: _("Close"), on_click=self.close_it)
        super().__init__(parent, lambda: _("No roster keeps every rule"), self.area, buttons=(self.no,), wide=WIDE)
        self.area.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """As tall as what it says, once it is known how the words break."""
        wanted = max(self.inside.heightForWidth(WIDE - BESIDE), self.inside.minimumSizeHint().height())
        self.area.setFixedHeight(min(HIGH, wanted))
        super().showEvent(event)

    def close_it(self) -> None:
        """Back to the page."""
        self.reject()


def _listed(words: Sequence[str], most: int) -> list[str]:
    """So many of them, and how many more there are."""
    more = len(words) - most
    return [*words[:most], *([_("… and {n} more").format(n=more)] if more > 0 else [])]


def _said(day: date, kind: str) -> str:
    return _("{day} {kind}").format(day=format_day(day), kind=kind)
