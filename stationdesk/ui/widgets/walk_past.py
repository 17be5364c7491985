"""The rounds or checklists of before, and the shifts handed over for which one on paper is entered afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.answers import Progress, State
from stationdesk.domain.moments import format_day
from stationdesk.domain.permissions import NotAllowedError, whose
from stationdesk.domain.words import _
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.page import Keys
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.table import Table

if TYPE_CHECKING:
    from stationdesk.services.shifts import ShiftView

LATE_KEY, WIDE = "F6", 268
KEYS: Keys = (("Enter", lambda: _("show")), (LATE_KEY, lambda: _("late entry")))


class Brief(Protocol):
    """What a round and a checklist in a list have alike."""

    @property
    def state(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def afterwards(self) -> bool: ...


@dataclass(frozen=True)
class PastRow:
    """One run in the list. title: what was walked; marked: its state is worth the eye."""

    id: int
    day: str
    shift: str
    title: str
    time: str
    people: str
    found: str
    abnormal: bool
    state: str
    marked: bool


@dataclass(frozen=True)
class Heads:
    """What a list of one kind is called: all of it, one of its runs, when and by whom that was done.

    late: over the choice of a shift to enter one afterwards; empty: what stands there while there is none.
    """

    name: Words
    title: Words
    time: Words
    people: Words
    late: Words
    empty: Words


def found_words(done: Progress) -> str:
    """What was found: so many abnormal, else so many points."""
    return _("{n} abnormal").format(n=done.abnormal) if done.abnormal else _("{n} points").format(n=done.answered)


def state_of(brief: Brief, running: str, late: str, mode: str) -> tuple[str, bool]:
    """How it stands, and whether that is worth the eye: given up, still going on, late, entered afterwards, else how it was captured."""
    if brief.state == State.ABORTED:
        return plain(_("given up: {why}").format(why=brief.words)), True
    if brief.state != State.CLOSED:
        return running, True
    parts = [part for part in (late, _("entered after the handover") if brief.afterwards else "") if part]
    return (_(", ").join(parts), True) if parts else (mode, False)


def _columns(heads: Heads) -> tuple[Column, ...]:
    return (
        Column(lambda: _("Day"), lambda row: row.day, width=72),
        Column(lambda: _("Shift"), lambda row: row.shift, width=88, token=lambda row: "text-2"),
        Column(heads.title, lambda row: row.title, grows=True, tip=lambda row: row.title),
        Column(heads.time, lambda row: row.time, width=112),
        Column(heads.people, lambda row: row.people, width=140),
        Column(
            lambda: _("Result"),
            lambda row: row.found,
            width=140,
            icon=lambda row: "triangle-alert" if row.abnormal else "",
            token=lambda row: "amber-fg" if row.abnormal else "text",
        ),
        Column(
            lambda: _("State"),
            lambda row: row.state,
            grows=True,
            token=lambda row: "text" if row.marked else "text-2",
            tip=lambda row: row.state,
        ),
    )


class PastPanel(QWidget):
    """opened(run's id): look at one. shift_chosen(shift's id): enter what was done on paper in an earlier shift."""

    opened = Signal(int)
    shift_chosen = Signal(object)

    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.table = Table(_columns(heads), name=heads.name, empty=EmptyState(heads.empty))
        self.shifts = Select(heads.late, placeholder=lambda: _("Choose a shift"), below=False)
        self.shifts.setFixedWidth(WIDE)
        self.whose = Line("", "label text-2")
        self.shifts.chosen.connect(self._choose)
        self.table.picked.connect(self._open)
        shortcut(self, LATE_KEY, self._offer)
        column(row(self.shifts, self.whose, None, spacing=12), 12, Card(self.table, sides=0), owner=self).setStretch(2, 1)

    def show_past(self, rows: Sequence[PastRow], shifts: Sequence[ShiftView]) -> None:
        """The runs, the newest first, and the shifts one can enter paper for."""
        self.table.show_rows(list(rows))
        self.shifts.show_choices([(each.shift_id, f"{format_day(each.day)} {each.name}") for each in shifts])

    def allow(self, refusal: NotAllowedError | None) -> None:
        """Who may begin none cannot enter one afterwards."""
        self.shifts.setEnabled(refusal is None)
        self.whose.say((lambda: whose(refusal)) if refusal is not None else "")

    def _offer(self) -> None:
        """By key: the shifts unfold, arrows and Enter choose."""
        if self.shifts.isEnabled():
            self.shifts.take_focus()
            self.shifts.combo.showPopup()

    def _choose(self, shift_id: object) -> None:
        self.shifts.choose(None)
        self.shift_chosen.emit(shift_id)

    def _open(self, each: PastRow) -> None:
        self.opened.emit(each.id)

    def take_focus(self) -> None:
        """The keyboard to the list."""
        self.table.setFocus()
