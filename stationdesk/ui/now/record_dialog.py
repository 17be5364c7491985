"""紧急记录 from the Now page: a kind, a sentence, Enter; the time is taken by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import C_, _
from stationdesk.ui.now import asks
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from stationdesk.domain.names import Name

LONGEST = 2000


class RecordDialog(Dialog):
    """recorded(): it is in the log. state_wanted(): 应急状态 is to begin with it."""

    recorded = Signal()
    state_wanted = Signal()

    def __init__(self, parent: QWidget, runner: Runner, kinds: Sequence[tuple[str, Name]], emergency: bool) -> None:
        self.runner = runner
        self.kinds = Choice([Option(code, lambda name=name: str(name)) for code, name in kinds], name=_("Kind"))  # type: ignore[misc]
        self.text = TextField(placeholder=lambda: _("What happened, and where"), enter="submit", limit=LONGEST, lines=4)
        self.state = Check(lambda: _("Declare the emergency state as well"))
        self.state.setHidden(emergency)
        self.yes = Button(lambda: C_("log", "Write down"), key="", look="primary", on_click=self._record)
        self.no = Button(lambda: _("Cancel"), on_click=self.reject)
        super().__init__(parent, lambda: _("Emergency record"), self.kinds, 12, self.text, 12, self.state, buttons=(self.no, self.yes))
        self.text.submitted.connect(self._record)
        self.text.take_focus()

    def _record(self) -> None:
        if self.text.too_long() or not self.yes.isEnabled():
            return
        self.yes.setEnabled(False)
        kind = str(self.kinds.value() or "")
        self.runner.command(self, asks.record_emergency, kind, self.text.text(), on_done=self._done, on_error=self._fail)

    def _done(self, _entry: object) -> None:
        self.recorded.emit()
        if self.state.isChecked() and not self.state.isHidden():
            self.state_wanted.emit()
        self.accept()

    def _fail(self, error: DomainError) -> None:
        self.yes.setEnabled(True)
        self.text.error(lambda: say(error))
        self.text.take_focus()
