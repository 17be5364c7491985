"""The first page: the locked desk while nobody is picked, else the Now page. Neither knows the other; here they meet."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from PySide6.QtWidgets import QStackedWidget

from stationdesk.domain.words import _
from stationdesk.ui.now.page import NowPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin.desk import Desk
from stationdesk.ui.signin.page import SigninPage
from stationdesk.ui.widgets.layout import column
from stationdesk.ui.widgets.page import Page

P = TypeVar("P", bound=Page)


class HomePage(Page):
    """Targets are what the desk can be asked: "sign_on", "log_in", "sign_off", "end_emergency", "record"."""

    name = "now"
    #: the two inside listen for themselves
    kinds: ClassVar[frozenset[str]] = frozenset({"-"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.stack = QStackedWidget()
        column(self.stack, owner=self)
        self.locked = self._join(SigninPage(runner))
        self._now: NowPage | None = None
        runner.actor_changed.connect(self._turn)
        self._turn()

    def title(self) -> str:
        return _("Now")

    @property
    def desk(self) -> Desk:
        """Where people come, go and lock."""
        return self.locked.desk

    @property
    def now(self) -> NowPage:
        """The Now page, made when somebody is first picked."""
        if self._now is None:
            self._now = self._join(NowPage(self.runner))
            self._now.picked.connect(self.desk.pick)
        return self._now

    @property
    def current(self) -> Page:
        """Which of the two is shown."""
        return self.locked if self.runner.locked else self.now

    def _join(self, page: P) -> P:
        page.go.connect(self.go)
        page.tell.connect(self.tell)
        page.keys_changed.connect(self._follow_keys)
        self.stack.addWidget(page)
        return page

    def _turn(self, _actor: object = None) -> None:
        self.stack.setCurrentWidget(self.current)
        self._follow_keys()
        if self.isVisible():
            self.current.take_focus()

    def _follow_keys(self) -> None:
        self.show_keys(self.current.keys)

    def take_focus(self) -> None:
        self.current.take_focus()

    def show_target(self, target: object) -> None:
        asked = {
            "sign_on": self.desk.sign_on,
            "log_in": self.desk.log_in,
            "sign_off": self.desk.sign_off,
            "end_emergency": self.desk.end_emergency,
        }
        if target == "record":
            self._record()
        elif isinstance(target, str) and target in asked:
            asked[target]()

    def _record(self) -> None:
        if self.runner.locked:
            self.locked.emergency.text.take_focus()
        else:
            self.now.record()
