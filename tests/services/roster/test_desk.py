"""What the desk makes of published rosters at their edges: holes, people of no crew, overlapping versions, the year's end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.words import CHINESE, speaking
from stationdesk.services import Store, roster, shifts
from stationdesk.services.roster import Change, roster_view
from stationdesk.services.shifts import Expected, SignOn, desk_view, hand_over
from stationdesk.storage.shifts import Shift
from tests.conftest_station import NIGHT, PASSWORD, actor

DAY = date(2026, 11, 21)
MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
"""08:00 of DAY at the station."""


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking(CHINESE):
        yield


def published(store: Store, first: date, last: date, *cells: tuple[int, date, str], at: datetime = NIGHT) -> int:
    chief = actor(store, "chief")
    made = roster.draft_roster(store, chief, first, last, how="pattern", at=at)
    roster.change_cells(store, chief, made, [Change(*cell) for cell in cells], at=at)
    reasons = {each.breach.key: "已商定" for each in roster_view(store, made, at).breaches}
    roster.publish_roster(store, chief, made, PASSWORD, reasons, at=at)
    return made


def planned(store: Store, at: datetime) -> Expected:
    with store.read() as session:
        found = shifts.planned(session, at)
    assert found is not None
    return found


def members(store: Store, at: datetime) -> tuple[int, ...]:
    crew = planned(store, at).crew
    return crew.members if crew else ()


def test_a_shift_nobody_is_rostered_for_is_there_without_a_crew_and_anybody_may_sign_on(station_store: Store) -> None:
    cells = [(person, DAY, "") for person in members(station_store, MORNING)]
    published(station_store, DAY, DAY, *cells)
    found = planned(station_store, MORNING)
    assert (found.kind, found.crew) == ("D", None)
    coming = desk_view(station_store, NIGHT).coming
    assert coming is not None
    assert coming.people == ()
    comes = actor(station_store, "safety")
    shift_id = shifts.sign_on(station_store, comes, comes.person_id, SignOn(shift="awaited"), at=MORNING - timedelta(minutes=10))
    with station_store.read() as session:
        assert session.get_one(Shift, shift_id).crew_id is None


def test_people_of_no_crew_are_expected_like_a_crew(station_store: Store) -> None:
    chief, safety = actor(station_store, "chief").person_id, actor(station_store, "safety").person_id
    away = [(person, DAY, "") for person in members(station_store, MORNING)]
    published(station_store, DAY, DAY, *away, (chief, DAY, "D"), (safety, DAY, "D"))
    crew = planned(station_store, MORNING).crew
    assert crew is not None
    assert (crew.members, crew.leaders, crew.code) == ((chief, safety), (chief,), "")
    how = SignOn(shift="awaited")
    shift_id = shifts.sign_on(station_store, actor(station_store, "safety"), safety, how, at=MORNING - timedelta(minutes=10))
    with station_store.read() as session:
        shift = session.get_one(Shift, shift_id)
        assert shift.crew_id is None
        expected = shifts.crew_of(session, shift, MORNING)
    assert expected is not None
    assert expected.members == (chief, safety)


def test_the_roster_published_last_counts_on_the_days_it_holds(station_store: Store) -> None:
    safety = actor(station_store, "safety").person_id
    published(station_store, date(2026, 11, 1), date(2026, 11, 30))
    usual = members(station_store, MORNING)
    published(station_store, DAY, DAY, (safety, DAY, "D"), at=NIGHT + timedelta(minutes=1))
    assert set(members(station_store, MORNING)) == {*usual, safety}
    assert safety not in members(station_store, MORNING + timedelta(days=1))
    published(station_store, date(2026, 11, 1), date(2026, 11, 30), at=NIGHT + timedelta(minutes=2))
    assert members(station_store, MORNING) == usual


def test_the_year_ends_from_roster_to_rotation_without_a_gap(station_store: Store) -> None:
    published(station_store, date(2026, 12, 1), date(2026, 12, 31))
    with station_store.read() as session:
        days = shifts.planned_days(session, date(2026, 11, 29), date(2027, 1, 2), NIGHT)
        after = shifts.planned_after(session, datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    assert all(a.ends_at == b.starts_at for a, b in itertools.pairwise(days))
    assert all(each.crew is not None and len(each.crew.members) == 3 for each in days)
    assert after is not None
    assert (after.day, after.kind) == (date(2027, 1, 1), "N")


CELLS = st.dictionaries(st.tuples(st.integers(1, 3), st.dates(DAY, DAY + timedelta(days=3))), st.sampled_from("DEN"))
DUTY = st.tuples(st.dates(DAY, DAY + timedelta(days=3)), st.sampled_from("DEN"))


@given(CELLS, st.integers(1, 3), st.integers(1, 3), DUTY, st.none() | DUTY)
def test_a_swap_is_done_whole_or_not_at_all_and_loses_no_duty(
    cells: dict[tuple[int, date], str], giver: int, taker: int, given_up: tuple[date, str], back: tuple[date, str] | None
) -> None:
    before = dict(cells)
    done = hand_over(cells, giver, taker, given_up, back) if giver != taker else False
    counted = sorted((day, code) for (_person, day), code in before.items())
    assert sorted((day, code) for (_person, day), code in cells.items()) == counted
    if not done:
        assert cells == before
    else:
        assert cells[taker, given_up[0]] == given_up[1]
        assert back is None or cells[giver, back[0]] == back[1]
