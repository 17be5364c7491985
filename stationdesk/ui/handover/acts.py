"""What is signed or put on record from the handover page, each in its dialog."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.handover import Stops, VerdictKind
from stationdesk.domain.words import _
from stationdesk.services import handover as use
from stationdesk.ui.handover import wording
from stationdesk.ui.handover.dialogs import InkDialog, ObjectionDialog, UnscheduledDialog, WordsDialog
from stationdesk.ui.handover.state import Rights
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.sign_dialog import SignDialog

if TYPE_CHECKING:
    from stationdesk.services.handover import HandoverView, InkView, Signer
    from stationdesk.ui.widgets.spoken import Words


@dataclass(frozen=True)
class Scene:
    """What the page shows: the handover, whose signature it is about, who is at the desk, what they owe from before."""

    view: HandoverView
    side: Stops
    person_id: int | None
    rights: Rights
    owed: tuple[InkView, ...]


class Acts(QObject):
    """Opens the dialogs of a page and sends what they bring. tell: for the quiet bar; go: page, target."""

    tell = Signal(object)
    go = Signal(str, object)

    def __init__(self, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self.window, self.runner = window, runner
        self.scene: Scene | None = None
        self._shift_id = 0

    def show_scene(self, scene: Scene) -> None:
        """What the page shows from now on."""
        self.scene = scene

    # --- signing

    def sign(self) -> None:
        """The signature the page is about."""
        if self.scene is None:
            return
        if self.scene.side is Stops.OUTGOING:
            self.sign_outgoing()
        else:
            self.sign_incoming()

    def sign_outgoing(self) -> None:
        """交班签字"""
        if self.scene is None:
            return
        view = self.scene.view
        if self.scene.person_id != view.outgoing.leader_id or view.in_way_of(Stops.OUTGOING):
            self.tell.emit(Notice(lambda: _("{name} signs at this desk, once nothing is left.").format(name=view.outgoing.leader)))
            return
        facts = [*_facts(view), *self._key_facts(view.outgoing)]
        role = lambda: _("Outgoing leader")  # noqa: E731
        SignDialog(self.window, lambda: _("Sign and hand over"), view.outgoing.leader, facts, self._send_outgoing, role=role).show_over()

    def sign_incoming(self) -> None:
        """接班签字: the shift is closed, the next is open."""
        if self.scene is None:
            return
        view = self.scene.view
        self._shift_id = view.shift.shift_id
        closes = lambda: _("{name} is closed; what comes later is marked so.").format(name=view.shift.name)  # noqa: E731
        facts = [*_facts(view), closes, *self._key_facts(view.incoming)]
        role = lambda: _("Incoming leader")  # noqa: E731
        dialog = SignDialog(self.window, lambda: _("Sign and take over"), view.incoming.leader, facts, self._send_incoming, role=role)
        dialog.signed.connect(self._taken_over)
        dialog.show_over()

    def _key_facts(self, signer: Signer) -> list[Words]:
        """A signature from a key made by a reset says so before it is given."""
        note = signer.key_note
        if note is None:
            return []
        when = wording.moment(note.made_at, self.runner.zone)
        return [lambda: _("new key since {time}, password reset").format(time=when)]

    def _send_outgoing(self, password: str, dialog: SignDialog) -> None:
        self.runner.command(dialog, use.sign_outgoing, password, on_done=dialog.finish, on_error=dialog.fail)

    def _send_incoming(self, password: str, dialog: SignDialog) -> None:
        self.runner.command(dialog, use.sign_incoming, password, on_done=dialog.finish, on_error=dialog.fail)

    def _taken_over(self, _handover_id: object) -> None:
        self._offer_sheet(lambda: _("Handed over. The next shift is open."))

    def _offer_sheet(self, words: Words) -> None:
        take = partial(self.go.emit, "reports", ("handover", str(self._shift_id)))
        self.tell.emit(Notice(words, way=lambda: _("Print the record"), take=take))

    # --- on record

    def do(self, what: str) -> None:
        """Open the dialog of a deed (see deeds), or say why it cannot be done now."""
        scene = self.scene
        if scene is None:
            return
        if why := why_not(what, scene):
            self.tell.emit(Notice(why, "amber"))
        elif what in ("refuse", "dissent", "withdraw"):
            ObjectionDialog(self.window, what, scene.view.grounds, partial(self._object, what)).show_over()
        elif what == "unscheduled":
            self._out_of_turn(scene.view)
        elif what == "ink":
            self._ink(scene)
        elif what == "settle":
            self._settle(scene.owed[0])

    def _object(self, kind: str, dialog: WordsDialog) -> None:
        ground = dialog.chosen() if isinstance(dialog, ObjectionDialog) else ""
        self.runner.command(dialog, use.object_to, kind, dialog.text(), ground, on_done=dialog.finish, on_error=dialog.fail)

    def _out_of_turn(self, view: HandoverView) -> None:
        """Begin an unscheduled handover, or go back from it."""
        if view.kind != "unscheduled":
            UnscheduledDialog(self.window, self._begin_unscheduled).show_over()
            return
        dialog = ConfirmDialog(
            self.window,
            lambda: _("Back to routine"),
            lambda: _("The shift goes on to its planned end. The reason given stays in the journal."),
            lambda: _("Back to routine"),
        )
        dialog.confirmed.connect(self._end_unscheduled)
        dialog.show_over()

    def _begin_unscheduled(self, dialog: WordsDialog) -> None:
        self.runner.command(dialog, use.begin_unscheduled, dialog.text(), on_done=dialog.finish, on_error=dialog.fail)

    def _end_unscheduled(self) -> None:
        self.runner.command(self, use.end_unscheduled)

    def _ink(self, scene: Scene) -> None:
        view = scene.view
        sides = [("outgoing", _side_words(_("Outgoing"), view.outgoing)), ("incoming", _side_words(_("Incoming"), view.incoming))]
        self._shift_id = view.shift.shift_id
        dialog = InkDialog(self.window, [each for each in sides if each[1]], str(scene.side), self._send_ink)
        dialog.finished_with.connect(self._inked)
        dialog.show_over()

    def _send_ink(self, dialog: WordsDialog) -> None:
        assert isinstance(dialog, InkDialog)
        self.runner.command(dialog, use.sign_in_ink, dialog.side.value(), dialog.text(), on_done=dialog.finish, on_error=dialog.fail)

    def _inked(self, _handover_id: object) -> None:
        self._offer_sheet(lambda: _("Noted. Print the sheet and sign it by hand."))

    def _settle(self, owed: InkView) -> None:
        SignDialog(
            self.window, lambda: _("Sign later"), owed.person, self._ink_facts(owed), partial(self._send_settle, owed.ink_id)
        ).show_over()

    def _ink_facts(self, each: InkView) -> list[Words]:
        zone = self.runner.zone
        when, due = wording.moment(each.at, zone), wording.moment(each.due, zone)
        return [
            lambda: _("{number}: signed in ink {time}, {reason}").format(number=each.number, time=when, reason=each.reason),
            lambda: _("to be signed by {at}").format(at=due),
        ]

    def _send_settle(self, ink_id: int, password: str, dialog: SignDialog) -> None:
        self.runner.command(dialog, use.settle_ink, ink_id, password, on_done=dialog.finish, on_error=dialog.fail)


def why_not(what: str, scene: Scene) -> str:
    """Why the person at the desk cannot do this now, "" where they can."""
    if what == "settle":
        return "" if scene.owed else _("You owe no signature for one given in ink.")
    if scene.view.closed_at is not None:
        return _("This handover is closed. Back to the handover of now first.")
    if what not in ("refuse", "dissent", "withdraw"):
        return "" if scene.rights.any else _("For those on duty: pick one of them first.")
    if not scene.rights.incoming:
        return _("The relief refuses, dissents or withdraws: pick one of them first.")
    stands = scene.view.refused_since is not None
    if what == "withdraw":
        return "" if stands else _("No refusal stands.")
    return _("A refusal stands already.") if what == "refuse" and stands else ""


def _facts(view: HandoverView) -> list[Words]:
    standing = [each.standing for each in view.lines]
    agreed, reserved = standing.count(VerdictKind.AS_FOUND), standing.count(VerdictKind.WITH_RESERVATION)
    return [
        lambda: _("{number}: {n} lines, as found {agreed}, with reservation {reserved}").format(
            number=view.number or _("Handover"), n=len(view.lines), agreed=agreed, reserved=reserved
        ),
        lambda: _("Open items carried over: {n}").format(n=len(view.carried)),
    ]


def _side_words(role: str, signer: Signer) -> str:
    return f"{role} {signer.leader}" if signer.leader else ""
