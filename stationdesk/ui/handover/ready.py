"""What still stands in the way of the next signature, each with the link that cures it, and the buttons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import say
from stationdesk.domain.handover import NOBODY, ReliefAwaitedError, Stops, cure_words
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.handover.flow import Flow
from stationdesk.ui.handover.state import Rights
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.icons import icon
from stationdesk.ui.widgets.layout import column, refill, row, scrolled
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.obstacles import Group, cure, groups
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.window_keys import KEYS

if TYPE_CHECKING:
    from datetime import datetime

    from stationdesk.services.handover import HandoverView

ROW = 24
REFUSED = "way.refused"  # stands above the others, with its clock


def side_of(view: HandoverView, rights: Rights) -> Stops:
    """Whose signature the page is about: the relief's for the relief, else the one that comes next."""
    signed = view.outgoing.signed_at is not None and not view.changed
    return Stops.INCOMING if signed or (rights.incoming and not rights.outgoing) else Stops.OUTGOING


class ReadyCard(Card):
    """cured(obstacle) · sign() · asked(what): a deed (see deeds) or "extend"."""

    cured = Signal(object)
    sign = Signal()
    asked = Signal(str)

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone
        self.view: HandoverView | None = None
        self.side = Stops.OUTGOING
        self.found: list[Group] = []
        self.relief = False  # the person at the desk is of the relief
        self.heading, self.clock = Line("", "strong"), Line("", "label red-fg")
        self.rows_inside = QWidget()
        self.rows = column(owner=self.rows_inside)
        self.area = scrolled(self.rows_inside)
        self.area.setMinimumHeight(2 * ROW)
        self.refused = QWidget()
        self.refusal = Line("", "body red-fg", elide=True)
        self._build()

    def _build(self) -> None:
        self.withdraw = self._deed("withdraw", lambda: cure_words("withdraw"))
        row(icon("circle-x", "red-fg"), self.refusal, None, self.clock, self.withdraw, owner=self.refused, spacing=8)
        self.primary = Button("", look="primary", on_click=self.sign.emit)
        self.dissent = Button(lambda: _("Dissent"), on_click=lambda: self.asked.emit("dissent"))
        self.refuse = Button(lambda: _("Refuse"), on_click=lambda: self.asked.emit("refuse"))
        self.unscheduled = self._deed("unscheduled", lambda: _("Unscheduled handover"))
        self.ink, self.settle = self._deed("ink", lambda: _("Sign in ink")), self._deed("settle", lambda: _("Sign later"))
        self.extend = self._deed("extend", lambda: _("Extended duty"))
        self.note = Line("", "label text-2", elide=True)
        buttons = row(self.primary, self.dissent, self.refuse)
        buttons.setStretch(0, 1)
        others = QWidget()
        flow = Flow(others, gap=16)
        for each in (self.extend, self.unscheduled, self.ink, self.settle):
            flow.addWidget(each)
        self.show_items(12, row(self.heading, None), 8, self.refused, self.area, 8, self.note, 6, buttons, 8, others, 12)
        self.body.setStretch(4, 1)

    def _deed(self, what: str, words: Words) -> Button:
        """Its key is heard by the window, on every page."""
        return Button(words, key=KEYS[what], look="link", on_click=partial(self.asked.emit, what), heard=False)

    # --- shown

    def show_view(self, view: HandoverView, rights: Rights, actor: int | None, *, settles: bool) -> None:
        """The obstacles of the signature that this person, or the next one, gives; settles: an ink signature of theirs is owed."""
        self.view, self.side, self.relief = view, side_of(view, rights), rights.incoming
        found = self.found = groups(view.in_way_of(self.side))
        self.heading.say(lambda: self._heading(bool(found)))
        self.note.say(self._note)
        refill(self.rows, *(self._row(each) for each in found if each.first.said.code != REFUSED), None)
        self.refused.setVisible(view.refused_since is not None)
        self.refusal.say(lambda: self._refused_words(view))
        self._show_buttons(view, rights, actor)
        self.settle.setVisible(settles)
        self.extend.setVisible(view.relief_late and rights.outgoing)
        self.note.setVisible(bool(self.note.text()))
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

    def _note(self) -> str:
        """Below what is in the way: where nobody comes, the ways that are open; for the relief, what it may say."""
        if any(each.first.said.code == NOBODY and not each.waits for each in self.found):
            return _("Nobody comes? The ways below are open.")
        return _("Dissent and refusal want words, and stand on the record.") if self.relief else ""

    def _row(self, group: Group) -> QWidget:
        made = QWidget()
        made.setMinimumHeight(ROW)
        words = Line(lambda: plain(group.words(self.zone)), elide=True)
        row(icon("circle"), words, None, cure(group, self.zone, self.cured.emit), owner=made, spacing=8)
        return made

    def _show_buttons(self, view: HandoverView, rights: Rights, actor: int | None) -> None:
        outgoing = self.side is Stops.OUTGOING
        signer = view.outgoing if outgoing else view.incoming
        self.primary.say((lambda: C_("sign", "Hand over")) if outgoing else (lambda: C_("sign", "Take over")))
        self.primary.block(self._why_not(signer.leader, leads=actor is not None and actor == signer.leader_id))
        for each in (self.dissent, self.refuse):
            each.setVisible(rights.incoming)
        self.refuse.setEnabled(view.refused_since is None)
        for each in (self.ink, self.unscheduled):
            each.setEnabled(rights.any)
        self.unscheduled.say((lambda: _("Back to routine")) if view.kind == "unscheduled" else (lambda: _("Unscheduled handover")))

    def _why_not(self, leader: str, *, leads: bool) -> Words:
        """In the button: how many things are left, who is awaited, or who signs."""
        count = len(self.found)
        if self._only_relief():
            return lambda: _("no relief yet")
        if count:
            return lambda: n_("{n} left", "{n} left", count).format(n=count)
        return "" if leads else lambda: _("by {name}").format(name=leader or "—")

    def first_words(self) -> str:
        """The first thing in the way of the signature, as it stands in the list; whose signature it is where nothing is."""
        if self._only_relief():
            return say(ReliefAwaitedError())
        return self.found[0].words(self.zone) if self.found else self.primary.text()

    def _only_relief(self) -> bool:
        """Nothing else is left but that somebody of the relief signs on."""
        return [each.first.said.code for each in self.found] == [NOBODY]

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
