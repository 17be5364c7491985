"""What is signed or put on record from the handover page, each in its dialog."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stationdesk.domain.handover import Stops, VerdictKind
from stationdesk.domain.words import _
from stationdesk.services import handover as use
from stationdesk.ui.handover import wording
from stationdesk.ui.handover.dialogs import InkDialog, ObjectionDialog, UnscheduledDialog, WordsDialog
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.sign_dialog import SignDialog

if TYPE_CHECKING:
    from stationdesk.services.handover import HandoverView, InkView, Signer
    from stationdesk.ui.handover.page import HandoverPage
    from stationdesk.ui.widgets.spoken import Words


class Acts(QObject):
    """Opens the dialogs of a page and sends what they bring."""

    def __init__(self, page: HandoverPage) -> None:
        super().__init__(page)
        self.page = page
        self.runner = page.runner
        self._shift_id = 0

    # --- signing

    def sign(self) -> None:
        """The signature the card is about."""
        if self.page.ready.side is Stops.OUTGOING:
            self.sign_outgoing()
        else:
            self.sign_incoming()

    def sign_outgoing(self) -> None:
        """交班签字"""
        view = self.page.view
        if view is None:
            return
        if self.page.person_id != view.outgoing.leader_id or view.in_way_of(Stops.OUTGOING):
            self.page.tell.emit(Notice(lambda: _("{name} signs at this desk, once nothing is left.").format(name=view.outgoing.leader)))
            return
        facts = [*self._facts(view), *_key_facts(self, view.outgoing)]
        dialog = SignDialog(
            self.page, lambda: _("Sign and hand over"), view.outgoing.leader, facts, self._send_outgoing, role=lambda: _("Outgoing leader")
        )
        dialog.show_over()

    def sign_incoming(self) -> None:
        """接班签字: the shift is closed, the next is open."""
        view = self.page.view
        if view is None:
            return
        self._shift_id = view.shift.shift_id
        closes = lambda: _("{name} is closed; what comes later is marked so.").format(name=view.shift.name)  # noqa: E731
        facts = [*self._facts(view), closes, *_key_facts(self, view.incoming)]
        dialog = SignDialog(
            self.page, lambda: _("Sign and take over"), view.incoming.leader, facts, self._send_incoming, role=lambda: _("Incoming leader")
        )
        dialog.signed.connect(self._taken_over)
        dialog.show_over()

    def _facts(self, view: HandoverView) -> list[Words]:
        standing = [each.standing for each in view.lines]
        agreed, reserved = standing.count(VerdictKind.AS_FOUND), standing.count(VerdictKind.WITH_RESERVATION)
        return [
            lambda: _("{number}: {n} lines, as found {agreed}, with reservation {reserved}").format(
                number=view.number or _("Handover"), n=len(view.lines), agreed=agreed, reserved=reserved
            ),
            lambda: _("Open items carried over: {n}").format(n=len(view.carried)),
        ]

    def _send_outgoing(self, password: str, dialog: SignDialog) -> None:
        self.runner.command(dialog, use.sign_outgoing, password, on_done=dialog.finish, on_error=dialog.fail)

    def _send_incoming(self, password: str, dialog: SignDialog) -> None:
        self.runner.command(dialog, use.sign_incoming, password, on_done=dialog.finish, on_error=dialog.fail)

    def _taken_over(self, _handover_id: object) -> None:
        take = partial(self.page.go.emit, "reports", ("handover", str(self._shift_id)))
        self.page.tell.emit(Notice(lambda: _("Handed over. The next shift is open."), way=lambda: _("Print the record"), take=take))

    # --- on record

    def ask(self, what: str) -> None:
        """Open the dialog of a button of the card."""
        view = self.page.view
        if view is None:
            return
        if what in ("refuse", "dissent", "withdraw"):
            ObjectionDialog(self.page, what, view.grounds, partial(self._object, what)).show_over()
        elif what == "unscheduled":
            UnscheduledDialog(self.page, self._begin_unscheduled).show_over()
        elif what == "scheduled":
            self._back_to_routine()
        elif what == "ink":
            self._ink(view)
        elif what == "settle":
            self._settle()

    def _object(self, kind: str, dialog: WordsDialog) -> None:
        ground = dialog.chosen() if isinstance(dialog, ObjectionDialog) else ""
        self.runner.command(dialog, use.object_to, kind, dialog.text(), ground, on_done=dialog.finish, on_error=dialog.fail)

    def _begin_unscheduled(self, dialog: WordsDialog) -> None:
        self.runner.command(dialog, use.begin_unscheduled, dialog.text(), on_done=dialog.finish, on_error=dialog.fail)

    def _back_to_routine(self) -> None:
        dialog = ConfirmDialog(
            self.page,
            lambda: _("Back to routine"),
            lambda: _("The shift goes on to its planned end. The reason given stays in the journal."),
            lambda: _("Back to routine"),
        )
        dialog.confirmed.connect(self._end_unscheduled)
        dialog.show_over()

    def _end_unscheduled(self) -> None:
        self.runner.command(self.page, use.end_unscheduled)

    def _ink(self, view: HandoverView) -> None:
        sides = [("outgoing", _side_words(_("Outgoing"), view.outgoing)), ("incoming", _side_words(_("Incoming"), view.incoming))]
        side = "outgoing" if self.page.ready.side is Stops.OUTGOING else "incoming"
        self._shift_id = view.shift.shift_id
        dialog = InkDialog(self.page, [each for each in sides if each[1]], side, self._send_ink)
        dialog.finished_with.connect(self._inked)
        dialog.show_over()

    def _send_ink(self, dialog: WordsDialog) -> None:
        assert isinstance(dialog, InkDialog)
        self.runner.command(dialog, use.sign_in_ink, dialog.side.value(), dialog.text(), on_done=dialog.finish, on_error=dialog.fail)

    def _inked(self, _handover_id: object) -> None:
        take = partial(self.page.go.emit, "reports", ("handover", str(self._shift_id)))
        words = lambda: _("Noted. Print the sheet and sign it by hand.")  # noqa: E731
        self.page.tell.emit(Notice(words, way=lambda: _("Print the record"), take=take))

    def _settle(self) -> None:
        owed = self.page.board.owed if self.page.board is not None else ()
        if owed:
            send = partial(self._send_settle, owed[0].ink_id)
            dialog = SignDialog(self.page, lambda: _("Sign later"), owed[0].person, self._ink_facts(owed[0]), send)
            dialog.show_over()

    def _ink_facts(self, each: InkView) -> list[Words]:
        zone = self.runner.zone
        when = wording.moment(each.at, zone)
        due = wording.moment(each.due, zone)
        return [
            lambda: _("{number}: signed in ink {time}, {reason}").format(number=each.number, time=when, reason=each.reason),
            lambda: _("to be signed by {at}").format(at=due),
        ]

    def _send_settle(self, ink_id: int, password: str, dialog: SignDialog) -> None:
        self.runner.command(dialog, use.settle_ink, ink_id, password, on_done=dialog.finish, on_error=dialog.fail)


def _side_words(role: str, signer: Signer) -> str:
    return f"{role} {signer.leader}" if signer.leader else ""


def _key_facts(acts: Acts, signer: Signer) -> list[Words]:
    """A signature from a key made by a reset says so before it is given."""
    note = signer.key_note
    if note is None:
        return []
    zone = acts.runner.zone
    when = wording.moment(note.made_at, zone)
    return [lambda: _("new key since {time}, password reset").format(time=when)]
