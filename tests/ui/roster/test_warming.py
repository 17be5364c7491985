"""The engine is compiled while a chief looks at the roster: in a process of its own that is gone with the window."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.services import Store
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.runner import Runner
from tests.conftest_station import NIGHT, ZONE, actor

BEGUN_MS, ENDED_MS = 60_000, 300_000  # how long a hang is waited for: on a busy machine the compiler gets what others leave


@pytest.fixture
def runner(dressed: QApplication, station_store: Store, tmp_path: Path) -> Iterator[Runner]:
    """With its threads, as the window has them."""
    made = Runner(station_store, clock=lambda: NIGHT, zone=ZONE)
    made.folder = tmp_path
    yield made
    made.stop()


def shown(qtbot: QtBot, runner: Runner) -> RosterPage:
    page = RosterPage(runner)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.board is not None, timeout=BEGUN_MS)
    return page


def test_the_process_ends_with_the_window(qtbot: QtBot, runner: Runner, station_store: Store) -> None:
    runner.actor = actor(station_store, "chief")
    shown(qtbot, runner)
    qtbot.waitUntil(lambda: len(multiprocessing.active_children()) == 1, timeout=BEGUN_MS)
    runner.stop()
    assert not multiprocessing.active_children()


def test_what_was_compiled_is_kept_for_the_first_roster(qtbot: QtBot, runner: Runner, station_store: Store, tmp_path: Path) -> None:
    runner.actor = actor(station_store, "chief")
    page = shown(qtbot, runner)
    qtbot.waitUntil(lambda: bool(list((tmp_path / "compiled").rglob("*.nbc"))), timeout=ENDED_MS)
    qtbot.waitUntil(lambda: not multiprocessing.active_children(), timeout=ENDED_MS)
    page.reload()  # once is enough
    qtbot.wait(500)
    assert not multiprocessing.active_children()


def test_who_plans_nothing_compiles_nothing(qtbot: QtBot, runner: Runner, station_store: Store, tmp_path: Path) -> None:
    runner.actor = actor(station_store, "op-a1")
    page = shown(qtbot, runner)
    assert page.engine._warming is None
    assert not (tmp_path / "compiled").exists()
