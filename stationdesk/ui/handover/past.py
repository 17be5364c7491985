"""Handovers of before: a list, each opened as it was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal

from stationdesk.domain.moments import format_date
from stationdesk.domain.words import C_, _
from stationdesk.ui.handover import wording
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.table import Table

if TYPE_CHECKING:
    from stationdesk.services.handover import HandoverLine


class PastCard(Card):
    """opened(handover_id): a row was taken."""

    opened = Signal(int)

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        columns = [
            Column(lambda: _("Number"), lambda each: each.number, width=150),
            Column(lambda: _("Handed over"), self._outgoing, grows=True),
            Column(lambda: _("Taken over"), self._incoming, grows=True),
            Column(lambda: _("Signed"), self._signed, width=130),
            Column(lambda: C_("handover", "Remark"), _remark, grows=True, token=lambda each: "amber-fg" if _remark(each) else "text-2"),
        ]
        empty = EmptyState(lambda: _("Signed handovers will be listed here."))
        self.table = Table(columns, name=lambda: _("Past handovers"), empty=empty)
        super().__init__(self.table, title=lambda: _("Past handovers"), sides=0)
        self.table.picked.connect(self._open)

    def show_list(self, found: tuple[HandoverLine, ...]) -> None:
        """Newest first."""
        self.table.show_rows(found)

    def _open(self, each: HandoverLine) -> None:
        self.opened.emit(each.handover_id)

    def _outgoing(self, each: HandoverLine) -> str:
        return " ".join((format_date(each.shift.day), str(each.shift.name), str(each.shift.crew_name), each.outgoing))

    def _incoming(self, each: HandoverLine) -> str:
        return " ".join((str(each.following.name), str(each.following.crew), each.incoming)) if each.following else each.incoming

    def _signed(self, each: HandoverLine) -> str:
        if each.closed_at is None:
            return ""
        return wording.moment(each.closed_at, self.zone)


def _remark(each: HandoverLine) -> str:
    parts = [
        _("unscheduled") if each.kind == "unscheduled" else "",
        _("with reservation {n}").format(n=each.with_reservation) if each.with_reservation else "",
        _("refused at first") if "refuse" in each.objected else "",
        _("dissent") if "dissent" in each.objected else "",
        _("signature owed") if each.ink_owed else "",
    ]
    return _("; ").join(part for part in parts if part)
