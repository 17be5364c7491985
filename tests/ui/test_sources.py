"""Nothing reads the source of what is imported."""

from __future__ import annotations

import subprocess
import sys

from tests.test_app import ROOT

CHILD = """
import stationdesk.ui
import inspect
asked = []
inspect.getsource = asked.append
import stationdesk.app, sqlalchemy.orm
print(asked)
"""


def test_what_is_imported_after_qt_is_not_read_as_text() -> None:
    ran = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout == "[]\n"
