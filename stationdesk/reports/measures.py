"""Sizes on paper in points (look.md, Paper), and the columns they make."""

from __future__ import annotations

from collections.abc import Sequence
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
HEAD_GROUND, LABEL_GROUND = 0.945, 0.97

Place = tuple[float, float]  # x and width


def places(wanted: Sequence[float], names: Sequence[str], room: float) -> list[Place]:
    """Columns of `wanted` mm, 0 for a share of what is left; at least the longest word of their name, in proportion if too much."""
    least = [max(width(unit.strip(), Run(""), BODY, "Medium") for unit in units(name) or [""]) + 2 * CELL for name in names]
    wide = [max(mm * MM, low) if mm else 0.0 for mm, low in zip(wanted, least, strict=True)]
    share = (room - sum(wide)) / max(wide.count(0.0), 1)
    wide = [given or max(share, low, COLUMN_LEAST) for given, low in zip(wide, least, strict=True)]
    scale = room / sum(wide)
    return [(SIDE + sum(wide[:n]) * scale, each * scale) for n, each in enumerate(wide)]


def cell(place: Place, text: Text, align: str = "left", face: str = "Regular") -> Cell:
    """The text in lines, inside the column."""
    inner = place[1] - 2 * CELL
    return Cell(place[0] + CELL, inner, wrap(text, inner, partial(width, size=BODY, face=face)), align, face)


def row(cells: Sequence[Cell], pad: float, columns: Sequence[float], tall: float = 0.0) -> Strip:
    """A framed strip as tall as its longest cell, `pad` points around the text, at least `tall`."""
    return Strip(max(tall, max(len(each.lines) for each in cells) * LEAD + pad), cells, columns)
