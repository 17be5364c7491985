"""The log page as a person uses it: every key goes to the widget that has the focus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from stationdesk.domain import words
from stationdesk.services import NOBODY, Store, log
from stationdesk.services.drafts import load_draft, save_draft
from stationdesk.services.hazards import raise_hazard
from stationdesk.services.log import LogFilter
from stationdesk.storage.backup import backup, restore
from stationdesk.ui.log.model import StreamModel
from stationdesk.ui.log.page import DRAFT, LogPage
from stationdesk.ui.log.shape import FOLDED, excerpt, shape
from stationdesk.ui.runner import Runner
from tests.conftest_station import NIGHT, ZONE, actor

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> list[datetime]:
    return [NIGHT]


@pytest.fixture
def runner(dressed: QApplication, station_store: Store, clock: list[datetime]) -> Iterator[Runner]:
    made = Runner(station_store, inline=True, clock=lambda: clock[0], zone=ZONE)
    made.actor = actor(station_store, "op-b1")
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def open_page(qtbot: QtBot, runner: Runner) -> Callable[[], LogPage]:
    def make() -> LogPage:
        page = LogPage(runner)
        qtbot.addWidget(page)
        page.resize(1234, 692)
        page.show()
        page.activateWindow()
        settle(page)
        page.take_focus()
        return page

    return make


def settle(page: LogPage) -> None:
    for _n in range(3):
        page.runner.drain()
        QApplication.processEvents()


def press(page: LogPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    settle(page)


def type_in(page: LogPage, text: str) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(focus, letter)
        else:
            page.writer.field.insert(letter)
    settle(page)


def write(page: LogPage, text: str) -> None:
    press(page, KEY.Key_F6)
    type_in(page, text)
    press(page, KEY.Key_Return)


def texts(page: LogPage) -> list[str]:
    return [each.text for each in page.model.entries]


def stored(store: Store) -> list[log.EntryView]:
    return list(log.entries(store, LogFilter()))


def test_entry_is_one_key_the_text_and_enter(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    write(page, "过滤器压差 34 kPa")
    (found,) = stored(station_store)
    assert (found.text, found.category, found.person, found.time) == ("过滤器压差 34 kPa", "operation", "李娜", NIGHT)
    assert texts(page) == ["过滤器压差 34 kPa"]
    assert page.writer.field.text() == ""
    assert page.writer.field.edit.hasFocus()
    write(page, "第二条")
    assert texts(page) == ["第二条", "过滤器压差 34 kPa"]


def test_category_is_chosen_by_alt_and_its_digit(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    press(page, KEY.Key_3, ALT)
    write(page, "调度来电")
    assert stored(station_store)[0].category == "dispatch"


def test_shift_enter_begins_a_line(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    type_in(page, "one")
    press(page, KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_in(page, "two")
    press(page, KEY.Key_Return)
    assert stored(station_store)[0].text == "one\ntwo"


def test_late_entry_says_which_time_was_understood(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    page.writer.when.take_focus()
    type_in(page, "2350")
    press(page, KEY.Key_Return)
    assert "11-20 23:50" in page.writer.when._problem.text()
    assert "late entry" in page.writer.when._problem.text()
    assert page.writer.field.edit.hasFocus()
    type_in(page, "漏记的")
    press(page, KEY.Key_Return)
    (found,) = stored(station_store)
    assert (found.late, found.time) == (True, NIGHT - 412 * MINUTE)
    assert page.writer.when.text() == ""


@pytest.mark.parametrize("typed", ["06:59", "11-21 07:30", "noon"])
def test_wrong_time_is_said_at_its_field_and_nothing_is_lost(open_page: Callable[[], LogPage], station_store: Store, typed: str) -> None:
    page = open_page()
    type_in(page, "x")
    page.writer.when.set_text(typed)
    press(page, KEY.Key_Return)
    assert stored(station_store) == []
    assert page.writer.when.wrong
    assert page.writer.field.text() == "x"
    assert page.writer.when.edit.hasFocus()


def test_nothing_and_too_much_are_said_at_the_field(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    press(page, KEY.Key_Return)
    assert page.writer.field.wrong
    page.writer.field.insert("字" * 10_001)
    press(page, KEY.Key_Return)
    assert page.writer.field.wrong
    assert stored(station_store) == []
    page.writer.field.set_text("字" * 10_000)
    press(page, KEY.Key_Return)
    assert len(stored(station_store)[0].text) == 10_000


def test_refusal_by_the_store_keeps_the_words(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    page.writer.field.set_text("a\x01b")
    press(page, KEY.Key_Return)
    assert page.writer.field.wrong
    assert not page.writer.busy
    assert stored(station_store) == []


def test_draft_comes_back_to_its_writer_after_a_crash(open_page: Callable[[], LogPage], runner: Runner, station_store: Store) -> None:
    page = open_page()
    press(page, KEY.Key_3, ALT)
    type_in(page, "写到一半")
    page.writer.field._draft.flush()
    settle(page)
    again = open_page()
    assert (again.writer.field.text(), again.writer.category.value()) == ("写到一半", "dispatch")
    runner.actor = actor(station_store, "op-b2")
    settle(again)
    assert again.writer.field.text() == ""
    runner.actor = actor(station_store, "op-b1")
    settle(again)
    assert again.writer.field.text() == "写到一半"
    press(again, KEY.Key_F6)
    press(again, KEY.Key_Return)
    person = actor(station_store, "op-b1").person_id
    assert load_draft(station_store, person, DRAFT) == ""


def test_draft_of_a_correction_is_a_correction_again(open_page: Callable[[], LogPage], station_store: Store) -> None:
    who = actor(station_store, "op-b1")
    old = log.write_entry(station_store, who, "operation", "43", at=NIGHT)
    save_draft(station_store, who, DRAFT, json.dumps({"text": "34", "category": "event", "when": "", "corrects": old}), at=NIGHT)
    page = open_page()
    press(page, KEY.Key_F6)
    press(page, KEY.Key_Return)
    new, before = stored(station_store)
    assert (new.corrects_id, new.text, before.corrected_by) == (old, "34", new.entry_id)


def test_correction_strikes_the_old_one_and_both_are_there(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    write(page, "43 kPa")
    page._to_stream()
    press(page, KEY.Key_C)
    assert page.writer.field.text() == "43 kPa"
    page.writer.field.set_text("34 kPa")
    press(page, KEY.Key_F6)
    press(page, KEY.Key_Return)
    new, old = page.model.entries
    assert (new.text, new.corrects_id, old.text, old.corrected_by) == ("34 kPa", old.entry_id, "43 kPa", new.entry_id)
    page.stream.go_to(old.entry_id)
    settle(page)
    told: list[object] = []
    page.tell.connect(told.append)
    page.correct()
    assert len(told) == 1
    assert page.writer.corrects is None


def test_escape_gives_a_correction_up_and_leaves_nothing(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    write(page, "43 kPa")
    page._to_stream()
    press(page, KEY.Key_C)
    press(page, KEY.Key_Escape)
    assert (page.writer.corrects, page.writer.field.text(), page.writer.when.text()) == (None, "", "")
    assert page.stream.hasFocus()
    assert len(stored(station_store)) == 1


def test_letters_typed_into_the_text_are_no_commands(open_page: Callable[[], LogPage]) -> None:
    page = open_page()
    write(page, "x")
    type_in(page, "chn CHN")
    assert page.writer.field.text() == "chn CHN"
    assert page.writer.corrects is None


def test_emergency_record_gets_its_name_by_a_key(open_page: Callable[[], LogPage], station_store: Store) -> None:
    with words.speaking("en"):
        log.record_emergency(station_store, NOBODY, "leak", "smell", at=NIGHT)
    page = open_page()
    assert page.model.entries[0].unclaimed
    page._to_stream()
    press(page, KEY.Key_N)
    assert page.model.entries[0].person == "李娜"
    assert page.card.entry is not None
    assert not page.card.entry.unclaimed


def test_hazard_is_raised_from_an_entry_elsewhere(open_page: Callable[[], LogPage], station_store: Store) -> None:
    page = open_page()
    write(page, "井盖破损")
    gone: list[tuple[str, object]] = []
    page.go.connect(lambda name, target: gone.append((name, target)))
    page._to_stream()
    press(page, KEY.Key_H)
    number = page.model.entries[0].entry_id
    assert gone == [("hazards", ("raise", "井盖破损", "log_entry", number, NIGHT))]
    raise_hazard(
        station_store, actor(station_store, "op-b1"), "minor", "阀井", "井盖破损", at=NIGHT, source_kind="log_entry", source_id=number
    )
    page.runner.poll()
    settle(page)
    assert page.model.entries[0].hazards == ((1, "YH-2026-0001"),)


def fill(store: Store, count: int) -> list[int]:
    return log.write_entries(store, actor(store, "op-b1"), [f"第 {n} 条 压差 {n}" for n in range(count)], at=NIGHT)


def search(page: LogPage, typed: str) -> None:
    press(page, KEY.Key_F, CONTROL)
    page.filters.search.edit.setText("")
    QTest.keyClicks(page.filters.search.edit, typed)
    page.filters._timer.timeout.emit()
    settle(page)


def test_search_finds_as_one_types_and_escape_shows_all_again(open_page: Callable[[], LogPage], station_store: Store) -> None:
    fill(station_store, 30)
    page = open_page()
    search(page, "29")
    assert texts(page) == ["第 29 条 压差 29"]
    assert page.stream.words == "29"
    assert "1 entry found" in page.fact.text()
    press(page, KEY.Key_Down)
    press(page, KEY.Key_Escape)
    assert len(page.model.entries) == 30
    assert page.filters.search.text() == ""


def test_only_the_last_of_several_searches_is_answered(open_page: Callable[[], LogPage], station_store: Store) -> None:
    fill(station_store, 30)
    page = open_page()
    for typed in ("1", "12"):
        page.filters.search.set_text(typed)
        page.filters._tell()
    settle(page)
    assert texts(page) == ["第 12 条 压差 12"]


def test_filters_by_category_day_and_shift(open_page: Callable[[], LogPage], station_store: Store) -> None:
    who = actor(station_store, "op-b1")
    log.write_entry(station_store, who, "visitor", "来访", at=NIGHT)
    log.write_entry(station_store, who, "operation", "昨天的", at=NIGHT, time=NIGHT - timedelta(hours=20))
    page = open_page()
    page.filters.category.combo.activated.emit(12)
    settle(page)
    page.filters.category.choose("visitor")
    page.filters._tell()
    settle(page)
    assert texts(page) == ["来访"]
    page.filters.show_all()
    page.filters.day.choose((NIGHT.astimezone(ZONE) - timedelta(days=1)).date())
    page.filters._tell()
    settle(page)
    assert texts(page) == ["昨天的"]
    page.filters.show_all()
    page.filters.shift.choose(log.recent_shifts(station_store)[0].shift_id)
    page.filters._tell()
    settle(page)
    assert len(texts(page)) == 2


def test_pages_come_as_one_scrolls_down(open_page: Callable[[], LogPage], station_store: Store, qtmodeltester: ModelTester) -> None:
    numbers = fill(station_store, 450)
    page = open_page()
    qtmodeltester.check(page.model)
    assert len(page.model.entries) in (200, 400)
    page._to_stream()
    for _n in range(6):
        press(page, KEY.Key_End)
    assert [each.entry_id for each in page.model.entries] == numbers[::-1]
    assert not page.model.canFetchMore(page.model.index(-1))


def test_model_keeps_its_word_while_it_changes(qtbot: QtBot, station_store: Store, qtmodeltester: ModelTester) -> None:
    fill(station_store, 210)
    model = StreamModel(ZONE)
    qtmodeltester.check(model)
    model.show_first(log.entries(station_store, LogFilter()))
    qtmodeltester.check(model)
    model.add(log.entries(station_store, LogFilter(), model.entries[-1].entry_id))
    first = model.entries[0].entry_id
    new = log.write_entry(station_store, actor(station_store, "op-b1"), "operation", "新", at=NIGHT, corrects_id=3)
    assert model.freshen(log.entries(station_store, LogFilter())) == 1
    assert [each.entry_id for each in model.entries[:2]] == [new, first]
    assert model.entries[model.row_of(3)].corrected_by == new
    assert (model.row_of(0), model.row_of(10**6)) == (-1, -1)
    qtmodeltester.check(model)
    model.show_first(())
    assert model.freshen(()) == 0
    qtmodeltester.check(model)


def test_what_is_gone_since_a_backup_was_put_back_is_not_shown_any_more(
    open_page: Callable[[], LogPage], station_store: Store, tmp_path: Path
) -> None:
    fill(station_store, 3)
    backup(station_store.path, tmp_path / "copy.db")
    log.write_entry(station_store, actor(station_store, "op-b2"), "operation", "这一条将不在", at=NIGHT)
    page = open_page()
    assert texts(page)[0] == "这一条将不在"
    restore(tmp_path / "copy.db", station_store.path, at=NIGHT)
    page.runner.poll()
    settle(page)
    assert texts(page) == [each.text for each in log.entries(station_store, LogFilter())]
    assert "这一条将不在" not in texts(page)


def test_who_reads_further_down_is_not_moved_by_what_comes(open_page: Callable[[], LogPage], station_store: Store) -> None:
    fill(station_store, 150)
    page = open_page()
    page.stream.go_to(75)
    settle(page)
    top = page.stream.stream.at(page.stream.indexAt(page.stream.viewport().rect().topLeft()))
    log.write_entry(station_store, actor(station_store, "op-b2"), "operation", "别人写的", at=NIGHT)
    page.runner.poll()
    settle(page)
    assert texts(page)[0] == "别人写的"
    assert page.stream.stream.at(page.stream.indexAt(page.stream.viewport().rect().topLeft())) == top
    assert page.stream.current_entry() == log.entry(station_store, 75)


def test_target_is_led_to_however_old_it_is(open_page: Callable[[], LogPage], station_store: Store) -> None:
    fill(station_store, 450)
    page = open_page()
    page.show_target(5)
    settle(page)
    assert page.stream.current_entry() == log.entry(station_store, 5)
    log.write_entry(station_store, actor(station_store, "op-b2"), "operation", "别人写的", at=NIGHT)
    page.runner.poll()
    settle(page)
    assert page.stream.current_entry() == log.entry(station_store, 5)
    page._to_stream()
    press(page, KEY.Key_Escape)
    assert texts(page)[0] == "别人写的"
    page.show_target(448)
    settle(page)
    assert page.stream.current_entry() == log.entry(station_store, 448)


def test_long_text_is_folded_and_unfolds_by_enter(open_page: Callable[[], LogPage], station_store: Store) -> None:
    log.write_entry(station_store, actor(station_store, "op-b1"), "event", "很长的一段话，" * 1428, at=NIGHT)
    page = open_page()
    page._to_stream()
    folded = page.stream.visualRect(page.stream.currentIndex()).height()
    press(page, KEY.Key_Return)
    assert page.stream.visualRect(page.stream.currentIndex()).height() > 10 * folded
    press(page, KEY.Key_Return)
    assert page.stream.visualRect(page.stream.currentIndex()).height() == folded


def test_folded_text_shows_the_place_found(station_store: Store, dressed: QApplication) -> None:
    number = log.write_entry(station_store, actor(station_store, "op-b1"), "event", "前" * 5000 + "调压器" + "后" * 100, at=NIGHT)
    entry = log.entry(station_store, number)
    text, cut = excerpt(entry.text, "调压")
    assert "调压器" in text
    assert cut > 4000
    lines = shape(entry, 500, False, "调压", ZONE)
    assert lines.lines <= FOLDED
    assert "调压器" in lines.layout.text()
    assert shape(entry, 500, True, "", ZONE).lines > 100


def test_auditor_sees_why_nothing_can_be_written(open_page: Callable[[], LogPage], runner: Runner, station_store: Store) -> None:
    from stationdesk.services import Actor
    from stationdesk.services.people import add_person, grant_role

    chief = actor(station_store, "chief")
    person = add_person(station_store, chief, "审计", at=NIGHT)
    grant_role(station_store, chief, person, "auditor", at=NIGHT)
    fill(station_store, 1)
    runner.actor = Actor(person, "审计")
    page = open_page()
    assert not page.writer.send.isEnabled()
    assert page.writer.send.text() == "Write down, for: the people of the station"
    page._to_stream()
    press(page, KEY.Key_C)
    press(page, KEY.Key_H)
    assert page.writer.corrects is None


def test_two_languages_of_remarks(station_store: Store, dressed: QApplication) -> None:
    number = log.write_entry(station_store, actor(station_store, "op-b1"), "event", "x", at=NIGHT, time=NIGHT - 60 * MINUTE)
    entry = log.entry(station_store, number)
    english = shape(entry, 500, False, "", ZONE).remarks
    with words.speaking("zh_CN"):
        chinese = shape(entry, 500, False, "", ZONE).remarks
    assert [each.words for each in english] == ["late entry, written 06:42"]
    assert [each.words for each in chinese] == ["补录，06:42 记"]
