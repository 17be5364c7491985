"""What still stands in the way of the next signature, each with the link that cures it, and the buttons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.handover import Stops, cure_words
from stationdesk.domain.moments import format_time
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.handover.state import Rights
from stationdesk.ui.handover.wording import Group, groups
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, refill, row, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

if TYPE_CHECKING:
    from datetime import datetime

    from stationdesk.domain.handover import Obstacle
    from stationdesk.services.handover import HandoverView

ROW = 24
REFUSED = "way.refused"  # stands above the others, with its clock


def side_of(view: HandoverView, rights: Rights) -> Stops:
    """Whose signature the page is about: the relief's for the relief, else the one that comes next."""
    signed = view.outgoing.signed_at is not None and not view.changed
    return Stops.INCOMING if signed or (rights.incoming and not rights.outgoing) else Stops.OUTGOING


class ReadyCard(Card):
    """cured(obstacle) · sign() · asked(what): dissent, refuse, withdraw, unscheduled, scheduled, ink, settle."""

    cured = Signal(object)
    sign = Signal()
    asked = Signal(str)

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        self.view: HandoverView | None = None
        self.side = Stops.OUTGOING
        self.heading, self.clock = Line("", "strong"), Line("", "label red-fg")
        self.rows_inside = QWidget()
        self.rows = column(owner=self.rows_inside)
        self.area = scrolled(self.rows_inside)
        self.refused = QWidget()
        self.refusal = Line("", "body red-fg", elide=True)
        self._build()

    def _build(self) -> None:
        back = Button(lambda: cure_words("withdraw"), look="link", on_click=lambda: self.asked.emit("withdraw"))
        row(icon("circle-x", "red-fg"), self.refusal, None, self.clock, back, owner=self.refused, spacing=8)
        self.primary = Button("", look="primary", on_click=self.sign.emit)
        self.dissent = Button(lambda: _("Dissent"), on_click=lambda: self.asked.emit("dissent"))
        self.refuse = Button(lambda: _("Refuse"), on_click=lambda: self.asked.emit("refuse"))
        self.unscheduled = Button(lambda: _("Unscheduled handover"), look="link", on_click=self._unscheduled)
        self.ink = Button(lambda: _("Sign in ink"), look="link", on_click=lambda: self.asked.emit("ink"))
        self.settle = Button(lambda: _("Sign later"), look="link", on_click=lambda: self.asked.emit("settle"))
        note = Line(lambda: _("Dissent and refusal want words, and stand on the record."), "label text-2", elide=True)
        buttons = row(self.primary, self.dissent, self.refuse)
        buttons.setStretch(0, 1)
        others = row(self.unscheduled, self.ink, self.settle, None, spacing=16)
        self.show_items(12, row(self.heading, None), 8, self.refused, self.area, 8, note, 6, buttons, 8, others, 12)
        self.body.setStretch(4, 1)

    def _unscheduled(self) -> None:
        view = self.view
        self.asked.emit("scheduled" if view is not None and view.kind == "unscheduled" else "unscheduled")

    # --- shown

    def show_view(self, view: HandoverView, rights: Rights, actor: int | None, *, settles: bool) -> None:
        """The obstacles of the signature that this person, or the next one, gives; settles: an ink signature of theirs is owed."""
        self.view, self.side = view, side_of(view, rights)
        found = groups(view.in_way_of(self.side))
        self.heading.say(lambda: self._heading(bool(found)))
        refill(self.rows, *(self._row(each) for each in found if each.first.said.code != REFUSED), None)
        self.refused.setVisible(view.refused_since is not None)
        self.refusal.say(lambda: self._refused_words(view))
        self._show_buttons(view, rights, actor, len(found))
        self.settle.setVisible(settles)
        self.tick(view.at)

    def _heading(self, waits: bool) -> str:
        outgoing = self.side is Stops.OUTGOING
        if waits:
            return _("The outgoing leader cannot sign yet") if outgoing else _("The relief cannot sign yet")
        return _("The outgoing leader may sign") if outgoing else _("The relief may sign")

    def _refused_words(self, view: HandoverView) -> str:
        last = next((each for each in reversed(view.objections) if each.kind == "refuse"), None)
        who = last.person if last else ""
        return plain(_("{name} refuses; chief {phone}").format(name=who, phone=view.chief_phone or "—"))

    def _row(self, group: Group) -> QWidget:
        made = QWidget()
        made.setMinimumHeight(ROW)
        words = Line(lambda: plain(group.words(self.zone)), elide=True)
        row(icon("circle"), words, None, self._cure(group.first), owner=made, spacing=8)
        return made

    def _cure(self, each: Obstacle) -> QWidget:
        if each.cure == "wait":
            at = format_time(each.at, self.zone) if each.at else ""
            return Line(lambda: _("from {time}").format(time=at) if at else "", "label text-2")
        return Button(partial(cure_words, each.cure), look="link", on_click=partial(self.cured.emit, each))

    def _show_buttons(self, view: HandoverView, rights: Rights, actor: int | None, count: int) -> None:
        outgoing = self.side is Stops.OUTGOING
        self.primary.say((lambda: C_("sign", "Hand over")) if outgoing else (lambda: C_("sign", "Take over")))
        leader = (view.outgoing if outgoing else view.incoming).leader
        leads = actor is not None and actor == (view.outgoing if outgoing else view.incoming).leader_id
        if count:
            self.primary.block(lambda: n_("{n} left", "{n} left", count).format(n=count))
        elif not leads:
            self.primary.block(lambda: _("by {name}").format(name=leader or "—"))
        else:
            self.primary.block()
        for each in (self.dissent, self.refuse):
            each.setEnabled((rights.incoming and view.refused_since is None) or (rights.incoming and each is self.dissent))
            each.setToolTip("" if rights.incoming else _("for the relief"))
        self.ink.setEnabled(rights.any)
        self.unscheduled.setEnabled(rights.any)
        self.unscheduled.say((lambda: _("Back to routine")) if view.kind == "unscheduled" else (lambda: _("Unscheduled handover")))

    def first_words(self) -> str:
        """The first thing in the way of the signature, as it stands in the list; whose signature it is where nothing is."""
        found = groups(self.view.in_way_of(self.side)) if self.view is not None else []
        return found[0].words(self.zone) if found else self.primary.text()

    def tick(self, now: datetime) -> None:
        """The clock of a refusal."""
        view = self.view
        if view is None or view.refused_since is None:
            return
        passed = max(int((now - view.refused_since).total_seconds()), 0)
        hours, minutes = divmod(passed // 60, 60)
        self.clock.say(f"{hours:02}:{minutes:02}:{passed % 60:02}")

    def take_focus(self) -> None:
        """To the signature if it can be given."""
        if self.primary.isEnabled():
            self.primary.setFocus(Qt.FocusReason.OtherFocusReason)
