"""The duty sheet of a holiday: drafted by the office, approved by a superior, or the roster's own people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from stationdesk.domain import words
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.roster.errors import RosterSpanError
from stationdesk.reports import holiday_duty
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Table
from stationdesk.reports.workbook import xlsx
from stationdesk.services import PROGRAM, Actor, Store, roster
from stationdesk.services.people import add_account, put_person, put_role
from stationdesk.services.roster.holiday import next_holiday
from stationdesk.services.roster.paper import NoSuchRosterError
from stationdesk.services.subjects import latest
from stationdesk.storage import keys
from tests.conftest_station import MADE, NIGHT, PASSWORD, actor
from tests.reports.test_roster import publish

FIRST, LAST = date(2027, 2, 5), date(2027, 2, 11)
SPAN = f"{FIRST}..{LAST}"


def printed(store: Store, subject: str, language: str = "zh_CN") -> str:
    return "\n".join(read_lines(make(holiday_duty.sheet(store, subject, language)).pdf))


def someone(store: Store, name: str, role: str) -> Actor:
    with store.write(PROGRAM, "init", MADE) as session:
        person = put_person(session, name, post=role)
        person.phone = "13800138000"
        put_role(session, person.id, role, -1, MADE)
        add_account(session, person.id, role, keys.new(PASSWORD, person.id), PASSWORD, -1, MADE)
        return Actor(person.id, name)


def drafted(store: Store, office: Actor) -> int:
    made = roster.draft_roster(store, office, FIRST, LAST, sheet="holiday", at=NIGHT)
    chief, safety = actor(store, "chief").person_id, actor(store, "safety").person_id
    changes = [roster.Change(chief, FIRST + timedelta(days=n), "L" if n % 2 == 0 else "B") for n in range(7)]
    changes += [roster.Change(safety, FIRST + timedelta(days=n), "B" if n % 2 == 0 else "L") for n in range(7)]
    roster.change_cells(store, office, made, changes, at=NIGHT)
    return made


def rows_of(store: Store, subject: str = SPAN) -> list[dict[str, object]]:
    sheet = holiday_duty.sheet(store, subject, "zh_CN")
    return [dict(row) for each in sheet.sections if isinstance(each, Table) for row in each.rows]


def test_spring_festival_is_drafted_by_the_office_and_approved_by_a_superior_only(station_store: Store) -> None:
    office, superior = someone(station_store, "苏晴", "office"), someone(station_store, "顾建国", "superior")
    made = drafted(station_store, office)
    assert holiday_duty.sheet(station_store, SPAN, "zh_CN").watermark == "草稿"
    assert "第 1 版草稿" in printed(station_store, SPAN)
    for who in (office, actor(station_store, "chief")):
        with pytest.raises(NotAllowedError):
            roster.publish_roster(station_store, who, made, PASSWORD, at=NIGHT)
    roster.publish_roster(station_store, superior, made, PASSWORD, at=NIGHT + timedelta(minutes=9))
    sheet, text = holiday_duty.sheet(station_store, SPAN, "zh_CN"), printed(station_store, SPAN)
    assert (sheet.watermark, bool(sheet.signed_by)) == ("", True)
    for word in (
        "节假日值班表",
        "春节",
        "2027-02-05 至 2027-02-11",
        "已批准第 1 版",
        "苏晴",
        "顾建国",
        "2026-11-21 06:51:00 口令",
        "带班领导",
        "备班",
    ):
        assert word in text, word
    rows = [row for row in rows_of(station_store) if row.get("date")]
    assert [row["leader"] for row in rows] == ["沈浩", "韩梅"] * 3 + ["沈浩"]
    assert [row["standby"] for row in rows] == ["韩梅", "沈浩"] * 3 + ["韩梅"]
    assert all(row["leader_phone"] for row in rows)
    english = printed(station_store, SPAN, "en")
    for word in ("Holiday duty sheet", "Spring Festival", "approved version 1", "Drafted by", "Night 00:00–08:00"):
        assert word in english, word


def test_where_none_was_made_the_rosters_own_people_stand_there(station_store: Store) -> None:
    with words.speaking("zh_CN"):
        made = roster.draft_roster(station_store, actor(station_store, "chief"), date(2027, 2, 1), date(2027, 2, 28), at=NIGHT)
    publish(station_store, made)
    text = printed(station_store, SPAN)
    assert "未拟制值班表" in text.replace("\n", "")
    assert holiday_duty.sheet(station_store, SPAN, "zh_CN").watermark == ""
    rows = rows_of(station_store)
    assert len(rows) == 21
    with words.speaking("zh_CN"):
        view = roster.month_view(station_store, FIRST, NIGHT)
    nights = {row.name for row in view.rows if row.cells[4].code == "N"}
    assert set(str(rows[0]["people"]).split("、")) == nights
    assert str(rows[0]["people"]).split("、")[0] in ("赵磊", "张伟", "刘洋", "黄勇")  # the leader first, whose telephone stands beside
    assert rows[0]["phone"]


def test_a_holiday_of_seven_days_is_one_page_and_a_workbook(station_store: Store) -> None:
    sheet = holiday_duty.sheet(station_store, "2026-10-01..2026-10-07", "zh_CN")
    assert make(sheet).pages == 1
    assert sheet.watermark == "草稿"  # by the rotation: nobody published anything
    book = load_workbook(BytesIO(xlsx(sheet)))
    cells = [cell.value for row in book.worksheets[1].iter_rows() for cell in row]
    assert "2026-10-01 星期四" in cells
    assert "国庆节" in cells
    assert "调休放假" in cells


def test_the_holiday_that_lasts_or_comes_next_is_meant(station_store: Store) -> None:
    assert latest(station_store, "holiday-duty", "span", NIGHT) == "2027-01-01..2027-01-03"
    assert next_holiday(station_store, datetime(2026, 10, 5, 3, tzinfo=UTC)) == (date(2026, 10, 1), date(2026, 10, 7))
    assert "放假安排未公布" in printed(station_store, "").replace("\n", "")


@pytest.mark.parametrize("subject", ["2026-13-01..2026-13-02", "spring"])
def test_a_span_that_is_none_is_refused(station_store: Store, subject: str) -> None:
    with pytest.raises(NoSuchRosterError):
        holiday_duty.sheet(station_store, subject, "zh_CN")
    with pytest.raises(RosterSpanError):
        holiday_duty.sheet(station_store, "2026-10-07..2026-10-01", "zh_CN")
