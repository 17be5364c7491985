"""Vouchers and discrepancy sheets: what the other side booked against what was computed, and what was found where they differ."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from stationdesk.domain.metering.discrepancy import method_words
from stationdesk.domain.metering.guessing import cause_words
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.moments import format_moment, format_time
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _, n_
from stationdesk.services.metering.discrepancies import DiscrepancyView, SheetSigner
from stationdesk.services.metering.papers import Papers, SheetRow, VoucherRow, papers
from stationdesk.ui.metering.board import Board
from stationdesk.ui.metering.late_view import LateView, keep
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.layout import Item, column, refill, row, rule, scrolled, stack
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column, Group
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.table import Table
from stationdesk.ui.widgets.text import Text

PAST = 176
INK = {Light.RED: "red-fg", Light.AMBER: "amber-fg"}
SIGN = {Light.RED: "circle-alert", Light.AMBER: "triangle-alert"}
Row = VoucherRow | SheetRow


class PapersPane(LateView):
    """N enters a voucher; of a sheet that is open: E amends it, G signs it, X closes it."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.fact = Line("", "body text-2", elide=True)
        self.amend = Button(lambda: C_("metering", "Amend"), key="E", on_click=lambda: self._step("amend"))
        self.sign = Button(lambda: C_("metering", "Sign"), "pen-line", "G", on_click=lambda: self._step("sign"))
        self.close_sheet = Button(lambda: C_("metering", "Settle and close"), key="X", on_click=lambda: self._step("close"))
        self.new = Button(lambda: C_("metering", "Enter a voucher"), "plus", "N", on_click=lambda: self.asked.emit("voucher", None))
        number = "right"
        columns = (
            Column(lambda: C_("metering", "Number"), _number, width=150),
            Column(lambda: C_("metering", "Period"), self._period, width=188),
            Column(lambda: C_("metering", "Run"), _run, grows=True),
            Column(lambda: C_("metering", "Booked"), _booked, number, width=92),
            Column(lambda: C_("metering", "Computed"), _computed, number, width=92),
            Column("%", _percent, number, width=76, token=_ink, icon=_sign),
            Column(lambda: C_("metering", "State"), _state, width=116, token=_state_ink),
        )
        nothing = EmptyState(
            lambda: _("Vouchers of the other side and discrepancy sheets stand here, each held against what was computed.")
        )
        self.table = Table(columns, lambda: C_("metering", "Vouchers"), compact=True, empty=nothing)
        self.detail = column(spacing=4)
        pane = scrolled(stack(10, self.detail, None, spacing=0))
        pane.setFixedHeight(PAST)
        bar = row(self.fact, None, self.close_sheet, self.sign, self.amend, self.new, sides=16)
        bar.addStrut(48)
        column(bar, rule(), self.table, rule(), row(pane, sides=16), owner=self).setStretch(2, 1)
        self.table.current.connect(self._current)
        self._current(None)

    def keep_buttons(self, board: Board) -> None:
        keep(self.new, board.refusals.get("enter_voucher"))

    def ask_rows(self, board: Board) -> None:
        self.runner.query(self, papers, min(board.end, board.at), board.at, on_done=self._show, bench=True)

    def _show(self, found: Papers) -> None:
        rows: list[Any] = []
        for title, each in ((C_("metering", "Discrepancy sheets"), found.sheets), (C_("metering", "Custody vouchers"), found.vouchers)):
            if each:
                rows += [Group(title), *each]
        self.table.show_rows(rows)
        if self.table.current_row() is None and self.table.rows():
            self.table.select_key(self.table.rows()[0].id)
        open_ = sum(each.sheet.state != "closed" for each in found.sheets)
        said = n_("{n} discrepancy sheet open", "{n} discrepancy sheets open", open_).format(n=open_)
        self.fact.say(said if open_ else "")
        self._current(self.table.current_row())

    def take_focus(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _period(self, each: Row) -> str:
        start, end = (each.voucher.start, each.voucher.end) if isinstance(each, VoucherRow) else (each.sheet.start, each.sheet.end)
        zone = self.runner.zone
        same = start.astimezone(zone).date() == end.astimezone(zone).date()
        return f"{format_moment(start, zone)}–{format_time(end, zone) if same else format_moment(end, zone)}"

    def _step(self, what: str) -> None:
        each = self.table.current_row()
        if isinstance(each, SheetRow):
            self.asked.emit(what, each.sheet)

    def sheet(self) -> DiscrepancyView | None:
        """The discrepancy sheet one is at."""
        each = self.table.current_row()
        return each.sheet if isinstance(each, SheetRow) else None

    # The current one
    def _current(self, each: Row | None) -> None:
        sheet = each.sheet if isinstance(each, SheetRow) else None
        refused = self.board.refusals if self.board else {}
        state = sheet.state if sheet else ""
        for button, case, fits in (
            (self.amend, "amend_discrepancy", state == "open"),
            (self.sign, "sign_discrepancy", state == "open"),
            (self.close_sheet, "close_discrepancy", state == "signed"),
        ):
            button.setVisible(fits)
            keep(button, refused.get(case))
        refill(self.detail, *(self._sheet(sheet) if sheet else self._voucher(each) if isinstance(each, VoucherRow) else ()))

    def _sheet(self, each: DiscrepancyView) -> list[Item]:
        cause = partial(_cause, each)
        items: list[Item] = [
            row(Line(plain(each.number), "strong"), Line(cause, "body"), None, Line(partial(_volumes, each), "label text-2"), spacing=12),
            Text(each.evidence, "body"),
            Line(partial(_provisional, each), "label text-2", elide=True),
            4,
        ]
        for title, signer in ((C_("metering", "Outgoing"), each.outgoing), (C_("metering", "Incoming"), each.incoming)):
            items.append(Line(partial(self._signed, title, signer), "label text-2", elide=True))
        if each.closed_at is not None:
            items.append(Text(partial(self._closed, each), "label text-2"))
        return items

    def _voucher(self, each: VoucherRow) -> list[Item]:
        voucher = each.voucher
        said = [voucher.counterpart, voucher.words, _("entered by {name}, {time}").format(name=voucher.by, time=self._when(voucher.at))]
        if voucher.versions > 1:
            said.append(n_("entered {n} time", "entered {n} times", voucher.versions).format(n=voucher.versions))
        figures = [f"{shown(voucher.heating_value)} MJ/m³"] if voucher.heating_value is not None else []
        figures += [f"{shown(voucher.energy_mj / 1000, 1)} GJ"] if voucher.energy_mj is not None else []
        words = C_("facts", "·").join(plain(part) for part in (*figures, *said) if part)
        return [Line(plain(voucher.number), "strong"), Line(words, "label text-2", elide=True)]

    def _when(self, at: Any) -> str:
        return format_moment(at, self.runner.zone)

    def _signed(self, title: str, signer: SheetSigner | None) -> str:
        if signer is None:
            return _("{side}: not signed yet").format(side=title)
        return _("{side}: {name}, {time}, {mark}").format(
            side=title, name=plain(signer.person), time=self._when(signer.at), mark=signer.mark
        )

    def _closed(self, each: DiscrepancyView) -> str:
        final = shown(each.final, 0) if each.final is not None else "—"
        said = _("Closed by {name}, {time}, at {volume} Nm³: {words}")
        return said.format(name=each.closed_by, time=self._when(each.closed_at), volume=final, words=each.closing_words)


def _cause(each: DiscrepancyView) -> str:
    return cause_words(each.cause)


def _volumes(each: DiscrepancyView) -> str:
    named = (
        (C_("metering", "Booked"), each.book),
        (C_("metering", "Computed"), each.recomputed),
        (C_("metering", "Corrector"), each.corrector),
    )
    return C_("facts", "·").join(f"{name} {shown(value, 0)}" for name, value in named if value is not None)


def _provisional(each: DiscrepancyView) -> str:
    volume = shown(each.provisional, 0) if each.provisional is not None else "—"
    return _("Until it is closed {volume} Nm³ count, {method}").format(volume=volume, method=method_words(each.method))


def _number(each: Row) -> str:
    return each.voucher.number if isinstance(each, VoucherRow) else each.sheet.number


def _run(each: Row) -> str:
    name = each.voucher.stream if isinstance(each, VoucherRow) else each.sheet.stream
    return str(name) if name is not None else C_("metering", "all of the inlet")


def _booked(each: Row) -> str:
    value = each.voucher.volume if isinstance(each, VoucherRow) else each.sheet.book
    return "—" if value is None else shown(value, 0)


def _computed(each: Row) -> str:
    value = each.computed if isinstance(each, VoucherRow) else each.sheet.recomputed
    return "—" if value is None else shown(value, 0)


def _percent(each: Row) -> str:
    value = each.percent if isinstance(each, VoucherRow) else each.sheet.percent
    return "" if value is None else shown_signed(value, 2)


def _light(each: Row) -> Light:
    if isinstance(each, VoucherRow):
        return each.light
    return Light.RED if each.sheet.state != "closed" else Light.NONE


def _ink(each: Row) -> str:
    return INK.get(_light(each), "text")


def _sign(each: Row) -> str:
    return SIGN.get(_light(each), "")


def _state(each: Row) -> str:
    if isinstance(each, VoucherRow):
        return C_("metering", "not told yet") if each.voucher.hidden else ""
    words = {
        "open": C_("metering", "to be signed"),
        "signed": C_("metering", "to be settled"),
        "closed": C_("metering", "closed"),
    }
    return words[each.sheet.state]


def _state_ink(each: Row) -> str:
    return "amber-fg" if isinstance(each, SheetRow) and each.sheet.state != "closed" else "text-2"
