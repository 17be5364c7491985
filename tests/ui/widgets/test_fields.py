"""Fields: what is typed, what it means, errors at the field, drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from itertools import count
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.domain.numbers import NumberError
from stationdesk.domain.words import _
from stationdesk.ui.widgets.check import Check
from stationdesk.ui.widgets.choice import Choice, Option, accord
from stationdesk.ui.widgets.date_field import DateField, TimeField, read_date, read_time
from stationdesk.ui.widgets.digits import tidy
from stationdesk.ui.widgets.field import Field
from stationdesk.ui.widgets.layout import row
from stationdesk.ui.widgets.pinyin import begins
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.text_field import TextField
from tests.ui.conftest import show

TODAY = date(2026, 11, 21)
_RESTS = count(1)


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def test_chinese_punctuation_stays_in_words() -> None:
    assert tidy("Ａ路运行，Ｂ路备用（１号）") == "A路运行，B路备用（1号）"


def type_text(field: Field, text: str) -> None:
    """As an input method commits it, or a keyboard sends full-width signs."""
    for sign in text:
        QApplication.sendEvent(field.edit, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))


def test_a_numeric_field_turns_what_is_typed(qtbot: QtBot) -> None:
    field = Field("Outlet pressure", "MPa", "06:00 0.338", numeric=True)
    qtbot.addWidget(field)
    show(field)
    field.take_focus()
    type_text(field, "０．３４２")
    assert field.edit.text() == "0.342"
    assert field.number() == Decimal("0.342")
    field.set_text("")
    QApplication.sendEvent(field.edit, event := QInputMethodEvent())
    event.setCommitString("１２．５")
    QApplication.sendEvent(field.edit, event)
    assert field.number() == Decimal("12.5")


def test_what_is_no_number_stays_in_the_field_and_is_told_so_when_left(qtbot: QtBot) -> None:
    field = Field("Outlet pressure", "MPa", numeric=True)
    qtbot.addWidget(field)
    show(field)
    field.take_focus()
    type_text(field, "１2,5")
    assert field.wrong == ""
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text() == "12,5"
    assert "12,5" in field.edit.accessibleDescription()
    with pytest.raises(NumberError):
        field.number()
    field.edit.clear()
    type_text(field, "2.40")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert (str(field.number()), field.wrong) == ("2.40", "")


def test_a_numeric_field_takes_no_input_method(qtbot: QtBot) -> None:
    field, words = Field("Outlet pressure", numeric=True), Field("Name")
    for each in (field, words):
        qtbot.addWidget(each)
    assert field.edit.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is False
    assert words.edit.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True


def test_a_field_reads_itself_aloud(qtbot: QtBot, speak: Callable[[str], None]) -> None:
    field = Field(lambda: _("Password"), "MPa", "06:00 0.338")
    qtbot.addWidget(field)
    speak("zh_CN")
    assert field.edit.accessibleName() == "口令"
    assert field.edit.accessibleDescription() == "MPa 06:00 0.338"


def test_an_error_stands_at_the_field_until_something_is_typed_and_moves_nothing(qtbot: QtBot) -> None:
    field = Field("Name")
    qtbot.addWidget(field)
    show(field)
    high, place = field.height(), field.edit.geometry()
    field.error("nobody of this name")
    assert field.edit.accessibleDescription() == "nobody of this name"
    assert (field.height(), field.edit.geometry()) == (high, place)
    assert field.edit.property("wrong")
    type_text(field, "王")
    assert field.wrong == ""
    assert not field.edit.property("wrong")


def test_the_box_does_not_move_when_it_gets_the_keyboard(qtbot: QtBot) -> None:
    field, other = Field("One"), Field("Two")
    for each in (field, other):
        qtbot.addWidget(each)
    field.set_text("2.41")
    show(field)
    field.edit.clearFocus()
    before = (field.edit.geometry(), field.edit.cursorRect().topLeft())
    field.take_focus()
    assert (field.edit.geometry(), field.edit.cursorRect().topLeft()) == before


def test_a_field_commits_once_by_enter_or_by_leaving(qtbot: QtBot) -> None:
    field = Field("Name")
    qtbot.addWidget(field)
    show(field)
    got: list[str] = []
    field.committed.connect(got.append)
    field.take_focus()
    qtbot.keyClicks(field.edit, "Li Na ")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    field.edit.clearFocus()
    assert got == ["Li Na"]


def test_a_sign_no_paper_can_show_is_named_at_the_field(qtbot: QtBot) -> None:
    field = Field("Name")
    qtbot.addWidget(field)
    field.set_text("陈𬎆")
    assert "𬎆" in field._problem.text()
    assert field.text() == "陈𬎆"
    field.set_text("陈䶮")
    assert field._problem.text() == ""


def test_a_password_is_taken_as_typed(qtbot: QtBot) -> None:
    field = Field("Password", secret=True)
    qtbot.addWidget(field)
    field.set_text(" １２3 ")
    assert field.text() == " １２3 "
    assert field._problem.text() == ""


def test_what_is_written_is_kept_shortly_after_and_at_once_when_left(qtbot: QtBot) -> None:
    field = TextField(placeholder="what happened")
    qtbot.addWidget(field)
    show(field)
    kept: list[str] = []
    field.on_draft(kept.append)
    field.take_focus()
    qtbot.keyClicks(field.edit, "leak")
    assert kept == []
    qtbot.waitUntil(lambda: kept == ["leak"])
    qtbot.keyClicks(field.edit, "s")
    field.edit.clearFocus()
    assert kept == ["leak", "leaks"]
    field.set_text("a draft that came back")
    qtbot.wait(450)
    assert kept == ["leak", "leaks"]


def test_enter_hands_in_or_makes_a_line(qtbot: QtBot) -> None:
    entry, note = TextField(enter="submit"), TextField()
    got: list[str] = []
    for field in (entry, note):
        qtbot.addWidget(field)
        field.submitted.connect(lambda field=field: got.append(field.text()))
    qtbot.keyClicks(entry.edit, "one")
    qtbot.keyClick(entry.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(entry.edit, "two")
    qtbot.keyClick(entry.edit, Qt.Key.Key_Return)
    assert got == ["one\ntwo"]
    qtbot.keyClicks(note.edit, "a")
    qtbot.keyClick(note.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(note.edit, "b")
    qtbot.keyClick(note.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert got == ["one\ntwo", "a\nb"]


def test_too_long_a_text_is_said_and_not_cut(qtbot: QtBot) -> None:
    field = TextField(limit=5)
    qtbot.addWidget(field)
    field.edit.insertPlainText("123456789")
    assert field.text() == "123456789"
    assert field._problem.text() == "4 characters too many"
    assert field.too_long()


def test_ten_thousand_characters_are_taken(qtbot: QtBot) -> None:
    field = TextField()
    qtbot.addWidget(field)
    field.edit.insertPlainText("班" * 10_000)
    assert len(field.text()) == 10_000


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("11-21", date(2026, 11, 21)),
        ("2026/3/5", date(2026, 3, 5)),
        ("20261121", date(2026, 11, 21)),
        ("1121", date(2026, 11, 21)),
        ("２０２６年３月５日", date(2026, 3, 5)),
    ],
)
def test_dates_are_read_as_one_writes_them(typed: str, read: date) -> None:
    assert read_date(typed, TODAY) == read


@pytest.mark.parametrize("typed", ["13-45", "tomorrow", "2026-02-30", "1", "1-2-3-4"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "read"), [("703", time(7, 3)), ("7:03", time(7, 3)), ("07：03", time(7, 3)), ("2359", time(23, 59)), ("7", time(7))]
)
def test_times_are_read_as_one_writes_them(typed: str, read: time) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["24:00", "7:61", "noon", "12:3:4"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_time(typed)


def test_a_date_field_says_what_it_cannot_read_and_steps_by_a_day(qtbot: QtBot) -> None:
    field = DateField("Deadline", lambda: TODAY)
    qtbot.addWidget(field)
    show(field)
    field.take_focus()
    qtbot.keyClicks(field.edit, "31-31")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field._problem.text() == "No date. Write it like 2026-11-21."
    assert (field.value(), field.valid()) == (None, False)
    field.choose(TODAY)
    qtbot.keyClick(field.edit, Qt.Key.Key_Up)
    assert field.value() == date(2026, 11, 22)
    assert field.edit.text() == "2026-11-22"


def test_a_time_field_writes_the_time_whole(qtbot: QtBot) -> None:
    field = TimeField("Walked at")
    qtbot.addWidget(field)
    show(field)
    field.take_focus()
    got: list[object] = []
    field.chosen.connect(got.append)
    qtbot.keyClicks(field.edit, "703")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.edit.text() == "07:03"
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    assert got == [time(7, 3), time(7, 2)]


def test_nothing_is_selected_until_somebody_selects(qtbot: QtBot, speak: Callable[[str], None]) -> None:
    field = Select("Grade", [(1, lambda: _("Now")), (2, lambda: _("Log"))], "choose")
    qtbot.addWidget(field)
    show(field)
    got: list[object] = []
    field.chosen.connect(got.append)
    assert field.value() is None
    field.combo.setFocus()
    qtbot.keyClick(field.combo, Qt.Key.Key_Down)
    assert (field.value(), got) == (1, [1])
    speak("zh_CN")
    assert field.combo.currentText() == "当班总览"
    field.show_choices([(1, "one"), (3, "three")])
    assert field.value() == 1
    field.show_choices([(3, "three")])
    assert field.value() is None


def test_a_check_box_is_toggled_by_space(qtbot: QtBot) -> None:
    check = Check("two people")
    qtbot.addWidget(check)
    show(check)
    check.setFocus()
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()


def results() -> Choice:
    return Choice([Option("ok", "normal", "1"), Option("bad", "abnormal", "2", "amber"), Option("none", "not applicable", "3")])


def test_a_choice_is_made_by_its_keys_by_arrows_and_by_the_mouse(qtbot: QtBot) -> None:
    choice = results()
    qtbot.addWidget(choice)
    show(choice)
    got: list[object] = []
    choice.chosen.connect(got.append)
    choice.take_focus()
    qtbot.keyClicks(QApplication.focusWidget(), "2")
    assert (choice.value(), got) == ("bad", ["bad"])
    choice.take_focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    qtbot.mouseClick(choice.segments[0], Qt.MouseButton.LeftButton)
    assert got == ["bad", "none", "ok"]


def test_a_choice_is_one_tab_stop(qtbot: QtBot) -> None:
    choice = results()
    qtbot.addWidget(choice)
    stops = [each for each in choice.segments if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1


def test_a_locked_answer_cannot_be_taken_and_says_why(qtbot: QtBot) -> None:
    choice = accord("Fire equipment")
    qtbot.addWidget(choice)
    show(choice)
    got: list[object] = []
    choice.chosen.connect(got.append)
    choice.lock(True, "contradicts the checklist")
    qtbot.mouseClick(choice.segments[0], Qt.MouseButton.LeftButton)
    choice.take_focus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert got == [False]
    assert choice.segments[0].accessibleDescription() == "contradicts the checklist"
    choice.lock(True, "")
    qtbot.mouseClick(choice.segments[0], Qt.MouseButton.LeftButton)
    assert got == [False, True]


def test_letters_choose_by_pinyin_without_an_input_method(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    field = Select("Person", [(n, name) for n, name in enumerate(["张伟", "李娜", "王强", "沈浩", "Smith"])])
    qtbot.addWidget(field)
    chosen: list[object] = []
    field.chosen.connect(chosen.append)
    pause(monkeypatch)
    QTest.keyClicks(field.combo, "sh")
    assert field.combo.currentText() == "沈浩"
    assert chosen[-1] == 3
    pause(monkeypatch)
    QTest.keyClicks(field.combo, "wang")
    assert field.combo.currentText() == "王强"
    pause(monkeypatch)
    QTest.keyClicks(field.combo, "x")
    assert field.combo.currentText() == "王强"
    pause(monkeypatch)
    QTest.keyClicks(field.combo, "smi")
    assert field.combo.currentText() == "Smith"


def test_what_the_first_letter_waits_for_is_no_rest_before_the_second(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]

    def slow(word: str, text: str) -> bool:
        clock[0] += 1.0  # as when the pinyin is loaded for the first letter
        return begins(word, text)

    monkeypatch.setattr("stationdesk.ui.widgets.select_field.monotonic", lambda: clock[0])
    monkeypatch.setattr("stationdesk.ui.widgets.select_field.begins", slow)
    field = Select("Person", [(n, name) for n, name in enumerate(["孙莉", "沈浩", "韩梅"])])
    qtbot.addWidget(field)
    QTest.keyClicks(field.combo, "sh")
    assert field.combo.currentText() == "沈浩"


def test_one_letter_again_chooses_the_next_who_is_called_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    field = Select("Person", [(n, name) for n, name in enumerate(["王强", "李娜", "吴敏"])])
    qtbot.addWidget(field)
    for expected in ("王强", "吴敏", "王强"):
        pause(monkeypatch)
        QTest.keyClicks(field.combo, "w")
        assert field.combo.currentText() == expected


def test_arrows_and_letters_are_on_the_way_enter_and_a_digit_arrive(qtbot: QtBot) -> None:
    field = Select("Category", [("a", "1 运行"), ("b", "2 调度"), ("c", "3 隐患")])
    qtbot.addWidget(field)
    chosen: list[object] = []
    settled: list[object] = []
    field.chosen.connect(chosen.append)
    field.settled.connect(settled.append)
    QTest.keyClick(field.combo, Qt.Key.Key_Return)
    assert settled == []  # nothing is chosen yet
    QTest.keyClick(field.combo, Qt.Key.Key_Down)
    QTest.keyClick(field.combo, Qt.Key.Key_Down)
    assert (chosen, settled) == (["a", "b"], [])
    QTest.keyClick(field.combo, Qt.Key.Key_Return)
    assert settled == ["b"]
    QTest.keyClick(field.combo, Qt.Key.Key_3)
    assert (chosen[-1], settled[-1]) == ("c", "c")
    field.combo.activated.emit(0)  # as the open list does
    assert settled[-1] == "a"


def pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next letter begins another word, as after a rest of half a second; the clock stands between two rests."""
    later = monotonic() + 10 * next(_RESTS)
    monkeypatch.setattr("stationdesk.ui.widgets.select_field.monotonic", lambda: later)


def test_a_long_reason_is_read_in_full_below_its_field_and_widens_nothing(qtbot: QtBot) -> None:
    owner, narrow, beside = QWidget(), Field("Time"), Field("Text")
    row(narrow, beside, owner=owner)
    qtbot.addWidget(owner)
    owner.resize(320, 120)
    owner.show()
    QApplication.processEvents()
    wide, high = narrow.width(), narrow.height()
    narrow.error("“25:70” is no day and time; write it as 07:30 or 11-20 07:30.")
    QApplication.processEvents()
    assert narrow.width() == wide
    assert narrow.height() > high
    assert narrow.edit.mapTo(owner, narrow.rect().topLeft()).y() == beside.edit.mapTo(owner, beside.rect().topLeft()).y()
    told = next(each for each in narrow.findChildren(Text) if each.isVisible())
    assert told.heightForWidth(told.width()) <= told.height()
    narrow.error()
    QApplication.processEvents()
    assert (narrow.width(), narrow.height()) == (wide, high)
