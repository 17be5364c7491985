"""The locked desk, used as a crew uses it: by keys, at night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.services import log
from stationdesk.services.readings import grid_view
from stationdesk.ui.signin.page import SigninPage
from tests.conftest_station import NIGHT, actor
from tests.ui.signin.window import Plain, Window


def test_the_locked_desk_names_the_crew_with_their_keys(open_window: Callable[..., Window]) -> None:
    window = open_window()
    page = window.page
    assert [(row.key, row.text()) for row in page.crew.rows] == [("F1", "张伟"), ("F2", "李娜"), ("F3", "王强")]
    assert page.crew.rows[0].accessibleName() == "张伟 shift leader signed on 00:02"
    assert page.locked.text() == "locked, Crew B on duty"
    assert page.reach.text() == "Readings can be seen and typed; the rest opens with F1–F3"
    assert page.contacts.findChildren(type(page.reach))
    assert [key for key, _words in page.keys] == ["F1–F3", "F9", "F10", "F11"]


def test_one_key_opens_the_desk_and_ctrl_l_locks_it(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.key(Qt.Key.Key_F2)
    assert window.runner.actor is not None
    assert window.runner.actor.name == "李娜"
    assert isinstance(window.shell.current, Plain)
    window.key(Qt.Key.Key_F1)
    assert window.runner.actor.name == "张伟"
    window.shell.lock()
    window.settle()
    assert isinstance(window.shell.current, SigninPage)
    assert window.runner.locked


def test_a_row_can_be_pressed_too(open_window: Callable[..., Window]) -> None:
    window = open_window()
    row = window.page.crew.rows[2]
    row.setFocus()
    window.key(Qt.Key.Key_Return)
    assert window.runner.actor is not None
    assert window.runner.actor.name == "王强"


def test_readings_are_typed_first_and_saved_by_a_key(open_window: Callable[..., Window]) -> None:
    window = open_window(NIGHT + timedelta(minutes=20))
    form = window.page.form
    first, second = list(form.fields.values())[:2]
    first.take_focus()
    window.type("2.45")
    window.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is second.edit
    window.type("12.3")
    window.key(Qt.Key.Key_F3)
    window.settle()
    assert window.runner.actor is not None
    with window.store.read():
        grid = grid_view(window.store, NIGHT, NIGHT + timedelta(hours=1), window.at[0])
    typed = [cell for line in grid.lines for cell in getattr(line, "cells", {}).values() if getattr(cell, "value", None) is not None]
    assert sorted(str(cell.value) for cell in typed) == ["12.3", "2.45"]


def test_the_button_of_a_person_saves_and_the_desk_stays_locked(open_window: Callable[..., Window]) -> None:
    window = open_window(NIGHT + timedelta(minutes=20))
    form = window.page.form
    first = next(iter(form.fields.values()))
    first.take_focus()
    window.type("2.45")
    form.ask_save(actor(window.store, "op-b1").person_id)
    window.settle()
    assert window.runner.locked
    assert form.texts() == {}


def test_an_emergency_is_written_down_without_a_login(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.key(Qt.Key.Key_F11)
    window.type("gas smell at the odorizer")
    card = window.page.emergency
    card.group.buttons()[0].click()
    card.text.take_focus()
    window.key(Qt.Key.Key_Return)
    found = log.entries(window.store, log.LogFilter())
    assert found[0].text == "Gas leak: gas smell at the odorizer"
    assert card.state.text() == "Written down at 06:42."
    assert (card.text.text(), card.kind()) == ("", "")
    window.key(Qt.Key.Key_F11)
    window.key(Qt.Key.Key_Return)
    assert card.text.wrong
    assert len(log.entries(window.store, log.LogFilter())) == len(found)


def test_what_was_being_written_of_an_emergency_comes_back(open_window: Callable[..., Window], qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window()
    window.key(Qt.Key.Key_F11)
    window.type("half a sent")
    window.page.emergency.text.edit.left.emit()
    window.settle()
    again = Window(window.store, qtbot, tmp_path / "other", NIGHT)
    assert again.page.emergency.text.text() == "half a sent"
    again.runner.stop()


def test_the_emergency_state_is_one_press_and_said_on_the_page(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.page.emergency.alarm.click()
    window.settle()
    window.page.reload()
    window.settle()
    assert window.page.state.text() == "emergency state since 06:42"
    assert window.page.state.isVisible()
    assert not window.page.emergency.alarm.isEnabled()
    window.key(Qt.Key.Key_F1)
    other = SigninPage(window.runner)
    window.settle()
    other.desk.end_emergency()
    other.deleteLater()


def test_no_button_is_cut_while_an_emergency_lasts(open_window: Callable[..., Window]) -> None:
    window = open_window()
    window.page.emergency.alarm.click()
    window.settle()
    alarm = window.page.emergency.alarm
    assert alarm.text() == "Emergency state, 06:42"
    assert alarm.width() >= alarm.sizeHint().width()
