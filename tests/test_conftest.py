"""The guards around every test do guard: leaked windows, Qt's and Python's warnings, the network."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from stationdesk.paths import PACKAGE

ROOT = PACKAGE.parent
QT = "from PySide6.QtCore import qWarning\nfrom PySide6.QtWidgets import QWidget\n"


def outcome(tmp_path, body: str) -> str:
    """What pytest prints of a test with this body, under this repository's settings."""
    file = tmp_path / "test_tried.py"
    file.write_text(f"import warnings\n{QT}KEPT = []\ndef test_tried(qtbot):\n    {body}\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        str(ROOT / "pyproject.toml"),
        "--rootdir",
        str(ROOT),
        "-p",
        "tests.conftest",
        str(file),
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False).stdout


def test_a_window_left_behind_fails(tmp_path):
    said = outcome(tmp_path, "KEPT.append(QWidget(objectName='left'))")
    assert "top-level widgets left behind: QWidget 'left'" in said
    assert "1 passed, 1 error" in said


def test_a_window_given_to_qtbot_passes(tmp_path):
    assert "1 passed in" in outcome(tmp_path, "widget = QWidget(); qtbot.addWidget(widget); widget.show()")


@pytest.mark.parametrize("body", ["qWarning('odd')", "warnings.warn('odd', stacklevel=1)"])
def test_a_warning_fails(tmp_path, body):
    assert "1 failed" in outcome(tmp_path, body)


def test_the_network_is_closed():
    with socket.socket() as own, pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        own.connect(("192.0.2.1", 80))


def test_this_computer_may_be_spoken_to():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
