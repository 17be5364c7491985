"""Lines, texts, buttons, cards, chips: words, languages, styles, what is cut off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.domain.words import _
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.card import Card
from stationdesk.ui.widgets.chip import Chip
from stationdesk.ui.widgets.countdown import Countdown, minutes_and_seconds
from stationdesk.ui.widgets.empty import EmptyState
from stationdesk.ui.widgets.focus import FocusRing
from stationdesk.ui.widgets.keycap import sequences
from stationdesk.ui.widgets.layout import column, refill, row
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.spoken import plain
from stationdesk.ui.widgets.text import Text
from stationdesk.ui.widgets.trend import Trend
from tests.ui.conftest import show
from tests.ui.example import DUE, NOW


def test_a_line_is_as_high_as_its_style_and_its_text_is_plain(qtbot: QtBot) -> None:
    line = Line("2.41* MPa", "value", "body text-2", gap=3)
    qtbot.addWidget(line)
    assert line.text() == "2.41 MPa"
    assert line.height() == 32
    assert [run[1:] for run in line.runs] == [("value", "text"), ("body", "text-2")]


def test_a_line_has_a_shorter_wording(qtbot: QtBot) -> None:
    line = Line("Night 2026-11-21 00:00–08:00|Night 00:00–08:00")
    qtbot.addWidget(line)
    long = line.wide
    line.reword(short=True)
    assert line.text() == "Night 00:00–08:00"
    assert line.wide < long
    line.say("Day 2026-11-21 08:00–16:00|Day 08:00–16:00")
    assert line.text() == "Day 08:00–16:00"
    line.restyle("body red-fg")
    assert line.text() == "Day 08:00–16:00"  # another colour is no other wording


def test_a_stations_own_signs_are_no_notation(qtbot: QtBot) -> None:
    line = Line(plain("过滤器 2* A|B\n备用"))
    qtbot.addWidget(line)
    assert line.text() == "过滤器 2* A|B 备用"
    assert len(line.runs) == 1


def test_only_a_line_that_may_be_cut_gets_narrower_and_then_shows_all_as_a_tip(qtbot: QtBot) -> None:
    firm, soft = Line("a long line of many words"), Line("a long line of many words", elide=True)
    for line in (firm, soft):
        qtbot.addWidget(line)
    assert firm.minimumSizeHint().width() == firm.wide
    soft.resize(40, 20)
    soft.show()
    assert soft.toolTip() == "a long line of many words"
    soft.resize(soft.wide, 20)
    assert soft.toolTip() == ""


def test_words_follow_the_language(qtbot: QtBot, speak: Callable[[str], None]) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    button, line, text, chip = Button(lambda: _("Cancel")), Line(lambda: _("Cancel")), Text(lambda: _("Cancel")), Chip(lambda: _("Cancel"))
    column(button, line, text, chip, owner=host)
    speak("zh_CN")
    assert {each.text() for each in (button, line, text, chip)} == {"取消"}
    assert button.accessibleName() == "取消"
    speak("en")
    assert {each.text() for each in (button, line, text, chip)} == {"Cancel"}


def test_text_takes_the_colour_of_the_theme(qtbot: QtBot, dressed: QApplication) -> None:
    text = Text("a sentence", "body text-2")
    qtbot.addWidget(text)
    show(text)
    theme.apply(dressed, "dark")
    assert text.palette().windowText().color().name().upper() == theme.tokens("dark")["text-2"]


def test_a_blocked_button_says_why_and_cannot_be_pressed(qtbot: QtBot) -> None:
    pressed: list[str] = []
    button = Button("Sign", key="Ctrl Enter", on_click=lambda: pressed.append("signed"))
    host, field = QWidget(), QLineEdit()
    qtbot.addWidget(host)
    column(button, field, owner=host)
    show(host)
    field.setFocus()
    button.block("3 to do")
    assert button.text() == "Sign, 3 to do"
    assert button.accessibleDescription() == "3 to do"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    button.block()
    assert button.text() == "Sign"
    assert button.accessibleDescription() == "Key Ctrl Enter"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == ["signed"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_with_the_keyboard_is_pressed_by_enter_and_space(qtbot: QtBot, key: Qt.Key) -> None:
    pressed: list[int] = []
    button = Button("Note", on_click=lambda: pressed.append(1))
    qtbot.addWidget(button)
    show(button)
    button.setFocus()
    qtbot.keyClick(button, key)
    assert pressed == [1]


def test_enter_means_both_enter_keys() -> None:
    assert [sequence.toString() for sequence in sequences("Ctrl Enter")] == ["Ctrl+Enter", "Ctrl+Return"]
    assert [sequence.toString() for sequence in sequences("F5")] == ["F5"]


def test_the_ring_goes_with_the_keyboard_and_outlives_what_it_was_on(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    ring = FocusRing(host)
    first, second = Button("one"), Button("two")
    layout = column(first, second, owner=host)
    host.resize(200, 100)
    show(host)
    first.setFocus()
    assert ring.ring is not None
    assert ring.ring.geometry() == first.geometry().adjusted(-4, -4, 4, 4)
    second.setFocus()
    assert ring.ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    refill(layout, third := Button("three"))
    QApplication.processEvents()
    third.setFocus()
    assert ring.target is third


def test_a_card_shows_other_items_and_forgets_the_old(qtbot: QtBot) -> None:
    card = Card(Line("one"), row(Line("two"), None), title="Crew", fact=Line("F1", "label text-2"))
    qtbot.addWidget(card)
    card.show_items(Line("three"))
    QApplication.processEvents()
    assert [line.text() for line in card.findChildren(Line)] == ["Crew", "F1", "three"]


def test_the_head_of_a_card_keeps_its_height_whatever_is_below(qtbot: QtBot) -> None:
    trend = Trend()
    card = Card(12, trend, title="Trend")
    qtbot.addWidget(card)
    card.resize(300, 600)
    show(card)
    assert card.title_line is not None
    head = card.title_line.parentWidget()
    assert head is not None
    assert (head.y(), head.height(), trend.y(), trend.height()) == (1, 35, 49, 160)


def test_a_countdown_turns_amber_in_its_window_and_red_after_it(qtbot: QtBot) -> None:
    now = [NOW]
    countdown = Countdown(DUE, DUE + timedelta(minutes=15), lambda: now[0])
    qtbot.addWidget(countdown)
    assert (countdown.text(), countdown.runs[0][2]) == ("18 min", "text")
    now[0] = DUE + timedelta(minutes=5)
    countdown.tick()
    assert (countdown.text(), countdown.runs[0][2]) == ("10 min left", "amber-fg")
    now[0] = DUE + timedelta(minutes=20)
    countdown.tick()
    assert (countdown.text(), countdown.runs[0][2]) == ("5 min overdue", "red-fg")


def test_a_smaller_countdown_keeps_its_size_and_its_colour_from_the_first_moment(qtbot: QtBot) -> None:
    countdown = Countdown(DUE, DUE + timedelta(minutes=15), lambda: DUE + timedelta(minutes=20), ("value", "body"))
    qtbot.addWidget(countdown)
    seen = countdown.runs
    assert [run[1:] for run in seen] == [("value", "red-fg"), ("body", "red-fg")]
    countdown.tick()
    assert countdown.runs == seen


def test_lengths_of_time_are_read_in_hours_or_seconds() -> None:
    assert minutes_and_seconds(1062) == "17 min 42 s"
    assert minutes_and_seconds(3780.9) == "1 h 03 min"
    assert minutes_and_seconds(-61) == "1 min 1 s"


def test_a_chip_of_amber_brings_its_icon(qtbot: QtBot) -> None:
    chip = Chip("with reservation", look="amber")
    qtbot.addWidget(chip)
    assert chip.icon_name == "triangle-alert"
    chip.show_state("as found", icon="check")
    assert (chip.text(), chip.icon_name, chip.look) == ("as found", "check", "")


def test_an_empty_state_has_a_sentence_and_the_button_that_fills_it(qtbot: QtBot) -> None:
    pressed: list[int] = []
    empty = EmptyState("Rounds will stand here.", Button("Start", on_click=lambda: pressed.append(1)))
    qtbot.addWidget(empty)
    assert empty.text.text() == "Rounds will stand here."
    assert empty.button is not None
    empty.button.click()
    assert pressed == [1]
