"""What the takeover of the gas shows and asks over the page: the hours of a run, and the discrepancy sheet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from stationdesk.domain.errors import DomainError, say
from stationdesk.domain.metering.discrepancy import METHODS, method_words
from stationdesk.domain.metering.guessing import CAUSES, cause_words
from stationdesk.domain.metering.shapes import HourGas, lack_words, source_words
from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import NumberError, shown, to_type
from stationdesk.domain.words import C_, _
from stationdesk.services.metering.discrepancies import SheetText
from stationdesk.ui.handover import gas_wording
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.dialog import Dialog
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.spoken import Words
from stationdesk.ui.widgets.table import COMPACT, HEAD, Table
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from stationdesk.services.metering.discrepancies import DiscrepancyView
    from stationdesk.services.metering.takeover import StreamTakeover

WIDE, LIMIT, MOST = 940, 500, 13


class HoursDialog(Dialog):
    """小时明细: every hour with what it was computed from."""

    def __init__(self, parent: QWidget, seen: StreamTakeover, zone: ZoneInfo) -> None:
        hours = seen.gas.hours if seen.gas else ()
        columns = [
            Column(lambda: _("Time"), lambda each: format_time(each.end, zone), width=64),
            Column(lambda: _("Metered m³"), lambda each: gas_wording.number(each.moved), align="right", width=92),
            Column(lambda: C_("hour", "p kPa abs."), lambda each: _value(each.pressure_kpa, 1), align="right", width=92),
            Column(lambda: C_("hour", "t ℃"), lambda each: _value(each.temperature_c, 1), align="right", width=64),
            Column(lambda: C_("hour", "Z"), lambda each: _value(each.z, 4), align="right", width=76),
            Column(lambda: C_("hour", "factor"), lambda each: _value(each.factor, 4), align="right", width=84),
            Column(lambda: C_("hour", "Vb Nm³"), lambda each: _value(each.base_volume, 0), align="right", width=92),
            Column(lambda: _("Corrector"), lambda each: _value(each.corrected_moved, 0), align="right", width=92),
            Column(lambda: C_("hour", "Δ %"), _off, align="right", width=72),
            Column(lambda: C_("handover", "Remark"), _remark, grows=True),
        ]
        table = Table(columns, name=lambda: C_("metering", "Hours"), compact=True, key=lambda each: each.end)
        table.setFixedHeight(HEAD + COMPACT * min(len(hours), MOST) + 16)
        close = Button(lambda: _("Close"), key="Esc", on_click=self.reject, heard=False)
        super().__init__(parent, lambda: _("{stream}: hour by hour").format(stream=seen.stream.name), table, buttons=(close,), wide=WIDE)
        table.show_rows(hours)
        table.setFocus()


def _value(value: Decimal | None, decimals: int) -> str:
    return gas_wording.NO_VALUE if value is None else shown(value, decimals)


def _off(each: HourGas) -> str:
    corrector = each.corrector_factor
    return gas_wording.percent((corrector / each.factor - 1) * 100 if corrector and each.factor else None)


def _remark(each: HourGas) -> str:
    return _(", ").join([*map(lack_words, each.lacks), *map(source_words, each.sources)])


Send = Callable[[SheetText, "SheetDialog"], object]


class SheetDialog(Dialog):
    """计量差异处理单: cause, what bears it out, the volume that counts until it is closed. send(text, dialog) asks the runner."""

    kept = Signal(object)

    def __init__(self, parent: QWidget, seen: StreamTakeover, sheet: DiscrepancyView | None, send: Send, facts: list[Words]) -> None:
        self.send = send
        self.volumes = _volumes(seen)
        causes = [(str(code), _cause(str(code))) for code in CAUSES]
        self.cause = Select(lambda: _("Cause"), causes, placeholder=lambda: C_("handover", "choose"))
        self.evidence = TextField(lambda: _("Evidence"), lines=3, limit=LIMIT, below=True)
        self.method = Select(
            lambda: _("Found by"), [(code, _method(code)) for code in METHODS], placeholder=lambda: C_("handover", "choose")
        )
        self.volume = Field(lambda: _("Counts until it is closed"), "Nm³", numeric=True)
        self.yes = Button(lambda: _("Keep the sheet"), key="Ctrl Enter", look="primary", on_click=self._send)
        no = Button(lambda: _("Cancel"), on_click=self.reject)
        title = (lambda: _("Discrepancy sheet {number}").format(number=sheet.number)) if sheet else (lambda: _("Discrepancy sheet"))
        said = [part for fact in facts for part in (Text(fact, "body text-2"), 4)]
        asked = row(self.method, self.volume, spacing=16)
        super().__init__(parent, title, *said, 8, self.cause, 4, self.evidence, 4, asked, buttons=(no, self.yes), wide=560)
        self.method.chosen.connect(self._take_volume)
        self.evidence.submitted.connect(self._send)
        if sheet is not None:
            self._show(sheet)
        elif seen.guesses:
            self.cause.choose(str(seen.guesses[0].cause))
        self.cause.take_focus()

    def _show(self, sheet: DiscrepancyView) -> None:
        self.cause.choose(sheet.cause)
        self.evidence.set_text(sheet.evidence)
        self.method.choose(sheet.method)
        if sheet.provisional is not None:
            self.volume.set_text(to_type(sheet.provisional))
        if sheet.state != "open":
            self.yes.block(lambda: _("signed by both"))

    def _take_volume(self, method: object) -> None:
        """The volume that a method stands for, where there is one."""
        volume = self.volumes.get(str(method))
        if volume is not None:
            self.volume.set_text(to_type(volume.quantize(Decimal(1))))

    def _send(self) -> None:
        try:
            volume = self.volume.number()
        except NumberError:
            return  # said at the field when it was left
        if not self.evidence.too_long() and self.yes.isEnabled():
            self.send(SheetText(str(self.cause.value() or ""), self.evidence.text(), volume, str(self.method.value() or "")), self)

    def finish(self, result: object = None) -> None:
        """It is on record."""
        self.accept()
        self.kept.emit(result)

    def fail(self, error: Exception) -> None:
        """Refused: the reason at its field."""
        places = {"cause": self.cause, "evidence": self.evidence, "provisional": self.volume}
        place = places.get(getattr(type(error), "field", None) or "", self.evidence)
        place.error((lambda: say(error)) if isinstance(error, DomainError) else str(error))
        place.take_focus()


def _volumes(seen: StreamTakeover) -> dict[str, Decimal]:
    found = {
        "recomputed": seen.gas.base_volume if seen.gas else None,
        "corrector": seen.gas.corrector_volume if seen.gas else None,
        "voucher": seen.voucher.volume if seen.voucher else None,
    }
    return {key: volume for key, volume in found.items() if volume is not None}


def _cause(code: str) -> Words:
    return lambda: cause_words(code)


def _method(code: str) -> Words:
    return lambda: method_words(code)
