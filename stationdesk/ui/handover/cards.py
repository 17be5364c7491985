"""The other cards of the page: what is carried over, the counters at the change of shift, and the two signatures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stationdesk.domain.handover import duty_words
from stationdesk.domain.moments import format_deadline, format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.ui.handover import wording
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import HEAD as CARD_HEAD
from stationdesk.ui.widgets.card import SIDE, Card
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import column, refill, row, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.signature_box import SignatureBox
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.table import COMPACT, HEAD, Table
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.window_keys import KEYS

if TYPE_CHECKING:
    from stationdesk.domain.handover import Carried
    from stationdesk.services.handover import Counter, HandoverView, Signer

ITEMS_LEAST, ROW, RECORD_MOST = 3, 28, 72


class ItemsCard(Card):
    """Open hazards and items under the number they were born with. picked: a row leads to it."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        columns = [
            Column(lambda: _("Number"), lambda each: each.number, width=130),
            Column(lambda: C_("handover", "Open item"), lambda each: each.text, grows=True),
            Column(lambda: _("Deadline"), self._deadline, width=110),
            Column(lambda: _("Owner"), lambda each: each.owner or "—", width=96),
            Column(lambda: _("Carried"), _count, align="right", width=80, token=lambda each: "text-2"),
        ]
        empty = EmptyState(lambda: _("Nothing is carried over."))
        self.table = Table(columns, name=lambda: _("Open items"), compact=True, empty=empty, key=lambda each: each.number)
        super().__init__(self.table, sides=0)
        self.setMinimumHeight(HEAD + ITEMS_LEAST * COMPACT + 2)

    def show_view(self, view: HandoverView) -> None:
        """What goes over."""
        self.table.show_rows(view.carried)

    def _deadline(self, each: Carried) -> str:
        return format_deadline(each.deadline, self.zone) if each.deadline else "—"


def _count(each: Carried) -> str:
    return _("no. {n}").format(n=each.count) if each.count else C_("carried", "new")


class CountersCard(Card):
    """The counters at both ends of the shift; hidden where the station reads none."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.hour = Line("", "label text-2")
        super().__init__(title=lambda: _("Base readings"), fact=self.hour)
        self.hide()

    def show_view(self, view: HandoverView) -> None:
        """The counters of the shift."""
        self.setVisible(bool(view.counters))
        self.hour.say(lambda: self._hour(view))
        titles: tuple[Words, ...] = (lambda: C_("counter", "before"), lambda: C_("counter", "now"), lambda: _("This shift"))
        head = self._row(lambda: _("Counter"), *titles, style="label text-2")
        rows = [self._row(*self._words(each), style="body") for each in view.counters]
        self.show_items(4, head, *rows, 4)
        self.setFixedHeight(CARD_HEAD + 1 + 8 + ROW * (1 + len(rows)) + 2)

    def _hour(self, view: HandoverView) -> str:
        """Which hour the closing values are of."""
        last = max((each.closing_at for each in view.counters), default=view.shift.ends_at)
        time = format_time(last, self.zone, view.shift.day)
        if last == view.shift.ends_at:
            return _("{time}, as read by the outgoing crew").format(time=time)
        return _("up to {time}").format(time=time)

    def _words(self, each: Counter) -> tuple[Words, Words, Words, Words]:
        name = plain(f"{each.name} {each.unit}")
        return name, shown(each.opening), shown(each.closing), shown(each.moved)

    def _row(self, name: Words, before: Words, now: Words, moved: Words, *, style: str) -> QWidget:
        made = QWidget()
        made.setFixedHeight(ROW)
        cells = [(before, 76), (now, 76), (moved, 64)]
        places = [_right(Line(words, style), wide) for words, wide in cells]
        whole = row(Line(name, style, elide=True), *places, owner=made, spacing=8)
        whole.setStretch(0, 1)
        return made


def _right(line: Line, wide: int) -> QWidget:
    place = QWidget()
    place.setFixedWidth(wide)
    row(None, line, owner=place, spacing=0)
    return place


class Signatures(QWidget):
    """Both boxes, equal in size."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        self.outgoing, self.incoming = SignatureBox(), SignatureBox()
        whole = row(self.outgoing, self.incoming, owner=self, spacing=16)
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def draw_together(self, tight: bool) -> None:
        """Lower boxes, where the cards above need the room."""
        self.outgoing.draw_together(tight)
        self.incoming.draw_together(tight)

    def show_view(self, view: HandoverView) -> None:
        """Who signed, and who is to."""
        crew = view.following.crew if view.following else ""
        self._show(self.outgoing, lambda: plain(" ".join((_("Outgoing leader"), str(view.shift.crew_name)))), view.outgoing, view.changed)
        self._show(self.incoming, lambda: plain(" ".join((_("Incoming leader"), str(crew)))), view.incoming, voided=False)

    def _show(self, place: SignatureBox, role: Words, signer: Signer, voided: bool) -> None:
        if signer.signed_at is not None and not voided:
            when = f"{signer.signed_at.astimezone(self.zone):%H:%M:%S}"
            place.show_signed(role, plain(signer.leader), when, lambda: _signed_note(signer))
        else:
            place.show_pending(role, plain(signer.leader or "—"), lambda: self._note(signer, voided))

    def _note(self, signer: Signer, voided: bool) -> str:
        if voided and signer.signed_at is not None:
            return _("signed {time}, void: the records changed").format(time=format_time(signer.signed_at, self.zone))
        if signer.key_note is not None:
            made = wording.moment(signer.key_note.made_at, self.zone)
            return _("new key since {time}, password reset").format(time=made)
        if signer.signed_on_at is not None:
            return _("{time} signed on").format(time=format_time(signer.signed_on_at, self.zone))
        return _("nobody is signed on") if signer.leader_id is None else ""


class RecordCard(Card):
    """What was out of turn, extended duty, emergencies, refusals, dissent, signatures in ink; hidden where there is nothing of the kind."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.most = RECORD_MOST
        self.inner = QWidget()
        self.inside = column(owner=self.inner)
        self.area = scrolled(self.inner)
        super().__init__(self.area, title=lambda: _("On record"))
        self.inner.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_view(self, view: HandoverView) -> None:
        """What stands on the record of this handover."""
        day, self.most = view.shift.day, RECORD_MOST if view.closed_at is None else 10 * RECORD_MOST
        turn = [_("Unscheduled handover: {reason}").format(reason=view.reason)] if view.kind == "unscheduled" else []
        duty = [Text(each) for each in (*turn, *duty_words(view.duty, view.telling(self.zone)))]
        self.setVisible(bool(duty or view.objections or view.inks))
        said = [Text(partial(wording.objection, each, self.zone, day)) for each in view.objections]
        ink = [Text(partial(wording.ink, each, self.zone)) for each in view.inks]
        refill(self.inside, 8, *(part for each in (*duty, *said, *ink) for part in (each, 4)), 4)
        self.fit()

    def fit(self) -> None:
        """As tall as its sentences, of a handover being made up to three lines; the rest is scrolled to."""
        high = self.inside.heightForWidth(self.width() - 2 - 2 * SIDE)
        self.setFixedHeight(CARD_HEAD + 3 + min(high, self.most))
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus if high > self.most else Qt.FocusPolicy.NoFocus)  # the arrows scroll it then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.inner and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class LeavingCard(Card):
    """下岗签退: who handed over and is still signed on. sign_off(): the whole crew goes."""

    sign_off = Signal()

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self.who = Line(self._who, "body", elide=True)
        button = Button(lambda: _("Sign off"), "log-out", key=KEYS["sign_off_crew"], on_click=lambda: self.sign_off.emit(), heard=False)
        inside = row(self.who, button, spacing=12)
        inside.setStretch(0, 1)
        super().__init__(8, inside, 8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_names(self, names: tuple[str, ...]) -> None:
        """Who leaves; nobody hides the card."""
        self.names = names
        self.setVisible(bool(names))
        self.who.reword()

    def _who(self) -> str:
        return plain(_("Handed over: {people}").format(people=_(", ").join(self.names)))


def _signed_note(signer: Signer) -> str:
    return _("in ink, to be signed later") if signer.mode == "ink" else _("mark {mark}").format(mark=signer.mark)
