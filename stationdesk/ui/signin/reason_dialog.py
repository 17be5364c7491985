"""Leaving, leading and staying on: the few things at the desk that ask for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from stationdesk.domain.moments import format_time
from stationdesk.domain.words import _
from stationdesk.ui.runner import Runner
from stationdesk.ui.signin import asks
from stationdesk.ui.signin.ask_dialog import AskDialog
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from stationdesk.services.shifts import OnDuty


class SignOffDialog(AskDialog):
    """下岗签退. Before the handover it asks why, and the leader names who leads."""

    def __init__(self, parent: QWidget, runner: Runner, person: OnDuty, others: Sequence[OnDuty], handed_over: bool) -> None:
        self.person = person
        name = plain(person.name)
        self.reason = Field(lambda: _("Reason"), hint=lambda: _("why before the handover"))
        self.leader = Select(lambda: _("Who leads now"), [(each.person_id, plain(each.name)) for each in others], below=False)
        self.asks_leader = person.leader and not handed_over and bool(others)
        said = (
            Text(lambda: _("The shift is handed over. {name} goes off duty.").format(name=name))
            if handed_over
            else Text(lambda: _("The shift is not handed over yet. {name} may go; the reason stands on the handover.").format(name=name))
        )
        self.reason.setVisible(not handed_over)
        self.leader.setVisible(self.asks_leader)
        super().__init__(
            parent, runner, lambda: _("Sign off"), lambda: _("Sign off"), {"reason": self.reason, "leader": self.leader},
            said, 8, self.leader, 8, self.reason, 8,
        )  # fmt: skip

    def ready(self) -> bool:
        return not self.asks_leader or self.need(self.leader, self.leader.value(), lambda: _("Choose who leads."))

    def send(self) -> None:
        self.ask(asks.sign_off, self.person.person_id, self.reason.text(), self.leader.value() if self.asks_leader else None)


class SignOffCrewDialog(AskDialog):
    """下岗签退 of all who handed over, in one."""

    def __init__(self, parent: QWidget, runner: Runner, people: Sequence[OnDuty]) -> None:
        who = Text(lambda: _(", ").join(each.name for each in people), "strong")
        said = Text(lambda: _("Their shift is handed over. They go off duty."))
        super().__init__(parent, runner, lambda: _("Sign off the crew that handed over"), lambda: _("Sign off"), {}, who, 4, said, 8)
        self.yes.setFocus()

    def send(self) -> None:
        self.ask(asks.sign_off_crew)


class SayReasonDialog(AskDialog):
    """What was put off at the sign-on is said."""

    def __init__(self, parent: QWidget, runner: Runner, person: OnDuty) -> None:
        self.person = person
        name, at = plain(person.name), format_time(person.signed_on_at, runner.zone)
        self.reason = Field(lambda: _("Reason"), hint=lambda: _("why this person and not the planned one"))
        said = Text(lambda: _("{name} signed on at {time} and put the reason off.").format(name=name, time=at))
        super().__init__(parent, runner, lambda: _("Say why"), lambda: _("Keep"), {"reason": self.reason}, said, 8, self.reason, 8)
        self.reason.take_focus()

    def send(self) -> None:
        self.ask(asks.say_reason, self.person.spell_id, self.reason.text())


class LeadDialog(AskDialog):
    """代班长: somebody on duty leads from now on."""

    def __init__(self, parent: QWidget, runner: Runner, people: Sequence[OnDuty]) -> None:
        self.person = Select(lambda: _("Who leads now"), [(each.person_id, plain(each.name)) for each in people if not each.leader])
        self.reason = Field(lambda: _("Reason"))
        super().__init__(
            parent, runner, lambda: _("Change the leader of this shift"), lambda: _("Change"),
            {"person": self.person, "reason": self.reason}, self.person, 4, self.reason, 8,
        )  # fmt: skip
        self.person.take_focus()

    def ready(self) -> bool:
        return self.need(self.person, self.person.value(), lambda: _("Choose who leads."))

    def send(self) -> None:
        self.ask(asks.lead_shift, self.person.value(), self.reason.text())


class ExtendDialog(AskDialog):
    """延时值守: the relief is absent, the crew stays, its hours are counted."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        self.reason = Field(lambda: _("Why is the relief absent?"))
        super().__init__(
            parent, runner, lambda: _("Extended duty"), lambda: _("The crew stays on"), {"reason": self.reason},
            Text(lambda: _("The hours count from the planned end of the shift until sign-off. The chief is told.")), 8, self.reason, 8,
        )  # fmt: skip
        self.reason.take_focus()

    def send(self) -> None:
        self.ask(asks.extend_duty, self.reason.text())


class EndEmergencyDialog(AskDialog):
    """The emergency is over: a leader says so."""

    def __init__(self, parent: QWidget, runner: Runner) -> None:
        self.words = Field(lambda: _("How it ended"))
        super().__init__(
            parent, runner, lambda: _("End the emergency state"), lambda: _("End it"), {"words": self.words},
            Text(lambda: _("Countdowns run again, and what was put off is asked for.")), 8, self.words, 8,
        )  # fmt: skip
        self.words.take_focus()

    def send(self) -> None:
        self.ask(asks.end_emergency, self.words.text())
