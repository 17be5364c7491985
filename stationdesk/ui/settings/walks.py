"""Routes with their checkpoints, and checklists with their items: whole versions from a time on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.answers import Ask as Asked
from stationdesk.domain.checklists import Every, period_data, period_of
from stationdesk.domain.limits import Limits, limit_words
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import half_width
from stationdesk.domain.rounds import schedule_data, schedule_of
from stationdesk.domain.settings import KindsUnknownError
from stationdesk.domain.setup import PLANS
from stationdesk.domain.setup.walks import choices_of_text, choices_text
from stationdesk.domain.walks import LineText
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, settings
from stationdesk.services.checklists import templates
from stationdesk.services.checklists.templates import ChecklistText
from stationdesk.services.rounds import routes
from stationdesk.services.rounds.routes import RouteText
from stationdesk.ui.settings.changed import EVERY
from stationdesk.ui.settings.entries import EntriesSection, Entry, Kept
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Choices, Select
from stationdesk.ui.widgets.spoken import Words

LIMITS = ("ll", "l", "h", "hh")
TIMED = {str(Every.WEEK): ("weekday",), str(Every.MONTH): ("day",), str(Every.RANDOM): ("times",)}
"""What is asked besides of a period."""
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
            (Ask("unit", lambda: _("Unit")), Ask("decimals", lambda: _("Decimals"), "whole", span=(0, 6))),
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
                Ask("first", lambda: _("First after"), hint="00:30"),
            ),
            (Ask("times", lambda: _("Or at the times of day"), hint="09:00 21:00"),),
            (Ask("days", lambda: _("On days of the month"), hint="1 25"), Ask("weekdays", lambda: _("On weekdays (1 Monday)"))),
            (
                Ask("window_minutes", lambda: _("Window (min)"), "whole", span=(5, 1440)),
                Ask("people", lambda: _("People"), "whole", span=(1, 20)),
            ),
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
        return partial(routes.set_route_version, valid_from=valid_from, base=kept.seen), (kept.key, text)

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
        lines = tuple(values_of_line(each) for each in text.lines)
        made.append(Kept(view.route_id, partial(str, view.name), head, lines, view.version_id))
    return tuple(made)


class ChecklistsSection(WalkSection):
    """How often a checklist is due, in which kinds of shift and months, and for which line of the handover it speaks."""

    kind = "checklist"
    key, icon, case, retire_case = "checklists", "list-checks", "set_checklist_version", "retire_checklist"
    cases = ("set_checklist_version", "add_checklist", "retire_checklist")
    kinds = frozenset({"checklist_template", "checklist_version", "checklist_item", "station_list", "role_grant"})
    subjects: tuple[tuple[str, Name], ...] = ()
    shifts: tuple[str, ...] = ()

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Checklists")

    def load(self) -> Any:
        return _checklists

    def head_asks(self) -> Sequence[Sequence[Ask]]:
        often: Any = [(str(each), words) for each, words in EVERY.items()]
        return (
            (
                Ask("code", lambda: _("Code"), fixed=True),
                Ask("subject", lambda: _("Evidence for the handover line"), "choice", self._subjects),
            ),
            (Ask("name_zh", lambda: _("Name (Chinese)"), errors=("name",)), Ask("name_en", lambda: _("Name (English)"))),
            (
                Ask("every", lambda: _("Due"), "choice", lambda: often, errors=("schedule",)),
                Ask("kinds", lambda: _("In kinds of shift"), hint="D S"),
            ),
            (
                Ask("months", lambda: _("In months"), hint="11 12 1 2"),
                Ask("weekday", lambda: _("On weekday (1 Monday)"), "whole", span=(1, 7)),
                Ask("day", lambda: _("On day (−1 the last)"), "whole", span=(-1, 31)),
                Ask("times", lambda: _("Times a month"), "whole", span=(1, 31)),
            ),
        )

    def _make_parts(self) -> None:
        super()._make_parts()
        every = self.head_form.parts["every"]
        assert isinstance(every, Select)
        every.chosen.connect(self._show_timed)

    def _show_list(self) -> None:
        super()._show_list()
        self._show_timed()

    def _show_timed(self, _every: object = None) -> None:
        """Only what its period has is asked."""
        every = self.head_form.parts["every"]
        assert isinstance(every, Select)
        shown = TIMED.get(str(every.value() or ""), ())
        for key in ("weekday", "day", "times"):
            self.head_form.parts[key].setVisible(key in shown)

    def _subjects(self) -> Choices:
        """The lines a checklist decides; one that decides none can be offered to a line to come by its own code."""
        kept = self.kept_list() if hasattr(self, "lists") else None
        known: list[tuple[Any, Words]] = [(subject, partial(str, name)) for subject, name in self.subjects]
        own = kept.head["code"] if kept is not None else ""
        if own and own not in dict(self.subjects):
            known.append((own, lambda: _("a line to come")))
        return [("", lambda: C_("subject", "none")), *known]

    def show_found(self, found: Any) -> None:
        self.subjects, self.shifts = found.subjects, found.shifts
        super().show_found(found.kept)

    def keeping(self, kept: Kept | None, head: dict[str, Any], lines: list[dict[str, Any]], valid_from: Any) -> Call:
        kinds = _list(head["kinds"])
        if unknown := [each for each in kinds if each not in self.shifts]:
            raise KindsUnknownError(kinds=", ".join(unknown), known=", ".join(self.shifts))
        data: dict[str, Any] = {"every": head["every"] or "", "kinds": kinds, "months": _wholes(head["months"])}
        data |= {key: head[key] for key in TIMED.get(head["every"] or "", ()) if head[key] is not None}
        position = kept.head["position"] if kept else len(self.lists)
        name, items = Name(head["name_zh"], head["name_en"]), tuple(line_of(each) for each in lines)
        text = ChecklistText(name, period_of(data), items, head["subject"] or "", position)
        if kept is None:
            return partial(templates.add_checklist, valid_from=valid_from), (head["code"], text)
        return partial(templates.set_checklist_version, valid_from=valid_from, base=kept.seen), (kept.key, text)

    def retiring(self, kept: Kept) -> Call:
        return templates.retire_checklist, (kept.key,)


@dataclass(frozen=True)
class Found:
    """The checklists, and the subjects of which one can be evidence, called as the handover calls them."""

    kept: tuple[Kept, ...]
    subjects: tuple[tuple[str, Name], ...]
    shifts: tuple[str, ...]


def _checklists(store: Store, at: datetime) -> Found:
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
        lines = tuple(values_of_line(each) for each in text.lines)
        made.append(Kept(view.template_id, partial(str, view.name), head, lines, view.version_id))
    kept = tuple(made)
    subjects = {each.head["subject"]: Name(each.head["name_zh"], each.head["name_en"]) for each in kept if each.head["subject"]}
    for line in settings.list_items(store, "handover_lines", at):
        rule = str(line.get("rule") or "")
        if rule.startswith("checklist:"):
            subjects[rule.removeprefix("checklist:")] = Name.of(line)
    shifts = dict.fromkeys(kind.code for each in settings.patterns_view(store, at) for kind in each.pattern.kinds)
    return Found(kept, tuple(subjects.items()), tuple(shifts))
