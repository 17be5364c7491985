"""A workbook as people bring it: sheets and headings found in either language, cells as they are, what cannot be read refused in words."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from stationdesk.domain.setup import SHEETS, Book, Cell, Known, Refused, Row, Setup, SheetPlan, blank, plain, spoken, take
from stationdesk.domain.setup.refusals import (
    ColumnMissingError,
    ColumnTwiceError,
    ColumnUnknownError,
    NotWorkbookError,
    SheetMissingError,
    SheetTwiceError,
    SheetUnknownError,
    WorkbookTooLargeError,
)

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 20_000_000, 5000, 60
READ_ME = {plain("说明"), plain("Read me")}


def read_setup(file: Path, known: Known, *, new: bool) -> tuple[Setup, tuple[Refused, ...]]:
    """A station's lists from a workbook, and every cell that is refused. NotWorkbookError, WorkbookTooLargeError for the file itself."""
    book, refused = read_book(file, whole=new)
    made, refusals = take(book, known, new=new)
    return made, (*refused, *refusals.found)


def read_book(file: Path, *, whole: bool) -> tuple[Book, tuple[Refused, ...]]:
    """The workbook's cells by sheet and column. whole: each sheet must be there."""
    refused: list[Refused] = []
    found: dict[str, tuple[Row, ...]] = {}
    titles: dict[str, str] = {}
    for title, cells in _pages(file):
        plan = _plan_of(title)
        if plan is None:
            if plain(title) not in READ_ME and any(not blank(cell) for line in cells for cell in line):
                refused.append(Refused(title, "", SheetUnknownError(sheet=title)))
        elif plan.key in found:
            refused.append(Refused(title, "", SheetTwiceError(sheet=title)))
        else:
            titles[plan.key] = title
            found[plan.key] = _upright(plan, title, cells, refused) if plan.upright else _listed(plan, title, cells, refused)
    if whole:
        refused += [Refused(str(p.name), "", SheetMissingError(sheet=p.name)) for p in SHEETS if p.key not in found]
    return Book(found, titles), tuple(refused)


def _pages(file: Path) -> Iterable[tuple[str, list[list[Cell]]]]:
    """Each sheet's title and cells. Formulas are asked for as such: a workbook saved by a program has no values for them."""
    from openpyxl import load_workbook

    if file.stat().st_size > MOST_BYTES:
        raise WorkbookTooLargeError(file=file.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep of a workbook does not matter: it is only read
            book = load_workbook(file, read_only=False, data_only=False)
    except Exception as error:
        raise NotWorkbookError(file=file.name) from error
    try:
        for page in book.worksheets:
            if page.max_row > MOST_ROWS:
                raise WorkbookTooLargeError(file=file.name)
            yield page.title, [[_cell(each) for each in line] for line in page.iter_rows(max_col=min(page.max_column, MOST_COLUMNS))]
    finally:
        book.close()


def _cell(each: Any) -> Cell:
    value = each.value
    known = value is None or isinstance(value, (str, int, float)) or hasattr(value, "isoformat")
    formula = each.data_type == "f"
    return Cell(each.coordinate, value if known and not formula else None, formula=formula, fault=each.data_type == "e")


def _plan_of(title: str) -> SheetPlan | None:
    wanted = plain(title)
    return next((p for p in SHEETS if wanted in _spellings(p.key, p.name.zh, p.name.en)), None)


def _spellings(key: str, zh: str, en: str) -> set[str]:
    return {plain(each) for each in (key, zh, en, f"{zh} {en}", f"{en} {zh}")}


def _keys(plan: SheetPlan) -> Mapping[str, str]:
    """Every way a column's heading may be written, to its key."""
    return {each: column.key for column in plan.columns for each in _spellings(column.key, column.name.zh, column.name.en)}


def _listed(plan: SheetPlan, title: str, lines: list[list[Cell]], refused: list[Refused]) -> tuple[Row, ...]:
    head = next((line for line in lines if any(not blank(cell) for cell in line)), [])
    keys = _heads(plan, title, head, refused)
    below = lines[lines.index(head) + 1 :] if head else []
    refused += _under_nothing(title, head, below)
    rows = []
    for line in below:
        cells = {key: line[n] for n, key in keys.items() if n < len(line)}
        if any(not blank(cell) for cell in cells.values()):
            rows.append(Row(title, _number(line), cells))
    return tuple(rows)


def _under_nothing(title: str, head: list[Cell], below: list[list[Cell]]) -> Iterator[Refused]:
    """The first cell of each column that has no heading: what somebody filled in is not passed over."""
    for n, cell in enumerate(head):
        filled = next((line[n] for line in below if n < len(line) and not blank(line[n])), None) if blank(cell) else None
        if filled is not None:
            yield Refused(title, filled.ref, ColumnUnknownError(column=filled.ref.rstrip("0123456789")))


def _heads(plan: SheetPlan, title: str, head: list[Cell], refused: list[Refused]) -> dict[int, str]:
    known = _keys(plan)
    keys: dict[int, str] = {}
    for n, cell in enumerate(head):
        if blank(cell):
            continue
        key = known.get(plain(spoken(cell.value)))
        if key is None:
            refused.append(Refused(title, cell.ref, ColumnUnknownError(column=spoken(cell.value)[:40])))
        elif key in keys.values():
            refused.append(Refused(title, cell.ref, ColumnTwiceError(column=spoken(cell.value)[:40])))
        else:
            keys[n] = key
    first = head[0].ref if head else "A1"
    missing = [column for column in plan.columns if column.required and column.key not in keys.values()]
    refused += [Refused(title, first, ColumnMissingError(column=column.name)) for column in missing]
    return keys if not missing else {}


def _number(line: list[Cell]) -> int:
    return int("".join(c for c in line[0].ref if c.isdigit()))


def _upright(plan: SheetPlan, title: str, lines: list[list[Cell]], refused: list[Refused]) -> tuple[Row, ...]:
    """One row whose cells stand below each other, each beside its heading."""
    cells: dict[str, Cell] = {}
    known = _keys(plan)
    for line in (line for line in lines if not blank(line[0])):
        key = known.get(plain(spoken(line[0].value)))
        if key is None:
            refused.append(Refused(title, line[0].ref, ColumnUnknownError(column=spoken(line[0].value)[:40])))
        else:
            cells[key] = line[1] if len(line) > 1 else replace(line[0], ref=f"B{_number(line)}", value=None)
    missing = [column for column in plan.columns if column.required and column.key not in cells]
    refused += [Refused(title, "A1", ColumnMissingError(column=column.name)) for column in missing]
    return (Row(title, 1, cells),) if not missing else ()
