"""Sizes of the roster grid: 30 people × 31 days fit a window of 1366×768 without scrolling sideways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

NAMES, DAY, ROW, COVER, HEAD = 104, 20, 28, 24, 67
BEFORE = 28  # what is published, below a row that differs while it is compared
MONTH_GAP, GRIP, EDGE, NAME_X, ROLE_X, ROLE_ROOM = 4, 6, 16, 36, 29, 24
FIRST = 5  # above the first row: its badges reach that high
HOURS, NIGHTS, FAIR, FATIGUE = range(4)
TOTAL_WIDTHS = (44, 22, 44, 86)
FAIR_STEP, FAIR_MOST = 4, 5  # pixels for one, and how many are drawn before the bar ends
FATIGUE_STEPS = 5
SPAN_WORDS, SPAN_LINE, SPAN_LEAST = 13, 23, 38  # in the head: the words of published and draft, the line under them, their least room


def pads(crews: Sequence[str], cover_rows: int) -> list[tuple[int, int]]:
    """Room above and below each row's chips: a hairline parts the crews, a strong one the coverage."""
    starts = [n == 0 or crews[n] != crews[n - 1] for n in range(len(crews))] + [True]
    people = [((FIRST if n == 0 else 2) if starts[n] else 0, 4 if starts[n + 1] else 0) for n in range(len(crews))]
    cover = [(3 if n == 0 else 0, 5 if n == cover_rows - 1 else 0) for n in range(cover_rows)]
    return people + cover


def day_width(days: Sequence[date], column: int) -> int:
    """A day's width; the first day of another month stands a little apart."""
    apart = column > 0 and days[column].month != days[column - 1].month
    return DAY + MONTH_GAP if apart else DAY
