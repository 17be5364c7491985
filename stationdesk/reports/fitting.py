"""A report fitted to a station's form before the form is kept: what there is to choose, and the pages it would print.

It is shown of the latest real subject; where there is none yet, of a demo store.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from stationdesk.domain.words import _, speaking
from stationdesk.reports.paper import on_paper
from stationdesk.reports.registry import Period, Report, builder, find
from stationdesk.reports.sheet import Section, Sheet, Signatures, Table, Ticks
from stationdesk.services import subjects
from stationdesk.services.demo.sample import sample_store

if TYPE_CHECKING:
    from stationdesk.domain.paper import Template
    from stationdesk.services import Store

LOOKED_AT = 6
"""So many shifts say which parts a sheet can have: orders, say, are not on every one."""


@dataclass(frozen=True)
class OwnColumn:
    """A column as the program has it; group: the name over it and its neighbours; width in mm, 0 for a share of what is left."""

    key: str
    name: str
    width: float
    group: str = ""


@dataclass(frozen=True)
class Part:
    """A table of a sheet, in the program's own order."""

    key: str
    title: str
    columns: tuple[OwnColumn, ...]


@dataclass(frozen=True)
class Made:
    """What a sheet is made of: its own title, its tables and its signature cells (key, role)."""

    title: str
    parts: tuple[Part, ...]
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Fitted:
    """The pages of a sheet on a form. sample: made of the demo, for there is nothing real yet."""

    pdf: bytes
    sample: bool


def made_of(store: Store, report: str, language: str, at: datetime) -> Made:
    """The tables, columns and signature cells a report can have, worded in a language."""
    found = find(report)
    with _source(store, found, at) as source:
        sheets = [_own(source, found, subject, language, at) for subject in _subjects(source, found, at)]
        if found.form and not found.only_form:
            sheets.append(builder(found.form)(source, _subjects(source, found, at)[0], language))
    with speaking(language):
        parts: dict[str, Part] = {}
        for section in (section for sheet in sheets for section in sheet.sections):
            part = _part(section)
            if part is not None:
                parts[part.key] = _joined(parts[part.key], part) if part.key in parts else part
        cells = {
            cell.key: cell.role
            for sheet in sheets
            for section in sheet.sections
            if isinstance(section, Signatures)
            for cell in section.cells
        }
        return Made(sheets[0].title, tuple(parts.values()), tuple(cells.items()))


def _part(section: Section) -> Part | None:
    table = section.table() if isinstance(section, Ticks) else section
    if not isinstance(table, Table):
        return None
    groups = [name for name, count in table.groups for _n in range(count)] or [""] * len(table.columns)
    columns = (OwnColumn(each.key, each.name, each.width, group) for each, group in zip(table.columns, groups, strict=False))
    return Part(table.key, table.title, tuple(columns))


def _joined(first: Part, second: Part) -> Part:
    known = {each.key for each in first.columns}
    return replace(first, columns=(*first.columns, *(each for each in second.columns if each.key not in known)))


def fitted(store: Store, report: str, template: Template, language: str, at: datetime) -> Fitted:
    """The latest sheet of a report on a form that is being made. TemplateError for a form that does not fit."""
    from stationdesk.reports.paint import make

    found = find(report)
    with _source(store, found, at) as source:
        subject = _subjects(source, found, at)[0]
        sheet = on_paper(template, _own(source, found, subject, language, at))
        with speaking(language):
            words = _("Sample, not a record")
        made = make(replace(sheet, printed=words) if source is not store else sheet)
        return Fitted(made.pdf, source is not store)


def _own(store: Store, report: Report, subject: str, language: str, _at: datetime) -> Sheet:
    return builder(report.sheet)(store, subject, language)


def _subjects(store: Store, report: Report, at: datetime) -> list[str]:
    """The latest first; shifts before it too."""
    latest = subjects.latest(store, report.name, report.period.value, at)
    if report.period is not Period.SHIFT:
        return [latest]
    return [latest, *(each.code for each in subjects.shifts(store, at, LOOKED_AT) if each.code != latest)]


@contextmanager
def _source(store: Store, report: Report, at: datetime) -> Iterator[Store]:
    """The station's own store, or the demo where it has nothing of the kind yet."""
    if report.period is Period.NOW or subjects.latest(store, report.name, report.period.value, at):
        yield store
    else:
        with sample_store(at) as sample:
            yield sample
