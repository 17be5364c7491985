"""The window on the night of the Now page's picture, with somebody picked, its database work done at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.app import Program
from stationdesk.services import Store
from stationdesk.storage import keys
from stationdesk.ui.now.page import NowPage
from stationdesk.ui.shell.place import Place
from tests import stage
from tests.ui.now import scene

Opened = Callable[..., Program]


@pytest.fixture
def clock() -> stage.Clock:
    """06:42:18 of that night; set `at` to let time pass."""
    return stage.Clock(stage.NIGHT)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Path]:
    """The store of that night."""
    keys.use(keys.LIGHT)
    scene.night(tmp_path / "night.db").close()
    yield tmp_path / "night.db"
    keys.use(keys.STRONG)


@pytest.fixture
def opened(qtbot: QtBot, dressed: QApplication, clock: stage.Clock) -> Iterator[Opened]:
    """opened(path, login): the program on a store, at 1366×768."""
    programs: list[Program] = []

    def make(path: Path, login: str = "lead-b") -> Program:
        program = Program(path, Place(None), clock=clock, inline=True)
        programs.append(program)
        qtbot.addWidget(program.shell)
        program.shell.resize(1366, 768)
        program.shell.go("now")
        program.shell.show()
        program.use(Store.open(path, clock=clock))
        stage.settle(program)
        if login:
            stage.pick(program, login)
        program.shell.activateWindow()
        stage.settle(program)
        return program

    yield make
    for program in programs:
        program.stop()


def now(program: Program) -> NowPage:
    """The Now page, which somebody must be picked for."""
    page = program.shell.page("now")
    assert isinstance(page, NowPage)
    return page
