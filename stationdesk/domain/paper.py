"""How a station wants a report on paper: its own title, company, form number, columns, remark and signature cells.

A template is JSON, dated like every template, and says only what differs from the program's own sheet:

    {"title": "交接班记录表", "company": "…", "form_no": "QSMZ-JL-07（第 3 版）", "remark": "…",
     "sections": {"seven": {"title": "…", "columns": ["n", "item", {"key": "fact", "name": "事实", "width": 80}]}},
     "signatures": ["outgoing", {"key": "chief", "name": "站长审核", "ink": true}, {"name": "盖章处", "dated": false}]}

A text may be given in both languages: {"zh": "…", "en": "…"}. A column not named is not shown, unless the part says `"rest": true`:
then it stays where the program has it (a reading point added later is on the sheet), a column with `"shown": false` is left out, and what
a sheet does not have that day is passed over. Signature cells stand in the order given; a cell with `ink`, or one that the program does
not know, stays blank for a hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stationdesk.domain import words
from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

WIDTHS = (5, 250)  # mm a column may be wide
TEXTS = ("title", "company", "form_no", "remark")


class TemplateError(DomainError):
    """The template cannot be used."""

    words = N_("The sheet template cannot be used.")
    field = "template"


class TemplateSyntaxError(TemplateError):
    """It is no JSON."""

    words = N_("The sheet template is not JSON: line {line}, column {column}.")


class TemplateShapeError(TemplateError):
    """An object, a list or a text stands where another is wanted."""

    words = N_("In the sheet template, “{place}” is not what it should be: {shape}.")


class TemplateEntryError(TemplateError):
    """An entry nobody reads: a slip of the hand that would change nothing, silently."""

    words = N_("The sheet template knows no “{entry}” in “{place}”. It knows: {known}.")


class ColumnWidthError(TemplateError):
    """A width outside what paper has."""

    words = N_("Column “{column}” is {width} mm wide; {least} to {most} mm are possible.")


class DuplicateColumnError(TemplateError):
    """A column twice in one table."""

    words = N_("Column “{column}” stands twice in “{section}”.")


class NoColumnsError(TemplateError):
    """A table without any column."""

    words = N_("“{section}” has no column left.")


class UnknownSectionError(TemplateError):
    """A part the sheet does not have."""

    words = N_("The sheet “{sheet}” has no part “{section}”. It has: {known}.")


class UnknownColumnError(TemplateError):
    """A column the table does not have."""

    words = N_("“{section}” has no column “{column}”. It has: {known}.")


class NotATableError(TemplateError):
    """Columns were named for a part that has none."""

    words = N_("“{section}” has no columns to choose.")


class UnknownReportError(DomainError):
    """No report has this name."""

    words = N_("There is no report “{name}”. There are: {known}.")
    field = "report"


class NotASheetError(DomainError):
    """The file is no PDF that can be read."""

    words = N_("This file is not a PDF that can be read.")
    field = "file"


@dataclass(frozen=True)
class Named:
    """A text of the station, in Chinese and perhaps in English; "" leaves the program's own."""

    zh: str = ""
    en: str = ""

    def here(self, own: str) -> str:
        """The text in the language spoken now, or the program's own."""
        return words.named(self.zh, self.en) or own


@dataclass(frozen=True)
class ColumnChoice:
    """A column, with the station's name and width in mm; None keeps the program's width."""

    key: str
    name: Named = Named()
    width: float | None = None
    shown: bool = True


@dataclass(frozen=True)
class SectionChoice:
    """A part's own title and columns; None keeps all columns. rest: those not named stay, and what is not there is passed over."""

    title: Named = Named()
    columns: tuple[ColumnChoice, ...] | None = None
    rest: bool = False


@dataclass(frozen=True)
class CellChoice:
    """A signature cell: one the program fills (key), or a blank one of the station's own (no key)."""

    key: str = ""
    name: Named = Named()
    ink: bool = False  # stays blank for a hand even where a signature is on file
    dated: bool = True  # a blank cell asks for the date


@dataclass(frozen=True)
class Template:
    """A station's own form of a report."""

    title: Named = Named()
    company: Named = Named()
    form_no: Named = Named()
    remark: Named = Named()
    sections: Mapping[str, SectionChoice] = field(default_factory=dict)
    signatures: tuple[CellChoice, ...] | None = None


def parse_template(definition: str) -> Template:
    """The template from its JSON; "" is the program's own. TemplateError and its kinds say what is wrong and where."""
    if not definition.strip():
        return Template()
    try:
        given = json.loads(definition)
    except json.JSONDecodeError as error:
        raise TemplateSyntaxError(line=error.lineno, column=error.colno) from error
    top = _entries(given, "template", (*TEXTS, "sections", "signatures"))
    texts = {name: _named(top[name], name) for name in TEXTS if name in top}
    sections = {key: _section(key, each) for key, each in _object(top.get("sections", {}), "sections").items()}
    cells = tuple(_cell(each) for each in _list(top["signatures"], "signatures")) if "signatures" in top else None
    return Template(**texts, sections=sections, signatures=cells)


def _section(key: str, given: Any) -> SectionChoice:
    entries = _entries(given, key, ("title", "columns", "rest"))
    title = _named(entries.get("title", ""), f"{key}.title")
    rest = _flag(entries.get("rest", False), f"{key}.rest")
    if "columns" not in entries:
        return SectionChoice(title, rest=rest)
    columns = tuple(_column(each, f"{key}.columns") for each in _list(entries["columns"], f"{key}.columns"))
    if not any(column.shown for column in columns):
        raise NoColumnsError(section=key)
    keys = [column.key for column in columns]
    if twice := next((each for each in keys if keys.count(each) > 1), None):
        raise DuplicateColumnError(column=twice, section=key)
    return SectionChoice(title, columns, rest)


def _column(given: Any, place: str) -> ColumnChoice:
    if isinstance(given, str):
        return ColumnChoice(given)
    entries = _entries(given, place, ("key", "name", "width", "shown"))
    key = _text(entries.get("key"), f"{place}.key")
    return ColumnChoice(
        key,
        _named(entries.get("name", ""), f"{place}.name"),
        _width(entries.get("width"), key),
        _flag(entries.get("shown", True), f"{place}.shown"),
    )


def _width(given: Any, column: str) -> float | None:
    if given is None:
        return None
    least, most = WIDTHS
    if isinstance(given, bool) or not isinstance(given, int | float) or not least <= given <= most:
        raise ColumnWidthError(column=column, width=given, least=least, most=most)
    return float(given)


def _cell(given: Any) -> CellChoice:
    if isinstance(given, str):
        return CellChoice(given)
    entries = _entries(given, "signatures", ("key", "name", "ink", "dated"))
    name = _named(entries.get("name", ""), "signatures.name")
    key = _text(entries["key"], "signatures.key") if "key" in entries else ""
    ink, dated = (_flag(entries.get(entry, default), f"signatures.{entry}") for entry, default in (("ink", False), ("dated", True)))
    return CellChoice(key, name, ink, dated)


def _named(given: Any, place: str) -> Named:
    if isinstance(given, str):
        return Named(given)
    entries = _entries(given, place, ("zh", "en"))
    return Named(_text(entries.get("zh", ""), f"{place}.zh"), _text(entries.get("en", ""), f"{place}.en"))


def _entries(given: Any, place: str, known: tuple[str, ...]) -> dict[str, Any]:
    found = _object(given, place)
    if strange := next((entry for entry in found if entry not in known), None):
        raise TemplateEntryError(entry=strange, place=place, known=", ".join(known))
    return found


def _object(given: Any, place: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise TemplateShapeError(place=place, shape="{ … }")
    return given


def _list(given: Any, place: str) -> list[Any]:
    if not isinstance(given, list):
        raise TemplateShapeError(place=place, shape="[ … ]")
    return given


def _text(given: Any, place: str) -> str:
    if not isinstance(given, str):
        raise TemplateShapeError(place=place, shape='" … "')
    return given


def _flag(given: Any, place: str) -> bool:
    if not isinstance(given, bool):
        raise TemplateShapeError(place=place, shape="true / false")
    return given


def definition(template: Template) -> str:
    """The template as its JSON; `parse_template` reads it back. TemplateError and its kinds for what it would refuse there."""
    texts = {key: _said(getattr(template, key)) for key in TEXTS}
    made: dict[str, Any] = {key: text for key, text in texts.items() if text}
    if sections := {key: _section_data(each) for key, each in template.sections.items() if each != SectionChoice()}:
        made["sections"] = sections
    if template.signatures is not None:
        made["signatures"] = [_cell_data(each) for each in template.signatures]
    text = json.dumps(made, ensure_ascii=False)
    parse_template(text)
    return text


def _said(named: Named) -> str | dict[str, str]:
    return {"zh": named.zh, "en": named.en} if named.en else named.zh


def _section_data(section: SectionChoice) -> dict[str, Any]:
    made: dict[str, Any] = {"title": _said(section.title)} if section.title != Named() else {}
    if section.columns is not None:
        made["columns"] = [_column_data(each) for each in section.columns]
    return {**made, "rest": True} if section.rest else made


def _column_data(column: ColumnChoice) -> str | dict[str, Any]:
    made: dict[str, Any] = {"key": column.key}
    made |= {"name": _said(column.name)} if column.name != Named() else {}
    made |= {"width": column.width} if column.width is not None else {}
    made |= {} if column.shown else {"shown": False}
    return made if len(made) > 1 else column.key


def _cell_data(cell: CellChoice) -> str | dict[str, Any]:
    made: dict[str, Any] = {"key": cell.key} if cell.key else {}
    made |= {"name": _said(cell.name)} if cell.name != Named() else {}
    made |= {"ink": True} if cell.ink else {}
    made |= {} if cell.dated else {"dated": False}
    return cell.key if made == {"key": cell.key} else made
