"""Tables: the model is sound, an update keeps what is current, keys and mouse pick rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.domain.words import _
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.rows import Column, Group, RowsModel
from stationdesk.ui.widgets.table import Table
from tests.ui.conftest import show


@dataclass(frozen=True)
class Hazard:
    id: int
    text: str
    days: int = 1


COLUMNS = (
    Column("No.", lambda row: f"YH-{row.id:04}"),
    Column(lambda: _("Hazards"), lambda row: row.text, grows=True),
    Column(
        "Left", lambda row: str(row.days), align="right", unit=lambda row: "d", token=lambda row: "amber-fg" if row.days < 2 else "text"
    ),
)
ROWS = tuple(Hazard(n, f"hazard {n}") for n in range(1, 7))


def table(qtbot: QtBot, empty: EmptyState | None = None) -> Table:
    made = Table(COLUMNS, lambda: _("Hazards"), empty=empty)
    qtbot.addWidget(made)
    made.resize(600, 240)
    show(made)
    return made


def test_the_model_is_sound_through_every_update(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for rows in (ROWS, ROWS[2:], (Group("crew", "signed"), *ROWS), ROWS[:3], (), (ROWS[5], ROWS[0])):
        model.show(rows)
        assert model.rows == list(rows)
    assert tester.model() is model


@given(st.lists(st.lists(st.integers(0, 9), unique=True), max_size=6))
def test_any_list_can_follow_any_other(lists: list[list[int]]) -> None:
    model = RowsModel(COLUMNS)
    seen: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _parent, first, last: seen.append((first, last)))
    for numbers in lists:
        rows = [Hazard(n, "again") for n in numbers]
        model.show(rows)
        assert model.rows == rows


def test_only_what_differs_is_told(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.show(ROWS)
    changed: list[int] = []
    moved: list[str] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.rowsInserted.connect(lambda: moved.append("in"))
    model.rowsRemoved.connect(lambda: moved.append("out"))
    model.modelReset.connect(lambda: moved.append("reset"))
    model.show([*ROWS[:2], replace(ROWS[2], text="mended"), *ROWS[3:]])
    assert (changed, moved) == ([2], [])


def test_the_current_row_stays_current_wherever_it_goes(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.show_rows(ROWS)
    assert view.select_key(4)
    view.show_rows([Hazard(9, "new"), *reversed(ROWS)])
    assert view.current_row() == ROWS[3]
    assert not view.select_key(77)


def test_rows_are_picked_by_enter_and_double_click_and_keys_of_the_page_are_left_to_it(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.show_rows(ROWS)
    picked: list[Hazard] = []
    heard: list[str] = []
    view.picked.connect(picked.append)
    view.select_key(1)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert picked == [ROWS[1]]
    place = view.visualRect(view.rows_model.index(2, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked == [ROWS[1], ROWS[2]]
    button = Button("Note", key="N", on_click=lambda: heard.append("N"))
    button.setParent(view)
    button.show()
    qtbot.keyClick(view, Qt.Key.Key_N)
    assert heard == ["N"]
    assert view.current_row() == ROWS[2]


def test_the_arrows_pass_over_a_group(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.show_rows([ROWS[0], Group("night shift", "signed 00:06"), ROWS[1]])
    view.select_key(1)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_row() == ROWS[1]
    assert view.rows() == [ROWS[0], ROWS[1]]


def test_a_row_is_read_aloud_with_title_and_unit(qtbot: QtBot, speak: Callable[[str], None]) -> None:
    view = table(qtbot)
    view.show_rows([Group("night shift", "signed 00:06"), ROWS[0]])

    def aloud(row: int, column: int) -> object:
        return view.rows_model.data(view.rows_model.index(row, column), Qt.ItemDataRole.AccessibleTextRole)

    assert aloud(0, 0) == "night shift signed 00:06"
    assert aloud(1, 2) == "Left 1 d"
    speak("zh_CN")
    assert aloud(1, 1) == "隐患 hazard 1"
    assert view.accessibleName() == "隐患"
    assert view.rows_model.data(QModelIndex()) is None


def test_columns_fill_the_width_and_the_head_names_them(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.show_rows(ROWS)
    assert view.horizontalHeader().length() == view.viewport().width()
    view.resize(900, 240)
    QApplication.processEvents()
    assert view.horizontalHeader().length() == view.viewport().width()
    assert view.rows_model.headerData(0, Qt.Orientation.Horizontal) == "No."


def test_an_empty_table_says_what_will_stand_there(qtbot: QtBot) -> None:
    empty = EmptyState("Hazards will stand here.")
    view = table(qtbot, empty)
    view.show_rows(())
    assert empty.isVisible()
    view.show_rows(ROWS)
    assert not empty.isVisible()


def inked(view: Table, row: int, token: str) -> bool:
    """Whether a colour of the theme is in a row."""
    from stationdesk.ui.widgets import theme

    rect = view.visualRect(view.rows_model.index(row, 0)).united(view.visualRect(view.rows_model.index(row, 2)))
    image = view.viewport().grab(rect).toImage()
    want = theme.color(token).name()
    return any(image.pixelColor(x, y).name() == want for x in range(image.width()) for y in range(image.height()))


def test_the_current_row_is_seen_and_the_keyboard_too(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.show_rows([replace(row, days=5) for row in ROWS])
    view.select_key(2)
    view.setFocus()
    QApplication.processEvents()
    seen: Sequence[bool] = [inked(view, 1, "selection"), inked(view, 1, "focus"), inked(view, 3, "selection")]
    assert seen == [True, True, False]


def test_enter_at_no_row_shows_the_first_and_picks_at_the_second(qtbot: QtBot) -> None:
    made = table(qtbot)
    picked: list[object] = []
    made.picked.connect(picked.append)
    made.show_rows((Group("crew", "signed"), *ROWS))
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert (made.current_row(), picked) == (ROWS[0], [])
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert picked == [ROWS[0]]


def test_enter_in_an_empty_table_is_the_page_s(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.show_rows(())
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert made.current_row() is None
