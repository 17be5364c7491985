"""One run of the takeover card: read blind, then compared, with what it asks for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.guessing import guess_words
from stationdesk.domain.metering.needs import Need
from stationdesk.domain.metering.shapes import Lack, Light, lack_words
from stationdesk.domain.moments import format_time
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.handover import gas_wording
from stationdesk.ui.handover.flow import Flow
from stationdesk.ui.handover.gas_entry import BaseEntry
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import Item, column, refill, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from stationdesk.domain.metering.taken import TakenStream
    from stationdesk.services.metering.takeover import StreamTakeover

VALUE, DIFFERENCE, ROW, GUESSES, GAP = 96, 76, 24, 3, 8
WIDE = 372  # inside the card, beside a scroll bar
INK = {Light.AMBER: "amber-fg", Light.RED: "red-fg"}


class StreamPart(QWidget):
    """entered(Typed), reason(words), drafted(field, text), asked(what): sheet, sign_outgoing, sign_incoming, hours, again."""

    entered = Signal(object)
    drafted = Signal(str, str)
    reason = Signal(str)
    asked = Signal(str)

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        self.seen: StreamTakeover | None = None
        self.entry: BaseEntry | None = None
        self.why: Field | None = None
        self.again = False
        self._shown: object = None
        self._inside = column(owner=self)

    def show_open(self, seen: StreamTakeover, taken: TakenStream | None, end: datetime, *, relief: bool) -> None:
        """A run of the takeover that is under way; what is being typed stays."""
        shown = seen, taken, relief, self.again
        if shown == self._shown:
            return
        self._shown, self.seen = shown, seen
        if seen.incoming is None or taken is None or (self.again and relief):
            self._show_entry(seen, end, relief=relief)
        else:
            self.entry = None
            self._fill(self._head(str(taken.name), taken.light), 4, *self._found(taken), *self._asks(seen, taken, relief=relief))

    def show_closed(self, taken: TakenStream) -> None:
        """A run as it was signed."""
        self._fill(self._head(str(taken.name), taken.light), 4, *self._found(taken), *self._said(taken))

    def _fill(self, *items: Item) -> None:
        refill(self._inside, 6, *items, 6)

    def take_focus(self) -> None:
        """To what it asks for."""
        if self.entry is not None:
            self.entry.take_focus()
        elif self.why is not None:
            self.why.take_focus()

    def done(self, _result: object = None) -> None:
        """What was typed is in."""
        self.again = False
        if self.entry is not None:
            self.entry.clear()

    def refuse(self, error: Exception) -> None:
        """What was typed was not taken, and stays."""
        if self.entry is not None:
            self.entry.refuse(error)
        elif self.why is not None:
            self.why.error((lambda: say(error)) if isinstance(error, DomainError) else str(error))

    def read_again(self) -> None:
        """The relief reads once more: that is marked, for only the first reading was blind."""
        self.again = True

    # --- reading

    def _show_entry(self, seen: StreamTakeover, end: datetime, *, relief: bool) -> None:
        if self.entry is None:
            self.entry = BaseEntry(seen, end, self.zone)
            self.entry.entered.connect(self.entered)
            self.entry.drafted.connect(self.drafted)
            waits = Chip(lambda: _("to be read by the relief"), look="draft")
            self._fill(row(Line(plain(str(seen.stream.name)), "strong", elide=True), None, waits), 6, self.entry)
        self.entry.show_relief(relief=relief)

    # --- found

    def _head(self, name: str, light: str) -> Item:
        chip = Chip(lambda: gas_wording.light_words(light), "check" if light == Light.GREEN else "", gas_wording.LOOKS[Light(light)])
        return row(Line(plain(name), "strong", elide=True), None, chip)

    def _found(self, taken: TakenStream) -> list[Item]:
        items: list[Item] = []
        if rows := gas_wording.base_rows(taken):
            titles = (
                (lambda: _("Base readings")),
                (lambda: C_("base", "outgoing")),
                (lambda: C_("base", "incoming")),
                (lambda: _("difference")),
            )
            items += [_line(titles, "label text-2"), *(_line(each[:4], "body", each[4]) for each in rows)]
        if rows := gas_wording.volume_rows(taken):
            titles = (lambda: _("Volume Nm³")), (lambda: _("recomputed")), (lambda: C_("volume", "theirs")), (lambda: _("difference"))
            items += [2, _line(titles, "label text-2"), *(_line(each[:4], "body", each[4]) for each in rows)]
        elif taken.base_volume is not None:
            items.append(_line((lambda: _("Volume Nm³"), gas_wording.cubic(taken.base_volume), "", ""), "body"))
        items.append(Line(lambda: gas_wording.sums(taken), "label text-2", elide=True))
        if taken.unread:
            items.append(Text(lambda: _("Not read: {words}").format(words=taken.unread), "label"))
        if taken.entries > 1:
            items.append(
                Line(lambda: _("entered {n} times; only the first was blind").format(n=taken.entries), "label amber-fg", elide=True)
            )
        items += [Line(partial(lack_words, Lack(each)), "label text-2", elide=True) for each in taken.lacks]
        return items

    def _said(self, taken: TakenStream) -> list[Item]:
        items: list[Item] = []
        if taken.reason:
            items += [2, Text(lambda: _("Reason: {words}").format(words=taken.reason), "label")]
        if taken.sheet:
            items += [2, Line(lambda: _("Discrepancy sheet {number}").format(number=taken.sheet), "label")]
        return items

    def _asks(self, seen: StreamTakeover, taken: TakenStream, *, relief: bool) -> list[Item]:
        self.why = None
        items: list[Item] = [Text(partial(guess_words, each.said, self.zone), "label amber-fg") for each in seen.guesses[:GUESSES]]
        if Need.REASON in seen.needs and not relief:
            items += [6, Line(lambda: _("The relief says why it does not agree."), "label text-2", elide=True)]
        elif Need.REASON in seen.needs:
            self.why = Field("", hint=lambda: _("Why it does not agree, then Enter"), below=False)
            self.why.entered.connect(self._give_reason)
            items += [6, self.why]
        items += self._said(taken)
        buttons = [Button(lambda: C_("metering", "Hours"), "table", look="small", on_click=lambda: self.asked.emit("hours"))]
        if relief:
            buttons.append(Button(lambda: _("Read again"), look="small", on_click=lambda: self.asked.emit("again")))
        return [*items, 6, _abreast(buttons, self._sheet(seen))]

    def _sheet(self, seen: StreamTakeover) -> list[Button]:
        """The sheet: to be opened where it is asked for, or differs beyond doubt; then signed by both."""
        if seen.sheet is None:
            if seen.light not in (Light.AMBER, Light.RED):
                return []
            look = "primary" if seen.light is Light.RED else "small"
            return [Button(lambda: _("Discrepancy sheet"), look=look, on_click=lambda: self.asked.emit("sheet"))]
        made = [Button(lambda: _("Sheet"), look="small", on_click=lambda: self.asked.emit("sheet"))]
        for need, words in ((Need.SIGN_OUTGOING, lambda: _("Outgoing signs")), (Need.SIGN_INCOMING, lambda: _("Relief signs"))):
            if need in seen.needs:
                made.append(Button(words, look="small", on_click=partial(self.asked.emit, str(need))))
        return made

    def _give_reason(self) -> None:
        if self.why is not None:
            self.reason.emit(self.why.text())


def _line(words: tuple[Words, Words, Words, Words], style: str, light: str = "") -> QWidget:
    """Name and three numbers in their columns; the difference in the colour of its light."""
    made = QWidget()
    made.setFixedHeight(ROW if style == "body" else 18)
    name, one, other, difference = words
    last = f"strong {INK[Light(light)]}" if light in INK else style
    cells = [_right(Line(one, style), VALUE), _right(Line(other, style), VALUE), _right(Line(difference, last), DIFFERENCE)]
    whole = row(Line(name, style, elide=True), *cells, owner=made, spacing=4)
    whole.setStretch(0, 1)
    return made


def _abreast(left: list[Button], right: list[Button]) -> Item:
    """In one line; what is too wide for it goes on in the next."""
    if sum(each.sizeHint().width() + GAP for each in (*left, *right)) <= WIDE:
        return row(*left, None, *right)
    place = QWidget()
    flow = Flow(place, gap=GAP, between=GAP)
    for each in (*left, *right):
        flow.addWidget(each)
    return place


def _right(line: Line, wide: int) -> QWidget:
    place = QWidget()
    place.setFixedWidth(wide)
    row(None, line, owner=place, spacing=0)
    return place


def waiting_words(count: int) -> str:
    """2 条管路待盲抄"""
    return n_("{n} run to be read", "{n} runs to be read", count).format(n=count)


def closing_words(end: datetime, zone: ZoneInfo) -> str:
    """08:00 底数"""
    return _("at {time}").format(time=format_time(end, zone))
