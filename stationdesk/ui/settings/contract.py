"""The metering contract: base conditions, method and tolerances agreed with the other side, from a time on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.metering.streams import METHODS, OVER
from stationdesk.domain.moments import format_moment
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.metering import contracts
from stationdesk.services.metering.contracts import ContractText, ContractView
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.metering_words import CONTRACT
from stationdesk.ui.settings.section import Call
from stationdesk.ui.settings.versions import Of
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text

TEXTS = tuple(each.name for each in fields(ContractText))


class ContractSection(ListSection):
    """One contract is in force; another one is agreed on by changing it."""

    kind = "contract"
    key, icon, case = "contract", "handshake", "set_contract"
    cases = ("set_contract",)
    adds = False
    side = 400
    kinds = frozenset({"metering_contract", "setting_value", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Metering contract")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: C_("metering", "Contract"), lambda each: each.contract.number or "—", grows=True),
            Column(lambda: C_("metering", "Base"), _base_words, width=150),
            Column(lambda: C_("metering", "Z by"), lambda each: _(METHODS[each.contract.method]), width=190),
            Column(lambda: _("In force since"), self._since, "right", width=108),
        )

    def _since(self, row: ContractView) -> str:
        return format_moment(row.valid_from, self.runner.zone)

    def below_table(self) -> Sequence[Item]:
        words = lambda: _("The gas day begins when the station's settings say, at {time} now.").format(time=self._day_starts())  # noqa: E731
        self.day = Text(words, "label text-2")
        self.day.setContentsMargins(16, 8, 16, 12)
        return (self.day,)

    def _day_starts(self) -> str:
        row: ContractView | None = getattr(self, "row", None)
        return row.contract.day_starts.strftime("%H:%M") if row is not None else "08:00"

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("number", CONTRACT["number"]), Ask("counterpart", CONTRACT["counterpart"])),
            (
                Ask("base_pressure_kpa", CONTRACT["base_pressure_kpa"], "number", unit="kPa"),
                Ask("base_temperature_c", CONTRACT["base_temperature_c"], "number", unit="℃"),
                Ask("combustion_c", CONTRACT["combustion_c"], "number", unit="℃"),
            ),
            (Ask("method", CONTRACT["method"], "choice", partial(_worded, METHODS)),),
            (
                Ask("tolerance_percent", CONTRACT["tolerance_percent"], "number", unit="%"),
                Ask("spread_percent", CONTRACT["spread_percent"], "number", unit="%"),
            ),
            (
                Ask("red_percent", CONTRACT["red_percent"], "number", unit="%"),
                Ask("reading_seconds", CONTRACT["reading_seconds"], "whole", unit="s"),
            ),
            (Ask("loss_over", CONTRACT["loss_over"], "choice", partial(_worded, OVER)),),
            (Ask("words", CONTRACT["words"], most=200),),
            (Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),
        )

    def beside(self) -> Sequence[Item]:
        words = lambda: _(  # noqa: E731
            "Two volumes agree within the tolerance plus its share of the pressure swing (p_max − p_min) ÷ p̄; beyond that a reason is "
            "given, and a discrepancy sheet once the difference is larger still by the last figure."
        )
        return (8, Text(words, "label text-2"))

    def rows_of(self, found: ContractView | None) -> Sequence[ContractView]:
        return () if found is None else (found,)

    def show_found(self, found: ContractView | None) -> None:
        super().show_found(found)
        if found is None and not self.form.changed():
            self.show_row(None)
        self.day.reword()

    def key_of(self, row: ContractView) -> str:
        return ""

    def of(self) -> Of | None:
        return (self.kind, "", self.title()) if self.row is not None else None

    def name_of(self, row: ContractView) -> str:
        return row.contract.number or self.title()

    def values_of(self, row: ContractView | None) -> dict[str, Any]:
        if row is None:
            blank = ContractText()
            return {key: getattr(blank, key) for key in TEXTS}
        return {**{key: getattr(row.contract, key) for key in TEXTS if key != "words"}, "words": row.words}

    def keeping(self, row: ContractView | None, values: dict[str, Any]) -> Call:
        blank = ContractText()
        given = {key: getattr(blank, key) if values[key] is None else values[key] for key in TEXTS}
        base = row.contract.contract_id if row is not None else 0
        return partial(contracts.set_contract, valid_from=values["valid_from"], base=base), (ContractText(**given),)


def _load(store: Store, at: datetime) -> ContractView | None:
    return contracts.contract_view(store, at)


def _worded(words: Mapping[str, str]) -> Any:
    return [(code, partial(_, each)) for code, each in words.items()]


def _base_words(row: ContractView) -> str:
    contract = row.contract
    return f"{shown(contract.base_pressure_kpa)} kPa, {shown(contract.base_temperature_c)} ℃"
