"""Before a checklist is begun: what it is, how it is captured, and the button that begins it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from stationdesk.domain.checklists import DueState
from stationdesk.domain.words import _
from stationdesk.services.checklists import ChecklistsView, DueView
from stationdesk.ui.checklists.wording import due_words, every_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

LIVE, PAPER = "live", "paper"


class StartCard(Card):
    """asked(template_id, mode): begin. opened(checklist_id): look at the one signed off."""

    asked = Signal(int, str)
    opened = Signal(int)

    def __init__(self) -> None:
        self.due: DueView | None = None
        self.head = Line("", "name", elide=True)
        self.fact = Line("", "body text-2", elide=True)
        self.note = Text("", "body text-2")
        self.mode = Choice(
            [Option(LIVE, lambda: _("Live"), key="1"), Option(PAPER, lambda: _("On paper, typed now"), key="2")],
            lambda: _("How it is filled in"),
        )
        self.mode.choose(LIVE)
        self.begin = Button(lambda: _("Begin checklist"), icon="play", key="F9", look="primary", on_click=self._begin)
        self.look = Button(lambda: _("Show the last one"), icon="list-checks", on_click=self._open)
        buttons = row(self.begin, self.look, None)
        label = Line(lambda: _("How it is filled in"), "label")
        super().__init__(16, self.head, 4, self.fact, 16, label, 4, row(self.mode, None), 16, buttons, 16, self.note, None)

    def show_due(self, due: DueView | None, view: ChecklistsView | None) -> None:
        """Another list is chosen."""
        self.due = due
        self.begin.setVisible(due is not None and due.running is None)
        self.look.setVisible(due is not None and due.last is not None)
        if due is None or view is None:
            self.head.say("")
            self.fact.say("")
            return
        self.head.say(plain(str(due.template.name)))
        facts = (every_words(due), _("{n} points").format(n=due.template.items), due_words(due, view))
        self.fact.say(plain("·".join(facts)))
        again = due.due.state is DueState.DONE
        self.note.say(lambda: _("It is signed off for this period; another one may be filled in.") if again else "")

    def _begin(self) -> None:
        if self.due is not None and self.due.running is None:
            self.asked.emit(self.due.id, self.mode.value())

    def _open(self) -> None:
        if self.due is not None and self.due.last is not None:
            self.opened.emit(self.due.last)

    def take_focus(self) -> None:
        """The keyboard to how it is captured."""
        self.mode.take_focus()
