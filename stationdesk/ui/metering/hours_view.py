"""The day by hour: which runs, with or without what the factor is made of, and below the grid how the hour one is at was computed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.metering.shapes import HourGas
from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _, n_
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.hours_grid import HoursGrid
from stationdesk.ui.metering.hours_model import HoursModel, idle
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.choice import Choice, Option
from stationdesk.ui.widgets.keycap import shortcut
from stationdesk.ui.widgets.layout import column, refill, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain

ALL, MOST_KEYS = 0, 9


class HoursView(QWidget):
    """asked(what, about): a step for the hour or the run one is at."""

    asked = Signal(str, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.board: Board | None = None
        self.model = HoursModel(self)
        self.grid = HoursGrid(self.model)
        self.fact = Line("", "body text-2", elide=True)
        self.streams: Choice | None = None
        self._codes: tuple[tuple[int, str], ...] = ()
        self.choice = row()
        self.factors = Button(lambda: C_("metering", "Factors"), key="F", look="small", on_click=self.turn_factors)
        self.factors.setCheckable(True)
        self.evidence = Line("", "label text-2", elide=True)
        bar = row(self.fact, None, self.choice, self.factors, sides=16, spacing=12)
        bar.addStrut(44)
        below = row(self.evidence, sides=16)
        below.addStrut(32)
        whole = column(bar, rule(), self.grid, self.grid.foot, rule(), below, owner=self)
        whole.setStretch(2, 1)
        self.grid.moved.connect(self._say_evidence)
        self.grid.picked.connect(self.factors.click)
        for n in range(MOST_KEYS + 1):
            shortcut(self, str(n), partial(self._by_key, n))

    def show_board(self, board: Board) -> None:
        """Another day, or newer values."""
        self.board = board
        self._offer_streams(board)
        self.model.show(board.gas, board.rows, self.runner.zone)
        self.fact.say(lambda: self._fact_words(board))
        self._say_evidence()

    def take_focus(self) -> None:
        """To the grid."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # Runs
    def _offer_streams(self, board: Board) -> None:
        codes = tuple((each.stream.stream_id, str(each.stream.name)) for each in board.gas)
        if codes == self._codes:
            return
        self._codes = codes
        options = [Option(ALL, lambda: C_("metering", "all")), *(Option(stream, name) for stream, name in codes)]
        self.streams = Choice(options, lambda: C_("metering", "Run"))
        self.streams.choose(self.model.stream or ALL)
        self.streams.chosen.connect(self.choose)
        refill(self.choice, self.streams)

    def choose(self, stream: int) -> None:
        """One run alone with all its figures, or all beside each other."""
        factors = self.factors.isChecked() and bool(stream)
        self.factors.setChecked(factors)
        self.model.choose(stream or None, factors)
        if self.streams is not None:
            self.streams.choose(stream)
        self.take_focus()

    def _by_key(self, n: int) -> None:
        if n <= len(self._codes):
            self.choose(self._codes[n - 1][0] if n else ALL)

    def turn_factors(self) -> None:
        """What the factor is made of, of the run one is at."""
        on = self.factors.isChecked()
        stream = self.model.stream or self.grid.stream_id() or (self._codes[0][0] if self._codes else None)
        self.model.choose(stream if on else self.model.stream, on)
        if self.streams is not None:
            self.streams.choose(self.model.stream or ALL)
        self.take_focus()

    def stream_id(self) -> int | None:
        """The run one is at."""
        return self.model.stream or self.grid.stream_id() or (self._codes[0][0] if self._codes else None)

    # Words
    def _fact_words(self, board: Board) -> str:
        read = sum(bool(each.slots) for each in board.rows)
        lacking = sum(self.model.wanting(n) for n in range(len(board.rows)))
        said = [n_("{n} hour", "{n} hours", read).format(n=read)]
        if lacking:
            said.append(n_("{n} cannot be computed", "{n} cannot be computed", lacking).format(n=lacking))
        said += [_("{run} stands by").format(run=plain(str(each.stream.name))) for each in board.gas if idle(each)]
        return C_("facts", "·").join(said)

    def parts(self) -> tuple[HourGas, ...]:
        """The hour one is at, of the run one is at."""
        at, stream = self.grid.currentIndex().row(), self.stream_id()
        if not 0 <= at < len(self.model.rows) or stream is None:
            return ()
        slot = self.model.rows[at].slots.get(stream)
        return slot.parts if slot is not None else ()

    def _say_evidence(self) -> None:
        parts = self.parts()
        self.evidence.say(lambda: C_("facts", "·").join(self._evidence(parts[-1])) if parts else "")

    def _evidence(self, hour: HourGas) -> list[str]:
        """How the newest part of the hour was computed."""
        zone = self.runner.zone
        said = [f"{format_time(hour.start, zone)}–{format_time(hour.end, zone)}"]
        if hour.opening.counter is not None and hour.closing.counter is not None:
            said.append(f"{shown(hour.opening.counter)} → {shown(hour.closing.counter)}")
        if hour.pressure_kpa is not None and hour.temperature_c is not None:
            said.append(_("p {p} kPa abs, T {t} ℃").format(p=shown(hour.pressure_kpa, 1), t=shown(hour.temperature_c, 2)))
        if hour.factor is not None and hour.z is not None and hour.z_base is not None:
            words = _("Z {z}, Zb {zb}, factor {f}")
            said.append(words.format(z=shown(hour.z, 5), zb=shown(hour.z_base, 5), f=shown(hour.factor, 5)))
        report = self._report(hour.composition_id)
        return [*said, report] if report else said

    def _report(self, composition_id: int | None) -> str:
        found = (each for each in (self.board.compositions if self.board else ()) if each.composition_id == composition_id)
        return next((plain(each.quality.report) for each in found), "")
