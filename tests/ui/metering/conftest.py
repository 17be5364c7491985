"""The metering page as the chief opens it in the morning after a night of readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.services import Actor, Store
from stationdesk.ui.metering.page import MeteringPage
from stationdesk.ui.runner import Runner
from tests import metered
from tests.conftest_station import ZONE, actor
from tests.metered import AFTER
from tests.ui.metering.hands import settle


@pytest.fixture
def clock() -> list[datetime]:
    """Five past eight: the gas day of the night is over, another one has begun."""
    return [AFTER]


@pytest.fixture
def store(station_store: Store) -> Store:
    metered.add_gas(station_store)
    metered.read_night(station_store)
    return station_store


@pytest.fixture
def chief(store: Store) -> Actor:
    return actor(store, "chief")


@pytest.fixture
def runner(dressed: QApplication, store: Store, chief: Actor, clock: list[datetime]) -> Iterator[Runner]:
    made = Runner(store, inline=True, clock=lambda: clock[0], zone=ZONE)
    made.actor = chief
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def open_page(qtbot: QtBot, runner: Runner) -> Callable[[], MeteringPage]:
    def make() -> MeteringPage:
        page = MeteringPage(runner)
        qtbot.addWidget(page)
        page.resize(1234, 692)
        page.show()
        page.activateWindow()
        settle(page)
        page.days.step(-1)
        settle(page)
        return page

    return make
