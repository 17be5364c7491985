"""Dates and times of a file, in whatever way they are written: pure wall-clock values until the zone is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.archive.numerals import text_of
from stationdesk.domain.metering.archive.values import Cell
from stationdesk.domain.moments import at_wall

ORDERS = ("ymd", "dmy", "mdy")
_SERIAL_ZERO = date(1899, 12, 30)
_SEP = r"[-/.\s]"
_YEAR_FIRST = re.compile(rf"((?:19|20)[0-9]{{2}})\s*(?:年|{_SEP})\s*([0-9]{{1,2}})\s*(?:月|{_SEP})\s*([0-9]{{1,2}})\s*日?")
_TIGHT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9]{7,})(?=[0-9]{2}|[^0-9]|$)")
_THREE = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
_NAMED = re.compile(r"([0-9]{1,2})[\s-]*(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s,-]*((?:19|20)?[0-9]{2})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CLOCK = re.compile(r"([0-9]{1,2})\s*[:时點点h]\s*(?:([0-9]{1,2})\s*分?)?(?:\s*[:分]?\s*([0-9]{1,2})(?:[.,][0-9]+)?\s*秒?)?\s*(am|pm)?")
_PACKED = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})?")
_BARE_HOUR = re.compile(r"([0-9]{1,2})(?:\.0+)?\s*(am|pm)?")
_OFFSET = re.compile(r"(?:(z|utc|gmt)|(?:utc|gmt)?([+-])([0-9]{2}):?([0-9]{2}))$")
_RANGE = re.compile(r"\s*(?:~|～|至|到|–|—|--| to |\s-\s|(?<=[0-9])-(?=[0-9]{1,2}:))\s*")


@dataclass(frozen=True)
class Wall:
    """What a cell says of a time: date, seconds of the day (24:00 is 86400), minutes from UTC; None for what it does not say."""

    day: date | None = None
    second: int | None = None
    offset: int | None = None

    def joined(self, other: Wall) -> Wall:
        """This with what it does not say taken from the other."""
        return Wall(
            self.day or other.day,
            self.second if self.second is not None else other.second,
            self.offset if self.offset is not None else other.offset,
        )


@lru_cache(maxsize=8192)
def wall(cell: Cell, order: str = "ymd", *, clock: bool = False, year: int = 0) -> Wall | None:
    """What a cell says of a time; clock: it is of a column of hours, where 9 and 0900 mean 09:00; year: of dates that have none, 0 for
    no such dates. None for no time at all.
    """
    if isinstance(cell, Decimal):
        return _of_number(cell, clock=clock)
    text = text_of(cell).casefold().strip("'\"")
    if not text or len(text) > 60:
        return None
    if clock and (found := _bare_hour(text)):
        return found
    if re.fullmatch(r"[0-9]{5}\.[0-9]+", text):
        return _of_number(Decimal(text), clock=clock)
    if year and (found := _yearless(text, order, year)):
        return found
    if re.fullmatch(r"1[0-9]{9}", text):
        return _of_epoch(int(text))
    return _of_text(text, order)


def _yearless(text: str, order: str, year: int) -> Wall | None:
    """10-01 09:00 and 10月1日 9时, where the year is known from elsewhere."""
    found = re.match(r"([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?![0-9:])\s*", text)
    day = _day(year, int(found[2 if order == "dmy" else 1]), int(found[1 if order == "dmy" else 2])) if found else None
    if found is None or day is None:
        return None
    second, offset, left = _clock(text[found.end() :])
    return None if left else Wall(day, second, offset)


def _of_epoch(seconds: int) -> Wall:
    """Seconds since 1970, UTC."""
    days, rest = divmod(seconds, 86400)
    return Wall(date(1970, 1, 1) + timedelta(days=days), rest, 0)


def _bare_hour(text: str) -> Wall | None:
    found = _BARE_HOUR.fullmatch(text)
    if found:
        return _clocked(int(found[1]), 0, 0, found[2])
    packed = _PACKED.fullmatch(text)
    return _clocked(int(packed[1]), int(packed[2]), int(packed[3] or 0), None) if packed else None


def _of_number(value: Decimal, *, clock: bool) -> Wall | None:
    """A number: 46296.375 is a spreadsheet's day and fraction, 0.375 a time of day, 20261001 a date, 9 an hour where hours stand."""
    whole = int(value)
    rest = round((value - whole) * 86400)
    if value == whole and 10**9 <= whole < 2 * 10**9:
        return _of_epoch(whole)
    if value == whole and (len(str(whole)) in (8, 10, 12, 14)) and str(whole).startswith(("19", "20")):
        return _of_text(str(whole), "ymd")
    if 20000 <= value < 80000:
        return Wall(_SERIAL_ZERO + timedelta(days=whole), rest)
    if clock and 0 <= value <= 24 and value == whole and value != 0:
        return _clocked(whole, 0, 0, None)
    return Wall(second=round(value * 86400)) if 0 <= value <= 1 else None


def _of_text(text: str, order: str) -> Wall | None:
    first, *ends = _RANGE.split(text) if _RANGE.search(text) else [text]
    day, rest = _dated(first, order)
    if ends:
        return _ended(day, _clock(rest)[0], ends[-1], order)
    second, offset, left = _clock(rest)
    if left or (day is None and second is None):
        return None
    return Wall(day, second, offset)


def _ended(day: date | None, began: int | None, end: str, order: str) -> Wall | None:
    """The end of 08:00-09:00; one that lies before its beginning is the next day's."""
    own, rest = _dated(end, order)
    second, offset, left = _clock(rest)
    if second is None or left:
        return None
    over = own is None and day is not None and began is not None and second <= began
    return Wall(own or (day + timedelta(days=1) if over and day else day), second, offset)


def _dated(text: str, order: str) -> tuple[date | None, str]:
    """The date in a text, and the text without it."""
    for pattern, read in ((_YEAR_FIRST, _plain), (_TIGHT, _plain), (_NAMED, _worded), (_THREE, lambda found: _ordered(found, order))):
        found = pattern.search(text)
        if found and (day := read(found)):
            return day, f"{text[: found.start()]} {text[found.end() :]}".strip()
    return None, text


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _plain(found: re.Match[str]) -> date | None:
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _worded(found: re.Match[str]) -> date | None:
    return _day(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))


def _ordered(found: re.Match[str], order: str) -> date | None:
    one, two, three = int(found[1]), int(found[2]), int(found[3])
    if order == "ymd":
        return _day(one, two, three) if len(found[3]) == 2 else None
    return _day(three, two, one) if order == "dmy" else _day(three, one, two)


def _clock(text: str) -> tuple[int | None, int | None, str]:
    """Second of the day, offset in minutes, and what could not be read."""
    rest = re.sub(r"(?:星期|周|礼拜)[一二三四五六日天]|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b,?", "", text.strip(" t,;_")).strip()
    half = "pm" if re.search(r"下午|晚上", rest) else "am" if re.search(r"上午|凌晨", rest) else None
    rest = re.sub(r"上午|下午|晚上|凌晨|整$", "", rest).strip()
    rest, offset = _without_offset(rest)
    found = _CLOCK.fullmatch(rest) or re.fullmatch(r"([0-9]{2})([0-9]{2})?([0-9]{2})?()", rest)
    if not rest or found is None:
        return None, offset, rest
    made = _clocked(int(found[1]), int(found[2] or 0), int(found[3] or 0), found[4] or half)
    return (made.second, offset, "") if made else (None, offset, rest)


def _without_offset(text: str) -> tuple[str, int | None]:
    found = _OFFSET.search(text)
    if not found or ":" not in text[: found.start()]:
        return text, None
    minutes = 0 if found[1] else int(f"{found[2]}1") * (int(found[3]) * 60 + int(found[4]))
    return text[: found.start()].strip(), minutes


def _clocked(hour: int, minute: int, second: int, half: str | None) -> Wall | None:
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    total = hour * 3600 + minute * 60 + second
    return Wall(second=total) if minute < 60 and second < 60 and total <= 86400 else None


def moment(said: Wall, zone: ZoneInfo) -> datetime | None:
    """The moment, aware UTC; None where the day or the time is not said. Minutes that the wall clock has twice are the first of the two."""
    if said.day is None or said.second is None:
        return None
    minutes, seconds = divmod(said.second, 60)
    own = zone if said.offset is None else timezone(timedelta(minutes=said.offset))
    if isinstance(own, ZoneInfo):
        return at_wall(said.day, minutes, own) + timedelta(seconds=seconds)
    start = datetime(said.day.year, said.day.month, said.day.day, tzinfo=own)
    return start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes, seconds=seconds)


def order_of(cells: Iterable[Cell]) -> tuple[str, bool]:
    """The order of the dates, and whether the cells prove it: no other order fits all of them, or makes steps as small."""
    texts = [text_of(each).casefold() for each in cells if not isinstance(each, Decimal)]
    threes = [found for text in texts if not _YEAR_FIRST.search(text) and not _TIGHT.search(text) and (found := _THREE.search(text))]
    if not threes:
        return "ymd", True
    fitting = [(order, _days(threes, order)) for order in ORDERS]
    ranked = sorted((_leaps(days), ORDERS.index(order), order) for order, days in fitting if days)
    if not ranked:
        return "dmy", False
    return ranked[0][2], len(ranked) == 1 or ranked[0][0] < ranked[1][0]


def _days(threes: Sequence[re.Match[str]], order: str) -> list[date]:
    days = [_ordered(found, order) for found in threes]
    return [day for day in days if day] if all(days) else []


def _leaps(days: Sequence[date]) -> int:
    """Days lying between neighbours: hourly archives go on day by day."""
    return sum(abs((after - before).days) for before, after in pairwise(days))
