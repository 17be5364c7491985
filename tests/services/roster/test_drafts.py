"""A roster made, changed, judged and published, and the desk that goes by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from stationdesk.domain.accounts import WrongPasswordError
from stationdesk.domain.names import Name
from stationdesk.domain.patterns import KindCodeError
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.roster import SETS
from stationdesk.domain.roster.errors import (
    BreachReasonError,
    NothingToRedoError,
    NothingToUndoError,
    RosterDayError,
    RosterDroppedError,
    RosterKindError,
    RosterPersonError,
    RosterPublishedError,
    RosterSpanError,
)
from stationdesk.domain.rotation import ShiftKind
from stationdesk.domain.store import RecordFrozenError
from stationdesk.domain.words import CHINESE, speaking
from stationdesk.services import PROGRAM, Actor, Store, roster, shifts
from stationdesk.services.people import add_account, put_person, put_role
from stationdesk.services.roster import Change, RosterView, month_view, roster_view
from stationdesk.services.settings import set_rotation
from stationdesk.services.shifts import SignOn, desk_view
from stationdesk.storage import keys
from stationdesk.storage.roster import Roster, RosterLine
from stationdesk.storage.shifts import Shift
from stationdesk.storage.verify import verify
from tests.conftest_station import NIGHT, PASSWORD, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DEC_1 = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""00:00 of 1 December at the station."""
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Comparisons with rules of elsewhere are off."""
    with speaking(CHINESE):
        yield


def draft(store: Store, first: date = FIRST, last: date = LAST, how: str = "", at: datetime = NIGHT) -> int:
    return roster.draft_roster(store, actor(store, "chief"), first, last, how=how, at=at)


def publish(store: Store, roster_id: int, at: datetime = NIGHT, words: str = "已与本人商定") -> int:
    view = roster_view(store, roster_id, at)
    reasons = {each.breach.key: words for each in view.breaches}
    return roster.publish_roster(store, actor(store, "chief"), roster_id, PASSWORD, reasons, at=at)


def change(store: Store, roster_id: int, *cells: tuple[str, int, str], at: datetime = NIGHT) -> int:
    """Cells as (login, day of December, code)."""
    changes = [Change(actor(store, login).person_id, date(2026, 12, day), code) for login, day, code in cells]
    return roster.change_cells(store, actor(store, "chief"), roster_id, changes, at=at)


def codes(view: RosterView, name: str) -> str:
    row = next(each for each in view.rows if each.name == name)
    return "".join(cell.code or "." for cell in row.cells)


def test_a_draft_follows_the_rotation_crew_by_crew_and_the_office_week(station_store: Store) -> None:
    view = roster_view(station_store, draft(station_store), NIGHT)
    with station_store.read() as session:
        planned = shifts.planned_days(session, FIRST, LAST, NIGHT)
    for shift in planned:
        assert shift.crew is not None
        for person in shift.crew.members:
            row = next(each for each in view.rows if each.person_id == person)
            assert row.cells[(shift.day - FIRST).days].code == shift.kind
    assert (len(view.rows), view.draft, view.number, view.published_number) == (14, True, 1, 0)
    assert {tuple(set(counts)) for counts in view.cover.values()} == {(3,)}
    assert codes(view, "沈浩") == "OOOO..OOOOO..OOOOO..OOOOO..OOOO"
    assert view.breaches == ()
    assert [each.leads for each in view.rows][:4] == [True, False, False, True]


def test_figures_count_hours_nights_weekends_and_the_standard_of_the_month(station_store: Store) -> None:
    view = roster_view(station_store, draft(station_store), NIGHT)
    chief = next(each for each in view.rows if each.name == "沈浩").figures
    assert (chief.duties, chief.presence, chief.work, chief.standard) == (23, 23 * 540, 23 * 480, 23 * 480)
    lead = next(each for each in view.rows if each.name == "赵磊")
    own = codes(view, "赵磊")
    assert lead.figures.nights == own.count("N")
    assert lead.figures.presence == (31 - own.count(".")) * 480
    assert lead.figures.weekend_days == sum(own[n] != "." for n in range(31) if date(2026, 12, 1 + n).weekday() > 4)
    assert lead.fatigue_band in ("low", "middle", "high")


def test_cells_change_and_a_breach_shows_at_once_and_goes_with_undo(station_store: Store) -> None:
    roster_id = draft(station_store)
    before = codes(roster_view(station_store, roster_id, NIGHT), "王强")
    off = before.index("EE.") + 2
    assert change(station_store, roster_id, ("op-b2", off + 1, "N")) == 1
    view = roster_view(station_store, roster_id, NIGHT)
    assert [(each.person, each.breach.test, each.breach.value) for each in view.breaches] == [("王强", "run", 7), ("王强", "rest", 0)]
    assert (view.unanswered, view.can_undo, view.can_redo) == (2, True, False)
    chief = actor(station_store, "chief")
    roster.undo_change(station_store, chief, roster_id, at=NIGHT)
    assert codes(roster_view(station_store, roster_id, NIGHT), "王强") == before
    with pytest.raises(NothingToUndoError):
        roster.undo_change(station_store, chief, roster_id, at=NIGHT)
    roster.redo_change(station_store, chief, roster_id, at=NIGHT)
    assert len(roster_view(station_store, roster_id, NIGHT).breaches) == 2
    with pytest.raises(NothingToRedoError):
        roster.redo_change(station_store, chief, roster_id, at=NIGHT)


def test_a_new_change_after_undo_takes_the_place_of_what_was_taken_back(station_store: Store) -> None:
    roster_id, chief = draft(station_store), actor(station_store, "chief")
    start = codes(roster_view(station_store, roster_id, NIGHT), "沈浩")
    for day, code in ((1, "L"), (2, "L"), (3, "L")):
        change(station_store, roster_id, ("chief", day, code))
    for _n in range(2):
        roster.undo_change(station_store, chief, roster_id, at=NIGHT)
    change(station_store, roster_id, ("chief", 4, "B"))
    with pytest.raises(NothingToRedoError):
        roster.redo_change(station_store, chief, roster_id, at=NIGHT)
    roster.undo_change(station_store, chief, roster_id, at=NIGHT)
    roster.redo_change(station_store, chief, roster_id, at=NIGHT)
    assert codes(roster_view(station_store, roster_id, NIGHT), "沈浩") == "L" + start[1:3] + "B" + start[4:]
    for _n in range(2):
        roster.undo_change(station_store, chief, roster_id, at=NIGHT)
    assert codes(roster_view(station_store, roster_id, NIGHT), "沈浩") == start


def test_what_does_not_fit_a_draft_is_refused(station_store: Store) -> None:
    roster_id, chief = draft(station_store), actor(station_store, "chief")
    with pytest.raises(RosterKindError):
        change(station_store, roster_id, ("chief", 1, "Z"))
    with pytest.raises(RosterDayError):
        roster.change_cells(station_store, chief, roster_id, [Change(chief.person_id, date(2027, 1, 1), "")], at=NIGHT)
    with pytest.raises(RosterPersonError):
        roster.change_cells(station_store, chief, roster_id, [Change(999, FIRST, "")], at=NIGHT)
    for span in ((LAST, FIRST), (FIRST, date(2027, 12, 31))):
        with pytest.raises(RosterSpanError):
            draft(station_store, *span)
    roster.drop_draft(station_store, chief, roster_id, at=NIGHT)
    with pytest.raises(RosterDroppedError):
        change(station_store, roster_id, ("chief", 1, "L"))


def test_only_a_chief_drafts_and_publishes_the_desks_roster(station_store: Store) -> None:
    with pytest.raises(NotAllowedError):
        roster.draft_roster(station_store, actor(station_store, "lead-b"), FIRST, LAST, at=NIGHT)
    roster_id = draft(station_store)
    with pytest.raises(NotAllowedError):
        roster.publish_roster(station_store, actor(station_store, "lead-b"), roster_id, PASSWORD, at=NIGHT)
    with pytest.raises(WrongPasswordError):
        roster.publish_roster(station_store, actor(station_store, "chief"), roster_id, "wrong", at=NIGHT)
    sheet = roster.draft_roster(station_store, actor(station_store, "chief"), FIRST, FIRST, sheet="holiday", at=NIGHT)
    with pytest.raises(NotAllowedError):
        roster.publish_roster(station_store, actor(station_store, "chief"), sheet, PASSWORD, at=NIGHT)


def test_a_breach_never_stops_publishing_but_wants_its_reason(station_store: Store) -> None:
    roster_id, chief = draft(station_store), actor(station_store, "chief")
    change(station_store, roster_id, *[(login, 5, "") for login in ("lead-a", "op-a1", "op-a2", "lead-b", "op-b1", "op-b2")])
    found = roster_view(station_store, roster_id, NIGHT).breaches
    assert {each.breach.test for each in found} == {"cover"}
    with pytest.raises(BreachReasonError) as refused:
        roster.publish_roster(station_store, chief, roster_id, PASSWORD, at=NIGHT)
    assert refused.value.count == len(found)
    roster.give_reasons(station_store, chief, roster_id, [found[0].breach.key], "检修停气，当日无人值守", at=NIGHT)
    rest = {each.breach.key: "同上" for each in found[1:]}
    assert roster.publish_roster(station_store, chief, roster_id, PASSWORD, rest, at=NIGHT) == len(found)
    assert roster_view(station_store, roster_id, NIGHT).breaches[0].reason == "检修停气，当日无人值守"
    assert verify(station_store.path).clean


def test_a_published_roster_stays_signed_and_as_it_is(station_store: Store) -> None:
    roster_id = draft(station_store)
    publish(station_store, roster_id)
    with pytest.raises(RosterPublishedError):
        change(station_store, roster_id, ("chief", 1, "L"))
    with pytest.raises(RecordFrozenError), station_store.write(actor(station_store, "chief"), "change_roster", NIGHT) as session:
        session.get_one(RosterLine, 1).codes = ""
    with pytest.raises(RecordFrozenError), station_store.write(actor(station_store, "chief"), "change_roster", NIGHT) as session:
        session.get_one(Roster, roster_id).closed_at = None
    with station_store.read() as session:
        signed = roster.signature_of(session, roster_id)
        assert signed is not None
        assert signed.content == session.get_one(Roster, roster_id).content
    assert verify(station_store.path).clean
    (version,) = roster.versions(station_store, FIRST, LAST)
    assert (version.number, version.published_by, version.published_at, version.made_how) == (1, "沈浩", NIGHT, "pattern")


def test_the_next_version_begins_from_what_is_published_and_shows_what_it_changes(station_store: Store) -> None:
    first = draft(station_store)
    change(station_store, first, ("chief", 1, "L"))
    publish(station_store, first)
    second = draft(station_store)
    view = month_view(station_store, date(2026, 12, 9), NIGHT)
    assert (view.roster_id, view.number, view.draft, view.published_number, view.changed) == (second, 2, True, 1, 0)
    change(station_store, second, ("chief", 1, "O"), ("chief", 2, "L"))
    view = month_view(station_store, FIRST, NIGHT)
    cells = next(each for each in view.rows if each.name == "沈浩").cells
    assert (view.changed, [cell.before for cell in cells[:3]]) == (2, ["L", "O", None])


def test_until_a_roster_is_published_the_desk_goes_by_the_rotation_and_then_by_it(station_store: Store) -> None:
    with station_store.read() as session:
        by_rotation = shifts.planned(session, DEC_1)
    assert by_rotation is not None
    assert by_rotation.crew is not None
    roster_id = draft(station_store)
    leaving, coming = by_rotation.crew.members[1], actor(station_store, "safety").person_id
    chief = actor(station_store, "chief")
    swap = [Change(leaving, FIRST, ""), Change(coming, FIRST, by_rotation.kind)]
    roster.change_cells(station_store, chief, roster_id, swap, at=NIGHT)
    with station_store.read() as session:
        assert shifts.planned(session, DEC_1) == by_rotation, "a draft counts for nothing"
    publish(station_store, roster_id)
    with station_store.read() as session:
        planned = shifts.planned(session, DEC_1)
        november = shifts.planned(session, DEC_1 - MINUTE)
    assert planned is not None
    assert planned.crew is not None
    assert planned.crew.code == by_rotation.crew.code
    assert set(planned.crew.members) == set(by_rotation.crew.members) - {leaving} | {coming}
    assert planned.crew.leaders == by_rotation.crew.leaders
    assert (planned.kind, planned.starts_at, planned.ends_at) == (by_rotation.kind, by_rotation.starts_at, by_rotation.ends_at)
    assert november is not None
    assert november.day == date(2026, 11, 30)


def test_who_the_roster_plans_signs_on_without_a_reason_and_is_missed_until_then(station_store: Store) -> None:
    roster_id = draft(station_store, date(2026, 11, 21), date(2026, 11, 30))
    safety, chief = actor(station_store, "safety").person_id, actor(station_store, "chief")
    morning = next(each for each in roster_view(station_store, roster_id, NIGHT).rows if each.cells[0].code == "D")
    cells = [Change(morning.person_id, date(2026, 11, 21), ""), Change(safety, date(2026, 11, 21), "D")]
    roster.change_cells(station_store, chief, roster_id, cells, at=NIGHT)
    publish(station_store, roster_id)
    coming = desk_view(station_store, NIGHT).coming
    assert coming is not None
    assert "韩梅" in [each.name for each in coming.people]
    at = datetime(2026, 11, 20, 23, 50, tzinfo=UTC)
    shift_id = shifts.sign_on(station_store, actor(station_store, "safety"), safety, SignOn(), at=at)
    with station_store.read() as session:
        shift = session.get_one(Shift, shift_id)
        assert (shift.day, shift.kind) == (date(2026, 11, 21), "D")
        assert shift.crew_id is not None
        awaited = shifts.crew_of(session, shift, at)
    assert awaited is not None
    assert morning.person_id not in awaited.members


def test_a_month_without_roster_shows_what_the_rotation_would_plan_and_a_year_without_calendar_says_so(station_store: Store) -> None:
    view = month_view(station_store, date(2027, 1, 15), NIGHT)
    assert (view.roster_id, view.number, view.provisional) == (None, 0, (2027,))
    assert month_view(station_store, FIRST, NIGHT).provisional == ()
    checked = roster.check_days(station_store, FIRST, LAST, NIGHT)
    assert (checked.source, checked.breaches) == ("rotation", ())


def test_hours_of_the_quarter_carry_over_from_published_months(station_store: Store) -> None:
    for first, last in ((date(2026, 10, 1), date(2026, 10, 31)), (date(2026, 11, 1), date(2026, 11, 30))):
        roster_id = draft(station_store, first, last)
        publish(station_store, roster_id)
    view = roster_view(station_store, draft(station_store), NIGHT)
    assert view.quarter_standard == (18 + 21 + 23) * 8
    chief = next(each for each in view.rows if each.name == "沈浩")
    assert chief.year.duties == 18 + 21 + 23


def test_the_first_night_of_a_month_knows_the_last_evening_of_the_month_before(station_store: Store) -> None:
    november = draft(station_store, date(2026, 11, 1), date(2026, 11, 30))
    row = next(each for each in roster_view(station_store, november, NIGHT).rows if each.name == "韩梅")
    chief = actor(station_store, "chief")
    roster.change_cells(station_store, chief, november, [Change(row.person_id, date(2026, 11, 30), "E")], at=NIGHT)
    publish(station_store, november)
    december = draft(station_store)
    roster.change_cells(station_store, chief, december, [Change(row.person_id, FIRST, "N")], at=NIGHT)
    found = [each.breach for each in roster_view(station_store, december, NIGHT).breaches if each.breach.test == "rest"]
    assert [(each.first, each.last, each.value) for each in found] == [(date(2026, 11, 30), FIRST, 0)]


def test_the_office_drafts_the_holiday_sheet_and_a_superior_approves_it(station_store: Store) -> None:
    office, superior = (login_of(station_store, name, role) for name, role in (("苏晴", "office"), ("顾建国", "superior")))
    first, last = date(2027, 2, 5), date(2027, 2, 12)
    sheet = roster.draft_roster(station_store, office, first, last, sheet="holiday", at=NIGHT)
    safety = actor(station_store, "safety").person_id
    cells = [Change(actor(station_store, "chief").person_id, first, "L"), Change(safety, first, "B")]
    roster.change_cells(station_store, office, sheet, cells, at=NIGHT)
    with pytest.raises(NotAllowedError):
        roster.publish_roster(station_store, office, sheet, PASSWORD, at=NIGHT)
    roster.publish_roster(station_store, superior, sheet, PASSWORD, at=NIGHT)
    (version,) = roster.versions(station_store, first, last, "holiday")
    assert (version.made_by, version.published_by) == ("苏晴", "顾建国")
    with station_store.read() as session:
        assert shifts.published(session, first) is None, "the desk goes by its own sheet"
        held = shifts.published(session, first, "holiday")
        assert held is not None
        assert held.on(first, "B") == (safety,)
    assert verify(station_store.path).clean


def login_of(store: Store, name: str, role: str) -> Actor:
    """Somebody new with a login."""
    with store.write(PROGRAM, "init", NIGHT) as session:
        person = put_person(session, name, post=role)
        put_role(session, person.id, role, -1, NIGHT)
        add_account(session, person.id, role, keys.new(PASSWORD, person.id), PASSWORD, -1, NIGHT)
        return Actor(person.id, name)


def test_the_office_changes_sheets_of_its_own_and_not_the_desks(station_store: Store) -> None:
    office = login_of(station_store, "苏晴", "office")
    made = draft(station_store)
    with pytest.raises(NotAllowedError):
        roster.change_cells(station_store, office, made, [Change(actor(station_store, "chief").person_id, FIRST, "L")], at=NIGHT)


def test_a_kind_of_shift_of_ones_own_with_rest_inside_is_read_both_ways(station_store: Store) -> None:
    roster_id, chief = draft(station_store), actor(station_store, "chief")
    whole = ShiftKind("W", Name("全天班", "24 h duty"), 480, 480, standby=120, rest=360, desk=False)
    roster.add_kind(station_store, chief, roster_id, whole, at=NIGHT)
    with pytest.raises(KindCodeError):
        roster.add_kind(station_store, chief, roster_id, replace(whole, code="W,X"), at=NIGHT)
    change(station_store, roster_id, *[("safety", day, "W" if day % 2 else "") for day in range(1, 32)])
    view = roster_view(station_store, roster_id, NIGHT)
    row = next(each for each in view.rows if each.name == "韩梅")
    assert (row.figures.duties, row.figures.presence, row.figures.work) == (16, 16 * 1440, 16 * 960)
    law = replace(SETS["prc-comprehensive-month"], version="t")
    roster.set_roster_rules(station_store, chief, law, at=NIGHT)
    found = [each for each in roster_view(station_store, roster_id, NIGHT).breaches if each.breach.rules == law.code]
    assert [(each.breach.reading, each.breach.value) for each in found if each.breach.test == "hours"] == [
        ("work", (16 * 16 - 184) * 60),
        ("presence", (16 * 24 - 184) * 60),
    ]


def test_a_draft_left_behind_by_a_later_version_is_no_longer_the_months(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    left = roster.draft_roster(station_store, chief, FIRST, LAST, at=NIGHT)
    later = roster.draft_roster(station_store, chief, FIRST, LAST, at=NIGHT)
    assert month_view(station_store, FIRST, NIGHT).roster_id == later
    reasons = {each.breach.key: "按惯例" for each in month_view(station_store, FIRST, NIGHT).breaches}
    roster.publish_roster(station_store, chief, later, PASSWORD, reasons, at=NIGHT)
    assert month_view(station_store, FIRST, NIGHT).roster_id == later
    assert not any(roster.year_view(station_store, FIRST.year, NIGHT).drafted)
    roster.drop_draft(station_store, chief, left, at=NIGHT)


def test_after_another_rotation_nobody_misses_the_shifts_of_the_one_before(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    november = roster.draft_roster(station_store, chief, date(2026, 11, 1), date(2026, 11, 30), at=NIGHT)
    found = {each.breach.key: "按惯例" for each in month_view(station_store, date(2026, 11, 1), NIGHT).breaches}
    roster.publish_roster(station_store, chief, november, PASSWORD, found, at=NIGHT)
    set_rotation(station_store, chief, "24h-4", ("a", "b", "c", "d"), FIRST, at=NIGHT, valid_from=NIGHT + timedelta(days=2))
    roster.draft_roster(station_store, chief, FIRST, LAST, how="pattern", at=NIGHT + timedelta(days=3))
    view = month_view(station_store, FIRST, NIGHT + timedelta(days=3))
    assert [kind.code for kind in view.kinds if kind.desk] == ["S"]
    assert set(view.cover) == {"S"}
    assert "cover" not in {each.breach.test for each in view.breaches}
