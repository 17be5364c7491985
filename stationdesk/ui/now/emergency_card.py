"""应急状态: in place of the timeline while it holds, with who declared it, and the way to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from stationdesk.domain.moments import format_moment, minutes_between
from stationdesk.domain.permissions import NotAllowedError, whose
from stationdesk.domain.words import C_, _
from stationdesk.ui.now.wording import length
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.shifts import EmergencyView

HIGH = 100


class EmergencyCard(Card):
    """ended(): the leader ends it."""

    ended = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(look="amber", high=HIGH)
        self.runner = runner
        self.emergency: EmergencyView | None = None
        self.head = Line(self._head, "name amber-fg", elide=True)
        self.facts = Line(self._facts, "label amber-fg", elide=True)
        self.rule_words = Line(
            lambda: _("Countdowns and demanded notes are paused. A handover waits; both crews stay, the outgoing leader commands."),
            "label amber-fg",
            elide=True,
        )
        self.end = Button(lambda: _("End emergency state"), look="amber", on_click=self.ended.emit)
        words = column(None, self.head, 4, self.facts, 2, self.rule_words, None)
        inside = row(icon("siren", "amber-fg", 24), words, self.end, spacing=16)
        inside.setStretch(1, 1)
        self.show_items(None, inside, None)
        self.hide()

    def show_emergency(self, emergency: EmergencyView | None) -> None:
        """None: there is none."""
        self.emergency = emergency
        self.setVisible(emergency is not None)
        self.tick()

    def allow(self, may_end: bool) -> None:
        """Whether the person picked may end it; if not, the button says who may."""
        self.end.block("" if may_end else lambda: whose(NotAllowedError("end_emergency", ())))

    def tick(self) -> None:
        """Time went by."""
        for each in (self.head, self.facts):
            each.reword()

    def _head(self) -> str:
        if self.emergency is None:
            return ""
        lasts = length(max(minutes_between(self.emergency.declared_at, self.runner.now()), 0))
        return _("Emergency state for {time}").format(time=lasts)

    def _facts(self) -> str:
        if self.emergency is None:
            return ""
        when = format_moment(self.emergency.declared_at, self.runner.zone)
        who = plain(self.emergency.declared_by) or _("somebody who was not signed in")
        head = _("{time} declared by {who}").format(time=when, who=who)
        return C_("facts", "·").join([head, plain(self.emergency.words)]) if self.emergency.words else head
