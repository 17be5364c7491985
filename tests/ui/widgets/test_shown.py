"""What is shown by pictures: timeline, trend, bars, signature boxes; and the question, the notice, the dialogs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_
from stationdesk.ui.widgets import theme
from stationdesk.ui.widgets.bar import Bar, Segments
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.layout import column
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.notice import Notice, NoticeBar
from stationdesk.ui.widgets.question import Answer, Question, QuestionPopup
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.signature_box import SignatureBox
from stationdesk.ui.widgets.span import Lane, Span, Tick, Window
from stationdesk.ui.widgets.timeline import Timeline
from stationdesk.ui.widgets.trend import Dot, Series, Trend, _Scale, _scaled
from tests.ui.conftest import show
from tests.ui.example import ZONE


class WrongPasswordError(DomainError):
    words = N_("The password is wrong.")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 21, hour, minute, tzinfo=ZONE)


def colours(widget: QWidget, rect: QRect | None = None) -> set[str]:
    image = widget.grab(rect or widget.rect()).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def name_of(token: str) -> str:
    return theme.color(token).name()


def night(now: datetime) -> Span:
    readings = Lane(
        "Hourly readings", tuple(Tick(at(hour), "done" if hour < 7 else "coming", target=f"reading {hour}") for hour in range(9))
    )
    rounds = Lane(
        "Station round", (Window(at(1), at(1, 40), "done", at(1, 4), at(1, 27), "01:04–01:27", "round 1"), Window(at(7), at(7, 40)))
    )
    return Span(at(0), at(8), now, (readings, rounds), ZONE)


def test_a_timeline_leads_to_what_is_clicked_or_entered(qtbot: QtBot) -> None:
    line = Timeline(night(at(6, 42)))
    qtbot.addWidget(line)
    line.resize(1000, line.height())
    show(line)
    picked: list[object] = []
    line.picked.connect(picked.append)
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(int(line.place(at(1, 20))), 60))
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(int(line.place(at(2))), 35))
    assert picked == ["round 1", "reading 2"]
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert picked[2] == "reading 1"
    assert "01:00 01:04–01:27" in line.accessibleDescription()


def test_times_stand_where_they_belong(qtbot: QtBot) -> None:
    line = Timeline(night(at(6, 42)))
    qtbot.addWidget(line)
    line.resize(1000, line.height())
    line.grab()
    assert line.place(at(4)) == pytest.approx((line.place(at(0)) + line.place(at(8))) / 2, abs=1)
    assert [f"{hour:%H}" for hour in line.span.hours()] == ["00", "01", "02", "03", "04", "05", "06", "07", "08"]


def test_a_long_shift_names_every_second_hour() -> None:
    day = Span(at(0), at(0) + timedelta(hours=24), at(1), (), ZONE)
    assert len(day.hours()) == 13


def test_words_of_a_long_shift_do_not_run_into_the_next_mark(qtbot: QtBot) -> None:
    begins = at(0)
    ticks = tuple(Tick(begins + timedelta(hours=n), "done", owed=n == 10) for n in range(25))
    line = Timeline(Span(begins, begins + timedelta(hours=24), begins, (Lane("Readings", ticks),), ZONE))
    qtbot.addWidget(line)
    line.resize(1186, line.height())
    picture, behind = line.grab(), int(line.place(begins + timedelta(hours=11))) + 10
    found = picture.copy(behind, 24, 24, 24).toImage()
    assert name_of("amber-fg") in colours(line)  # the sign of what is owed stands at its hour
    assert name_of("amber-fg") not in {found.pixelColor(x, y).name() for x in range(found.width()) for y in range(found.height())}


@pytest.mark.parametrize(("state", "tone"), [("missed", "amber"), ("overdue", "red")])
def test_a_window_nobody_walked_has_its_colour_and_a_word(qtbot: QtBot, state: str, tone: str) -> None:
    lane = Lane("Round", (Window(at(1), at(1, 40), state),))
    line = Timeline(Span(at(0), at(8), at(6), (lane,), ZONE))
    qtbot.addWidget(line)
    line.resize(900, line.height())
    assert {name_of(f"{tone}-mark"), name_of(f"{tone}-fg")} <= colours(line)
    line.show_span(Span(at(0), at(8), at(6), (Lane("Round", (Window(at(1), at(1, 40), "done"),)),), ZONE))
    assert not {name_of(f"{tone}-mark"), name_of(f"{tone}-fg")} & colours(line)


def series(*values: float | None, level: str = "") -> Series:
    return Series(tuple(Dot(f"{n:02}", value, level) for n, value in enumerate(values)), 2.2, 2.7, "2.20", "2.70", "Inlet pressure")


def test_a_trend_is_grey_while_all_is_normal_and_marks_what_is_not(qtbot: QtBot) -> None:
    trend = Trend(series(2.4, 2.5, 2.45))
    qtbot.addWidget(trend)
    trend.resize(300, 140)
    assert name_of("red-mark") not in colours(trend)
    trend.show_series(Series((Dot("00", 2.4), Dot("01", 2.9, "red"), Dot("02", 2.5)), 2.2, 2.7, "2.20", "2.70"))
    assert name_of("red-mark") in colours(trend)


@pytest.mark.parametrize("values", [(), (None,), (2.4,), (2.4, None, 2.5), (2.4,) * 100])
def test_a_trend_takes_whatever_readings_there_are(qtbot: QtBot, values: tuple[float | None, ...]) -> None:
    trend = Trend(series(*values))
    qtbot.addWidget(trend)
    trend.resize(300, 140)
    assert (name_of("band") in colours(trend)) == any(value is not None for value in values)
    assert trend.accessibleName() == "Inlet pressure"


def test_a_trend_without_limits_and_without_change(qtbot: QtBot) -> None:
    trend = Trend(Series((Dot("00", 5.0), Dot("01", 5.0))))
    qtbot.addWidget(trend)
    trend.resize(300, 140)
    assert name_of("trend") in colours(trend)


def test_bars_and_segments_show_shares_and_states(qtbot: QtBot) -> None:
    bar, steps = Bar(0.5, 0.8), Segments(["done", "amber", "now", ""])
    for each in (bar, steps):
        qtbot.addWidget(each)
        each.resize(200, each.height())
    middle = bar.grab().toImage()
    assert middle.pixelColor(50, 8) == QColor(theme.color("bar"))
    assert middle.pixelColor(190, 8) == QColor(theme.color("track"))
    bar.show_share(7)
    assert bar.done == 1
    assert steps.accessibleName() == "2 / 4"
    assert {name_of("bar"), name_of("amber-mark"), name_of("accent"), name_of("track")} <= colours(steps)
    steps.show_states(())
    assert name_of("bar") not in colours(steps)


def test_a_signature_box_is_equal_in_size_signed_or_not(qtbot: QtBot) -> None:
    box = SignatureBox("Outgoing leader", "张伟")
    qtbot.addWidget(box)
    high = box.height()
    assert box.state.text() == "to be signed"
    box.show_signed("Outgoing leader", "张伟", "08:03:22", "6KQ3-TD8F")
    assert (box.state.text(), box.below.text(), box.height()) == ("signed 08:03:22", "6KQ3-TD8F", high)
    assert box.property("pending") is False


def test_a_long_name_gives_way_to_whether_it_is_signed(qtbot: QtBot) -> None:
    box = SignatureBox("Outgoing leader", "阿布都热合曼·买买提依明江·古丽仙·努尔麦麦提·斯迪克")
    qtbot.addWidget(box)
    box.draw_together(True)
    box.resize(200, box.height())
    box.show()
    assert box.state.width() >= box.state.wanted


DOUBT = Question(
    "Is 342 in kPa?",
    "06:00 0.341 MPa",
    (Answer("K", "yes, 0.342 MPa", "unit", True), Answer("Y", "as typed", "keep"), Answer("Esc", "again", "no")),
)


def key(name: Qt.Key, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, name, Qt.KeyboardModifier.NoModifier, text)


def test_a_question_hangs_under_its_field_and_above_it_where_there_is_no_room(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(800, 400)
    popup = QuestionPopup(page)
    show(page)
    popup.ask(DOUBT, QRect(300, 50, 80, 32))
    assert popup.y() > 50 + 32
    popup.ask(DOUBT, QRect(300, 340, 80, 32))
    assert popup.geometry().bottom() < 340
    popup.ask(DOUBT, QRect(790, 50, 10, 32))
    assert page.rect().contains(popup.geometry())


def test_a_question_is_answered_by_its_keys_or_the_mouse_and_takes_no_focus(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(800, 400)
    popup = QuestionPopup(page)
    show(page)
    got: list[object] = []
    popup.answered.connect(got.append)
    popup.ask(DOUBT, QRect(300, 50, 80, 32))
    assert not popup.handle_key(key(Qt.Key.Key_3, "3"))
    assert popup.handle_key(key(Qt.Key.Key_K, "k"))
    assert not popup.isVisible()
    assert not popup.handle_key(key(Qt.Key.Key_K, "k"))
    popup.ask(DOUBT, QRect(300, 50, 80, 32))
    assert popup.handle_key(key(Qt.Key.Key_Escape))
    popup.ask(DOUBT, QRect(300, 50, 80, 32))
    qtbot.mouseClick(popup, Qt.MouseButton.LeftButton, pos=popup.buttons[1][0].center())
    assert got == ["unit", "no", "keep"]
    assert popup.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_quiet_bar_says_a_refusal_and_offers_the_way_that_is_open(qtbot: QtBot, speak: Callable[[str], None]) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    bar = NoticeBar(page)
    show(page)
    went: list[str] = []
    bar.tell(Notice("This round is signed.", "amber", "Write a correction", lambda: went.append("correction")))
    assert bar.isVisible()
    assert not bar._timer.isActive()
    bar.way.click()
    assert (went, bar.isVisible()) == (["correction"], False)
    bar.tell(WrongPasswordError())
    assert bar.line.text() == "The password is wrong."
    assert not bar.way.isVisible()
    bar.tell("Saved")
    assert bar._timer.isActive()
    bar._timer.timeout.emit()
    assert not bar.isVisible()


class Signing:
    """A page that asks for a signature."""

    def __init__(self, parent: QWidget) -> None:
        self.sent: list[str] = []
        self.dialog = SignDialog(parent, "Sign", "张伟", ["Hands over the night shift"], self.send, role="foreman")

    def send(self, password: str, dialog: SignDialog) -> None:
        self.sent.append(password)


def test_a_signature_asks_for_the_password_and_waits_for_the_answer(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    show(page)
    signing = Signing(page)
    dialog = signing.dialog
    got: list[Any] = []
    dialog.signed.connect(got.append)
    dialog.show_over()
    assert not dialog.yes.isEnabled()
    qtbot.keyClicks(dialog.password.edit, "wrong")
    qtbot.keyClick(dialog.password.edit, Qt.Key.Key_Return)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert signing.sent == ["wrong"]
    assert dialog.state.text() == "Checking the password …"
    assert not dialog.yes.isEnabled()
    dialog.reject()
    assert dialog.isVisible(), "a signature on its way cannot be taken back"
    dialog.fail(WrongPasswordError())
    assert dialog.password.wrong
    assert dialog.password.edit.accessibleDescription() == "The password is wrong."
    assert dialog.password.edit.selectedText() == "wrong" or dialog.password.edit.hasSelectedText()
    qtbot.keyClicks(dialog.password.edit, "right")
    dialog.yes.click()
    assert signing.sent == ["wrong", "right"]
    dialog.finish("signature 7")
    assert got == ["signature 7"]
    QApplication.processEvents()


def test_what_cannot_be_undone_is_confirmed_and_the_safe_answer_has_the_keyboard(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column(Line("page"), owner=page)
    show(page)
    for answer, expected in (("no", []), ("yes", ["done"])):
        dialog = ConfirmDialog(page, "Abort the round?", "Its lines stay on record.", "Abort")
        got: list[str] = []
        dialog.confirmed.connect(lambda got=got: got.append("done"))
        dialog.show_over()
        qtbot.waitUntil(dialog.no.hasFocus)
        getattr(dialog, answer).click()
        assert got == expected
        QApplication.processEvents()


def test_a_wild_value_does_not_flatten_the_band() -> None:
    wild = Series((Dot("00", 2.4), Dot("01", 2460.0)), 2.2, 2.7)
    assert _scaled([2.4, 2460.0], wild) == [2.4, 2.2, 2.7]
    scale = _Scale(QRectF(0, 0, 100, 100), [2.2, 2.7])
    assert (scale.y(2460.0), scale.y(-5.0)) == (0.0, 100.0)
