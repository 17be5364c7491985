"""The station's lists: handover lines, grounds of refusal, phrases, categories, grades, posts, the emergency team."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.hazards import Term
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import ROLE_NAMES, Role
from stationdesk.domain.words import C_, _
from stationdesk.services import Store, settings
from stationdesk.services.checklists import templates_view
from stationdesk.ui.settings.entries import EntriesSection, Entry, Kept
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.form import Ask
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.select_field import Choices
from stationdesk.ui.widgets.spoken import said

NAMES: Mapping[str, Callable[[], str]] = {
    "handover_lines": lambda: _("Handover lines"),
    "refusal_grounds": lambda: _("Grounds of refusal"),
    "reading_phrases": lambda: _("Phrases to a reading"),
    "round_phrases": lambda: _("Phrases to a round"),
    "log_categories": lambda: _("Categories of the log"),
    "hazard_grades": lambda: _("Hazard grades"),
    "emergency_kinds": lambda: _("Kinds of emergency"),
    "emergency_team": lambda: _("Emergency team"),
    "posts": lambda: C_("settings", "Posts"),
    "certificates": lambda: _("Kinds of certificate"),
}
EXTRAS = {
    "handover_lines": ("rule",),
    "refusal_grounds": ("rule",),
    "hazard_grades": ("term", "hours", "report_minutes"),
    "emergency_team": ("task_zh", "task_en"),
    "posts": ("role", "leads"),
}
"""What an entry of a list has besides code and name."""


RULES: Mapping[str, Callable[[], str]] = {
    "running_mode": lambda: _("the running mode"),
    "equipment": lambda: _("the equipment ledger"),
    "records": lambda: _("readings, rounds and checklists done"),
    "contact": lambda: _("orders and instructions"),
    "problems": lambda: _("hazards and open items"),
}
TERMS: Mapping[str, Callable[[], str]] = {
    str(Term.OVERNIGHT): lambda: _("by the end of the day"),
    str(Term.SHIFT): lambda: _("by the end of the shift"),
    str(Term.HOURS): lambda: _("within hours"),
}


@dataclass(frozen=True)
class Found:
    """The lists, and what their rules can name: subjects of checklists, lines of the handover."""

    kept: tuple[Kept, ...]
    subjects: tuple[tuple[str, Name], ...]
    lines: tuple[tuple[str, Name], ...]


class ListsSection(EntriesSection):
    """A code stays with what it means: records keep it."""

    kind = "list"
    key, icon, case = "lists", "list", "set_list"
    cases = ("set_list",)
    kinds = frozenset({"station_list", "checklist_version", "role_grant"})
    subjects: tuple[tuple[str, Name], ...] = ()
    lines: tuple[tuple[str, Name], ...] = ()

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Lists")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Code"), lambda each: str(each.values.get("code") or ""), width=130),
            Column(lambda: C_("settings", "Name"), _name, grows=True),
            Column(self._more, self._extra, width=260),
        )

    def line_asks(self) -> Sequence[Sequence[Ask]]:
        roles: Any = [(str(role), partial(_, name)) for role, name in ROLE_NAMES.items()]
        terms: Any = list(TERMS.items())
        return (
            (Ask("code", lambda: _("Code"), errors=("items",)),),
            (Ask("zh", lambda: _("Name (Chinese)"), most=60), Ask("en", lambda: _("Name (English)"))),
            (Ask("rule", lambda: C_("list", "Decided by"), "choice", self._rules),),
            (Ask("term", lambda: _("Deadline"), "choice", lambda: terms), Ask("hours", lambda: _("Hours"), "whole")),
            (Ask("report_minutes", lambda: _("Report within (min)"), "whole"),),
            (Ask("task_zh", lambda: _("Task (Chinese)")),),
            (Ask("task_en", lambda: _("Task (English)")),),
            (Ask("role", lambda: _("Role"), "choice", lambda: roles),),
            (Ask("leads", lambda: _("May lead a shift"), "yes"),),
        )

    def _more(self) -> str:
        """What the lines of this list have besides a name."""
        heads = {
            "rule": lambda: C_("list", "Decided by"),
            "role": lambda: _("Role"),
            "term": lambda: _("Deadline"),
            "task_zh": lambda: _("Task"),
        }
        first = next(iter(EXTRAS.get(getattr(self, "chosen", None) or "", ())), "")
        return heads[first]() if first else ""

    def _extra(self, each: Entry) -> str:
        """What an entry has besides its name, worded."""
        found = ((key, each.values.get(key)) for key in EXTRAS.get(self.chosen or "", ()))
        return _(", ").join(self._worded(key, value) for key, value in found if key == "rule" or value not in (None, "", False, 0))

    def _worded(self, key: str, value: Any) -> str:
        if key == "rule":
            known = {code: said(words) for code, words in self._rules()}
            return known.get(value or "", str(value))
        if key == "role":
            return _(ROLE_NAMES[Role(value)])
        if key == "term":
            return TERMS[value]()
        return {"leads": _("may lead a shift")}.get(key) or {"hours": _("{value} h"), "report_minutes": _("report in {value} min")}.get(
            key, "{value}"
        ).format(value=value)

    def _rules(self) -> Choices:
        """What can decide a line of this list."""
        people: Choices = [("", lambda: _("people, on the spot"))]
        if getattr(self, "chosen", None) == "refusal_grounds":
            lines = [(f"line:{code}", partial(_line_words, name)) for code, name in self.lines]
            return [*people, ("emergency", lambda: _("an emergency state")), *lines]
        return [*people, *RULES.items(), *((f"checklist:{subject}", partial(_subject_words, name)) for subject, name in self.subjects)]

    def show_found(self, found: Any) -> None:
        self.subjects, self.lines = found.subjects, found.lines
        super().show_found(found.kept)

    def _show_list(self) -> None:
        """Only what this list has is asked."""
        super()._show_list()
        self.table.horizontalHeader().viewport().update()
        shown = EXTRAS.get(self.chosen or "", ())
        for key in {extra for extras in EXTRAS.values() for extra in extras}:
            self.line_form.parts[key].setVisible(key in shown)

    def keeping(self, kept: Kept | None, head: dict[str, Any], lines: list[dict[str, Any]], valid_from: Any) -> Call:
        assert kept is not None
        entries = [_entry(kept.key, each) for each in lines]
        return partial(settings.set_list, valid_from=valid_from, seen=kept.seen), (kept.key, entries)


def _name(each: Entry) -> str:
    return str(Name(each.values.get("zh") or "", each.values.get("en") or ""))


def _entry(code: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """As the store keeps an entry of this list; what the form does not know stays."""
    asked = {"rule", "term", "hours", "report_minutes", "task_zh", "task_en", "role", "leads"}
    own = {key: value for key, value in values.items() if key not in asked}
    own |= {key: values.get(key) for key in EXTRAS.get(code, ()) if not key.startswith("task")}
    if code == "hazard_grades":
        own |= {"term": values.get("term") or str(Term.OVERNIGHT), "hours": values.get("hours") or 0}
    if code == "emergency_team":
        own["task"] = {"zh": values.get("task_zh") or "", "en": values.get("task_en") or ""}
    if code == "posts":
        own |= {"role": values.get("role") or "operator", "leads": bool(values.get("leads"))}
    if "rule" in own:
        own["rule"] = own["rule"] or ""
    return own


def _values(entry: Mapping[str, Any]) -> dict[str, Any]:
    task = entry.get("task") or {}
    return {**{key: value for key, value in entry.items() if key != "task"}, **{f"task_{key}": value for key, value in task.items()}}


def _subject_words(name: Name) -> str:
    return _("the checklist “{name}”").format(name=name)


def _line_words(name: Name) -> str:
    return _("the line “{name}” is contradicted").format(name=name)


def _load(store: Store, at: datetime) -> Found:
    found = {code: settings.list_items(store, code, at) for code in NAMES}
    kept = tuple(Kept(code, words, {}, tuple(map(_values, found[code])), found[code]) for code, words in NAMES.items())
    subjects = tuple((each.subject, each.name) for each in templates_view(store, at) if each.subject)
    lines = tuple((str(each["code"]), Name.of(each)) for each in found["handover_lines"])
    return Found(kept, subjects, lines)
