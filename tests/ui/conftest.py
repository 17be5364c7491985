"""The look in every test of the window: shipped fonts, light theme, English; and a shell that is closed again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.domain import words
from stationdesk.ui.runner import Runner
from stationdesk.ui.shell import language
from stationdesk.ui.shell.place import Place
from stationdesk.ui.shell.shell import Shell
from stationdesk.ui.widgets import fonts, theme
from tests.ui import example


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with style and fonts, once."""
    qapp.setStyle("Fusion")
    fonts.load(qapp)
    return qapp


@pytest.fixture(autouse=True)
def light(dressed: QApplication) -> Iterator[None]:
    """Every test begins light, and leaves it so."""
    if theme.current() != "light" or not dressed.styleSheet():
        theme.apply(dressed, "light")
    yield
    words.use("en")
    if theme.current() != "light":
        theme.apply(dressed, "light")


@pytest.fixture
def speak(dressed: QApplication) -> Callable[[str], None]:
    """Change the language of the window, as the shell does."""

    def change(name: str) -> None:
        language.switch(dressed, name)
        dressed.processEvents()

    return change


@pytest.fixture
def clock() -> list[datetime]:
    """The time of the tests; put another into the list to let it pass."""
    return [example.NOW]


@pytest.fixture
def runner(dressed: QApplication, clock: list[datetime]) -> Iterator[Runner]:
    """A runner that works at once on a store of the tests, with somebody picked."""
    made = Runner(example.Memory(), inline=True, clock=lambda: clock[0], zone=example.ZONE)  # type: ignore[arg-type]
    made.actor = example.Person(1, "张伟")  # type: ignore[assignment]
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def shell(qtbot: QtBot, runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The window with the example pages, on the first one, at its smallest size."""
    made = Shell(runner, example.entries(), Place(tmp_path_factory.mktemp("place")))
    qtbot.addWidget(made)
    made.show_status(example.status(), {"checklists": 1, "hazards": 2})
    made.show_contacts(example.CONTACTS, "报警时先说站名")
    made.go("now")
    show(made)
    return made


def show(widget: QWidget) -> None:
    """On screen and active, laid out."""
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    QApplication.processEvents()
