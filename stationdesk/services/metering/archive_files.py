"""A file that somebody brings, as tables of cells: CSV in whatever encoding and with whatever separator, or an Excel workbook."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.archive import Cell, Line, Table
from stationdesk.domain.words import N_

MOST_BYTES, MOST_UNPACKED = 50_000_000, 600_000_000
MOST_LINES, MOST_COLUMNS, MOST_SHEETS = 200_000, 200, 60
SEPARATORS = ("\t", ";", "|", ",")
_SAMPLE = 200


class ArchiveEmptyError(DomainError):
    """Nothing in it."""

    words = N_("{file} is empty.")
    field = "file"


class ArchiveTooLargeError(DomainError):
    """Larger than years of hours are."""

    words = N_("{file} is too large: at most {megabytes} MB and {lines} lines are read at once.")
    field = "file"

    def __init__(self, file: str) -> None:
        super().__init__(file=file, megabytes=MOST_BYTES // 1_000_000, lines=MOST_LINES)


class ArchiveFileError(DomainError):
    """Neither text nor a workbook."""

    words = N_("{file} is neither a CSV file nor an Excel workbook (.xlsx).")
    field = "file"


class OldWorkbookError(DomainError):
    """.xls of before 2007."""

    words = N_("{file} is a workbook of the old kind (.xls): open it and save it as .xlsx or CSV.")
    field = "file"


class PageAsWorkbookError(DomainError):
    """Some programs write a table of a web page and call it .xls."""

    words = N_("{file} is a web page under the name of a workbook: open it and save it as .xlsx or CSV.")
    field = "file"


def tables_of(data: bytes, name: str) -> tuple[Table, ...]:
    """The tables of a file: one of a CSV file, one a sheet of a workbook; empty sheets are left out.

    ArchiveEmptyError, ArchiveTooLargeError, ArchiveFileError, OldWorkbookError, PageAsWorkbookError.
    """
    if not data.strip():
        raise ArchiveEmptyError(file=name)
    if len(data) > MOST_BYTES:
        raise ArchiveTooLargeError(name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbookError(file=name)
    found = _sheets(data, name) if data.startswith(b"PK\x03\x04") else (_text_table(data, name),)
    if not found:
        raise ArchiveEmptyError(file=name)
    return found


# Text
def _text_table(data: bytes, name: str) -> Table:
    text, encoding = _decoded(data, name)
    if re.match(r"\s*(?:<!doctype|<html|<\?xml|<table|<meta)", text, re.IGNORECASE):
        raise PageAsWorkbookError(file=name)
    text, separator = _separated(text)
    lines = _lines(text, separator, name)
    if not any(cell.strip() for line in lines for cell in line.cells if isinstance(cell, str)):
        raise ArchiveEmptyError(file=name)
    return Table(name, lines, encoding, separator)


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    """The text and its encoding. What decodes as nothing but noise is no text."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _legible(text):
            return text.removeprefix("\ufeff"), encoding
    raise ArchiveFileError(file=name)


def _encodings(data: bytes) -> Sequence[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if data.startswith(b"\xef\xbb\xbf"):
        return ("utf-8-sig",)
    even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
    if even + odd > len(data[:4000]) // 4:
        return ("utf-16-le", "utf-16-be") if odd > even else ("utf-16-be", "utf-16-le")
    return ("utf-8", "gb18030", "cp1252")


def _legible(text: str) -> bool:
    strange = sum(1 for c in text[:5000] if not c.isprintable() and c not in "\r\n\t\x1a\x0c")
    return strange * 50 <= len(text[:5000])


def _separated(text: str) -> tuple[str, str]:
    """The text and its separator; "sep=;" in the first line is Excel's own way of saying so."""
    if said := re.match(r"sep=(.)\r?\n", text):
        return "\n" + text[said.end() :], said[1]  # the lines keep their numbers
    sample = [line for line in text[:200_000].splitlines() if line.strip()][:_SAMPLE]
    return text, max(SEPARATORS, key=lambda each: _constancy(sample, each)) if any(_constancy(sample, each) for each in SEPARATORS) else " "


def _constancy(sample: Sequence[str], separator: str) -> float:
    """How alike the lines are when they are cut by a separator: the share that has the usual number of cells, 0 for uncut lines.

    A decimal comma cuts lines as well, hence tab, semicolon and bar win over a comma wherever most lines have them.
    """
    counts = Counter(len(cells) for cells in csv.reader(sample, delimiter=separator))
    cut = Counter({cells: lines for cells, lines in counts.items() if cells > 2})
    if not cut:
        return 0.0
    share = max(cut.values()) / len(sample)
    return share + (1 if separator != "," and share >= 0.6 else 0)


def _lines(text: str, separator: str, name: str) -> tuple[Line, ...]:
    made: list[Line] = []
    rows = _by_blanks(text) if separator == " " else _cut(text, separator, name)
    for number, cells in rows:
        if len(made) >= MOST_LINES:
            raise ArchiveTooLargeError(name)
        made.append(Line(number, tuple(cells[:MOST_COLUMNS])))
    return tuple(made)


def _cut(text: str, separator: str, name: str) -> Iterable[tuple[int, list[str]]]:
    """Cells by line number; a quoted cell may hold line breaks, and counts from its first line."""
    reader = csv.reader(io.StringIO(text.rstrip("\x1a"), newline=""), delimiter=separator)
    before = 0
    try:
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise ArchiveFileError(file=name) from error


def _by_blanks(text: str) -> Iterable[tuple[int, list[str]]]:
    """A printed table: columns stand two blanks apart, or one where that does not part them."""
    lines = text.splitlines()
    wide = sum(1 for line in lines[:_SAMPLE] if len(re.split(r"\s{2,}", line.strip())) > 3)
    pattern = r"\s{2,}" if wide * 2 > len(lines[:_SAMPLE]) else r"\s+"
    for number, line in enumerate(lines, 1):
        yield number, re.split(pattern, line.strip())


# Workbooks
def _sheets(data: bytes, name: str) -> tuple[Table, ...]:
    from openpyxl import load_workbook

    _check_unpacked(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep of a workbook does not matter: it is only read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            try:
                found = [_sheet(page, name) for page in book.worksheets[:MOST_SHEETS] if page.sheet_state == "visible"]
            finally:
                book.close()
    except DomainError:
        raise
    except Exception as error:
        raise ArchiveFileError(file=name) from error
    return tuple(table for table in found if table.lines)


def _check_unpacked(data: bytes, name: str) -> None:
    """A small file may unpack to gigabytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile as error:
        raise ArchiveFileError(file=name) from error
    if size > MOST_UNPACKED:
        raise ArchiveTooLargeError(name)


def _sheet(page: Any, name: str) -> Table:
    lines: list[Line] = []
    empty = 0
    for number, row in enumerate(page.iter_rows(max_col=MOST_COLUMNS), 1):
        cells = tuple(_cell(each) for each in row)
        while cells and cells[-1] == "":
            cells = cells[:-1]
        empty = 0 if cells else empty + 1
        if cells:
            lines.append(Line(number, cells))
        if len(lines) > MOST_LINES:
            raise ArchiveTooLargeError(name)
        if empty > 10_000:
            break
    return Table(page.title, tuple(lines))


def _cell(each: Any) -> Cell:
    """Numbers stay numbers, dates and times are written the one way nobody mistakes, a formula is seen as such."""
    value = each.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return _moment(value, str(getattr(each, "number_format", "")))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M:%S")
    if hasattr(value, "total_seconds"):
        return Decimal(value.total_seconds()) / 86400
    return str(value).strip()


def _number(value: float) -> Decimal:
    """A workbook keeps 15 digits: 17 of a float would show 1204014.30000000005."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


def _moment(value: datetime, shown_as: str) -> str:
    """A date whose format shows no hour is a date; half a second of a fraction is none."""
    whole = value.replace(microsecond=0) if value.microsecond < 500_000 else _next_second(value)
    if (whole.hour, whole.minute, whole.second) == (0, 0, 0) and "h" not in shown_as.casefold():
        return whole.date().isoformat()
    return whole.strftime("%Y-%m-%d %H:%M:%S")


def _next_second(value: datetime) -> datetime:
    from datetime import timedelta

    return value.replace(microsecond=0) + timedelta(seconds=1)
