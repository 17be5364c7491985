"""One person's month on paper and as a calendar that replaces the one before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from stationdesk.domain import words
from stationdesk.reports import roster_person
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.services import Actor, Store, roster
from stationdesk.services.roster.paper import NoSuchRosterError
from stationdesk.services.roster.person import person_month
from stationdesk.services.roster.publish import HOLIDAY
from stationdesk.services.subjects import items
from tests.conftest_station import NIGHT, PASSWORD, ZONE, actor, make_station
from tests.reports.test_roster import FIRST, draft, publish
from tests.services.roster.test_drafts import login_of


def events(store: Store, subject: str, language: str = "zh_CN") -> dict[str, Any]:
    made = Calendar.from_ical(roster_person.calendar(store, subject, language))
    return {str(each["uid"]): each for each in made.walk("VEVENT")}


def mine(store: Store, login: str = "op-b2") -> str:
    return f"{actor(store, login).person_id}@2026-12"


def test_the_sheet_has_each_day_with_its_time_and_who_is_beside(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    made = make(roster_person.sheet(station_store, mine(station_store), "zh_CN"))
    text = "\n".join(read_lines(made.pdf))
    for word in ("个人排班", "王强 Q", "乙班", "已发布第 1 版", "2026-12-31", "星期四", "08:00–16:00", "张伟、李娜", "本人签收", "沈浩"):
        assert word in text, word
    assert made.pages == 1
    english = "\n".join(read_lines(make(roster_person.sheet(station_store, mine(station_store), "en")).pdf))
    for word in ("Personal roster", "Crew B", "184 h", "Night", "off"):
        assert word in english, word


def test_events_are_the_shifts_with_aware_times(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    found = events(station_store, mine(station_store))
    days = [each for each in person_month(station_store, mine(station_store), NIGHT).days if each.span]
    assert len(found) == len(days)
    for day, event in zip(days, sorted(found.values(), key=lambda each: each["dtstart"].dt), strict=True):
        assert day.span is not None
        assert (event["dtstart"].dt.astimezone(UTC), event["dtend"].dt.astimezone(UTC)) == (day.span.start, day.span.end)
        assert event["dtstart"].dt.utcoffset() == timedelta(hours=8)
        assert str(event["status"]) == "CONFIRMED"
    nights = [each for each in found.values() if str(each["summary"]) == "夜班"]
    assert {each["dtstart"].dt.astimezone(ZONE).hour for each in nights} == {0}


def test_a_later_file_replaces_the_events_and_takes_back_what_was_swapped_away(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    before = events(station_store, mine(station_store))
    one, other, chief = actor(station_store, "op-b2"), actor(station_store, "op-c2"), actor(station_store, "chief")
    with words.speaking("zh_CN"):
        rows = {row.name: row.cells for row in roster.month_view(station_store, FIRST, NIGHT).rows}
    n = next(n for n in range(31) if rows["王强"][n].code and not rows["高峰"][n].code)
    day, at = FIRST + timedelta(days=n), NIGHT + timedelta(hours=1)
    asked = roster.Asked(one.person_id, day, rows["王强"][n].code, other.person_id)
    swap = roster.ask_swap(station_store, one, asked, at=at)
    roster.agree_swap(station_store, other, swap, at=at)
    roster.decide_swap(station_store, chief, swap, approve=True, words="同意", at=at)
    after = events(station_store, mine(station_store))
    assert after.keys() == before.keys()
    gone = [each for each in after.values() if str(each["status"]) == "CANCELLED"]
    assert [each["dtstart"].dt.date() for each in gone] == [day]
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)
    assert len(events(station_store, mine(station_store, "op-c2"))) == sum(bool(cell.code) for cell in rows["高峰"]) + 1


def test_a_draft_is_tentative(station_store: Store) -> None:
    draft(station_store)
    found = events(station_store, mine(station_store), "en")
    assert {str(each["status"]) for each in found.values()} == {"TENTATIVE"}
    assert "Morning (draft)" in {str(each["summary"]) for each in found.values()}
    assert roster_person.sheet(station_store, mine(station_store), "en").watermark == "Draft"


def test_events_of_two_stations_never_share_a_name(station_store: Store, tmp_path: Path) -> None:
    store = make_station(tmp_path / "other.db", crews=3)
    assert events(store, mine(store)).keys().isdisjoint(events(station_store, mine(station_store)))
    store.close()


def test_people_are_chosen_by_month(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    found = items(station_store, "roster-person", NIGHT)
    assert {each.code.partition("@")[2] for each in found} == {"2026-12", "2026-11"}
    assert found[0].name.zh == "2026-12 赵磊"


@pytest.mark.parametrize("subject", ["0@2026-12", "x", "5@2026-13", "5@"])
def test_nobody_has_no_roster(station_store: Store, subject: str) -> None:
    with pytest.raises(NoSuchRosterError):
        roster_person.sheet(station_store, subject, "zh_CN")


def test_a_holiday_is_named(station_store: Store) -> None:
    text = "\n".join(read_lines(make(roster_person.sheet(station_store, mine(station_store).replace("2026-12", "2026-10"), "zh_CN")).pdf))
    assert "国庆节" in text
    assert date(2026, 10, 1).isoformat() in text


def test_approved_leave_is_an_event_of_whole_days_the_same_in_both_months(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    chief, who = actor(station_store, "chief"), actor(station_store, "op-b2")
    first, last = date(2026, 12, 29), date(2027, 1, 3)
    roster.record_leave(station_store, chief, who.person_id, first, last, "annual", "探亲", at=NIGHT + timedelta(hours=1))
    asked = roster.ask_leave(station_store, who, date(2026, 12, 5), date(2026, 12, 6), "personal", at=NIGHT)
    found = events(station_store, mine(station_store))
    (leave,) = [each for each in found.values() if str(each["uid"]).startswith("leave-")]
    assert (leave["dtstart"].dt, leave["dtend"].dt, str(leave["summary"])) == (first, last + timedelta(days=1), "年休假")
    assert str(leave["transp"]) == "TRANSPARENT"
    assert str(leave["uid"]) in events(station_store, mine(station_store).replace("2026-12", "2027-01"))
    gone = {each["dtstart"].dt.date() for each in found.values() if str(each["status"]) == "CANCELLED"}
    assert gone
    assert all(first <= day <= last for day in gone)  # the shifts of the leave leave the telephone
    roster.decide_leave(station_store, chief, asked, approve=True, at=NIGHT)
    later = events(station_store, mine(station_store))
    assert sum(str(each["uid"]).startswith("leave-") for each in later.values()) == 2
    assert later.keys() > found.keys()
    assert all(later[uid]["sequence"] > found[uid]["sequence"] for uid in found)


def test_standby_does_not_block_the_day_and_the_holidays_sheet_is_in_it(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    person, day = actor(station_store, "op-b2").person_id, date(2026, 12, 31)
    superior = login_of(station_store, "顾建国", "superior")
    before = events(station_store, mine(station_store))
    first = holiday_sheet(station_store, superior, {(person, day): "B", (person, day - timedelta(days=1)): "L"}, NIGHT + timedelta(hours=1))
    found = events(station_store, mine(station_store))
    added = {uid: each for uid, each in found.items() if uid not in before}
    assert {(each["dtstart"].dt.day, str(each["summary"]), str(each.get("transp", ""))) for each in added.values()} == {
        (31, "备班", "TRANSPARENT"),
        (30, "带班", ""),
    }
    assert "location" not in next(each for each in added.values() if str(each["summary"]) == "备班")
    text = "\n".join(read_lines(make(roster_person.sheet(station_store, mine(station_store), "zh_CN")).pdf))
    assert "带班 08:00–17:00" in text
    assert (
        holiday_sheet(station_store, superior, {(person, day): "", (person, day - timedelta(days=1)): "L"}, NIGHT + timedelta(hours=2))
        > first
    )
    after = events(station_store, mine(station_store))
    assert after.keys() == found.keys()
    assert {each["dtstart"].dt.day for uid, each in after.items() if uid in added and str(each["status"]) == "CANCELLED"} == {31}


def holiday_sheet(store: Store, superior: Actor, cells: dict[tuple[int, date], str], at: datetime) -> int:
    """December's duty sheet of the holidays, approved by a superior."""
    made = roster.draft_roster(store, actor(store, "chief"), FIRST, date(2026, 12, 31), sheet=HOLIDAY, at=at)
    changes = [roster.Change(person, day, code) for (person, day), code in cells.items()]
    roster.change_cells(store, actor(store, "chief"), made, changes, at=at)
    roster.publish_roster(store, superior, made, PASSWORD, at=at)
    return made
