"""The roster page with the chief at it, in a December of which nothing is published."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.services import Store
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.runner import Runner
from tests.conftest_station import NIGHT, ZONE, actor
from tests.ui.roster.desk import press, settle


@pytest.fixture
def runner(dressed: QApplication, station_store: Store) -> Iterator[Runner]:
    made = Runner(station_store, inline=True, clock=lambda: NIGHT, zone=ZONE)
    made.actor = actor(station_store, "chief")
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> RosterPage:
    """December, in which nothing is published."""
    made = RosterPage(runner)
    qtbot.addWidget(made)
    made.resize(1234, 692)
    made.show()
    made.activateWindow()
    settle(made)
    made.take_focus()
    press(made, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    return made
