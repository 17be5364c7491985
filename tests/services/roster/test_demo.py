"""The demo's rosters: published month by month, what its crews go by, and the same whatever language is spoken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from stationdesk.domain.words import CHINESE, speaking
from stationdesk.services import Store, roster, shifts
from stationdesk.services.demo import make_demo
from stationdesk.services.roster import month_view
from stationdesk.storage.roster import Roster, RosterLine
from stationdesk.storage.shifts import DutySpell, Shift
from stationdesk.storage.verify import verify

AT = datetime(2026, 12, 2, 2, 15, tzinfo=UTC)
DAYS = 8


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make_demo(path, at=AT, days=DAYS)
    return path


def test_its_months_are_published_before_they_begin_and_the_next_is_a_draft(demo: Path) -> None:
    store = Store.open(demo)
    with speaking(CHINESE):
        found = roster.versions(store, date(2026, 11, 1), date(2027, 1, 31))
        coming = month_view(store, date(2027, 1, 1), AT)
        assert [(each.first, each.last, bool(each.published_at)) for each in reversed(found)] == [
            (date(2026, 11, 24), date(2026, 11, 30), True),
            (date(2026, 12, 1), date(2026, 12, 31), True),
            (date(2027, 1, 1), date(2027, 1, 31), False),
        ]
        assert found[1].published_at is not None
        assert found[1].published_at.date() < date(2026, 12, 1)
        assert coming.provisional == (2027,)
        assert "rest" in {each.breach.test for each in coming.breaches}
        assert [each.state for each in roster.leaves(store, date(2027, 1, 1), date(2027, 1, 31))] == ["approved"]
        assert [each.state for each in roster.swaps(store, date(2026, 12, 1), date(2026, 12, 31))] == ["asked"]
    store.close()
    assert verify(demo).clean


def test_its_crews_are_on_duty_as_the_roster_plans_them(demo: Path) -> None:
    store = Store.open(demo)
    with store.read() as session:
        played = session.scalars(select(Shift).order_by(Shift.starts_at)).all()
        assert len(played) >= DAYS * 3
        for shift in played:
            plan = shifts.published(session, shift.day)
            assert plan is not None
            came = set(session.scalars(select(DutySpell.person_id).where(DutySpell.shift_id == shift.id)))
            assert came <= set(plan.on(shift.day, shift.kind))
    store.close()


def test_the_same_seed_gives_the_same_rosters_in_either_language(demo: Path, tmp_path: Path) -> None:
    with speaking(CHINESE):
        make_demo(tmp_path / "again.db", at=AT, days=DAYS)
    assert kept(demo) == kept(tmp_path / "again.db")


def kept(path: Path) -> list[object]:
    """What the store has of rosters, signed contents included."""
    store = Store.open(path)
    with store.read() as session:
        rosters = [(row.first, row.made_at, row.closed_at, row.content) for row in session.scalars(select(Roster).order_by(Roster.id))]
        lines = [(line.person_id, line.codes) for line in session.scalars(select(RosterLine).order_by(RosterLine.id))]
    store.close()
    return [rosters, lines]


def test_a_station_of_four_says_why_its_shifts_are_short(tmp_path: Path) -> None:
    path = tmp_path / "four.db"
    make_demo(path, at=AT, days=1, people=4)
    store = Store.open(path)
    with speaking(CHINESE):
        view = month_view(store, date(2026, 12, 1), AT)
    assert view.unanswered == 0
    assert {each.breach.test for each in view.breaches} >= {"cover"}
    assert all(each.reason for each in view.breaches if each.breach.test == "cover")
    store.close()
