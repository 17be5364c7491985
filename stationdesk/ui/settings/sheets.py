"""Sheets: each report's own title, company, form number and remark; its columns and signature cells as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from stationdesk.domain.words import C_, _
from stationdesk.reports.registry import REPORTS
from stationdesk.services import Store, settings, sheets
from stationdesk.ui.settings.form import Ask
from stationdesk.ui.settings.list_section import ListSection
from stationdesk.ui.settings.section import Call
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.layout import Item, row
from stationdesk.ui.widgets.rows import Column
from stationdesk.ui.widgets.text import Text

TEXTS = ("title", "company", "form_no", "remark")


@dataclass(frozen=True)
class SheetRow:
    """A report and the template in force, as its JSON."""

    report: str
    title: str  # message id
    text: str

    def given(self) -> dict[str, Any]:
        """What the template says."""
        found: dict[str, Any] = json.loads(self.text) if self.text.strip() else {}
        return found


class SheetsSection(ListSection):
    """What is left empty is the program's own."""

    key, icon, case, adds = "sheets", "file-text", "set_sheet_template", False
    cases = ("set_sheet_template",)
    kinds = frozenset({"sheet_template", "role_grant"})

    @classmethod
    def title(cls) -> str:
        return C_("settings", "Sheets")

    def load(self) -> Any:
        return _load

    def columns(self) -> Sequence[Column]:
        return (
            Column(lambda: _("Sheet"), lambda each: _(each.title), grows=True),
            Column(lambda: C_("sheet", "Own title"), lambda each: _zh(each.given().get("title")), width=170),
            Column(lambda: _("Form no."), lambda each: _zh(each.given().get("form_no")), width=170),
        )

    def asks(self) -> Sequence[Sequence[Ask]]:
        return (
            (Ask("title_zh", lambda: _("Title (Chinese)")), Ask("title_en", lambda: _("Title (English)"))),
            (Ask("company_zh", lambda: _("Company (Chinese)")), Ask("company_en", lambda: _("Company (English)"))),
            (Ask("form_no_zh", lambda: _("Form no.")), Ask("form_no_en", lambda: _("Form no. (English)"))),
            (Ask("remark_zh", lambda: _("Remark (Chinese)")), Ask("remark_en", lambda: _("Remark (English)"))),
            (Ask("sections", lambda: _("Columns and their names (JSON)"), "long", lines=6, errors=("template",)),),
            (Ask("signatures", lambda: _("Signature cells (JSON)"), "long", lines=4),),
            (Ask("valid_from", lambda: _("Takes effect from (empty: now)"), "moment"),),
        )

    def beside(self) -> Sequence[Item]:
        see = Button(lambda: C_("settings", "Preview"), icon="eye", look="small", on_click=self._preview)
        example = Text('{"seven": {"columns": ["n", "item", {"key": "fact", "width": 80}]}}', "label text-2")
        return (12, row(see, None), 8, example)

    def _preview(self) -> None:
        if self.row is not None:
            self.go.emit("reports", (self.row.report, ""))

    def key_of(self, row: SheetRow) -> str:
        return row.report

    def name_of(self, row: SheetRow) -> str:
        return _(row.title)

    def values_of(self, row: SheetRow | None) -> dict[str, Any]:
        if row is None:
            return {}
        given = row.given()
        texts = {f"{key}_{each}": _text(given.get(key), each) for key in TEXTS for each in ("zh", "en")}
        more: dict[str, Any] = {
            key: json.dumps(given[key], ensure_ascii=False, indent=1) for key in ("sections", "signatures") if key in given
        }
        return {**texts, **more}

    def keeping(self, row: SheetRow, values: dict[str, Any]) -> Call:
        made: list[str] = []
        for key in TEXTS:
            zh, en = values[f"{key}_zh"], values[f"{key}_en"]
            if zh or en:
                made.append(f'"{key}": {json.dumps({"zh": zh, "en": en} if en else zh, ensure_ascii=False)}')
        made += [f'"{key}": {values[key]}' for key in ("sections", "signatures") if values[key].strip()]
        text = "{" + ", ".join(made) + "}"
        return partial(sheets.set_template, valid_from=values["valid_from"]), (row.report, text)


def _zh(given: Any) -> str:
    return _text(given, "zh")


def _text(given: Any, language: str) -> str:
    if isinstance(given, dict):
        return str(given.get(language, ""))
    return str(given) if given and language == "zh" else ""


def _load(store: Store, at: datetime) -> tuple[SheetRow, ...]:
    return tuple(SheetRow(each.name, each.title, settings.template_text(store, each.name, at)) for each in REPORTS)
