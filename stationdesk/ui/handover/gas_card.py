"""The card of the takeover of the gas (气量交接): every run read blind by the relief, then compared; a closed handover as it was signed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from stationdesk.domain.metering.needs import Need
from stationdesk.domain.words import _
from stationdesk.ui.handover.gas_stream import StreamPart, closing_words, waiting_words
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.layout import Item, refill, rule, stack
from stationdesk.ui.widgets.line import Line

if TYPE_CHECKING:
    from stationdesk.services.handover import HandoverView
    from stationdesk.services.metering.takeover import StreamTakeover, TakeoverView


DRAFT = "gas."
"""Drafts lie at this, then shift, run and field."""


class GasCard(Card):
    """entered(stream, Typed), reason(stream, words), asked(stream, what). Hidden where no counters go over now."""

    entered = Signal(int, object)
    drafted = Signal(str, str)  # place of the draft, text
    reason = Signal(int, str)
    asked = Signal(int, str)

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.fact = Line("", "label text-2")
        self.list = stack(spacing=0)
        super().__init__(self.list, title=lambda: _("Takeover of the gas"), fact=self.fact)
        self.parts: dict[int, StreamPart] = {}
        self.takeover: TakeoverView | None = None
        self.relief = False  # the person at the desk may read
        self._order: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_open(self, view: HandoverView, takeover: TakeoverView | None, *, relief: bool) -> None:
        """The takeover of now, for the person at the desk. relief: they may read."""
        self.takeover, self.relief = takeover, relief
        self.setVisible(takeover is not None)
        if takeover is None:
            self._arrange((), ())
            return
        taken = {each.stream_id: each for each in view.metering}
        self._arrange(("open", *(each.stream_id for each in takeover.streams)), [each.stream_id for each in takeover.streams])
        for each in takeover.streams:
            self.parts[each.stream_id].show_open(each, taken.get(each.stream_id), takeover.end, relief=relief)
        waits = sum(Need.BASE in each.needs for each in takeover.streams)
        end = takeover.end
        self.fact.say(lambda: waiting_words(waits) if waits else closing_words(end, self.zone))

    def show_closed(self, view: HandoverView) -> None:
        """As it was signed."""
        self.takeover = None
        self.setVisible(bool(view.metering))
        self._arrange((view.handover_id, len(view.metering)), [each.stream_id for each in view.metering])
        for each in view.metering:
            self.parts[each.stream_id].show_closed(each)
        self.fact.say(lambda: closing_words(view.shift.ends_at, self.zone))

    def _arrange(self, order: tuple[object, ...], streams: list[int] | tuple[int, ...]) -> None:
        """Other parts only where there are other runs, so that what is being typed stays."""
        if order == self._order:
            return
        self._order, self.parts = order, {stream: StreamPart(self.zone) for stream in streams}
        for stream, part in self.parts.items():
            part.entered.connect(partial(self.entered.emit, stream))
            part.reason.connect(partial(self.reason.emit, stream))
            part.asked.connect(partial(self.asked.emit, stream))
            part.drafted.connect(partial(self._draft, stream))
        items: list[Item] = []
        for part in self.parts.values():
            items += [rule(), part] if items else [part]
        layout = self.list.layout()
        assert layout is not None
        refill(layout, *items)

    def _draft(self, stream: int, field: str, text: str) -> None:
        if self.takeover is not None:
            self.drafted.emit(f"{DRAFT}{self.takeover.shift_id}.{stream}.{field}", text)

    def restore(self, places: Mapping[str, str]) -> None:
        """What this person was typing in this takeover, by the place of each draft."""
        for place, text in places.items():
            named = place.removeprefix(DRAFT).split(".") if place.startswith(DRAFT) else []
            if len(named) == 3 and self.takeover is not None and named[0] == str(self.takeover.shift_id):
                part = self.parts.get(int(named[1]))
                if part is not None and part.entry is not None:
                    part.entry.restore(named[2], text)

    def stream(self, stream_id: int) -> StreamTakeover | None:
        """A run of the takeover that is shown."""
        found = self.takeover.streams if self.takeover else ()
        return next((each for each in found if each.stream_id == stream_id), None)
