from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stationdesk.reports.breaking import Run
from stationdesk.reports.strips import LEAD, ORPHANS, WHOLE, Cell, Strip, fill_pages

FIRST, NEXT, BOTTOM = 80.0, 57.0, 780.0


def row(lines: int, *, keep: bool = False, head: list[Strip] | None = None, name: str = "") -> Strip:
    cells = [Cell(0, 100, [[Run(f"{name}.{n}")] for n in range(lines)])]
    return Strip(lines * LEAD + 4, cells, (), keep=keep, head=head or [])


def said(pages: list[list[Strip]]) -> list[str]:
    return [run.text for page in pages for strip in page for cell in strip.cells for line in cell.lines for run in line]


@given(st.lists(st.tuples(st.integers(1, 130), st.booleans()), min_size=1, max_size=60))
def test_no_line_is_lost_doubled_or_moved(rows: list[tuple[int, bool]]) -> None:
    strips = [row(lines, keep=keep, name=str(n)) for n, (lines, keep) in enumerate(rows)]
    pages = fill_pages(strips, FIRST, NEXT, BOTTOM)
    assert said(pages) == [f"{n}.{line}" for n, (lines, _keep) in enumerate(rows) for line in range(lines)]


@given(st.lists(st.integers(1, 130), min_size=1, max_size=60))
def test_every_page_keeps_to_its_room(rows: list[int]) -> None:
    pages = fill_pages([row(lines, name=str(n)) for n, lines in enumerate(rows)], FIRST, NEXT, BOTTOM)
    for n, page in enumerate(pages):
        assert page[0].placed == (NEXT if n else FIRST)
        assert page[-1].placed + page[-1].height <= BOTTOM + 0.01
        assert all(abs(a.placed + a.height - b.placed) < 0.01 for a, b in pairwise(page))


@given(st.lists(st.integers(1, 40), min_size=2, max_size=40))
def test_short_rows_are_whole_and_long_ones_leave_two_lines_on_each_side(rows: list[int]) -> None:
    pages = fill_pages([row(lines, name=str(n)) for n, lines in enumerate(rows)], FIRST, NEXT, BOTTOM)
    for page in pages:
        for strip in page:
            lines = rows[int(strip.cells[0].lines[0][0].text.split(".")[0])]
            assert len(strip.cells[0].lines) == lines or lines > WHOLE
            assert len(strip.cells[0].lines) >= min(lines, ORPHANS)


def test_head_is_drawn_again_on_every_page_but_not_twice() -> None:
    head = [row(1, keep=True, name="head")]
    pages = fill_pages([*head, *(row(2, head=head, name=str(n)) for n in range(100))], FIRST, NEXT, BOTTOM)
    assert len(pages) > 2
    for page in pages:
        assert [strip.cells[0].lines[0][0].text for strip in page].count("head.0") == 1
        assert page[0].cells[0].lines[0][0].text == "head.0"


def test_what_is_kept_together_moves_together() -> None:
    filler = [row(4, name=str(n)) for n in range(13)]
    pages = fill_pages([*filler, row(1, keep=True, name="a"), row(4, name="b")], FIRST, NEXT, BOTTOM)
    assert said(pages[1:])[:2] == ["a.0", "b.0"]


def test_a_page_does_not_begin_with_a_gap() -> None:
    filler = [row(6, name=str(n)) for n in range(9)]
    pages = fill_pages([*filler, Strip(9.0, keep=True), row(6, name="x")], FIRST, NEXT, BOTTOM)
    assert not pages[1][0].gap


def test_blank_rows_fill_the_page_and_push_nothing_off_it() -> None:
    blank = [Strip(24.0, columns=(), blank=True, grows=True) for _n in range(2)]
    pages = fill_pages([*blank, row(2, name="signatures")], FIRST, NEXT, BOTTOM)
    assert len(pages) == 1
    assert len(pages[0]) > 20
    assert abs(pages[0][-1].placed + pages[0][-1].height - BOTTOM) < 0.01
    assert said(pages) == ["signatures.0", "signatures.1"]
