"""Rules of a roster: each breach by rule, person, dates and by how much, at the edges of days, months, years and clocks."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.names import Name
from stationdesk.domain.roster import (
    DAY_KINDS,
    SETS,
    Breach,
    Calendar,
    DayKind,
    Fixed,
    Held,
    Leave,
    Member,
    Night,
    Roster,
    Rule,
    RuleSet,
    SetDay,
    Weight,
    Wish,
    check,
    days_said,
    rules_data,
    rules_of,
    said,
)
from stationdesk.domain.roster.breach import SAID
from stationdesk.domain.roster.check import JUDGES
from stationdesk.domain.roster.rules import TESTS, RuleLimitError, RuleTestError
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.words import CHINESE, speaking

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
HOUR = 60
N = ShiftKind("N", Name("夜班", "Night"), 0, 480)
D = ShiftKind("D", Name("早班", "Morning"), 480, 960)
E = ShiftKind("E", Name("中班", "Evening"), 960, 1440)
S = ShiftKind("S", Name("全天班", "24 h duty"), 480, 480, standby=2 * HOUR, rest=6 * HOUR)
L = ShiftKind("X", Name("长夜班", "Long night"), 1200, 480)
KINDS = (N, D, E, S, L, *DAY_KINDS)
LEAD = Member(1, "张伟", leads=True)


def rule(test: str, limit: int, **options: Any) -> RuleSet:
    return RuleSet("own", Name("本站", "Own"), "1", date(2026, 1, 1), Weight.STATION, "", (Rule("R-1", test, limit, options),))


def roster(codes: str, first: date, *, before: int = 0, zone: ZoneInfo = SHANGHAI, person: int = 1) -> Roster:
    """One person's days as letters, "." for off; `before` of them lie before the roster's first day."""
    days = {(person, first + timedelta(days=n - before)): code for n, code in enumerate(codes) if code != "."}
    return Roster(first, first + timedelta(days=len(codes) - before - 1), zone, KINDS, days)


def judged(made: Roster, rules: RuleSet, people: tuple[Member, ...] = (LEAD,), calendar: Calendar | None = None) -> tuple[Breach, ...]:
    return check(made, [rules], calendar or Calendar(), people)


def facts(found: tuple[Breach, ...]) -> list[tuple[date, date, int, int]]:
    return [(each.first, each.last, each.value, each.limit) for each in found]


def test_an_evening_and_a_night_that_begins_as_it_ends_have_no_rest() -> None:
    found = judged(roster("EN", date(2026, 12, 13)), rule("rest", 12 * HOUR))
    assert facts(found) == [(date(2026, 12, 13), date(2026, 12, 14), 0, 12 * HOUR)]
    assert (found[0].person, found[0].kinds, found[0].excess) == (1, ("E", "N"), 12 * HOUR)


def test_a_morning_and_the_night_after_it_rest_eight_hours_as_said() -> None:
    found = judged(roster("DN", date(2026, 12, 13)), rule("rest", 12 * HOUR))
    names = {kind.code: kind.name for kind in KINDS}
    assert said(found[0], names) == "8 h rest between Morning and Night, at least 12 h"
    assert days_said(found[0]) == "2026-12-13 to 2026-12-14"
    with speaking(CHINESE):
        assert said(found[0], names) == "早班与夜班之间休息 8 小时，应不少于 12 小时"


@pytest.mark.parametrize("first", [date(2026, 12, 1), date(2027, 1, 1), date(2028, 3, 1), date(2027, 3, 1)])
def test_rest_carries_over_from_the_month_and_the_year_before_and_over_the_leap_day(first: date) -> None:
    found = judged(roster("EN", first, before=1), rule("rest", 12 * HOUR))
    assert facts(found) == [(first - timedelta(days=1), first, 0, 12 * HOUR)]


def test_what_lies_wholly_before_the_roster_is_not_judged_again() -> None:
    assert judged(roster("EN..D", date(2026, 12, 1), before=4), rule("rest", 12 * HOUR)) == ()


def test_the_leap_day_parts_two_runs() -> None:
    assert judged(roster("DDD.DDD", date(2028, 2, 26)), rule("run", 3)) == ()
    found = judged(roster("DDDDDDD", date(2028, 2, 26)), rule("run", 6))
    assert facts(found) == [(date(2028, 2, 26), date(2028, 3, 3), 7, 6)]


def test_rest_and_length_are_of_the_real_clock() -> None:
    """The night of 28 March 2026 has 23 hours in Berlin, that of 25 October 25: a night shift of 12 h on the wall lasts 11 and 13."""
    night = ShiftKind("W", Name("夜班"), 1200, 480)
    for day, minutes in ((date(2026, 3, 28), 11 * HOUR), (date(2026, 10, 24), 13 * HOUR)):
        made = Roster(day, day, BERLIN, (night,), {(1, day): "W"})
        assert made.duties[1][0].minutes() == minutes
    longer = Roster(date(2026, 10, 24), date(2026, 10, 25), BERLIN, (night,), {(1, date(2026, 10, 24)): "W"})
    assert facts(judged(longer, rule("length", 12 * HOUR))) == [(date(2026, 10, 24), date(2026, 10, 24), 13 * HOUR, 12 * HOUR)]
    short = Roster(date(2026, 3, 28), date(2026, 3, 29), BERLIN, (E, D), {(1, date(2026, 3, 28)): "E", (1, date(2026, 3, 29)): "D"})
    assert facts(judged(short, rule("rest", 8 * HOUR))) == [(date(2026, 3, 28), date(2026, 3, 29), 7 * HOUR, 8 * HOUR)]


def test_a_standby_by_the_phone_ends_no_rest_and_is_no_day_of_work() -> None:
    assert judged(roster("DBD", date(2026, 12, 1)), rule("run", 2)) == ()
    assert judged(roster("EBD", date(2026, 12, 1)), rule("rest", 24 * HOUR)) == ()


def test_a_day_of_24_hours_is_judged_by_both_readings_of_the_law() -> None:
    found = judged(roster("S", date(2026, 12, 1)), rule("length", 12 * HOUR))
    assert [(each.reading, each.value) for each in found] == [("work", 16 * HOUR), ("presence", 24 * HOUR)]
    only = judged(roster("S", date(2026, 12, 1)), rule("length", 20 * HOUR))
    assert [each.reading for each in only] == ["presence"]
    assert [each.reading for each in judged(roster("X", date(2026, 12, 1)), rule("length", 8 * HOUR))] == [""]


def test_nights_in_a_row_and_nights_over_midnight() -> None:
    assert facts(judged(roster("NNNN", date(2026, 12, 30)), rule("nights", 3))) == [(date(2026, 12, 30), date(2027, 1, 2), 4, 3)]
    assert judged(roster("NNN.N", date(2026, 12, 30)), rule("nights", 3)) == ()
    assert judged(roster("EEEE", date(2026, 12, 30)), rule("nights", 3)) == ()
    assert judged(roster("XXXX", date(2026, 12, 30)), rule("nights", 3))[0].value == 4


def test_a_week_without_24_hours_off_at_a_stretch() -> None:
    monday = date(2026, 12, 7)
    found = judged(roster("DDDDDDD", monday), rule("weekrest", 24 * HOUR))
    assert facts(found) == [(monday, date(2026, 12, 13), 16 * HOUR, 24 * HOUR)]
    assert judged(roster("DDDDDD.", monday), rule("weekrest", 24 * HOUR)) == ()
    assert judged(roster("S.S.S.S", monday), rule("weekrest", 24 * HOUR)) == ()


def test_hours_within_a_day_are_found_from_either_end() -> None:
    found = judged(roster("DX", date(2026, 12, 1)), rule("window", 14 * HOUR, hours=24))
    assert found == ()
    double = judged(roster("NX", date(2026, 12, 1)), rule("window", 14 * HOUR, hours=36))
    assert [(each.value, each.detail) for each in double] == []
    tight = judged(roster("SD", date(2026, 12, 1)), rule("window", 24 * HOUR, hours=32))
    assert facts(tight) == [(date(2026, 12, 1), date(2026, 12, 2), 32 * HOUR, 24 * HOUR)]


def test_65_hours_in_any_seven_days_not_only_in_the_calendars_weeks() -> None:
    found = judged(roster("XXXXXX..", date(2026, 12, 3)), rule("window", 65 * HOUR, hours=168))
    assert facts(found) == [(date(2026, 12, 3), date(2026, 12, 8), 72 * HOUR, 65 * HOUR)]


def test_after_seven_shifts_in_a_row_there_are_35_hours_off() -> None:
    made = roster("DDDDDDD.N", date(2026, 12, 1))
    assert facts(judged(made, rule("after", 35 * HOUR, shifts=7))) == [(date(2026, 12, 7), date(2026, 12, 9), 32 * HOUR, 35 * HOUR)]
    assert judged(roster("DDDDDDD.D", date(2026, 12, 1)), rule("after", 35 * HOUR, shifts=7)) == ()


def test_overtime_of_a_month_is_beyond_its_workdays_less_leave() -> None:
    """December 2026 has 23 workdays, 184 h; 31 mornings are 248 h, 64 h over."""
    made = roster("D" * 31, date(2026, 12, 1))
    limit = rule("hours", 36 * HOUR, period="month")
    assert facts(judged(made, limit)) == [(date(2026, 12, 1), date(2026, 12, 31), 64 * HOUR, 36 * HOUR)]
    assert judged(roster("D" * 27 + "....", date(2026, 12, 1)), limit) == ()
    away = Member(1, "张伟", leave=(Leave(date(2026, 12, 28), date(2026, 12, 31)),))
    assert facts(judged(roster("D" * 27 + "....", date(2026, 12, 1)), limit, (away,))) == [
        (date(2026, 12, 1), date(2026, 12, 31), 64 * HOUR, 36 * HOUR)
    ]


def test_a_make_up_workday_raises_the_standard_and_a_holiday_lowers_it() -> None:
    made = roster("D" * 31, date(2026, 12, 1))
    limit = rule("hours", 36 * HOUR, period="month")
    days = {
        date(2026, 12, 5): SetDay(DayKind.MAKE_UP),
        date(2026, 12, 31): SetDay(DayKind.STATUTORY),
        date(2026, 12, 30): SetDay(DayKind.HOLIDAY),
    }
    assert judged(made, limit, calendar=Calendar(days))[0].value == (31 - 22) * 8 * HOUR


def test_quarters_and_years_are_judged_whole() -> None:
    made = roster("D" * 92, date(2026, 12, 1), before=61)
    found = judged(made, rule("hours", 108 * HOUR, period="quarter"))
    assert facts(found) == [(date(2026, 10, 1), date(2026, 12, 31), (92 - 66) * 8 * HOUR, 108 * HOUR)]
    over_new_year = judged(roster("D" * 60, date(2026, 12, 15)), rule("hours", 0, period="year"))
    assert [(each.first.year, each.last.year) for each in over_new_year] == []


def test_overtime_of_a_day_is_beyond_eight_hours() -> None:
    found = judged(roster("XD", date(2026, 12, 1)), rule("hours", 3 * HOUR, period="day", standard=8 * HOUR))
    assert facts(found) == [(date(2026, 12, 1), date(2026, 12, 1), 4 * HOUR, 3 * HOUR)]


def test_switching_from_nights_to_days_wants_two_nights_of_sleep() -> None:
    assert facts(judged(roster("N.D", date(2026, 12, 1)), rule("switch", 2))) == []
    assert judged(roster("N..D", date(2026, 12, 1)), rule("switch", 2)) == ()
    assert [each.value for each in judged(roster("E.N", date(2026, 12, 1)), rule("switch", 2))] == [0]


def test_shifts_rotate_forward_over_midnight() -> None:
    assert judged(roster("DDEENN.D", date(2026, 12, 1)), rule("forward", 0)) == ()
    assert [each.value for each in judged(roster("ED", date(2026, 12, 1)), rule("forward", 0))] == [8 * HOUR]


def test_rotating_weekly_is_too_slow_and_too_fast() -> None:
    assert facts(judged(roster("DDDDDD.NNN", date(2026, 12, 1)), rule("same", 3, slow=21))) == [
        (date(2026, 12, 1), date(2026, 12, 6), 6, 3)
    ]
    assert judged(roster("D" * 30, date(2026, 12, 1)), rule("same", 3, slow=21)) == ()


def test_one_weekend_of_three_is_free() -> None:
    monday = date(2026, 11, 30)
    worked = "..D..D." * 2 + ".....D."
    assert facts(judged(roster(worked, monday), rule("weekends", 3))) == [(date(2026, 12, 5), date(2026, 12, 20), 3, 3)]
    free = "..D..D." * 2 + "....E.."
    assert judged(roster(free, monday), rule("weekends", 3)) == ()
    over = "..D..D." * 2 + "....X.."
    assert len(judged(roster(over, monday), rule("weekends", 3))) == 1


def test_shifts_without_enough_people_without_a_leader_and_without_anybody() -> None:
    day = date(2026, 12, 1)
    made = Roster(day, day, SHANGHAI, (N, D, *DAY_KINDS), {(2, day): "D", (3, day): "D"})
    people = (LEAD, Member(2, "李娜"), Member(3, "王强"))
    assert [(each.kinds, each.value) for each in judged(made, rule("cover", 2), people)] == [(("N",), 0)]
    assert [(each.kinds, each.person) for each in judged(made, rule("leader", 1), people)] == [(("D",), 0)]


def test_more_people_are_wanted_on_the_days_a_rule_names() -> None:
    first = date(2026, 12, 4)
    made = Roster(first, date(2026, 12, 6), SHANGHAI, (D,), {(1, first + timedelta(days=n)): "D" for n in range(3)})
    found = judged(made, rule("cover", 2, kinds=["D"], days=["rest"]))
    assert [each.first for each in found] == [date(2026, 12, 5), date(2026, 12, 6)]


def test_a_qualification_is_valid_through_its_last_day() -> None:
    first = date(2026, 12, 30)
    holder = Member(1, "张伟", held=(Held("gas", date(2020, 1, 1), date(2026, 12, 31)),))
    made = roster("DDD", first)
    assert facts(judged(made, rule("qualified", 1, qualification="gas"), (holder,))) == [(date(2027, 1, 1), date(2027, 1, 1), 0, 1)]
    found = judged(made, rule("qualified", 1, qualification="gas", each=True), (holder,))
    assert [(each.first, each.person, each.detail) for each in found] == [(date(2027, 1, 1), 1, "gas")]


def test_leave_fixed_duties_and_wishes() -> None:
    first = date(2026, 12, 1)
    someone = Member(
        1,
        "张伟",
        leave=(Leave(date(2026, 12, 2), date(2026, 12, 3)),),
        fixed=(Fixed(first, date(2026, 12, 31), "O", frozenset({4})),),
        wishes=(Wish(date(2026, 12, 5), date(2026, 12, 5)),),
    )
    made = roster("DD..D", first)
    assert [each.first for each in judged(made, rule("leave", 0), (someone,))] == [date(2026, 12, 2)]
    assert [(each.first, each.kinds) for each in judged(made, rule("fixed", 0), (someone,))] == [(date(2026, 12, 4), ("O",))]
    assert [(each.first, each.kinds) for each in judged(made, rule("wish", 0), (someone,))] == [(date(2026, 12, 5), ("D",))]


def test_every_test_can_be_judged_and_said() -> None:
    assert set(JUDGES) == set(TESTS) == set(SAID)


def test_rule_sets_are_data_and_come_back_as_they_were() -> None:
    for each in SETS.values():
        assert rules_of(rules_data(each)) == each
    with pytest.raises(RuleTestError):
        rule("no such test", 1)
    with pytest.raises(RuleLimitError):
        rule("rest", -1)


def test_the_usual_rotation_of_a_gate_station_keeps_the_rules_it_begins_with() -> None:
    cycle = "DDEE.NN."
    people = tuple(Member(n, str(n), leads=n % 2 == 0) for n in range(8))
    first = date(2026, 12, 1)
    cells: Mapping[tuple[int, date], str] = {
        (person, first + timedelta(days=n)): cycle[(n + person // 2 * 2) % 8]
        for person in range(8)
        for n in range(31)
        if cycle[(n + person // 2 * 2) % 8] != "."
    }
    made = Roster(first, date(2026, 12, 31), SHANGHAI, (N, D, E), cells)
    assert check(made, [SETS["station"], SETS["prc-comprehensive-quarter"], SETS["prc-standard"]], Calendar(), people) == ()
    assert {each.test for each in check(made, [SETS["hsg256"]], Calendar(), people)} <= {"weekends", "switch"}


CODES = st.lists(st.sampled_from("DENSX."), min_size=2, max_size=20).map("".join)


@given(CODES, st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(0, 24))
def test_rest_agrees_with_the_clock_counted_by_hand(codes: str, first: date, hours: int) -> None:
    start = {"D": 8, "E": 16, "N": 0, "S": 8, "X": 20}
    long = {"D": 8, "E": 8, "N": 8, "S": 24, "X": 12}
    laid = [(n * 24 + start[code], n * 24 + start[code] + long[code], n) for n, code in enumerate(codes) if code != "."]
    wanted = {
        (first + timedelta(days=a[2]), first + timedelta(days=b[2]), (b[0] - a[1]) * HOUR)
        for a, b in itertools.pairwise(laid)
        if b[0] - a[1] < hours
    }
    found = judged(roster(codes, first), rule("rest", hours * HOUR))
    assert {(each.first, each.last, each.value) for each in found} == wanted


@given(CODES, st.integers(0, 30), st.integers(1, 200))
def test_no_window_holds_more_than_what_is_said(codes: str, limit: int, hours: int) -> None:
    """Every half hour of some weeks tried as the start of the window."""
    first = date(2026, 12, 1)
    begin = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    made = roster(codes, first)
    spans = [(each.span.start, each.span.end) for each in made.duties.get(1, ())]
    half = [any(s <= begin + timedelta(minutes=30 * n) < e for s, e in spans) for n in range(48 * 24)]
    long = hours * 2
    worst = max((sum(half[max(0, n) : n + long]) * 30 for n in range(-long, len(half))), default=0)
    found = judged(made, rule("window", limit * HOUR, hours=hours))
    assert max((each.value for each in found), default=0) == (worst if worst > limit * HOUR else 0)


@given(st.lists(CODES, min_size=1, max_size=4), st.sampled_from(sorted(SETS)))
def test_breaches_touch_the_roster_are_in_order_and_have_a_key_and_words_of_their_own(rows: list[str], code: str) -> None:
    first, long = date(2026, 2, 20), max(map(len, rows))
    cells = {(n, first + timedelta(days=day)): letter for n, row in enumerate(rows, 1) for day, letter in enumerate(row) if letter != "."}
    made = Roster(first + timedelta(days=3), first + timedelta(days=long), SHANGHAI, KINDS, cells)
    found = check(made, [SETS[code]], Calendar(), [Member(n, str(n)) for n in range(1, 5)])
    assert list(found) == sorted(found)
    assert len({each.key for each in found}) == len(found)
    assert all(made.meets(each.first, each.last) for each in found)
    names = {kind.code: kind.name for kind in KINDS}
    assert all(said(each, names) and "{" not in said(each, names) for each in found)


@pytest.mark.parametrize(
    ("night", "wanted"),
    [(Night(), "NSX"), (Night(0, 360, 180), "NSX"), (Night(1320, 360, 120), "NSXE"), (Night(1380, 360, 421), "")],
)
def test_night_work_is_counted_in_hours_of_the_night_wherever_it_begins(night: Night, wanted: str) -> None:
    assert {kind.code for kind in (N, D, E, S, L) if night.holds(kind)} == set(wanted)
