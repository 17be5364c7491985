"""Days, hours and spans of a station: everything is aware UTC, the station's zone says what the clock on the wall shows.

Clock times of profiles are minutes of the day (0 to 1440, 24:00 being the end of the day). China has had no summer time since
1992; zones that have it are right all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import C_, N_, _
from stationdesk.values import dataclass

DAY = 1440  # minutes
HOUR = timedelta(hours=1)

_CLOCK = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})")
_WIDE = str.maketrans("０１２３４５６７８９：．。", "0123456789:..")

SLIP = timedelta(hours=6)
"""How far ahead a time typed is a slip rather than the day before."""


class ClockError(DomainError):
    """No time of a day."""

    words = N_("“{typed}” is no time of day; write it as 07:30.")
    field = "time"


@dataclass(frozen=True, order=True)
class Span:
    """From start to end, aware UTC; the end is no longer in it."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it really lasts: a night of the clock change has 7 or 9 hours."""
        return self.end - self.start

    def holds(self, moment: datetime) -> bool:
        """Whether the moment is in it."""
        return self.start <= moment < self.end

    def meets(self, other: Span) -> bool:
        """Whether the two have any time in common."""
        return self.start < other.end and other.start < self.end


def parse_clock(text: str) -> int:
    """Minutes of the day of 07:30, 7:30, 0730, full width or half; 24:00 is 1440. ClockError."""
    found = _CLOCK.fullmatch(text.strip().translate(_WIDE))
    hours, minutes = (int(found[1]), int(found[2])) if found else (99, 99)
    if minutes > 59 or hours * 60 + minutes > DAY:
        raise ClockError(typed=text.strip()[:20])
    return hours * 60 + minutes


def clock_text(minutes: int) -> str:
    """07:30 of 450, 24:00 of 1440."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def at_wall(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The moment the wall clock of that day shows so many minutes; 1440 and more are the next day.

    A time the clock skips is taken as if it had not been set forward yet, one it shows twice as the first of the two.
    """
    wall = datetime.combine(day + timedelta(days=minutes // DAY), time(minutes % DAY // 60, minutes % 60), tzinfo=zone)
    return wall.astimezone(UTC)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The date on the wall."""
    return moment.astimezone(zone).date()


def minute_of(moment: datetime, zone: ZoneInfo) -> int:
    """Minutes of the day the wall clock shows."""
    wall = moment.astimezone(zone)
    return wall.hour * 60 + wall.minute


def span_of(day: date, start: int, end: int, zone: ZoneInfo) -> Span:
    """From one clock time of the day to another; an end at or before the start is that of the next day (22:00–06:00, 08:00–08:00)."""
    return Span(at_wall(day, start, zone), at_wall(day, end if end > start else end + DAY, zone))


def whole_day(day: date, zone: ZoneInfo, begins: int = 0) -> Span:
    """The day from midnight, or from another hour (a gas day: 08:00–08:00)."""
    return Span(at_wall(day, begins, zone), at_wall(day + timedelta(days=1), begins, zone))


def gas_day_of(moment: datetime, zone: ZoneInfo, begins: int = 480) -> date:
    """The gas day (计量日) a moment belongs to; it begins at 08:00 unless the station says else."""
    day = day_of(moment, zone)
    return day if moment >= at_wall(day, begins, zone) else day - timedelta(days=1)


def hours(span: Span, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The full hours of a span by the wall clock, its closing hour included: 00:00–08:00 has nine."""
    return tuple(_full_hours(span, zone))


def _full_hours(span: Span, zone: ZoneInfo) -> Iterator[datetime]:
    moment = _next_full(span.start, zone)
    while moment <= span.end:
        yield moment
        moment = _next_full(moment + HOUR, zone)


def _next_full(moment: datetime, zone: ZoneInfo) -> datetime:
    wall = moment.astimezone(zone)
    over = timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)
    return moment + HOUR - over if over else moment


def hour_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The full hour of the wall clock at or before the moment."""
    wall = moment.astimezone(zone)
    return moment - timedelta(minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)


def nearest_hour(moment: datetime, zone: ZoneInfo, before: timedelta = timedelta(minutes=10)) -> datetime:
    """The hour one reads at this moment: the full hour gone, or the coming one when it is at most `before` away."""
    return hour_of(moment + before, zone)


def latest_at(minutes: int, at: datetime, zone: ZoneInfo) -> datetime:
    """The last moment, not after `at`, the wall clock showed this: 23:50 typed at 00:10 was yesterday."""
    today = at_wall(day_of(at, zone), minutes, zone)
    return today if today <= at else at_wall(day_of(at, zone) - timedelta(days=1), minutes, zone)


def meant_at(minutes: int, at: datetime, zone: ZoneInfo) -> datetime:
    """What a time of day typed at `at` means: 06:45 typed at 06:42 is still to come, a slip of the key; 23:50 typed then was yesterday."""
    today = at_wall(day_of(at, zone), minutes, zone)
    return today if timedelta(0) < today - at < SLIP else latest_at(minutes, at, zone)


def latest_since(minutes: int, since: datetime, until: datetime, zone: ZoneInfo) -> datetime:
    """The last moment from since to until that the wall clock showed this; where it showed it at none of them, the next one after until.

    03:50 typed at 03:40 in a shift that began at 00:00 is still to come, and is not the night before.
    """
    last = latest_at(minutes, until, zone)
    return last if last >= since else at_wall(day_of(last, zone) + timedelta(days=1), minutes, zone)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """First and last day of the day's month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """So many months later; the 31st becomes the last day of a shorter month."""
    month = day.month - 1 + months
    last = month_of(date(day.year + month // 12, month % 12 + 1, 1))[1]
    return last.replace(day=min(day.day, last.day))


def format_time(moment: datetime, zone: ZoneInfo, of_day: date | None = None) -> str:
    """HH:MM on the wall; with of_day, midnight after that day is its 24:00."""
    wall = moment.astimezone(zone)
    if of_day is not None and wall.date() == of_day + timedelta(days=1) and (wall.hour, wall.minute) == (0, 0):
        return "24:00"
    return f"{wall:%H:%M}"


def format_span(span: Span, zone: ZoneInfo) -> str:
    """00:00–08:00, 16:00–24:00."""
    return f"{format_time(span.start, zone)}–{format_time(span.end, zone, day_of(span.start, zone))}"


def format_day(day: date) -> str:
    """MM-DD, as on screen."""
    return f"{day:%m-%d}"


def format_date(day: date) -> str:
    """YYYY-MM-DD, as on paper."""
    return day.isoformat()


def format_moment(moment: datetime, zone: ZoneInfo) -> str:
    """MM-DD HH:MM on the wall."""
    return f"{moment.astimezone(zone):%m-%d %H:%M}"


def format_deadline(moment: datetime, zone: ZoneInfo) -> str:
    """11-21 24:00: a deadline at midnight belongs to the day it ends."""
    wall = moment.astimezone(zone)
    if (wall.hour, wall.minute) != (0, 0):
        return format_moment(moment, zone)
    return f"{format_day(wall.date() - timedelta(days=1))} 24:00"


def weekday_words(days: Sequence[int]) -> str:
    """Mon, Wed; every day where none is named. days: 0 Monday to 6 Sunday."""
    monday = date(2024, 1, 1)
    return _(", ").join(weekday(monday + timedelta(days=each)) for each in days) or _("every day")


def weekday(day: date) -> str:
    """Sat, 星期六."""
    early = (C_("weekday", "Mon"), C_("weekday", "Tue"), C_("weekday", "Wed"), C_("weekday", "Thu"))
    return (*early, C_("weekday", "Fri"), C_("weekday", "Sat"), C_("weekday", "Sun"))[day.weekday()]


def format_minutes(minutes: int) -> str:
    """A length in words: 18 min, 1 h 18 min, 2 h."""
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=whole)
    return _("{hours} h {minutes} min").format(hours=whole, minutes=rest)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes, rounded down."""
    return int((end - start) // timedelta(minutes=1))
