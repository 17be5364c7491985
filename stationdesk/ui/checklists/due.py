"""The lists of the shift: what is overdue and due first. Enter begins one or goes on with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal

from stationdesk.domain.checklists import DueState
from stationdesk.domain.words import C_, _
from stationdesk.services.checklists import ChecklistsView, DueView
from stationdesk.ui.checklists.wording import due_words, every_words
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.rows import Column, Group
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table


@dataclass(frozen=True)
class DueRow:
    """A checklist in the list."""

    due: DueView
    name: str
    state: str
    every: str
    by: str

    @property
    def id(self) -> int:
        """What makes it the same row."""
        return self.due.id

    @property
    def owed(self) -> bool:
        """It waits for this shift."""
        return self.due.due.owed


def _ink(row: DueRow) -> str:
    if row.due.due.state is DueState.OVERDUE:
        return "red-fg"
    return "text" if row.owed or row.due.running is not None else "text-2"


def _sign(row: DueRow) -> str:
    if row.due.due.state is DueState.DONE and row.due.running is None:
        return "check"
    return "circle-alert" if row.due.due.state is DueState.OVERDUE else ""


COLUMNS = (
    Column(
        lambda: _("Checklist"),
        lambda row: row.name,
        grows=True,
        strong=lambda row: row.owed,
        token=_ink,
        tip=lambda row: row.name,
    ),
    Column(lambda: _("Points"), lambda row: str(row.due.template.items), align="right", width=72, token=lambda row: "text-2"),
    Column(lambda: C_("checklist", "How often"), lambda row: row.every, width=128, token=lambda row: "text-2"),
    Column(lambda: _("State"), lambda row: row.state, width=208, icon=_sign, token=_ink),
    Column(lambda: _("Checked by"), lambda row: row.by, width=104, token=lambda row: "text-2"),
)


class DueList(Card):
    """chosen(DueView): Enter or double click. moved(DueView): another one is current."""

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(self) -> None:
        self._wanted = ""
        self.table = Table(
            COLUMNS, name=lambda: _("Checklists of the shift"), empty=EmptyState(lambda: _("Checklists that are due appear here."))
        )
        super().__init__(self.table, sides=0)
        self.table.picked.connect(self._pick)
        self.table.current.connect(self._move)

    def show_view(self, view: ChecklistsView) -> None:
        """The lists as they stand; the first that is owed is the first choice."""
        rows = [_row(each, view) for each in view.due]
        self.table.show_rows(_grouped(rows))
        if self.table.current_row() is None and rows:
            self.table.select_key(rows[0].id)
        if self._wanted:
            self.select(self._wanted)

    def select(self, code: str) -> None:
        """Make the list of this template current: now, or as soon as it is shown."""
        rows = [row for row in self.table.rows() if isinstance(row, DueRow) and row.due.template.code == code]
        self._wanted = "" if rows else code
        if rows:
            self.table.select_key(rows[0].id)

    def current(self) -> DueView | None:
        """The list that is current."""
        row = self.table.current_row()
        return row.due if isinstance(row, DueRow) else None

    def _pick(self, row: DueRow) -> None:
        self.chosen.emit(row.due)

    def _move(self, row: DueRow | None) -> None:
        self.moved.emit(row.due if row is not None else None)

    def take_focus(self) -> None:
        """The keyboard to the list."""
        self.table.setFocus()


def _row(each: DueView, view: ChecklistsView) -> DueRow:
    by = "" if each.running is not None else plain(each.last_by)  # whose it was the last time says nothing of the one being filled in
    return DueRow(each, str(each.template.name), due_words(each, view), every_words(each), by)


def _grouped(rows: Sequence[DueRow]) -> list[DueRow | Group]:
    """Those of this shift, then those one may fill in all the same."""
    own = [row for row in rows if row.due.due.state in (DueState.OVERDUE, DueState.DUE, DueState.DONE)]
    others = [row for row in rows if row not in own]
    return [*own, *([Group(_("Not due now"))] if others else []), *others]
