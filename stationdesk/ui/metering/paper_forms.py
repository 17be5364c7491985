"""The forms of a voucher, a discrepancy sheet and a switch of runs; what is signed asks for the password in its dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from stationdesk.domain.metering.discrepancy import METHODS
from stationdesk.domain.metering.guessing import CAUSES
from stationdesk.domain.moments import format_moment
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.services.metering import discrepancies, vouchers
from stationdesk.services.metering.discrepancies import DiscrepancyView, SheetText
from stationdesk.services.metering.vouchers import VoucherText
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.forms import runs, worded
from stationdesk.ui.metering.results import ResultRow
from stationdesk.ui.metering.side_form import Call, SideForm
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.form import Ask, Form
from stationdesk.ui.widgets.layout import Item
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.spoken import Words, plain
from stationdesk.ui.widgets.text import Text

ALL = 0


def voucher_form(runner: Runner, board: Board) -> SideForm:
    """As it stands on the other side's sheet; the gas day is offered as its period."""
    asks = (
        (Ask("number", lambda: C_("metering", "Number")),),
        (
            Ask(
                "stream", lambda: C_("metering", "Run"), "choice", lambda: [(ALL, lambda: C_("metering", "all of the inlet")), *runs(board)]
            ),
        ),
        (Ask("start", lambda: C_("metering", "From"), "moment"),),
        (Ask("end", lambda: C_("metering", "to"), "moment"),),
        (Ask("volume", lambda: C_("metering", "Volume at base"), "number", unit="Nm³"),),
        (
            Ask("heating_value", lambda: C_("metering", "Heating"), "number", unit="MJ/m³"),
            Ask("energy", lambda: C_("metering", "Energy"), "number", unit="GJ"),
        ),
        (Ask("counterpart", lambda: C_("metering", "Other side")),),
        (Ask("words", lambda: C_("metering", "Remark"), most=200),),
    )

    def call(values: dict[str, Any]) -> Call:
        start, end = values["start"] or board.start, values["end"] or min(board.end, runner.now())
        energy: Decimal | None = values["energy"]
        text = VoucherText(
            values["number"], values["stream"] or None, start, end, values["volume"], values["heating_value"],
            None if energy is None else energy * 1000, values["counterpart"], values["words"],
        )  # fmt: skip
        return vouchers.enter_voucher, (text,)

    offered = {"stream": ALL, "start": board.start, "end": board.end if board.end <= runner.now() else None}
    if board.contract is not None:
        offered["counterpart"] = board.contract.counterpart
    title = lambda: C_("metering", "Enter a voucher")  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Enter it"), asks, call, offered, "metering.voucher")


_SHEET = (
    (Ask("cause", lambda: C_("metering", "Cause"), "choice", lambda: worded({str(code): words for code, words in CAUSES.items()})),),
    (Ask("evidence", lambda: C_("metering", "Evidence"), "long"),),
    (Ask("method", lambda: C_("metering", "Found by"), "choice", lambda: worded(METHODS)),),
    (Ask("provisional", lambda: C_("metering", "Counts until it is closed"), "number", unit="Nm³"),),
)


def _said(values: dict[str, Any]) -> SheetText:
    return SheetText(values["cause"] or "", values["evidence"], values["provisional"], values["method"] or "")


def open_form(runner: Runner, each: ResultRow) -> SideForm:
    """A sheet for a shift that is handed over; the volume computed for it is offered."""
    result = each.result

    def call(values: dict[str, Any]) -> Call:
        return discrepancies.open_discrepancy, (result.shift_id, result.stream_id, _said(values))

    volume = result.gas.base_volume
    offered = {"method": "recomputed", "provisional": volume.quantize(Decimal(1)) if volume is not None else None}
    start = format_moment(result.start, runner.zone)
    told = Text(lambda: _("{run}, shift from {time}").format(run=plain(str(each.run)), time=start), "body text-2")
    title = lambda: C_("metering", "Open a discrepancy sheet")  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Open it"), _SHEET, call, offered, "metering.sheet", above=(told, 12))


def sheet_form(runner: Runner, each: DiscrepancyView) -> SideForm:
    """What the sheet says, until both have signed."""

    def call(values: dict[str, Any]) -> Call:
        return partial(discrepancies.amend_discrepancy, seen=each.text), (each.discrepancy_id, _said(values))

    there = {"cause": each.cause, "evidence": each.evidence, "method": each.method, "provisional": each.provisional}
    told = Text(lambda: _("A signature given before no longer holds and is given anew."), "label amber-fg")
    below: Sequence[Item] = (told, 8) if each.outgoing or each.incoming else ()
    title = lambda: _("Amend {number}").format(number=plain(each.number))  # noqa: E731
    return SideForm(runner, title, lambda: C_("metering", "Keep"), _SHEET, call, there, below=below)


# What is signed


def sign_dialog(parent: QWidget, runner: Runner, each: DiscrepancyView, side: str) -> SignDialog:
    """One side's leader signs the sheet as it stands."""

    def send(password: str, dialog: SignDialog) -> None:
        call = partial(discrepancies.sign_discrepancy, seen=each.text)
        runner.command(dialog, call, each.discrepancy_id, side, password, on_done=dialog.finish, on_error=dialog.fail)

    words = lambda: C_("metering", "Sign as outgoing") if side == "outgoing" else C_("metering", "Sign as incoming")  # noqa: E731
    return SignDialog(parent, words, _person(runner), _facts(each), send)


def close_dialog(parent: QWidget, runner: Runner, each: DiscrepancyView) -> SignDialog:
    """The volume settled on, the words, and the signature of whoever is responsible for metering."""
    asks = (
        (Ask("final", lambda: C_("metering", "Volume settled on"), "number", unit="Nm³"),),
        (Ask("words", lambda: C_("metering", "How it was settled"), "long", lines=2),),
    )
    form = Form(asks, runner.zone, runner.now)

    def send(password: str, dialog: SignDialog) -> None:
        values = form.read()
        if values is None:
            assert isinstance(dialog, _Closing)
            dialog.fail_body()
            return
        args = (each.discrepancy_id, values["final"], values["words"], password)
        runner.command(dialog, discrepancies.close_discrepancy, *args, on_done=dialog.finish, on_error=dialog.fail)

    title = lambda: _("Close {number}").format(number=plain(each.number))  # noqa: E731
    return _Closing(parent, title, _person(runner), _facts(each), send, form)


class _Closing(SignDialog):
    """What is wrong with the volume or the words stands at them, not at the password."""

    def __init__(
        self, parent: QWidget, title: Words, person: str, facts: Sequence[Words], send: Callable[[str, Any], object], form: Form
    ) -> None:
        self.form = form
        super().__init__(parent, title, person, facts, send, lambda: C_("metering", "Close it"), body=form)
        form.take_focus()

    def fail(self, error: Exception) -> None:
        if getattr(error, "field", None) in ("final", "words") and self.form.fail(error):  # type: ignore[arg-type]
            self._wait(False)
            return
        super().fail(error)

    def fail_body(self) -> None:
        """Something in the form cannot be read, and says so there."""
        self._wait(False)


def _person(runner: Runner) -> str:
    return runner.actor.name if runner.actor is not None else ""


def _facts(each: DiscrepancyView) -> list[Words]:
    number = shown(each.provisional, 0) if each.provisional is not None else "—"
    return [
        lambda: f"{plain(each.number)} {plain(str(each.stream))}",
        lambda: _("Until it is closed {volume} Nm³ count.").format(volume=number),
        lambda: plain(each.evidence),
    ]
