"""The window on a station of the tests, and fingers on its keyboard."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.services import Store
from stationdesk.services.shifts import desk_view
from stationdesk.ui.pages import Entry
from stationdesk.ui.runner import Runner
from stationdesk.ui.shell.feed import Feed
from stationdesk.ui.shell.place import Place
from stationdesk.ui.shell.shell import Shell
from stationdesk.ui.signin.page import SigninPage
from stationdesk.ui.signin.sign_on_dialog import SignOnDialog
from stationdesk.ui.widgets.page import Page
from tests.conftest_station import NIGHT, PASSWORD, ZONE

HANDOVER = NIGHT + timedelta(minutes=68)  # 07:50


class Plain(Page):
    """A page of the open desk."""

    name = "now"

    def title(self) -> str:
        return "Open"


class Window:
    """The window on a station, its clock, and fingers on the keyboard."""

    def __init__(self, store: Store, qtbot: QtBot, place: Path, at: datetime) -> None:
        self.store, self.at = store, [at]
        self.runner = Runner(store, inline=True, clock=lambda: self.at[0], zone=ZONE)
        locked = Entry("now", "duty", "gauge", "Now", Plain, open_when_locked=True, locked=SigninPage)
        self.shell = Shell(self.runner, (locked, Entry("log", "duty", "gauge", "Log", Plain)), Place(place))
        self.feed = Feed(self.shell, self.runner)
        qtbot.addWidget(self.shell)
        self.shell.resize(1366, 768)
        self.shell.go("now")
        self.shell.show()
        self.feed.ask()
        self.settle()

    def settle(self) -> None:
        self.runner.drain()
        QApplication.processEvents()
        self.runner.drain()

    @property
    def page(self) -> SigninPage:
        page = self.shell.current
        assert isinstance(page, SigninPage)
        return page

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.shell, key)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def dialog(self, kind: type[Any]) -> Any:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        assert found
        return found[-1]

    def names(self) -> list[str]:
        return [person.name for person in desk_view(self.store, self.at[0]).people]


def sign_on(window: Window, name: str, password: str = PASSWORD) -> SignOnDialog:
    window.key(Qt.Key.Key_F9)
    dialog: SignOnDialog = window.dialog(SignOnDialog)
    assert dialog.view is not None
    dialog.choose(next(each.person_id for each in dialog.view.people if each.name == name))
    QTest.keyClicks(dialog.password.edit, password)
    return dialog
