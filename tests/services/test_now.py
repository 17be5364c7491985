"""The station in one look: what comes next, what is abnormal, what keeps from handing over, at each moment of a night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from stationdesk.services import Store, notices, readings, shifts
from stationdesk.services.beside import beside
from stationdesk.services.handover import Ready, ready
from stationdesk.services.now import now_view
from stationdesk.services.settings import set_setting
from stationdesk.storage import keys
from tests.conftest_station import NIGHT, actor, make_station
from tests.handing import EIGHT, reserve_filter, walked_night
from tests.night import PAPER, hour_of
from tests.ui.now import scene


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Store]:
    keys.use(keys.LIGHT)
    store = scene.night(tmp_path / "now.db")
    yield store
    store.close()
    keys.use(keys.STRONG)


def test_what_comes_next_stands_in_the_order_of_its_time(night: Store) -> None:
    view = now_view(night, NIGHT)
    assert [(each.kind, each.at) for each in view.coming][:3] == [
        ("reading", hour_of("07")),
        ("round", hour_of("07")),
        ("relief", hour_of("08") - timedelta(minutes=15)),
    ]
    assert view.next_due == view.coming[0]
    assert (view.hour, view.coming[0].opens) == (hour_of("07"), hour_of("07") - timedelta(minutes=10))
    assert {each.kind for each in view.coming if each.at == hour_of("08")} == {"reading", "checklist", "handover"}


def test_the_relief_is_expected_as_early_as_the_station_says(night: Store) -> None:
    set_setting(night, actor(night, "chief"), "relief_early_minutes", 40, at=NIGHT)
    assert [each.at for each in now_view(night, NIGHT).coming if each.kind == "relief"] == [hour_of("07") + timedelta(minutes=20)]


def test_an_hour_that_was_missed_is_awaited_until_the_next_is_full(night: Store) -> None:
    late = now_view(night, hour_of("07") + timedelta(minutes=40))
    assert (late.hour, late.next_due and late.next_due.kind) == (hour_of("07"), "reading")
    assert [each.state for each in late.hours][6:] == ["done", "missing", "to_come"]
    assert now_view(night, hour_of("08")).hour == hour_of("08")


def test_an_hour_read_makes_room_for_the_next(night: Store) -> None:
    points = [each.point_id for each in readings.points_view(night, NIGHT)]
    readings.take_hour(night, actor(night, "op-b1"), hour_of("07"), dict(zip(points, PAPER, strict=True)), at=hour_of("07"))
    view = now_view(night, hour_of("07"))
    assert (view.hour, view.hours[7].state) == (hour_of("08"), "done")


def test_what_is_abnormal_is_the_newest_value_outside_its_limits(night: Store) -> None:
    (filter_,) = now_view(night, NIGHT).abnormal
    assert (filter_.point.code, filter_.grade, filter_.owed, filter_.time) == ("dp-f", "amber", True, hour_of("06"))
    assert [each.owed for each in now_view(night, NIGHT).hours].index(True) == 6
    readings.explain(night, actor(night, "op-b1"), filter_.point.point_id, hour_of("06"), words="滤芯", at=NIGHT)
    assert [each.owed for each in now_view(night, NIGHT).abnormal] == [False]


def test_main_points_come_first_each_with_a_day_of_values(night: Store) -> None:
    values = now_view(night, NIGHT).values
    assert [each.point.code for each in values[:4]] == ["p-in", "q-1", "p-out", "odor"]
    assert len(values) == 12
    assert {len(each.series) for each in values} == {25}


def test_obstacles_lead_where_their_pages_can_follow(night: Store) -> None:
    view = now_view(night, NIGHT)
    targets = {each.said.code: (each.page, each.target) for each in ready(night, NIGHT).outgoing}
    site = next(lane.route.route_id for lane in view.lanes if lane.route.code == "site")
    assert targets["rounds.to_come"] == ("rounds", ("window", site, hour_of("07")))
    assert targets["readings.to_come"][1] in (hour_of("07"), hour_of("08"))
    assert targets["checklists.wanting"] == ("checklists", "fire")
    assert targets["readings.owed"] == ("readings", ("point", "dp-f", hour_of("06")))
    assert view.counts == {"checklists": 3, "hazards": 3}


def test_before_the_first_shift_only_the_desk_is_known(tmp_path: Path) -> None:
    store = make_station(tmp_path / "new.db", open_shift=False)
    view, wanting = now_view(store, NIGHT), ready(store, NIGHT)
    store.close()
    assert (view.desk.shift, view.coming, view.hours, view.counts["hazards"]) == (None, (), (), 0)
    assert wanting == Ready()
    assert len(view.contacts) == 8
    assert not view.abnormal


def test_a_night_walked_to_its_end_can_be_signed(tmp_path: Path) -> None:
    store = walked_night(tmp_path / "eight.db")
    before = ready(store, EIGHT)
    reserve_filter(store)
    after = ready(store, EIGHT)
    store.close()
    assert [each.line for each in before.outgoing] == ["equipment"]
    assert not after.outgoing
    assert after.obstacles
    assert len(after.settled) == 5


def test_notices_are_for_chiefs_and_gone_when_seen(night: Store) -> None:
    shifts.declare_emergency(night, actor(night, "op-b1"), "漏气", at=NIGHT)
    chief = actor(night, "chief")
    assert beside(night, actor(night, "lead-b").person_id, NIGHT).notices == ()
    found = beside(night, chief.person_id, NIGHT)
    assert [each.kind for each in found.notices] == ["emergency", "hazard_to_report"]
    notices.see_notice(night, chief, found.notices[0].notice_id, at=NIGHT)
    assert [each.kind for each in beside(night, chief.person_id, NIGHT).notices] == ["hazard_to_report"]


def test_only_a_leader_may_end_an_emergency(night: Store) -> None:
    assert [beside(night, actor(night, login).person_id, NIGHT).may_end for login in ("lead-b", "op-b1", "chief")] == [True, False, True]
    assert not beside(night, 0, NIGHT).may_end


def test_who_asks_in_the_same_second_gets_the_same_view_until_something_is_written(night: Store) -> None:
    view = now_view(night, NIGHT)
    assert now_view(night, NIGHT + timedelta(milliseconds=900)) is view
    assert now_view(night, NIGHT + timedelta(seconds=1)) is not view
    seen = now_view(night, NIGHT)
    shifts.declare_emergency(night, actor(night, "lead-b"), at=NIGHT)
    assert seen.desk.emergency is None
    assert now_view(night, NIGHT).desk.emergency is not None
