"""A word about this computer's clock where it stands before what was written already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from stationdesk.services.clocks import ClockBehindError
    from stationdesk.ui.runner import Runner
    from stationdesk.ui.shell.shell import Shell

FIRST_MS, EVERY_MS = 2_000, 60_000  # the window is in use before it is looked at


class ClockWatch(QObject):
    """Tells once in the quiet bar, and again after the clock was right in between."""

    def __init__(self, shell: Shell, runner: Runner) -> None:
        super().__init__(shell)
        self._shell, self._runner = shell, runner
        self._told = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        runner.attached.connect(self._begin)

    def _begin(self) -> None:
        self._told = False
        self._timer.start(FIRST_MS)

    def look(self) -> None:
        """Hold the clock against the newest records."""
        from stationdesk.services.clocks import clock_behind

        self._timer.start(EVERY_MS)
        self._runner.query(self, clock_behind, self._runner.now(), on_done=self._say, on_error=self._wait)

    def _say(self, found: ClockBehindError | None) -> None:
        if found is not None and not self._told:
            self._shell.tell(found)
        self._told = found is not None

    def _wait(self, _error: object) -> None:
        """Who asks for something hears why it cannot be read; here it is tried again."""
