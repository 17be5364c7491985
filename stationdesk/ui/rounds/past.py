"""The rounds of before, and the shifts one can enter a paper round for afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.answers import State
from stationdesk.domain.moments import format_day
from stationdesk.domain.words import _
from stationdesk.services.rounds import RoundBrief, RoundsView
from stationdesk.ui.rounds.wording import mode_words, times, title_of
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table


@dataclass(frozen=True)
class PastRow:
    """A round in the list."""

    id: int
    day: str
    shift: str
    title: str
    walked: str
    people: str
    found: str
    abnormal: bool
    state: str
    marked: bool


COLUMNS = (
    Column(lambda: _("Day"), lambda row: row.day, width=72),
    Column(lambda: _("Shift"), lambda row: row.shift, width=88, token=lambda row: "text-2"),
    Column(lambda: _("Round"), lambda row: row.title, grows=True),
    Column(lambda: _("Walked"), lambda row: row.walked, width=112),
    Column(lambda: _("Walked by"), lambda row: row.people, width=140),
    Column(
        lambda: _("Result"),
        lambda row: row.found,
        width=160,
        icon=lambda row: "triangle-alert" if row.abnormal else "",
        token=lambda row: "amber-fg" if row.abnormal else "text",
    ),
    Column(lambda: _("State"), lambda row: row.state, grows=True, token=lambda row: "text" if row.marked else "text-2"),
)


class PastPanel(QWidget):
    """opened(round_id): look at one. shift_chosen(shift_id or None): enter paper rounds of an earlier shift."""

    opened = Signal(int)
    shift_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.table = Table(COLUMNS, name=lambda: _("Rounds of before"), empty=EmptyState(lambda: _("Rounds that were walked appear here.")))
        self.shifts = Select(lambda: _("A round on paper of a shift that is handed over"), placeholder=lambda: _("Choose a shift"))
        self.shifts.setMinimumWidth(220)
        self.shifts.chosen.connect(self.shift_chosen)
        self.table.picked.connect(self._open)
        head = row(self.shifts, None)
        column(head, 12, Card(self.table, sides=0), owner=self).setStretch(2, 1)

    def show_rounds(self, rounds: Sequence[RoundBrief], view: RoundsView) -> None:
        """The rounds, the newest first."""
        self.table.show_rows([_row(each, view) for each in rounds])
        self.shifts.show_choices([(each.shift_id, f"{format_day(each.day)} {each.name}") for each in view.closed_shifts])

    def _open(self, each: PastRow) -> None:
        self.opened.emit(each.id)

    def take_focus(self) -> None:
        """The keyboard to the list."""
        self.table.setFocus()


def _row(each: RoundBrief, view: RoundsView) -> PastRow:
    words, marked = _state(each)
    return PastRow(
        id=each.id,
        day=format_day(each.day.astimezone(view.zone).date()),
        shift=str(each.shift),
        title=plain(title_of(each, view.zone)),
        walked=times(each.began, each.ended, view.zone),
        people=plain(_(", ").join(each.walkers)),
        found=_("{n} abnormal").format(n=each.progress.abnormal)
        if each.progress.abnormal
        else _("{n} points").format(n=each.progress.answered),
        abnormal=each.progress.abnormal > 0,
        state=words,
        marked=marked,
    )


def _state(each: RoundBrief) -> tuple[str, bool]:
    """Its state, and whether that is worth the eye."""
    if each.state == State.ABORTED:
        return plain(_("given up: {why}").format(why=each.words)), True
    if each.state != State.CLOSED:
        return _("being walked"), True
    parts = [_("late {n} min").format(n=each.late)] if each.late else []
    parts += [_("entered after the handover")] if each.afterwards else []
    return (_(", ").join(parts), True) if parts else (mode_words(each.mode), False)
