"""What holds for every test: no screen, no network, no leaked window, the program's own folder in a temporary place."""

from __future__ import annotations

import gc
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_home = tempfile.TemporaryDirectory(prefix="stationdesk-tests-", ignore_cleanup_errors=True)
os.environ["STATIONDESK_HOME"] = _home.name
os.environ.pop("STATIONDESK_PASSWORD", None)

import pytest
from hypothesis import HealthCheck, settings

from stationdesk.domain import words
from stationdesk.paths import LANGUAGES, catalogue
from tests.conftest_station import metered_store, station_store  # noqa: F401 - fixtures for every floor

# No deadline, for no test asserts speed; on CI the same examples each time, so that a red run can be repeated.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

LOOPBACK = ("127.", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing of StationDesk needs a network: a connection to anywhere but this computer fails the test."""
    connect = socket.socket.connect

    def only_here(own: socket.socket, address: Any) -> None:
        if own.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            pytest.fail(f"a test opened a connection to {address}")
        connect(own, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


@pytest.fixture(scope="session")
def compiled() -> Path:
    """Where the roster engine keeps compiled code from one run of the tests to the next, for the compiler takes seconds."""
    from stationdesk.rostering import tasks

    folder = Path(__file__).resolve().parent.parent / ".compiled"
    tasks.keep_compiled_in(folder)
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English, with all catalogues at hand: `words.use("zh_CN")` or `words.speaking("zh_CN")` for Chinese."""
    for language in LANGUAGES:
        words.install(language, catalogue(language))
    words.use("en")
    yield
    words.use("en")


@pytest.fixture(autouse=True)
def no_leaked_windows(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that uses Qt leaves no top-level widget behind: give each one to `qtbot.addWidget` or close and delete it."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("qapp")
    before = _windows()
    yield
    gc.collect()
    gc.freeze()  # what outlives a test is not looked through again after each of the next two thousand
    left = {address: name for address, name in _windows().items() if address not in before}
    if left:
        pytest.fail(f"top-level widgets left behind: {', '.join(sorted(left.values()))}")


def _windows() -> dict[int, str]:
    """Address → class and name of every top-level widget that lives, after those told to go have gone."""
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    alive = [widget for widget in QApplication.topLevelWidgets() if shiboken6.isValid(widget)]
    return {shiboken6.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()!r}" for widget in alive}
