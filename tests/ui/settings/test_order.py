"""Lines put in order by hand: dragged, or by Ctrl and the arrows; and the versions left by Esc."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stationdesk.services.settings import list_items
from tests.conftest_station import NIGHT
from tests.ui.settings.hands import keep, settle


def drag(table, start: int, end: int) -> None:
    """Press on a row, move over each one to the last, let go."""
    view, left = table.viewport(), Qt.MouseButton.LeftButton

    def send(kind: QEvent.Type, row: int, held: Qt.MouseButton) -> None:
        place = QPointF(table.visualRect(table.model().index(row, 1)).center())
        where = QPointF(view.mapToGlobal(place))
        QApplication.sendEvent(view, QMouseEvent(kind, place, where, left, held, Qt.KeyboardModifier.NoModifier))

    send(QEvent.Type.MouseButtonPress, start, left)
    for row in range(start, end + (1 if end > start else -1), 1 if end > start else -1):
        send(QEvent.Type.MouseMove, row, left)
    send(QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton)


def test_a_dragged_line_stands_where_it_was_let_go(open_at, station_store):
    before = [each["code"] for each in list_items(station_store, "handover_lines", NIGHT)]
    page = open_at("lists")
    section = page.section()
    drag(section.table, 0, 3)
    assert [each.values["code"] for each in section.table.rows()] == [*before[1:4], before[0], *before[4:]]
    assert section.table.current_row().values["code"] == before[0]
    keep(page)
    assert [each["code"] for each in list_items(station_store, "handover_lines", NIGHT)] == [*before[1:4], before[0], *before[4:]]


def test_ctrl_and_the_arrows_do_the_same(open_at, station_store):
    before = [each["code"] for each in list_items(station_store, "handover_lines", NIGHT)]
    section = open_at("lists").section()
    section.table.setFocus()
    QTest.keyClick(section.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [each.values["code"] for each in section.table.rows()][:2] == [before[1], before[0]]
    for _n in range(3):
        QTest.keyClick(section.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert [each.values["code"] for each in section.table.rows()] == before


def test_esc_leaves_the_versions(open_at):
    page = open_at("lists")
    section = page.section()
    section.past.button.click()
    settle(page)
    assert not section.table.isVisible()
    QTest.keyClick(section.past, Qt.Key.Key_Escape)
    assert section.table.isVisible()
    assert not section.past.button.isChecked()
