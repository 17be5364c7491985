"""The readings page as a person uses it: every key goes to the widget that has the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QFocusEvent, QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from stationdesk.services import Actor, Store
from stationdesk.services import readings as use
from stationdesk.services.readings import CellView
from stationdesk.ui.readings.entries import HELD, REFUSED
from stationdesk.ui.readings.measures import MARK_ROOM
from stationdesk.ui.readings.page import ReadingsPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.paint import advance
from tests import night
from tests.conftest_station import ZONE, actor
from tests.night import SEVEN, hour_of

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
PI, P2, DP, FLOW = 0, 4, 6, 7


@pytest.fixture
def clock() -> list[datetime]:
    return [SEVEN + timedelta(minutes=3)]


@pytest.fixture
def store(station_store: Store) -> Store:
    night.take_night(station_store, night.make_points(station_store))
    return station_store


@pytest.fixture
def runner(dressed: QApplication, store: Store, clock: list[datetime]) -> Iterator[Runner]:
    made = Runner(store, inline=True, clock=lambda: clock[0], zone=ZONE)
    made.actor = actor(store, "op-b1")
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def person(store: Store) -> Actor:
    return actor(store, "op-b1")


@pytest.fixture
def open_page(qtbot: QtBot, runner: Runner) -> Callable[[], ReadingsPage]:
    def make() -> ReadingsPage:
        page = ReadingsPage(runner)
        page.calm.setInterval(0)
        page.still.setInterval(0)
        qtbot.addWidget(page)
        page.resize(1234, 692)
        page.show()
        page.activateWindow()
        settle(runner)
        return page

    return make


@pytest.fixture
def page(open_page: Callable[[], ReadingsPage]) -> ReadingsPage:
    return open_page()


def settle(runner: Runner) -> None:
    for _n in range(3):
        runner.drain()
        QApplication.processEvents()


def type_keys(page: ReadingsPage, keys: str) -> int:
    for key in keys:  # keyClicks would send all of them to one widget, past the field that opened at the first
        QTest.keyClick(QApplication.focusWidget(), key)
        settle(page.runner)
    return len(keys)


def press(page: ReadingsPage, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    settle(page.runner)


def place(page: ReadingsPage) -> tuple[datetime | None, int]:
    index = page.grid.currentIndex()
    line = page.model.hour(index.row())
    return (line.time if line else None), index.column()


def go(page: ReadingsPage, clock: str, column: int) -> None:
    page.grid.go_to(page.model.row_of(hour_of(clock)), column)
    page.grid.setFocus()
    settle(page.runner)


def stored(page: ReadingsPage, store: Store, column: int, hour: datetime = SEVEN) -> CellView | None:
    view = use.day_view(store, SEVEN, page.runner.now())
    return next(line.cells.get(page.model.points[column].point_id) for line in view.hours() if line.time == hour)


def in_store(page: ReadingsPage, store: Store, column: int, hour: datetime = SEVEN) -> Decimal | None:
    found = stored(page, store, column, hour)
    return found.value if found else None


def test_the_page_opens_at_the_first_point_of_the_hour(page):
    assert place(page) == (SEVEN, 0)
    assert page.grid.hasFocus()
    assert page.grid.rowHeight(page.grid.currentIndex().row()) == 40
    assert page.fact.text() == "reading 07:00, on time until 07:15"


def test_an_hour_is_its_digits_and_twelve_enters(page, store):
    strokes = sum(type_keys(page, value + "\r") for value in night.PAPER)
    assert strokes == sum(map(len, night.PAPER)) + 12 == 63
    assert [str(in_store(page, store, n)) for n in range(12)] == night.PAPER
    assert page.note.text() == "07:00 is read."


def test_enter_down_is_a_setting_and_skips_shift_lines(page, store):
    page.grid.enter_down = True
    go(page, "23", 1)
    type_keys(page, "\r")
    assert place(page) == (hour_of("00"), 1)
    press(page, Qt.Key.Key_Tab)
    assert place(page) == (hour_of("00"), 2)
    press(page, Qt.Key.Key_Up)
    assert place(page) == (hour_of("23"), 2)


def test_wrong_unit_is_saved_asked_and_answered_by_one_key(page, store):
    go(page, "07", P2)
    type_keys(page, "342\r")
    field = page.grid.field()
    kept = stored(page, store, P2)
    assert kept is not None
    assert (kept.value, kept.doubt) == (Decimal(342), "thousandth")
    assert page.grid.popup.isVisible()
    assert field is not None
    assert (field.hasFocus(), field.text()) == (True, "342")
    type_keys(page, "k")
    assert (in_store(page, store, P2), place(page)) == (Decimal("0.342"), (SEVEN, 5))
    assert [each.why for each in page.corrections.shown] == ["unit", "typing"]


@pytest.mark.parametrize(
    ("then", "value"), [("\r", "342"), ("y", "342"), ("0.341\r", "0.341"), ("\x1b0.341\r", "0.341")], ids=["enter", "keep", "digits", "esc"]
)
def test_who_types_on_past_the_question_loses_nothing(page, store, then, value):
    go(page, "07", P2)
    type_keys(page, "342\r" + then)
    assert (str(in_store(page, store, P2)), place(page)) == (value, (SEVEN, 5))
    assert not page.grid.popup.isVisible()


def test_a_question_does_not_hang_over_the_next_page(page, store):
    go(page, "07", P2)
    type_keys(page, "342\r")
    assert page.grid.popup.isVisible()
    page.hide()
    assert page.grid.popup.isHidden()
    assert str(in_store(page, store, P2)) == "342"


def test_chinese_keyboard(page, store):
    for key in "１２。５":
        QApplication.sendEvent(QApplication.focusWidget(), QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, key))
    field = page.grid.field()
    assert field is not None
    assert field.text() == "12.5"
    commit = QInputMethodEvent()
    commit.setCommitString("６")
    QApplication.sendEvent(field, commit)
    assert field.text() == "12.56"
    for widget in (field, page.grid):
        asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
        QApplication.sendEvent(widget, asked)
        assert not asked.value(Qt.InputMethodQuery.ImEnabled)


def test_a_text_that_is_no_number_stays_and_is_not_left_behind(page, store):
    type_keys(page, "1.2.3\r")
    field = page.grid.field()
    assert field is not None
    assert (field.text(), page.grid.popup.isVisible()) == ("1.2.3", True)
    assert page.grid.popup.question.title == "“1.2.3” is not a number."
    type_keys(page, "\r")
    assert place(page) == (SEVEN, 0)
    press(page, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_Escape)
    assert page.grid.field() is None
    assert in_store(page, store, PI) is None
    assert page.grid.hasFocus()


def test_an_absurd_value_is_refused_at_the_field(page, store):
    type_keys(page, "8.8\r")
    assert "above the design value" in page.grid.popup.question.title
    assert in_store(page, store, PI) is None


def test_a_refusal_is_a_card_without_room_for_answers(page):
    go(page, "07", P2)
    type_keys(page, "342\r")
    asked = page.grid.popup.height()
    press(page, Qt.Key.Key_K)
    type_keys(page, "99999\r")
    assert page.grid.popup.question.answers == ()
    assert page.grid.popup.height() < asked


def test_a_column_widens_for_the_sign_of_a_value_that_turns_abnormal(page):
    page.resize(1000, 692)
    page.grid.fit()
    go(page, "07", 1)
    before, wanted = page.grid.columnWidth(1), MARK_ROOM + round(advance("body", "−39.55"))
    type_keys(page, "-39.55\ry")
    QTest.qWait(5)  # the hands rest
    settle(page.runner)
    assert before < wanted <= page.grid.columnWidth(1)


def test_an_hour_to_come_takes_no_digit(page, store):
    go(page, "08", 0)
    type_keys(page, "2")
    assert page.grid.field() is None
    assert page.note.text() == "This hour cannot be read yet."


def test_half_typed_text_survives_another_window_and_a_write_of_another_program(page, store, runner):
    type_keys(page, "2.3")
    field = page.grid.field()
    assert field is not None
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    other = Store.open(store.path)
    use.take_reading(other, actor(other, "lead-b"), page.model.points[1].point_id, SEVEN, "12.1", at=runner.now())
    other.close()
    runner.poll()
    settle(runner)
    assert page.model.cell(page.model.row_of(SEVEN), 1).value == Decimal("12.1")
    assert page.grid.field() is field
    assert field.text() == "2.3"


def test_a_cell_another_program_filled_meanwhile_is_told_and_the_text_stays(page, store, runner):
    other = Store.open(store.path)
    use.take_reading(other, actor(other, "lead-b"), page.model.points[0].point_id, SEVEN, "2.39", at=runner.now())
    other.close()
    type_keys(page, "2.40\r")
    waits = page.model.waits(page.model.row_of(SEVEN), 0)
    assert waits is not None
    assert (waits.state, waits.entry.text) == (REFUSED, "2.40")
    assert "already" in page.note.text()
    assert in_store(page, store, PI) == Decimal("2.39")
    go(page, "07", 0)
    press(page, Qt.Key.Key_Delete)
    assert page.model.cell(page.model.row_of(SEVEN), 0).value == Decimal("2.39")


def test_what_is_no_number_is_told_when_one_clicks_away(page):
    type_keys(page, "1.2.3")
    at = page.grid.visualRect(page.model.index(page.grid.currentIndex().row(), 4)).center()
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=at)
    settle(page.runner)
    assert page.note.text() == "“1.2.3” is not a number. Not saved."
    assert place(page) == (SEVEN, 4)


def test_a_click_elsewhere_saves_and_a_click_answers(page, store):
    type_keys(page, "2.4")
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=page.grid.visualRect(page.model.index(page.grid.currentIndex().row(), P2)).center())
    settle(page.runner)
    assert (in_store(page, store, PI), place(page)) == (Decimal("2.4"), (SEVEN, P2))
    type_keys(page, "342\r")
    QTest.mouseClick(page.grid.popup, LEFT, pos=page.grid.popup.buttons[0][0].center())
    settle(page.runner)
    assert in_store(page, store, P2) == Decimal("0.342")
    assert page.grid.hasFocus()


def test_paste_takes_a_block_in_one_entry_and_names_what_it_refused(page, store):
    go(page, "06", FLOW)
    before = store.head().seq
    QGuiApplication.clipboard().setText("13,481\t48,384,121\t0.339\r\n13,620\tabc\t0.338\r\n")
    press(page, Qt.Key.Key_V, CONTROL)
    assert page.note.text() == "5 values pasted, 1 not: 07:00 Flow Corrector 1: “abc” is not a number."
    assert store.head().seq == before + 1
    assert (in_store(page, store, FLOW, hour_of("06")), in_store(page, store, FLOW)) == (Decimal(13481), Decimal(13620))
    press(page, Qt.Key.Key_Z, CONTROL)
    assert in_store(page, store, FLOW, hour_of("06")) == Decimal(13480)
    assert page.note.text() == "2 values stay: they are saved."


def test_a_block_too_large_is_taken_as_far_as_the_table_goes(page, store):
    go(page, "07", 10)
    QGuiApplication.clipboard().setText("2.8\t19.0\t7")
    press(page, Qt.Key.Key_V, CONTROL)
    assert page.note.text() == "2 values pasted, 1 not: “7” lies outside the table"


def test_take_back_a_first_value_asks_for_the_right_one(page, store):
    type_keys(page, "2.45\r")
    press(page, Qt.Key.Key_Z, CONTROL)
    field = page.grid.field()
    assert field is not None
    assert (place(page), field.selectedText()) == ((SEVEN, 0), "2.45")
    type_keys(page, "2.40\r")
    kept = stored(page, store, PI)
    assert kept is not None
    assert (kept.value, kept.old, kept.words) == (Decimal("2.40"), (Decimal("2.45"),), "typing")
    press(page, Qt.Key.Key_Z, CONTROL)
    assert in_store(page, store, PI) == Decimal("2.45")


def test_a_value_that_stood_for_a_while_is_corrected_with_a_reason(page, store):
    go(page, "03", DP)
    type_keys(page, "13\r")
    assert in_store(page, store, DP, hour_of("03")) == Decimal(12)
    assert page.grid.popup.question.title == "Why is 12 corrected to 13?"
    type_keys(page, "m")
    kept = stored(page, store, DP, hour_of("03"))
    assert kept is not None
    assert (kept.value, kept.words, kept.old) == (Decimal(13), "misread", (Decimal(12),))


def test_a_corrected_value_keeps_the_old_one_struck_through_after_its_doubt_is_explained(page, store, person):
    go(page, "05", 1)
    type_keys(page, "-4.5\rw")
    assert stored(page, store, 1, hour_of("05")).owed
    use.explain(store, person, page.model.points[1].point_id, hour_of("05"), at=page.runner.now(), words="heater off")
    page.reload()
    settle(page.runner)
    assert not stored(page, store, 1, hour_of("05")).owed
    go(page, "07", 1)
    above = page.grid.visualRect(page.model.index(page.model.row_of(hour_of("05")), 1)).adjusted(4, 3, -4, -22)
    seen = page.grid.viewport().grab(above).toImage()
    assert len({seen.pixel(x, y) for x in range(seen.width()) for y in range(seen.height())}) > 1  # the old value stands above the new one


def test_who_does_not_look_at_the_reason_corrected_a_slip_and_goes_on(page, store):
    go(page, "03", DP)
    type_keys(page, "13\r7281\r")
    assert (in_store(page, store, DP, hour_of("03")), in_store(page, store, DP + 1, hour_of("03"))) == (Decimal(13), Decimal(7280))
    assert page.grid.popup.isVisible()  # the second one asks in turn
    type_keys(page, "\r")
    assert in_store(page, store, FLOW, hour_of("03")) == Decimal(7281)


def test_a_saved_value_is_not_deleted(page, store):
    go(page, "06", 0)
    press(page, Qt.Key.Key_Delete)
    assert "not deleted" in page.note.text()
    assert in_store(page, store, PI, hour_of("06")) == Decimal("2.41")


def test_words_by_one_key_and_one_digit(page, store):
    assert page.owed.title.text() == "Explanation owed: 1"
    assert page.owed.fact.text() == "06:00 Filter Difference 34 kPa"
    type_keys(page, "e2")
    assert page.owed.isHidden()
    assert [each.text for each in use.day_view(store, SEVEN, page.runner.now()).explained] == ["Filter element to be changed"]
    assert page.grid.hasFocus()


def test_words_written_and_refused_when_empty(page, store):
    type_keys(page, "e\r")
    assert page.owed.field.wrong == "Write a word, or choose a phrase."
    type_keys(page, "clogged\r")
    assert [each.words for each in use.day_view(store, SEVEN, page.runner.now()).explained] == ["clogged"]


def test_while_locked_values_wait_and_are_saved_by_whoever_is_picked(page, store, runner):
    runner.actor = None
    type_keys(page, "2.40\r12.1\r")
    assert in_store(page, store, PI) is None
    assert [each.state for each in page.model.waiting.values()] == [HELD, HELD]
    assert page.note.text() == "2 values wait: pick a person by key to save them."
    before = store.head().seq
    runner.actor = actor(store, "op-b2")
    settle(runner)
    kept = stored(page, store, PI)
    assert kept is not None
    assert (kept.value, kept.by, store.head().seq) == (Decimal("2.40"), "王强", before + 1)
    assert page.model.waiting == {}


def test_take_back_while_locked_forgets_what_was_not_saved(page, store, runner):
    runner.actor = None
    type_keys(page, "2.40\r")
    press(page, Qt.Key.Key_Z, CONTROL)
    assert page.model.cell(page.model.row_of(SEVEN), 0) is None


def test_what_was_typed_comes_back_after_the_power_went(page, store, runner, open_page):
    runner.actor = None
    type_keys(page, "2.40\r12.")
    page.keeper.flush()
    settle(runner)
    page.hide()
    again = open_page()
    settle(runner)
    field = again.grid.field()
    assert field is not None
    assert (again.model.cell(again.model.row_of(SEVEN), 0).value, field.text(), place(again)) == (Decimal("2.40"), "12.", (SEVEN, 1))
    runner.actor = actor(store, "op-b1")
    settle(runner)
    assert in_store(again, store, PI) == Decimal("2.40")


def test_late_entry_leads_to_what_is_missing_and_marks_what_comes_from_paper(page, store, runner, clock):
    clock[0] = SEVEN + timedelta(minutes=50)
    page.reload()
    settle(runner)
    assert page.fact.text() == "reading 08:00, on time until 08:15"
    QTest.mouseClick(page.late_button, LEFT)
    settle(runner)
    assert page.trend.isHidden()
    page.late.paper.setChecked(True)
    gap = next(gap for gap in page.late.gaps if gap.start == SEVEN)
    page.late._choose(gap)
    settle(runner)
    assert place(page) == (SEVEN, 0)
    type_keys(page, "2.40\r")
    kept = stored(page, store, PI)
    assert kept is not None
    assert (kept.how, kept.late) == ("paper", True)


def test_missing_hours_are_explained_in_the_panel(page, store, runner, clock):
    clock[0] = SEVEN + timedelta(minutes=50)
    page.reload()
    settle(runner)
    QTest.mouseClick(page.late_button, LEFT)
    page.late._choose(next(gap for gap in page.late.gaps if gap.start == SEVEN))
    page.late.field.take_focus()
    type_keys(page, "leak\r")
    gaps = use.day_view(store, SEVEN, clock[0]).gaps
    assert [(gap.start, gap.words) for gap in gaps if gap.words] == [(SEVEN, "leak")]


def test_late_entry_is_reached_and_explained_by_keys_alone(page, store, runner, clock):
    clock[0] = SEVEN + timedelta(minutes=50)
    page.reload()
    settle(runner)
    page.late_button.click()
    settle(runner)
    page.grid.setFocus()
    press(page, Qt.Key.Key_F6)
    assert page.late.isAncestorOf(QApplication.focusWidget())
    while not page.late.field.edit.hasFocus():
        press(page, Qt.Key.Key_Tab)
        assert page.late.isAncestorOf(QApplication.focusWidget())
    type_keys(page, "leak\r")
    assert "leak" in [gap.words for gap in use.day_view(store, SEVEN, clock[0]).gaps]


def test_the_hour_moves_on_by_itself(page, runner, clock):
    clock[0] = SEVEN + timedelta(minutes=20)
    page.tick()
    settle(runner)
    assert page.fact.text() == "07:00 is a late entry now"
    clock[0] = SEVEN + timedelta(minutes=52)
    page.tick()
    settle(runner)
    assert page.fact.text() == "reading 08:00, on time until 08:15"


def test_another_day_and_back(page, runner):
    page.turn_day(-1)
    settle(runner)
    assert page.day.text() == "Gas day from 11-19 08:00"
    assert place(page)[0] == SEVEN - timedelta(hours=47)
    page.turn_day(1)
    settle(runner)
    assert (page.moment, page.day.text()) == (None, "Gas day from 11-20 08:00")


def test_a_target_leads_to_its_cell_even_of_another_day(page, runner):
    page.show_target(("point", "dp-f", hour_of("03")))
    settle(runner)
    assert place(page) == (hour_of("03"), DP)
    page.show_target(hour_of("03") - timedelta(days=2))
    settle(runner)
    assert place(page)[0] == hour_of("03") - timedelta(days=2)


def test_print_leads_to_the_sheet_of_the_day(page, qtbot):
    with qtbot.waitSignal(page.go) as led:
        QTest.mouseClick(page.print_button, LEFT)
    assert led.args == ["reports", ("readings-day", "2026-11-20")]


def test_the_panel_follows_the_point(page):
    go(page, "07", P2)
    assert (page.trend.name.text(), page.trend.value.text(), page.trend.time.text()) == ("After stage 2 Pressure", "0.341", "06:00")
    assert (page.trend.high.text(), page.trend.low.text()) == ("0.349·03:00", "0.341·06:00")


def test_f6_leaves_the_grid_and_comes_back(page):
    press(page, Qt.Key.Key_F6)
    assert page.owed.field.edit.hasFocus()
    press(page, Qt.Key.Key_F6)
    assert page.grid.hasFocus()


def test_cells_are_read_aloud_with_what_they_owe(page):
    table = QAccessible.queryAccessibleInterface(page.grid)
    words = [table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount())]
    assert "06:00 Filter Difference 34 kPa explanation owed" in words
    assert "07:00 Inlet Pressure empty" in words


def test_the_question_hangs_above_where_there_is_no_room_below(page):
    page.resize(1234, 420)
    settle(page.runner)
    go(page, "07", P2)
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum() - 120)
    type_keys(page, "342\r")
    field = page.grid.field()
    assert field is not None
    top = field.mapTo(page, QPoint(0, 0)).y()
    inside = page.rect().contains(page.grid.popup.geometry())
    assert inside
    assert page.grid.popup.geometry().bottom() < top or page.grid.popup.geometry().top() > top


def test_the_model_keeps_the_rules_of_qt(page, runner, qtmodeltester: ModelTester):
    qtmodeltester.check(page.model)
    page.turn_day(-1)
    settle(runner)
    page.turn_day(1)
    settle(runner)
    assert not page.model.setData(page.model.index(0, 0), "1")
    assert page.model.setData(page.model.index(page.model.row_of(SEVEN), 0), "2.40")


def test_words_of_the_page_follow_the_language(page, speak):
    speak("zh_CN")
    settle(page.runner)
    assert page.fact.text() == "正在抄 07:00，按时受理至 07:15"
    assert (page.owed.title.text(), page.late_button.text(), page.print_button.text()) == ("待说明 1", "补录", "打印")
    assert page.model.headerData(P2, Qt.Orientation.Horizontal) == "二级调压后压力 MPa"
