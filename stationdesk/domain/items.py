"""Open items (遗留事项), dispatch orders (调度令) and instructions (上级指示): they go on under the number they were born with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from stationdesk.domain.errors import DomainError
from stationdesk.domain.log import check_text
from stationdesk.domain.words import N_


class ItemKind(StrEnum):
    """What is left open; the codes of the store."""

    ITEM = "item"
    ORDER = "order"
    INSTRUCTION = "instruction"


class ItemDoneError(DomainError):
    """Something done already."""

    words = N_("{number} is done already.")


class ReadBackFirstError(DomainError):
    """Reporting an order that was not read back."""

    words = N_("Order {number} was not read back yet.")


class ReadBackTwiceError(DomainError):
    """Reading back an order a second time."""

    words = N_("Order {number} was read back already.")


class DoneWordsError(DomainError):
    """Closing an item without a word."""

    words = N_("Say what was done.")
    field = "words"


def item_number(year: int, n: int) -> str:
    """YL-2026-0343."""
    return f"YL-{year}-{n:04}"


def order_number(day: date, n: int) -> str:
    """DD-20261121-01."""
    return f"DD-{day:%Y%m%d}-{n:02}"


def instruction_number(day: date, n: int) -> str:
    """CD-20261120-04."""
    return f"CD-{day:%Y%m%d}-{n:02}"


def number(kind: str, day: date, taken: Iterable[str]) -> str:
    """The next free number of a kind on a day: items count through the year, orders and instructions through the day."""
    if kind == ItemKind.ITEM:
        return item_number(day.year, following(f"YL-{day.year}-", taken))
    if kind == ItemKind.ORDER:
        return order_number(day, following(f"DD-{day:%Y%m%d}-", taken))
    return instruction_number(day, following(f"CD-{day:%Y%m%d}-", taken))


def following(prefix: str, taken: Iterable[str]) -> int:
    """One more than the highest number with this prefix; numbers are never given twice."""
    tails = (each.removeprefix(prefix) for each in taken if each.startswith(prefix))
    return max((int(tail) for tail in tails if tail.isdecimal()), default=0) + 1


def check_item(text: str) -> str:
    """The text of an item, trimmed, under the rules of a log entry."""
    return check_text(text)


def check_read_back(number: str, read_back_at: datetime | None, done_at: datetime | None) -> None:
    """Whether an order may be read back (复诵). ItemDoneError, ReadBackTwiceError."""
    if done_at is not None:
        raise ItemDoneError(number=number)
    if read_back_at is not None:
        raise ReadBackTwiceError(number=number)


def check_done(kind: str, number: str, read_back_at: datetime | None, done_at: datetime | None, words: str) -> str:
    """Whether something may be closed, with what was done; an order is reported (回令) after it was read back.

    ItemDoneError, ReadBackFirstError, DoneWordsError.
    """
    if done_at is not None:
        raise ItemDoneError(number=number)
    if kind == ItemKind.ORDER and read_back_at is None:
        raise ReadBackFirstError(number=number)
    if not words.strip():
        raise DoneWordsError()
    return words.strip()
