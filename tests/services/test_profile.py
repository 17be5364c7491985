"""A station from its profile: whole, dated, in one transaction, or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from stationdesk.domain.duty import StationThereError
from stationdesk.domain.handover import definition_of
from stationdesk.domain.names import Name
from stationdesk.domain.people import LoginRuleError, NameRuleError, PasswordTooShortError
from stationdesk.domain.profile import Profile
from stationdesk.domain.rotation import CrewCountError
from stationdesk.domain.rounds import WindowState
from stationdesk.services import Actor, Store, shifts
from stationdesk.services.now import now_view
from stationdesk.services.people import people_view, use_recovery_code, verify_password
from stationdesk.services.profile import Plant, create_station, profile_codes, read_profile
from stationdesk.services.readings import points_view
from stationdesk.services.rounds import routes_view
from stationdesk.services.shifts import SignOn
from stationdesk.services.station import contacts, items, setting, station_view
from stationdesk.storage import keys
from stationdesk.storage.checklists import ChecklistItem, ChecklistVersion
from stationdesk.storage.equipment import Equipment, EquipmentDue
from stationdesk.storage.readings import PointVersion
from stationdesk.storage.rounds import Checkpoint
from stationdesk.storage.station import SheetTemplate
from stationdesk.storage.verify import verify

AT = datetime(2026, 11, 20, 22, 42, tzinfo=UTC)  # 06:42 of the 21st at the station


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile("gate-station")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    keys.use(keys.LIGHT)
    made = Store.create(tmp_path / "new.db")
    yield made
    made.close()
    keys.use(keys.STRONG)


def begin(store: Store, profile: Profile, plant: Plant | None = None, at: datetime = AT) -> str:
    return create_station(store, profile, "汝州门站", "沈浩", "chief", "246810", at, plant).recovery_code


def test_the_gate_station_is_there() -> None:
    assert "gate-station" in profile_codes()
    with pytest.raises(FileNotFoundError):
        read_profile("spaceport")


def test_the_first_shift_owes_nothing_of_the_hours_before_the_station_was_set_up(store: Store, profile: Profile) -> None:
    """Set up at 06:42 in the night shift: the hours to 06:00 and the rounds that were over are nobody's."""
    begin(store, profile)
    chief = Actor(next(each.person_id for each in people_view(store, AT) if each.login == "chief"), "沈浩")
    shifts.sign_on(store, chief, chief.person_id, SignOn(leader=True), at=AT + timedelta(minutes=1))
    view = now_view(store, AT + timedelta(minutes=2))
    zone = ZoneInfo("Asia/Shanghai")
    assert [f"{mark.time.astimezone(zone):%H:%M}" for mark in view.hours] == ["07:00", "08:00"]
    found = [window for lane in view.lanes for window in lane.windows]
    assert found
    assert all(window.closes > AT for window in found)
    assert not any(window.state == WindowState.MISSED for window in found)


def test_a_station_holds_all_its_profile_says_from_the_beginning_of_the_day(store: Store, profile: Profile) -> None:
    before = store.head().seq
    begin(store, profile)
    assert store.head().seq == before + 1
    assert (station_view(store).name_zh, station_view(store).profile) == ("汝州门站", "gate-station")
    assert station_view(store).trial(AT)
    assert [(point.code, point.limits, point.design) for point in points_view(store, AT)] == [
        (point.code, point.limits, point.design) for point in profile.points
    ]
    assert [(route.code, route.schedule, route.points) for route in routes_view(store, AT)] == [
        (route.code, route.schedule, len(route.checkpoints)) for route in profile.routes
    ]
    assert len(contacts(store)) == len(profile.contacts)
    with store.read() as session:
        counted = (Checkpoint, ChecklistItem, ChecklistVersion, Equipment)
        counts = {kind: session.scalar(select(func.count()).select_from(kind)) for kind in counted}
        assert counts == {
            Checkpoint: sum(len(route.checkpoints) for route in profile.routes),
            ChecklistItem: sum(len(each.items) for each in profile.checklists),
            ChecklistVersion: len(profile.checklists),
            Equipment: len(profile.equipment),
        }
        lines, grounds = items(session, "handover_lines", AT), items(session, "refusal_grounds", AT)
        assert definition_of(lines, grounds) == profile.handover
        assert {name: setting(session, name, AT) for name in profile.settings} == dict(profile.settings)
        assert {row.report: json.loads(row.definition) for row in session.scalars(select(SheetTemplate))} == dict(profile.sheets)
        first = session.scalars(select(PointVersion.valid_from)).first()
    assert first == datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    assert not verify(store.path).findings


def test_what_falls_due_is_counted_from_the_day_of_set_up(store: Store, profile: Profile) -> None:
    begin(store, profile)
    with store.read() as session:
        dues = list(session.scalars(select(EquipmentDue)))
    assert len(dues) == sum(len(each.dues) for each in profile.equipment)
    assert {due.due for due in dues if due.months == 12} == {date(2027, 11, 21)}
    assert {due.last for due in dues} == {None}


def test_the_first_chief_signs_in_and_the_envelope_opens(store: Store, profile: Profile) -> None:
    code = begin(store, profile)
    assert verify_password(store, "chief", "246810", AT).name == "沈浩"
    assert [(person.name, person.roles, person.post) for person in people_view(store, AT)] == [("沈浩", ("chief",), "chief")]
    use_recovery_code(store, code, "chief", "135790", at=AT)
    assert verify_password(store, "chief", "135790", AT).name == "沈浩"


def test_nothing_is_kept_of_what_is_refused(store: Store, profile: Profile) -> None:
    refusals = (
        (NameRuleError, ("站", "", "chief", "246810")),
        (LoginRuleError, ("站", "沈浩", "two words", "246810")),
        (PasswordTooShortError, ("站", "沈浩", "chief", "2468")),
    )
    for error, texts in refusals:
        with pytest.raises(error):
            create_station(store, profile, *texts, AT)
    with pytest.raises(CrewCountError):
        begin(store, profile, Plant(crews=(("a", Name("甲班")),)))
    assert store.head().seq == 0
    begin(store, profile)
    with pytest.raises(StationThereError):
        begin(store, profile)


def test_the_shift_of_now_is_planned_at_once_whatever_day_the_cycle_begins(store: Store, profile: Profile) -> None:
    begin(store, profile, Plant(start=date(2026, 12, 25)))
    with store.read() as session:
        now = shifts.planned(session, AT)
        later = shifts.planned(session, AT + timedelta(days=34))
        plan = shifts.plan_in_force(session, AT)
    assert now is not None
    assert now.starts_at <= AT < now.ends_at
    assert plan is not None
    assert (date(2026, 12, 25) - plan.start).days % len(plan.pattern.cycle) == 0
    assert later is not None


def test_other_patterns_with_their_crews(store: Store, profile: Profile) -> None:
    pattern = next(each for each in profile.patterns if any(kind.minutes == 1440 for kind in each.kinds))
    names = tuple((f"k{n}", Name(f"{n} 班", f"Crew {n}")) for n in range(len(pattern.phases)))
    begin(store, profile, Plant(pattern=pattern.code, crews=names))
    with store.read() as session:
        now = shifts.planned(session, AT)
    assert now is not None
    assert now.ends_at - now.starts_at == timedelta(hours=24)
    assert now.starts_at <= AT < now.ends_at
    assert now.crew is not None
    assert now.crew.code in dict(names)


def test_a_night_of_the_clock_change_has_an_hour_more_or_less(store: Store, profile: Profile) -> None:
    begin(store, profile, Plant(zone="Europe/Berlin"), datetime(2026, 3, 1, 12, 0, tzinfo=UTC))
    berlin = ZoneInfo("Europe/Berlin")
    with store.read() as session:
        for day, hours in ((date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
            found = shifts.planned_days(session, day, day, AT)
            whole = sum(((shift.ends_at - shift.starts_at for shift in found)), timedelta())
            assert whole == timedelta(hours=hours)
            assert {shift.starts_at.astimezone(berlin).date() for shift in found} == {day}


def test_a_station_may_begin_with_its_own_points(store: Store, profile: Profile) -> None:
    begin(store, replace(profile, points=profile.points[:2], routes=profile.routes[:1]), Plant(name=Name("x", "Ruzhou")))
    assert len(points_view(store, AT)) == 2
    assert station_view(store).name_en == "Ruzhou"
