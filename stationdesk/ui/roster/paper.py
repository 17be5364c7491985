"""The sheet that belongs to what the roster page shows."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import takewhile

from stationdesk.domain.roster import DayKind
from stationdesk.services.shifts import SHIFTS
from stationdesk.ui.roster.board import Board

WORKED = (DayKind.WORKDAY, DayKind.MAKE_UP)


def sheet_of(found: Board) -> tuple[str, str]:
    """Report and subject: the month's duty roster, or the holidays' duty sheet of the days somebody is on it, else of its holiday."""
    view = found.view
    if found.sheet == SHIFTS:
        return "roster-month", f"{view.first:%Y-%m}"
    first, last = _filled(found) or _holiday(found) or (view.first, view.last)
    return "holiday-duty", f"{first}..{last}"


def _filled(found: Board) -> tuple[date, date] | None:
    on = [day.day for n, day in enumerate(found.view.days) if any(row.cells[n].code for row in found.view.rows)]
    return (on[0], on[-1]) if on else None


def _holiday(found: Board) -> tuple[date, date] | None:
    """The days off around the month's first statutory day."""
    days = found.view.days
    at = next((n for n, day in enumerate(days) if day.kind == DayKind.STATUTORY), None)
    if at is None:
        return None
    before, after = (sum(1 for _day in takewhile(lambda day: day.kind not in WORKED, span)) for span in (days[at::-1], days[at:]))
    return days[at].day - timedelta(days=before - 1), days[at].day + timedelta(days=after - 1)
