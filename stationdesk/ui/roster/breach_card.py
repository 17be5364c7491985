"""The breach at the cell, or the first that still wants a reason: the rule, whose, when, by how much, the nearest ways to mend it, and the
reason to keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import C_, _, n_
from stationdesk.services.roster import BreachView, Remedy
from stationdesk.ui.roster.scopes import ONE, Scope
from stationdesk.ui.roster.wording import remedy_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField

MOST = 2  # ways to mend it


class BreachCard(Card):
    """given(keys, words): why the breach, or all that are chosen with it, stay. wanted: the next one. adopted(remedy): it is mended so."""

    given = Signal(object, str)
    adopted = Signal(object)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(look="breach")
        self.breach: BreachView | None = None
        self.count = 0
        self.head = Line(self._head, "strong red-fg", elide=True)
        self.who, self.days = Line("", "strong", elide=True), Line("", "body", elide=True)
        self.what, self.rule, self.kept = Text(""), Text("", "label text-2"), Text("", "label text-2")
        self.reason = TextField(lambda: _("Reason to keep it"), lines=2, enter="submit", below=False)
        self.scopes: Mapping[str, Scope] = {}
        self.scope = Select(lambda: C_("roster", "The reason is for"), below=False)
        self.keep = Button(lambda: _("Keep it"), look="small", on_click=self._give)
        self.on = Button(lambda: _("Next"), key="B", look="small", on_click=self.wanted.emit)
        self.reason.submitted.connect(self._give)
        self.ways = tuple(Way(n, self.adopted) for n in range(1, MOST + 1))
        self.nearest = Line(lambda: _("Nearest ways that keep the rules"), "label text-2", elide=True)
        title = row(icon("circle-alert", "red-fg"), self.head, spacing=8)
        buttons = row(self.keep, self.on, None, spacing=8)
        self.offers = QWidget()
        column(rule(), 8, self.nearest, 4, *self.ways, owner=self.offers)
        facts = (12, title, 8, self.who, self.days, 4, self.what, 4, self.rule, 8)
        self.show_items(*facts, self.offers, self.kept, self.reason, 8, self.scope, 8, buttons, 12)
        self.show_remedies((), {})
        self.hide()

    def _head(self) -> str:
        return n_("{n} breach", "{n} breaches", self.count).format(n=self.count)

    def show_breach(self, breach: BreachView | None, count: int, editable: bool, scopes: Mapping[str, Scope]) -> None:
        """A breach of so many; None hides the card. scopes: what one reason may be given to."""
        other = breach is None or self.breach is None or breach.breach.key != self.breach.breach.key
        self.breach, self.count = breach, count
        self.setVisible(breach is not None)
        if breach is None:
            return
        self.head.reword()
        self.who.say(plain(breach.person) if breach.person else (lambda: _("The shift")))
        self.days.say(breach.days)
        self.what.say(breach.words)
        self.rule.say(breach.rule)
        self.kept.say((lambda: _("Kept: {why}").format(why=breach.reason)) if breach.reason else "")
        self.kept.setVisible(bool(breach.reason))
        for each in (self.reason, self.keep):
            each.setVisible(editable)
        self._show_scopes(scopes, ONE if other else self.scope.value() or ONE)
        self.scope.setVisible(editable and len(scopes) > 1)
        if other:
            self.reason.set_text("")
            self.show_remedies((), {})

    def _show_scopes(self, scopes: Mapping[str, Scope], chosen: str) -> None:
        self.scopes = scopes
        self.scope.show_choices([(which, scope.words) for which, scope in scopes.items()])
        self.scope.choose(chosen if chosen in scopes else ONE)

    def show_remedies(self, remedies: Sequence[Remedy], called: Mapping[str, str]) -> None:
        """The ways to mend the breach shown; none hides them."""
        self.offers.setVisible(bool(remedies))
        for n, way in enumerate(self.ways):
            way.show_remedy(remedies[n] if n < len(remedies) else None, called)

    def _give(self) -> None:
        words = self.reason.text().strip()
        if not words:
            self.reason.error(lambda: _("Say why it stays."))
            self.reason.take_focus()
        elif self.breach is not None:
            scope = self.scopes.get(self.scope.value() or ONE)
            self.scope.choose(ONE)  # the next reason is for one again
            self.given.emit(scope.keys if scope else (self.breach.breach.key,), words)


class Way(QWidget):
    """One way to mend a breach, taken with Alt and its number."""

    def __init__(self, number: int, adopted: SignalInstance) -> None:
        super().__init__()
        self.remedy: Remedy | None = None
        self.what, self.then = Text("", "label"), Text("", "label text-2")
        self.take = Button(lambda: _("Adopt"), key=f"Alt {number}", look="chip", on_click=lambda: adopted.emit(self.remedy))
        column(self.what, self.then, 4, row(self.take, None), 8, owner=self)

    def show_remedy(self, remedy: Remedy | None, called: Mapping[str, str]) -> None:
        """Another way, None for none."""
        self.remedy = remedy
        self.setVisible(remedy is not None)
        if remedy is not None:
            self.what.say(lambda: remedy_words(remedy, called)[0])
            self.then.say(lambda: remedy_words(remedy, called)[1])
