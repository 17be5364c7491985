"""The same sheet as a workbook: numbers as numbers, one worksheet of facts and words, one for each table.

Every text is written as text: what a person typed beginning with = + - or @ never becomes a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING, Any

from stationdesk.domain import words
from stationdesk.domain.words import C_, _
from stationdesk.reports.breaking import Run, plain, runs
from stationdesk.reports.sheet import Chart, Column, Facts, Grid, Paragraph, Section, Sheet, Signatures, Table, Ticks, Value

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_NAME_LETTERS = 31
_CELL_LETTERS = 32_767  # Excel's limit of a cell
_MM = 0.55  # characters a millimetre of paper is wide
_WIDE = 60
_NARROW = 6.5
_INVARIANT = datetime(2000, 1, 1, tzinfo=UTC)  # the same sheet is the same bytes

Rows = Iterator[Sequence[str]]


def xlsx(sheet: Sheet) -> bytes:
    """The workbook of a sheet, as bytes of an .xlsx file."""
    with words.speaking(sheet.language):
        return _Writer(sheet).made()


class _Writer:
    def __init__(self, sheet: Sheet) -> None:
        from xlsxwriter import Workbook

        self._sheet = sheet
        self._buffer = BytesIO()
        self._book: Workbook = Workbook(self._buffer, {"in_memory": True})
        self._book.set_properties({"title": sheet.title, "company": sheet.company, "created": _INVARIANT.replace(tzinfo=None)})
        self._names: set[str] = set()
        self._formats: dict[str, Any] = {}

    def made(self) -> bytes:
        words_page = self._worksheet(self._sheet.title)
        words_page.set_column(0, 5, 24)
        for row, texts in enumerate(self._words()):
            for column, text in enumerate(texts):
                self._text(words_page, row, column, text, bold=row == 0)
        for section in self._sheet.sections:
            table = _table(section)
            if table is not None:
                self._table(table)
            if isinstance(table, Grid) and table.foot:
                self._table(replace(table, book=table.foot_title, rows=table.foot, closing=""))
        self._book.close()
        return self._buffer.getvalue()

    def _worksheet(self, title: str) -> Worksheet:
        """A worksheet whose name Excel takes: 31 letters, no []:*?/\\, not twice."""
        wanted = _SHEET_NAME.sub(" ", title).strip()[:_NAME_LETTERS] or C_("sheet", "Table")
        name, n = wanted, 2
        while name.lower() in self._names:
            name, n = f"{wanted[: _NAME_LETTERS - 4]} {n}", n + 1
        self._names.add(name.lower())
        return self._book.add_worksheet(name)

    def _words(self) -> Rows:
        sheet = self._sheet
        yield [sheet.title]
        yield [sheet.company, sheet.station]
        yield [_("Form no."), sheet.form_no, _("Record no."), sheet.number]
        for section in sheet.sections:
            yield from _section_words(section)
        if sheet.code:
            yield [_("Verification code"), sheet.code.grouped, str(sheet.code.seq), sheet.code.fingerprint]
        yield from ([text] for text in (sheet.watermark, sheet.printed, sheet.remark, sheet.note) if text)

    def _table(self, table: Table) -> None:
        narrow = table.narrow if isinstance(table, Grid) else frozenset()
        page = self._worksheet((table.book if isinstance(table, Grid) else "") or table.title or self._sheet.title)
        over = [name for name, count in table.groups for _n in range(count)] or [""] * len(table.columns)
        for n, (column, group) in enumerate(zip(table.columns, over, strict=True)):
            head = column.book or " ".join(part for part in (group, column.name, column.unit, column.limit) if part)
            self._text(page, 0, n, head, bold=True)
            page.set_column(n, n, _NARROW if column.key in narrow else _wide(column))
        for row, values in enumerate(table.rows, 1):
            for n, column in enumerate(table.columns):
                self._value(page, row, n, values.get(column.key), column)
        page.freeze_panes(1, 0)
        if table.closing:
            self._text(page, len(table.rows) + 1, 0, plain(table.closing))

    def _value(self, page: Worksheet, row: int, at: int, value: Value, column: Column) -> None:
        if isinstance(value, int | float | Decimal) and isfinite(value):
            page.write_number(row, at, float(value), self._format(_number_format(column.digits)))
        elif isinstance(value, int | float | Decimal):
            self._text(page, row, at, str(value))
        elif value is not None:
            self._said(page, row, at, runs(value))

    def _said(self, page: Worksheet, row: int, at: int, said: Sequence[Run]) -> None:
        """What was corrected is struck through here too: beside the right value it would pass for one."""
        inked = [run for run in said if run.text]
        if not any(run.struck for run in inked) or sum(len(run.text) for run in inked) > _CELL_LETTERS:
            self._text(page, row, at, plain(said))
        elif len(inked) == 1:
            page.write_string(row, at, inked[0].text, self._format("struck"))
        else:
            parts = [part for run in inked for part in (self._format("struck" if run.struck else "text"), run.text)]
            page.write_rich_string(row, at, *parts, self._format("text"))

    def _text(self, page: Worksheet, row: int, column: int, text: str, *, bold: bool = False) -> None:
        if text:
            page.write_string(row, column, text[:_CELL_LETTERS], self._format("bold" if bold else "text"))

    def _format(self, name: str) -> Any:
        if name not in self._formats:
            text = {"text_wrap": True, "valign": "top"}
            shapes = {"bold": {"bold": True, **text}, "text": text, "struck": {"font_strikeout": True, **text}}
            self._formats[name] = self._book.add_format(shapes.get(name, {"num_format": name, "valign": "top"}))
        return self._formats[name]


def _wide(column: Column) -> float:
    return min(max(column.width * _MM, 9), _WIDE) if column.width else 16


def _number_format(digits: int | None) -> str:
    if digits is None:
        return "General"
    return "#,##0" + ("." + "0" * digits if digits else "")


def _table(section: Section) -> Table | None:
    """What of a section is a table; a chart's readings are one."""
    if isinstance(section, Ticks):
        return section.table()
    if isinstance(section, Chart):
        columns = [
            Column("hour", C_("sheet", "Day") if section.ticks else C_("sheet", "Hour"), digits=None),
            Column("value", section.title, digits=section.digits, unit=section.remark),
        ]
        return Table(section.key, section.title, columns, [{"hour": hour, "value": value} for hour, value in section.points])
    return section if isinstance(section, Table) else None


def _section_words(section: Section) -> Rows:
    if isinstance(section, Facts):
        for band in section.bands:
            yield [part for label, value in band for part in (label, plain(value))]
    elif isinstance(section, Paragraph):
        yield [section.title, plain(section.text)]
    elif isinstance(section, Signatures):
        for cell in section.cells:
            yield [cell.role, cell.name, cell.evidence]
