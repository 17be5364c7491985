"""Each thing a station sets, laid flat so that two versions of it can be held side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from stationdesk.domain.answers import choices_of
from stationdesk.domain.moments import clock_text
from stationdesk.domain.names import Name
from stationdesk.domain.paper import CellChoice, ColumnChoice, Named, SectionChoice, Template
from stationdesk.domain.roster import Rule, RuleSet
from stationdesk.domain.rotation import Pattern, ShiftKind
from stationdesk.domain.setup.walks import choices_text
from stationdesk.domain.versions import Line, Shape, Value
from stationdesk.storage.checklists import ChecklistItem, ChecklistVersion
from stationdesk.storage.readings import PointVersion
from stationdesk.storage.rounds import Checkpoint, RouteVersion

LIMITS = ("ll", "l", "h", "hh")


def _name(each: Any, key: str = "name") -> dict[str, Value]:
    """Both languages, each a value of its own: a change of the English name alone is seen."""
    return {f"{key}_{language}": getattr(each, f"{key}_{language}") for language in ("zh", "en")}


def point_shape(each: PointVersion) -> Shape:
    """A reading point with its limits."""
    plain = ("unit", "quantity", *LIMITS, "design", "rollover", "decimals", "position", "on_now")
    return Shape({**_name(each, "group"), **_name(each), **{key: getattr(each, key) for key in plain}})


def walk_shape(each: RouteVersion | ChecklistVersion, lines: Sequence[Checkpoint | ChecklistItem], head: Mapping[str, Value]) -> Shape:
    """A route or checklist with its lines. The schedule is one value for each of its entries."""
    schedule = {f"schedule.{key}": _flat(value) for key, value in json.loads(each.schedule).items()}
    return Shape({**_name(each), **schedule, **head}, {line.code: _line(line) for line in lines})


def _line(each: Checkpoint | ChecklistItem) -> Line:
    plain = {key: getattr(each, key) for key in ("unit", "decimals", *LIMITS)}
    states = choices_text(choices_of(json.loads(each.choices)))
    return Line(Name(each.name_zh, each.name_en), {**_name(each, "area"), **_name(each), "ask": each.kind, **plain, "choices": states})


def list_shape(entries: Sequence[Mapping[str, Any]]) -> Shape:
    """A list of the station with its entries."""
    return Shape({}, {str(each["code"]): _entry(each) for each in entries})


def _entry(each: Mapping[str, Any]) -> Line:
    values: dict[str, Value] = {}
    for key, value in each.items():
        if isinstance(value, Mapping):
            values |= {f"{key}_{language}": _flat(text) for language, text in value.items()}
        elif key != "code":
            values[{"zh": "name_zh", "en": "name_en"}.get(key, key)] = _flat(value)
    return Line(Name(str(each.get("zh") or ""), str(each.get("en") or "")), values)


def _flat(value: Any) -> Value:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return value if isinstance(value, bool | int) else "" if value is None else str(value)


def pattern_shape(pattern: Pattern) -> Shape:
    """A shift pattern with its shifts."""
    cycle = " ".join(code or "-" for code in pattern.cycle)
    head: dict[str, Value] = {"name": pattern.name, "cycle": cycle, "phases": " ".join(map(str, pattern.phases))}
    return Shape(head, {kind.code: Line(kind.name, _kind(kind)) for kind in pattern.kinds})


def _kind(kind: ShiftKind) -> dict[str, Value]:
    split: dict[str, Value] = {key: value for key, value in (("standby", kind.standby), ("rest", kind.rest)) if value}
    return {"name_zh": kind.name.zh, "name_en": kind.name.en, "start": clock_text(kind.start), "end": clock_text(kind.end), **split}


def rules_shape(rules: RuleSet, in_force: bool) -> Shape:
    """A set of rules of the roster: each limit under the test it belongs to."""
    return Shape({"in_force": in_force, "version": rules.version}, {each.code: _rule(each) for each in rules.rules})


def _rule(rule: Rule) -> Line:
    about = {"qualification": rule.option("qualification", ""), "kinds": " ".join(rule.option("kinds", ()))}
    return Line(Name(""), {f"limit.{rule.test}": rule.limit, **about})


def sheet_shape(template: Template) -> Shape:
    """A station's form of a sheet: its texts, the columns of each part, and its signature cells."""
    texts = {
        f"{key}_{language}": getattr(getattr(template, key), language)
        for key in ("title", "company", "form_no", "remark")
        for language in ("zh", "en")
    }
    cells = "" if template.signatures is None else ", ".join(map(_cell, template.signatures))
    parts = {name: value for key, each in template.sections.items() for name, value in _part(key, each).items()}
    return Shape({**texts, "signatures": cells, **parts})


def _part(key: str, part: SectionChoice) -> dict[str, Value]:
    columns = "" if part.columns is None else ", ".join(_column(each) for each in part.columns if each.shown)
    return {f"part.{key}": _named(part.title), f"columns.{key}": columns}


def _column(column: ColumnChoice) -> str:
    wide = "" if column.width is None else f" {column.width:g} mm"
    return " ".join(filter(None, (column.key, _named(column.name)))) + wide


def _cell(cell: CellChoice) -> str:
    return " ".join(filter(None, (cell.key, _named(cell.name), "✎" if cell.ink or not cell.key else "")))


def _named(named: Named) -> str:
    return " / ".join(filter(None, (named.zh, named.en)))
