"""A calendar as people bring it: a date, what it is, and its name, line by line; each line that cannot be read is refused by number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stationdesk.domain.errors import DomainError
from stationdesk.domain.names import Name
from stationdesk.domain.roster.calendar import DayKind, SetDay
from stationdesk.domain.words import N_

_DATE = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*.*")
_SPELLED = {
    DayKind.STATUTORY: ("statutory", "statutory holiday", "法定节假日", "法定", "3", "300"),
    DayKind.HOLIDAY: ("holiday", "off", "day off by transfer", "放假", "调休放假", "休", "休假"),
    DayKind.MAKE_UP: ("make_up", "make-up", "make-up workday", "调休上班", "上班", "补班", "班"),
    DayKind.WORKDAY: ("workday", "工作日"),
    DayKind.REST: ("rest", "rest day", "休息日", "周末"),
}
KINDS = {spelled: kind for kind, spellings in _SPELLED.items() for spelled in spellings}


class CalendarLineError(DomainError):
    """A line of a calendar that cannot be read."""

    words = N_("Line {line}: “{typed}” is neither a date of the year {year} nor statutory, holiday, make_up or workday.")


class CalendarTwiceError(DomainError):
    """A day that stands twice."""

    words = N_("Line {line}: {day} stands there already.")


class CalendarEmptyError(DomainError):
    """A file without any day."""

    words = N_("There is no day of {year} in this calendar.")


class CalendarFileError(DomainError):
    """A file that is no table."""

    words = N_("{file} is neither a CSV file nor an Excel workbook.")


@dataclass(frozen=True)
class ReadDays:
    """The days of a year as read, and what was refused."""

    days: dict[date, SetDay]
    refused: tuple[DomainError, ...]


def read_days(lines: Sequence[Sequence[object]], year: int) -> ReadDays:
    """Lines of date, kind and name; a heading and empty lines are passed over."""
    found: dict[date, SetDay] = {}
    refused: list[DomainError] = []
    for n, line in enumerate(lines, 1):
        cells = [_text(cell) for cell in line]
        if not any(cells) or (n == 1 and not any(character.isdigit() for character in cells[0])):
            continue
        day, kind = _day(cells[0], year), KINDS.get(cells[1].casefold()) if len(cells) > 1 else None
        if day is None or kind is None:
            refused.append(CalendarLineError(line=n, typed=" ".join(cells)[:40], year=year))
        elif day in found:
            refused.append(CalendarTwiceError(line=n, day=day.isoformat()))
        else:
            found[day] = SetDay(kind, Name(cells[2] if len(cells) > 2 else "", cells[3] if len(cells) > 3 else ""))
    if not found and not refused:
        refused.append(CalendarEmptyError(year=year))
    return ReadDays(found, tuple(refused))


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return "" if cell is None else unicodedata.normalize("NFKC", str(cell)).strip()


def _day(text: str, year: int) -> date | None:
    parts = _DATE.fullmatch(text)
    try:
        made = date(int(parts[1]), int(parts[2]), int(parts[3])) if parts else date.fromisoformat(text)
    except ValueError:
        return None
    return made if made.year == year else None
