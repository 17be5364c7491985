"""The nearest ways to mend a breach: legal by the judge of the whole roster, few, quick, and none in the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from stationdesk.services import Store, roster
from stationdesk.services.roster import BreachView, Change, month_view, remedies
from tests.conftest_station import NIGHT, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.fixture
def draft(station_store: Store) -> int:
    return roster.draft_roster(station_store, actor(station_store, "chief"), FIRST, LAST, at=NIGHT)


def put(store: Store, draft: int, *changes: tuple[int, int, str]) -> None:
    """Person, day of December, code."""
    made = [Change(person, date(2026, 12, day), code) for person, day, code in changes]
    roster.change_cells(store, actor(store, "chief"), draft, made, at=NIGHT)


def opened(store: Store) -> dict[str, BreachView]:
    return {each.breach.key: each for each in month_view(store, FIRST, NIGHT).breaches if each.breach.rules == "station"}


def of_test(store: Store, test: str) -> BreachView:
    return next(each for each in opened(store).values() if each.breach.test == test)


@pytest.mark.parametrize("test", ["rest", "cover", "leader"])
def test_each_way_mends_the_breach_and_breaks_nothing_else(station_store: Store, draft: int, test: str) -> None:
    lead = next(row for row in month_view(station_store, FIRST, NIGHT).rows if row.leads and row.crew.zh)
    crew = [row.person_id for row in month_view(station_store, FIRST, NIGHT).rows if row.crew == lead.crew]
    day = next(n for n, cell in enumerate(lead.cells, 1) if n > 8 and cell.code == "E")
    if test == "rest":
        put(station_store, draft, (crew[-1], day + 1, "D"))
    else:
        put(station_store, draft, *((each, day, "") for each in (crew[:1] if test == "leader" else crew[1:])))
    found, before = of_test(station_store, test), opened(station_store)
    ways = remedies(station_store, draft, found.breach, NIGHT)
    assert 1 <= len(ways) <= 2
    assert [len(way.changes) for way in ways] == sorted(len(way.changes) for way in ways)
    for way in ways:
        roster.change_cells(station_store, actor(station_store, "chief"), draft, way.changes, at=NIGHT)
        after = opened(station_store)
        assert found.breach.key not in after
        assert set(after) <= set(before)
        roster.undo_change(station_store, actor(station_store, "chief"), draft, at=NIGHT)


def test_days_that_are_past_stay_as_they_were(station_store: Store, draft: int) -> None:
    person = next(row for row in month_view(station_store, FIRST, NIGHT).rows if row.crew.zh)
    day = next(n for n, cell in enumerate(person.cells, 1) if n > 8 and cell.code == "E")
    put(station_store, draft, (person.person_id, day + 1, "D"))
    found = of_test(station_store, "rest")
    later = NIGHT.replace(year=2026, month=12, day=day + 1)
    assert all(change.day >= later.date() for way in remedies(station_store, draft, found.breach, later) for change in way.changes)
    assert not remedies(station_store, draft, found.breach, later + timedelta(days=3))
