"""A published roster mended with the fewest changes; a contradiction named by its rules; both from a process that loads nothing heavy."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from stationdesk.rostering import apart
from stationdesk.rostering.answers import solve
from stationdesk.rostering.compact import compact, spans
from stationdesk.rostering.conflict import conflict
from stationdesk.rostering.limits import Limits
from stationdesk.rostering.outcome import COVER, FIXED, LEADER, LEAVE, MOST_HOURS
from stationdesk.rostering.repair import repair
from stationdesk.rostering.station import Demand, Member, Place, Rules, Shift, StationProblem
from tests.rostering.gate_station import DAY, POST, gate_station
from tests.rostering.test_station import broken

D, N = Place("D", POST), Place("N", POST)


@pytest.fixture(scope="module")
def month(compiled):
    problem = gate_station(30, leave=0.2)
    costs: list[int] = []
    enough = problem.weights.hard  # below it nobody is missing
    told = lambda progress: costs.append(enough if progress.cost is None else progress.cost)  # noqa: E731 - said in one line
    answer = solve(problem, Limits(seconds=60, seed=2), told, lambda: bool(costs) and costs[-1] < enough, cache=compiled)
    assert answer.short == ()
    return problem, answer.duties


def ill(problem: StationProblem, name: str, days: range) -> StationProblem:
    members = tuple(replace(each, leave=each.leave | set(days)) if each.name == name else each for each in problem.members)
    return replace(problem, members=members)


def test_an_illness_is_mended_and_who_is_told_is_said(month):
    problem, published = month
    sick = ill(problem, "p0", range(10, 15))
    found = repair(sick, published)
    assert broken(sick, found.duties) == []
    assert found.proved
    assert found.least == len(found.changes)
    assert found.forced == sum(published["p0"][day] is not None for day in range(10, 15))
    assert set(found.told) == {name for name in published if published[name] != found.duties[name]}
    there = {(day, place.shift): 0 for own in published.values() for day, place in enumerate(own) if place}
    for own in found.duties.values():
        for day, place in enumerate(own):
            if place is not None:
                there[day, place.shift] += 1
    assert set(there.values()) == {2}


def test_days_gone_by_stay(month):
    problem, published = month
    found = repair(ill(problem, "p1", range(30)), published, from_day=20)
    assert all(change.day >= 20 for change in found.changes)


def test_nothing_new_changes_nothing(month):
    problem, published = month
    found = repair(problem, published)
    assert (found.changes, found.least, found.proved, found.told) == ((), 0, True, ())


def test_what_was_broken_before_may_stay_but_not_get_worse(month):
    """Published with a reason: one person was missing from the start."""
    problem, published = month
    name, day = next((name, day) for name, own in published.items() for day, place in enumerate(own) if place is not None)
    own = (*published[name][:day], None, *published[name][day + 1 :])
    found = repair(problem, {**published, name: own})
    assert found.changes == ()


def tiny(**rules: int) -> StationProblem:
    """Three people, a day and a night shift, four days."""
    shifts = (Shift("D", 480, 720), Shift("N", 1200, 720, night=True))
    demand = tuple(Demand(day, place, 1) for day in range(4) for place in (D, N))
    members = tuple(Member(name, {POST: 9}, leads_until=9) for name in "abc")
    return StationProblem(4, shifts, demand, members, Rules(**rules))


def every_roster(problem: StationProblem):
    """All duties of three people for four days that keep the hard rules and the demand."""
    every = list(itertools.product((None, D, N), repeat=4))
    own = [[each for each in every if not broken(_only(problem, member), {member.name: each})] for member in problem.members]
    for duties in itertools.product(*own):
        if all(sorted(filter(None, day)) == [D, N] for day in zip(*duties, strict=True)):
            yield dict(zip("abc", duties, strict=True))


def _only(problem: StationProblem, member: Member) -> StationProblem:
    return replace(problem, members=(member,))


def test_no_roster_has_fewer_changes():
    problem = tiny(leaders=0)
    published = {"a": (D, D, N, N), "b": (N, N, None, None), "c": (None, None, D, D)}
    assert broken(problem, published) == []
    event = ill(problem, "b", range(1, 2))
    least = min(
        sum(was != now for name in "abc" for was, now in zip(published[name], duties[name], strict=True)) for duties in every_roster(event)
    )
    found = repair(event, published)
    assert (len(found.changes), found.least, found.proved) == (least, least, True)


def test_what_cannot_be_mended_has_no_duties():
    problem = tiny(leaders=0)
    published = {"a": (D, D, N, N), "b": (N, N, None, None), "c": (None, None, D, D)}
    assert repair(ill(ill(problem, "b", range(4)), "c", range(4)), published).duties is None


def possible(problem: StationProblem, rules) -> bool:
    """By brute force: whether some roster keeps these rules."""
    model = compact(problem)
    rows = [row for row in model.rows if row.rule in set(rules)]
    every = itertools.product(itertools.product((None, D, N), repeat=problem.days), repeat=len(problem.members))
    names = [member.name for member in problem.members]
    return any(all(model.value(row, dict(zip(names, duties, strict=True))) <= row.most for row in rows) for duties in every)


def test_a_conflict_is_smallest_and_its_ways_lead_out():
    problem = replace(tiny(leaders=0), days=2, demand=tuple(Demand(day, place, 1) for day in range(2) for place in (D, N)))
    problem = replace(problem, members=problem.members[:2])
    found = conflict(ill(problem, "a", range(1, 2)))
    event = ill(problem, "a", range(1, 2))
    assert found is not None
    assert found.minimal
    assert not possible(event, found.rules)
    for rule in found.rules:
        assert possible(event, [each for each in found.rules if each != rule])
    for way in found.ways:
        given_way = {each.rule for each in way.relaxed}
        assert possible(event, [rule for rule in compact(event).rules() if rule not in given_way])
    assert [way.price for way in found.ways] == sorted(way.price for way in found.ways)


def test_where_there_is_a_roster_there_is_no_conflict(month):
    assert conflict(month[0]) is None


def test_everybody_who_leads_away_is_named_with_the_shift(month):
    problem, _published = month
    for number in range(0, 12, 2):
        problem = ill(problem, f"p{number}", range(8, 10))
    found = conflict(problem)
    assert {rule.kind for rule in found.rules} == {LEADER, LEAVE}
    assert {rule.member for rule in found.rules if rule.kind == LEAVE} == {f"p{number}" for number in range(0, 12, 2)}
    assert any({each.rule.kind for each in way.relaxed} == {LEAVE} for way in found.ways)


def test_a_conflict_of_whole_people_is_found_too():
    """Half a person each would do: the contradiction is in the whole numbers only."""
    one = Shift("L", 480, 600)
    place = Place("L", POST)
    members = tuple(Member(name, {POST: 9}, leads_until=9, most_minutes=900) for name in "abc")
    problem = StationProblem(4, (one,), tuple(Demand(day, place, 1) for day in range(4)), members)
    found = conflict(problem)
    assert found.minimal
    assert {rule.kind for rule in found.rules} == {COVER, MOST_HOURS}
    assert len(found.rules) == 7


def test_leave_against_a_fixed_duty():
    problem = gate_station(8, people=12, leave=0)
    member = replace(problem.members[0], leave=frozenset({3}), fixed={3: Place(DAY, POST)})
    found = conflict(replace(problem, members=(member, *problem.members[1:])))
    assert sorted(rule.kind for rule in found.rules) == [FIXED, LEAVE]
    assert all(rule.member == "p0" for rule in found.rules)


def test_days_in_a_row_are_spans():
    assert spans({5, 1, 2, 9, 10, -1, 40}, 30) == [(1, 2), (5, 5), (9, 10)]


LIGHT = """
import sys, pickle
from stationdesk.rostering import apart
from stationdesk.rostering.limits import Limits
from pathlib import Path
from tests.rostering.gate_station import gate_station
if __name__ == "__main__":
    cache = Path(sys.argv[1])
    problem = gate_station(14, leave=0)
    told = []
    answer = apart.solve(problem, Limits(seconds=2), told.append, cache=cache)
    assert told and answer.duties is not None and answer.seconds < 60, answer
    assert apart.repair(problem, answer.duties).duties is not None
    assert apart.conflict(problem) is None
    apart.warm(cache)
    print([name for name in ("numpy", "numba", "highspy", "ortools") if name in sys.modules])
"""


def test_the_process_that_asks_loads_none_of_it(compiled, tmp_path):
    script = tmp_path / "asks.py"
    script.write_text(LIGHT)
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(script), str(compiled)], capture_output=True, text=True, cwd=root, env=_env(root), check=False
    )
    assert done.stdout.strip() == "[]", done.stderr


def _env(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(root)}


def test_cancelled_it_gives_the_best_so_far_or_says_so(compiled):
    problem = gate_station(30)
    seen: list[object] = []
    answer = apart.solve(problem, Limits(seconds=60), seen.append, lambda: bool(seen), cache=compiled)
    assert answer.duties is not None
    assert answer.seconds < 50
    with pytest.raises(apart.CancelledError):
        apart.conflict(problem, lambda: True)


def test_a_mistake_in_there_is_raised_here():
    problem = gate_station(5, people=2)
    with pytest.raises(KeyError):
        apart.repair(problem, {})
