"""The window against a bare QLabel: whole processes, from their start to the first paint, and to a page filled from a month's store.

Both have their bytecode, as every start after the first has, and both wait in Qt's own loop: one that turns without rest would take
half of the machine from the thread that opens the store. Usable: the strip has its view, and so have the page on screen and its form.
Without a screen, unless QT_QPA_PLATFORM names another platform.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
HEAVY = (
    *("numpy", "pandas", "reportlab", "alembic", "openpyxl", "pyqtgraph"),
    *("ortools", "numba", "highspy", "xlsxwriter", "pypdfium2", "segno"),
)
BARE = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
class L(QLabel):
    def paintEvent(self, e):
        super().paintEvent(e)
        print("painted", flush=True)
w = L("确山门站"); w.resize(1366, 768); w.show()
app.exec()
"""
OURS = """
from stationdesk import collector
collector.rest()
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from stationdesk.domain import words
from stationdesk.paths import catalogue
words.install("zh_CN", catalogue("zh_CN")); words.use("zh_CN")
from stationdesk.app import Program, application
app, place = application("zh_CN", None)
program = Program(Path(sys.argv[1]), place)
def fed(view):
    look.start(1)
def seek():
    page = program.shell.current
    if page.view is not None and page.hour is not None:
        look.stop()
        app.processEvents()
        print("usable", flush=True)
        print("heavy", *[n for n in {heavy!r} if n in sys.modules], flush=True)
look = QTimer()
look.timeout.connect(seek)
program.ready.connect(lambda: program.feed.fed.connect(fed))
class Eye(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.property("seen"):
            self.setProperty("seen", True)
            print("painted", flush=True)
        return False
eye = Eye()
program.shell.installEventFilter(eye)
program.start()
app.exec()
"""


def report() -> None:
    """Print the three times and their ratios."""
    from datetime import UTC, datetime

    from tests.stage import demo_store

    store = demo_store(datetime.now(UTC).replace(second=0, microsecond=0), 30)
    bare: list[float] = []
    painted: list[float] = []
    usable: list[float] = []
    heavy = ""
    with tempfile.TemporaryDirectory(prefix="stationdesk-bytecode-") as bytecode:
        for run in range(RUNS + 1):
            floor, _none = _seconds(BARE, [], ["painted"], bytecode)
            times, heavy = _seconds(OURS.format(heavy=HEAVY), [str(store)], ["painted", "usable", "heavy"], bytecode)
            if run:  # the first one writes the bytecode
                bare.append(floor["painted"])
                painted.append(times["painted"])
                usable.append(times["usable"])
    least, first, full = (statistics.median(each) * 1000 for each in (bare, painted, usable))
    print(f"bare QLabel window painted: {least:.0f} ms (median of {RUNS})")
    print(f"window painted: {first:.0f} ms, ratio {first / least:.2f} (aim 1.5)")
    print(f"usable with a month's demo store: {full:.0f} ms, ratio {full / least:.2f} (aim 4)")
    print(f"heavy modules loaded: {heavy or 'none'}")


def _seconds(program: str, arguments: list[str], marks: list[str], bytecode: str) -> tuple[dict[str, float], str]:
    """Seconds from the start of a process to each line it prints."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(Path.cwd()), "PYTHONPYCACHEPREFIX": bytecode}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, float] = {}
    rest = ""
    assert process.stdout is not None
    while len(found) < len(marks):
        line = process.stdout.readline()
        if not line:
            raise RuntimeError("the window ended before it was there")
        word, _blank, more = line.strip().partition(" ")
        if word in marks and word not in found:
            found[word] = time.perf_counter() - began
            rest = more if word == "heavy" else rest
    process.kill()
    process.wait()
    process.stdout.close()
    return found, rest
