"""Sizes on paper in points, and the columns they make."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from stationdesk.reports.breaking import Run, Text, units, wrap
from stationdesk.reports.fonts import width
from stationdesk.reports.strips import LEAD, Cell, Strip

MM = 72 / 25.4
PORTRAIT = (210 * MM, 297 * MM)
LANDSCAPE = (297 * MM, 210 * MM)
SIDE, TOP = 15 * MM, 10 * MM
FOOT = 46.0  # height of the foot
FIRST, NEXT = 79.2, 57.0  # where the strips of the first and of a later page begin
ABOVE_FOOT = 10.5

BODY, SMALL = 8.65, 7.9
SECTION, TITLE, COMPANY, FORM, CODE, SIGNER, SIGNER_LEAST = 9.4, 18.0, 10.5, 8.25, 12.0, 12.75, 7.5
BASE = 9.3  # from the top of a line of text to its base line
CELL = 4.8  # from a line to the text beside it
FRAME = 0.75
COLUMN_LEAST = 15 * MM  # of a column that takes a share
WORD_MOST = 28 * MM  # a longer word in a cell is cut
LONG = 6  # letters from which a word may be longer than a column
HEAD_GROUND, LABEL_GROUND = 0.945, 0.97

Place = tuple[float, float]  # x and width


def places(wanted: Sequence[float], least: Sequence[float], room: float) -> list[Place]:
    """Columns of `wanted` mm, 0 for a share of what is left; none under its `least` points, all shrunk if they are too much."""
    wide = [max(mm * MM, low) if mm else 0.0 for mm, low in zip(wanted, least, strict=True)]
    share = (room - sum(wide)) / max(wide.count(0.0), 1)
    wide = [given or max(share, low, COLUMN_LEAST) for given, low in zip(wide, least, strict=True)]
    scale = room / sum(wide)
    return [(SIDE + sum(wide[:n]) * scale, each * scale) for n, each in enumerate(wide)]


def longest_word(name: str, texts: Iterable[str] = ()) -> float:
    """Points a column needs so that no word of its name, and none of ordinary length in its cells, is cut."""
    head = max((width(unit.strip(), Run(""), BODY, "Medium") for unit in units(name)), default=0.0)
    words = {unit.strip() for text in texts for unit in units(text) if len(unit) >= LONG}
    word = max((width(each, Run(""), BODY) for each in words), default=0.0)
    return max(head, min(word, WORD_MOST)) + 2 * CELL


def fitting(words: str, size: float, room: float, face: str = "Regular") -> float:
    """The size at which words fit on one line of so many points: theirs, or smaller."""
    long = width(words, Run(""), size, face)
    return size * min(1.0, room / long) if long else size


def cell(place: Place, text: Text, align: str = "left", face: str = "Regular") -> Cell:
    """The text in lines, inside the column."""
    inner = place[1] - 2 * CELL
    return Cell(place[0] + CELL, inner, wrap(text, inner, partial(width, size=BODY, face=face)), align, face)


def row(cells: Sequence[Cell], pad: float, columns: Sequence[float], tall: float = 0.0) -> Strip:
    """A framed strip as tall as its longest cell, `pad` points around the text, at least `tall`."""
    return Strip(max(tall, max(len(each.lines) for each in cells) * LEAD + pad), cells, columns)
