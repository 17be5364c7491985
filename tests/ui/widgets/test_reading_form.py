"""The form of the locked desk: values first, the person at saving."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.domain.names import Name
from stationdesk.services import Store
from stationdesk.services import readings as use
from stationdesk.ui.widgets.reading_form import ReadingForm
from tests import night
from tests.conftest_station import actor
from tests.night import SEVEN

NOW = SEVEN + timedelta(minutes=3)


@pytest.fixture
def store(station_store: Store) -> Store:
    night.take_night(station_store, night.make_points(station_store))
    return station_store


@pytest.fixture
def form(qtbot: QtBot, store: Store) -> Iterator[ReadingForm]:
    made = ReadingForm()
    qtbot.addWidget(made)
    made.resize(586, 426)
    made.show_form(use.entry_form(store, NOW))
    made.show_people([("F1", 1, "张伟"), ("F2", 2, "李娜")])
    made.show()
    made.activateWindow()
    made.setFocus()
    QApplication.processEvents()
    return made


def type_keys(keys: str) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)


def test_it_says_the_hour_when_it_is_on_time_and_the_last_values(form):
    assert (form.heading.text(), form.window_line.text(), form.count.text()) == ("Read 07:00", "06:50–07:15 on time", "0 / 12")
    first = next(iter(form.fields.values()))
    assert (first.edit.accessibleName(), first.text(), first.last) == ("Inlet Pressure", "", "06:00 2.41")


def test_enter_walks_the_hour_and_a_person_saves_it(form, store, qtbot):
    type_keys("\r".join(night.PAPER[:5]) + "\r")
    assert form.count.text() == "5 / 12"
    assert list(form.fields.values())[5].edit.hasFocus()
    with qtbot.waitSignal(form.save) as asked:
        form.ask_save(2)
    hour, texts, person_id = asked.args
    assert (hour, list(texts.values()), person_id) == (SEVEN, night.PAPER[:5], 2)
    form.saved(use.take_hour(store, actor(store, "op-b1"), hour, texts, at=NOW))
    assert form.texts() == {}
    assert [field.edit.isReadOnly() for field in form.fields.values()] == [True] * 5 + [False] * 7


def test_what_is_refused_stays_with_its_reason(form, store):
    type_keys("2.40\r900\r")
    form.saved(use.take_hour(store, actor(store, "op-b1"), SEVEN, form.texts(), at=NOW))
    pressure, temperature, *_rest = form.fields.values()
    assert pressure.edit.isReadOnly()
    assert (temperature.text(), temperature.edit.isReadOnly()) == ("900", False)
    assert temperature.wrong() == "900 ℃ is outside −40 to 80 ℃."  # type: ignore[operator]


def test_what_is_typed_stays_when_the_form_is_shown_again(form, store, qtbot):
    type_keys("2.4")
    use.take_reading(store, actor(store, "lead-b"), list(form.fields)[1], SEVEN, "12.1", at=NOW)
    form.show_form(use.entry_form(store, NOW))
    pressure, temperature, *_rest = form.fields.values()
    assert (pressure.text(), temperature.text(), temperature.edit.isReadOnly()) == ("2.4", "12.1", True)
    with qtbot.waitSignal(form.drafted) as kept:
        type_keys("0")
    assert kept.args == [{next(iter(form.fields)): "2.40"}]


def test_nothing_typed_asks_nothing(form, qtbot):
    with qtbot.assertNotEmitted(form.save):
        form.ask_save(1)


def test_down_and_up_go_to_the_field_below_and_above(form):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert list(form.fields.values())[3].edit.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert next(iter(form.fields.values())).edit.hasFocus()


def test_what_was_typed_before_comes_back(form):
    first, second, *_rest = form.fields
    form.restore({first: "2.40", 999: "1"})
    assert (form.texts(), form.count.text()) == ({first: "2.40"}, "1 / 12")
    assert form.fields[second].text() == ""


def test_why_a_value_is_refused_is_read_in_full(form):
    type_keys("2.40\r12abc\r")
    QApplication.processEvents()
    assert form.problem.isVisible()
    second = list(form.fields.values())[1]
    assert form.problem.text() == f"Inlet Temp. {second.wrong()}"
    assert form.problem.wide <= form.problem.width()
    wide = {field.width() for field in form.fields.values()}
    assert max(wide) - min(wide) <= 1
    second.take_focus()
    type_keys("\b\b\b")
    assert not form.problem.isVisible()


def test_the_field_one_is_in_says_first_why_it_is_refused(form):
    type_keys("abc\r\r900\r-\r")
    assert form.problem.text().startswith("Inlet Pressure")
    list(form.fields.values())[3].take_focus()
    assert form.problem.text().startswith(list(form.fields.values())[3].said())


def test_long_names_of_points_leave_every_field_in_sight(form, store):
    name = Name("一号调压撬二级调压器后测点压力指示值", "Pressure behind the second regulator of skid 1")
    text = use.PointText(7, Name("调压", "Regulation"), name, "MPa")
    for n in range(3):
        use.add_point(store, actor(store, "chief"), f"long-{n}", "gauge", text, at=NOW)
    form.show_form(use.entry_form(store, SEVEN + timedelta(minutes=51)))
    for _n in range(3):
        QApplication.processEvents()
    assert {form.mapFromGlobal(each.mapToGlobal(each.rect().topRight())).x() <= form.width() for each in form.fields.values()} == {True}
