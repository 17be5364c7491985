"""Tests of hours: in one shift, in any time as long as a window, and beyond the standard of a day, week, month, quarter or year.

The hours of a shift belong to the period in which it begins. The standard of a period is its workdays times eight hours, less the
workdays somebody is on leave.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from stationdesk.domain.moments import month_of, week_of
from stationdesk.domain.roster.calendar import Calendar, days_of
from stationdesk.domain.roster.case import Case, Found
from stationdesk.domain.roster.duties import Duty, Member
from stationdesk.domain.roster.rules import Rule

EIGHT_HOURS = 8 * 60
ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)
LONGEST = timedelta(hours=26)  # a shift of 24 hours over a change of the clock


def length(case: Case, rule: Rule) -> Iterator[Found]:
    """At most so many minutes in one shift (option nights: in one night shift)."""
    for person, duties in case.worked.items():
        for each in duties:
            if rule.option("nights", False) and not case.is_night(each):
                continue
            for reading, named in case.readings([each]):
                if (minutes := each.minutes(reading)) > rule.limit:
                    yield Found(each.day, each.day, person, minutes, (each.kind.code,), named)


def window(case: Case, rule: Rule) -> Iterator[Found]:
    """At most so many minutes at the station in any time of so many hours; times that follow each other are one breach, at its worst."""
    hours = int(rule.option("hours", 24))
    for person, duties in case.worked.items():
        worst: Found | None = None
        starts = [each.span.start for each in duties]
        for start, end in _windows(duties, timedelta(hours=hours)):
            near = duties[bisect_left(starts, start - LONGEST) : bisect_left(starts, end)]
            minutes = minutes_within(near, start, end)
            if minutes <= rule.limit:
                continue
            inside = [each.day for each in near if each.span.end > start]
            if worst is not None and inside[0] - worst.last <= ONE_DAY:
                last, minutes = max(inside[-1], worst.last), max(minutes, worst.value)
                worst = Found(worst.first, last, person, minutes, detail=str(hours))
                continue
            if worst is not None:
                yield worst
            worst = Found(inside[0], inside[-1], person, minutes, detail=str(hours))
        if worst is not None:
            yield worst


def _windows(duties: Sequence[Duty], long: timedelta) -> list[tuple[datetime, datetime]]:
    """The times in which most can lie: those that begin with a shift and those that end with one."""
    begun = [(each.span.start, each.span.start + long) for each in duties]
    return sorted({*begun, *((each.span.end - long, each.span.end) for each in duties)})


def minutes_within(duties: Sequence[Duty], start: datetime, end: datetime) -> int:
    """Minutes at the station between two moments; where two shifts of one person overlap the time counts once."""
    total, reached = timedelta(0), start
    for each in duties:
        begin, to = max(each.span.start, reached), min(each.span.end, end)
        if to > begin:
            total, reached = total + (to - begin), to
    return int(total / ONE_MINUTE)


def hours(case: Case, rule: Rule) -> Iterator[Found]:
    """At most so many minutes beyond the standard of a period (option standard: minutes that take the place of the calendar's)."""
    period, given = str(rule.option("period", "month")), rule.option("standard", None)
    for person, duties in case.worked.items():
        for first, last in periods(period, case.roster.first, case.roster.last):
            inside = [each for each in duties if first <= each.day <= last]
            if not inside:
                continue
            standard = int(given) if given is not None else standard_minutes(case.calendar, case.members.get(person), first, last)
            for reading, named in case.readings(inside):
                over = sum(each.minutes(reading) for each in inside) - standard
                if over > rule.limit:
                    yield Found(first, last, person, over, reading=named, detail=period)


def standard_minutes(calendar: Calendar, member: Member | None, first: date, last: date) -> int:
    """What somebody owes in a period: eight hours for each workday they are not on leave."""
    days = [day for day in days_of(first, last) if calendar.worked(day)]
    return EIGHT_HOURS * sum(1 for day in days if member is None or member.away(day) is None)


def periods(period: str, first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The whole periods that have a day from first to last. KeyError for one nobody knows."""
    found: list[tuple[date, date]] = []
    day = first
    while day <= last:
        found.append(PERIOD_OF[period](day))
        day = found[-1][1] + ONE_DAY
    return tuple(found)


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the day's quarter."""
    month = (day.month - 1) // 3 * 3 + 1
    return date(day.year, month, 1), month_of(date(day.year, month + 2, 1))[1]


def year_of(day: date) -> tuple[date, date]:
    """First and last day of the day's year."""
    return date(day.year, 1, 1), date(day.year, 12, 31)


PERIOD_OF = {"day": lambda day: (day, day), "week": week_of, "month": month_of, "quarter": quarter_of, "year": year_of}
"""Period → the first and last day of the one a day lies in."""
