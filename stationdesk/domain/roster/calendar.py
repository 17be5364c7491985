"""Which days are worked: weekends, holidays, make-up workdays (调休) and the statutory days that pay three times.

A calendar is what somebody set (the State Council's notice of the year); where nothing is set, weekdays are worked and weekends are
not. Whether a year has an official calendar is known, so that a plan for one that has none says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from stationdesk.domain.names import Name
from stationdesk.domain.words import N_

SATURDAY = 5


class DayKind(StrEnum):
    """What a day is."""

    WORKDAY = "workday"
    REST = "rest"  # weekend
    HOLIDAY = "holiday"  # off beside a statutory day, made up for elsewhere or a weekend itself
    STATUTORY = "statutory"
    MAKE_UP = "make_up"  # a weekend that is worked (调休上班)


DAY_NAMES = {
    DayKind.WORKDAY: N_("workday"),
    DayKind.REST: N_("rest day"),
    DayKind.HOLIDAY: N_("day off by transfer"),
    DayKind.STATUTORY: N_("statutory holiday"),
    DayKind.MAKE_UP: N_("make-up workday"),
}
WORKED = frozenset({DayKind.WORKDAY, DayKind.MAKE_UP})
PAY = {DayKind.WORKDAY: 150, DayKind.MAKE_UP: 150, DayKind.REST: 200, DayKind.HOLIDAY: 200, DayKind.STATUTORY: 300}
"""Percent of the wage for work beyond the normal hours, by the day it falls on (labour law art. 44)."""


UNNAMED = Name("")


@dataclass(frozen=True)
class SetDay:
    """What was set for one day, and what the day is called where it has a name."""

    kind: DayKind
    name: Name = UNNAMED


@dataclass(frozen=True)
class Calendar:
    """Days that are set, and the years whose calendar is official."""

    days: Mapping[date, SetDay] = field(default_factory=dict)
    official: frozenset[int] = frozenset()

    def kind(self, day: date) -> DayKind:
        """What a day is; a day nobody set is judged by its weekday."""
        if day in self.days:
            return self.days[day].kind
        return DayKind.REST if day.weekday() >= SATURDAY else DayKind.WORKDAY

    def name(self, day: date) -> Name:
        """What the day is called, empty for most."""
        return self.days[day].name if day in self.days else UNNAMED

    def worked(self, day: date) -> bool:
        """A workday, made up ones included."""
        return self.kind(day) in WORKED

    def workdays(self, first: date, last: date) -> int:
        """How many days from first to last, both included, are worked."""
        return sum(map(self.worked, days_of(first, last)))

    def provisional(self, first: date, last: date) -> tuple[int, ...]:
        """The years of a span that have no official calendar yet: their holidays and make-up days may still move."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.official)


def days_of(first: date, last: date) -> tuple[date, ...]:
    """All days from first to last, both included; none where last is before first."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
