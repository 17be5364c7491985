"""Sizes of the grid, and how wide a column of a point must be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stationdesk.domain.words import _
from stationdesk.services.readings import CellView, PointView
from stationdesk.ui.widgets.paint import advance

TIME, ROW, SHIFT, TYPING, NAMES, UNITS, LIMITS = 67, 32, 28, 40, 28, 40, 24
HEAD = NAMES + UNITS + LIMITS + 1
PAD, EDGE = 8, 16
TOTAL = "00,000,000"  # as wide as a counter gets
NARROWEST, MARK_ROOM, WORDS_ROOM, SHARE, SQUEEZE = 53, 44, 42, 40, 4


def group_ends(points: Sequence[PointView]) -> frozenset[int]:
    """The last column of every group but the last."""
    return frozenset(n for n in range(len(points) - 1) if points[n].group != points[n + 1].group)


def wides(points: Sequence[PointView], values: Sequence[Sequence[CellView]], room: int) -> list[int]:
    """Width of each column: name, unit, limits and the values seen fit. Room left goes to the words of what is owed, then to all."""
    ends = group_ends(points)
    made = [_wide(point, cells) + (n in ends) for n, (point, cells) in enumerate(zip(points, values, strict=True))]
    for n, last, title in groups(points):
        lacks = round(advance("label-strong", title)) + 2 * PAD - sum(made[n : last + 1])
        made[last] += max(lacks, 0)
    for n, cells in enumerate(values):
        lacks = max((_worded(points[n], cell) for cell in cells if cell.owed), default=0) - made[n]
        if 0 < lacks <= room - sum(made):
            made[n] += lacks
    return _shared(made, room - sum(made))


def _shared(made: list[int], spare: int) -> list[int]:
    """Each a little wider, the last one takes the odd pixels, so that the grid ends where its card does; or a little narrower."""
    if spare < 0 and -spare <= SQUEEZE * len(made):
        return _squeezed(made, -spare)
    if spare <= 0 or not made:
        return made
    share = min(spare // len(made), SHARE)
    wider = [wide + share for wide in made]
    if share < SHARE:
        wider[-1] += spare - share * len(made)
    return wider


def _squeezed(made: list[int], lacks: int) -> list[int]:
    """Each a little narrower than is comfortable, so that nothing is out of sight."""
    each, odd = divmod(lacks, len(made))
    return [wide - each - (n < odd) for n, wide in enumerate(made)]


def _wide(point: PointView, cells: Iterable[CellView]) -> int:
    labels = max(advance("label", text) for text in (str(point.short_name), point.unit, point.limits.text()))
    values = max((_value(point, cell) for cell in cells), default=0)
    usual = advance("body", TOTAL if point.kind == "counter" else "0" * max(point.decimals + 2, 3))
    return max(round(max(labels, values, usual)) + 2 * PAD, NARROWEST)


def _value(point: PointView, cell: CellView) -> float:
    return advance("body", point.words(cell.value)) + (MARK_ROOM - 2 * PAD if cell.grade or cell.doubt else 0)


def _worded(point: PointView, cell: CellView) -> int:
    """With the words that say an explanation is owed."""
    return round(advance("strong", point.words(cell.value)) + advance("label", _("owed"))) + WORDS_ROOM


def groups(points: Sequence[PointView]) -> list[tuple[int, int, str]]:
    """First and last column of each group, and its name."""
    found: list[tuple[int, int, str]] = []
    start = 0
    for end in sorted(group_ends(points) | ({len(points) - 1} if points else set())):
        found.append((start, end, str(points[start].group)))
        start = end + 1
    return found
