"""A station's month: every hard rule kept, every point accounted for, and as good as a proven optimum where there is one."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stationdesk.rostering import answers
from stationdesk.rostering.compact import compact
from stationdesk.rostering.fairness import targets
from stationdesk.rostering.limits import Limits
from stationdesk.rostering.problem import BAD
from stationdesk.rostering.station import Certified, Demand, Member, Place, Rules, Shift, StationProblem, Tally, Wish
from stationdesk.rostering.station_rules import StationCompiler
from tests.rostering.gate_station import NIGHT, POST, SHIFTS, gate_station
from tests.rostering.oracle import solved

pytestmark = pytest.mark.usefixtures("compiled")


def broken(problem: StationProblem, duties) -> list[str]:
    """Hard rules a roster breaks, by code of its own: real minutes on one line of time."""
    says = []
    for member in problem.members:
        own = list(
            enumerate([*member.before, *("" if place is None else place.shift for place in duties[member.name])], -len(member.before))
        )
        worked = [(day, problem.shift_of[code]) for day, code in own if code]
        for (day, one), (later, other) in itertools.pairwise(worked):
            if later >= 0 and (later * 1440 + other.start) - (day * 1440 + one.end) < problem.rules.rest_minutes:
                says.append(f"{member.name} rest {later}")
        for flags, most in (
            ([bool(code) for _day, code in own], problem.rules.most_in_a_row),
            ([bool(code) and problem.shift_of[code].night for _day, code in own], problem.rules.most_nights_in_a_row),
        ):
            lengths = [len(list(group)) for flag, group in itertools.groupby(flags) if flag]
            says += [f"{member.name} {length} in a row" for length in lengths if length > most]
        for day, place in enumerate(duties[member.name]):
            if place is not None and (day in member.leave or member.posts.get(place.post, -1) < day):
                says.append(f"{member.name} on {day}")
            if day in member.fixed and member.fixed[day] != place:
                says.append(f"{member.name} fixed {day}")
    return says


def random_station(seed: int, people: int = 5, days: int = 9) -> StationProblem:
    """Small enough to be proved, with two posts, long nights and things that cannot all be had."""
    rng = random.Random(seed)
    shifts = (Shift("D", 480, 720), Shift("N", 1200, 720, night=True), Shift("O", 540, 480, counted=420))
    demand = [Demand(day, Place(code, "op"), 1) for day in range(days) for code in "DN"]
    demand += [Demand(day, Place("O", "clerk"), 1) for day in range(0, days, 2)]
    members = tuple(
        Member(
            name=f"p{number}",
            posts={"op": days if number else 4, **({"clerk": days} if number % 2 else {})},
            leads_until=days if number < 3 else -1,
            holds={"gas": frozenset(range(5 if number else 0))} if number < 2 else {},
            leave=frozenset(rng.sample(range(days), 2)),
            wishes=(Wish(rng.randrange(days), rng.choice(("", "D", "N")), rng.randint(1, 3)),),
            least_minutes=1440,
            most_minutes=60 * rng.randint(48, 60),
            so_far=Tally(rng.randint(0, 3), rng.randint(0, 3), 0, 60 * rng.randint(0, 40)),
            before=rng.choice([(), ("N",), ("D", "D"), ("", "N", "N")]),
        )
        for number in range(people)
    )
    rules = Rules(rest_minutes=660, most_in_a_row=4, most_nights_in_a_row=2, least_off=rng.randint(1, 2))
    wanted = (Certified("gas", frozenset("N")),)
    return StationProblem(
        days, shifts, tuple(demand), members, rules, weekends=frozenset({5, 6}), holidays=frozenset({2}), certified=wanted
    )


def test_small_stations_are_as_good_as_proved(compiled):
    problems = [random_station(seed, people=4, days=7) for seed in range(3)]
    for problem, best in zip(problems, solved(problems, 30), strict=True):
        answer = answers.solve(problem, Limits(work=20_000), cache=compiled)
        assert best.proved
        assert answer.bound <= best.cost == answer.cost
        assert broken(problem, answer.duties) == []
        assert sum(answer.points.values()) == answer.cost


def test_a_month_is_covered_and_led(compiled):
    problem = gate_station(30)
    answer = answers.solve(problem, Limits(seconds=3), cache=compiled)
    assert broken(problem, answer.duties) == []
    assert sum(answer.points.values()) == answer.cost
    assert answer.bound <= answer.cost
    assert answer.gap == (answer.cost - answer.bound) / answer.cost
    again = answers.solve(problem, Limits(seconds=0.1), hint=answer.duties, cache=compiled)
    assert again.cost <= answer.cost


def test_somebody_who_holds_the_certificate_is_on_each_shift_that_asks_for_it(compiled):
    station = gate_station(14)
    members = [
        replace(each, holds={"gas": frozenset(range(9))}) if number % 3 == 0 else each for number, each in enumerate(station.members)
    ]
    wanted = (Certified("gas", frozenset({NIGHT})),)
    answer = answers.solve(replace(station, members=tuple(members), certified=wanted), Limits(work=20_000), cache=compiled)
    nights = [{name for name, own in answer.duties.items() if own[day] == Place(NIGHT, POST)} for day in range(14)]
    holders = {member.name for member in members if member.holds}
    assert all(there & holders for there in nights[:9])
    assert [(short.day, short.shift, short.certificate) for short in answer.short] == [(day, NIGHT, "gas") for day in range(9, 14)]
    assert answer.points["certificates"] == 5 * station.weights.hard


def test_who_is_missing_is_said(compiled):
    problem = gate_station(10, people=4)
    nobody_leads = replace(problem, members=tuple(replace(member, leads_until=-1) for member in problem.members))
    answer = answers.solve(nobody_leads, Limits(seconds=1), cache=compiled)
    led = {(short.day, short.shift) for short in answer.short if not short.post}
    assert led == {(day, shift.code) for day in range(10) for shift in SHIFTS}
    assert answer.points["leaders"] == 30 * problem.weights.hard


def test_a_year_has_a_roster(compiled):
    problem = gate_station(365)
    answer = answers.solve(problem, Limits(seconds=1), cache=compiled)
    assert broken(problem, answer.duties) == []
    assert sum(answer.points.values()) == answer.cost


@st.composite
def weeks(draw) -> tuple[StationProblem, tuple[Place | None, ...]]:
    """One member and any roster at all for nine days."""
    problem = random_station(draw(st.integers(0, 30)), people=2)
    if draw(st.booleans()):  # a whole day on duty and two off
        shifts = (replace(problem.shifts[0], minutes=1440), *problem.shifts[1:])
        problem = replace(problem, shifts=shifts, rules=replace(problem.rules, rest_minutes=draw(st.sampled_from([660, 2880]))))
    codes = st.sampled_from([None, None, *problem.places])
    return problem, tuple(draw(st.lists(codes, min_size=9, max_size=9)))


@given(weeks())
@settings(max_examples=150)
def test_the_engine_and_the_compact_programme_forbid_the_same(week):
    problem, own = week
    duties = {member.name: own for member in problem.members}
    model, compiler = compact(problem), StationCompiler(problem)
    people, rosters = compiler.problem().people, compiler.rosters(duties)
    for number, member in enumerate(problem.members):
        rows = [row for row in model.rows if row.rule.member == member.name and "hours" not in row.rule.kind]
        kept = all(model.value(row, duties) <= row.most for row in rows)
        kept &= all(place is None or member.may(place, day) for day, place in enumerate(own))
        assert kept == (people[number].own_cost(rosters[number]) < BAD), (own, member.before)


def test_a_share_is_of_the_year_so_far():
    """Two full posts and one half: who had fewer nights has more now; leave asks for no making up."""
    problem = gate_station(30, people=3, leave=0)
    so_far = [Tally(nights=20), Tally(nights=0), Tally(nights=5)]
    members = tuple(
        replace(member, so_far=tally, share=share) for member, tally, share in zip(problem.members, so_far, (1.0, 1.0, 0.5), strict=True)
    )
    nights = [target.nights for target in targets(replace(problem, members=members))]
    assert (nights, sum(nights)) == ([14, 34, 12], 60)
    away = tuple(replace(member, leave=frozenset(range(30))) if number == 0 else member for number, member in enumerate(members))
    assert targets(replace(problem, members=away))[0].nights == 0


def test_leave_lowers_a_share_by_the_leave_alone_whatever_was_before():
    """Three alike with a long year behind them: ten days off in thirty leave two thirds of the share, and are not made up later."""
    problem = gate_station(30, people=3, leave=0)
    alike = tuple(replace(member, so_far=Tally(nights=120, minutes=100_000)) for member in problem.members)
    away = (replace(alike[0], leave=frozenset(range(10))), *alike[1:])
    found = targets(replace(problem, members=away))
    assert found[0].nights == round(found[1].nights * 2 / 3)
    assert abs(found[0].minutes - found[1].minutes * 2 / 3) <= 1
    back = (replace(alike[0], so_far=Tally(nights=90, minutes=75_000), present_so_far=0.75), *alike[1:])
    assert len({each.minutes for each in targets(replace(problem, members=back))}) == 1


def test_a_night_before_the_first_day_is_rested_after(compiled):
    problem = StationProblem(
        2,
        (Shift("D", 480, 720), Shift("N", 1200, 720, night=True)),
        (Demand(0, Place("D", POST), 1), Demand(1, Place("D", POST), 1)),
        (Member("a", {POST: 9}, leads_until=9, before=("N",)),),
    )
    answer = answers.solve(problem, Limits(seconds=2), cache=compiled)
    assert [place is not None for place in answer.duties["a"]] == [False, True]
    assert [(short.day, short.post) for short in answer.short] == [(0, POST), (0, "")]


def test_a_qualification_ends(compiled):
    problem = gate_station(10, people=6)
    members = (replace(problem.members[0], posts={POST: 3}), *problem.members[1:])
    answer = answers.solve(replace(problem, members=members), Limits(seconds=1), cache=compiled)
    assert all(place is None for place in answer.duties["p0"][4:])


def test_whose_own_rules_contradict_is_named(compiled):
    problem = gate_station(10, people=6)
    member = replace(problem.members[2], leave=frozenset({4}), fixed={4: Place(NIGHT, POST)})
    answer = answers.solve(
        replace(problem, members=(*problem.members[:2], member, *problem.members[3:])), Limits(seconds=3), cache=compiled
    )
    assert (answer.duties, answer.person) == (None, "p2")
    assert answer.gap is None


def test_duties_go_there_and_back():
    problem = gate_station(10, people=6)
    compiler = StationCompiler(problem)
    rosters = np.random.default_rng(1).integers(0, 4, (6, 10)).astype(np.int16)
    assert (compiler.rosters(compiler.duties(rosters)) == rosters).all()
