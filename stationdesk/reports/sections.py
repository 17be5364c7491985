"""Sections become strips: one function for each kind of section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

from stationdesk.domain.words import C_
from stationdesk.reports.breaking import Run, Text, wrap
from stationdesk.reports.chart import draw_chart, reasons_height
from stationdesk.reports.fonts import line_width, width
from stationdesk.reports.grid import grid_strips
from stationdesk.reports.measures import (
    BODY,
    CELL,
    FRAME,
    SECTION,
    SIDE,
    SIGNER,
    SIGNER_LEAST,
    SMALL,
    Place,
    cell,
    fitting,
    longest_word,
    places,
    row,
)
from stationdesk.reports.pen import Pen
from stationdesk.reports.sheet import Chart, Column, Facts, Grid, Paragraph, Row, Section, Sheet, Signature, Signatures, Table, Ticks
from stationdesk.reports.strips import LEAD, Cell, Strip

_SIGNED = 57.5  # height of a row of signatures
_WIDE = 620.0  # points of room from which six signatures stand in a row
_GAP = 9.0
_REMARK_AWAY = 14.0


def strips(sheet: Sheet, room: float) -> list[Strip]:
    """All of a sheet in `room` points of width."""
    out: list[Strip] = []
    for section in sheet.sections:
        made = _KINDS[type(section)](section, room)
        if isinstance(section, Signatures) and made and out:
            out[-1].keep = True  # signatures never stand alone
        out += [*_before(section, room), *made] if made else []
    if sheet.remark:
        out += _remark(sheet.remark, room)
    return out


def _before(section: Section, room: float) -> list[Strip]:
    if isinstance(section, Signatures) and not section.title:
        return [Strip(10.5, keep=True)]
    return _title(section, room) if section.title or section.remark else [Strip(_GAP, keep=True)]


def _title(section: Section, room: float) -> list[Strip]:
    """Title and remark on one line; a remark too long for it goes under it."""
    title = [Run(section.title, bold=True)]
    left = room - line_width(title, SECTION) - _REMARK_AWAY
    beside = width(section.remark, Run(""), SMALL) <= left
    under = [] if beside else wrap(Run(section.remark, grey=True), room, partial(width, size=SMALL))

    def paint(pen: Pen, y: float) -> None:
        pen.text(SIDE, y + 19.2, title, SECTION, tag="H2")
        if beside:
            pen.text(SIDE, y + 19.2, [Run(section.remark, grey=True)], SMALL, align="right", room=room)
        for n, line in enumerate(under):
            pen.text(SIDE, y + 31.2 + 10.5 * n, line, SMALL)

    return [Strip(25.7 + 10.5 * len(under), keep=True, paint=paint)]


def _remark(words: str, room: float) -> list[Strip]:
    lines = wrap(Run(words, grey=True), room, partial(width, size=SMALL))
    shown = [Cell(SIDE, room, [[replace(run, size=SMALL / BODY) for run in line] for line in lines])]
    return [Strip(4.0), Strip(len(lines) * LEAD, shown)]


def _facts(section: Facts, room: float) -> list[Strip]:
    pairs = range(len(section.widths) // 2)
    labels = [max((band[n][0] for band in section.bands if n < len(band)), key=len, default="") for n in pairs]
    spots = places(section.widths, [longest_word(name) for label in labels for name in (label, "")], room)
    return [_band(band, spots, room, section.tall) for band in section.bands]


def _band(band: Sequence[tuple[str, Text]], spots: Sequence[Place], room: float, tall: float) -> Strip:
    """Label, value, label, value …; the last value takes what is left of the line."""
    own = [*spots[: 2 * len(band)]]
    own[-1] = (own[-1][0], SIDE + room - own[-1][0])
    texts = [part for pair in band for part in pair]
    cells = [cell(place, text, "left" if n % 2 else "center") for n, (place, text) in enumerate(zip(own, texts, strict=True))]
    return replace(row(cells, 3.4, [x for x, _w in own[1:]], tall), ground=own[::2], grows=tall > 0)


def _ticks(section: Ticks, room: float) -> list[Strip]:
    return _table(section.table(), room)


def _table(section: Table, room: float) -> list[Strip]:
    if not section.rows and not section.blank and not section.empty:
        return []
    least = [_least(column, section.rows) for column in section.columns]
    spots = places([column.width for column in section.columns], least, room)
    head = _head(section, spots, room)
    out = _rows(section, spots, room)
    if section.closing:
        out[-1].keep = True
        out.append(row([cell((SIDE, room), section.closing)], 5.4, ()))
    for n, strip in enumerate(out):
        strip.head, strip.keep = head, strip.keep or n == len(out) - 2 > 0  # no last row alone
    return [*head, *out]


def _least(column: Column, rows: Sequence[Row]) -> float:
    values = [values.get(column.key) for values in rows]
    return longest_word(column.name, [value for value in values if isinstance(value, str)])


def _rows(section: Table, spots: Sequence[Place], room: float) -> list[Strip]:
    inner = [x for x, _w in spots[1:]]
    columns = list(zip(spots, section.columns, strict=True))
    grows = section.fill

    def strip(values: Any, blank: bool) -> Strip:
        cells = [cell(spot, column.show(values.get(column.key)), column.align) for spot, column in columns]
        return replace(row(cells, section.pad, inner, section.tall), grows=grows, blank=blank and grows)

    out = [strip(values, False) for values in section.rows] + [strip({}, True) for _n in range(section.blank)]
    return out or [row([cell((SIDE, room), Run(section.empty, grey=True))], section.pad, ())]


def _head(section: Table, spots: Sequence[Place], room: float) -> list[Strip]:
    columns = zip(spots, section.columns, strict=True)
    names = [cell(place, _head_words(column, place[1] - 2 * CELL), column.align, "Medium") for place, column in columns]
    most = max(len(each.lines) for each in names)
    for each, column in zip(names, section.columns, strict=True):
        if column.unit or column.limit:  # units stand in one line
            each.lines = [*[[]] * (most - len(each.lines)), *each.lines]
    out = [row(names, 3.0, [x for x, _w in spots[1:]])]
    if section.groups:
        out.insert(0, _groups(section.groups, spots))
    return [replace(strip, ground=[(SIDE, room)], keep=True) for strip in out]


def _groups(groups: Sequence[tuple[str, int]], spots: Sequence[Place]) -> Strip:
    ends = [sum(count for _name, count in groups[:n]) for n in range(len(groups) + 1)]
    spans = [(spots[a][0], sum(wide for _x, wide in spots[a:b])) for a, b in pairwise(ends)]
    names = [cell(span, name, "center", "Medium") for span, (name, _n) in zip(spans, groups, strict=True)]
    return row(names, 3.0, [x for x, _w in spans[1:]])


def _head_words(column: Column, room: float) -> Text:
    """Name, unit and limit one under the other; a name with a word wider than its column is smaller, never cut."""
    longest = longest_word(column.name) - 2 * CELL
    name = Run(column.name, size=min(1.0, room / longest) if longest else 1.0)
    return [name, *(Run("\n" + words, grey=True, size=0.85) for words in (column.unit, column.limit) if words)]


def _paragraph(section: Paragraph, room: float) -> list[Strip]:
    return [replace(row([cell((SIDE, room), section.text)], 6.0, (), section.tall), grows=section.fill)]


def _chart(section: Chart, room: float) -> list[Strip]:
    tall = section.tall + reasons_height(section, room)
    return [Strip(tall, paint=lambda pen, y: draw_chart(pen, section, SIDE, y, room, tall))]


def _signatures(section: Signatures, room: float) -> list[Strip]:
    most = 6 if room > _WIDE else 4
    count = -(-len(section.cells) // most)  # rows, as even as can be
    each = -(-len(section.cells) // count) if count else 0
    rows = [section.cells[n : n + each] for n in range(0, len(section.cells), each or 1)]
    return [Strip(_SIGNED, keep=n < len(rows) - 1, paint=partial(_sign_row, cells, each, room)) for n, cells in enumerate(rows)]


def _sign_row(cells: Sequence[Signature], each: int, room: float, pen: Pen, y: float) -> None:
    wide = room / each
    for n, signature in enumerate(cells):
        if n:
            pen.rule(SIDE + n * wide, y, SIDE + n * wide, y + _SIGNED)
        _sign_cell(pen, signature, SIDE + n * wide + 7.5, y, wide - 12)
    pen.box(SIDE, y, wide * len(cells), _SIGNED, thick=FRAME)


def _sign_cell(pen: Pen, signature: Signature, x: float, y: float, room: float) -> None:
    """Role, name, when and how. A long name shrinks, then wraps; the others shrink."""
    pen.end_paragraph()
    pen.text(x, y + 13, [Run(signature.role, grey=True)], fitting(signature.role, SMALL, room))
    size = max(SIGNER_LEAST, fitting(signature.name, SIGNER, room, "Medium"))
    for n, line in enumerate(wrap(signature.name, room, partial(width, size=size, face="Medium"))[:3]):
        pen.text(x, y + (33.2 if size > SIGNER_LEAST else 24.5 + 8.5 * n), line, size, face="Medium")
    blank = not signature.name and not signature.evidence
    below = C_("sheet", "date") if blank and signature.dated else signature.evidence
    pen.text(x, y + 49.5, [Run(below, grey=blank)], fitting(below, SMALL, room))


_KINDS: dict[type[Section], Callable[[Any, float], list[Strip]]] = {
    Facts: _facts,
    Ticks: _ticks,
    Table: _table,
    Grid: grid_strips,
    Paragraph: _paragraph,
    Chart: _chart,
    Signatures: _signatures,
}
