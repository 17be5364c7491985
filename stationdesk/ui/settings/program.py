"""Every setting of the program, with its unit and its words; a change is dated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from stationdesk.domain.moments import format_moment
from stationdesk.domain.numbers import shown, to_type
from stationdesk.domain.station import SETTINGS, setting_words
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, settings
from stationdesk.services.settings import SettingView
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text


class ProgramSection(ListSection):
    """Where a setting has choices, one of them is chosen; else its value is typed."""

    kind = "setting"
    key, icon, case, adds = "program", "settings", "set_setting", False
    cases = ("set_setting",)
    side = 268  # the names of settings are sentences
    kinds = frozenset({"setting_value", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Program settings")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Setting"), lambda each: _(SETTINGS[each.name].words), grows=True),
            Column(lambda: _("Value"), _value, width=150, strong=lambda each: each.own),
            Column(lambda: _("In force since"), self._since, "right", width=116),
        )

    def _since(self, row: SettingView) -> str:
        return format_moment(row.since, self.runner.zone) if row.since else _("default")

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("value", lambda: _("Value")), Ask("choice", lambda: _("Choice"), "choice", self._choices, errors=("value",))),
            (Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),
        )

    def _choices(self) -> Any:
        row = getattr(self, "row", None)
        found = SETTINGS[row.name].choices if row else {}
        return [(code, lambda words=words: _(words)) for code, words in found.items()]

    def beside(self) -> Sequence[Item]:
        self.about = Text("", "label text-2")
        return (12, self.about)

    def key_of(self, row: SettingView) -> str:
        return row.name

    def name_of(self, row: SettingView) -> str:
        return _(SETTINGS[row.name].words)

    def show_row(self, found: SettingView | None) -> None:
        super().show_row(found)
        if found is None:
            return
        chosen = bool(SETTINGS[found.name].choices)
        self.form.parts["value"].setVisible(not chosen)
        self.form.parts["choice"].setVisible(chosen)
        self.about.say(partial(self._about, found))

    def _about(self, row: SettingView) -> str:
        """Unit, bounds, default, and what comes into force later."""
        setting = SETTINGS[row.name]
        lines = [_("Default: {value}").format(value=_with_unit(row.name, setting_words(row.name, setting.default)) or "—")]
        if setting.least is not None and setting.most is not None and setting.unit != "clock":
            lines.append(_("Between {least} and {most}").format(least=shown(setting.least), most=shown(setting.most)))
        if row.ahead is not None:
            when, value = format_moment(row.ahead[0], self.runner.zone), setting_words(row.name, row.ahead[1])
            lines.append(_("From {time}: {value}").format(time=when, value=value))
        return "\n".join(lines)

    def values_of(self, row: SettingView | None) -> dict[str, Any]:
        if row is None:
            return {}
        if SETTINGS[row.name].choices:
            return {"choice": row.value}
        if SETTINGS[row.name].unit != "clock" and isinstance(row.value, int | Decimal):
            return {"value": to_type(row.value)}
        return {"value": setting_words(row.name, row.value)}

    def keeping(self, row: SettingView, values: dict[str, Any]) -> Call:
        value = values["choice"] if SETTINGS[row.name].choices else values["value"]
        return partial(settings.set_setting, valid_from=values["valid_from"], seen=row.value), (row.name, value)


def _value(row: SettingView) -> str:
    return _with_unit(row.name, setting_words(row.name, row.value))


def _with_unit(name: str, words: str) -> str:
    unit = SETTINGS[name].unit
    unit = {"min": C_("unit", "min"), "h": C_("unit", "h"), "d": C_("unit", "d")}.get(unit, unit)
    return f"{words} {unit}" if unit and unit != "clock" else words


def _load(store: Store, at: datetime) -> tuple[SettingView, ...]:
    return settings.settings_view(store, at)
