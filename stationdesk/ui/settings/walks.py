"""Routes with their checkpoints, and checklists with their items: whole versions from a time on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.answers import Ask as Asked
from stationdesk.domain.checklists import period_data, period_of
from stationdesk.domain.limits import Limits, limit_words
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import half_width
from stationdesk.domain.rounds import schedule_data, schedule_of
from stationdesk.domain.setup import PLANS
from stationdesk.domain.setup.walks import choices_of_text, choices_text
from stationdesk.domain.walks import LineText
from stationdesk.domain.words import C_, _
from stationdesk.services import Store
from stationdesk.services.checklists import templates
from stationdesk.services.checklists.templates import ChecklistText
from stationdesk.services.rounds import routes
from stationdesk.services.rounds.routes import RouteText
from stationdesk.ui.settings.changed import EVERY
from stationdesk.ui.settings.entries import EntriesSection, Entry, Kept
from stationdesk.ui.settings.form import Ask
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.rows import Column

LIMITS = ("ll", "l", "h", "hh")
HOW = PLANS["checkpoints"].column("ask").choices


class WalkSection(EntriesSection):
    """Lines of a route or checklist are the same."""

    adds = True

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("No."), lambda each: _text(each, "code"), width=64),
            Column(lambda: _("Area"), lambda each: str(_named(each, "area")), width=96),
            Column(lambda: C_("line", "What"), lambda each: str(_named(each, "name")), grows=True),
            Column(lambda: C_("line", "How"), _how, width=70),
            Column(lambda: _("Limits"), _limits_words, "right", width=152),
        )

    def line_asks(self) -> Sequence[Sequence[Ask]]:
        how: Any = [(code, partial(str, name)) for code, name in HOW.items()]
        return (
            (Ask("code", lambda: _("No.")), Ask("ask", lambda: C_("line", "How"), "choice", lambda: how)),
            (Ask("area_zh", lambda: _("Area (Chinese)")), Ask("area_en", lambda: _("Area (English)"))),
            (Ask("name_zh", lambda: _("What (Chinese)")),),
            (Ask("name_en", lambda: _("What (English)")),),
            (Ask("unit", lambda: _("Unit")), Ask("decimals", lambda: _("Decimals"), "whole")),
            tuple(Ask(key, key.upper(), "number", errors=("limits",) if key == "ll" else ()) for key in LIMITS),
            (Ask("choices", lambda: _("States"), hint="open:开|open; !shut:关|shut"),),
        )

    def blank(self, n: int) -> dict[str, Any]:
        return {"code": f"{n:02}", "ask": "look", "decimals": 2}


def _text(each: Entry, key: str) -> str:
    return str(each.values.get(key) or "")


def _named(each: Entry, key: str) -> Name:
    return Name(_text(each, f"{key}_zh"), _text(each, f"{key}_en"))


def _how(each: Entry) -> str:
    name = HOW.get(_text(each, "ask"))
    return str(name) if name else ""


def _limits_words(each: Entry) -> str:
    given = [each.values.get(key) for key in LIMITS]
    if any(value is not None for value in given):
        return "/".join(limit_words(value) or "–" for value in given)
    return ""


def values_of_line(line: LineText) -> dict[str, Any]:
    """A line as the form shows it."""
    names = {"area_zh": line.area.zh, "area_en": line.area.en, "name_zh": line.name.zh, "name_en": line.name.en}
    plain = {"code": line.code, "ask": str(line.ask), "unit": line.unit, "decimals": line.decimals}
    return {**plain, **names, **{key: getattr(line.limits, key) for key in LIMITS}, "choices": choices_text(line.choices)}


def line_of(values: Mapping[str, Any]) -> LineText:
    """A line of what stands in the form. LimitsOrderError, ChoicesShapeError."""
    limits = Limits(*(values.get(key) for key in LIMITS))
    name, area = (Name(values.get(f"{key}_zh") or "", values.get(f"{key}_en") or "") for key in ("name", "area"))
    decimals = values.get("decimals")
    choices = choices_of_text(values.get("choices") or "")
    how = Asked(values.get("ask") or "look")
    return LineText(
        values.get("code") or "", name, area, how, values.get("unit") or "", 2 if decimals is None else decimals, limits, choices
    )


def _list(text: str) -> list[str]:
    return half_width(text).replace("，", " ").replace("、", " ").replace(",", " ").split()


def _wholes(text: str) -> list[int]:
    """ValueError becomes a refusal of the schedule."""
    return [int(each) if each.lstrip("-").isdigit() else 99 for each in _list(text)]


class RoutesSection(WalkSection):
    """When a route is due, how long its window is open, how many walk it."""

    kind = "route"
    key, icon, case, retire_case = "routes", "footprints", "set_route_version", "retire_route"
    cases = ("set_route_version", "add_route", "retire_route")
    kinds = frozenset({"route", "route_version", "checkpoint", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Routes")

    def load(self) -> Any:
        return _routes

    def head_asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("code", lambda: _("Code"), fixed=True),),
            (Ask("name_zh", lambda: _("Name (Chinese)"), errors=("name",)), Ask("name_en", lambda: _("Name (English)"))),
            (
                Ask("every", lambda: _("Every"), errors=("schedule", "time"), hint="02:00"),
                Ask("first", lambda: _("first after"), hint="00:30"),
            ),
            (Ask("times", lambda: _("or at the times of day"), hint="09:00 21:00"),),
            (Ask("days", lambda: _("on days of the month"), hint="1 25"), Ask("weekdays", lambda: _("on weekdays (1 Monday)"))),
            (Ask("window_minutes", lambda: _("Window (min)"), "whole"), Ask("people", lambda: _("People"), "whole")),
        )

    def keeping(self, kept: Kept | None, head: dict[str, Any], lines: list[dict[str, Any]], valid_from: Any) -> Call:
        data: dict[str, Any] = {}
        if head["every"]:
            data |= {"every": head["every"], "first": head["first"] or "00:00"}
        if head["times"]:
            data["times"] = _list(head["times"])
        data |= {key: _wholes(head[key]) for key in ("days", "weekdays") if head[key]}
        position = kept.head["position"] if kept else len(self.lists)
        checkpoints = tuple(line_of(each) for each in lines)
        name = Name(head["name_zh"], head["name_en"])
        text = RouteText(name, schedule_of(data), checkpoints, head["window_minutes"] or 40, head["people"] or 1, position)
        if kept is None:
            return partial(routes.add_route, valid_from=valid_from), (head["code"], text)
        return partial(routes.set_route_version, valid_from=valid_from), (kept.key, text)

    def retiring(self, kept: Kept) -> Call:
        return routes.retire_route, (kept.key,)


def _routes(store: Store, at: datetime) -> tuple[Kept, ...]:
    made = []
    for view in routes.routes_view(store, at):
        text, data = routes.route_text(store, view.route_id, at), schedule_data(view.schedule)
        head = {
            "code": view.code,
            "name_zh": view.name.zh,
            "name_en": view.name.en,
            "every": data.get("every", ""),
            "first": data.get("first", ""),
            "window_minutes": view.window_minutes,
            "people": view.people,
            "position": view.position,
            **{key: " ".join(map(str, data.get(key, ()))) for key in ("times", "days", "weekdays")},
        }
        made.append(Kept(view.route_id, partial(str, view.name), head, tuple(values_of_line(each) for each in text.lines)))
    return tuple(made)


class ChecklistsSection(WalkSection):
    """How often a checklist is due, in which kinds of shift and months, and for which line of the handover it speaks."""

    kind = "checklist"
    key, icon, case, retire_case = "checklists", "list-checks", "set_checklist_version", "retire_checklist"
    cases = ("set_checklist_version", "add_checklist", "retire_checklist")
    kinds = frozenset({"checklist_template", "checklist_version", "checklist_item", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Checklists")

    def load(self) -> Any:
        return _checklists

    def head_asks(self) -> Sequence[Sequence[Ask]]:
        often: Any = [(str(each), words) for each, words in EVERY.items()]
        return (
            (Ask("code", lambda: _("Code"), fixed=True), Ask("subject", lambda: _("Evidence for the handover line"))),
            (Ask("name_zh", lambda: _("Name (Chinese)"), errors=("name",)), Ask("name_en", lambda: _("Name (English)"))),
            (
                Ask("every", lambda: _("Due"), "choice", lambda: often, errors=("schedule",)),
                Ask("kinds", lambda: _("in kinds of shift"), hint="D S"),
            ),
            (Ask("weekday", lambda: _("on weekday"), "whole"), Ask("day", lambda: _("on day"), "whole")),
            (Ask("months", lambda: _("in months"), hint="11 12 1 2"), Ask("times", lambda: _("times a month"), "whole")),
        )

    def keeping(self, kept: Kept | None, head: dict[str, Any], lines: list[dict[str, Any]], valid_from: Any) -> Call:
        data: dict[str, Any] = {"every": head["every"] or "", "kinds": _list(head["kinds"]), "months": _wholes(head["months"])}
        data |= {key: head[key] for key in ("weekday", "day", "times") if head[key] is not None}
        position = kept.head["position"] if kept else len(self.lists)
        name, items = Name(head["name_zh"], head["name_en"]), tuple(line_of(each) for each in lines)
        text = ChecklistText(name, period_of(data), items, head["subject"], position)
        if kept is None:
            return partial(templates.add_checklist, valid_from=valid_from), (head["code"], text)
        return partial(templates.set_checklist_version, valid_from=valid_from), (kept.key, text)

    def retiring(self, kept: Kept) -> Call:
        return templates.retire_checklist, (kept.key,)


def _checklists(store: Store, at: datetime) -> tuple[Kept, ...]:
    made = []
    for view in templates.templates_view(store, at):
        text, data = templates.checklist_text(store, view.template_id, at), period_data(view.period)
        head = {
            "code": view.code,
            "name_zh": view.name.zh,
            "name_en": view.name.en,
            "subject": view.subject,
            "every": data["every"],
            "position": view.position,
            **{key: data.get(key) for key in ("weekday", "day", "times")},
            **{key: " ".join(map(str, data.get(key, ()))) for key in ("kinds", "months")},
        }
        made.append(Kept(view.template_id, partial(str, view.name), head, tuple(values_of_line(each) for each in text.lines)))
    return tuple(made)
