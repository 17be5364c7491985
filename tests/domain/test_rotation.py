"""Who is planned: patterns without holes, nights on the day they begin, clock changes, year ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.moments import day_of, parse_clock
from stationdesk.domain.names import Name
from stationdesk.domain.rotation import (
    CrewCountError,
    Hole,
    Pattern,
    PatternError,
    Plan,
    ShiftKind,
    UnknownKindError,
    coverage,
    covering,
    definition,
    next_shift,
    pattern_of,
    planned,
    planned_between,
)

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def kind(code: str, start: str, end: str) -> ShiftKind:
    return ShiftKind(code, Name(code), parse_clock(start), parse_clock(end))


EIGHT = Pattern(
    "8h",
    Name("四班三倒"),
    (kind("N", "00:00", "08:00"), kind("D", "08:00", "16:00"), kind("E", "16:00", "24:00")),
    ("D", "D", "E", "E", "", "N", "N", ""),
    (6, 0, 2, 4),
)
TWELVE = Pattern("12h", Name("四班两倒"), (kind("D", "08:00", "20:00"), kind("N", "20:00", "08:00")), ("D", "N", "", ""), (0, 1, 2, 3))
WHOLE = Pattern("24h", Name("上一休三"), (kind("S", "08:00", "08:00"),), ("S", "", "", ""), (0, 1, 2, 3))
LATE = Pattern(
    "late",
    Name("22 时起夜班"),
    (kind("D", "06:00", "14:00"), kind("E", "14:00", "22:00"), kind("N", "22:00", "06:00")),
    EIGHT.cycle,
    EIGHT.phases,
)
PATTERNS = st.sampled_from([EIGHT, TWELVE, WHOLE, LATE])
ZONES = st.sampled_from([SHANGHAI, BERLIN])
START = date(2020, 1, 1)
MOMENTS = st.datetimes(datetime(2020, 1, 3), datetime(2099, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


def plan(pattern: Pattern) -> Plan:
    return Plan(pattern, ("甲", "乙", "丙", "丁"), START)


@given(PATTERNS, MOMENTS, ZONES)
def test_every_moment_has_exactly_one_shift_with_one_crew(pattern: Pattern, moment: datetime, zone: ZoneInfo) -> None:
    found = covering(plan(pattern), moment, zone)
    assert len(found) == 1
    assert len(found[0].crews) == 1
    assert day_of(found[0].span.start, zone) == found[0].day


@given(PATTERNS, MOMENTS, ZONES)
def test_the_next_shift_begins_when_this_one_ends(pattern: Pattern, moment: datetime, zone: ZoneInfo) -> None:
    (now,) = covering(plan(pattern), moment, zone)
    following = next_shift(plan(pattern), now.span.end, zone)
    assert following is not None
    assert following.span.start == now.span.end


@given(PATTERNS, st.dates(date(2020, 1, 2), date(2090, 1, 1)), ZONES)
def test_a_year_of_shifts_has_no_hole_and_no_overlap(pattern: Pattern, day: date, zone: ZoneInfo) -> None:
    shifts = planned_between(plan(pattern), day, day + timedelta(days=40), zone)
    assert all(a.span.end == b.span.start for a, b in pairwise(shifts))


def test_who_is_planned_follows_the_cycle() -> None:
    own = Plan(EIGHT, ("甲", "乙", "丙", "丁"), date(2026, 11, 15))
    shifts = [(each.kind.code, each.crew) for each in planned(own, date(2026, 11, 21), SHANGHAI)]
    assert shifts == [("N", "乙"), ("D", "丙"), ("E", "丁")]
    assert [(each.kind.code, each.crew) for each in planned(own, date(2026, 11, 20), SHANGHAI)] == [("N", "乙"), ("D", "丁"), ("E", "甲")]
    assert planned(own, date(2026, 11, 14), SHANGHAI) == ()


def test_a_night_over_midnight_and_the_year_belongs_to_its_first_day() -> None:
    (night,) = covering(plan(TWELVE), datetime(2026, 12, 31, 20, 0, tzinfo=UTC), SHANGHAI)
    assert (night.day, night.kind.code) == (date(2026, 12, 31), "N")
    assert night.span.length == timedelta(hours=12)


def test_nights_of_the_clock_change_have_seven_and_nine_hours() -> None:
    for day, hours in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9)):
        night = next(each for each in planned(plan(LATE), day, BERLIN) if each.kind.code == "N")
        assert night.span.length == timedelta(hours=hours)


def test_the_usual_patterns_cover_every_shift_of_every_day() -> None:
    assert all(coverage(pattern).covered and not coverage(pattern).doubles for pattern in (EIGHT, TWELVE, WHOLE, LATE))


def test_a_published_rule_leaves_shifts_empty_and_it_is_found() -> None:
    bad = Pattern("bad", Name("bad"), EIGHT.kinds, EIGHT.cycle, (0, 1, 2, 3))
    found = coverage(bad)
    assert not found.covered
    assert Hole(1, "N") in found.holes
    assert Hole(1, "D") in found.doubles


def test_a_day_no_shift_lasts_over_is_found() -> None:
    office = Pattern("office", Name("白班"), (kind("O", "08:00", "17:00"),), ("O",), (0,))
    assert coverage(office).gaps == ((0, 480), (1020, 1440))
    assert not coverage(office).covered


@given(PATTERNS)
def test_a_pattern_comes_back_from_its_definition(pattern: Pattern) -> None:
    assert pattern_of(definition(pattern)) == pattern


def test_a_crew_of_one_and_a_wrong_number_of_crews() -> None:
    alone = Plan(Pattern("one", Name("一人"), (kind("S", "08:00", "08:00"),), ("S",), (0,)), ("甲",), START)
    assert [each.crew for each in planned(alone, START, SHANGHAI)] == ["甲"]
    with pytest.raises(CrewCountError):
        Plan(EIGHT, ("甲", "乙"), START)


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(UnknownKindError):
        Pattern("x", Name("x"), EIGHT.kinds, ("D", "Q"), (0,))
    with pytest.raises(PatternError):
        Pattern("x", Name("x"), EIGHT.kinds, (), (0,))


def test_before_a_plan_starts_the_next_shift_is_its_first() -> None:
    own = Plan(EIGHT, ("甲", "乙", "丙", "丁"), date(2026, 11, 15))
    found = next_shift(own, datetime(2026, 1, 1, tzinfo=UTC), SHANGHAI)
    assert found is not None
    assert (found.day, found.kind.code) == (date(2026, 11, 15), "N")
