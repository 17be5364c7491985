"""A roster brought in from a workbook or CSV: read back to the letter, and every trouble named by its cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from stationdesk.domain.permissions import NotAllowedError
from stationdesk.domain.roster import days_of
from stationdesk.domain.roster.cell_errors import (
    RosterCellError,
    RosterDayTwiceError,
    RosterHeadError,
    RosterMergedError,
    RosterMonthError,
    RosterNameError,
    RosterNobodyError,
    RosterRefusedError,
    RosterRowTwiceError,
    RosterSameNameError,
)
from stationdesk.domain.setup.refusals import CellFormulaError
from stationdesk.domain.words import CHINESE, speaking
from stationdesk.reports import roster as sheets
from stationdesk.reports.workbook import xlsx
from stationdesk.services import PROGRAM, Store, roster
from stationdesk.services.people import put_person, put_role
from stationdesk.services.roster import roster_view
from stationdesk.services.roster.bring import RosterFileError
from tests.conftest_station import MADE, NIGHT, actor

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
Rows = list[list[object]]


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with speaking(CHINESE):
        yield


def cells_of(store: Store, roster_id: int) -> dict[str, list[str]]:
    return {row.name: [cell.code for cell in row.cells] for row in roster_view(store, roster_id, NIGHT).rows}


def bring(store: Store, file: Path, month: date = FIRST, *, dry_run: bool = False) -> roster.BroughtIn:
    return roster.import_roster(store, actor(store, "chief"), file, month, at=NIGHT, dry_run=dry_run)


def book(folder: Path, rows: Rows, *, title: str = "Sheet", merge: str = "") -> Path:
    made = Workbook()
    page = made.active
    assert page is not None
    page.title = title
    for row in rows:
        page.append(row)
    if merge:
        page.merge_cells(merge)
    made.save(folder / "r.xlsx")
    return folder / "r.xlsx"


def plain_rows() -> Rows:
    """A table as a station keeps it: title, numbers of days, two people."""
    return [
        ["2026年12月排班表"],
        ["班组", "姓名", *range(1, 32)],
        ["甲班", "赵磊", "早", "早班", "D", "", "休", *[""] * 26],
        ["甲班", "孙 莉", "Ｎ", "夜", "Night", None, "病假", *[""] * 26],
        ["审核：", ""],
    ]


def refused(store: Store, file: Path, month: date = FIRST) -> list[tuple[str, type]]:
    before = roster.versions(store, FIRST, LAST)
    with pytest.raises(RosterRefusedError) as caught:
        bring(store, file, month)
    assert roster.versions(store, FIRST, LAST) == before
    return [(each.cell, type(each.error)) for each in caught.value.refused]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("crowded", [False, True])
def test_the_workbook_of_the_sheet_is_read_back_to_the_letter(station_store: Store, tmp_path: Path, language: str, crowded: bool) -> None:
    chief = actor(station_store, "chief")
    if crowded:  # a second 赵磊, told apart by the staff number
        with station_store.write(PROGRAM, "init", MADE) as session:
            double = put_person(session, "赵磊", number="Q900", post="operator")
            put_role(session, double.id, "operator", -1, MADE)
    made = roster.draft_roster(station_store, chief, FIRST, LAST, at=NIGHT)
    change = roster.Change(actor(station_store, "safety").person_id, FIRST + timedelta(days=4), "B")
    roster.change_cells(station_store, chief, made, [change], at=NIGHT)
    file = tmp_path / "r.xlsx"
    file.write_bytes(xlsx(sheets.sheet(station_store, f"roster:{made}", language)))
    found = bring(station_store, file)
    assert found.roster_id is not None
    before, after = (roster_view(station_store, number, NIGHT) for number in (made, found.roster_id))
    assert [[cell.code for cell in row.cells] for row in after.rows] == [[cell.code for cell in row.cells] for row in before.rows]
    assert (found.people, found.days, found.missing) == (len(before.rows), 31, ())
    newest = roster.versions(station_store, FIRST, LAST)[0]
    assert (newest.made_how, newest.number, newest.published_at) == ("import", 2, None)


def test_letters_names_and_full_width_are_understood_and_who_is_missing_is_said(station_store: Store, tmp_path: Path) -> None:
    found = bring(station_store, book(tmp_path, plain_rows(), merge="A1:AG1"))
    assert found.roster_id is not None
    cells = cells_of(station_store, found.roster_id)
    assert cells["赵磊"][:6] == ["D", "D", "D", "", "", ""]
    assert cells["孙莉"][:6] == ["N", "N", "N", "", "", ""]
    assert not any(cells["张伟"])
    assert (found.people, found.duties) == (2, 6)
    assert "张伟" in found.missing
    assert len(found.missing) == 12


def test_a_trial_writes_nothing(station_store: Store, tmp_path: Path) -> None:
    found = bring(station_store, book(tmp_path, plain_rows()), dry_run=True)
    assert (found.roster_id, found.people) == (None, 2)
    assert roster.versions(station_store, FIRST, LAST) == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("apart", [",", ";", "\t"])
def test_csv_in_the_encodings_of_excel(station_store: Store, tmp_path: Path, encoding: str, apart: str) -> None:
    file = tmp_path / "r.csv"
    lines = [["姓名", "12-01", "12-02", "12-03"], ["赵磊", "夜", "夜", "休"], ["Q101", "中班", "", "E"]]
    file.write_text("\n".join(apart.join(line) for line in lines), encoding)
    found = bring(station_store, file)
    assert found.roster_id is not None
    assert cells_of(station_store, found.roster_id)["赵磊"][:3] == ["N", "N", ""]
    assert (found.people, found.days, found.duties) == (2, 3, 4)


def test_dates_as_excel_keeps_them(station_store: Store, tmp_path: Path) -> None:
    days: list[object] = [datetime(day.year, day.month, day.day) for day in days_of(FIRST, LAST)]  # noqa: DTZ001 - as openpyxl writes them
    assert bring(station_store, book(tmp_path, [["姓名", *days], ["赵磊", *["夜"] * 31]])).duties == 31


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ((3, 3, "大夜"), [("D4", RosterCellError)]),
        ((3, 3, "=C4"), [("D4", CellFormulaError)]),
        ((3, 1, "王小明"), [("B4", RosterNameError)]),
        ((3, 1, "赵磊"), [("B4", RosterRowTwiceError)]),
        ((1, 4, 2), [("E2", RosterDayTwiceError)]),
        ((0, 0, "2026年11月排班表"), [("A1", RosterMonthError)]),
        ((1, 2, "11-01"), [("C2", RosterMonthError)]),
    ],
)
def test_each_trouble_names_its_cell_and_nothing_is_taken(
    station_store: Store, tmp_path: Path, change: tuple[int, int, object], wanted: list[tuple[str, type]]
) -> None:
    rows = plain_rows()
    row, column, value = change
    rows[row][column] = value
    assert refused(station_store, book(tmp_path, rows)) == wanted


def test_all_troubles_are_named_at_once(station_store: Store, tmp_path: Path) -> None:
    rows = plain_rows()
    rows[2][2], rows[3][3] = "X", "#"
    assert [cell for cell, _kind in refused(station_store, book(tmp_path, rows))] == ["C3", "D4"]


def test_merged_days_are_refused_for_they_hide_which_day_is_meant(station_store: Store, tmp_path: Path) -> None:
    found = refused(station_store, book(tmp_path, plain_rows(), merge="C3:D3"))
    assert found == [("C3", RosterMergedError), ("D3", RosterMergedError)]
    assert refused(station_store, book(tmp_path, plain_rows(), merge="B3:B4"))[0] == ("B3", RosterMergedError)


def test_a_merged_crew_beside_the_names_is_as_people_write_it(station_store: Store, tmp_path: Path) -> None:
    assert bring(station_store, book(tmp_path, plain_rows(), merge="A3:A4")).people == 2


def test_two_of_one_name_take_the_staff_number(station_store: Store, tmp_path: Path) -> None:
    with station_store.write(PROGRAM, "init", MADE) as session:
        put_role(session, put_person(session, "赵磊", number="Q900", post="operator").id, "operator", -1, MADE)
    assert refused(station_store, book(tmp_path, plain_rows())) == [("B3", RosterSameNameError)]
    rows = plain_rows()
    rows[2][1] = "赵磊（Q900）"
    assert bring(station_store, book(tmp_path, rows)).people == 2


def test_a_month_with_fewer_days_refuses_the_31st(station_store: Store, tmp_path: Path) -> None:
    rows = plain_rows()
    rows[0][0] = "排班表"
    assert refused(station_store, book(tmp_path, rows), date(2026, 11, 1)) == [("AG2", RosterMonthError)]


def test_the_page_of_the_month_is_taken_from_a_book_of_a_year(station_store: Store, tmp_path: Path) -> None:
    made = Workbook()
    for title, letter in (("2026-11", "中"), ("2026-12", "夜")):
        page = made.create_sheet(title)
        page.append(["姓名", *range(1, 31)])
        page.append(["赵磊", *[letter] * 30])
    made.save(tmp_path / "y.xlsx")
    found = bring(station_store, tmp_path / "y.xlsx")
    assert found.roster_id is not None
    assert set(cells_of(station_store, found.roster_id)["赵磊"][:30]) == {"N"}


def test_files_that_are_no_roster(station_store: Store, tmp_path: Path) -> None:
    assert refused(station_store, book(tmp_path, [["姓名", "电话"], ["赵磊", "8012"]])) == [("A1", RosterHeadError)]
    assert refused(station_store, book(tmp_path, [["姓名", 1, 2, 3, 4]])) == [("A1", RosterNobodyError)]
    (tmp_path / "x.xlsx").write_bytes(b"PK no book")
    (tmp_path / "x.csv").write_bytes(b"\x00\x01\x02\xff" * 9)
    for name in ("x.xlsx", "x.csv"):
        with pytest.raises(RosterFileError):
            bring(station_store, tmp_path / name)


def test_it_is_for_chiefs(station_store: Store, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        roster.import_roster(station_store, actor(station_store, "op-a1"), book(tmp_path, plain_rows()), FIRST, at=NIGHT)
