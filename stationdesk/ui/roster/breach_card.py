"""The breach at the cell, or the first that still wants a reason: the rule, whose, when, by how much; and the reason to keep it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from stationdesk.domain.words import _, n_
from stationdesk.services.roster import BreachView
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField


class BreachCard(Card):
    """given(key, words): why the breach stays. wanted: the next one."""

    given = Signal(str, str)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(look="breach")
        self.breach: BreachView | None = None
        self.count = 0
        self.head = Line(self._head, "strong red-fg", elide=True)
        self.who, self.days = Line("", "strong", elide=True), Line("", "body", elide=True)
        self.what, self.rule, self.kept = Text(""), Text("", "label text-2"), Text("", "label text-2")
        self.reason = TextField(lambda: _("Reason to keep it"), lines=2, enter="submit", below=False)
        self.keep = Button(lambda: _("Keep it"), look="small", on_click=self._give)
        self.on = Button(lambda: _("Next"), key="B", look="small", on_click=self.wanted.emit)
        self.reason.submitted.connect(self._give)
        title = row(icon("circle-alert", "red-fg"), self.head, spacing=8)
        buttons = row(self.keep, self.on, None, spacing=8)
        self.show_items(12, title, 8, self.who, self.days, 4, self.what, 4, self.rule, 8, self.kept, self.reason, 8, buttons, 12)
        self.hide()

    def _head(self) -> str:
        return n_("{n} breach", "{n} breaches", self.count).format(n=self.count)

    def show_breach(self, breach: BreachView | None, count: int, editable: bool) -> None:
        """A breach of so many; None hides the card."""
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
        if other:
            self.reason.set_text("")

    def _give(self) -> None:
        words = self.reason.text().strip()
        if not words:
            self.reason.error(lambda: _("Say why it stays."))
            self.reason.take_focus()
        elif self.breach is not None:
            self.given.emit(self.breach.breach.key, words)
