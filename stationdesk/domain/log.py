"""The duty log: what an entry is, when it is late, and how it is corrected (by a new one that names it)."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_

TEXT_AT_MOST = 10_000
LATE_AFTER = timedelta(minutes=15)
CLOCK_SLACK = timedelta(minutes=2)  # two desks' clocks never agree to the second


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
