"""A section that is a choice of lists, each kept whole as a dated version: its lines at the left, the line's form at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.words import C_, _
from stationdesk.ui.runner import Runner
from stationdesk.ui.settings.order_table import OrderTable
from stationdesk.ui.settings.section import Call, Section
from stationdesk.ui.settings.versions import Of, VersionsStack
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item, column, row, rule, scrolled
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words, said

SIDE = 380
_numbers = count(1)


@dataclass(eq=False)
class Entry:
    """A line being edited; its values are the form's."""

    values: dict[str, Any]
    id: int = field(default_factory=lambda: next(_numbers))


@dataclass(frozen=True)
class Kept:
    """One of the lists as it is in force: what its head and its lines fill the forms with."""

    key: Any
    name: Words
    head: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...]
    seen: Any = None  # by which the command knows whether another window has changed it meanwhile


class EntriesSection(Section):
    """A subclass says what there is, how a line reads and is asked, and which call keeps the whole."""

    case = ""
    retire_case = ""
    adds = False
    ordered = True
    kind = ""  # as the query of versions knows it

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.lists: tuple[Kept, ...] = ()
        self.shown: Kept | None = None  # what the forms were filled from
        self.chosen: Any = None
        self.entry: Entry | None = None
        self.touched = self.fresh = False
        self._make_parts()
        self._lay_out()

    # What a subclass says
    def head_asks(self) -> Sequence[Sequence[Ask]]:
        """Of the whole list."""
        return ()

    def line_asks(self) -> Sequence[Sequence[Ask]]:
        """Of a line."""
        raise NotImplementedError

    def columns(self) -> Sequence[Column]:
        """Of the table; a row is an Entry."""
        raise NotImplementedError

    def keeping(self, kept: Kept | None, head: dict[str, Any], lines: list[dict[str, Any]], valid_from: Any) -> Call:
        """The command that keeps it; kept None is a new list."""
        raise NotImplementedError

    def retiring(self, kept: Kept) -> Call | None:
        """The command that retires it."""
        return None

    def blank(self, n: int) -> dict[str, Any]:
        """What a new line begins with; n counts from 1."""
        return {}

    def below_table(self) -> Sequence[Item]:
        """More under the lines."""
        return ()

    def below_form(self) -> Sequence[Item]:
        """More above the buttons."""
        return ()

    def of(self) -> Of | None:
        """Whose versions there are to see."""
        kept = self.kept_list()
        return (self.kind, kept.key, said(kept.name)) if kept is not None and self.kind else None

    # Parts
    def _make_parts(self) -> None:
        runner = self.runner
        self.which = Select("", below=False)
        self.which.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.chosen.connect(self._choose)
        self.state = Chip(lambda: _("not kept yet"), look="draft")
        self.table = OrderTable(self.columns(), self.title, compact=True, empty=EmptyState(lambda: _("No line yet.")))
        self.table.current.connect(self._current)
        self.table.shifted.connect(self.shift)
        self.past = VersionsStack(runner, self.table, self.of)
        self.head_form = Form(self.head_asks(), runner.zone, runner.now)
        self.line_form = Form(self.line_asks(), runner.zone, runner.now)
        from_when = Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment")
        self.when = Form(((from_when,),), runner.zone, runner.now)
        self.add = Button(lambda: C_("settings", "Add line"), icon="plus", look="small", on_click=self.add_line)
        self.up = Button("", icon="arrow-up", look="small", on_click=lambda: self.shift(-1))
        self.down = Button("", icon="arrow-down", look="small", on_click=lambda: self.shift(1))
        self.drop = Button(lambda: C_("settings", "Leave out"), look="small", on_click=self.leave_out)
        self.save = Button(lambda: C_("settings", "Keep as version"), key="Ctrl Enter", look="primary", on_click=self.keep)
        self.back = Button(lambda: C_("settings", "As it was"), on_click=self.undo)
        self.new = Button(lambda: C_("settings", "New"), icon="plus", look="small", on_click=self.begin)
        self.retire = Button(lambda: _("Retire"), look="small", on_click=self._ask)
        self.up.setAccessibleName(_("Up"))
        self.down.setAccessibleName(_("Down"))

    def _lay_out(self) -> None:
        bar = row(self.which, self.state, self.past.button, self.retire, self.new, sides=16)
        bar.addStrut(48)
        bar.setStretchFactor(self.which, 1)
        left = Card(bar, rule(), self.past, *self.below_table(), sides=0)
        left.body.setStretch(2, 1)
        inside, buttons = QWidget(), row(self.add, self.up, self.down, self.drop, None)
        head: list[Item] = [self.head_form, rule(), 12] if self.head_asks() else [self.head_form]
        column(12, *head, self.line_form, buttons, 16, rule(), 12, self.when, None, owner=inside, sides=16)
        foot = (rule(), 12, *self.below_form(), row(self.problem, sides=16), row(self.save, self.back, None, sides=16), 12)
        side = Card(scrolled(inside), *foot, sides=0)
        side.body.setStretch(0, 1)
        side.setFixedWidth(SIDE)
        whole = row(left, side, owner=self, spacing=16)
        whole.setStretchFactor(left, 1)
        self.retire.setVisible(bool(self.retire_case))
        self.new.setVisible(self.adds)

    # What is there
    def show_found(self, found: Any) -> None:
        self.lists = found
        self.which.show_choices([(each.key, each.name) for each in found])
        self.block(self.save, self.case)
        for button, case in ((self.retire, self.retire_case), (self.new, self.case if self.adds else "")):
            if case:
                self.block_beside(button, case, self.case)
        if self.changed():
            return
        if self.chosen is None and found:
            self.chosen = found[0].key
        self.which.choose(self.chosen)
        self._show_list()

    def kept_list(self) -> Kept | None:
        """The list on screen as it is in force."""
        return next((each for each in self.lists if each.key == self.chosen), None)

    def _show_list(self) -> None:
        kept = self.shown = self.kept_list()
        self.touched, self.entry = False, None
        self.head_form.fill(kept.head if kept else {}, there=kept is not None)
        self.when.fill({})
        rows = [Entry(dict(each)) for each in kept.lines] if kept else []
        self.table.show_rows(rows)
        self.line_form.fill({})
        if rows:
            self.table.select_key(rows[0].id)
        self._say_state()
        self.past.refresh()

    def changed(self) -> bool:
        """Something was changed and not kept."""
        return self.touched or self.fresh or self.line_form.changed() or self.head_form.changed()

    def _say_state(self) -> None:
        self.state.setVisible(self.changed())

    def _choose(self, key: object) -> None:
        if self.changed():
            self.which.choose(self.chosen)
            self.say_problem(lambda: _("Keep what was changed first, or put it back as it was."))
            return
        self.chosen = key
        self.problem.hide()
        self._show_list()

    def _current(self, found: Entry | None) -> None:
        if found is None or found is self.entry:
            return
        if self.entry is not None and not self._take():
            self.table.select_key(self.entry.id)
            return
        self.entry = found
        self.line_form.fill(found.values)
        self._say_state()

    def _take(self) -> bool:
        """What stands in the line's form goes into its line; False where it cannot be read."""
        if self.entry is None or not self.line_form.changed():
            return True
        values = self.line_form.read()
        if values is None:
            return False
        self.entry.values = {**self.entry.values, **values}
        self.touched = True
        self.line_form.fill(self.entry.values)
        self.table.show_rows(self.table.rows())
        self.table.viewport().update()
        return True

    # What is done
    def add_line(self) -> None:
        """A new line below the current one."""
        if not self._take():
            return
        rows: list[Entry] = list(self.table.rows())
        at = rows.index(self.entry) + 1 if self.entry in rows else len(rows)
        made = Entry(self.blank(len(rows) + 1))
        rows.insert(at, made)
        self._show_rows(rows, made)
        self.line_form.take_focus()

    def _show_rows(self, rows: list[Entry], current: Entry | None) -> None:
        self.touched = True
        self.table.show_rows(rows)
        if current is not None:
            self.entry = None
            self.table.select_key(current.id)
            self._current(current)
        self._say_state()

    def shift(self, by: int) -> None:
        """The current line goes up or down."""
        rows: list[Entry] = list(self.table.rows())
        if self.entry not in rows or not self._take():
            return
        at = rows.index(self.entry)
        if 0 <= at + by < len(rows):
            rows[at], rows[at + by] = rows[at + by], rows[at]
            self._show_rows(rows, self.entry)

    def leave_out(self) -> None:
        """The next version is without this line."""
        rows: list[Entry] = list(self.table.rows())
        if self.entry not in rows:
            return
        at = rows.index(self.entry)
        rows.remove(self.entry)
        self.entry = None
        self.line_form.fill({})
        self._show_rows(rows, rows[min(at, len(rows) - 1)] if rows else None)

    def begin(self) -> None:
        """A new list; what is on screen is left as it is in force."""
        if self.changed():
            self.say_problem(lambda: _("Keep what was changed first, or put it back as it was."))
            return
        self.chosen, self.fresh = None, True
        self.problem.hide()
        self.which.choose(None)
        self._show_list()
        self.head_form.take_focus()

    def undo(self) -> None:
        """As it is in force."""
        self.fresh = False
        self.problem.hide()
        if self.chosen is None and self.lists:
            self.chosen = self.lists[0].key
        self.which.choose(self.chosen)
        self._show_list()

    def keep(self) -> None:
        """Send the whole list."""
        head, when = self.head_form.read(), self.when.read()
        if not self._take() or head is None or when is None:
            return
        lines = [each.values for each in self.table.rows()]
        try:
            call = self.keeping(self.shown, head, lines, when["valid_from"])
        except DomainError as error:
            self._form = self.head_form
            self._failed(error)
            return
        self.send(call, self.head_form, self._done)

    def _failed(self, error: Exception) -> None:
        """A refusal of a line leads to it."""
        self._say_state()
        if isinstance(error, DomainError) and isinstance(line := error.values.get("line"), int):
            rows = self.table.rows()
            if 0 < line <= len(rows):
                self.table.select_key(rows[line - 1].id)
        if isinstance(error, DomainError) and error.field == "valid_from" and self.when.fail(error):
            self.busy = False
            return
        if isinstance(error, DomainError) and self.line_form.fail(error):
            self.busy = False
            self.say_problem(lambda: say(error))
            return
        super()._failed(error)

    def _done(self, result: Any) -> None:
        if self.fresh and isinstance(result, int):
            self.chosen = result
        self.touched = self.fresh = False
        for form in (self.head_form, self.line_form):
            form.fill(form.read() or {})
        self.kept(result)

    def _ask(self) -> None:
        """Asked once more before it ends."""
        kept = self.kept_list()
        if kept is None:
            return
        words = _("{name} is used no more from now on. What was written stays.").format(name=said(kept.name))
        self._asked = ConfirmDialog(self, lambda: _("Retire"), words, lambda: _("Retire"))
        self._asked.confirmed.connect(self._retire)
        self._asked.show_over()

    def _retire(self) -> None:
        kept = self.kept_list()
        call = self.retiring(kept) if kept is not None else None
        if call is not None:
            self.send(call, self.head_form, self._retired)

    def _retired(self, result: Any) -> None:
        self.chosen = None
        self._done(result)
