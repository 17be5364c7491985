"""Cells as they come out of a workbook, and what they are read as. Everything that is refused is kept with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeVar

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import clock_text, parse_clock
from stationdesk.domain.numbers import half_width, parse
from stationdesk.domain.setup.columns import Choices, Column, Kind, SheetPlan
from stationdesk.domain.setup.refusals import (
    CellChoiceError,
    CellDateError,
    CellEmptyError,
    CellFaultError,
    CellFormulaError,
    CellKindError,
    CellWholeError,
    CellYesError,
    Refused,
)
from stationdesk.domain.words import _

T = TypeVar("T")
Value = str | int | float | bool | Decimal | datetime | date | time | None

_DATE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?")
_SHORTEST = 40
_YES, _NO = {"是", "yes", "y", "1", "true", "√", "✓", "对", "x"}, {"", "否", "no", "n", "0", "false", "-", "×"}


@dataclass(frozen=True)
class Cell:
    """A cell with its reference (C7). formula: it computes its value; fault: it shows #N/A or the like."""

    ref: str
    value: Value = None
    formula: bool = False
    fault: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a sheet by the keys of its columns; `number` counts as Excel does."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]

    def ref(self, key: str) -> str:
        """The reference of a column's cell in this row."""
        return self.cells[key].ref if key in self.cells else f"A{self.number}"


@dataclass(frozen=True)
class Book:
    """What was read of a workbook: rows by sheet key, and the titles its sheets carry."""

    rows: Mapping[str, tuple[Row, ...]]
    titles: Mapping[str, str]


@dataclass
class Refusals:
    """All that is refused, gathered while reading goes on."""

    found: list[Refused] = field(default_factory=list)

    def add(self, row: Row, key: str, error: DomainError) -> None:
        """One more."""
        self.found.append(Refused(row.sheet, row.ref(key), error))

    @contextmanager
    def at(self, row: Row, key: str) -> Iterator[None]:
        """Whatever a rule refuses inside belongs to this cell."""
        try:
            yield
        except DomainError as error:
            self.add(row, key, error)


def spoken(value: Value) -> str:
    """A cell's value as text: 8010 of a number 8010.0, a date as 2026-11-21."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime) and (value.hour, value.minute) == (0, 0):
        return value.date().isoformat()
    return unicodedata.normalize("NFC", str(value)).strip()


def plain(text: str) -> str:
    """A heading or choice as it is compared: half width, small letters, no blanks and marks."""
    return re.sub(r"[\s*＊:：()（）_-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def blank(cell: Cell) -> bool:
    """Nothing to read in it."""
    return not cell.formula and not cell.fault and spoken(cell.value) == ""


class Reader:
    """Reads one row by its sheet's columns; what does not fit is gathered and read as empty."""

    def __init__(self, plan: SheetPlan, row: Row, refusals: Refusals, listed: Mapping[str, Choices]) -> None:
        self.plan, self.row, self.refusals, self.listed = plan, row, refusals, listed
        self.columns = {column.key: column for column in plan.columns}

    def text(self, key: str) -> str:
        """Text; of a choice its code."""
        column = self.columns[key]
        return self._take(column, "", lambda cell: self._chosen(column, cell) if column.kind is Kind.CHOICE else spoken(cell.value))

    def number(self, key: str) -> Decimal | None:
        """A number, None where there is none."""
        return self._take(self.columns[key], None, _number)

    def whole(self, key: str, default: int, least: int = 0, most: int = 100_000) -> int:
        """A whole number, the default where there is none."""
        return self._take(self.columns[key], default, lambda cell: _whole(cell, least, most))

    def day(self, key: str) -> date | None:
        """A date, None where there is none."""
        return self._take(self.columns[key], None, lambda cell: day_of_cell(cell.value))

    def yes(self, key: str) -> bool:
        """Yes or no; empty is no."""
        return self._take(self.columns[key], False, _yes)

    def clock(self, key: str) -> str:
        """A time of day as 07:30; "" where there is none."""
        return self._take(self.columns[key], "", lambda cell: clock_text(_clock(cell.value)))

    def clocks(self, key: str) -> tuple[str, ...]:
        """Several times of day."""
        return self._take(self.columns[key], (), lambda cell: tuple(clock_text(_clock(each)) for each in _parts(cell)))

    def wholes(self, key: str, least: int, most: int) -> tuple[int, ...]:
        """Several whole numbers."""
        return self._take(self.columns[key], (), lambda cell: tuple(_whole(Cell("", each), least, most) for each in _parts(cell)))

    def given(self, key: str) -> bool:
        """Whether anything stands in the cell, be it refused."""
        return key in self.row.cells and not blank(self.row.cells[key])

    def at(self, key: str) -> _At:
        """Whatever a rule refuses inside `with` belongs to this column's cell."""
        return _At(self, key)

    def _take(self, column: Column, empty: T, read: Callable[[Cell], T]) -> T:
        cell = self.row.cells.get(column.key, Cell(f"A{self.row.number}"))
        try:
            _check_readable(cell)
            if blank(cell):
                if column.required:
                    raise CellEmptyError
                return empty
            return read(cell)
        except DomainError as error:
            self.refusals.add(self.row, column.key, error)
            return empty

    def _chosen(self, column: Column, cell: Cell) -> str:
        return chosen(spoken(cell.value), self.listed.get(column.listed, {}) if column.listed else column.choices)


class _At:
    """See Reader.at."""

    def __init__(self, reader: Reader, key: str) -> None:
        self.reader, self.key = reader, key

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, DomainError):
            return False
        self.reader.refusals.add(self.reader.row, self.key, error)
        return True


def chosen(typed: str, choices: Choices) -> str:
    """The code of a choice written as code, in Chinese or in English. CellChoiceError."""
    wanted = plain(typed)
    for code, name in choices.items():
        if wanted in (plain(code), plain(name.zh), plain(name.en)):
            return code
    raise CellChoiceError(typed=short(typed), choices=_(", ").join(str(name) or code for code, name in choices.items()) or "—")


def short(text: str) -> str:
    """What was typed, not longer than a line."""
    return text if len(text) <= _SHORTEST else f"{text[: _SHORTEST - 1]}…"


def _check_readable(cell: Cell) -> None:
    if cell.formula:
        raise CellFormulaError
    if cell.fault:
        raise CellFaultError


def _number(cell: Cell) -> Decimal:
    if isinstance(cell.value, bool | date | time):
        raise CellKindError
    return parse(spoken(cell.value).replace("\u2212", "-"))


def _whole(cell: Cell, least: int, most: int) -> int:
    value = _number(cell)
    if value != int(value) or not least <= value <= most:
        raise CellWholeError(typed=short(spoken(cell.value)))
    return int(value)


def _yes(cell: Cell) -> bool:
    typed = spoken(cell.value).casefold()
    if typed not in _YES | _NO:
        raise CellYesError(typed=short(typed))
    return typed in _YES


def _clock(value: Value) -> int:
    if isinstance(value, datetime | time):
        return value.hour * 60 + value.minute
    if isinstance(value, float) and 0 < value <= 1:  # Excel's own time: a share of the day
        return round(value * 1440)
    return parse_clock(spoken(value))


def _parts(cell: Cell) -> Sequence[Value]:
    if isinstance(cell.value, datetime | time):
        return (cell.value,)
    return [each for each in re.split(r"[\s,，、;；]+", half_width(spoken(cell.value))) if each]


def day_of_cell(value: Value) -> date:
    """A date cell, or a date as it is typed: 2026-11-21, 2026/11/21, 2026年11月21日, 20261121. CellDateError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    typed = spoken(value)
    found = _DATE.fullmatch(half_width(typed))
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise CellDateError(typed=short(typed))
