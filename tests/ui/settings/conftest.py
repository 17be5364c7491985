"""The settings page as a chief opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.services import Actor, Store
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.page import SettingsPage
from tests.conftest_station import NIGHT, ZONE, actor
from tests.ui.settings.hands import settle


@pytest.fixture
def chief(station_store: Store) -> Actor:
    return actor(station_store, "chief")


@pytest.fixture
def runner(dressed: QApplication, station_store: Store, chief: Actor) -> Iterator[Runner]:
    made = Runner(station_store, inline=True, clock=lambda: NIGHT, zone=ZONE)
    made.actor = chief
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def open_at(qtbot: QtBot, runner: Runner) -> Callable[[str], SettingsPage]:
    def make(key: str) -> SettingsPage:
        page = SettingsPage(runner)
        qtbot.addWidget(page)
        page.resize(1234, 692)
        page.show()
        page.activateWindow()
        page.choose(key)
        settle(page)
        return page

    return make
