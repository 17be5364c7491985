"""Leave, swaps and stand-ins: asked, checked at once, decided by the chief, and what the desk makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest

from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.roster.errors import (
    DecidedAlreadyError,
    DecisionWordsError,
    LeaveLongError,
    LeaveOrderError,
    LeaveReasonError,
    NotYoursError,
    RosterMissingError,
    SwapBegunError,
    SwapBusyError,
    SwapKindError,
    SwapSelfError,
)
from stationdesk.domain.words import CHINESE, speaking
from stationdesk.services import Store, roster, shifts
from stationdesk.services.notices import unseen
from stationdesk.services.roster import Asked, month_view, roster_view
from stationdesk.services.shifts import SignOn
from stationdesk.storage.verify import verify
from tests.conftest_station import NIGHT, PASSWORD, ZONE, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
LATER = NIGHT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking(CHINESE):
        yield


@pytest.fixture
def december(station_store: Store) -> Store:
    """The station with December published as the rotation has it."""
    publish(station_store, FIRST, LAST)
    return station_store


def publish(store: Store, first: date, last: date, at: datetime = NIGHT) -> int:
    chief = actor(store, "chief")
    roster_id = roster.draft_roster(store, chief, first, last, at=at)
    reasons = {each.breach.key: "已商定" for each in roster_view(store, roster_id, at).breaches}
    roster.publish_roster(store, chief, roster_id, PASSWORD, reasons, at=at)
    return roster_id


def who(store: Store, login: str) -> int:
    return actor(store, login).person_id


def duties(store: Store, login: str, kind: str, first: date = FIRST) -> list[date]:
    """The days somebody has a kind of shift in the month of `first`."""
    row = next(each for each in month_view(store, first, LATER).rows if each.person_id == who(store, login))
    return [first + timedelta(days=n) for n, cell in enumerate(row.cells) if cell.code == kind]


def on(store: Store, day: date, kind: str) -> tuple[int, ...]:
    """Whom the desk expects for a shift."""
    with store.read() as session:
        shift = next(each for each in shifts.planned_days(session, day, day, LATER) if each.kind == kind)
        return shift.crew.members if shift.crew else ()


def test_a_swap_is_asked_agreed_to_approved_and_the_desk_goes_by_it(december: Store) -> None:
    giver, taker = who(december, "op-a1"), who(december, "op-b1")
    given = next(day for day in duties(december, "op-a1", "E") if day in duties(december, "op-b1", ""))
    back = next(day for day in duties(december, "op-b1", "D") if day in duties(december, "op-a1", ""))
    asked = Asked(giver, given, "E", taker, (back, "D"), "家中有事")
    swap = roster.ask_swap(december, actor(december, "op-a1"), asked, at=NIGHT)
    assert giver in on(december, given, "E"), "asked is not approved"
    assert [each.kind for each in unseen(december)] == ["swap_asked"]
    roster.agree_swap(december, actor(december, "op-b1"), swap, at=NIGHT)
    found = roster.swaps(december, FIRST, LAST)[0]
    roster.decide_swap(december, actor(december, "chief"), swap, approve=True, words="同意" if found.found else "", at=LATER)
    assert (giver in on(december, given, "E"), taker in on(december, given, "E")) == (False, True)
    assert (giver in on(december, back, "D"), taker in on(december, back, "D")) == (True, False)
    seen = roster.swaps(december, FIRST, LAST)[0]
    assert (seen.state, seen.decided_by, seen.person, seen.other, seen.agreed_at) == ("approved", "沈浩", "孙莉", "李娜", NIGHT)
    assert verify(december.path).clean


def test_the_next_version_has_the_swap_and_does_not_swap_again(december: Store) -> None:
    giver, taker, given = who(december, "op-a1"), who(december, "safety"), duties(december, "op-a1", "E")[0]
    chief = actor(december, "chief")
    roster.change_cells(
        december, chief, second := roster.draft_roster(december, chief, FIRST, LAST, at=NIGHT), [roster.Change(taker, given, "")], at=NIGHT
    )
    roster.publish_roster(december, chief, second, PASSWORD, at=NIGHT + timedelta(minutes=1))
    asked = Asked(giver, given, "E", taker)
    swap = roster.ask_swap(december, actor(december, "op-a1"), asked, at=NIGHT + timedelta(minutes=2))
    roster.decide_swap(december, chief, swap, approve=True, words="同意", at=NIGHT + timedelta(minutes=3))
    assert taker in on(december, given, "E")
    third = roster.draft_roster(december, chief, FIRST, LAST, at=LATER)
    row = next(each for each in roster_view(december, third, LATER).rows if each.person_id == taker)
    assert row.cells[(given - FIRST).days].code == "E"
    changes = [roster.Change(taker, given, ""), roster.Change(giver, given, "E")]
    roster.change_cells(december, chief, third, changes, at=LATER)
    reasons = {each.breach.key: "已商定" for each in roster_view(december, third, LATER).breaches}
    roster.publish_roster(december, chief, third, PASSWORD, reasons, at=LATER)
    assert (giver in on(december, given, "E"), taker in on(december, given, "E")) == (True, False)


def test_a_swap_is_checked_at_once_and_what_it_breaks_is_approved_with_words(december: Store) -> None:
    giver, taker = who(december, "op-b1"), who(december, "op-a1")
    last_evening = next(day for day in duties(december, "op-a1", "E") if day + timedelta(days=1) not in duties(december, "op-a1", "E"))
    off = last_evening + timedelta(days=1)
    night_giver = next(login for login in ("op-b1", "op-c1", "op-d1") if off in duties(december, login, "N"))
    giver = who(december, night_giver)
    asked = Asked(giver, off, "N", taker)
    brought = roster.swap_breaches(december, asked, NIGHT)
    assert ("孙莉", "rest", 0) in [(each.person, each.breach.test, each.breach.value) for each in brought]
    swap = roster.ask_swap(december, actor(december, night_giver), asked, at=NIGHT)
    assert set(roster.swaps(december, FIRST, LAST)[0].found) == {each.breach.key for each in brought}
    chief = actor(december, "chief")
    with pytest.raises(DecisionWordsError):
        roster.decide_swap(december, chief, swap, approve=True, at=LATER)
    roster.decide_swap(december, chief, swap, approve=True, words="只此一次", at=LATER)
    assert taker in on(december, off, "N")
    with pytest.raises(DecidedAlreadyError):
        roster.decide_swap(december, chief, swap, approve=False, words="改主意", at=LATER)


def test_what_has_begun_is_not_swapped_afterwards(december: Store) -> None:
    giver, taker = who(december, "op-a1"), who(december, "op-b1")
    given = next(day for day in duties(december, "op-a1", "E") if day in duties(december, "op-b1", ""))
    back = next(day for day in duties(december, "op-b1", "D") if day in duties(december, "op-a1", "") and day > given)
    begun = datetime.combine(given, time(16), ZONE).astimezone(UTC)  # E begins
    own = actor(december, "op-a1")
    with pytest.raises(SwapBegunError):
        roster.ask_swap(december, own, Asked(giver, given, "E", taker), at=begun)
    with pytest.raises(SwapBegunError):  # nor what is given back for it
        roster.swap_breaches(december, Asked(taker, back, "D", giver, (given, "E")), begun)
    assert roster.ask_swap(december, own, Asked(giver, given, "E", taker, (back, "D")), at=begun - timedelta(minutes=1))


def test_two_who_work_the_same_day_exchange_their_shifts(december: Store) -> None:
    day = duties(december, "op-a1", "D")[1]
    other = next(login for login in ("op-b1", "op-c1", "op-d1") if day in duties(december, login, "E"))
    asked = Asked(who(december, "op-a1"), day, "D", who(december, other), (day, "E"))
    swap = roster.ask_swap(december, actor(december, "op-a1"), asked, at=NIGHT)
    roster.decide_swap(december, actor(december, "chief"), swap, approve=True, words="同意", at=LATER)
    assert who(december, other) in on(december, day, "D")
    assert who(december, "op-a1") in on(december, day, "E")


def test_swaps_that_cannot_be(december: Store) -> None:
    me, other = who(december, "op-a1"), who(december, "op-b1")
    day = duties(december, "op-a1", "D")[0]
    asker = actor(december, "op-a1")
    busy = next(each for each in duties(december, "op-a1", "D") if each in duties(december, "chief", "O"))
    for asked, error in (
        (Asked(me, day, "D", me), SwapSelfError),
        (Asked(me, day, "N", other), SwapKindError),
        (Asked(me, busy, "D", who(december, "chief")), SwapBusyError),
        (Asked(me, date(2027, 2, 1), "D", other), RosterMissingError),
        (Asked(other, day, "D", who(december, "op-c1")), NotYoursError),
    ):
        with pytest.raises(error):
            roster.ask_swap(december, asker, asked, at=NIGHT)
    swap = roster.ask_swap(december, asker, Asked(me, day, "D", next_free(december, day)), at=NIGHT)
    with pytest.raises(NotYoursError):
        roster.agree_swap(december, asker, swap, at=NIGHT)
    with pytest.raises(NotAllowedError):
        roster.decide_swap(december, asker, swap, approve=True, at=NIGHT)
    with pytest.raises(DecisionWordsError):
        roster.decide_swap(december, actor(december, "chief"), swap, approve=False, at=NIGHT)
    roster.withdraw_swap(december, asker, swap, at=NIGHT)
    assert roster.swaps(december, FIRST, LAST)[0].state == "withdrawn"


def next_free(store: Store, day: date) -> int:
    rows = month_view(store, FIRST, LATER).rows
    return next(each.person_id for each in rows if not each.cells[(day - FIRST).days].code and each.name != "孙莉")


def test_approved_leave_takes_its_person_off_the_desks_plan_and_shows_in_the_grid(december: Store) -> None:
    day = duties(december, "op-a1", "D")[0]
    leave = roster.ask_leave(december, actor(december, "op-a1"), day, day + timedelta(days=1), "annual", "探亲", at=NIGHT)
    (asked,) = roster.leaves(december, FIRST, LAST)
    assert (asked.state, asked.duties[0]) == ("asked", (day, "D"))
    assert who(december, "op-a1") in on(december, day, "D")
    roster.decide_leave(december, actor(december, "chief"), leave, approve=True, at=LATER)
    assert who(december, "op-a1") not in on(december, day, "D")
    row = next(each for each in month_view(december, FIRST, LATER).rows if each.name == "孙莉")
    cell = row.cells[(day - FIRST).days]
    assert (cell.code, cell.leave, cell.leave_asked) == ("", "annual", False)
    with pytest.raises(DecidedAlreadyError):
        roster.withdraw_leave(december, actor(december, "op-a1"), leave, at=LATER)


def test_a_draft_leaves_out_who_is_on_leave_and_the_standard_falls(station_store: Store) -> None:
    leave = roster.ask_leave(station_store, actor(station_store, "op-a1"), date(2026, 12, 7), date(2026, 12, 11), "annual", at=NIGHT)
    roster.decide_leave(station_store, actor(station_store, "chief"), leave, approve=True, at=NIGHT)
    roster_id = roster.draft_roster(station_store, actor(station_store, "chief"), FIRST, LAST, at=NIGHT)
    row = next(each for each in roster_view(station_store, roster_id, NIGHT).rows if each.name == "孙莉")
    assert {cell.code for cell in row.cells[6:11]} == {""}
    assert row.figures.standard == (23 - 5) * 480


def test_illness_is_recorded_by_a_leader_with_words_and_decided_by_a_chief(december: Store) -> None:
    sick = who(december, "op-b1")
    with pytest.raises(LeaveReasonError):
        roster.record_leave(december, actor(december, "lead-b"), sick, FIRST, FIRST, "sick", " ", at=NIGHT)
    with pytest.raises(LeaveOrderError):
        roster.record_leave(december, actor(december, "lead-b"), sick, LAST, FIRST, "sick", "发烧", at=NIGHT)
    with pytest.raises(LeaveLongError):
        roster.record_leave(december, actor(december, "lead-b"), sick, FIRST, LAST.replace(year=2030), "sick", "发烧", at=NIGHT)
    roster.record_leave(december, actor(december, "lead-b"), sick, FIRST, FIRST, "sick", "本人来电，发烧", at=NIGHT)
    roster.record_leave(december, actor(december, "chief"), sick, LAST, LAST, "sick", "复查", at=NIGHT)
    found = {each.first: (each.state, each.asked_by) for each in roster.leaves(december, FIRST, LAST)}
    assert found == {FIRST: ("asked", "张伟"), LAST: ("approved", "沈浩")}
    with pytest.raises(NotAllowedError):
        roster.record_leave(december, actor(december, "op-a1"), sick, FIRST, FIRST, "sick", "听说", at=NIGHT)


def test_a_stand_in_of_the_night_stands_in_the_grid_until_and_after_the_chief_confirms_it(station_store: Store) -> None:
    publish(station_store, date(2026, 11, 1), date(2026, 11, 30))
    missing, comes = who(station_store, "op-c1"), who(station_store, "op-a1")
    day = date(2026, 11, 21)
    at = datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
    with station_store.read() as session:
        morning = next(each for each in shifts.planned_days(session, day, day, NIGHT) if each.kind == "D")
    assert morning.crew is not None
    missing = morning.crew.members[1]
    comes = next(who(station_store, each) for each in ("op-a1", "op-c1", "op-d1") if who(station_store, each) not in morning.crew.members)
    how = SignOn(shift="awaited", stands_in_for=missing, reason="发烧，电话请假")
    login = next(each for each in ("op-a1", "op-c1", "op-d1") if who(station_store, each) == comes)
    shifts.sign_on(station_store, actor(station_store, login), comes, how, at=at)
    view = month_view(station_store, day, at)
    (stood,) = view.stand_ins
    assert (stood.day, stood.kind, stood.person_id, stood.for_id, stood.confirmed) == (day, "D", comes, missing, False)
    cell = next(each for each in view.rows if each.person_id == comes).cells[20]
    assert (cell.stands_in, cell.confirmed) == (stood.for_person, False)
    shifts.confirm_stand_in(station_store, actor(station_store, "chief"), stood.spell_id, at=LATER)
    assert month_view(station_store, day, LATER).stand_ins[0].confirmed


def test_who_stood_in_has_the_hours_and_who_was_missing_has_not(station_store: Store) -> None:
    publish(station_store, date(2026, 11, 1), date(2026, 11, 30))
    day, at = date(2026, 11, 21), datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
    with station_store.read() as session:
        morning = next(each for each in shifts.planned_days(session, day, day, NIGHT) if each.kind == "D")
    assert morning.crew is not None
    missing, comes = morning.crew.members[1], who(station_store, "safety")
    before = {each.person_id: each.months[10] for each in roster.year_view(station_store, 2026, at).rows}
    how = SignOn(shift="awaited", stands_in_for=missing, reason="发烧，电话请假")
    shifts.sign_on(station_store, actor(station_store, "safety"), comes, how, at=at)
    after = {each.person_id: each.months[10] for each in roster.year_view(station_store, 2026, at).rows}
    assert before[missing].presence - after[missing].presence == 480
    assert after[comes].presence - before[comes].presence == 480
    view = roster.year_view(station_store, 2026, at)
    assert view.published == (False,) * 10 + (True, False)
    assert view.official
    assert [each.months[9].duties for each in view.rows] == [0] * len(view.rows)
