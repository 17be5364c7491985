"""A section that is a list: its table at the left, the form of the current row at the right."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from stationdesk.domain.words import C_, _
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.section import Call, Section
from stationdesk.ui.settings.versions import Of, VersionsStack
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, column, row, rule, scrolled
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text import Text

SIDE = 356


class ListSection(Section):
    """A subclass says the columns and what the form asks, how a row fills it, and which call keeps or retires it.

    case: the use case of keeping; retire_case: of retiring, "" where nothing is retired; adds: whether there may be more;
    pinned: the buttons stay in sight below a form that scrolls.
    """

    case = ""
    retire_case = ""
    adds = True
    pinned = True
    side = SIDE
    kind = ""  # of its versions; "" where it has none

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.row: Any = None
        self.rows: Sequence[Any] = ()
        self.table = Table(self.columns(), self.title, compact=True, empty=EmptyState(lambda: _("Nothing here yet.")), key=self.key_of)
        self.form = Form(self.asks(), runner.zone, runner.now)
        self.head = Text("", "strong")
        self.save = Button(lambda: _("Keep"), key="Ctrl Enter", look="primary", on_click=self.keep)
        self.new = Button(lambda: C_("settings", "New"), icon="plus", on_click=self.begin)
        self.retire = Button(lambda: _("Retire"), on_click=self.ask_retire)
        self.table.current.connect(self._current)
        self.past = VersionsStack(runner, self.table, self.of)
        if not self.kind:
            self.past.button.hide()
        self._lay_out()

    # What a subclass says
    def columns(self) -> Sequence[Column]:
        """Of the table."""
        raise NotImplementedError

    def asks(self) -> Sequence[Sequence[Ask]]:
        """Of the form."""
        raise NotImplementedError

    def key_of(self, row: Any) -> Hashable:
        """What makes a row the same after a reload."""
        found: Hashable = getattr(row, "id", row)
        return found

    def name_of(self, row: Any) -> str:
        """What a row is called."""
        raise NotImplementedError

    def values_of(self, row: Any) -> dict[str, Any]:
        """How it fills the form; None is a new one."""
        raise NotImplementedError

    def keeping(self, row: Any, values: dict[str, Any]) -> Call:
        """The command that keeps it."""
        raise NotImplementedError

    def retiring(self, row: Any) -> Call | None:
        """The command that retires it."""
        return None

    def beside(self) -> Sequence[Item]:
        """More below the form."""
        return ()

    def above_table(self) -> Sequence[Item]:
        """More over the rows."""
        return ()

    def below_table(self) -> Sequence[Item]:
        """More under the rows."""
        return ()

    def of(self) -> Of | None:
        """Whose versions there are to see."""
        return (self.kind, self.key_of(self.row), self.name_of(self.row)) if self.kind and self.row is not None else None

    # Parts
    def _lay_out(self) -> None:
        above = self.above_table()
        left = Card(*above, self.past, *self.below_table(), sides=0)
        left.body.setStretch(len(above), 1)
        inside = QWidget()
        buttons, afresh = row(self.save, self.retire, None, self.new), self.make_afresh()
        foot: Sequence[Item] = (
            (rule(), 12, row(self.problem, sides=16), row(afresh, sides=16), row(buttons, sides=16), 12) if self.pinned else ()
        )
        own: Sequence[Item] = () if self.pinned else (self.problem, afresh, 4, buttons)
        head = row(self.head, self.past.button)
        head.setStretchFactor(self.head, 1)
        head.setAlignment(self.past.button, Qt.AlignmentFlag.AlignTop)
        column(12, head, 12, self.form, *own, *self.beside(), 12, None, owner=inside, sides=16)
        side = Card(scrolled(inside), *foot, sides=0)
        side.body.setStretch(0, 1)
        side.setFixedWidth(self.side)
        whole = row(left, side, owner=self, spacing=16)
        whole.setStretchFactor(left, 1)
        self.retire.setVisible(bool(self.retire_case))
        self.new.setVisible(self.adds)

    # What happens
    def show_found(self, found: Any) -> None:
        self.rows = self.rows_of(found)
        self.block(self.save, self.case)
        for button, case in ((self.retire, self.retire_case), (self.new, self.case if self.adds else "")):
            if case:
                self.block_beside(button, case, self.case)
        self._filling = True
        self.table.show_rows(self.rows)
        self._filling = False
        if self.row is None and self.rows and not self.form.changed() and not self._beginning:
            self._go(next((each for each in self.rows if self.key_of(each) not in self._before), self.rows[0]))
        elif self.row is not None and not self.form.changed():
            again = next((each for each in self.rows if self.key_of(each) == self.key_of(self.row)), None)
            self.show_row(again)
        self._before = frozenset(map(self.key_of, self.rows))
        if self.row is None:
            self.retire.setEnabled(False)

    _beginning = _filling = False
    _before: frozenset[Hashable] = frozenset()

    def _go(self, found: Any) -> None:
        """To a row: what was just answered stays in sight."""
        self.show_row(found)
        self.table.select_key(self.key_of(found))

    def rows_of(self, found: Any) -> Sequence[Any]:
        """The table's rows of what was found."""
        rows: Sequence[Any] = found
        return rows

    def _current(self, found: Any) -> None:
        if found is not None and not self._filling and (self.row is None or self.key_of(found) != self.key_of(self.row)):
            self.problem.hide()
            self.offer_afresh(False)
            self.show_row(found)

    def show_row(self, found: Any) -> None:
        """Fill the form from a row; None begins a new one."""
        self.row, self._beginning = found, found is None
        self.form.fill(self.values_of(found), there=found is not None)
        self.head.say(plain(self.name_of(found)) if found is not None else lambda: C_("settings", "New"))
        self.retire.setEnabled(found is not None and self.retire_case not in self.refused)
        self.past.refresh()

    def forget(self) -> None:
        self.form.fill(self.values_of(self.row), there=self.row is not None)

    def begin(self) -> None:
        """A new one."""
        self.problem.hide()
        self.offer_afresh(False)
        self.show_row(None)
        self.form.take_focus()

    def keep(self) -> None:
        """Send what stands in the form."""
        values = self.form.read()
        if values is not None:
            self.send(self.keeping(self.row, values), self.form, self.done)

    def done(self, result: Any) -> None:
        """It was kept: the form shows what is in force."""
        beginning = self._beginning
        self.form.fill(self.form.read() or {}, there=not beginning)
        if beginning:
            self.row, self._beginning = None, False
            self.form.fill({})
        self.kept(result)

    def ask_retire(self) -> None:
        """Asked once more before it ends."""
        name = self.name_of(self.row)
        words = _("{name} is used no more from now on. What was written stays.").format(name=name)
        self._asked = ConfirmDialog(self, lambda: _("Retire"), words, lambda: _("Retire"))
        self._asked.confirmed.connect(self._retire)
        self._asked.show_over()

    def _retire(self) -> None:
        call = self.retiring(self.row)
        if call is not None:
            self.send(call, self.form, self._retired)

    def _retired(self, result: Any) -> None:
        self.row = None
        self.form.fill({})
        self.kept(result)
