"""Care of the store: where it is, checked now, copied now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.care import Checked, check_store, copy_store, place_of
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.section import Section
from stationdesk.ui.widgets.bar import Bar
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

WIDE = 640


class CareSection(Section):
    """Verifying and copying go on beside the work; a check can be given up."""

    key, icon = "care", "shield"
    kinds = frozenset({"role_grant"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.task: Any = None
        self.place = Line("", "body", elide=True)
        self.bar = Bar(0.0)
        self.bar.hide()
        self.said = Text("", "body")
        self.check = Button(lambda: C_("settings", "Verify now"), icon="search-check", on_click=self.verify)
        self.stop = Button(lambda: _("Cancel"), on_click=self.give_up)
        self.copy = Button(lambda: C_("settings", "Back up now"), icon="save", on_click=self.choose_target)
        self.stop.hide()
        card = Card(
            16, Line(lambda: _("Where the store is"), "label text-2"), 4, self.place, 16, row(self.check, self.stop, self.copy, None),
            self.problem, 12, self.bar, 8, self.said, 16,
        )  # fmt: skip
        card.setFixedWidth(WIDE)
        column(row(card, None), None, owner=self)

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Care")

    def load(self) -> Any:
        return _place

    def show_found(self, found: Path) -> None:
        self.place.say(plain(str(found)))

    def verify(self) -> None:
        """The whole store, with progress."""
        self._busy(True)
        self.said.say(lambda: _("Checking the journal, records and signatures …"))
        self.task = self.runner.query(
            self, check_store, on_done=self._checked, on_error=self._broken, on_progress=self._progress, bench=True
        )

    def _busy(self, busy: bool) -> None:
        self.check.setEnabled(not busy)
        self.stop.setVisible(busy)
        self.bar.setVisible(busy)
        self.bar.show_share(0.0)

    def _progress(self, done: float, words: str) -> None:
        self.bar.show_share(done)
        self.said.say(words)

    def give_up(self) -> None:
        """Stop checking; nothing was changed by it."""
        if self.task is not None:
            self.task.cancel()
        self._busy(False)
        self.said.say(lambda: _("The check was given up."))

    def _checked(self, found: Checked) -> None:
        self._busy(False)
        self.said.say("\n".join(found.sentences))

    def _broken(self, error: Exception) -> None:
        self._busy(False)
        self.said.say("")
        self._failed(error)

    def choose_target(self) -> None:
        """Ask where the copy goes."""
        name = f"station-{self.runner.local():%Y%m%d-%H%M}.db"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Back up"), name, "StationDesk (*.db)")
        if chosen:
            self.back_up(Path(chosen))

    def back_up(self, target: Path) -> None:
        """Copy the store there."""
        self.runner.query(self, copy_store, target, on_done=self._copied, on_error=self._failed, bench=True)

    def _copied(self, target: Path) -> None:
        self.tell.emit(Notice(lambda: _("Copied to {file}").format(file=target)))


def _place(store: Store, _at: datetime) -> Path:
    return place_of(store)
