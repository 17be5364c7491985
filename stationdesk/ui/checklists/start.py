"""Before a checklist is begun: those of the shift at the left, at the right how the chosen one begins."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from stationdesk.domain.checklists import DueState
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.words import C_, _
from stationdesk.services.checklists import ChecklistsView, DueView
from stationdesk.ui.checklists.due import DueList
from stationdesk.ui.checklists.wording import due_words, every_words
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.walk_page import Chooser
from stationdesk.ui.widgets.walk_side import WIDE

LIVE, PAPER = "live", "paper"


class StartPanel(Chooser):
    """asked(template_id, mode): begin. opened(checklist_id): go on with one, or look at one."""

    asked = Signal(int, str)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.view: ChecklistsView | None = None
        self.refusal: NotAllowedError | None = None
        self.closed = False
        self.due = DueList()
        self.head = Line("", "strong", elide=True)
        self.fact = Line("", "label text-2", elide=True)
        self.note = Text("", "label text-2")
        self.label = Line(lambda: _("How it is filled in"), "label")
        self.mode = Choice(
            [Option(LIVE, lambda: _("Live"), key="1"), Option(PAPER, lambda: C_("checklist", "On paper, typed now"), key="2")],
            lambda: _("How it is filled in"),
        )
        self.mode.choose(LIVE)
        self.begin = Button(self._verb, icon="play", key="F9", look="primary", on_click=self._begin)
        self.look = Button(lambda: _("Show the last one"), icon="list-checks", on_click=self._open)
        how = (self.label, 4, row(self.mode, None), 12)
        self.form = Card(12, self.head, 2, self.fact, 12, *how, row(self.begin, None), 8, row(self.look, None), 12, self.note, None)
        self.form.setFixedWidth(WIDE)
        row(self.due, self.form, owner=self, spacing=16).setStretch(0, 1)
        self.mode.chosen.connect(self._to_begin)
        self.due.chosen.connect(self._pick)
        self.due.moved.connect(self._show_form)

    # --- what is shown

    def allow(self, refused: Mapping[str, NotAllowedError]) -> None:
        """What the person at the desk may not do, by the act."""
        self.refusal = refused.get("start")
        self._show_form(self.due.current())

    def may_begin(self) -> bool:
        """Whether the person at the desk may begin one."""
        return self.refusal is None

    def show_view(self, view: ChecklistsView) -> None:
        """The lists of a shift as they stand."""
        self.view = view
        self._fit_mode(view.shift is not None and view.shift.closed_at is not None)
        self.due.show_view(view)
        self._show_form(self.due.current())

    def _fit_mode(self, closed: bool) -> None:
        """Of a shift that is handed over only what was done on paper is entered."""
        if closed != self.closed:
            self.closed = closed
            self.mode.lock(LIVE, (lambda: _("the shift is handed over")) if closed else "")
            self.mode.choose(PAPER if closed else LIVE)

    def _show_form(self, due: DueView | None) -> None:
        self.form.setVisible(due is not None)
        if due is None or self.view is None:
            return
        running = due.running is not None
        self.head.say(plain(str(due.template.name)))
        facts = (every_words(due), _("{n} points").format(n=due.template.items), due_words(due, self.view))
        self.fact.say(plain("·".join(facts)))
        for each in (self.label, self.mode):
            each.setVisible(self.may_begin() and not running)
        self.begin.say(self._verb)
        self.begin.keep_for(None if running else self.refusal)
        self.look.setVisible(due.last is not None)
        again = due.due.state is DueState.DONE and not running
        self.note.say(lambda: _("It is signed off for this period; another one may be filled in.") if again else "")

    def _verb(self) -> str:
        due: DueView | None = self.due.current()
        return _("Go on with it") if due is not None and due.running is not None else _("Begin checklist")

    # --- what a person does

    def _pick(self, due: DueView) -> None:
        """Enter at a list: go on with it, else say how it is captured."""
        if due.running is not None:
            self.opened.emit(due.running)
        elif self.may_begin():
            self.mode.take_focus()

    def _to_begin(self, _mode: str) -> None:
        self.begin.setFocus()

    def _begin(self) -> None:
        due = self.due.current()
        if due is not None and due.running is not None:
            self.opened.emit(due.running)
        elif due is not None and self.may_begin():
            self.asked.emit(due.id, self.mode.value())

    def _open(self) -> None:
        due = self.due.current()
        if due is not None and due.last is not None:
            self.opened.emit(due.last)

    def take_focus(self) -> None:
        """The keyboard to the list."""
        self.due.take_focus()
