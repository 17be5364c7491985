"""The switch of metering runs, asked for by its key from whatever page; its dialog is loaded when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from stationdesk.services.metering.switching import RunState


class Switching(QObject):
    """ask(): opens the dialog over a window once it is known which runs there are. tell: for the quiet bar."""

    tell = Signal(object)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self.window, self.runner = window, runner

    def ask(self) -> None:
        """From whatever page."""
        from stationdesk.services.metering.switching import run_states

        self.runner.query(self, run_states, self.runner.now(), on_done=self._open)

    def _open(self, runs: tuple[RunState, ...]) -> None:
        if not runs:
            self.tell.emit(Notice(lambda: _("This station has no metering runs."), "amber"))
            return
        from stationdesk.ui.widgets.switch_dialog import SwitchDialog

        dialog = SwitchDialog(self.window, self.runner, runs)
        dialog.tell.connect(self.tell)
        dialog.show_over()
