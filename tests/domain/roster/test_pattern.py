"""A rotation's text and its proof: holes, doubles, rest, hours, runs, however it is typed."""

from __future__ import annotations

import itertools
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.errors import DomainError
from stationdesk.domain.roster.pattern import (
    PatternCycleError,
    PatternKindTextError,
    PatternKindTwiceError,
    PatternPartError,
    PatternPhasesError,
    PatternSizeError,
    PatternStepError,
    PatternTextError,
    parse_pattern,
    prove,
)
from stationdesk.domain.roster.patterns import USUAL, usual
from stationdesk.domain.rotation import Hole, Plan, coverage, planned_between
from stationdesk.services.profile import read_profile

EIGHT = "D=08:00-16:00 E=16:00-24:00 N=00:00-08:00"
FULL_WIDTH = (
    "Ｄ＝０８：００－１６：００　Ｅ＝１６：００－２４：００　Ｎ＝００：００－０８：００；"
    "Ｄ　Ｄ　Ｅ　Ｅ　－　Ｎ　Ｎ　－；ｃｒｅｗｓ　４；ｓｔｅｐ　２"
)
KINDS = {"D": (8, 16), "E": (16, 24), "N": (0, 8), "S": (8, 32), "T": (20, 32)}


def test_the_text_of_the_manual_covers_its_days() -> None:
    proof = prove(parse_pattern(f"{EIGHT}; D D E E - N N -; crews 4; step 2"))
    assert (proof.covered, proof.coverage.doubles, proof.coverage.gaps) == (True, (), ())
    assert (proof.min_rest, proof.weekly_minutes, proof.longest_run) == (16 * 60, 42 * 60, 4)


def test_the_published_rotation_that_cannot_cover_is_named_with_its_holes_and_its_zero_rest() -> None:
    """Four crews, three days on and two off, 16–24 then 0–8."""
    proof = prove(parse_pattern(f"{EIGHT}; D E N - -; crews 4; step 1"))
    assert not proof.covered
    assert proof.coverage.holes == (Hole(2, "D"), Hole(3, "E"), Hole(4, "N"))
    assert proof.min_rest == 0
    assert [(gap.day, gap.shift, gap.next_day, gap.next_shift) for gap in proof.tight(1)] == [(2, "E", 3, "N")]
    assert proof.weekly_minutes == pytest.approx(33.6 * 60)


def test_a_step_that_does_not_divide_the_cycle_doubles_one_shift_and_leaves_another() -> None:
    proof = prove(parse_pattern(f"{EIGHT}; D D E E - N N -; crews 4; step 3"))
    assert not proof.covered
    assert proof.coverage.doubles


def test_shifts_over_midnight_whole_days_and_one_crew() -> None:
    twelve = prove(parse_pattern("D=08:00-20:00 N=20:00-08:00; D N - -; crews 4; step 1"))
    assert (twelve.covered, twelve.min_rest, twelve.weekly_minutes) == (True, 24 * 60, 42 * 60)
    whole = prove(parse_pattern("S=08:00-08:00; S - -; crews 3; step 1"))
    assert (whole.covered, whole.min_rest, whole.weekly_minutes, whole.longest_run) == (True, 48 * 60, 56 * 60, 1)
    alone = prove(parse_pattern("S=00:00-24:00; S; crews 1"))
    assert (alone.covered, alone.min_rest, alone.weekly_minutes, alone.longest_run) == (True, 0, 168 * 60, 1)


def test_time_to_hand_over_shortens_the_rest_and_a_crew_in_two_shifts_at_once_rests_less_than_nothing() -> None:
    overlapping = prove(parse_pattern("D=07:45-20:00 N=19:45-08:00; D N - -; crews 4; step 1"))
    assert (overlapping.covered, overlapping.min_rest, overlapping.weekly_minutes) == (True, 1425, pytest.approx(42.875 * 60))
    impossible = prove(parse_pattern("D=07:45-20:00 N=19:45-08:00; N D; crews 2; step 1"))
    assert impossible.min_rest == -15


def test_a_night_written_as_from_24_belongs_to_the_day_before() -> None:
    proof = prove(parse_pattern("E=16:00-24:00 N=24:00-08:00; E N -; phases 0,1,2"))
    assert proof.min_rest == 24 * 60
    assert proof.coverage.gaps == ((480, 960),)


def test_nobody_works_and_nobody_is_off() -> None:
    idle = prove(parse_pattern("D=08:00-16:00; - -; crews 1"))
    assert (idle.covered, idle.min_rest, idle.weekly_minutes, idle.longest_run) == (False, None, 0, 0)
    assert prove(parse_pattern("D=08:00-16:00; D D; crews 1")).longest_run == 2


@pytest.mark.parametrize(
    "text",
    [
        FULL_WIDTH,
        "D=8-16 E=16-24 N=0-8; DDEE-NN-; crews 4; phases 0,2,4,6;",
        "D=0800-1600, E=1600-2400, N=0000-0800; d d e e 休 n n 休; 班组 4; 错开 2 天",
        "D=08:00–16:00 E=16:00～24:00 N=00:00至08:00；D，D，E，E，休，N，N，休；4班；步长 2",
        "D=08:00-16:00 E=16:00-24:00 N=00:00-08:00; D D E E - N N -; phases 0 2 -4 14",
    ],
)
def test_the_same_pattern_in_other_hands(text: str) -> None:
    made = parse_pattern(text)
    wanted = parse_pattern(f"{EIGHT}; D D E E - N N -; crews 4; step 2")
    assert (made.kinds, made.cycle, made.phases) == (wanted.kinds, wanted.cycle, wanted.phases)


def test_chinese_codes() -> None:
    made = parse_pattern("早=08:00-20:00 夜=20:00-08:00；早 夜 休 休；班组 4；错开 1")
    assert made.cycle == ("早", "夜", "", "")
    assert prove(made).covered


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", PatternTextError),
        ("D=08:00-16:00", PatternTextError),
        ("; D; crews 1", PatternTextError),
        ("D; D; crews 1", PatternKindTextError),
        ("-=08:00-16:00; -; crews 1", PatternKindTextError),
        ("D=08:00-16:00 D=16:00-24:00; D; crews 1", PatternKindTwiceError),
        ("D=08:00-16:00; D X; crews 1", PatternCycleError),
        ("D=08:00-16:00; D -", PatternPartError),
        ("D=08:00-16:00; D -; crews 2; stap 1", PatternPartError),
        ("D=08:00-16:00; D -; crews 2; crews 3; step 1", PatternPartError),
        ("D=08:00-16:00; D -; crews 2; step 1; phases 0,1", PatternPartError),
        ("D=08:00-16:00; D -; crews 2", PatternStepError),
        ("D=08:00-16:00; D -; crews 3; phases 0,1", PatternPhasesError),
        ("D=08:00-16:00; D -; crews 0", PatternSizeError),
        ("D=08:00-16:00; D -; crews 41; step 1", PatternSizeError),
        (f"D=08:00-16:00; {'D ' * 367}; crews 1", PatternSizeError),
        ("D=08:00-16:61; D; crews 1", DomainError),
        ("D=25-26; D; crews 1", DomainError),
    ],
)
def test_what_is_no_pattern_is_refused_with_its_reason(text: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        parse_pattern(text)


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    with suppress(DomainError):
        assert prove(parse_pattern(text)).weekly_minutes >= 0


@given(
    st.lists(st.sampled_from(["D", "E", "N", "S", "T", "-"]), min_size=1, max_size=12),
    st.lists(st.integers(0, 30), min_size=1, max_size=6),
)
def test_the_proof_agrees_with_days_counted_one_by_one(cycle: list[str], phases: list[int]) -> None:
    """Independent of the code: crews laid out over four cycles of days, shifts as hours from the first midnight."""
    kinds = " ".join(f"{code}={start:02}:00-{end % 24:02}:00" for code, (start, end) in KINDS.items())
    proof = prove(parse_pattern(f"{kinds}; {' '.join(cycle)}; phases {','.join(map(str, phases))}"))
    length = len(cycle)
    for day in range(length):
        on = [cycle[(day + phase) % length] for phase in phases]
        for code in KINDS:
            assert (on.count(code) == 0) == (Hole(day + 1, code) in proof.coverage.holes)
            assert (on.count(code) > 1) == (Hole(day + 1, code) in proof.coverage.doubles)
    laid = [(day * 24 + KINDS[code][0], day * 24 + KINDS[code][1]) for day, code in enumerate(cycle * 4) if code != "-"]
    rests = [b[0] - a[1] for a, b in itertools.pairwise(laid)]
    assert proof.min_rest == (min(rests) * 60 if rests else None)
    assert proof.weekly_minutes == pytest.approx(sum(end - start for start, end in laid) / (4 * length) * 7 * 60)
    worked, longest, run = [code != "-" for code in cycle * 4], 0, 0
    for day in worked:
        run = run + 1 if day else 0
        longest = max(longest, run)
    assert proof.longest_run == min(longest, length)


@given(st.sampled_from(USUAL), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_usual_rotations_leave_no_hour_of_a_real_year_without_a_crew(pattern: object, start: date) -> None:
    made = pattern.pattern  # type: ignore[attr-defined]
    plan = Plan(made, tuple(str(n) for n in range(len(made.phases))), start)
    shifts = planned_between(plan, start, start + timedelta(days=30), ZoneInfo("Asia/Shanghai"))
    assert all(len(shift.crews) == 1 for shift in shifts)
    assert shifts[0].span.start < datetime(2041, 1, 1, tzinfo=UTC)


def test_the_usual_rotations_leave_no_shift_empty_and_rest_twelve_hours() -> None:
    for each in USUAL:
        proof = prove(each.pattern)
        assert (each.code, proof.covered, proof.coverage.doubles, proof.coverage.gaps) == (each.code, True, (), ())
        assert (proof.min_rest or 0) >= 12 * 60


def test_full_time_hours_of_the_trade() -> None:
    """Hours a month at 365.25 days, as the trade counts them."""
    month = 365.25 / 12 / 7 / 60
    hours = {each.code: round(prove(each.pattern).weekly_minutes * month, 1) for each in USUAL}
    assert hours == {"24h-3": 243.5, "24h-4": 182.6, "8h-4x3": 182.6, "12h-4x2": 182.6, "8h-5x3": 146.1, "12h-3x2": 243.5}


def test_a_station_begins_with_the_usual_rotations() -> None:
    for own in read_profile("gate-station").patterns:
        assert own == usual(own.code).pattern
        assert coverage(own).covered
