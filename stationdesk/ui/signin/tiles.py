"""The locked desk at a glance: the next reading, the main values with their hour, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.countdown import Countdown
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import Item, column, on_base_line, row, upright
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from stationdesk.services.now import ComingUp
    from stationdesk.services.readings import LastValue

VALUES, COMING = 3, 3
_INKS = {"": "text", "amber": "amber-fg", "red": "red-fg"}


class ValueTiles(Card):
    """show_values(next, values, zone); tick() at every beat."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(high=84)
        self.clock = clock
        self.countdown: Countdown | None = None

    def show_values(self, due: ComingUp | None, values: Sequence[LastValue], zone: ZoneInfo, paused: bool = False) -> None:
        """The reading that is due next and the first values of the Now page; paused: while 应急状态 holds nothing counts down."""
        tiles = [self._due(due, zone, paused), *(_value(each, zone) for each in values[:VALUES])]
        items: list[Item] = []
        for n, tile in enumerate(tiles):
            items += [upright(44), tile] if n else [tile]
        line = row(*items, spacing=16)
        for n in range(0, len(items), 2):
            line.setStretch(n, 1)
        self.show_items(None, line, None)

    def tick(self) -> None:
        """A second went by."""
        if self.countdown is not None:
            self.countdown.tick()

    def _due(self, due: ComingUp | None, zone: ZoneInfo, paused: bool) -> QWidget:
        self.countdown = None
        if due is None:
            return _tile(Line(lambda: _("Hourly reading"), "label text-2"), Line(lambda: _("none due"), "body text-2", elide=True))
        time, closes = format_time(due.at, zone), format_time(due.closes, zone)
        label = Line(lambda: _("{time} reading").format(time=time), "label text-2", elide=True)
        if paused:
            return _tile(label, Line(lambda: C_("countdown", "paused"), "name amber-fg"))
        self.countdown = Countdown(due.at, due.closes, self.clock, ("value", "body"))
        return _tile(label, self.countdown, Line(lambda: _("until {time}").format(time=closes), "label text-2", elide=True))


def _value(value: LastValue, zone: ZoneInfo) -> QWidget:
    point = value.point
    label = Line(lambda: plain(point.title), "label text-2", elide=True)
    time = Line(format_time(value.time, zone) if value.time else "", "label text-2")
    ink = _INKS.get(value.grade, "text")
    number = Line(shown(value.value, point.decimals) if value.value is not None else "–", f"value {ink}")
    signs = [icon("triangle-alert" if value.grade == "amber" else "circle-alert", ink)] if value.grade else []
    return _tile(label, row(*signs, on_base_line(number, Line(plain(point.unit), "body text-2")), None, spacing=4), time)


def _tile(*items: Item) -> QWidget:
    made = QWidget()
    column(None, *items, None, owner=made, spacing=2)
    return made


class ComingCard(Card):
    """接下来: the next few things in one line, and how much is abnormal."""

    def __init__(self) -> None:
        self.abnormal = Line("", "label text-2")
        super().__init__(title=lambda: C_("card", "Next"), fact=self.abnormal)

    def show_coming(self, coming: Sequence[ComingUp], abnormal: int, now: datetime, zone: ZoneInfo) -> None:
        """What comes next but the hourly readings, which have their own place."""
        self.abnormal.restyle("label amber-fg" if abnormal else "label text-2")
        self.abnormal.say(lambda: n_("abnormal: {n}", "abnormal: {n}", abnormal).format(n=abnormal) if abnormal else _("nothing abnormal"))
        found = [each for each in coming if each.kind != "reading"][:COMING]
        items: list[Item] = []
        for each in found:
            items += [_coming(each, now, zone), None]
        line = row(*(items[:-1] or [Line(lambda: _("Nothing is due in this shift."), "body text-2"), None]), spacing=16)
        line.addStrut(36)
        self.show_items(line)


def _coming(each: ComingUp, now: datetime, zone: ZoneInfo) -> Line:
    late = each.closes < now
    ink = "red-fg" if late else "text"
    return Line(lambda: f"*{format_time(each.at, zone)}* {coming_words(each, late)}", f"body {ink}", f"strong {ink}", elide=True)


def coming_words(each: ComingUp, late: bool) -> str:
    """Station round, no. 2; Station round, overdue; Crew D is expected; handover."""
    name = plain(str(each.name))
    if each.kind == "relief":
        return _("{crew} is expected").format(crew=name) if name else _("the relief is expected")
    if each.kind == "handover":
        return C_("coming", "handover")
    if late:
        return _("overdue: {name}").format(name=name)
    return _("{name}, no. {n}").format(name=name, n=each.nth) if each.nth else name
