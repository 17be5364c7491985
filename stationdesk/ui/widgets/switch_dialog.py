"""切换计量管路 from whatever page: which run goes out, which comes in, the counters of both, why, and who was told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.switching import doubt_words
from stationdesk.domain.moments import format_time, meant_at
from stationdesk.domain.numbers import NumberError, shown
from stationdesk.domain.words import C_, _
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.date_field import TimeField
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from stationdesk.services.metering.switching import RunState, Switched

WIDE = 600


class RunFields:
    """One side of the switch: the run, and what its counters show."""

    def __init__(self, label: Words, runs: Sequence[RunState], runner: Runner) -> None:
        self.runs, self.runner = runs, runner
        choices: list[tuple[int | None, Words]] = [(each.stream_id, _name(each)) for each in runs]
        self.run = Select(label, [*choices, (None, lambda: C_("run", "none"))])
        self.counter = Field(lambda: _("Metered counter"), "m³", numeric=True)
        self.corrected = Field(lambda: _("Corrected counter"), "Nm³", numeric=True)
        self.run.chosen.connect(lambda _value: self.show_last())
        self.run.choose(runs[0].stream_id if len(runs) == 1 else None)
        self.show_last()

    def state(self) -> RunState | None:
        """The run chosen."""
        return next((each for each in self.runs if each.stream_id == self.run.value()), None)

    def show_last(self) -> None:
        """What its counters last showed, below their fields."""
        state = self.state()
        time = format_time(state.read_at, self.runner.zone) if state and state.read_at else ""
        for field, last in ((self.counter, state.counter if state else None), (self.corrected, state.corrected if state else None)):
            field.show_last(f"{time} {shown(last)}".strip() if last is not None else "")
            field.setEnabled(state is not None)
        self.corrected.setEnabled(state is not None and state.wants_corrected)

    def numbers(self) -> tuple[Decimal | None, Decimal | None]:
        """What was typed; NumberError."""
        return (self.counter.number(), self.corrected.number()) if self.state() else (None, None)


class SwitchDialog(Dialog):
    """tell: for the quiet bar, once it is on record."""

    tell = Signal(object)

    def __init__(self, parent: QWidget, runner: Runner, runs: Sequence[RunState]) -> None:
        self.runner = runner
        self.out = RunFields(lambda: _("Taken out"), [each for each in runs if not each.shut], runner)
        self.into = RunFields(lambda: _("Put in"), [each for each in runs if each.shut], runner)
        self.time = TimeField(lambda: _("Time, empty for now"))
        self.pressure = Field(lambda: _("Pressure, if read"), lambda: C_("switch", "kPa gauge"), numeric=True)
        self.temperature = Field(lambda: _("Temperature, if read"), "℃", numeric=True)
        self.reason, self.told = Field(lambda: _("Reason")), Field(lambda: _("Who was told"))
        self.yes = Button(lambda: _("Switch runs"), key="Ctrl Enter", look="primary", on_click=self._send)
        no = Button(lambda: _("Cancel"), on_click=self.reject)
        self.problem = Text("", "label red-fg")
        self.problem.hide()
        sides = [_alike(each.run, each.counter, each.corrected) for each in (self.out, self.into)]
        air = _alike(self.time, self.pressure, self.temperature)
        items = (sides[0], 4, sides[1], 4, air, 4, self.reason, 4, self.told, self.problem)
        super().__init__(parent, lambda: _("Switch metering runs"), *items, buttons=(no, self.yes), wide=WIDE)
        self._walk()

    def _walk(self) -> None:
        """Enter goes on to the next field, at the last it sends."""
        order = [self.out.counter, self.out.corrected, self.into.counter, self.into.corrected, self.time, self.reason, self.told]
        for n, each in enumerate(order[:-1]):
            each.entered.connect(lambda n=n: self._next(order[n + 1 :]))
        order[-1].entered.connect(self._send)
        (self.out.counter if self.out.state() else self.into.counter).take_focus()

    def _next(self, fields: Sequence[Field | TimeField]) -> None:
        for each in fields:
            if each.isEnabled():
                each.take_focus()
                return

    def _send(self) -> None:
        from stationdesk.services.metering.switching import SwitchText, switch_run

        now, own = self.runner.now(), self.time.value()
        try:
            out, into = self.out.numbers(), self.into.numbers()
            pressure, temperature = self.pressure.number(), self.temperature.number()
        except NumberError:
            return  # said at the field when it was left
        if not self.time.valid():
            return
        time = now if own is None else meant_at(own.hour * 60 + own.minute, now, self.runner.zone)
        text = SwitchText(
            time, self.out.run.value(), self.into.run.value(), *out, *into, pressure, temperature, self.reason.text(), self.told.text()
        )
        self.yes.setEnabled(False)
        self.problem.hide()
        self.runner.command(self, switch_run, text, on_done=self._done, on_error=self._fail)

    def _done(self, found: Switched) -> None:
        self.accept()
        if found.doubts:
            said = _("; ").join(doubt_words(each, self.runner.zone) for each in found.doubts)
            self.tell.emit(Notice(lambda: _("Put on record. {doubts}").format(doubts=said), "amber"))
        else:
            self.tell.emit(Notice(lambda: _("The switch of runs is on record and in the log.")))

    def _fail(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        counter = self.out.counter if self.out.state() and not self.out.counter.text() else self.into.counter
        places = {
            "from": self.out.run,
            "to": self.into.run,
            "time": self.time,
            "reason": self.reason,
            "told": self.told,
            "counter": counter,
        }
        place = places.get(getattr(type(error), "field", None) or "", self.out.run)
        words: Words = (lambda: say(error)) if isinstance(error, DomainError) else str(error)
        place.error(words)
        place.take_focus()
        if place.cut:  # a third of the dialog has no room for every sentence
            self.problem.say(words)
            self.problem.show()


def _alike(*fields: QWidget) -> QBoxLayout:
    """Side by side, as wide as each other whatever is said below them."""
    made = row(*fields, spacing=12)
    for each in fields:
        made.setStretchFactor(each, 1)
    return made


def _name(each: RunState) -> Words:
    return lambda: str(each.name)
