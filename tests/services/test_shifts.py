"""Who is on duty: signing on and off, stand-ins, a relief that does not come, the emergency state, the desk's view."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from stationdesk.domain.duty import (
    LeaderLeavesError,
    LeaderThereError,
    NoShiftOpenError,
    NothingPutOffError,
    NotLateYetError,
    OnlyLeaderSignsOnError,
    ReasonMissingError,
    ShiftOpenError,
    StandsInForSelfError,
)
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.shifts import (
    EmergencyStateError,
    ExtensionReasonError,
    LastOnDutyError,
    NotSignedOnError,
    SignedOnAlreadyError,
    SignOnTooEarlyError,
    StandInReasonError,
)
from stationdesk.services import NOBODY, Actor, Store, shifts
from stationdesk.services.notices import unseen
from stationdesk.services.shifts import DeskView, OnDuty, SignOn, desk_view
from stationdesk.storage import keys
from stationdesk.storage.rounds import Round as Walk
from stationdesk.storage.rounds import Route, RouteVersion
from stationdesk.storage.shifts import DutySpell, PutOff, Shift
from stationdesk.storage.verify import verify
from tests.conftest_station import NIGHT, ZONE, actor, make_station

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
EIGHT = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
"""08:00 at the station: the night shift ends, crew d begins."""
EARLY = EIGHT - 10 * MINUTE


def desk(store: Store, at: datetime = NIGHT) -> DeskView:
    return desk_view(store, at)


def on_desk(store: Store, at: datetime = NIGHT) -> dict[str, OnDuty]:
    return {person.name: person for person in desk(store, at).people}


def sign_on(store: Store, login: str, how: SignOn | None = None, at: datetime = EARLY) -> int:
    me = actor(store, login)
    return shifts.sign_on(store, me, me.person_id, how or SignOn(), at=at)


def relieve(store: Store, at: datetime = EIGHT) -> None:
    """What the handover does to the shifts."""
    with store.write(actor(store, "lead-d"), "sign_on", at) as session:
        leaving, coming = shifts.the_open_shift(session), shifts.awaited(session)
        assert coming is not None
        leaving.closed_at = at
        coming.opened_at, coming.opened_by = at, actor(store, "lead-d").person_id


def test_the_desk_says_who_is_on_duty_by_which_key_and_who_comes(station_store: Store) -> None:
    view = desk(station_store)
    assert [(person.key, person.name, person.leader, person.acting) for person in view.people] == [
        ("F1", "张伟", True, False),
        ("F2", "李娜", False, False),
        ("F3", "王强", False, False),
    ]
    assert view.shift is not None
    assert (view.shift.day, view.shift.kind, view.shift.crew, view.shift.leader, view.awaited) == (
        date(2026, 11, 21),
        "N",
        "b",
        "张伟",
        None,
    )
    assert view.coming is not None
    assert (view.coming.starts_at, [person.name for person in view.coming.people]) == (EIGHT, ["黄勇", "徐丽", "胡斌"])
    assert view.coming.people[0].leader
    assert view.missing == ()


def test_the_relief_signs_on_to_the_next_shift_and_both_crews_are_there(station_store: Store) -> None:
    for login in ("lead-d", "op-d1"):
        sign_on(station_store, login, SignOn(leader=login == "lead-d"))
    view = desk(station_store, EARLY)
    assert view.awaited is not None
    assert (view.awaited.day, view.awaited.crew, view.awaited.leader, view.awaited.opened_at) == (date(2026, 11, 21), "d", "黄勇", None)
    assert [(person.key, person.name, person.incoming) for person in view.people][3:] == [("F4", "黄勇", True), ("F7", "徐丽", True)]
    relieve(station_store)
    for login in ("lead-b", "op-b1", "op-b2"):
        me = actor(station_store, login)
        shifts.sign_off(station_store, me, me.person_id, at=EIGHT + 5 * MINUTE)
    view = desk(station_store, EIGHT + 6 * MINUTE)
    assert [(person.key, person.name, person.incoming) for person in view.people] == [("F4", "黄勇", False), ("F7", "徐丽", False)]
    assert [person.name for person in view.missing] == ["胡斌"]
    assert not verify(station_store.path).findings


def test_a_key_stays_with_its_person_and_goes_to_the_next_when_free(station_store: Store) -> None:
    leaving = actor(station_store, "op-b1")
    shifts.sign_off(station_store, leaving, leaving.person_id, "ill", at=NIGHT)
    assert {name: person.key for name, person in on_desk(station_store).items()} == {"张伟": "F1", "王强": "F3"}
    sign_on(station_store, "op-a1", SignOn(shift="open", stands_in_for=leaving.person_id, reason="李娜 ill"), at=NIGHT + MINUTE)
    assert on_desk(station_store)["孙莉"].key == "F2"


def test_nobody_signs_on_twice_or_long_before_the_shift(station_store: Store) -> None:
    with pytest.raises(SignedOnAlreadyError):
        sign_on(station_store, "lead-b", at=NIGHT)
    with pytest.raises(SignOnTooEarlyError) as refused:
        sign_on(station_store, "lead-d", SignOn(shift="awaited"), at=EIGHT - 61 * MINUTE)
    assert (refused.value.begins, refused.value.opens) == ("08:00", "07:00")
    sign_on(station_store, "lead-d", SignOn(shift="awaited"), at=EIGHT - 59 * MINUTE)


def test_a_stand_in_at_night_is_on_duty_at_once_and_confirmed_afterwards(station_store: Store) -> None:
    chief, ill = actor(station_store, "chief"), actor(station_store, "op-b2")
    shifts.sign_off(station_store, ill, ill.person_id, "ill", at=NIGHT)
    with pytest.raises(StandInReasonError):
        sign_on(station_store, "op-c1", SignOn(shift="open", stands_in_for=ill.person_id), at=NIGHT)
    with pytest.raises(StandsInForSelfError):
        sign_on(station_store, "op-c1", SignOn(shift="open", stands_in_for=actor(station_store, "op-c1").person_id, reason="x"), at=NIGHT)
    sign_on(station_store, "op-c1", SignOn(shift="open", stands_in_for=ill.person_id, reason="王强 ill"), at=NIGHT)
    person = on_desk(station_store)["何静"]
    assert (person.stands_in_for, person.reason, person.confirmed) == ("王强", "王强 ill", False)
    assert [note.kind for note in unseen(station_store)] == ["stand_in"]
    with pytest.raises(NotAllowedError):
        shifts.confirm_stand_in(station_store, actor(station_store, "lead-b"), person.spell_id, at=NIGHT)
    shifts.confirm_stand_in(station_store, chief, person.spell_id, at=EIGHT)
    assert on_desk(station_store)["何静"].confirmed


def test_who_is_not_planned_says_why(station_store: Store) -> None:
    with pytest.raises(StandInReasonError):
        sign_on(station_store, "safety", SignOn(shift="open"), at=NIGHT)
    sign_on(station_store, "safety", SignOn(shift="open", reason="helps with the pig run"), at=NIGHT)
    assert on_desk(station_store)["韩梅"].key == "F4"


def test_somebody_of_another_crew_who_comes_at_the_end_of_a_shift_is_the_relief(station_store: Store) -> None:
    sign_on(station_store, "op-a1", SignOn(reason="swapped with 徐丽"), at=EARLY)
    assert on_desk(station_store, EARLY)["孙莉"].incoming
    sign_on(station_store, "op-a2", SignOn(reason="helps"), at=EIGHT - 2 * HOUR)
    assert not on_desk(station_store, EARLY)["周涛"].incoming


def test_a_forgotten_password_at_sign_on_the_leader_vouches_with_a_reason(station_store: Store) -> None:
    leader, operator, other = actor(station_store, "lead-b"), actor(station_store, "op-b1"), actor(station_store, "op-d1").person_id
    with pytest.raises(NotAllowedError):
        shifts.sign_on(station_store, operator, other, SignOn(shift="awaited", reason="forgot"), at=EARLY)
    with pytest.raises(ReasonMissingError):
        shifts.sign_on(station_store, leader, other, SignOn(shift="awaited"), at=EARLY)
    with pytest.raises(OnlyLeaderSignsOnError):
        shifts.sign_on(station_store, actor(station_store, "lead-c"), other, SignOn(shift="awaited", reason="forgot"), at=EARLY)
    shifts.sign_on(station_store, leader, other, SignOn(shift="awaited", reason="forgot the password"), at=EARLY)
    note = unseen(station_store)[0]
    assert (note.kind, note.values["by"], note.values["person"]) == ("signed_on_other", leader.person_id, other)


def test_the_lead_changes_with_a_reason_and_makes_the_person_a_leader(station_store: Store) -> None:
    me = actor(station_store, "op-b1")
    with pytest.raises(LeaderThereError):
        shifts.lead_shift(station_store, me, me.person_id, at=NIGHT)
    with pytest.raises(NotAllowedError):
        shifts.end_emergency(station_store, me, at=NIGHT)
    shifts.lead_shift(station_store, me, me.person_id, "张伟 goes to hospital", at=NIGHT)
    here = on_desk(station_store)
    assert (here["李娜"].leader, here["李娜"].acting, here["张伟"].leader) == (True, True, False)
    assert desk(station_store).shift.leader == "李娜"  # type: ignore[union-attr]
    with pytest.raises(EmergencyStateError):
        shifts.end_emergency(station_store, me, at=NIGHT)
    with pytest.raises(NotSignedOnError):
        shifts.lead_shift(station_store, me, actor(station_store, "lead-c").person_id, "x", at=NIGHT)


def test_two_leaders_do_not_meet_at_sign_on(station_store: Store) -> None:
    sign_on(station_store, "lead-d", SignOn(leader=True))
    with pytest.raises(LeaderThereError):
        sign_on(station_store, "op-d1", SignOn(leader=True))
    sign_on(station_store, "op-d1", SignOn(leader=True, reason="黄勇 leads the drill"))
    here = on_desk(station_store, EARLY)
    assert (here["徐丽"].leader, here["徐丽"].acting, here["黄勇"].leader) == (True, True, False)


def test_the_post_is_not_left_without_a_word(station_store: Store) -> None:
    leader, one, two = (actor(station_store, login) for login in ("lead-b", "op-b1", "op-b2"))
    with pytest.raises(LeaderLeavesError):
        shifts.sign_off(station_store, leader, leader.person_id, "home", at=NIGHT)
    with pytest.raises(ReasonMissingError):
        shifts.sign_off(station_store, one, one.person_id, at=NIGHT)
    for person in (one, two):
        shifts.sign_off(station_store, person, person.person_id, "ill", at=NIGHT)
    with pytest.raises(LastOnDutyError):
        shifts.sign_off(station_store, leader, leader.person_id, at=NIGHT)
    assert unseen(station_store) == ()
    shifts.sign_off(station_store, leader, leader.person_id, "evacuated by the fire brigade", at=NIGHT)
    assert [(note.kind, note.values["reason"]) for note in unseen(station_store)] == [("post_left", "evacuated by the fire brigade")]
    assert desk(station_store).on_post is None
    with pytest.raises(NotSignedOnError):
        shifts.sign_off(station_store, leader, leader.person_id, "again", at=NIGHT)


def test_an_absent_relief_makes_extended_duty_with_its_hours(station_store: Store) -> None:
    leader = actor(station_store, "lead-b")
    with pytest.raises(NotLateYetError):
        shifts.extend_duty(station_store, leader, "bus broke down", at=EARLY)
    with pytest.raises(ExtensionReasonError):
        shifts.extend_duty(station_store, leader, " ", at=EIGHT + MINUTE)
    assert shifts.extend_duty(station_store, leader, "bus broke down", at=EIGHT + 20 * MINUTE) == 3
    assert shifts.extend_duty(station_store, leader, "still", at=EIGHT + HOUR) == 0
    stay = on_desk(station_store, EIGHT + 90 * MINUTE)["李娜"].extended
    assert stay is not None
    assert (stay.start, str(stay.hours)) == (EIGHT, "1.50")
    assert unseen(station_store)[0].values == {"people": 3, "reason": "bus broke down"}


def test_who_stays_on_signs_off_the_shift_handed_over_first(station_store: Store) -> None:
    sign_on(station_store, "lead-d", SignOn(leader=True))
    sign_on(station_store, "op-b2", SignOn(shift="awaited", reason="double shift for 徐丽"))
    assert [person.key for person in desk(station_store, EARLY).people if person.name == "王强"] == ["F3"]
    relieve(station_store)
    me = actor(station_store, "op-b2")
    shifts.sign_off(station_store, me, me.person_id, at=EIGHT + MINUTE)
    here = on_desk(station_store, EIGHT + 2 * MINUTE)["王强"]
    assert (here.key, here.shift_id) == ("F3", desk(station_store, EIGHT).shift.shift_id)  # type: ignore[union-attr]


def test_the_on_post_confirmation_counts_any_entry_of_the_crew(station_store: Store) -> None:
    last = EIGHT - 8 * HOUR + 4 * MINUTE
    first = desk(station_store, last + 59 * MINUTE).on_post
    assert first is not None
    assert (first.last, first.due, first.state) == (last, last + HOUR, "fine")
    assert desk(station_store, last + HOUR).on_post.state == "due"  # type: ignore[union-attr]
    sign_on(station_store, "safety", SignOn(shift="awaited", reason="visits"), at=EARLY)
    assert desk(station_store, EARLY).on_post.last == last  # type: ignore[union-attr]
    shifts.confirm_on_post(station_store, actor(station_store, "op-b2"), at=EARLY + MINUTE)
    assert desk(station_store, EARLY + 2 * MINUTE).on_post.due == EARLY + 61 * MINUTE  # type: ignore[union-attr]
    with pytest.raises(NotSignedOnError):
        shifts.confirm_on_post(station_store, actor(station_store, "lead-c"), at=NIGHT)


def test_a_running_round_waives_the_confirmation(station_store: Store) -> None:
    leader = actor(station_store, "lead-b")
    with station_store.write(leader, "sign_off", NIGHT) as session:
        version = session.scalars(select(RouteVersion)).first()
        assert version is not None
        shift = shifts.the_open_shift(session)
        session.add(
            Walk(
                route_id=session.scalars(select(Route.id)).first() or 0,
                route_version_id=version.id,
                shift_id=shift.id,
                mode="live",
                started_at=NIGHT,
                started_by=leader.person_id,
            )
        )
    assert desk(station_store, NIGHT + 2 * HOUR).on_post.state == "waived"  # type: ignore[union-attr]


def test_an_emergency_needs_no_login_pauses_the_confirmation_and_is_ended_by_a_leader(station_store: Store) -> None:
    shifts.declare_emergency(station_store, NOBODY, "gas smell at the odorizer", at=NIGHT)
    view = desk(station_store, NIGHT + MINUTE)
    assert view.emergency is not None
    assert (view.emergency.words, view.emergency.declared_by, view.emergency.declared_at) == ("gas smell at the odorizer", "", NIGHT)
    assert view.on_post.state == "paused"  # type: ignore[union-attr]
    with pytest.raises(EmergencyStateError):
        shifts.declare_emergency(station_store, actor(station_store, "lead-b"), at=NIGHT)
    for refused in (NOBODY, actor(station_store, "op-b1")):
        with pytest.raises(NotAllowedError):
            shifts.end_emergency(station_store, refused, at=NIGHT + HOUR)
    shifts.end_emergency(station_store, actor(station_store, "lead-b"), "valve shut", at=NIGHT + HOUR)
    view = desk(station_store, NIGHT + HOUR)
    assert (view.emergency, view.on_post.last) == (None, NIGHT + HOUR)  # type: ignore[union-attr]


def test_a_reason_put_off_at_sign_on_is_marked_and_said_later(station_store: Store) -> None:
    helper = actor(station_store, "op-c1")
    shifts.sign_on(station_store, helper, helper.person_id, SignOn("open", later=True), at=NIGHT)
    (owing,) = [each for each in desk(station_store).people if each.owes_reason]
    assert (owing.person_id, owing.reason) == (helper.person_id, "")
    with station_store.read() as session:
        assert shifts.unsaid(session, owing.shift_id) == ((owing.name, NIGHT),)
    with pytest.raises(ReasonMissingError):
        shifts.say_reason(station_store, helper, owing.spell_id, " ", at=NIGHT + HOUR)
    shifts.say_reason(station_store, helper, owing.spell_id, "two valves to turn", at=NIGHT + HOUR)
    assert [each.reason for each in desk(station_store).people if each.person_id == helper.person_id] == ["two valves to turn"]
    with station_store.read() as session:
        assert shifts.unsaid(session, owing.shift_id) == ()
        assert session.scalars(select(PutOff.what)).all() == ["sign_on_reason"], "that it was put off stays on record"
    with pytest.raises(NothingPutOffError):
        shifts.say_reason(station_store, helper, owing.spell_id, "again", at=NIGHT + HOUR)


def test_who_is_not_asked_puts_nothing_off(station_store: Store) -> None:
    planned = actor(station_store, "op-b1")
    shifts.sign_off(station_store, planned, planned.person_id, "errand", at=NIGHT)
    shifts.sign_on(station_store, planned, planned.person_id, SignOn("open", later=True), at=NIGHT + HOUR)
    assert not any(each.owes_reason for each in desk(station_store, NIGHT + HOUR).people)


@pytest.fixture
def new_station(tmp_path: Path) -> Iterator[Store]:
    keys.use(keys.LIGHT)
    store = make_station(tmp_path / "new.db", open_shift=False)
    yield store
    store.close()
    keys.use(keys.STRONG)


def test_a_new_station_awaits_its_first_leader(new_station: Store) -> None:
    view = desk(new_station)
    assert (view.shift, view.people, view.on_post) == (None, (), None)
    assert view.coming is not None
    assert view.coming.starts_at == EIGHT - 8 * HOUR
    with new_station.read() as session, pytest.raises(NoShiftOpenError):
        shifts.the_open_shift(session)
    sign_on(new_station, "op-b1", at=NIGHT)
    assert desk(new_station).shift is None
    with pytest.raises(NotAllowedError):
        shifts.open_first_shift(new_station, actor(new_station, "safety"), at=NIGHT)
    leader = actor(new_station, "lead-b")
    shifts.open_first_shift(new_station, leader, at=NIGHT)
    with pytest.raises(ShiftOpenError):
        shifts.open_first_shift(new_station, leader, at=NIGHT)
    here = on_desk(new_station)
    assert {name: (person.key, person.leader, person.incoming) for name, person in here.items()} == {
        "李娜": ("F1", False, False),
        "张伟": ("F2", True, False),
    }


def test_a_crew_of_one_hands_over_to_a_crew_of_one(tmp_path: Path) -> None:
    keys.use(keys.LIGHT)
    store = make_station(tmp_path / "four.db", size=1)
    assert [person.name for person in desk(store).people] == ["张伟"]
    me = actor(store, "lead-b")
    shifts.extend_duty(store, me, "nobody came", at=EIGHT + MINUTE)
    sign_on(store, "lead-d", SignOn(leader=True), at=EIGHT + HOUR)
    relieve(store, EIGHT + HOUR)
    shifts.sign_off(store, me, me.person_id, at=EIGHT + HOUR)
    assert [(person.name, person.leader) for person in desk(store, EIGHT + HOUR).people] == [("黄勇", True)]
    store.close()
    keys.use(keys.STRONG)


def test_after_days_without_a_desk_the_relief_is_the_crew_planned_now(station_store: Store) -> None:
    later = EIGHT + timedelta(days=3, minutes=10)
    coming = desk(station_store, later).coming
    assert coming is not None
    assert (coming.day, coming.kind) == (date(2026, 11, 24), "D")
    who = actor(station_store, "lead-a") if coming.people[0].name == "赵磊" else None
    with station_store.read() as session:
        expected = shifts.planned(session, later)
        assert expected is not None
        assert expected.crew is not None
        assert [person.person_id for person in coming.people] == list(expected.crew.members)
        assert who is None or who.person_id in expected.crew.members


def test_a_night_shift_belongs_to_the_day_on_which_it_starts(station_store: Store) -> None:
    with station_store.read() as session:
        around_month_end = shifts.planned_days(session, date(2026, 11, 30), date(2026, 12, 1), NIGHT)
    assert [(shift.day, shift.kind) for shift in around_month_end] == [
        (date(2026, 11, 30), "N"),
        (date(2026, 11, 30), "D"),
        (date(2026, 11, 30), "E"),
        (date(2026, 12, 1), "N"),
        (date(2026, 12, 1), "D"),
        (date(2026, 12, 1), "E"),
    ]
    assert all(one.ends_at == next_.starts_at for one, next_ in itertools.pairwise(around_month_end))
    assert around_month_end[3].starts_at.astimezone(ZONE).isoformat() == "2026-12-01T00:00:00+08:00"


def test_an_unscheduled_part_of_a_shift_is_numbered(station_store: Store) -> None:
    with station_store.write(actor(station_store, "lead-b"), "sign_on", NIGHT) as session:
        expected = shifts.planned(session, NIGHT)
        assert expected is not None
        assert shifts.make_shift(session, expected, NIGHT).part == 2


def test_a_sign_on_is_refused_whole(station_store: Store) -> None:
    before = station_store.head()
    with pytest.raises(StandInReasonError):
        sign_on(station_store, "op-a1", at=EARLY)
    assert station_store.head() == before
    with station_store.read() as session:
        assert len(list(session.scalars(select(Shift)))) == 1
        assert len(list(session.scalars(select(DutySpell)))) == 3


def test_who_vouches_is_known_by_their_own_name(station_store: Store) -> None:
    with pytest.raises(NotAllowedError):
        shifts.sign_on(station_store, Actor(9999, "stranger"), actor(station_store, "op-d1").person_id, SignOn(reason="x"), at=EARLY)
