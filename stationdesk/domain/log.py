"""The duty log: what an entry is, when it is late, and how it is corrected (by a new one that names it)."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import ClockError, at_wall, day_of, meant_at, parse_clock
from stationdesk.domain.words import N_

_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})(?:\s+|T|日\s*)(\S+)")
_WIDE = str.maketrans("０１２３４５６７８９：．／－　", "0123456789:./- ")

TEXT_AT_MOST = 10_000
LATE_AFTER = timedelta(minutes=15)
CLOCK_SLACK = timedelta(minutes=2)  # two desks' clocks never agree to the second
SLIP_OF_DAY = timedelta(days=62)
EMERGENCY = "emergency"
"""The category of a record made without login (紧急记录): there in every station, whatever its list says."""
MODE = "mode"
"""The category of a change of the running mode (运行方式)."""


class EmptyTextError(DomainError):
    """Nothing was written."""

    words = N_("Nothing is written yet.")
    field = "text"


class TextTooLongError(DomainError):
    """More than an entry holds."""

    words = N_("An entry has at most {most} characters; this one has {count}.")
    field = "text"


class TextCharacterError(DomainError):
    """A character that cannot be kept or printed."""

    words = N_("The text contains a character that cannot be kept (code {code}).")
    field = "text"


class FutureEntryError(DomainError):
    """An entry about something that has not happened."""

    words = N_("An entry cannot be about a time to come.")
    field = "time"


class WhenError(DomainError):
    """What was typed is no day of a calendar."""

    words = N_("“{typed}” is no day and time; write it as 07:30 or 11-20 07:30.")
    field = "time"


class CategoryError(DomainError):
    """A category the station does not have."""

    words = N_("There is no log category {category}.")
    field = "category"


class CorrectedAlreadyError(DomainError):
    """A correction of an entry that has one."""

    words = N_("Entry {entry} is corrected already by entry {by}; correct that one.")
    field = "corrects"


def check_text(text: str) -> str:
    """The text, trimmed, line ends as \\n; 1 to 10,000 characters, no control characters but tab and line end.

    EmptyTextError, TextTooLongError, TextCharacterError.
    """
    clean = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not clean:
        raise EmptyTextError()
    if len(clean) > TEXT_AT_MOST:
        raise TextTooLongError(most=TEXT_AT_MOST, count=len(clean))
    for c in clean:
        if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t":
            raise TextCharacterError(code=f"U+{ord(c):04X}")
    return clean


def check_time(time: datetime, at: datetime) -> datetime:
    """When it happened, not after it is written. FutureEntryError."""
    if time > at + CLOCK_SLACK:
        raise FutureEntryError()
    return min(time, at)


def parse_when(text: str, at: datetime, zone: ZoneInfo) -> datetime:
    """When it happened, as a person writes it: 23:50 or 2350, 11-20 23:50, 2026-11-20 23:50, or an ISO time with its offset.

    A clock time is the last such moment, unless it lies just ahead: that is a slip, kept so that it is refused. A day without a year
    is one of the last year only when it is far ahead. WhenError.
    """
    typed = text.strip().translate(_WIDE)
    if "T" in typed.upper() and (exact := _iso(typed)) is not None:
        return exact
    found = _DAY.fullmatch(typed)
    if found is None:
        return meant_at(_minutes(typed), at, zone)
    minutes, year = _minutes(found[4]), int(found[1]) if found[1] else day_of(at, zone).year
    when = _on(year, int(found[2]), int(found[3]), minutes, typed, zone)
    return when if found[1] or when - at < SLIP_OF_DAY else _on(year - 1, int(found[2]), int(found[3]), minutes, typed, zone)


def _minutes(typed: str) -> int:
    try:
        return parse_clock(typed)
    except ClockError:
        raise WhenError(typed=typed[:20]) from None


def _iso(typed: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return when.astimezone(UTC) if when.tzinfo is not None else None


def _on(year: int, month: int, day: int, minutes: int, typed: str, zone: ZoneInfo) -> datetime:
    try:
        return at_wall(date(year, month, day), minutes, zone)
    except (ValueError, OverflowError):
        raise WhenError(typed=typed[:20]) from None


def is_late(time: datetime, at: datetime, after: timedelta = LATE_AFTER) -> bool:
    """Whether the entry is a late one (补录), shown with both times."""
    return at - time > after


def check_category(category: str, known: tuple[str, ...]) -> str:
    """A category of the station's list. CategoryError."""
    if category not in known:
        raise CategoryError(category=category)
    return category


def check_correction(entry: int, corrected_by: int | None) -> None:
    """Whether an entry may be corrected: only the newest of a chain. CorrectedAlreadyError."""
    if corrected_by is not None:
        raise CorrectedAlreadyError(entry=entry, by=corrected_by)
