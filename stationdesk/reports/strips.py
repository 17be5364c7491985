"""Strips: what is as wide as the page, stacked from its top. All pages are laid out before one is drawn, so their number is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from stationdesk.reports.breaking import Line
from stationdesk.reports.pen import Pen

LEAD = 12.0  # points from base line to base line
WHOLE = 6  # a row of up to so many lines is never cut
ORPHANS = 2  # lines left on each side of a cut
STRETCH = 0.6  # by how much of its height a strip may grow to fill a page
_CUT_PAD = 6.0


@dataclass
class Cell:
    """Lines in a column."""

    x: float
    width: float
    lines: Sequence[Line]
    align: str = "left"
    face: str = "Regular"


@dataclass
class Strip:
    """A row, a title, a gap or a drawing."""

    height: float
    cells: Sequence[Cell] = ()
    columns: Sequence[float] | None = None  # x of inner vertical lines; None = no frame
    ground: Sequence[tuple[float, float]] = ()  # x and width of what has the header's ground
    shade: float | None = None  # grey of the ground; None: the header's for one, the labels' for several
    keep: bool = False  # on one page with the next strip
    head: Sequence[Strip] = ()  # drawn again where a page begins with this strip
    paint: Callable[[Pen, float], None] | None = None
    blank: bool = False  # an empty row: more of them may be added
    grows: bool = False  # may become taller
    part: bool = False  # of a row that was cut
    placed: float = field(default=0.0, init=False)

    @property
    def gap(self) -> bool:
        """Nothing is drawn."""
        return not self.cells and self.paint is None

    @property
    def long(self) -> bool:
        """Short cells stand at the top, where a row of many lines begins, and not in its middle."""
        return self.part or max((len(cell.lines) for cell in self.cells), default=0) > WHOLE

    def cut(self, room: float) -> tuple[Strip, Strip] | None:
        """The strip in two, the first at most `room` high; None where it may not be cut there."""
        most = max((len(cell.lines) for cell in self.cells), default=0)
        fit = min(int((room - _CUT_PAD) / LEAD), most - ORPHANS)
        if most <= WHOLE or fit < ORPHANS:
            return None
        upper = [replace(cell, lines=cell.lines[:fit]) for cell in self.cells]
        lower = [replace(cell, lines=cell.lines[fit:]) for cell in self.cells]
        rest = (most - fit) * LEAD + _CUT_PAD
        first = replace(self, height=fit * LEAD + _CUT_PAD, cells=upper, keep=False, grows=False, part=True)
        return first, replace(self, height=rest, cells=lower, part=True)


class _Filling:
    """Pages being filled from a queue of strips."""

    def __init__(self, strips: Sequence[Strip], first: float, following: float, bottom: float) -> None:
        self.pages: list[list[Strip]] = [[]]
        self._waiting = list(strips)
        self._waiting.reverse()  # taken from the end: a list of 10,000 rows stays linear
        self._following, self._bottom = following, bottom
        self._y = first
        self._fresh = True  # nothing but a repeated head on this page

    def run(self) -> list[list[Strip]]:
        while self._waiting:
            group = self._group()
            over = self._y + sum(strip.height for strip in group) - self._bottom
            if over > 0 and self._cut(group, over):
                continue
            if over > 0 and not self._fresh:
                self._turn()
                continue
            self._y = stack(group, self._y)
            self._fresh = False
            self.pages[-1] += group
            del self._waiting[-len(group) :]
        return self.pages

    def _group(self) -> list[Strip]:
        """The next strips that may not be parted."""
        count = next((n for n, strip in enumerate(reversed(self._waiting), 1) if not strip.keep), len(self._waiting))
        return self._waiting[: -count - 1 : -1]

    def _cut(self, group: Sequence[Strip], over: float) -> bool:
        longest = max(range(len(group)), key=lambda n: group[n].height)
        parts = group[longest].cut(group[longest].height - over)
        if parts is None:
            return False
        at = len(self._waiting) - 1 - longest
        self._waiting[at : at + 1] = reversed(parts)
        return True

    def _turn(self) -> None:
        if self._waiting[-1].gap:
            self._waiting.pop()  # no gap at the top of a page
        head = self._waiting[-1].head if self._waiting else ()
        self.pages.append([replace(strip) for strip in head])
        self._y, self._fresh = stack(self.pages[-1], self._following), True


def fill_pages(strips: Sequence[Strip], first: float, following: float, bottom: float) -> list[list[Strip]]:
    """Pages of placed strips. `first` and `following` are where strips begin on the first and on later pages, in points from the top."""
    pages = _Filling(strips, first, following, bottom).run()
    _stretch(pages[-1], first if len(pages) == 1 else following, bottom)
    return pages


def stack(strips: Sequence[Strip], y: float) -> float:
    """Places strips one under the other; returns where the last one ends."""
    for strip in strips:
        strip.placed = y
        y += strip.height
    return y


def _stretch(page: list[Strip], top: float, bottom: float) -> None:
    """A form for a hand fills its page: first with more empty rows, then with taller ones."""
    room = bottom - top - sum(strip.height for strip in page)
    last = next((n for n in reversed(range(len(page))) if page[n].blank), None)
    if last is not None and room > 0:
        more = int(room / page[last].height)
        page[last + 1 : last + 1] = [replace(page[last]) for _ in range(more)]
        for strip in page[last : last + more]:
            strip.keep = False
        room -= more * page[last].height
    growing = [strip for strip in page if strip.grows]
    tall = sum(strip.height for strip in growing)
    share = min(room / tall, STRETCH) if tall and room > 0 else 0.0
    for strip in growing:
        strip.height *= 1 + share
    stack(page, top)
