"""A change from one version to the next, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from stationdesk.domain.checklists import Every
from stationdesk.domain.numbers import shown
from stationdesk.domain.roster import TESTS
from stationdesk.domain.roster.rules import amount_said
from stationdesk.domain.setup import PLANS
from stationdesk.domain.versions import Change, Turn, Value
from stationdesk.domain.words import C_, _
from stationdesk.ui.settings.metering_words import FIELDS as METERING
from stationdesk.ui.settings.metering_words import chosen_words
from stationdesk.ui.widgets.spoken import said as spoken

ARROW = "\u2192"

FIELDS: Mapping[str, Callable[[], str]] = {
    "name": lambda: C_("settings", "Name"),
    "name_zh": lambda: _("Name (Chinese)"),
    "name_en": lambda: _("Name (English)"),
    "group_zh": lambda: _("Group (Chinese)"),
    "group_en": lambda: _("Group (English)"),
    "area_zh": lambda: _("Area (Chinese)"),
    "area_en": lambda: _("Area (English)"),
    "unit": lambda: _("Unit"),
    "quantity": lambda: _("Quantity"),
    "design": lambda: _("Design value"),
    "rollover": lambda: _("Rolls over at"),
    "decimals": lambda: _("Decimals"),
    "position": lambda: _("Place in the grid"),
    "on_now": lambda: _("A trend on the Now page"),
    "ask": lambda: C_("line", "How"),
    "choices": lambda: _("States"),
    "window_minutes": lambda: _("Window (min)"),
    "people": lambda: _("People"),
    "subject": lambda: _("Evidence for the handover line"),
    "schedule.every": lambda: _("Due"),
    "schedule.first": lambda: _("First after"),
    "schedule.times": lambda: _("Or at the times of day"),
    "schedule.days": lambda: _("On days of the month"),
    "schedule.weekdays": lambda: _("On weekdays (1 Monday)"),
    "schedule.kinds": lambda: _("In kinds of shift"),
    "schedule.weekday": lambda: _("On weekday (1 Monday)"),
    "schedule.day": lambda: _("On day (−1 the last)"),
    "schedule.months": lambda: _("In months"),
    "rule": lambda: C_("list", "Decided by"),
    "term": lambda: _("Deadline"),
    "hours": lambda: _("Hours"),
    "report_minutes": lambda: _("Report within (min)"),
    "task_zh": lambda: _("Task (Chinese)"),
    "task_en": lambda: _("Task (English)"),
    "role": lambda: _("Role"),
    "leads": lambda: _("May lead a shift"),
    "pattern": lambda: _("Shift pattern"),
    "crews": lambda: _("Crews in order"),
    "start": lambda: _("Begins"),
    "standby": lambda: _("of it standby (min)"),
    "rest": lambda: _("of it rest (min)"),
    "end": lambda: _("Ends"),
    "cycle": lambda: _("Cycle of a crew"),
    "phases": lambda: _("Days the crews are ahead"),
    "title_zh": lambda: _("Title (Chinese)"),
    "title_en": lambda: _("Title (English)"),
    "company_zh": lambda: _("Company (Chinese)"),
    "company_en": lambda: _("Company (English)"),
    "form_no_zh": lambda: _("Form no."),
    "form_no_en": lambda: _("Form no. (English)"),
    "remark_zh": lambda: _("Remark (Chinese)"),
    "remark_en": lambda: _("Remark (English)"),
    "signatures": lambda: _("Signature cells"),
    "value": lambda: _("Value"),
    "in_force": lambda: _("Rosters are judged by it"),
    "version": lambda: C_("rules", "Version"),
    "qualification": lambda: _("Certificate"),
    "kinds": lambda: _("In kinds of shift"),
}
"""What a field is called in Settings; limits are called by their letters."""

EVERY: Mapping[str, Callable[[], str]] = {
    Every.SHIFT: lambda: _("each shift"),
    Every.DAY: lambda: _("each day"),
    Every.WEEK: lambda: _("each week"),
    Every.MONTH: lambda: _("each month"),
    Every.RANDOM: lambda: _("so many times a month"),
}
"""How often a checklist is due."""


Names = Mapping[str, str]
"""What the program calls parts, columns and signature cells of a sheet, by their keys."""


def change_words(change: Change, names: Names) -> str:
    """HH: 3.80 → 3.90; with the line it belongs to in front."""
    line = str(change.name) or change.line
    if change.turn is Turn.ADDED:
        return _("new: {line}").format(line=line)
    if change.turn is Turn.DROPPED:
        return _("left out: {line}").format(line=line)
    if change.turn is Turn.MOVED:
        return _("The lines stand in another order.")
    said = _("{field}: {before} {arrow} {after}").format(
        field=field_words(change.field, names),
        before=value_words(change.field, change.before, names),
        after=value_words(change.field, change.after, names),
        arrow=ARROW,
    )
    return _("{line}, {change}").format(line=line, change=said) if line else said


def field_words(field: str, names: Names) -> str:
    """What a field is called; LL, L, H, HH as they are."""
    kind, _dot, key = field.partition(".")
    if kind == "part":
        return _("Title of {table}").format(table=names.get(key, key))
    if kind == "columns":
        return _("Columns: {table}").format(table=names.get(key, key))
    if kind == "limit":
        return _(TESTS[key].words)
    if kind in METERING and key in METERING[kind]:
        return spoken(METERING[kind][key])
    return FIELDS[field]() if field in FIELDS else field.upper()


def value_words(field: str, value: Value, names: Names) -> str:
    """A value as it is read; a dash where there is none."""
    kind = field.partition(".")[0]
    if value is None or value == "":
        return _("the program's own") if kind in ("columns", "signatures", "part") else "—"
    if kind == "limit" and isinstance(value, int):
        return limit_words(field.partition(".")[2], value)
    if kind in ("columns", "signatures"):
        return _(", ").join(_keyed(each, names) for each in str(value).split(", "))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal | int):
        return shown(value)
    if field == "schedule.every" and str(value) in EVERY:
        return EVERY[str(value)]()
    return _chosen(field, str(value))


def limit_words(test: str, limit: int) -> str:
    """A limit of a rule of the roster with its unit: 12 h, 6 days."""
    return amount_said(limit, TESTS[test].unit)


def _keyed(words: str, names: Names) -> str:
    """outgoing 交班人: its key in the program's words, what the station calls it behind."""
    key, _blank, rest = words.partition(" ")
    return f"{names.get(key, key)} {rest}".strip()


def _chosen(field: str, value: str) -> str:
    kind, _dot, key = field.partition(".")
    if kind in METERING:
        return chosen_words(kind, key, value)
    plan = {"ask": "checkpoints", "quantity": "points"}.get(field)
    choices = PLANS[plan].column(field).choices if plan else {}
    return str(choices.get(value, value))
