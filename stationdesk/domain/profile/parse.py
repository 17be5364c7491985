"""Reads a profile's TOML tables into a Profile, and gives the lists a new station begins with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stationdesk.domain.answers import Ask, Item, choices_of
from stationdesk.domain.checklists import period_of
from stationdesk.domain.handover import Definition, definition_data, definition_of
from stationdesk.domain.hazards import HazardGrade, grade_data, grade_of
from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name
from stationdesk.domain.paper import parse_template
from stationdesk.domain.profile.kinds import (
    ChecklistDefault,
    Coded,
    ContactDefault,
    ContractDefault,
    CrewDefault,
    DueDefault,
    Duty,
    EquipmentDefault,
    PointDefault,
    Post,
    Profile,
    RouteDefault,
    StreamDefault,
    WalkLine,
)
from stationdesk.domain.profile.table import ProfileHoleError, ProfileKeyError, ProfileTypeError, Table, each_of, placed
from stationdesk.domain.rotation import Pattern, coverage, definition, pattern_of
from stationdesk.domain.rounds import schedule_of
from stationdesk.domain.station import SettingScalar, check_setting


def parse(data: Mapping[str, Any]) -> Profile:
    """A profile from its TOML tables (read with `tomllib.load(file, parse_float=Decimal)`). ProfileError and its kinds."""
    top = Table(data, "")
    crews = each_of(top, "crews", lambda each: CrewDefault(each.get("code", str), each.name()))
    made = Profile(
        code=top.get("code", str),
        name=top.name(),
        zone=top.get("zone", str, "Asia/Shanghai"),
        company=top.name("company"),
        station=top.name("station"),
        posts=each_of(top, "posts", _post),
        patterns=each_of(top, "patterns", _pattern),
        crews=crews,
        points=each_of(top, "points", _point),
        routes=each_of(top, "routes", _route),
        checklists=each_of(top, "checklists", _checklist),
        handover=_handover(top.table("handover")),
        contacts=_contacts(top),
        emergency_team=each_of(top, "emergency_team", lambda each: Duty(each.get("code", str), each.name(), each.name("task"))),
        emergency_kinds=each_of(top, "emergency_kinds", _coded),
        reading_phrases=each_of(top, "reading_phrases", _coded),
        round_phrases=each_of(top, "round_phrases", _coded),
        log_categories=each_of(top, "log_categories", _coded),
        hazard_grades=each_of(top, "hazard_grades", _grade),
        equipment=each_of(top, "equipment", _equipment),
        sheets=_sheets(top),
        settings=_settings(top),
        streams=each_of(top, "streams", _stream) if "streams" in data else (),
        contract=_contract(top.table("contract")) if "contract" in data else None,
    )
    top.finish()
    _check(made)
    return made


def _coded(each: Table) -> Coded:
    return Coded(each.get("code", str), each.name())


def _post(each: Table) -> Post:
    return Post(each.get("code", str), each.name(), each.get("role", str, "operator"), each.get("leads", bool, False))


def _pattern(each: Table) -> Pattern:
    for key in ("code", "name", "kinds", "cycle", "phases"):
        each.raw(key)
    pattern = pattern_of(each.data)
    if not coverage(pattern).covered:
        raise ProfileHoleError(place=each.path)
    return pattern


def _limits(each: Table) -> Limits:
    return Limits(each.number("ll"), each.number("l"), each.number("h"), each.number("hh"))


def _point(each: Table) -> PointDefault:
    return PointDefault(
        each.get("code", str), each.name("group"), each.name(), each.get("unit", str), each.get("kind", str, "gauge"),
        each.get("quantity", str), each.get("decimals", int, 2), _limits(each), each.number("design"), each.number("rollover"),
        each.get("on_now", bool, False),
    )  # fmt: skip


def _stream(each: Table) -> StreamDefault:
    texts = (each.get("code", str), each.name(), each.get("meter", str, "turbine"), each.get("group", str, ""))
    states = (each.get("shut", bool, False), each.get("freezes", bool, True))
    range_ = (each.number("q_min"), each.number("q_max"), each.number("best_low"), each.number("best_high"))
    points = [each.get(key, str, "") for key in ("counter", "corrected", "pressure", "temperature", "flow")]
    return StreamDefault(*texts, *states, *range_, *points)


def _contract(table: Table) -> ContractDefault:
    usual = ContractDefault()
    pressure, temperature, combustion = (table.number(key) for key in ("base_pressure_kpa", "base_temperature_c", "combustion_c"))
    method = table.get("method", str, usual.method)
    table.finish()
    base = (pressure or usual.base_pressure_kpa, usual.base_temperature_c if temperature is None else temperature)
    return ContractDefault(*base, usual.combustion_c if combustion is None else combustion, method)


def _route(each: Table) -> RouteDefault:
    with placed(each.place("schedule")):
        schedule = schedule_of(each.raw("schedule"))
    return RouteDefault(
        each.get("code", str), each.name(), schedule, each.get("window_minutes", int, 40), each.get("people", int, 1),
        each_of(each, "checkpoints", _walk_line),
    )  # fmt: skip


def _checklist(each: Table) -> ChecklistDefault:
    with placed(each.place("period")):
        period = period_of(each.raw("period"))
    return ChecklistDefault(each.get("code", str), each.name(), period, each.get("subject", str, ""), each_of(each, "items", _walk_line))


def _walk_line(each: Table) -> WalkLine:
    choices = choices_of(each.raw("choices")) if "choices" in each.data else ()
    ask = Ask(each.get("ask", str, "choose" if choices else "look"))
    if (ask is Ask.CHOOSE) != bool(choices):
        raise ProfileKeyError(place=each.place("choices"))
    item = Item(each.get("code", str), ask, _limits(each), each.get("decimals", int, 2), each.get("unit", str, ""), choices)
    return WalkLine(each.name("area", Name("")), each.name(), item)


def _handover(table: Table) -> Definition:
    with placed(table.path):
        made = definition_of(_flat(table, "lines"), _flat(table, "grounds"))
    table.finish()
    return made


def _flat(table: Table, key: str) -> list[dict[str, str]]:
    """Entries with a name table as the station's lists have them: {code, zh, en, rule}."""
    return list(each_of(table, key, _ruled))


def _ruled(each: Table) -> dict[str, str]:
    return {"code": each.get("code", str), **each.name().texts(), "rule": each.get("rule", str, "")}


def _contacts(top: Table) -> tuple[ContactDefault, ...]:
    made = []
    for each in top.tables("contacts"):
        texts = (each.name("role"), each.get("phone", str), each.get("who", str, ""), each.name("note", Name("")))
        made.append(ContactDefault(*texts, each.get("public", bool, False)))
        each.finish()
    return tuple(made)


def _grade(each: Table) -> HazardGrade:
    made = grade_of({**each.data, **each.name().texts()})
    each.seen |= {"code", "term", "hours", "report_minutes"}
    return made


def _equipment(each: Table) -> EquipmentDefault:
    dues = tuple(DueDefault(due.get("what", str), due.get("months", int)) for due in each.tables("dues", wanted=False))
    texts = (each.get("code", str), each.name(), each.get("kind", str), each.get("place", str))
    return EquipmentDefault(*texts, each.get("status", str, "in_use"), dues)


def _sheets(top: Table) -> dict[str, Mapping[str, Any]]:
    """A template for each report (paper.py), in the shape of its JSON."""
    sheets = top.table("sheets")
    made: dict[str, Mapping[str, Any]] = {}
    for report, template in sheets.data.items():
        with placed(sheets.place(report)):
            parse_template(json.dumps(template, default=str))
        made[report] = template
    return made


def _settings(top: Table) -> dict[str, SettingScalar]:
    settings = top.table("settings")
    made: dict[str, SettingScalar] = {}
    for name, value in settings.data.items():
        with placed(settings.place(name)):
            made[name] = check_setting(name, value)
    return made


def _check(made: Profile) -> None:
    """What only the whole can say: crews as the first pattern wants, points of each stream, a checklist where a line asks for one."""
    if len(made.crews) != len(made.patterns[0].phases):
        raise ProfileTypeError(place="crews", wanted=str(len(made.patterns[0].phases)))
    known = {point.code for point in made.points}
    for n, stream in enumerate(made.streams):
        if not known.issuperset(stream.points):
            raise ProfileTypeError(place=f"streams[{n}]", wanted=", ".join(sorted(known)))
    subjects = {each.subject for each in made.checklists}
    for n, line in enumerate(made.handover.lines):
        if line.rule.startswith("checklist:") and line.rule.removeprefix("checklist:") not in subjects:
            raise ProfileTypeError(place=f"handover.lines[{n}].rule", wanted=", ".join(sorted(subjects - {""})))


def lists(profile: Profile) -> dict[str, list[dict[str, Any]]]:
    """The station's lists by code, as StationList keeps them: each entry has code, zh, en and what its list needs."""
    coded = ("emergency_kinds", "reading_phrases", "round_phrases", "log_categories")
    made: dict[str, list[dict[str, Any]]] = {
        code: [{"code": entry.code, **entry.name.texts()} for entry in getattr(profile, code)] for code in coded
    }
    lines, grounds = definition_data(profile.handover)
    made |= {"handover_lines": list(lines), "refusal_grounds": list(grounds)}
    made["hazard_grades"] = [grade_data(each) for each in profile.hazard_grades]
    made["posts"] = [{"code": each.code, **each.name.texts(), "role": each.role, "leads": each.leads} for each in profile.posts]
    made["emergency_team"] = [{"code": each.code, **each.name.texts(), "task": each.task.texts()} for each in profile.emergency_team]
    made["shift_patterns"] = [definition(each) for each in profile.patterns]
    return made
