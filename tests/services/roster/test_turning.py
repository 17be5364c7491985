"""The rotation changes in the middle of a month: nobody misses the shifts of the other half, on the page, on paper or at the desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from stationdesk.domain.words import CHINESE, speaking
from stationdesk.reports import roster as sheets
from stationdesk.reports.sheet import Grid
from stationdesk.services import Store, roster
from stationdesk.services.roster import BreachView, RosterView, check_days, month_view
from stationdesk.services.roster import solve as roster_solve
from stationdesk.services.settings import set_rotation
from stationdesk.services.shifts import planned, planned_days
from tests.conftest_station import NIGHT, PASSWORD, ZONE, actor

FIRST, LAST, TURN = date(2026, 12, 1), date(2026, 12, 31), date(2026, 12, 16)
CREWS = ("a", "b", "c", "d")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking(CHINESE):
        yield


@pytest.fixture
def turned(station_store: Store) -> Store:
    """Three shifts of eight hours until the 15th, two of twelve from the 16th on."""
    begins = datetime(2026, 12, 16, tzinfo=ZONE)
    set_rotation(station_store, actor(station_store, "chief"), "12h-4x2", CREWS, TURN, at=NIGHT, valid_from=begins)
    return station_store


def publish(store: Store, first: date, last: date, emptied: str = "") -> int:
    """emptied: a kind nobody is on on the first day."""
    chief = actor(store, "chief")
    made = roster.draft_roster(store, chief, first, last, at=NIGHT)
    rows = roster.roster_view(store, made, NIGHT).rows
    off = [roster.Change(row.person_id, first, "") for row in rows if emptied and row.cells[0].code == emptied]
    roster.change_cells(store, chief, made, off, at=NIGHT)
    found = {each.breach.key: "按惯例" for each in roster.roster_view(store, made, NIGHT).breaches}
    roster.publish_roster(store, chief, made, PASSWORD, found, at=NIGHT)
    return made


def cover(view: RosterView) -> list[BreachView]:
    return [each for each in view.breaches if each.breach.test in ("cover", "leader")]


def length(view: RosterView, day: date) -> set[int]:
    """The hours of the shifts that are manned on a day."""
    kinds = {kind.code: kind for kind in view.kinds if kind.desk}
    column = (day - view.first).days
    return {kinds[row.cells[column].code].minutes // 60 for row in view.rows if row.cells[column].code in kinds}


@pytest.mark.parametrize("made", ["rotation", "draft", "published", "copied"])
def test_nobody_misses_the_shifts_of_the_other_half(turned: Store, made: str) -> None:
    if made == "draft":
        roster.draft_roster(turned, actor(turned, "chief"), FIRST, LAST, at=NIGHT)
    elif made != "rotation":
        publish(turned, FIRST, LAST)
    if made == "copied":
        roster.draft_roster(turned, actor(turned, "chief"), FIRST, LAST, at=NIGHT)
    view = month_view(turned, FIRST, NIGHT)
    assert cover(view) == []
    assert (length(view, TURN - timedelta(days=1)), length(view, TURN)) == ({8}, {12})
    assert not [each for each in check_days(turned, FIRST, LAST, NIGHT).breaches if each.breach.test == "cover"]


def test_an_empty_shift_is_still_told_on_either_side(turned: Store) -> None:
    made = roster.draft_roster(turned, actor(turned, "chief"), FIRST, LAST, at=NIGHT)
    view = month_view(turned, FIRST, NIGHT)
    emptied = []
    for day in (TURN - timedelta(days=3), TURN + timedelta(days=3)):
        column = (day - FIRST).days
        code = next(row.cells[column].code for row in view.rows if row.crew.zh and row.cells[column].code)
        emptied.append((day, code))
        changes = [roster.Change(row.person_id, day, "") for row in view.rows if row.cells[column].code == code]
        roster.change_cells(turned, actor(turned, "chief"), made, changes, at=NIGHT)
    found = month_view(turned, FIRST, NIGHT).breaches
    assert [(each.breach.first, *each.breach.kinds) for each in found if each.breach.test == "cover"] == emptied


def test_the_desk_plans_the_shifts_of_the_day_only(turned: Store) -> None:
    publish(turned, FIRST, LAST)
    with turned.read() as session:
        for day, count in ((TURN - timedelta(days=1), 3), (TURN, 2), (LAST, 2)):
            found = planned_days(session, day, day, NIGHT)
            assert [each.crew is not None for each in found] == [True] * count
        for hour in range(0, 24, 3):
            now = planned(session, datetime(2026, 12, 20, hour, 30, tzinfo=ZONE))
            assert now is not None
            assert now.crew is not None


def test_two_rosters_of_one_month_are_shown_as_published_without_a_false_hole(turned: Store) -> None:
    publish(turned, FIRST, TURN - timedelta(days=1), emptied="E")
    publish(turned, TURN, LAST)
    view = month_view(turned, FIRST, NIGHT)
    assert (view.several, view.published_number) == (True, 1)
    assert all(day.published for day in view.days)
    assert [(each.breach.first, each.breach.kinds, each.reason) for each in cover(view)] == [(FIRST, ("E",), "按惯例")]
    assert not any(cell.before is not None for row in view.rows for cell in row.cells)


def test_what_is_published_from_the_second_on_is_shown_as_published(station_store: Store) -> None:
    publish(station_store, FIRST + timedelta(days=1), LAST)
    view = month_view(station_store, FIRST, NIGHT)
    assert [day.published for day in view.days] == [False, *[True] * 30]
    assert (view.published_number, view.changed, view.several) == (1, 0, False)
    assert cover(view) == []
    publish(station_store, FIRST, LAST)  # the whole month over it is not "version 1" once more
    assert month_view(station_store, FIRST, NIGHT).published_number == 2


def test_on_paper_days_on_which_a_shift_is_not_wanted_stay_empty(turned: Store) -> None:
    publish(turned, FIRST, LAST)
    table = next(each for each in sheets.sheet(turned, "2026-12", "zh_CN").sections if isinstance(each, Grid))
    evening = next(row for row in table.foot if row["name"] == "中班")
    assert [evening[(FIRST + timedelta(days=n)).isoformat()] for n in (0, 14, 15, 30)] == ["3", "3", "", ""]


def test_a_change_in_the_middle_of_a_day_keeps_the_shifts_that_begin_before_it(station_store: Store) -> None:
    begins = datetime(2026, 12, 16, 8, tzinfo=ZONE)
    set_rotation(station_store, actor(station_store, "chief"), "24h-4", CREWS, TURN, at=NIGHT, valid_from=begins)
    view = month_view(station_store, FIRST, NIGHT)
    wanted = {kind.code: kind.mans(TURN) for kind in view.kinds if kind.desk}
    assert wanted == {"N": True, "D": False, "E": False, "S": True}
    assert view.cover["S"][(TURN - FIRST).days + 1] == 3


def test_the_engine_wants_each_kind_on_its_own_days(turned: Store, compiled: Path) -> None:
    solved = roster_solve.solve_roster(turned, actor(turned, "chief"), FIRST, LAST, at=NIGHT, seconds=6, cache=compiled)
    view = roster.roster_view(turned, solved.roster_id, NIGHT)
    kinds = {kind.code: kind for kind in view.kinds}
    assert all(kinds[code].mans(day) for day, code, _missing in solved.short)  # in so short a time somebody may miss yet
    assert {hour for n in range(15) for hour in length(view, FIRST + timedelta(days=n))} == {8}
    assert {hour for n in range(15, 31) for hour in length(view, FIRST + timedelta(days=n))} == {12}
