"""An editor of a part of a sheet: a form whose every change goes into the draft, alone or under a table of lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.order_table import OrderTable
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.date_field import DateField
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, column, row, rule
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Select


class Editor(QWidget):
    """changed: the draft is another one now."""

    changed = Signal()

    def __init__(self, runner: Runner, asks: Sequence[Sequence[Ask]]) -> None:
        super().__init__()
        self.form = Form(asks, runner.zone, runner.now)
        self.filling = False
        for part in self.form.parts.values():
            follow(part, self._typed)

    def _typed(self) -> None:
        if not self.filling:
            self.take()

    def take(self) -> bool:
        """What stands in the form goes into the draft; False where it cannot be read, which is said there."""
        values = self.form.read()
        if values is None:
            return False
        if not self.put(values):
            return False
        self.changed.emit()
        return True

    def put(self, values: dict[str, Any]) -> bool:
        """Into the draft; False where it is refused, said at the field."""
        raise NotImplementedError

    def fill(self, values: dict[str, Any]) -> None:
        """Show values; they are no change."""
        self.filling = True
        self.form.fill(values)
        self.filling = False


def follow(part: QWidget, slot: Callable[[], None]) -> None:
    """Call the slot whenever a person changes the field."""
    if isinstance(part, Check):
        part.toggled.connect(slot)
    elif isinstance(part, Select):
        part.chosen.connect(slot)
    elif isinstance(part, Field) and not isinstance(part, DateField):
        part.edited.connect(slot)


class LinesEditor(Editor):
    """A table of lines in the station's order, and the form of the current one."""

    def __init__(self, runner: Runner, columns: Sequence[Column], asks: Sequence[Sequence[Ask]], buttons: Sequence[Item]) -> None:
        super().__init__(runner, asks)
        self.line: Any = None
        self.lines: list[Any] = []
        self.table = OrderTable(columns, lambda: _("Columns"), compact=True, empty=EmptyState(lambda: _("No line yet.")))
        self.up = Button("", icon="arrow-up", look="small", on_click=lambda: self.shift(-1))
        self.down = Button("", icon="arrow-down", look="small", on_click=lambda: self.shift(1))
        self.up.setAccessibleName(_("Up"))
        self.down.setAccessibleName(_("Down"))
        self.table.current.connect(self._current)
        self.table.shifted.connect(self.shift)
        inside = QWidget()
        column(8, *self.above(), row(self.up, self.down, *buttons, None), 12, self.form, owner=inside, sides=16)
        whole = column(self.table, rule(), inside, owner=self)
        whole.setStretch(0, 1)

    def above(self) -> Sequence[Item]:
        """More above the buttons."""
        return ()

    def show_lines(self, lines: list[Any], current: Any = None) -> None:
        """Other lines; the list is the draft's own."""
        self.lines = lines
        self.table.show_rows(lines)
        self.table.viewport().update()
        self.line = None
        if lines:
            chosen = current if current in lines else lines[0]
            self.table.select_key(chosen.id)
            self._current(chosen)
        self.form.setEnabled(bool(lines))

    def _current(self, found: Any) -> None:
        if found is None or found is self.line:
            return
        if self.line is not None and self.line in self.lines and not self.take():
            self.table.select_key(self.line.id)
            return
        self.line = found
        self.fill(self.values_of(found))

    def values_of(self, line: Any) -> dict[str, Any]:
        """How a line fills the form."""
        raise NotImplementedError

    def shift(self, by: int) -> None:
        """The current line goes up or down."""
        if self.line not in self.lines:
            return
        at = self.lines.index(self.line)
        if 0 <= at + by < len(self.lines):
            self.lines[at], self.lines[at + by] = self.lines[at + by], self.lines[at]
            self.show_lines(self.lines, self.line)
            self.changed.emit()

    def again(self) -> None:
        """The table says what the form changed."""
        self.table.show_rows(self.lines)
        self.table.viewport().update()
