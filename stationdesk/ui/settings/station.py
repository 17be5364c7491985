"""Names, zone, official start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from stationdesk.domain.names import Name
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, settings
from stationdesk.services.settings import StationForm, StationText
from stationdesk.ui.settings.form_section import FormSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item
from stationdesk.ui.widgets.text import Text


class StationSection(FormSection):
    """The station itself."""

    key, icon, case = "station", "flag", "change_station"
    cases = ("change_station",)
    kinds = frozenset({"station", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Station")

    def load(self) -> Any:
        return _load

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (
                Ask("name_zh", lambda: _("Station (Chinese)"), errors=("name",)),
                Ask("name_en", lambda: _("Station (English)")),
            ),
            (Ask("company_zh", lambda: _("Company (Chinese)")), Ask("company_en", lambda: _("Company (English)"))),
            (
                Ask("official", lambda: _("Official start (empty: trial operation)"), "moment"),
                Ask("zone", lambda: _("Time zone"), fixed=True),
            ),
        )

    def below(self) -> Sequence[Item]:
        return (8, Text(lambda: _("Until the official start every sheet carries the watermark of trial operation."), "label text-2"))

    def values_of(self, found: StationForm) -> dict[str, Any]:
        text = found.text
        names = {"name_zh": text.name.zh, "name_en": text.name.en, "company_zh": text.company.zh, "company_en": text.company.en}
        return {**names, "official": text.official_from, "zone": found.zone}

    def keeping(self, found: StationForm, values: dict[str, Any]) -> Call:
        name, company = Name(values["name_zh"], values["name_en"]), Name(values["company_zh"], values["company_en"])
        return settings.change_station, (StationText(name, company, values["official"]), found.version)


def _load(store: Store, _at: datetime) -> StationForm:
    return settings.station_form(store)
