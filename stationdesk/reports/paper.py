"""A station's template laid over a sheet: domain/paper.py reads it, this applies it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from stationdesk.domain.paper import (
    CellChoice,
    ColumnChoice,
    Named,
    NotATableError,
    SectionChoice,
    Template,
    UnknownColumnError,
    UnknownSectionError,
)
from stationdesk.domain.words import speaking
from stationdesk.reports.sheet import Column, Section, Sheet, Signature, Signatures, Table, Ticks


def on_paper(template: Template, sheet: Sheet) -> Sheet:
    """The sheet as the station wants it. UnknownSectionError, UnknownColumnError and NotATableError name what the sheet does not have."""
    with speaking(sheet.language):
        known = [section.key for section in sheet.sections]
        if strange := next((key for key, each in template.sections.items() if key not in known and not each.rest), None):
            raise UnknownSectionError(sheet=sheet.title, section=strange, known=", ".join(known))
        return replace(
            sheet,
            title=template.title.here(sheet.title),
            company=template.company.here(sheet.company),
            form_no=template.form_no.here(sheet.form_no),
            remark=template.remark.here(sheet.remark),
            sections=_signed([_section(section, template) for section in sheet.sections], template),
        )


def _section(section: Section, template: Template) -> Section:
    choice = template.sections.get(section.key)
    if choice is None:
        return section
    if choice.columns is None:
        return replace(section, title=choice.title.here(section.title))
    if isinstance(section, Ticks):
        section = section.table()
    if not isinstance(section, Table):
        raise NotATableError(section=section.title or section.key)
    return _table(section, choice)


def _table(table: Table, choice: SectionChoice) -> Table:
    """The chosen columns in their order. A name over several columns goes with each of them: without it nobody knew whose they are."""
    known = {column.key: column for column in table.columns}
    named = choice.columns or ()
    strange = next((each.key for each in named if each.key not in known), None)
    if strange is not None and not choice.rest:
        raise UnknownColumnError(section=table.title or table.key, column=strange, known=", ".join(known))
    chosen = [_column(known[each.key], each) for each in named if each.shown and each.key in known]
    if choice.rest:
        chosen = _with_rest(chosen, list(table.columns), {each.key for each in named})
    return replace(table, title=choice.title.here(table.title), columns=chosen, groups=_groups(table, chosen))


def _groups(table: Table, chosen: list[Column]) -> tuple[tuple[str, int], ...]:
    """The names over the chosen columns: over neighbours of one group once."""
    if [column.key for column in chosen] == [column.key for column in table.columns]:
        return tuple(table.groups)
    over = [name for name, count in table.groups for _n in range(count)]
    names = {column.key: name for column, name in zip(table.columns, over, strict=False)}
    runs = [(name, len(list(same))) for name, same in groupby(chosen, lambda column: names.get(column.key, ""))]
    return tuple(runs) if any(name for name, _count in runs) else ()


def _column(own: Column, choice: ColumnChoice) -> Column:
    name = choice.name.here(own.name)
    book = own.book if name == own.name else ""
    return replace(own, name=name, book=book, width=own.width if choice.width is None else choice.width)


def _with_rest(chosen: list[Column], own: list[Column], named: set[str]) -> list[Column]:
    """Columns the template does not name stand behind the one they follow in the program's own order."""
    for n, column in enumerate(own):
        if column.key not in named:
            before = {each.key for each in own[:n]}
            at = max((place for place, each in enumerate(chosen, 1) if each.key in before), default=0)
            chosen = [*chosen[:at], column, *chosen[at:]]
    return chosen or own


def _signed(sections: list[Section], template: Template) -> list[Section]:
    """The station's cells in the place of the program's; at the end where the program has none."""
    if template.signatures is None:
        return sections
    known = {cell.key: cell for section in sections if isinstance(section, Signatures) for cell in section.cells}
    there = [choice for choice in template.signatures if choice.key in known or choice.key == "" or choice.name != Named()]
    cells = [_cell(choice, known) for choice in there]
    at = next((n for n, section in enumerate(sections) if isinstance(section, Signatures)), None)
    if at is None:
        return [*sections, Signatures("signatures", cells=cells)] if cells else sections
    own = replace(sections[at], cells=cells) if cells else None  # type: ignore[call-arg]
    return [*sections[:at], *([own] if own else []), *sections[at + 1 :]]


def _cell(choice: CellChoice, known: dict[str, Signature]) -> Signature:
    own = known.get(choice.key, Signature(choice.key, choice.key, dated=choice.dated))
    role = choice.name.here(own.role)
    return Signature(own.key, role, dated=choice.dated) if choice.ink else replace(own, role=role)
