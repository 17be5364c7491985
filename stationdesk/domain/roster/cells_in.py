"""A roster as people bring it: a row a person, a column a day, letters or names of shifts. What cannot be read is refused by its cell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import month_of
from stationdesk.domain.roster.cell_errors import (
    RosterCellError,
    RosterDayTwiceError,
    RosterHeadError,
    RosterMergedError,
    RosterMonthError,
    RosterNameError,
    RosterNobodyError,
    RosterRowTwiceError,
    RosterSameNameError,
)
from stationdesk.domain.roster.duties import LEAVE_NAMES
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.setup.cells import Cell, blank, plain, short, spoken
from stationdesk.domain.setup.refusals import CellFaultError, CellFormulaError, Refused

DAYS_LEAST = 3  # a line with so many days in their order is the head
_WHOLE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})(?!\d).*", re.DOTALL)
_SHORT = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d).*", re.DOTALL)
_NUMBER = re.compile(r"(\d{1,2})(?:\s*[日号])?(?:\s*[(（]?(?:周|星期)?[一二三四五六日天]?[)）]?|\s+[A-Za-z]{1,9}\.?)")
_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[-年./]\s*(\d{1,2})(?!\d)")
_OFF = ("休", "休息", "off", "rest", "·", "/", "〇", "○", "0", "公休", "轮休", "调休")
_AWAY = ("假", "请假", "年休", "年假", "年休假", "事假", "病假", "婚假", "产假", "丧假", "工伤", "工伤假", "其他假", "leave", "v")


@dataclass(frozen=True)
class Page:
    """A table as a file has it; merged: the area each of its joined cells belongs to ("C5:F5"), by reference."""

    title: str
    lines: Sequence[Sequence[Cell]]
    merged: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What is read for: the month, the people by every way they may be written, the kinds of shift by every spelling."""

    first: date
    people: Mapping[str, frozenset[int]]
    kinds: Mapping[str, str]
    letters: str  # the kinds as a refusal names them

    @property
    def month(self) -> str:
        """2026-12."""
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Brought:
    """The cells of everybody in the file by person and day (off left out), and what was refused."""

    people: tuple[int, ...]
    days: tuple[date, ...]
    cells: Mapping[tuple[int, date], str]
    refused: tuple[Refused, ...]


def spellings(kinds: Sequence[ShiftKind]) -> Mapping[str, str]:
    """Every way a kind may be written, to its code: code, names, first character of the Chinese one; none that two kinds share."""
    ways = [(plain(each), kind.code) for kind in kinds for each in {kind.name.en, kind.name.zh, kind.name.zh[:1]} if each]
    shared = Counter(each for each, _code in ways)
    own = {each: code for each, code in ways if shared[each] == 1}
    return {**_nothing(), **own, **{plain(kind.code): kind.code for kind in kinds}}


def _nothing() -> dict[str, str]:
    """What means no shift: off, or away."""
    return {plain(each): "" for each in (*_OFF, *_AWAY, *LEAVE_NAMES.values(), "")}


def called(name: str, number: str) -> tuple[str, ...]:
    """The ways a person may be written: the name, the staff number, both."""
    return tuple(plain(each) for each in (name, number, f"{name} {number}" if number else "") if each)


def read(pages: Sequence[Page], wanted: Wanted) -> Brought:
    """The page that has the month's days in its head; the first with any head where none fits."""
    headed = [(page, head) for page in pages if (head := _head(page)) is not None]
    if not headed:
        title = pages[0].title if pages else ""
        return Brought((), (), {}, (Refused(title, "A1", RosterHeadError(month=wanted.month)),))
    fitting = [each for each in headed if not _elsewhere(*each, wanted)]
    page, head = (fitting or headed)[0]
    return _Reader(page, head, wanted).brought()


def _head(page: Page) -> int | None:
    """The line in which days follow each other, a slip aside."""
    for n, line in enumerate(page.lines):
        days = [day for cell in line if (day := _day_number(cell)) is not None]
        rising = sum(a < b for a, b in pairwise(days))
        if len(days) >= DAYS_LEAST and 3 * rising >= 2 * (len(days) - 1):
            return n
    return None


def _text(cell: Cell) -> str:
    return "" if cell.formula or cell.fault else unicodedata.normalize("NFKC", spoken(cell.value)).strip()


def _said(cell: Cell) -> tuple[int | None, int | None, int] | None:
    """Year, month and day of a head's cell as far as it says them."""
    if isinstance(cell.value, date | datetime):
        return cell.value.year, cell.value.month, cell.value.day
    text = _text(cell)
    if found := _WHOLE.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _SHORT.fullmatch(text):
        return None, int(found[1]), int(found[2])
    return (None, None, int(found[1])) if (found := _NUMBER.fullmatch(text)) else None


def _day_number(cell: Cell) -> int | None:
    """A number to order days by, those of another month apart."""
    said = _said(cell)
    if said is None or not 1 <= said[2] <= 31 or not 1 <= (said[1] or 1) <= 12:
        return None
    return ((said[0] or 0) * 12 + (said[1] or 0)) * 31 + said[2]


def _elsewhere(page: Page, head: int, wanted: Wanted) -> tuple[str, str] | None:
    """Where, and how, another month is named: in the head, above it, or in the page's title."""
    for cell in page.lines[head]:
        said = _said(cell)
        if said and ((said[0] or wanted.first.year) != wanted.first.year or (said[1] or wanted.first.month) != wanted.first.month):
            return cell.ref, short(_text(cell))
    titled = [(cell.ref, _text(cell)) for line in page.lines[:head] for cell in line]
    for ref, text in [*titled, ("A1", page.title)]:
        months = {(int(year), int(month)) for year, month in _MONTH.findall(text)}
        if months and (wanted.first.year, wanted.first.month) not in months:
            return ref, short(text)
    return None


class _Reader:
    """Reads one page row by row; what does not fit is gathered."""

    def __init__(self, page: Page, head: int, wanted: Wanted) -> None:
        self.page, self.wanted = page, wanted
        self.refused: list[Refused] = []
        self.columns = self._columns(head)
        self.rows = page.lines[head + 1 :]
        self.named = self._name_column()

    def _refuse(self, ref: str, error: DomainError) -> None:
        self.refused.append(Refused(self.page.title, ref, error))

    def _columns(self, head: int) -> dict[int, date]:
        """Day by column."""
        if (other := _elsewhere(self.page, head, self.wanted)) is not None:
            self._refuse(other[0], RosterMonthError(typed=other[1], month=self.wanted.month))
            return {}
        found: dict[int, date] = {}
        last = month_of(self.wanted.first)[1]
        for n, cell in enumerate(self.page.lines[head]):
            said = _said(cell)
            if said is None:
                continue
            if not 1 <= said[2] <= last.day:
                self._refuse(cell.ref, RosterMonthError(typed=short(_text(cell)), month=self.wanted.month))
                continue
            day = self.wanted.first.replace(day=said[2])
            if day in found.values():
                self._refuse(cell.ref, RosterDayTwiceError(day=day.isoformat()))
            found[n] = day
        return found

    def _name_column(self) -> int:
        """The column before the days in which most cells name somebody; the one beside them where none does."""
        before = range(min(self.columns, default=1))
        known = {n: sum(self._who(line, n) != frozenset() for line in self.rows) for n in before}
        best = max(known, key=lambda n: known[n], default=0)
        return best if known.get(best) else max(before, default=0)

    def _who(self, line: Sequence[Cell], column: int) -> frozenset[int]:
        typed = plain(_text(line[column])) if column < len(line) else ""
        return self.wanted.people.get(typed, frozenset())

    def brought(self) -> Brought:
        people: list[int] = []
        cells: dict[tuple[int, date], str] = {}
        for line in self.rows if self.columns else ():
            person = self._person(line, people)
            if person is None:
                continue
            people.append(person)
            for n, day in self.columns.items():
                code = self._code(line[n]) if n < len(line) else ""
                if code:
                    cells[person, day] = code
        if self.columns and not people and not self.refused:
            self._refuse("A1", RosterNobodyError())
        return Brought(tuple(people), tuple(self.columns.values()), cells, tuple(self.refused))

    def _person(self, line: Sequence[Cell], people: Sequence[int]) -> int | None:
        """Who a row is about; None for a row of nobody, which is refused where it has cells."""
        if self.named >= len(line) or (
            not any(not blank(line[n]) for n in self.columns if n < len(line)) and not self._who(line, self.named)
        ):
            return None
        cell, found = line[self.named], self._who(line, self.named)
        typed = short(_text(cell))
        if cell.formula or cell.fault:
            self._refuse(cell.ref, CellFormulaError() if cell.formula else CellFaultError())
        elif cell.ref in self.page.merged and self._several_rows(cell.ref):
            self._refuse(cell.ref, RosterMergedError(area=self.page.merged[cell.ref]))
        elif not found:
            self._refuse(cell.ref, RosterNameError(typed=typed))
        elif len(found) > 1:
            self._refuse(cell.ref, RosterSameNameError(typed=typed))
        elif (person := next(iter(found))) in people:
            self._refuse(cell.ref, RosterRowTwiceError(typed=typed))
        else:
            return person
        return None

    def _several_rows(self, ref: str) -> bool:
        rows = re.findall(r"\d+", self.page.merged[ref])
        return len(set(rows)) > 1

    def _code(self, cell: Cell) -> str:
        """The kind of shift of a cell, "" off; what is refused is read as off."""
        typed = _text(cell)
        code = self.wanted.kinds.get(plain(typed))
        if cell.ref in self.page.merged:
            self._refuse(cell.ref, RosterMergedError(area=self.page.merged[cell.ref]))
        elif cell.formula or cell.fault:
            self._refuse(cell.ref, CellFormulaError() if cell.formula else CellFaultError())
        elif code is None:
            self._refuse(cell.ref, RosterCellError(typed=short(typed), known=self.wanted.letters))
        return code or ""
