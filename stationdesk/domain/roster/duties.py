"""A roster as rules see it: people, and what each of them does on which day.

A cell is one person on one day: the code of a kind of shift, "" for off. A shift belongs to the day on which it begins, its length is
the real one (a night of the clock change has 7 or 9 hours), and work, standby and rest inside it are apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from stationdesk.domain.moments import DAY, Span, at_wall
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import N_

LEAVE_NAMES = {
    "annual": N_("annual leave"),
    "sick": N_("sick leave"),
    "personal": N_("personal leave"),
    "injury": N_("work injury leave"),
    "marriage": N_("marriage leave"),
    "maternity": N_("maternity leave"),
    "bereavement": N_("bereavement leave"),
    "other": N_("other leave"),
}
"""Kinds of leave by code."""

Reading = str
PRESENCE, WORK = "presence", "work"
"""The two legal readings of hours: all of the time at the station, or only what is neither standby nor rest."""


@dataclass(frozen=True)
class Night:
    """Clock hours that count as night, and how many minutes of them make a shift a night shift (UK working time regulations, 2)."""

    start: int = 23 * 60
    end: int = 6 * 60
    least: int = 180

    def holds(self, kind: ShiftKind) -> bool:
        """Whether a kind of shift is night work."""
        long = (self.end - self.start) % DAY
        begins, ends = kind.start, kind.start + kind.minutes
        nights = [self.start + n * DAY for n in (-1, 0, 1, 2)]
        return sum(max(0, min(ends, start + long) - max(begins, start)) for start in nights) >= self.least


NIGHT = Night()


@dataclass(frozen=True, order=True)
class Duty:
    """One shift of one person."""

    span: Span
    person: int
    day: date
    kind: ShiftKind = field(compare=False)

    def minutes(self, reading: Reading = PRESENCE) -> int:
        """Its length in real minutes by a reading of the law."""
        whole = int(self.span.length / timedelta(minutes=1))
        return whole if reading == PRESENCE else max(0, whole - self.kind.standby - self.kind.rest)


@dataclass(frozen=True)
class Leave:
    """Days away, both included."""

    first: date
    last: date
    kind: str = "annual"

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Wish:
    """What somebody would like on some days: "" to be off, else a kind of shift; weight 1 to 3."""

    first: date
    last: date
    kind: str = ""
    weight: int = 1

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Fixed:
    """A duty somebody has whatever else is planned; weekdays 0 to 6, empty for every day of it."""

    first: date
    last: date
    kind: str
    weekdays: frozenset[int] = frozenset()

    def holds(self, day: date) -> bool:
        """Whether the duty falls on the day."""
        return self.first <= day <= self.last and (not self.weekdays or day.weekday() in self.weekdays)


@dataclass(frozen=True)
class Held:
    """A qualification somebody holds; the last day is still valid, None without end."""

    code: str
    first: date
    last: date | None = None

    def valid(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Member:
    """Somebody to be planned."""

    person: int
    name: str
    crew: str = ""
    post: str = ""
    leads: bool = False
    held: tuple[Held, ...] = ()
    leave: tuple[Leave, ...] = ()
    wishes: tuple[Wish, ...] = ()
    fixed: tuple[Fixed, ...] = ()

    def holds(self, qualification: str, day: date) -> bool:
        """Whether a qualification of theirs is valid on a day."""
        return any(each.code == qualification and each.valid(day) for each in self.held)

    def away(self, day: date) -> Leave | None:
        """The leave that holds on a day."""
        return next((each for each in self.leave if each.holds(day)), None)


Cells = Mapping[tuple[int, date], str]


@dataclass(frozen=True)
class Roster:
    """Who does what from the first to the last day, both included. `cells` may hold days before and after: rest and hours carry over."""

    first: date
    last: date
    zone: ZoneInfo
    kinds: tuple[ShiftKind, ...]
    cells: Cells

    @cached_property
    def kind(self) -> Mapping[str, ShiftKind]:
        """The kinds of shift by code."""
        return {kind.code: kind for kind in self.kinds}

    @cached_property
    def duties(self) -> Mapping[int, tuple[Duty, ...]]:
        """Each person's shifts in the order they begin; codes nobody described are no duty."""
        found: dict[int, list[Duty]] = {}
        for (person, day), code in self.cells.items():
            if code in self.kind:
                found.setdefault(person, []).append(duty(person, day, self.kind[code], self.zone))
        return {person: tuple(sorted(duties)) for person, duties in found.items()}

    @cached_property
    def manned(self) -> Mapping[tuple[date, str], tuple[int, ...]]:
        """Who is on a kind of shift on a day."""
        found: dict[tuple[date, str], list[int]] = {}
        for (person, day), code in self.cells.items():
            if code:
                found.setdefault((day, code), []).append(person)
        return {key: tuple(sorted(people)) for key, people in found.items()}

    def cell(self, person: int, day: date) -> str:
        """What somebody does on a day, "" where nothing."""
        return self.cells.get((person, day), "")

    def meets(self, first: date, last: date) -> bool:
        """Whether a span of days has any in common with the roster's own."""
        return first <= self.last and last >= self.first


def duty(person: int, day: date, kind: ShiftKind, zone: ZoneInfo) -> Duty:
    """A shift of a day with its real span."""
    return Duty(kind.span(day, zone), person, day, kind)


def at_work(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Those that are spent at the station: a standby by the phone ends no rest."""
    return tuple(each for each in duties if each.kind.work > 0)


def rest_between(before: Duty, after: Duty) -> int:
    """Real minutes off between two shifts, below 0 where they overlap."""
    return int((after.span.start - before.span.end) / timedelta(minutes=1))


def free_nights(start: datetime, end: datetime, zone: ZoneInfo, bed: int = 23 * 60, wake: int = 7 * 60) -> int:
    """How many whole nights, 23:00 to 07:00 on the wall, lie between two moments."""
    count, day = 0, start.astimezone(zone).date() - timedelta(days=1)
    while at_wall(day, bed, zone) < end:
        count += at_wall(day, bed, zone) >= start and at_wall(day, wake + DAY, zone) <= end
        day += timedelta(days=1)
    return count


def runs(days: Sequence[date]) -> tuple[tuple[date, ...], ...]:
    """Days in order, parted where one is missing."""
    found: list[list[date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][-1] == timedelta(days=1):
            found[-1].append(day)
        else:
            found.append([day])
    return tuple(tuple(run) for run in found)
