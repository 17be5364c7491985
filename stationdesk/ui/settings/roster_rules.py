"""The rules rosters are judged by: which sets are in force, where each comes from, and the station's own limits, dated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from stationdesk.domain.moments import format_date, format_minutes, format_moment
from stationdesk.domain.names import Name
from stationdesk.domain.roster import TESTS, Rule, RuleSet, Weight
from stationdesk.domain.roster.breach import PERIODS
from stationdesk.domain.roster.own_rules import STATION, Limits, limits_of, with_limits
from stationdesk.domain.words import C_, N_, _
from stationdesk.services import Store, roster
from stationdesk.services.roster import RulesView
from stationdesk.services.roster.certificates import certificate_code, certificate_names
from stationdesk.ui.settings.changed import limit_words
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.layout import Item, column, row, rule
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text

WEIGHTS = {Weight.LAW: N_("law"), Weight.STATION: N_("station"), Weight.COMPARISON: N_("comparison")}
OWN = ("people", "leaders", "rest", "run", "nights", "overtime", "everybody", "one")
"""What is asked of the station's own set alone."""
SIGNS = re.compile("[,，、;；:：]")
"""What parts certificates from each other: one called so is typed by its code."""


@dataclass(frozen=True)
class Found:
    """The sets of rules, and what the station calls its certificates."""

    rows: tuple[RulesView, ...]
    certificates: Mapping[str, Name]


class RosterRulesSection(ListSection):
    """A set of law is looked at or not; the limits of the station's own are typed."""

    kind, adds = "rules", False
    key, icon, case = "roster-rules", "list-checks", "set_roster_rules"
    cases = ("set_roster_rules",)
    kinds = frozenset({"roster_rules", "setting_value", "role_grant", "station_list"})
    certificates: Mapping[str, Name] = MappingProxyType({})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Roster rules")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Rules"), lambda each: str(each.rules.name), grows=True, token=_tone),
            Column(lambda: C_("rules", "Kind"), lambda each: _(WEIGHTS[each.rules.weight]), width=90, token=_tone),
            Column(lambda: C_("rules", "Version"), lambda each: each.rules.version, width=64, token=_tone),
            Column(lambda: _("In force"), lambda each: _("yes") if each.in_force else _("no"), width=64, strong=lambda each: each.in_force),
            Column(lambda: C_("rules", "Set since"), self._since, "right", width=96, token=_tone),
        )

    def _since(self, row: RulesView) -> str:
        return format_moment(row.since, self.runner.zone) if row.since else _("default")

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (
                Ask("people", lambda: _("People on a shift, least"), "whole", span=(1, 20)),
                Ask("leaders", lambda: _("Leaders on a shift, least"), "whole", span=(0, 5)),
            ),
            (
                Ask("rest", lambda: _("Rest between shifts, least"), "number", unit=lambda: C_("unit", "h"), span=(0, 72)),
                Ask("run", lambda: _("Days in a row, most"), "whole", span=(1, 31)),
            ),
            (
                Ask("nights", lambda: _("Nights in a row, most"), "whole", span=(1, 31)),
                Ask("overtime", lambda: _("Overtime a month, most"), "number", unit=lambda: C_("unit", "h"), span=(0, 300)),
            ),
            (Ask("everybody", lambda: _("Everybody on a shift holds (certificates, by commas)"), most=200),),
            (Ask("one", lambda: _("Somebody on a shift holds (D: certificate; E: …)"), errors=("kinds",), most=200),),
            (Ask("in_force", lambda: _("Rosters are judged by it"), "yes"),),
            (Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),
        )

    def below_table(self) -> Sequence[Item]:
        self.about, self.lines = Line("", "label text-2", elide=True), Text("", "body")
        head = row(Line(lambda: _("What it asks"), "strong"), self.about)
        head.setStretchFactor(self.about, 1)
        words = Text(
            lambda: _(
                "A breach never stops publishing: it takes a reason that is signed with the roster. Comparisons are told among the hints. "
                "Hours are counted twice where a duty has standby or rest in it: all hours at the station, and hours of work only."
            ),
            "label text-2",
        )
        inside = column(12, head, 8, self.lines, 12, words, 12)
        inside.setContentsMargins(16, 0, 16, 0)
        return (rule(), inside)

    def rows_of(self, found: Found) -> Sequence[RulesView]:
        self.certificates = found.certificates
        return found.rows

    def key_of(self, row: RulesView) -> str:
        return row.rules.code

    def name_of(self, row: RulesView) -> str:
        return str(row.rules.name)

    def show_row(self, found: RulesView | None) -> None:
        super().show_row(found)
        own = found is not None and found.rules.code == STATION
        for key in OWN:
            self.form.parts[key].setVisible(own)
        if found is not None:
            self.about.say(partial(_about, found.rules))
            self.lines.say(partial(_lines, found.rules, self.certificates))

    def values_of(self, row: RulesView | None) -> dict[str, Any]:
        if row is None:
            return {}
        return {"in_force": row.in_force, **(_typed(limits_of(row.rules), self.certificates) if row.rules.code == STATION else {})}

    def keeping(self, row: RulesView, values: dict[str, Any]) -> Call:
        call = partial(roster.set_roster_rules, in_force=values["in_force"], valid_from=values["valid_from"], base=row.version_id)
        return call, (_read(row.rules, values, self.certificates) if row.rules.code == STATION else row.rules,)


def _typed(limits: Limits, certificates: Mapping[str, Name]) -> dict[str, Any]:
    """Limits as the form has them: hours, and certificates by name."""
    hours = {"rest": limits.rest, "overtime": limits.overtime}
    plain = {"people": limits.people, "leaders": limits.leaders, "run": limits.run, "nights": limits.nights}
    shown = {key: None if value is None else (Decimal(value) / 60).normalize() for key, value in hours.items()}
    called = {code: str(name) for code, name in certificates.items() if not SIGNS.search(str(name))}
    somebody = ((kinds, called.get(code, code)) for kinds, code in limits.one)
    one = "; ".join(f"{' '.join(kinds)}: {name}" if kinds else name for kinds, name in somebody)
    return {**plain, **shown, "everybody": ", ".join(called.get(code, code) for code in limits.everybody), "one": one}


def _read(rules: RuleSet, values: dict[str, Any], certificates: Mapping[str, Name]) -> RuleSet:
    """The station's set of what stands in the form; an empty field asks for nothing."""
    minutes = {key: None if values[key] is None else round(values[key] * 60) for key in ("rest", "overtime")}
    limits = Limits(
        **{key: values[key] for key in ("people", "leaders", "run", "nights")},
        **minutes,
        everybody=tuple(certificate_code(each, certificates) for each in _parts(values["everybody"], ",")),
        one=tuple((kinds, certificate_code(typed, certificates)) for kinds, typed in map(_of_shift, _parts(values["one"], ";"))),
    )
    return with_limits(rules, limits)


def _parts(text: str, sign: str) -> list[str]:
    plain = text.replace("，", ",").replace("、", ",").replace("；", ";").replace("：", ":")
    return [each.strip() for each in plain.split(sign) if each.strip()]


def _of_shift(text: str) -> tuple[tuple[str, ...], str]:
    kinds, colon, code = text.partition(":")
    return (tuple(kinds.replace(",", " ").split()), code.strip()) if colon else ((), text)


def _lines(rules: RuleSet, certificates: Mapping[str, Name]) -> str:
    return "\n".join(_line(each, certificates) for each in rules.rules)


def _line(each: Rule, certificates: Mapping[str, Name]) -> str:
    """R-03 rest between shifts: at least 12 h."""
    test, name = TESTS[each.test], _("{code} {words}").format(code=each.code, words=_(TESTS[each.test].words))
    if each.test in ("leave", "fixed", "wish"):
        return name
    words, detail = _("{rule}: at least {amount}") if test.below else _("{rule}: at most {amount}"), _detail(each, certificates)
    return words.format(
        rule=_("{rule} ({detail})").format(rule=name, detail=detail) if detail else name,
        amount=limit_words(each.test, each.limit),
    )


def _detail(each: Rule, certificates: Mapping[str, Name]) -> str:
    """What a rule is about beside its limit: a period, a certificate."""
    period = PERIODS.get(str(each.option("period", "")))
    hours, code = each.option("hours", None), str(each.option("qualification", ""))
    found = [_(period) if period else "", format_minutes(int(hours) * 60) if hours else "", str(certificates.get(code, code))]
    return _(", ").join(part for part in found if part)


def _about(rules: RuleSet) -> str:
    said = _("Version {version} of {date}").format(version=rules.version, date=format_date(rules.since))
    return _("; ").join([said, *([_("Source: {source}").format(source=rules.source)] if rules.source else [])])


def _tone(row: RulesView) -> str:
    return "text" if row.in_force else "text-2"


def _load(store: Store, at: datetime) -> Found:
    with store.read() as session:
        called = certificate_names(session, at)
    return Found(roster.rules_view(store, at), called)
