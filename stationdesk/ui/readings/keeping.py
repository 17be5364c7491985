"""Nothing typed is lost: what is in the open field and what waits to be saved is kept shortly after each key, and comes back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from stationdesk.services import readings
from stationdesk.services.readings import Unsaved
from stationdesk.ui.readings.view import ReadingsView
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.draft import Draft


class Keeper(QObject):
    """Follows the grid and its model."""

    #: whether a field was opened again with its text
    restored = Signal(bool)

    def __init__(self, runner: Runner, grid: ReadingsView) -> None:
        super().__init__(grid)
        self.runner, self.grid, self.model = runner, grid, grid.readings
        self._asked = False
        self._kept = Unsaved()
        self._draft = Draft(self, lambda: "")
        self._draft.to(self._keep)
        grid.drafted.connect(self._touch)
        self.model.drafted.connect(self._touch)

    def flush(self) -> None:
        """Keep now what waits."""
        self._draft.flush()

    def restore(self) -> None:
        """Ask once for what was kept."""
        if not self._asked:
            self._asked = True
            self.runner.query(self, readings.unsaved, on_done=self._restore)

    def _touch(self, _what: object = None) -> None:
        self._draft.touch()

    def unsaved(self) -> Unsaved:
        """What would be lost now."""
        field, index = self.grid.field(), self.grid.currentIndex()
        line = self.model.hour(index.row())
        held = self.model.unsaved()
        if field is None or line is None or not field.isModified() or not field.text().strip() or not self.grid.popup.isHidden():
            return Unsaved(held)
        return Unsaved(held, (self.model.points[index.column()].point_id, line.time), field.text())

    def _keep(self, _text: str) -> None:
        kept = self.unsaved()
        if kept != self._kept:
            self._kept = kept
            self.runner.command(self, readings.keep_unsaved, kept)

    def _restore(self, kept: Unsaved) -> None:
        """Values wait for somebody to save them, the field opens again with its text."""
        for place, text in kept.held.items():
            row, column = self.model.place(place)
            if row >= 0 and self.model.cell(row, column) is None:
                self.model.hold(row, column, text)
        row, column = self.model.place(kept.place) if kept.place else (-1, -1)
        opens = row >= 0 and bool(kept.text) and self.grid.field() is None
        if opens:
            self.grid.go_to(row, column)
            self.grid.setFocus()
            self.grid.open_field(kept.text)
        self._kept = kept
        self.restored.emit(opens)
