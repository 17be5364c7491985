"""A month's roster from a file, on the page: tried with every refused cell named, taken as a draft, taken back by one key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stationdesk.domain.permissions import NotAllowedError
from stationdesk.reports import roster as sheets
from stationdesk.reports.workbook import xlsx
from stationdesk.services import Actor, Store
from stationdesk.services import roster as use
from stationdesk.services.roster import versions
from stationdesk.ui.roster.bringing import BringDialog
from stationdesk.ui.roster.deeds import BRING
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.widgets.notice import Notice
from tests.conftest_station import NIGHT, actor
from tests.ui.roster.desk import FIRST, LAST, dialog, press, settle

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def file(station_store: Store, tmp_path: Path) -> Path:
    """December as its sheet writes it, the first person off on the first three days."""
    made = use.draft_roster(station_store, actor(station_store, "chief"), FIRST, LAST, at=NIGHT)
    path = tmp_path / "12.xlsx"
    path.write_bytes(xlsx(sheets.sheet(station_store, f"roster:{made}", "zh_CN")))
    use.drop_draft(station_store, actor(station_store, "chief"), made, at=NIGHT)
    book = load_workbook(path)
    for cell in first_days_in(book):
        cell.value = None
    book.save(path)
    return path


def first_days_in(book: Workbook) -> list[Cell]:
    """The first three days of the first person of the table."""
    page, head = next((page, cell) for page in book.worksheets for line in page.iter_rows() for cell in line if said(cell) == "12-01")
    row = next(cell.row for line in page.iter_rows(min_row=head.row + 1) for cell in line if said(cell).startswith("赵磊"))
    return [page.cell(row, head.column + n) for n in range(3)]


def said(cell: Cell) -> str:
    return str(cell.value or "")[:5]


def opened(page: RosterPage) -> BringDialog:
    press(page, KEY.Key_I)
    found = dialog(BringDialog)
    assert isinstance(found, BringDialog)
    return found


def first_days(page: RosterPage) -> list[str]:
    person = page.model.rows[0].person_id
    return [page.model.cell(person, FIRST.replace(day=n)) for n in (1, 2, 3)]


def test_a_file_is_tried_taken_as_a_draft_and_taken_back(page: RosterPage, station_store: Store, file: Path) -> None:
    page.runner.poll()
    settle(page)
    told: list[Notice] = []
    page.tell.connect(told.append)
    before = first_days(page)
    worked = sum(code != "" for code in before)
    asked = opened(page)
    assert not asked.yes.isEnabled()
    asked.try_file(file)
    settle(page)
    assert not [each for each in versions(station_store, FIRST, LAST) if not each.dropped]
    assert f"{worked} cells differ" in asked.found.text()
    asked.yes.click()
    settle(page)
    newest = versions(station_store, FIRST, LAST)[0]
    assert (newest.made_how, newest.dropped) == ("import", False)
    assert first_days(page) == ["", "", ""]
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    page.take_focus()
    press(page, KEY.Key_Z, CONTROL)
    assert first_days(page) == before
    press(page, KEY.Key_Y, CONTROL)
    assert first_days(page) == ["", "", ""]
    assert told[-1].take is not None
    told[-1].take()
    settle(page)
    assert first_days(page) == before


def test_every_refused_cell_is_named_and_nothing_is_taken(page: RosterPage, station_store: Store, file: Path) -> None:
    book = load_workbook(file)
    cells = first_days_in(book)[:2]
    for cell in cells:
        cell.value = "啥"
    book.save(file)
    asked = opened(page)
    asked.try_file(file)
    settle(page)
    assert [each.cell for each in asked.refused.rows()] == [cell.coordinate for cell in cells]
    assert "啥" in asked.whole.text()
    assert not asked.yes.isEnabled()
    asked.close_it()
    assert all(each.dropped for each in versions(station_store, FIRST, LAST))


def test_what_is_no_table_says_so(page: RosterPage, tmp_path: Path) -> None:
    asked = opened(page)
    asked.try_file(tmp_path / "gone.xlsx")
    settle(page)
    assert "gone.xlsx" in asked.found.text()
    assert not asked.yes.isEnabled()


def test_a_draft_typed_in_before_comes_back_whole(page: RosterPage, station_store: Store, file: Path) -> None:
    page.runner.poll()
    settle(page)
    press(page, KEY.Key_N)
    page.grid.people.go_to(1, 0)
    press(page, KEY.Key_3)
    typed = {(each.person_id, n): cell.code for each in page.model.rows for n, cell in enumerate(each.cells)}
    asked = opened(page)
    asked.try_file(file)
    settle(page)
    asked.yes.click()
    settle(page)
    assert {(each.person_id, n): cell.code for each in page.model.rows for n, cell in enumerate(each.cells)} != typed
    page.take_back(back=True)
    settle(page)
    assert {(each.person_id, n): cell.code for each in page.model.rows for n, cell in enumerate(each.cells)} == typed


def test_the_palette_asks_from_wherever_one_is_and_others_are_told_whose_it_is(page: RosterPage, station_store: Store) -> None:
    told: list[object] = []
    page.tell.connect(told.append)
    page.show_year()
    page.show_target(BRING)
    found = dialog(BringDialog)
    assert isinstance(found, BringDialog)
    found.close_it()
    settle(page)
    page.runner.actor = Actor(actor(station_store, "op-a1").person_id, "")
    settle(page)
    page.show_target(BRING)
    assert isinstance(told[-1], NotAllowedError)
    assert not page.bring_button.isVisible()


def test_days_the_file_does_not_have_stay_as_they_were(page: RosterPage, station_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "half.csv"
    path.write_text("姓名,1,2,3\n赵磊,休,休,休\n", encoding="utf-8")
    before = {day: page.model.cell(page.model.rows[0].person_id, day) for day in page.model.days}
    made = use.import_roster(station_store, actor(station_store, "chief"), path, date(2026, 12, 1), at=NIGHT)
    assert made.days == 3
    page.runner.poll()
    settle(page)
    after = {day: page.model.cell(page.model.rows[0].person_id, day) for day in page.model.days}
    assert after == {day: "" if day.day <= 3 else code for day, code in before.items()}
