"""Signing on, leading, staying longer, being on post, emergencies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain import shifts
from stationdesk.domain.shifts import Duty, PostState

EIGHT = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
MINUTES = st.integers(-600, 600)


def after(minutes: float) -> datetime:
    return EIGHT + timedelta(minutes=minutes)


def sign_on(person: int, at: datetime, planned: tuple[int, ...] = (1, 2, 3), on_duty: tuple[int, ...] = (), reason: str = "") -> bool:
    return shifts.check_sign_on(person, "赵磊", planned, on_duty, EIGHT, at, begins_text="08:00", opens_text="07:00", reason=reason)


def test_the_planned_crew_signs_on_from_an_hour_before() -> None:
    assert sign_on(1, after(-60)) is False
    assert sign_on(1, after(300)) is False
    with pytest.raises(shifts.SignOnTooEarlyError) as early:
        sign_on(1, after(-61))
    assert early.value.opens == "07:00"
    with pytest.raises(shifts.SignedOnAlreadyError):
        sign_on(1, EIGHT, on_duty=(1,))


def test_a_stand_in_says_why_and_where_nobody_is_planned_anyone_may() -> None:
    with pytest.raises(shifts.StandInReasonError):
        sign_on(9, EIGHT)
    assert sign_on(9, EIGHT, reason="替陈静，病假") is True
    assert sign_on(9, EIGHT, planned=()) is False


def test_the_last_on_duty_does_not_leave_an_open_shift() -> None:
    shifts.check_sign_off(1, "张伟", [1, 2], handed_over=False)
    shifts.check_sign_off(1, "张伟", [1], handed_over=True)
    with pytest.raises(shifts.LastOnDutyError):
        shifts.check_sign_off(1, "张伟", [1], handed_over=False)
    with pytest.raises(shifts.NotSignedOnError):
        shifts.check_sign_off(3, "王强", [1, 2], handed_over=True)


def test_who_leads() -> None:
    crew = [Duty(1, after(5)), Duty(2, after(1), leader_post=True), Duty(3, after(3), crew_leader=True), Duty(4, after(0))]
    assert shifts.leader_of(crew) == 3
    assert shifts.leader_of(crew, chosen=4) == 4
    assert shifts.leader_of([crew[0], crew[1], crew[3]]) == 2
    assert shifts.leader_of([crew[0], crew[3]]) == 4
    gone = Duty(3, after(3), signed_off=after(4), crew_leader=True)
    assert shifts.leader_of([gone, crew[0]], chosen=3) == 1
    assert shifts.leader_of([gone]) is None


@given(
    st.lists(
        st.builds(Duty, st.integers(1, 9), st.integers(0, 60).map(after), st.none() | st.just(after(99)), st.booleans(), st.booleans())
    )
)
def test_there_is_a_leader_whenever_anybody_is_on_duty(duties: list[Duty]) -> None:
    leader = shifts.leader_of(duties)
    assert (leader is None) == (not any(duty.on_duty for duty in duties))
    assert leader is None or any(duty.person == leader and duty.on_duty for duty in duties)


def test_extended_duty_counts_its_hours() -> None:
    found = shifts.extension(EIGHT, after(-480), after(95))
    assert found is not None
    assert (found.start, found.hours) == (EIGHT, Decimal("1.58"))
    assert shifts.extension(EIGHT, after(-480), EIGHT) is None
    late = shifts.extension(EIGHT, after(30), after(90))
    assert late is not None
    assert late.hours == Decimal("1.00")
    with pytest.raises(shifts.ExtensionReasonError):
        shifts.check_extension(" ")


@given(MINUTES, MINUTES)
def test_hours_are_never_negative(start: int, end: int) -> None:
    assert shifts.hours_between(after(start), after(end)) >= 0


def test_any_entry_confirms_the_post_a_round_waives_it_an_emergency_pauses_it() -> None:
    hour = timedelta(hours=1)
    assert shifts.on_post([], EIGHT, hour, after(59)).state is PostState.FINE
    assert shifts.on_post([], EIGHT, hour, after(60)).state is PostState.DUE
    found = shifts.on_post([after(30), after(90)], EIGHT, hour, after(60))
    assert (found.last, found.due, found.state) == (after(30), after(90), PostState.FINE)
    assert shifts.on_post([], EIGHT, hour, after(99), in_round=True).state is PostState.WAIVED
    assert shifts.on_post([], EIGHT, hour, after(99), in_round=True, emergency=True).state is PostState.PAUSED
    assert shifts.on_post([after(-30)], EIGHT, hour, after(10)).last == EIGHT


def test_an_emergency_is_declared_once_and_ended_once() -> None:
    shifts.check_emergency(declared=False, wanted=True)
    for same in (True, False):
        with pytest.raises(shifts.EmergencyStateError):
            shifts.check_emergency(declared=same, wanted=same)


def test_a_shift_goes_on_in_parts() -> None:
    assert [shifts.next_part(each) for each in ([], [1], [2, 1])] == [1, 2, 3]
