"""The engine at work on a roster of the store: a draft, the fewest changes after an illness, a conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from stationdesk.domain.roster import SETS, Rule
from stationdesk.domain.roster.errors import RosterMissingError
from stationdesk.domain.words import CHINESE, speaking
from stationdesk.rostering.fairness import targets
from stationdesk.rostering.limits import Progress
from stationdesk.rostering.station import Weights
from stationdesk.services import Store, roster
from stationdesk.services.roster import roster_view
from stationdesk.services.roster.problem import task_of
from stationdesk.services.roster.solve import find_conflict, repair_roster, solve_roster
from stationdesk.services.settings import set_list, set_setting
from tests.conftest_station import NIGHT, PASSWORD, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 14)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking(CHINESE):
        yield


def test_the_engines_draft_keeps_the_hard_rules_leave_and_what_is_fixed(station_store: Store, compiled: Path) -> None:
    chief, away = actor(station_store, "chief"), actor(station_store, "op-a1")
    roster.record_leave(station_store, chief, away.person_id, date(2026, 12, 5), date(2026, 12, 8), "annual", "探亲", at=NIGHT)
    seen: list[int | None] = []

    def keep(progress: Progress) -> None:
        seen.append(progress.cost)

    found = solve_roster(
        station_store,
        chief,
        FIRST,
        LAST,
        at=NIGHT,
        seconds=8,
        people_on_shift=2,
        cache=compiled,
        on_progress=keep,
    )
    view = roster_view(station_store, found.roster_id, NIGHT)
    assert (view.draft, found.short, found.lower_bound <= found.objective) == (True, (), True)
    assert seen
    assert {each.breach.test for each in view.breaches} <= {"hours"}
    row = next(each for each in view.rows if each.person_id == away.person_id)
    assert {cell.code for cell in row.cells[4:8]} == {""}
    assert all(count >= 2 for counts in view.cover.values() for count in counts)
    assert "".join(cell.code or "." for cell in next(each for each in view.rows if each.name == "沈浩").cells) == "OOOO..OOOOO..O"


def test_leave_lowers_what_is_fair_by_the_leave_alone(station_store: Store) -> None:
    """Whatever time the engine gets, this is what it aims at: ten of fourteen days there, ten fourteenths of the hours and nights."""
    chief, away = actor(station_store, "chief"), actor(station_store, "op-a1")
    roster.record_leave(station_store, chief, away.person_id, date(2026, 12, 5), date(2026, 12, 8), "annual", "探亲", at=NIGHT)
    with station_store.read() as session:
        problem = task_of(session, FIRST, LAST, NIGHT).problem
    fair = {int(member.name): each for member, each in zip(problem.members, targets(problem), strict=True)}
    own, others = fair.pop(away.person_id), list(fair.values())
    assert max(each.minutes for each in others) == min(each.minutes for each in others) > 0
    assert own.minutes == pytest.approx(others[0].minutes * 10 / 14, abs=60)
    assert own.nights == pytest.approx(others[0].nights * 10 / 14, abs=1)


def test_what_the_station_finds_important_weighs_in_the_engine(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    set_setting(station_store, chief, "roster_nights", "much", at=NIGHT)
    set_setting(station_store, chief, "roster_wishes", "none", at=NIGHT)
    with station_store.read() as session:
        found = task_of(session, FIRST, LAST, NIGHT).problem.weights
    assert (found.night, found.wish, found.holiday) == (3 * Weights().night, 0, Weights().holiday)


def test_an_illness_is_mended_with_the_fewest_changes_and_who_is_told(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    made = roster.draft_roster(station_store, chief, FIRST, LAST, at=NIGHT)
    roster.publish_roster(station_store, chief, made, PASSWORD, at=NIGHT)
    ill = [actor(station_store, login).person_id for login in ("op-a1", "op-a2")]
    for person in ill:
        roster.record_leave(
            station_store, chief, person, date(2026, 12, 9), date(2026, 12, 9), "sick", "发烧", at=NIGHT + timedelta(hours=1)
        )
    later = NIGHT + timedelta(hours=2)
    mended = repair_roster(station_store, chief, FIRST, at=later, from_day=date(2026, 12, 8))
    assert mended.roster_id is not None
    assert (mended.proved, {"孙莉", "周涛"} <= set(mended.told)) == (True, True)
    view = roster_view(station_store, mended.roster_id, later)
    assert {each.breach.test for each in view.breaches} <= {"hours"}
    assert all(count >= 2 for counts in view.cover.values() for count in counts)
    assert all(change.day >= date(2026, 12, 8) for change in mended.changes)
    assert all(not cell.code for each in view.rows if each.person_id in ill for cell in each.cells[8:9])
    with pytest.raises(RosterMissingError):
        repair_roster(station_store, chief, date(2027, 5, 1), at=later)


def test_what_cannot_be_kept_together_is_named_with_ways_out(station_store: Store) -> None:
    assert find_conflict(station_store, FIRST, date(2026, 12, 7), at=NIGHT, people_on_shift=2) is None
    found = find_conflict(station_store, FIRST, date(2026, 12, 7), at=NIGHT, people_on_shift=6)
    assert found is not None
    assert found.rules
    assert found.ways
    assert any("人数" in each for each in found.rules)
    counted = [each for way in found.ways for each in way if "人数" in each]
    assert counted
    assert all(re.search(r"放宽 \d+ 人$", each) for each in counted)


def test_a_certificate_asked_of_a_shift_is_planned_or_named_where_nobody_has_it(station_store: Store, compiled: Path) -> None:
    chief, own, last = actor(station_store, "chief"), SETS["station"], date(2026, 12, 7)
    set_list(station_store, chief, "certificates", [{"code": "pressure", "zh": "压力容器操作", "en": "Pressure vessels"}], at=NIGHT)
    rule = Rule("R-09", "qualified", 1, {"qualification": "pressure"})
    roster.set_roster_rules(station_store, chief, replace(own, version="2", rules=(*own.rules, rule)), at=NIGHT)
    found = find_conflict(station_store, FIRST, last, at=NIGHT, people_on_shift=2)
    assert found is not None
    assert any("压力容器操作" in each for each in found.rules)
    for login in ("op-a1", "op-b1", "op-c1", "op-d1"):
        roster.set_qualification(station_store, chief, actor(station_store, login).person_id, "pressure", FIRST, None, at=NIGHT)
    assert find_conflict(station_store, FIRST, last, at=NIGHT, people_on_shift=2) is None
    made = solve_roster(station_store, chief, FIRST, last, at=NIGHT, seconds=6, people_on_shift=2, cache=compiled)
    assert made.short == ()
    assert not [each for each in roster_view(station_store, made.roster_id, NIGHT).breaches if each.breach.test == "qualified"]
