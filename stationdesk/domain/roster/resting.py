"""Tests of rest and rhythm: between two shifts, in the week, runs of days and nights, turning forward, free weekends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from stationdesk.domain.moments import DAY, at_wall, week_of
from stationdesk.domain.roster.calendar import SATURDAY
from stationdesk.domain.roster.case import Case, Found
from stationdesk.domain.roster.duties import Duty, free_nights, rest_between, runs
from stationdesk.domain.roster.hours import minutes_within
from stationdesk.domain.roster.rules import Rule

EARLY_SHIFT = 5 * 60
"""A shift that begins before 05:00 belongs to the night that began the evening before when shifts are put in the order of the clock."""
ONE_DAY = timedelta(days=1)


def rest(case: Case, rule: Rule) -> Iterator[Found]:
    """At least so many minutes between the end of a shift and the start of the next."""
    for a, b in case.pairs():
        if (minutes := rest_between(a, b)) < rule.limit:
            yield Found(a.day, b.day, a.person, minutes, (a.kind.code, b.kind.code))


def after(case: Case, rule: Rule) -> Iterator[Found]:
    """After so many shifts on days in a row, or so many minutes in seven days, at least so long off."""
    most, minutes = int(rule.option("shifts", 7)), int(rule.option("minutes", 65 * 60))
    for duties in case.worked.values():
        in_row = 0
        for n, a in enumerate(duties):
            in_row = in_row + 1 if n and a.day - duties[n - 1].day <= ONE_DAY else 1
            off = rest_between(a, duties[n + 1]) if n + 1 < len(duties) else rule.limit
            long = in_row >= most or minutes_within(duties, a.span.end - 7 * ONE_DAY, a.span.end) >= minutes
            if long and off < rule.limit:
                yield Found(a.day, duties[n + 1].day, a.person, off, (a.kind.code, duties[n + 1].kind.code))


def weekrest(case: Case, rule: Rule) -> Iterator[Found]:
    """In every week from Monday to Sunday at least so many minutes off at a stretch."""
    zone = case.roster.zone
    for person, duties in case.worked.items():
        monday = week_of(case.roster.first)[0]
        while monday <= case.roster.last:
            start, end = at_wall(monday, 0, zone), at_wall(monday, 7 * DAY, zone)
            if (longest := longest_off(duties, start, end)) < rule.limit:
                yield Found(monday, monday + 6 * ONE_DAY, person, longest)
            monday += 7 * ONE_DAY


def longest_off(duties: Sequence[Duty], start: datetime, end: datetime) -> int:
    """The longest stretch without a shift between two moments, in minutes."""
    longest, free_from = timedelta(0), start
    for each in duties:
        if each.span.end > start and each.span.start < end:
            longest = max(longest, each.span.start - free_from)
            free_from = max(free_from, each.span.end)
    return int(max(longest, end - free_from) / timedelta(minutes=1))


def run(case: Case, rule: Rule) -> Iterator[Found]:
    """At most so many days with a shift one after the other."""
    for person, duties in case.worked.items():
        for days in runs([each.day for each in duties]):
            if len(days) > rule.limit:
                yield Found(days[0], days[-1], person, len(days))


def nights(case: Case, rule: Rule) -> Iterator[Found]:
    """At most so many nights one after the other."""
    for person, duties in case.worked.items():
        for days in runs([each.day for each in duties if case.is_night(each)]):
            if len(days) > rule.limit:
                yield Found(days[0], days[-1], person, len(days))


def same(case: Case, rule: Rule) -> Iterator[Found]:
    """Who rotates does at most so many of one shift in a row (option slow: or rotates every so many days and slower)."""
    slow = timedelta(days=int(rule.option("slow", 21)))
    for person, duties in case.worked.items():
        blocks = [list(block) for _code, block in groupby(duties, key=lambda each: each.kind.code)]
        for block in blocks if len(blocks) > 1 else []:
            if len(block) > rule.limit and block[-1].day - block[0].day < slow:
                yield Found(block[0].day, block[-1].day, person, len(block), (block[0].kind.code,))


def switch(case: Case, rule: Rule) -> Iterator[Found]:
    """Between night work and day work at least so many whole nights to sleep."""
    for a, b in case.pairs():
        if case.is_night(a) != case.is_night(b):
            slept = free_nights(a.span.end, b.span.start, case.roster.zone)
            if slept < rule.limit:
                yield Found(a.day, b.day, a.person, slept, (a.kind.code, b.kind.code))


def forward(case: Case, rule: Rule) -> Iterator[Found]:
    """From one day to the next a shift begins no earlier by the clock than the one before: mornings, evenings, nights."""
    for a, b in case.pairs():
        back = clock_order(a) - clock_order(b)
        if b.day - a.day <= ONE_DAY and back > rule.limit:
            yield Found(a.day, b.day, a.person, back, (a.kind.code, b.kind.code))


def clock_order(duty: Duty) -> int:
    """Minutes of the day at which a shift begins; a night from midnight on comes after the evening."""
    start = duty.kind.start % DAY
    return start + DAY if start < EARLY_SHIFT else start


def weekends(case: Case, rule: Rule) -> Iterator[Found]:
    """Of so many weekends one after the other at least one is free of work from Saturday 00:00 to Sunday 24:00."""
    for person, duties in case.worked.items():
        row: list[date] = []
        for saturday in _saturdays(duties):
            row = [*row, saturday] if _works(case, duties, saturday) else []
            if len(row) >= rule.limit:
                yield Found(row[-rule.limit], saturday + ONE_DAY, person, len(row))


def _saturdays(duties: Sequence[Duty]) -> Iterator[date]:
    if duties:
        day = week_of(duties[0].day)[0] + SATURDAY * ONE_DAY
        while day <= duties[-1].day + ONE_DAY:
            yield day
            day += 7 * ONE_DAY


def _works(case: Case, duties: Sequence[Duty], saturday: date) -> bool:
    start, end = at_wall(saturday, 0, case.roster.zone), at_wall(saturday, 2 * DAY, case.roster.zone)
    return any(each.span.start < end and each.span.end > start for each in duties)
