"""The month's roster on paper and in a workbook, read back from the files."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from openpyxl import load_workbook

from stationdesk.domain import words
from stationdesk.domain.names import Name
from stationdesk.domain.permissions import Role
from stationdesk.domain.roster import DayKind
from stationdesk.reports import roster as sheets
from stationdesk.reports.breaking import Run
from stationdesk.reports.lines import read_lines
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Grid, Table
from stationdesk.reports.workbook import xlsx
from stationdesk.services import PROGRAM, Store, roster
from stationdesk.services.people import put_in_crew, put_person, put_role
from stationdesk.services.roster.paper import NoSuchRosterError
from stationdesk.services.subjects import latest
from tests.conftest_station import MADE, NIGHT, PASSWORD, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
REASON = "人员紧张，春节前补齐"


def draft(store: Store, first: date = FIRST, last: date = LAST) -> int:
    return roster.draft_roster(store, actor(store, "chief"), first, last, at=NIGHT)


def with_short_rest(store: Store, made: int) -> date:
    """李娜 has a night right after her first evening; the day of the evening."""
    with words.speaking("zh_CN"):
        row = next(each for each in roster.roster_view(store, made, NIGHT).rows if each.name == "李娜")
    evening = next(n for n, cell in enumerate(row.cells[:-1]) if cell.code == "E" and not row.cells[n + 1].code)
    day = FIRST + timedelta(days=evening)
    change = roster.Change(row.person_id, day + timedelta(days=1), "N")
    roster.change_cells(store, actor(store, "chief"), made, [change], at=NIGHT)
    return day


def publish(store: Store, made: int) -> None:
    with words.speaking("zh_CN"):
        reasons = {each.breach.key: REASON for each in roster.roster_view(store, made, NIGHT).breaches}
    roster.publish_roster(store, actor(store, "chief"), made, PASSWORD, reasons, at=NIGHT + timedelta(minutes=5))


def printed(store: Store, subject: str, language: str) -> str:
    made = make(sheets.sheet(store, subject, language))
    lines = read_lines(made.pdf)
    assert tuple(lines) == made.lines
    assert made.missing == ()
    return "\n".join(lines)


def grid_of(store: Store, subject: str = "2026-12") -> Grid:
    return next(each for each in sheets.sheet(store, subject, "zh_CN").sections if isinstance(each, Grid))


def test_published_month_names_breach_reason_approver_and_signature(station_store: Store) -> None:
    made = draft(station_store)
    day = with_short_rest(station_store, made)
    publish(station_store, made)
    sheet = sheets.sheet(station_store, "", "zh_CN")
    text = printed(station_store, "", "zh_CN")
    assert sheet.watermark == ""
    assert sheet.signed_by
    for word in (
        "排班表",
        "PB-202612-1",
        "已发布第 1 版",
        "23 个工作日，184 h",
        "李娜",
        "班间休息",
        REASON,
        "沈浩",
        "2026-11-21 06:47:00 口令",
    ):
        assert word in text, word
    grid = grid_of(station_store)
    row = next(n for n, each in enumerate(grid.rows) if each["name"] == "李娜")
    assert (row, day.isoformat()) in grid.boxed
    assert (row, (day + timedelta(days=1)).isoformat()) in grid.boxed
    english = printed(station_store, "2026-12", "en")
    for word in ("Duty roster", "published version 1", "2 breaches of the rules in force", "N Night 00:00–08:00", "boxed: breaks a rule"):
        assert word in english, word


def test_cells_hours_nights_and_cover_are_those_of_the_roster(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    with words.speaking("zh_CN"):
        view = roster.month_view(station_store, FIRST, NIGHT)
    grid = grid_of(station_store)
    letters = {"N": "夜", "D": "早", "E": "中", "O": "白", "": ""}
    for row, line in zip(view.rows, grid.rows, strict=True):
        assert [letters[cell.code] for cell in row.cells] == [line[each.day.isoformat()] for each in view.days]
        assert (line["presence"], line["nights"]) == (row.figures.presence // 60, row.figures.nights)
    assert [each["name"] for each in grid.foot] == ["夜班", "早班", "中班"]
    assert {each[day.day.isoformat()] for each in grid.foot for day in view.days} == {"3"}
    rest = {each.day.isoformat() for each in view.days if each.kind == DayKind.REST}
    assert grid.shaded == rest


def test_a_draft_says_so_and_leaves_room_for_ink(station_store: Store) -> None:
    assert "按倒班方式，未编排" in printed(station_store, "2026-12", "zh_CN")
    made = draft(station_store)
    for subject in ("2026-12", f"roster:{made}"):
        sheet = sheets.sheet(station_store, subject, "zh_CN")
        assert sheet.watermark == "草稿"
        assert sheet.signed_by == ""
        assert "第 1 版草稿" in printed(station_store, subject, "zh_CN")


def test_what_is_in_force_is_printed_day_by_day_with_both_signatures(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    publish(station_store, draft(station_store, date(2026, 12, 20), LAST))
    text = printed(station_store, "2026-12", "zh_CN")
    assert "第 1 版，12-01 至 12-19" in text
    assert "第 2 版，12-20 至 12-31" in text


def test_swaps_and_leave_since_publication_stand_in_cells_and_words(station_store: Store) -> None:
    publish(station_store, draft(station_store))
    grid = grid_of(station_store)
    giver, taker = (next(each for each in grid.rows if each["name"] == name) for name in ("王强", "高峰"))
    day = next(key for key in sorted(grid.narrow) if giver[key] and not taker[key])
    kind = {"夜": "N", "早": "D", "中": "E"}[str(giver[day])]
    one, other, chief = actor(station_store, "op-b2"), actor(station_store, "op-c2"), actor(station_store, "chief")
    at = NIGHT + timedelta(hours=1)
    swap = roster.ask_swap(station_store, one, roster.Asked(one.person_id, date.fromisoformat(day), kind, other.person_id), at=at)
    roster.agree_swap(station_store, other, swap, at=at)
    roster.decide_swap(station_store, chief, swap, approve=True, words="同意", at=at)
    roster.record_leave(station_store, chief, one.person_id, date(2026, 12, 24), date(2026, 12, 25), "annual", "回家", at=at)
    after = grid_of(station_store)
    mine = next(each for each in after.rows if each["name"] == "王强")
    assert (mine[day], next(each for each in after.rows if each["name"] == "高峰")[day]) == ("", giver[day])
    assert mine["2026-12-24"] == Run("假", grey=True)
    text = printed(station_store, "2026-12", "zh_CN")
    for word in ("发布后的变动", "王强 → 高峰", "沈浩：同意", "年休假", "12-24 – 12-25"):
        assert word in text, word


def test_holidays_and_make_up_days_carry_a_mark_beside_the_shade(station_store: Store) -> None:
    chief = actor(station_store, "chief")
    roster.set_calendar_day(station_store, chief, date(2026, 12, 12), DayKind.MAKE_UP, Name(""), at=NIGHT)
    roster.set_calendar_day(station_store, chief, date(2026, 12, 14), DayKind.STATUTORY, Name("站庆", "Founding day"), at=NIGHT)
    grid = grid_of(station_store)
    marks = {column.key: column.limit for column in grid.columns if column.limit}
    assert marks == {"2026-12-12": "班", "2026-12-14": "节"}
    assert "2026-12-12" not in grid.shaded
    assert "2026-12-14" in grid.shaded


def test_thirty_people_and_thirty_one_days_stand_on_one_page_and_more_repeat_the_head(station_store: Store) -> None:
    crowd(station_store, 16)
    made = make(sheets.sheet(station_store, "2026-12", "en"))
    first = pypdf.PdfReader(BytesIO(made.pdf)).pages[0].extract_text()
    assert "Evening" in first
    assert "shaded: rest day" in first
    assert made.pages == 1
    crowd(station_store, 40)
    made = make(sheets.sheet(station_store, "2026-12", "en"))
    pages = pypdf.PdfReader(BytesIO(made.pdf)).pages
    assert made.pages >= 2
    assert all("Crew" in page.extract_text() and "31" in page.extract_text() for page in list(pages)[:2])


def crowd(store: Store, count: int) -> None:
    with store.write(PROGRAM, "init", MADE) as session:
        for n in range(count):
            person = put_person(session, f"何{count}{n}", post="operator")
            put_role(session, person.id, Role.OPERATOR, -1, MADE)
            put_in_crew(session, person.id, "abcd"[n % 4], MADE)


def test_only_the_fonts_of_the_program_are_in_the_file(station_store: Store) -> None:
    reader = pypdf.PdfReader(BytesIO(make(sheets.sheet(station_store, "2026-12", "zh_CN")).pdf))
    fonts = {str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert fonts
    assert all("StationDeskSansSC" in each or "NotoSansSC" in each for each in fonts), fonts


def test_the_workbook_has_the_grid_the_cover_and_the_breaches(station_store: Store) -> None:
    made = draft(station_store)
    with_short_rest(station_store, made)
    publish(station_store, made)
    book = load_workbook(BytesIO(xlsx(sheets.sheet(station_store, "2026-12", "zh_CN"))))
    page = book["排班表 2026-12"]
    head = [cell.value for cell in page[1]]
    assert head[:4] == ["班组", "姓名", "12-01 星期二", "12-02 星期三"]
    names = [row[1].value for row in page.iter_rows(min_row=2)]
    assert names == [*(each["name"] for each in grid_of(station_store).rows), None]  # the legend follows, beside the names
    assert page.cell(2, 3).value == "夜"
    assert book["在岗人数"].cell(2, 2).value == "夜班"
    assert any(REASON in str(cell.value) for row in book["违反现行规则 2 处"].iter_rows() for cell in row)


@pytest.mark.parametrize("subject", ["2026-13", "gestern", "roster:99", "roster:x"])
def test_a_roster_there_is_not_is_refused(station_store: Store, subject: str) -> None:
    with pytest.raises(NoSuchRosterError):
        sheets.sheet(station_store, subject, "zh_CN")


def test_the_latest_is_the_month_published_last(station_store: Store) -> None:
    assert latest(station_store, "roster-month", "month", NIGHT) == "2026-11"
    publish(station_store, draft(station_store))
    assert latest(station_store, "roster-month", "month", NIGHT) == "2026-12"


def test_a_roster_of_a_quarter_is_a_grid_a_month(station_store: Store) -> None:
    made = draft(station_store, date(2026, 12, 1), date(2027, 2, 28))
    sheet = sheets.sheet(station_store, f"roster:{made}", "zh_CN")
    assert [len(each.narrow) for each in sheet.sections if isinstance(each, Grid)] == [31, 31, 28]
    assert "放假安排未公布" in printed(station_store, f"roster:{made}", "zh_CN").replace("\n", "")
    keys = [each.key for each in sheet.sections if isinstance(each, Table)]
    assert len(keys) == len(set(keys))
