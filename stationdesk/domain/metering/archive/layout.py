"""Where in a table the headings stand and where the values begin: titles, preambles, headings in two rows and rows of units come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stationdesk.domain.metering.archive.headings import UNREAD, VOLUME, Heading, heading
from stationdesk.domain.metering.archive.numerals import blank, numeric, text_of
from stationdesk.domain.metering.archive.refusals import NoHeadingError, NoHoursError
from stationdesk.domain.metering.archive.stamps import wall
from stationdesk.domain.metering.archive.units import unit_of
from stationdesk.domain.metering.archive.values import MEASURED, TIMES, Cell, Line, Quantity, Table

LOOK_FOR = 400  # lines a preamble may have
ROWS_OF_HEADING = 4
AS_MANY = 6  # lines looked at to see whether values have begun


@dataclass(frozen=True)
class Layout:
    """headings by column; header: the first line of the headings; body: the index of the first line of values."""

    headings: tuple[Heading, ...]
    header: int
    body: int


def filled(line: Line) -> bool:
    """Whether anything stands in the line."""
    return any(not blank(cell) for cell in line.cells)


def layout(table: Table) -> Layout:
    """Where headings and values stand. NoHoursError, NoHeadingError."""
    starts = list(_bodies(table.lines))
    for body in starts:
        found = _best(table.lines, body)
        if found is not None:
            return found
    if (below := _under_heading(table.lines)) is not None:
        return below
    if not starts:
        raise NoHoursError(file=table.title)
    raise NoHeadingError(line=table.lines[starts[0]].number)


def _bodies(lines: Sequence[Line]) -> Iterator[int]:
    """Lines from which values may begin: a time and numbers, and the next ones are like it. The first few will do."""
    found = 0
    for index, line in enumerate(lines[:LOOK_FOR]):
        places = _times(line)
        if not places or not _numbers(line):
            continue
        below = [each for each in lines[index + 1 : index + 1 + AS_MANY] if filled(each)]
        alike = sum(1 for each in below if set(_times(each)) & set(places))
        if not below or alike * 2 >= len(below) or len(below) <= 2:
            yield index
            found += 1
        if found >= AS_MANY:
            return


def _times(line: Line) -> list[int]:
    return [place for place, cell in enumerate(line.cells) if not (isinstance(cell, str) and blank(cell)) and wall(cell) is not None]


def _numbers(line: Line) -> int:
    return sum(1 for cell in line.cells if numeric(cell))


def _best(lines: Sequence[Line], body: int) -> Layout | None:
    """The rows above the values that make the most sense as headings."""
    above = [index for index in range(max(0, body - ROWS_OF_HEADING - 2), body) if filled(lines[index])][-ROWS_OF_HEADING:]
    best: tuple[float, Layout] | None = None
    for first in reversed(above):
        rows = [lines[index] for index in above if index >= first]
        found = tuple(heading(text) for text in combined(rows))
        score = worth(found)
        if score and (best is None or score > best[0]):
            best = score, Layout(found, lines[first].number, body)
    return best[1] if best else None


def worth(headings: Sequence[Heading]) -> float:
    """How much sense headings make: what is measured, by run, and units; nothing without a time and a volume."""
    kinds = {each.what for each in headings}
    if not kinds & TIMES or not kinds & (MEASURED | {VOLUME}):
        return 0
    known = {(each.what, each.rest) for each in headings if each.what and each.what != UNREAD}
    units = sum(1 for each in headings if each.unit is not None)
    return len(known) + units / 4 + sum(1 for each in headings if each.what == UNREAD) / 8


def combined(rows: Sequence[Line]) -> list[str]:
    """One text a column from headings in several rows; a merged cell says the same over all its columns, units come in brackets."""
    width = max(len(row.cells) for row in rows)
    texts = [[_written(row.cell(place)) for place in range(width)] for row in rows]
    for upper, row in enumerate(texts[:-1]):
        below = [any(lower[place] for lower in texts[upper + 1 :]) for place in range(width)]
        _spread(row, below)
    return [_joined([row[place] for row in texts]) for place in range(width)]


def _written(cell: Cell) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else text_of(cell)


def _spread(row: list[str], below: Sequence[bool]) -> None:
    """A merged cell keeps its text in its first column only."""
    if sum(1 for text in row if text) < 2:
        return
    for place in range(1, len(row)):
        if not row[place] and below[place] and row[place - 1] and below[place - 1]:
            row[place] = row[place - 1]


def _joined(parts: Sequence[str]) -> str:
    made: list[str] = []
    for part in parts:
        if part and part not in made:
            made.append(f"({part})" if made and unit_of(part) and not part.startswith(("(", "（", "[")) else part)
    return " ".join(made)


def _under_heading(lines: Sequence[Line]) -> Layout | None:
    """Where hours are bare numbers the values are known by the headings over them only."""
    for index, line in enumerate(lines[:LOOK_FOR]):
        found = tuple(heading(text_of(cell)) for cell in line.cells)
        if worth(found) < 3:
            continue
        below = next((n for n in range(index + 1, min(index + 4, len(lines))) if _numbers(lines[n]) >= 2), None)
        if below is not None:
            rows = lines[index:below]
            return Layout(tuple(heading(text) for text in combined([row for row in rows if filled(row)])), line.number, below)
    return None


def heads(line: Line) -> tuple[Heading, ...] | None:
    """The headings a line among the values holds, or None where it holds none."""
    if sum(1 for cell in line.cells if not blank(cell)) < 2 or _numbers(line) > 1:
        return None
    found = tuple(heading(text_of(cell)) for cell in line.cells)
    kinds = {each.what for each in found}
    known = sum(1 for each in found if each.what)
    return found if kinds & TIMES and known >= 3 and kinds & (MEASURED | {VOLUME, Quantity.RUN}) else None


def units_only(line: Line) -> bool:
    """A row of units."""
    texts = [text_of(cell) for cell in line.cells if not blank(cell)]
    return len(texts) > 1 and sum(1 for text in texts if unit_of(text)) * 2 >= len(texts) and not _numbers(line)
