"""The handover page on a real store, by keyboard as at eight in the morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.domain import words
from stationdesk.services import Store
from stationdesk.services import handover as use
from stationdesk.services.hazards import raise_hazard
from stationdesk.services.notices import unseen
from stationdesk.services.shifts import declare_emergency, desk_view, extend_duty, sign_off_crew
from stationdesk.storage import keys
from stationdesk.ui.handover.dialogs import InkDialog, ObjectionDialog, UnscheduledDialog
from stationdesk.ui.handover.page import HandoverPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.spoken import said
from stationdesk.ui.widgets.text import Text
from tests.conftest_station import NIGHT, PASSWORD, actor, make_station
from tests.handing import EIGHT, hand_over, reserve_filter, walked_night
from tests.night import hour_of

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The page in a window of its own, with the clock in hand."""

    def __init__(self, qtbot: QtBot, store: Store, at: datetime) -> None:
        self.store, self.at = store, at
        self.runner = Runner(store, inline=True, clock=lambda: self.at)
        self.page = HandoverPage(self.runner)
        self.went: list[tuple[str, object]] = []
        self.told: list[object] = []
        self.page.go.connect(lambda name, target: self.went.append((name, target)))
        self.asked: list[str] = []
        self.page.tell.connect(self.told.append)
        self.page.desk_asked.connect(self.asked.append)
        qtbot.addWidget(self.page)
        self.page.resize(1234, 692)
        self.page.show()
        self.page.activateWindow()
        self.settle()

    def settle(self) -> None:
        for _each in range(6):
            self.runner.drain()
            QApplication.processEvents()
        if QApplication.activeWindow() is None:  # no window manager here gives a window the keyboard back when its dialog has gone
            self.page.activateWindow()
            QApplication.processEvents()

    def pick(self, login: str) -> None:
        """Somebody presses their key."""
        self.runner.actor = actor(self.store, login)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, on: QWidget | None = None) -> None:
        QTest.keyClick(on or QApplication.focusWidget() or self.page, key, modifier)
        self.settle()

    def type(self, text: str, on: QWidget) -> None:
        """As an input method hands it in."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(on, event)
        self.settle()

    def dialog(self) -> QDialog:
        found = [each for each in self.page.findChildren(QDialog) if each.isVisible()]
        assert len(found) == 1
        return found[0]

    def sign(self, password: str = PASSWORD) -> None:
        """Ctrl+Enter, the password, Enter."""
        self.press(Qt.Key.Key_Return, CONTROL, on=self.page)
        dialog = self.dialog()
        assert isinstance(dialog, SignDialog)
        self.type(password, on=dialog.password.edit)
        self.press(Qt.Key.Key_Return, on=dialog.password.edit)

    def line(self, code: str) -> QWidget:
        return self.page.lines.lines[code]


@pytest.fixture
def desk(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    keys.use(keys.LIGHT)
    made: list[Desk] = []

    def open_at(at: datetime = EIGHT, **how: object) -> Desk:
        store = make_station(tmp_path / "b.db") if at == NIGHT else walked_night(tmp_path / "a.db", **how)  # type: ignore[arg-type]
        made.append(Desk(qtbot, store, at))
        return made[-1]

    yield open_at
    for each in made:
        for dialog in each.page.findChildren(QDialog):
            dialog.reject()
        each.runner.stop()
        each.store.close()
    keys.use(keys.STRONG)


def test_a_quiet_handover_by_keyboard_asks_one_thing(desk: Callable[..., Desk]) -> None:
    at = desk(quiet=True)
    at.pick("lead-b")
    assert at.page.ready.primary.text() == "Hand over"
    at.sign()
    at.pick("lead-d")
    assert at.page.ready.primary.text() == "Take over, 1 left"
    assert at.line("hygiene").hasFocus()  # the keyboard is where it is needed
    at.press(Qt.Key.Key_Space)
    assert at.page.ready.primary.text() == "Take over"
    at.sign()
    view = desk_view(at.store, EIGHT)
    assert view.shift is not None
    assert view.shift.kind == "D"
    notice = at.told[-1]
    assert isinstance(notice, Notice)
    assert notice.take is not None
    notice.take()
    assert at.went == [("reports", ("handover", "1"))]
    assert at.page.view is not None
    assert at.page.view.shift.kind == "D"


def test_a_contradicted_line_is_locked_and_taken_with_words(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.pick("lead-b")
    line = at.page.lines.lines["equipment"]
    assert line.hasFocus()
    assert line.state.choice is not None
    locked = [each for each in line.state.choice.segments if not each.isEnabled()]
    assert [each.option.value for each in locked] == [True]
    assert "Readings" in locked[0].accessibleDescription()
    at.press(Qt.Key.Key_Space)  # cannot be as found
    assert use.handover_view(at.store, EIGHT).lines[1].said is None
    at.press(Qt.Key.Key_P)
    at.press(Qt.Key.Key_Return, on=line.words.edit)
    assert "needs words" in line.words.wrong  # type: ignore[operator]
    at.type("早班 09:00 切 B 路后换滤芯", on=line.words.edit)
    at.press(Qt.Key.Key_Return, on=line.words.edit)
    said = use.handover_view(at.store, EIGHT).lines[1].said
    assert said is not None
    assert said.words == "早班 09:00 切 B 路后换滤芯"
    assert not line.writing
    assert line.hasFocus()
    assert next(each.kind for each in unseen(at.store)) == "reservation"
    assert at.page.ready.primary.isEnabled()


def test_the_relief_accepts_by_space_and_three_questions_are_all(desk: Callable[..., Desk]) -> None:
    at = desk()
    reserve_filter(at.store)
    at.pick("lead-b")
    at.sign()
    at.pick("lead-d")
    assert at.line("equipment").hasFocus()
    at.press(Qt.Key.Key_Space)
    for _each in range(4):
        at.press(Qt.Key.Key_Down)
    assert at.line("hygiene").hasFocus()
    at.press(Qt.Key.Key_Space)
    at.sign()
    assert use.past_handovers(at.store)[0].with_reservation == 1


def test_a_wrong_password_is_said_at_the_field(desk: Callable[..., Desk]) -> None:
    at = desk(quiet=True)
    at.pick("lead-b")
    at.sign("nonono")
    dialog = at.dialog()
    assert isinstance(dialog, SignDialog)
    assert dialog.password.wrong
    assert use.handover_view(at.store, EIGHT).outgoing.signed_at is None


def test_evidence_is_reached_by_the_arrows(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.pick("lead-b")
    at.page.lines.select("records")
    at.press(Qt.Key.Key_Right)
    at.press(Qt.Key.Key_Right)
    at.press(Qt.Key.Key_Return)
    assert at.went == [("rounds", None)]
    at.press(Qt.Key.Key_Left)
    at.press(Qt.Key.Key_Left)
    assert at.line("records").hasFocus()


def test_each_cure_leads_where_it_is_cured(desk: Callable[..., Desk]) -> None:
    at = desk(NIGHT)
    at.pick("lead-b")
    assert at.page.view is not None
    links = [each for each in at.page.ready.rows_inside.findChildren(Button) if each.look == "link"]
    assert links
    for each in links:
        each.click()
    at.settle()
    assert {name for name, _target in at.went} == {"readings", "rounds", "checklists"}
    assert not at.page.ready.primary.isEnabled()
    at.at = hour_of("07")
    at.page.reload()
    at.settle()
    at.page.cure(next(each for each in at.page.view.obstacles if each.cure == "sign_on"))
    assert at.asked == ["sign_on"]


def test_a_refusal_shows_its_clock_and_the_chiefs_number(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.pick("lead-d")
    at.page.ready.refuse.click()
    dialog = at.dialog()
    assert isinstance(dialog, ObjectionDialog)
    dialog.yes.click()
    at.settle()
    assert dialog.words.wrong
    assert dialog.ground is not None
    at.type("岗位没打扫", on=dialog.words.edit)
    at.press(Qt.Key.Key_Return, CONTROL, on=dialog.words.edit)
    assert (bool(dialog.ground.wrong), bool(dialog.words.wrong)) == (True, False)  # told where it is mended
    dialog.ground.choose("unclean")
    at.press(Qt.Key.Key_Return, CONTROL, on=dialog.words.edit)
    assert "8001" in at.page.ready.refusal.text()
    at.at = EIGHT + timedelta(minutes=12, seconds=5)
    at.page._beat()
    assert at.page.ready.clock.text() == "00:12:05"
    assert not at.page.ready.refuse.isEnabled()
    assert "岗位没打扫" in "".join(each.text() for each in at.page.record.findChildren(type(at.page.lines.lines["mode"].facts)))


def test_what_the_outgoing_crew_may_not_says_so(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.pick("op-b1")
    assert not at.page.ready.refuse.isVisible()
    assert at.page.lines.lines["hygiene"].state.choice is None
    at.page.lines.select("hygiene")
    at.press(Qt.Key.Key_Space)
    assert use.handover_view(at.store, EIGHT).lines[5].said is None
    reserve_filter(at.store)
    at.settle()
    at.pick("op-b2")
    assert at.page.ready.primary.text() == "Hand over, by 张伟"


def test_words_begun_come_back_to_the_one_who_wrote_them(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.pick("lead-b")
    at.press(Qt.Key.Key_P)
    line = at.page.lines.lines["equipment"]
    at.type("写到一半", on=line.words.edit)
    line.words._draft.flush()
    at.settle()
    assert use.handover_board(at.store, actor(at.store, "lead-b").person_id, EIGHT).words == {"equipment": "写到一半"}
    at.press(Qt.Key.Key_Escape, on=line.words.edit)
    line.words.set_text("")
    at.pick("op-b1")
    assert not line.writing
    at.pick("lead-b")
    assert line.writing
    assert line.words.text() == "写到一半"


def test_records_that_change_void_the_first_signature_before_the_eyes(desk: Callable[..., Desk]) -> None:
    at = desk(quiet=True)
    at.pick("lead-b")
    at.sign()
    assert "signed" in at.page.signatures.outgoing.state.text()
    raise_hazard(at.store, actor(at.store, "op-b1"), grade="minor", place="北侧", text="围栏破损", at=EIGHT)
    at.runner.poll()
    at.settle()
    assert "void" in at.page.signatures.outgoing.below.text()
    assert at.page.ready.primary.text() == "Hand over"
    at.sign()
    assert "void" not in at.page.signatures.outgoing.below.text()


def test_ink_and_the_signature_given_later(desk: Callable[..., Desk]) -> None:
    at = desk(quiet=True)
    at.pick("op-b1")
    at.page.ready.ink.click()
    dialog = at.dialog()
    assert isinstance(dialog, InkDialog)
    assert dialog.side.value() == "outgoing"
    at.type("口令忘了", on=dialog.words.edit)
    dialog.yes.click()
    at.settle()
    assert "ink" in at.page.signatures.outgoing.below.text()
    assert not at.page.ready.settle.isVisible()
    at.pick("lead-b")
    assert at.page.ready.settle.isVisible()
    at.page.ready.settle.click()
    signing = at.dialog()
    assert isinstance(signing, SignDialog)
    at.type(PASSWORD, on=signing.password.edit)
    at.press(Qt.Key.Key_Return, on=signing.password.edit)
    assert use.owed_inks(at.store, EIGHT) == ()


def test_out_of_turn_and_back(desk: Callable[..., Desk]) -> None:
    at = desk(NIGHT)
    at.pick("lead-b")
    at.page.ready.unscheduled.click()
    dialog = at.dialog()
    assert isinstance(dialog, UnscheduledDialog)
    at.type("班长突发腹痛", on=dialog.words.edit)
    dialog.yes.click()
    at.settle()
    assert "unscheduled" in at.page.fact.text()
    at.page.ready.unscheduled.click()
    confirm = at.dialog()
    assert isinstance(confirm, ConfirmDialog)
    confirm.yes.click()
    at.settle()
    assert "unscheduled" not in at.page.fact.text()


def test_an_emergency_stands_in_the_way_with_its_cure(desk: Callable[..., Desk]) -> None:
    at = desk(quiet=True)
    declare_emergency(at.store, actor(at.store, "op-b1"), "泄漏", at=EIGHT)
    at.pick("lead-b")
    assert not at.page.ready.primary.isEnabled()
    assert at.page.view is not None
    at.page.cure(at.page.view.obstacles[0])
    assert at.asked == ["end_emergency"]


def test_without_a_relief_the_button_says_so_and_the_open_ways_stand_beside_it(desk: Callable[..., Desk]) -> None:
    at = desk(quiet=True, relief=0)
    at.pick("lead-b")
    ready = at.page.ready
    assert ready.primary.text() == "Hand over, no relief yet"
    assert ready.note.text() == "Nobody comes? The ways below are open."
    at.press(Qt.Key.Key_Return, CONTROL, on=at.page)
    assert "extended duty" in plain_words(at.told.pop())
    assert ready.extend.isVisible()
    assert ready.ink.isEnabled()
    ready.extend.click()
    assert at.asked == ["extend"]
    extend_duty(at.store, actor(at.store, "lead-b"), "丁班班车抛锚", at=EIGHT)
    at.runner.poll()
    at.settle()
    assert not ready.extend.isVisible()
    texts = [each.text() for each in at.page.record.findChildren(Text)]
    assert texts == ["Extended duty of 张伟, 李娜, 王强: since 08:00, 0.05 h so far. 丁班班车抛锚"]


def test_a_deed_asked_for_by_its_key_opens_or_says_why_not(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.pick("lead-b")
    for deed, why in (("refuse", "The relief refuses"), ("settle", "You owe no signature")):
        at.page.show_target(("do", deed))
        at.settle()
        assert plain_words(at.told.pop()).startswith(why)
    at.pick("lead-d")
    at.page.show_target(("do", "withdraw"))
    at.settle()
    assert plain_words(at.told.pop()) == "No refusal stands."
    at.page.show_past()
    at.settle()
    at.page.show_target(("do", "refuse"))
    at.settle()
    assert isinstance(at.dialog(), ObjectionDialog)


def plain_words(told: object) -> str:
    assert isinstance(told, Notice)
    return said(told.words)


def test_who_handed_over_is_named_until_they_sign_off(desk: Callable[..., Desk]) -> None:
    at = desk(quiet=True)
    hand_over(at.store)
    at.runner.poll()
    at.pick("lead-d")
    leaving = at.page.leaving
    assert leaving.isVisible()
    assert leaving.who.text() == "Handed over: 张伟, 李娜, 王强"
    for each in leaving.findChildren(Button):
        each.click()
    assert at.asked == ["sign_off_crew"]
    sign_off_crew(at.store, actor(at.store, "lead-d"), at=EIGHT)
    at.runner.poll()
    at.settle()
    assert not leaving.isVisible()


def test_nobody_at_the_desk_reads_and_writes_nothing(desk: Callable[..., Desk]) -> None:
    at = desk()
    before = at.store.head()
    at.page.lines.select("equipment")
    for key in (Qt.Key.Key_Space, Qt.Key.Key_P):
        at.press(key)
    at.press(Qt.Key.Key_Return, CONTROL, on=at.page)
    assert at.store.head() == before
    assert not at.page.ready.ink.isEnabled()


def test_handovers_of_before_are_listed_and_opened_as_signed(desk: Callable[..., Desk]) -> None:
    at = desk()
    hand_over(at.store)
    at.at = EIGHT + timedelta(minutes=30)
    at.pick("lead-d")
    at.page.show_past()
    at.settle()
    rows = at.page.past.table.rows()
    assert [each.number for each in rows] == ["JJB-20261121-1"]
    at.page.past.table.setFocus()
    at.page.past.table.select_key(1)
    at.press(Qt.Key.Key_Return, on=at.page.past.table)
    assert at.page.view is not None
    assert at.page.view.closed_at is not None
    assert not at.page.ready.isVisible()
    at.page.lines.select("equipment")
    at.press(Qt.Key.Key_P)
    assert not at.page.lines.lines["equipment"].writing
    at.page.preview.click()
    assert at.went[-1] == ("reports", ("handover", "1"))
    at.page.now_button.click()
    at.settle()
    assert at.page.view.closed_at is None


def test_a_target_is_a_line_or_a_past_handover(desk: Callable[..., Desk]) -> None:
    at = desk()
    at.pick("lead-d")
    at.page.show_target("problems")
    assert at.line("problems").hasFocus()
    hand_over(at.store)
    at.page.show_target(("closed", 1))
    at.settle()
    assert at.page.view is not None
    assert at.page.view.number == "JJB-20261121-1"


def test_it_speaks_the_language_of_the_window(desk: Callable[..., Desk], speak: Callable[[str], None]) -> None:
    at = desk()
    at.pick("lead-b")
    speak("zh_CN")
    at.settle()
    assert at.page.lines.lines["mode"].name.text() == "运行方式"
    assert "相符" in at.page.lines.fact.text()
    assert at.page.ready.primary.text() == "交班签字，还差 1 项"
    words.use("en")
