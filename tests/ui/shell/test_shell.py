"""The window: pages, strip, rail, foot, palette, emergency card, lock, themes and languages while it runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_
from stationdesk.ui.pages import GROUPS, registry
from stationdesk.ui.runner import Runner
from stationdesk.ui.shell.hit import Hit
from stationdesk.ui.shell.match import matches
from stationdesk.ui.shell.place import Place, fits
from stationdesk.ui.shell.shell import Pick, Shell
from stationdesk.ui.shell.status import Due, countdown_words, due_tone
from stationdesk.ui.widgets import notice, theme
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.line import Line
from tests.ui import example
from tests.ui.conftest import show
from tests.ui.example import NowPage, Person

Speak = Callable[[str], None]


class RefusedError(DomainError):
    words = N_("The round is closed.")


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key where the keyboard is."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)
    QApplication.processEvents()


def page(shell: Shell, name: str) -> NowPage:
    made = shell.page(name)
    assert isinstance(made, NowPage)
    return made


# pages


def test_pages_are_made_when_first_shown_and_kept(shell: Shell) -> None:
    assert set(shell.pages) == {"now"}
    first = shell.current
    shell.go("log")
    shell.go("now")
    assert shell.current is first
    assert set(shell.pages) == {"now", "log"}


def test_a_page_leads_to_another_with_its_target(shell: Shell) -> None:
    page(shell, "now").read.click()
    assert shell.current is page(shell, "log")
    assert page(shell, "log").targets == [7]
    assert shell.rail.buttons["log"].isChecked()
    assert shell.windowTitle() == "Log – StationDesk"


def test_a_page_loads_when_shown_and_again_only_after_changes_that_concern_it(shell: Shell, runner: Runner) -> None:
    now = page(shell, "now")
    assert now.reloads == 1
    runner.changed.emit(example.Written(frozenset({"hazard"}), 1))
    assert now.reloads == 1
    runner.changed.emit(example.Written(frozenset({"reading"}), 2))
    assert now.reloads == 2
    shell.go("log")
    runner.changed.emit(example.Written(frozenset({"reading"}), 3))
    assert now.reloads == 2
    shell.go("now")
    assert now.reloads == 3


def test_the_foot_shows_the_keys_of_the_page_and_that_this_is_no_alarm_system(shell: Shell) -> None:
    assert [key for key, _words in shell.foot.keys] == ["F5", "Ctrl K"]
    page(shell, "now").show_keys((("F6", "note"),))
    assert [key for key, _words in shell.foot.keys] == ["F6", "Ctrl K"]
    assert "no alarm system" in shell.foot.says.text()


def test_the_rail_shows_only_groups_that_have_pages(shell: Shell) -> None:
    lines = [line.text() for line in shell.rail.findChildren(Line)]
    assert lines == ["On duty", "Station", "Records"]
    assert shell.rail.buttons["hazards"].count == "2"


def test_the_registry_is_sound_and_imports_no_page() -> None:
    names = [entry.name for entry in registry()]
    assert len(set(names)) == len(names)
    assert {entry.group for entry in registry()} <= {*GROUPS, ""}
    code = "import sys; from stationdesk.ui.pages import registry; registry(); print(sorted(m for m in sys.modules if m.endswith('.page')))"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "['stationdesk.ui.widgets.page']"


def test_the_window_opens_without_anything_heavy() -> None:
    heavy = "sqlalchemy ortools numba highspy pandas numpy reportlab alembic pyqtgraph openpyxl pypinyin pypdfium2"
    code = f"import sys, stationdesk.ui.shell.shell; print([name for name in '{heavy}'.split() if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"


# strip


def test_the_strip_counts_down_by_the_clock_of_the_station(shell: Shell, clock: list[datetime]) -> None:
    assert shell.strip.time.text() == "06:42:18"
    assert (shell.strip.date.text(), shell.strip.day.text()) == ("11-21", "Sat")
    assert "17 min 42 s" in shell.strip.next.text()
    clock[0] += timedelta(seconds=1)
    shell._tick()
    assert "17 min 41 s" in shell.strip.next.text()


def test_the_countdown_is_worded_before_in_and_after_its_window() -> None:
    due = Due("07:00 reading", example.DUE, example.DUE + timedelta(minutes=15))
    seen = [(countdown_words(due, at), due_tone(due, at)) for at in (example.NOW, example.DUE, example.DUE + timedelta(minutes=16))]
    assert [words.split("|")[0].split("   ")[1] for words, _tone in seen] == [
        "in 17 min 42 s",
        "15 min 0 s of the window left",
        "overdue by 1 min 0 s",
    ]
    assert seen[-1][0].endswith("   1 min overdue")
    assert [tone for _words, tone in seen] == ["text", "amber-fg", "red-fg"]
    assert countdown_words(None, example.NOW) == "nothing due"


@pytest.mark.parametrize("half_seconds", range(-3, 4))
def test_the_colour_of_the_countdown_follows_at_once_with_its_words(shell: Shell, clock: list[datetime], half_seconds: int) -> None:
    near = timedelta(seconds=half_seconds / 2)
    due = shell.status.due
    assert due is not None
    for edge, colour in ((due.at, {"in": "text", "left": "amber-fg"}), (due.closes, {"left": "amber-fg", "overdue": "red-fg"})):
        clock[0] = edge + near
        shell._tick()
        text, inks = shell.strip.next.text(), {token for _part, _role, token in shell.strip.next.runs[1:]}
        assert inks == {next(ink for word, ink in colour.items() if word in text.split())}


def test_the_emergency_state_stands_where_the_countdown_was(shell: Shell) -> None:
    from dataclasses import replace

    shell.show_status(replace(example.status(), paused="emergency since 06:40"))
    assert shell.strip.next.text() == "emergency since 06:40"


def test_nothing_abnormal_is_said_without_colour(shell: Shell) -> None:
    from dataclasses import replace

    shell.show_status(replace(example.status(), abnormal=0))
    assert shell.strip.abnormal.text() == "none"
    assert not shell.strip.sign.isVisible()


# nothing is cut off, in both languages


@pytest.mark.parametrize("name", ["zh_CN", "en"])
def test_nothing_is_cut_off_at_the_smallest_size(shell: Shell, speak: Speak, name: str) -> None:
    speak(name)
    show(shell)
    assert shell.size().toTuple() == (1366, 768)
    cut = [line.text() for line in shell.findChildren(Line) if line.isVisible() and line.width() < line.wide]
    cut += [button.text() for button in shell.findChildren(Button) if button.isVisible() and button.width() < button.sizeHint().width()]
    assert cut == []


@pytest.mark.parametrize("name", ["zh_CN", "en"])
def test_strip_rail_and_foot_never_move(shell: Shell, speak: Speak, name: str) -> None:
    speak(name)
    shell.tell("Saved")
    shell.over.card.toggle()
    shell.go("log")
    QApplication.processEvents()
    assert shell.strip.geometry().getRect() == (0, 0, 1366, 48)
    assert shell.rail.geometry().getRect() == (0, 48, 132, 692)
    assert shell.foot.geometry().getRect() == (0, 740, 1366, 28)


def test_every_thing_that_takes_the_keyboard_has_a_name(shell: Shell, speak: Speak) -> None:
    for name in ("zh_CN", "en"):
        speak(name)
        takers = [each for each in shell.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()]
        assert takers
        assert [type(each).__name__ for each in takers if not each.accessibleName()] == []


# themes and languages while running


def picture(shell: Shell) -> QImage:
    shell.ring._leave()
    return shell.grab().toImage()


def test_there_and_back_again_gives_the_same_picture(shell: Shell, qtbot: QtBot) -> None:
    before = picture(shell)
    shell.switch_theme()
    shell.switch_language()
    QApplication.processEvents()
    QApplication.processEvents()
    assert picture(shell) != before
    shell.switch_language()
    shell.switch_theme()
    QApplication.processEvents()
    QApplication.processEvents()
    assert picture(shell) == before


def test_theme_and_language_are_switched_by_keys_and_remembered(shell: Shell, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    field = page(shell, "now").field
    field.take_focus()
    qtbot.keyClicks(field.edit, "2.4")
    press(qtbot, Qt.Key.Key_T, control)
    press(qtbot, Qt.Key.Key_L, control)
    assert theme.current() == "dark"
    assert shell.rail.buttons["log"].text() == "值班记录"
    assert shell.windowTitle() == "当班总览 – StationDesk"
    assert field.text() == "2.4"
    assert shell.place.read("theme", "light") == "dark"
    assert shell.place.read("language", "en") == "zh_CN"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_normal_screen_is_quiet(shell: Shell, dressed: QApplication, name: str) -> None:
    """Only what is abnormal has amber, nothing has red."""
    from dataclasses import replace

    theme.apply(dressed, name)
    shell.show_status(replace(example.status(), abnormal=0))
    image = picture(shell)
    seen = {image.pixelColor(x, y).name() for x in range(1366) for y in range(0, 768, 3)}
    assert (
        not {theme.color(token).name() for token in ("amber-fg", "amber-bg", "amber-mark", "red-fg", "red-bg", "red-mark", "good")} & seen
    )


# lock


def test_while_locked_only_some_pages_are_in_reach_and_the_others_say_why(shell: Shell, runner: Runner, qtbot: QtBot) -> None:
    shell.go("log")
    press(qtbot, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert runner.actor is None
    assert shell.current is page(shell, "now")
    assert shell.rail.buttons["readings"].isEnabled()
    assert not shell.rail.buttons["log"].isEnabled()
    assert shell.rail.buttons["log"].accessibleDescription() == "locked: pick a person first"
    assert shell.rail.buttons["log"].text() == "Log"
    assert (shell.strip.person.text(), shell.strip.role.text()) == ("nobody picked", "locked 06:42")
    shell.go("log")
    assert shell.current is page(shell, "now")
    assert shell.over.notice.isVisible()
    runner.actor = Person(2)  # type: ignore[assignment]
    assert shell.rail.buttons["log"].isEnabled()
    assert shell.strip.person.text() == "张伟"


def test_a_person_is_picked_by_one_key(shell: Shell, runner: Runner, qtbot: QtBot) -> None:
    shell.show_people([Pick("F1", Person(1)), Pick("F2", Person(2, "李娜"))])
    press(qtbot, Qt.Key.Key_F2)
    assert runner.actor == Person(2, "李娜")
    shell.show_people([Pick("F2", Person(3, "王强"))])
    press(qtbot, Qt.Key.Key_F2)
    assert runner.actor == Person(3, "王强")


# palette


def found(shell: Shell) -> list[str]:
    return [hit.title for hit in shell.over.palette.model.hits]


def test_the_palette_finds_pages_by_chinese_initials_and_english(shell: Shell, speak: Speak, qtbot: QtBot) -> None:
    speak("zh_CN")
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.over.palette.isVisible()
    for text in ("交接", "jjb", "handover", "Hand"):
        shell.over.palette.edit.setText(text)
        assert found(shell)[0] == "交接班", text
    shell.over.palette.edit.setText("no such thing")
    assert found(shell) == []
    assert shell.over.palette.nothing.isVisible()


def test_the_palette_goes_to_a_page_by_keys_alone(shell: Shell, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(shell.over.palette.edit, "log")
    press(qtbot, Qt.Key.Key_Return)
    assert shell.current is page(shell, "log")
    assert not shell.over.palette.isVisible()


def test_escape_closes_the_palette_and_gives_the_keyboard_back(shell: Shell, qtbot: QtBot) -> None:
    page(shell, "now").field.take_focus()
    press(qtbot, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Escape)
    assert not shell.over.palette.isVisible()
    assert page(shell, "now").field.edit.hasFocus()


def test_records_are_found_by_sources_that_are_added_also_late_ones(shell: Shell, qtbot: QtBot) -> None:
    ran: list[str] = []
    shell.add_source(lambda text: [Hit("李娜", lambda: ran.append("李娜"), "person")] if matches(text, "李娜") else [])
    shell.over.palette.open()
    shell.over.palette.edit.setText("ln")
    assert found(shell) == ["李娜"]
    shell.over.palette.offer("ln", [Hit("YH-0115", lambda: ran.append("hazard"))])
    shell.over.palette.offer("l", [Hit("of an older text", lambda: None)])
    assert found(shell) == ["李娜", "YH-0115"]
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert ran == ["hazard"]


def test_while_locked_the_palette_offers_only_what_is_in_reach(shell: Shell) -> None:
    shell.lock()
    shell.over.palette.open()
    shell.over.palette.edit.setText("log")
    assert found(shell) == []
    shell.over.palette.edit.setText("emergency")
    assert found(shell) == ["Emergency contact card"]


@pytest.mark.parametrize(
    ("text", "title", "is_found"),
    [
        ("", "隐患", True),
        ("yh", "隐患", True),
        ("YH", "隐患", True),
        ("患", "隐患", True),
        ("hy", "隐患", False),
        ("yinhuan", "隐患", True),
        ("yinh", "隐患", True),
        ("huan", "隐患", True),
        ("inhuan", "隐患", False),
        ("log duty", "Duty log", True),
    ],
)
def test_matching(text: str, title: str, is_found: bool) -> None:
    assert matches(text, title) is is_found


# what lies over the page


def test_the_emergency_card_is_one_key_away_locked_or_not_and_traps_nothing(shell: Shell, qtbot: QtBot) -> None:
    shell.lock()
    field = page(shell, "now").field
    field.take_focus()
    press(qtbot, Qt.Key.Key_F12)
    assert shell.over.card.isVisible()
    assert {"119", "8010", "24 小时"} <= {line.text() for line in shell.over.card.findChildren(Line)}
    qtbot.keyClicks(QApplication.focusWidget(), "2.41")
    assert field.text() == "2.41"
    press(qtbot, Qt.Key.Key_F12)
    assert not shell.over.card.isVisible()


def test_a_refusal_nobody_heard_is_said_in_the_quiet_bar_and_escape_closes_it(shell: Shell, runner: Runner, qtbot: QtBot) -> None:
    def refuse(_store: object, _actor: object, *, at: datetime) -> None:
        raise RefusedError

    runner.command(shell, refuse)
    runner.drain()
    assert shell.over.notice.line.text() == "The round is closed."
    press(qtbot, Qt.Key.Key_Escape)
    assert not shell.over.notice.isVisible()


def test_a_defect_is_shown_once_and_can_be_copied(shell: Shell, runner: Runner, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_store: object, _actor: object, *, at: datetime) -> None:
        raise ZeroDivisionError("broken part")

    for _n in range(2):
        runner.command(shell, fail)
    runner.drain()
    dialog = shell._defect
    assert dialog is not None
    assert dialog.details.toPlainText().count("ZeroDivisionError: broken part") == 2
    dialog.copy.click()
    assert "broken part" in QApplication.clipboard().text()
    dialog.leave.click()
    QApplication.processEvents()
    assert shell._defect is None


# place


def test_the_window_remembers_its_place(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    for high, expected in ((700, 768), (None, 700)):  # the width is bounded by the screen of the tests
        window = Shell(runner, example.entries(), Place(tmp_path))
        qtbot.addWidget(window)
        window.show()
        assert window.height() == expected
        if high:
            window.resize(window.width(), high)
        closed: list[bool] = []
        window.closing.connect(lambda closed=closed: closed.append(True))
        window.close()
        assert closed == [True]
    assert (tmp_path / "window.ini").is_file()


def test_a_screen_without_room_for_the_smallest_window_is_filled(
    qtbot: QtBot, runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1366 by 768 with a title bar, or a task bar, would put the foot with its keys below the edge."""
    assert fits(QSize(1366, 800))
    assert not fits(QSize(1366, 768))
    assert not fits(QSize(1280, 1024))
    monkeypatch.setattr("stationdesk.ui.shell.place.NO_SCREEN", ())  # the screen of the tests is 800 by 800
    window = Shell(runner, example.entries(), Place(tmp_path))
    qtbot.addWidget(window)
    assert window.isMaximized()
    window.close()


def test_the_second_begins_with_the_clock(shell: Shell) -> None:
    beats: list[int] = []
    shell.beat.connect(lambda: beats.append(1))
    shell._tick()
    assert beats == [1]
    assert 0 < shell._timer.interval() <= 1005


def test_the_last_page_looked_at_has_no_empty_neighbours(shell: Shell) -> None:
    """Parts of the strip stand side by side without gap or overlap."""
    rights = [(cell.geometry().left(), cell.geometry().right()) for cell in shell.strip.cells]
    assert all(after[0] == before[1] + 1 for before, after in pairwise(rights))
    assert rights[-1][1] == 1365


def test_a_long_refusal_has_the_whole_bar(shell: Shell) -> None:
    shell.resize(1366, 768)
    shell.tell("Nothing was saved, and this is a sentence of the length that refusals have: what is wrong, and what one can do next.")
    QApplication.processEvents()
    line = shell.over.notice.line
    assert line.width() >= line.wanted


def test_what_was_refused_goes_when_one_goes_on_yet_not_before_it_could_be_read(
    shell: Shell, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "READ_MS", 60)
    monkeypatch.setattr(notice, "SIGN_MS", 0)
    shell.tell(RefusedError())
    qtbot.wait(90)
    assert shell.over.notice.isVisible()  # nobody went on
    shell.go("now")
    assert shell.over.notice.isVisible()  # the same page
    shell.go("log")
    qtbot.waitUntil(lambda: not shell.over.notice.isVisible())
    shell.tell(RefusedError())
    shell.go("now")
    assert shell.over.notice.isVisible()  # it could not be read yet
    shell.tell(RefusedError())  # told anew, it stands anew
    qtbot.wait(90)
    assert shell.over.notice.isVisible()
    runner.command(shell, done_well)
    runner.drain()
    qtbot.waitUntil(lambda: not shell.over.notice.isVisible())


def test_a_way_that_is_offered_stays_until_another_page_is_shown(
    shell: Shell, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice, "READ_MS", 0)
    monkeypatch.setattr(notice, "SIGN_MS", 0)
    shell.tell(notice.Notice("Handed over.", way="Print the record", take=shell.lock))
    runner.command(shell, done_well)
    runner.drain()
    qtbot.wait(30)
    assert shell.over.notice.isVisible()
    shell.go("log")
    qtbot.waitUntil(lambda: not shell.over.notice.isVisible())


def done_well(_store: object, _actor: object, *, at: datetime) -> None:
    """Something that succeeds."""
