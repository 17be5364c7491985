"""What a person does at the takeover card: sends what was read and said, opens the hours and the sheet, signs it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.metering.guessing import cause_words
from stationdesk.domain.metering.needs import Need
from stationdesk.domain.moments import meant_at
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.ui.handover import gas_wording
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.spoken import Words, plain

if TYPE_CHECKING:
    from stationdesk.services.handover import HandoverView
    from stationdesk.services.metering.discrepancies import DiscrepancyView, SheetText
    from stationdesk.services.metering.takeover import StreamTakeover
    from stationdesk.ui.handover.gas_card import GasCard
    from stationdesk.ui.handover.gas_dialogs import SheetDialog
    from stationdesk.ui.handover.gas_entry import Typed

SIDES = {Need.SIGN_OUTGOING: "outgoing", Need.SIGN_INCOMING: "incoming"}


class GasActs(QObject):
    """tell: for the quiet bar. Nothing of metering is loaded before there are counters to hand over."""

    tell = Signal(object)

    def __init__(self, window: QWidget, runner: Runner, card: GasCard) -> None:
        super().__init__(window)
        self.window, self.runner, self.card = window, runner, card
        self.view: HandoverView | None = None
        self.person_id: int | None = None
        self._asked: StreamTakeover | None = None  # whose sheet is being fetched
        self._signing = ("", "")  # who signs it, for which side
        card.entered.connect(self.enter)
        card.reason.connect(self.give_reason)
        card.asked.connect(self.do)

    def show_scene(self, view: HandoverView, person_id: int | None) -> None:
        """What the page shows from now on."""
        self.view, self.person_id = view, person_id

    def enter(self, stream_id: int, typed: Typed) -> None:
        """The relief's base readings."""
        from stationdesk.services.metering.base_readings import enter_base_reading

        takeover, now = self.card.takeover, self.runner.now()
        if takeover is None:
            return
        own = typed.own_time
        read_at = None if typed.frozen or own is None else meant_at(own.hour * 60 + own.minute, now, self.runner.zone)
        fn = partial(enter_base_reading, frozen=typed.frozen, read_at=read_at, words=typed.words)
        self._send(stream_id, fn, takeover.shift_id, stream_id, typed.counter, typed.corrected)

    def give_reason(self, stream_id: int, words: str) -> None:
        """Why an amber run goes over."""
        from stationdesk.services.metering.base_readings import give_takeover_reason

        if self.card.takeover is not None:
            self._send(stream_id, give_takeover_reason, self.card.takeover.shift_id, stream_id, words)

    def _send(self, stream_id: int, fn: Callable[..., object], *values: object) -> None:
        part = self.card.parts[stream_id]
        self.runner.command(part, fn, *values, on_done=part.done, on_error=part.refuse)

    def do(self, stream_id: int, what: str) -> None:
        """What a button of a run, or an obstacle, asks for."""
        seen = self.card.stream(stream_id)
        if seen is None:
            return
        if what == "hours":
            self._hours(seen)
        elif what == "again":
            self._again(stream_id)
        elif what == "sheet":
            self._sheet(seen)
        elif what in SIDES:
            self._sign(seen, what)
        elif what in (Need.BASE, Need.REASON) and not self.card.relief:
            self.tell.emit(Notice(lambda: _("The relief reads and explains: pick one of them first."), "amber"))
        else:
            self.card.parts[stream_id].take_focus()

    def ask(self) -> bool:
        """By its key: the first run that is to be read or explained; whether there is one."""
        streams = self.card.takeover.streams if self.card.takeover else ()
        typed = ((each.stream_id, need) for each in streams for need in each.needs if need in (Need.BASE, Need.REASON))
        stream_id, need = next(typed, (0, None))
        if need is not None:
            self.do(stream_id, str(need))
        return need is not None

    def hours(self) -> None:
        """By its key: those of the first run that was compared."""
        for each in self.card.takeover.streams if self.card.takeover else ():
            if each.gas is not None:
                self._hours(each)
                return

    def _hours(self, seen: StreamTakeover) -> None:
        from stationdesk.ui.handover.gas_dialogs import HoursDialog

        HoursDialog(self.window, seen, self.runner.zone).show_over()

    def _again(self, stream_id: int) -> None:
        part = self.card.parts[stream_id]
        part.read_again()
        if self.view is not None:
            self.card.show_open(self.view, self.card.takeover, relief=True)
        part.take_focus()

    # --- the sheet

    def _sheet(self, seen: StreamTakeover) -> None:
        if seen.sheet is None:
            self._open_sheet(seen, None)
            return
        from stationdesk.services.metering.discrepancies import discrepancy_view

        self._asked = seen
        self.runner.query(self, discrepancy_view, seen.sheet.discrepancy_id, on_done=self._show_sheet)

    def _show_sheet(self, sheet: DiscrepancyView) -> None:
        if self._asked is not None:
            self._open_sheet(self._asked, sheet)

    def _open_sheet(self, seen: StreamTakeover, sheet: DiscrepancyView | None) -> None:
        from stationdesk.ui.handover.gas_dialogs import SheetDialog

        SheetDialog(self.window, seen, sheet, partial(self._keep_sheet, seen, sheet.text if sheet else None), _facts(seen)).show_over()

    def _keep_sheet(self, seen: StreamTakeover, before: SheetText | None, text: SheetText, dialog: SheetDialog) -> None:
        from stationdesk.services.metering.discrepancies import amend_discrepancy, open_discrepancy

        if seen.sheet is not None:
            call = partial(amend_discrepancy, seen=before)
            self.runner.command(dialog, call, seen.sheet.discrepancy_id, text, on_done=dialog.finish, on_error=dialog.fail)
        elif self.card.takeover is not None:
            values = self.card.takeover.shift_id, seen.stream_id, text
            self.runner.command(dialog, open_discrepancy, *values, on_done=dialog.finish, on_error=dialog.fail)

    def _sign(self, seen: StreamTakeover, what: str) -> None:
        if self.view is None or seen.sheet is None:
            return
        signer = self.view.outgoing if what == Need.SIGN_OUTGOING else self.view.incoming
        if signer.leader_id is None or self.person_id != signer.leader_id:
            self.tell.emit(Notice(lambda: _("{name} signs the sheet at this desk.").format(name=signer.leader or "—")))
            return
        from stationdesk.services.metering.discrepancies import discrepancy_view

        self._asked, self._signing = seen, (signer.leader, SIDES[Need(what)])
        self.runner.query(self, discrepancy_view, seen.sheet.discrepancy_id, on_done=self._show_signing)

    def _show_signing(self, sheet: DiscrepancyView) -> None:
        """What is signed stands in the dialog, and it is that which is signed."""
        if self._asked is None:
            return
        leader, side = self._signing
        title = lambda: _("Sign discrepancy sheet {number}").format(number=sheet.number)  # noqa: E731
        facts = [*_facts(self._asked), *_sheet_facts(sheet)]
        SignDialog(self.window, title, leader, facts, partial(self._send_signature, sheet, side)).show_over()

    def _send_signature(self, sheet: DiscrepancyView, side: str, password: str, dialog: SignDialog) -> None:
        from stationdesk.services.metering.discrepancies import sign_discrepancy

        call = partial(sign_discrepancy, seen=sheet.text)
        self.runner.command(dialog, call, sheet.discrepancy_id, side, password, on_done=dialog.finish, on_error=dialog.fail)


def _facts(seen: StreamTakeover) -> list[Words]:
    """What a sheet is about, in a few lines."""
    checks = seen.comparison.checks if seen.comparison else ()
    return [lambda: str(seen.stream.name), *(partial(gas_wording.check_words, each) for each in checks if each.light in gas_wording.ODD)]


def _sheet_facts(sheet: DiscrepancyView) -> list[Words]:
    """What people say on it."""
    number = shown(sheet.provisional, 0) if sheet.provisional is not None else "—"
    return [
        lambda: _("Until it is closed {volume} Nm³ count.").format(volume=number),
        lambda: C_("facts", "·").join(part for part in (cause_words(sheet.cause), plain(sheet.evidence)) if part),
    ]
