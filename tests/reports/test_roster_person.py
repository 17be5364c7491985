"""One person's month on paper and as a calendar that replaces the one before."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from stationdesk.domain import words
from stationdesk.reports import roster_person
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.services import Store, roster
from stationdesk.services.roster.paper import NoSuchRosterError
from stationdesk.services.roster.person import person_month
from stationdesk.services.subjects import items
from tests.conftest_station import NIGHT, ZONE, actor, make_station
from tests.reports.test_roster import FIRST, draft, publish


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
