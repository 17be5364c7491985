"""A grid of people by days in strips: a letter a cell, days off on a ground, cells that break a rule in a box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from stationdesk.reports.breaking import Run, plain, units, wrap
from stationdesk.reports.fonts import width
from stationdesk.reports.measures import BODY, CELL, HEAD_GROUND, MM, SIDE, Place, cell, fitting, row
from stationdesk.reports.pen import Pen
from stationdesk.reports.sheet import Column, Grid, Row, Value
from stationdesk.reports.strips import LEAD, Cell, Strip

SHADE = 0.9  # darker than the header's ground: a day off is seen down a whole column
ROW, LEAST = 15.0, 8.6  # height of a row, and of one on a page that holds as many as it can
ROOM, ALONE = 284.0, 324.0  # for the rows of a landscape page that holds the signatures too, or the grid alone
BOX = 1.1
HEAD = 0.87  # of the body: names of the columns of sums
ABOVE = 1.3  # least white above the letters of a low row
BESIDE = 2.0  # least white beside a narrow cell's letters


def grid_strips(grid: Grid, room: float) -> list[Strip]:
    """Head, people, sums and what closes them; the head stands on every page."""
    spots = _spots(grid, room)
    head = _head(grid, spots, room)
    tall = min(ROW, max(LEAST, (ALONE if grid.alone else ROOM) / max(len(grid.rows) + len(grid.foot), 1)))
    out = [_strip(grid, n, values, spots, tall) for n, values in enumerate(grid.rows)]
    for n, values in enumerate(grid.foot, len(grid.rows)):
        out.append(_strip(grid, n, values, spots, tall))
    if not out:
        out = [row([cell((SIDE, room), Run(grid.empty, grey=True))], grid.pad, ())]
    if grid.closing:
        out.append(row([cell((SIDE, room), grid.closing)], 5.4, ()))
    for n, strip in enumerate(out):
        strip.head, strip.keep = [head], strip.keep or n == len(out) - 2 > 0
    return [head, *out]


def _spots(grid: Grid, room: float) -> list[Place]:
    """The other columns as wide as they ask, the days share what is left."""
    wide = [0.0 if column.key in grid.narrow else _asked(grid, column) for column in grid.columns]
    share = (room - sum(wide)) / max(len(grid.narrow), 1)
    wide = [each or share for each in wide]
    return [(SIDE + sum(wide[:n]), each) for n, each in enumerate(wide)]


def _asked(grid: Grid, column: Column) -> float:
    """As wide as its longest word, up to twice what it asks for."""
    own = column.width * MM
    longest = max((width(plain(column.show(values.get(column.key))), Run(""), BODY) for values in (*grid.rows, *grid.foot)), default=0.0)
    return min(max(own, longest + CELL), 2 * own)


def _grounds(grid: Grid, spots: Sequence[Place]) -> list[Place]:
    return [spot for spot, column in zip(spots, grid.columns, strict=True) if column.key in grid.shaded]


def _head(grid: Grid, spots: Sequence[Place], room: float) -> Strip:
    cells = [_named(grid, column, spot) for column, spot in zip(grid.columns, spots, strict=True)]
    made = row(cells, 3.0, [x for x, _w in spots[1:]])
    return replace(made, ground=[(SIDE, room)], shade=HEAD_GROUND, keep=True)


def _named(grid: Grid, column: Column, spot: Place) -> Cell:
    """A day stands over its weekday, and over the mark of what kind of day it is."""
    if column.key not in grid.narrow:
        inner = spot[1] - 2 * BESIDE
        longest = max((width(each.strip(), Run(""), BODY, "Medium") for each in units(column.name)), default=0.0)
        named = Run(column.name, size=min(HEAD, inner / longest if longest else HEAD))
        words = wrap(named, inner, partial(width, size=BODY, face="Medium"))
        return Cell(spot[0] + BESIDE, inner, words, "center", "Medium")
    lines = [[Run(column.name)], [Run(column.unit, grey=True, size=0.85)], [Run(column.limit, bold=True, size=0.85)]]
    return Cell(spot[0], spot[1], lines if any(each.limit for each in grid.columns) else lines[:2], "center", "Medium")


def _strip(grid: Grid, n: int, values: Row, spots: Sequence[Place], tall: float) -> Strip:
    pairs = list(zip(grid.columns, spots, strict=True))
    most = min(1.0, (tall - ABOVE) / BODY)
    cells = [_cell(grid, column, spot, values.get(column.key), most) for column, spot in pairs]
    boxes = [spot for column, spot in pairs if (n, column.key) in grid.boxed]
    parted = n in grid.parted
    paint = partial(_marks, boxes=boxes, line=(spots[0][0], spots[-1][0] + spots[-1][1]) if parted else None, tall=tall)
    made = row(cells, 0.0, [x for x, _w in spots[1:]])
    return replace(made, height=tall, ground=_grounds(grid, spots), shade=SHADE, paint=paint if boxes or parted else None)


def _cell(grid: Grid, column: Column, spot: Place, value: Value, most: float) -> Cell:
    text = column.show(value)
    if column.key not in grid.narrow:
        inner = spot[1] - CELL
        size = min(most, fitting(plain(text), BODY, inner) / BODY)
        return Cell(spot[0] + CELL / 2, inner, [[Run(plain(text), size=size)]], column.align)
    shown = Run("·", grey=True) if text == "" else Run(plain(text)) if isinstance(text, str) else text
    line = [shown] if isinstance(shown, Run) else list(shown)
    long = width(plain(line), Run(""), BODY)
    scale = min(most, (spot[1] - BESIDE) / long) if long else most
    return Cell(spot[0], spot[1], [[replace(run, size=run.size * scale) for run in line]], "center")


def _marks(pen: Pen, y: float, *, boxes: Sequence[Place], line: tuple[float, float] | None, tall: float) -> None:
    if line is not None:
        pen.rule(line[0], y, line[1], y, thick=1.0, grey=0)
    inset = BOX if tall > LEAD else BOX / 2
    for x, wide in boxes:
        pen.box(x + inset, y + inset, wide - 2 * inset, tall - 2 * inset, thick=BOX)
