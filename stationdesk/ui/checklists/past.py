"""The checklists of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from stationdesk.domain.answers import State
from stationdesk.domain.moments import format_day, format_moment
from stationdesk.domain.words import _
from stationdesk.services.checklists import ChecklistBrief
from stationdesk.ui.checklists.wording import mode_words
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table


@dataclass(frozen=True)
class PastRow:
    """A checklist in the list."""

    id: int
    day: str
    shift: str
    name: str
    signed: str
    found: str
    abnormal: bool
    state: str
    marked: bool


COLUMNS = (
    Column(lambda: _("Day"), lambda row: row.day, width=72),
    Column(lambda: _("Shift"), lambda row: row.shift, width=88, token=lambda row: "text-2"),
    Column(lambda: _("Checklist"), lambda row: row.name, grows=True),
    Column(lambda: _("Signed off"), lambda row: row.signed, width=180),
    Column(
        lambda: _("Result"),
        lambda row: row.found,
        width=140,
        icon=lambda row: "triangle-alert" if row.abnormal else "",
        token=lambda row: "amber-fg" if row.abnormal else "text",
    ),
    Column(lambda: _("State"), lambda row: row.state, grows=True, token=lambda row: "text" if row.marked else "text-2"),
)


class PastList(Card):
    """opened(checklist_id): look at one."""

    opened = Signal(int)

    def __init__(self) -> None:
        self.table = Table(
            COLUMNS, name=lambda: _("Checklists of before"), empty=EmptyState(lambda: _("Checklists that were filled in appear here."))
        )
        super().__init__(self.table, sides=0)
        self.table.picked.connect(self._open)

    def show_lists(self, lists: Sequence[ChecklistBrief], zone: ZoneInfo) -> None:
        """The lists, the newest first."""
        self.table.show_rows([_row(each, zone) for each in lists])

    def _open(self, row: PastRow) -> None:
        self.opened.emit(row.id)

    def take_focus(self) -> None:
        """The keyboard to the list."""
        self.table.setFocus()


def _row(each: ChecklistBrief, zone: ZoneInfo) -> PastRow:
    words, marked = _state(each)
    count = each.progress
    return PastRow(
        id=each.id,
        day=format_day(each.day),
        shift=str(each.shift),
        name=str(each.name),
        signed=plain(f"{format_moment(each.closed_at, zone)} {each.closed_by}") if each.closed_at else "",
        found=_("{n} abnormal").format(n=count.abnormal) if count.abnormal else _("{n} points").format(n=count.answered),
        abnormal=count.abnormal > 0,
        state=words,
        marked=marked,
    )


def _state(each: ChecklistBrief) -> tuple[str, bool]:
    """Its state, and whether that is worth the eye."""
    if each.state == State.ABORTED:
        return plain(_("given up: {why}").format(why=each.words)), True
    if each.state != State.CLOSED:
        return _("being filled in"), True
    return (_("entered after the handover"), True) if each.afterwards else (mode_words(each.mode), False)
