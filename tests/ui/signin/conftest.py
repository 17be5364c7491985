"""The locked desk on a station, opened as a test wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from stationdesk.services import Store
from stationdesk.storage import keys
from tests.conftest_station import NIGHT, make_station
from tests.ui.signin.window import Window


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Window]]:
    keys.use(keys.LIGHT)
    made: list[Window] = []

    def build(at: datetime = NIGHT, *, prepare: Callable[[Store], object] | None = None, open_shift: bool = True) -> Window:
        store = make_station(tmp_path / "s.db", open_shift=open_shift)
        if prepare is not None:
            prepare(store)
        made.append(Window(store, qtbot, tmp_path / "place", at))
        return made[-1]

    yield build
    for window in made:
        window.runner.stop()
        window.store.close()
    keys.use(keys.STRONG)
