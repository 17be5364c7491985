"""The grid by keys and mouse: a key a day, blocks filled and moved, thirty people by thirty-one days in sight."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from stationdesk.ui.roster.grid import RosterGrid
from stationdesk.ui.roster.heads import fitted
from stationdesk.ui.roster.measures import DAY, NAME_X, NAMES
from stationdesk.ui.roster.model import RosterModel
from tests.ui.roster import sample
from tests.ui.roster.sample import FIRST

WIDE = 934  # what the page leaves at 1366
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(qtbot: QtBot) -> RosterGrid:
    made = RosterGrid(RosterModel())
    qtbot.addWidget(made)
    made.model.show(sample.view(), editable=True)
    made.resize(WIDE, 560)
    made.show()
    QTest.qWaitForWindowActive(made)
    made.people.setFocus()
    made.people.go_to(0, 0)
    return made


@pytest.mark.parametrize(("name", "shown"), [("赵磊", ("赵磊", "班长")), ("欧阳明", ("欧阳明", "班长")), ("欧阳小明", ("欧阳小明", ""))])
def test_a_leaders_whole_name_stands_there_before_the_post(grid: RosterGrid, name: str, shown: tuple[str, str]) -> None:
    assert fitted("strong", name, "班长", NAMES - NAME_X) == shown


def test_a_name_longer_than_its_column_is_cut_and_said_in_full(grid: RosterGrid) -> None:
    name = "阿卜杜勒·买买提·艾孜提"
    cut, post = fitted("body", name, "", NAMES - NAME_X)
    assert cut.endswith("…")
    assert not post
    grid.model.show(sample.view(rows=(sample.row(1, name), *grid.model.rows[1:])), editable=True)
    assert grid.model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole) == name


def press(grid: RosterGrid, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(grid.people, key)


def select(grid: RosterGrid, top: int, left: int, bottom: int, right: int) -> None:
    model = grid.model
    wanted = QItemSelection(model.index(top, left), model.index(bottom, right))
    grid.people.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def week(grid: RosterGrid, person: int, start: date = FIRST, days: int = 7) -> str:
    return "".join(grid.model.cell(person, start + timedelta(n)) or "-" for n in range(days))


def test_a_month_is_a_key_a_day(grid: RosterGrid) -> None:
    press(grid, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_Delete)
    assert week(grid, 1, days=5) == "DEN--"
    assert grid.people.currentIndex().column() == 5


def test_a_block_takes_one_key_and_stays(grid: RosterGrid) -> None:
    select(grid, 0, 0, 2, 1)
    press(grid, Qt.Key.Key_2)
    assert [week(grid, person, days=2) for person in (1, 2, 3)] == ["EE"] * 3
    assert len(grid.people.block()) == 6


def test_the_grip_repeats_a_block_and_the_inside_moves_it(grid: RosterGrid) -> None:
    view, before = grid.people, week(grid, 1)
    select(grid, 0, 0, 0, 1)
    drag(grid, view.area(view.block()).bottomRight(), QPoint(4 * DAY, 0))
    assert week(grid, 1) == before[:2] * 3 + before[6]
    select(grid, 0, 0, 0, 1)
    drag(grid, view.area(view.block()).center() - QPoint(DAY // 2, 0), QPoint(0, 40))
    assert week(grid, 1, days=2) == "--"
    assert week(grid, 2, days=2) == before[:2]


def drag(grid: RosterGrid, start: QPoint, by: QPoint) -> None:
    view = grid.people.viewport()
    QTest.mousePress(view, LEFT, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(view, start + by)
    QTest.mouseRelease(view, LEFT, Qt.KeyboardModifier.NoModifier, start + by)


def test_thirty_people_and_thirty_one_days_need_no_scrolling_sideways(grid: RosterGrid) -> None:
    rows = tuple(sample.row(n, crew=sample.CREWS[0]) for n in range(1, 31))
    grid.model.show(sample.view(rows=rows), editable=True)
    bar = grid.people.horizontalScrollBar()
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    assert grid.people.viewport().width() + grid.people.verticalHeader().width() <= WIDE


def test_coverage_stays_under_the_people(grid: RosterGrid) -> None:
    rows = [row for row in range(grid.model.rowCount()) if not grid.coverage.isRowHidden(row)]
    assert rows == [13, 14, 15]
    assert all(grid.people.isRowHidden(row) for row in rows)


def test_a_crew_that_is_all_there_and_one_that_is_short_look_different(grid: RosterGrid) -> None:
    whole = grid.coverage.grab().toImage()
    press(grid, Qt.Key.Key_1)
    assert grid.coverage.grab().toImage() != whole
