"""The Now page as the people at the desk use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from stationdesk.app import Program
from stationdesk.domain.handover import Obstacle, Stops
from stationdesk.domain.said import Said
from stationdesk.services import PROGRAM, Store, log, readings, shifts
from stationdesk.services.handover import ready
from stationdesk.services.notices import notify
from stationdesk.services.shifts import SignOn
from stationdesk.ui.now.fitting import Fitting
from stationdesk.ui.now.notice_words import WORDS, notice_words
from stationdesk.ui.now.press import Pressable
from stationdesk.ui.signin.page import SigninPage
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.obstacles import groups
from stationdesk.ui.widgets.text import Text
from tests import stage
from tests.conftest_station import actor, make_station
from tests.night import PAPER, hour_of
from tests.ui.now.conftest import Opened, now

Speak = Callable[[str], None]


def press(qtbot: QtBot, program: Program, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or program.shell, key, held)
    stage.settle(program)


def texts(widget: QWidget) -> list[str]:
    """Every line that is seen in it."""
    lines = [*widget.findChildren(Line), *widget.findChildren(Text)]
    return [line.text() for line in lines if line.isVisible() and line.text()]


def gone(program: Program) -> list[tuple[str, object]]:
    """Where the page leads from now on; nobody follows."""
    found: list[tuple[str, object]] = []
    page = now(program)
    page.go.disconnect()
    page.go.connect(lambda name, target: found.append((name, target)))
    return found


def test_it_answers_in_one_look(night: Path, opened: Opened) -> None:
    page = now(opened(night))
    assert page.fact.text() == "Night: on for 6 h 42 min, 1 h 18 min to go"
    assert (page.coming.countdown.text(), page.coming.name.text()) == ("18 min", "07:00 hourly reading")
    assert "Filter Difference 34 kPa above 30" in texts(page.abnormal)
    assert "06:00 reading, 19 at 05:00·alarm limit 50·words owed" in texts(page.abnormal)
    assert {"张伟", "李娜", "王强"} <= set(texts(page.crew))
    assert "2.41 MPa" in texts(page.points.cards[0])
    assert "Not ready to hand over" in texts(page.ready)
    assert "today 24:00" in texts(page.carried)
    assert any("检查 2# 调压器正常" in each for each in texts(page.beside))


def test_what_comes_next_is_never_cut_off_beside_a_long_countdown(night: Path, opened: Opened, clock: stage.Clock) -> None:
    page = now(opened(night))
    assert not page.coming.name.short
    clock.at += timedelta(minutes=200)
    page.tick()
    QApplication.processEvents()
    assert "overdue" in page.coming.countdown.text()
    assert page.coming.name.text() == "07:00 reading"
    assert page.coming.name.wide <= page.coming.name.width()


def test_the_countdown_goes_by_the_second_and_only_while_seen(night: Path, opened: Opened, clock: stage.Clock) -> None:
    program = opened(night)
    page = now(program)
    assert page._timer.isActive()
    clock.at += timedelta(minutes=20)
    page.tick()
    assert page.coming.countdown.text() == "13 min left"
    program.shell.lock()
    assert not page._timer.isActive()


@pytest.mark.parametrize(
    ("key", "where"),
    [
        (Qt.Key.Key_F5, ("readings", hour_of("07"))),
        (Qt.Key.Key_F6, ("log", "new")),
        (Qt.Key.Key_E, ("readings", ("point", "dp-f", hour_of("06")))),
    ],
)
def test_one_key_leads_to_the_work(night: Path, opened: Opened, qtbot: QtBot, key: Qt.Key, where: tuple[str, object]) -> None:
    program = opened(night)
    led = gone(program)
    press(qtbot, program, key)
    assert led == [where]


def test_every_line_that_leads_somewhere_is_reached_by_tab_and_pressed_by_enter(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night)
    led = gone(program)
    stops: list[QWidget] = []
    press(qtbot, program, Qt.Key.Key_Tab)
    while (at := QApplication.focusWidget()) is not None and at not in stops and len(stops) < 80:
        stops.append(at)
        press(qtbot, program, Qt.Key.Key_Tab)
    page = now(program)
    rows = [each for each in page.findChildren(QWidget) if isinstance(each, Pressable) and each._press is not None and each.isVisible()]
    assert set(rows) <= set(stops)
    links = [each for each in page.findChildren(Button) if each.look == "link" and each.isVisible()]
    assert set(links) <= set(stops)
    for row in rows:
        if row.parentWidget() is not page.crew.people:
            row.setFocus()
            press(qtbot, program, Qt.Key.Key_Return)
    assert ("readings", ("point", "p-in", hour_of("06"))) in led
    assert ("hazards", ("item", 1)) in led or ("hazards", 1) in led
    assert {"readings", "rounds", "handover", "hazards", "log"} <= {name for name, _target in led}


def test_the_timeline_shows_what_was_read_and_walked(night: Path, opened: Opened) -> None:
    lanes = now(opened(night)).timeline.span.lanes
    words = [each.name if isinstance(each.name, str) else each.name() for each in lanes]
    assert words == ["Hourly readings", "Site round", "Perimeter round", "Odorizer round"]
    assert [each.state for each in lanes[0].items] == ["done"] * 7 + ["due", "coming"]
    assert lanes[0].items[6].owed  # type: ignore[union-attr]
    assert [each.state for each in lanes[1].items] == ["done", "late", "done", "due"]


def test_a_reading_taken_elsewhere_changes_the_page(night: Path, opened: Opened, clock: stage.Clock) -> None:
    program = opened(night)
    clock.at = hour_of("07")
    points = [each.point_id for each in readings.points_view(program.store, clock.at)]
    program.runner.command(program, readings.take_hour, hour_of("07"), dict(zip(points, PAPER, strict=True)))
    stage.settle(program)
    page = now(program)
    assert page.read.text() == "Read 08:00"
    assert page.timeline.span.lanes[0].items[7].state == "done"
    assert "All values within their limits" in texts(page.abnormal)
    assert page.abnormal.height() < 50


def test_picking_another_person_by_their_line(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night)
    now(program).crew.people.rows[1].setFocus()
    press(qtbot, program, Qt.Key.Key_Return)
    assert program.runner.actor is not None
    assert program.runner.actor.name == "李娜"


def test_the_focus_stays_on_its_line_when_the_page_is_filled_anew(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night)
    row = now(program).carried.rows.rows[1]
    row.setFocus()
    who = actor(program.store, "op-b1")
    log.write_entry(program.store, who, "other", "另一条", at=stage.NIGHT)
    from stationdesk.services import hazards

    hazards.raise_hazard(program.store, who, "minor", "门口", "地砖松动", at=stage.NIGHT)
    now(program).reload()
    stage.settle(program)
    assert QApplication.focusWidget() is now(program).carried.rows.rows[1]


# sign of life


def test_the_confirmation_is_a_button_when_it_is_due_and_counts_when_pressed(night: Path, opened: Opened, clock: stage.Clock) -> None:
    program = opened(night)
    page = now(program)
    assert "on post, last seen 06:30" in texts(page.crew)
    clock.at += timedelta(hours=3)
    page.reload()
    stage.settle(program)
    button = next(each for each in page.crew.findChildren(Button) if each.text() == "Confirm on post")
    button.click()
    stage.settle(program)
    assert "on post, last seen 09:42" in texts(page.crew)


# emergency


def test_an_emergency_with_both_crews_there_does_not_make_the_window_taller(night: Path, opened: Opened, clock: stage.Clock) -> None:
    store = Store.open(night)
    clock.at = hour_of("07") + timedelta(minutes=46)
    for login in ("lead-d", "op-d1", "op-d2"):
        person = actor(store, login)
        shifts.sign_on(store, person, person.person_id, SignOn(leader=login == "lead-d"), at=clock.at)
    store.close()
    program = opened(night)
    high = program.shell.height()
    shifts.declare_emergency(program.store, actor(program.store, "op-d1"), at=clock.at)
    now(program).reload()
    stage.settle(program)
    assert now(program).emergency.isVisible()
    assert program.shell.height() == high == 768


def test_an_emergency_is_declared_by_one_press_and_ended_by_the_leader(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night, "op-b1")
    page = now(program)
    page.alarm.click()
    stage.settle(program)
    assert page.emergency.isVisible()
    assert not page.timeline.isVisible()
    assert page.emergency.head.text().startswith("Emergency state for")
    assert "11-21 06:42 declared by 李娜" in page.emergency.facts.text()
    assert (page.coming.held.isVisible(), page.coming.countdown.isVisible()) == (True, False)
    assert "emergency state" in program.shell.strip.next.text()
    assert not page.emergency.end.isEnabled()
    assert "leader" in page.emergency.end.text()
    assert "words owed" not in " ".join(texts(page.abnormal))
    stage.pick(program, "lead-b")
    assert page.emergency.end.isEnabled()
    page.emergency.end.click()
    stage.settle(program)
    dialog = program.shell.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    shifts.end_emergency(program.store, actor(program.store, "lead-b"), "关阀，无泄漏", at=stage.NIGHT)
    page.reload()
    stage.settle(program)
    assert page.timeline.isVisible()
    assert page.coming.countdown.isVisible()


def test_an_emergency_record_is_written_with_one_key(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night)
    page = now(program)
    press(qtbot, program, Qt.Key.Key_F11)
    dialog = page._record
    assert dialog is not None
    assert dialog.isVisible()
    dialog.kinds.choose("leak")
    dialog.text.set_text("3# 阀井")
    dialog.state.setChecked(True)
    dialog.yes.click()
    stage.settle(program)
    entry = log.entries(program.store, log.LogFilter(), limit=1)[0]
    assert (entry.category, entry.person) == ("emergency", "张伟")
    assert entry.text.endswith("3# 阀井")
    assert page.emergency.isVisible()


def test_an_empty_emergency_record_is_refused_at_the_field(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night)
    press(qtbot, program, Qt.Key.Key_F11)
    dialog = now(program)._record
    assert dialog is not None
    dialog.yes.click()
    stage.settle(program)
    assert dialog.isVisible()
    assert dialog.text.wrong
    assert dialog.yes.isEnabled()
    dialog.reject()


# the chief, the locked desk, a new station


def test_a_chief_sees_notices_until_they_are_marked_seen(night: Path, opened: Opened) -> None:
    program = opened(night, "chief")
    page = now(program)
    assert "1 notice to the chief" in texts(page.beside)
    assert "Hazard YH-2026-0002 has to be reported: 放空区" in texts(page.beside)
    assert program.shell.strip.role.text() == "station chief"
    next(each for each in page.beside.findChildren(Button) if each.text() == "Seen").click()
    stage.settle(program)
    assert "Duty log" in texts(page.beside)


def test_a_chief_back_after_a_week_reads_all_of_them_and_puts_each_away_by_one_key(night: Path, opened: Opened, qtbot: QtBot) -> None:
    store = Store.open(night)
    with store.write(PROGRAM, "init", stage.NIGHT) as session:
        for n in range(30):
            notify(session, "emergency", "emergency", n, stage.NIGHT, words=f"第 {n} 次")
    store.close()
    program = opened(night, "chief")
    page = now(program)
    press(qtbot, program, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    stage.settle(program)
    dialog = page.beside.dialog
    assert dialog is not None
    assert len(dialog.lines) == 31
    assert "Emergency state declared. 第 29 次" in texts(dialog.lines[0])
    for _each in range(2):
        qtbot.keyClick(dialog.lines[0], Qt.Key.Key_Space)
        stage.settle(program)
    assert dialog.heading.text() == "29 notices to the chief"
    assert "Emergency state declared. 第 27 次" in texts(dialog.lines[0])
    sight = dialog.area.viewport().rect()
    for step in (Qt.Key.Key_Space, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Space, Qt.Key.Key_Home):
        line = next(each for each in dialog.lines if each.hasFocus())
        assert sight.contains(line.rect().translated(line.mapTo(dialog.area.viewport(), QPoint()))), step
        qtbot.keyClick(line, step)
        stage.settle(program)
    qtbot.keyClick(dialog.lines[0], Qt.Key.Key_End)
    qtbot.keyClick(dialog.lines[-1], Qt.Key.Key_Return)
    stage.settle(program)
    assert program.shell.current is program.shell.page("hazards")


def test_the_locked_desk_stands_in_its_place_until_somebody_is_picked(night: Path, opened: Opened, qtbot: QtBot) -> None:
    program = opened(night, "")
    assert isinstance(program.shell.current, SigninPage)
    press(qtbot, program, Qt.Key.Key_F2)
    assert program.shell.current is now(program)
    assert [key for key, _words in program.shell.foot.keys] == ["F5", "F6", "F11", "Ctrl K"]
    program.shell.lock()
    stage.settle(program)
    assert isinstance(program.shell.current, SigninPage)


def test_before_the_first_shift_it_offers_to_sign_on(tmp_path: Path, opened: Opened) -> None:
    make_station(tmp_path / "new.db", open_shift=False).close()
    program = opened(tmp_path / "new.db")
    page = now(program)
    assert (page.timeline.isVisible(), page.fact.text()) == (False, "no shift open")
    next(each for each in page.ready.findChildren(Button) if each.text() == "Sign on").click()
    stage.settle(program)
    dialog = program.shell.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


# room


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("full", [False, True])
def test_it_fits_the_smallest_window_with_nothing_cut_but_what_may_be(
    night: Path, opened: Opened, speak: Speak, clock: stage.Clock, language: str, full: bool
) -> None:
    program = opened(night)
    if full:
        for n, login in enumerate(("lead-d", "op-d1", "op-d2")):
            who = actor(program.store, login)
            shifts.sign_on(program.store, who, who.person_id, SignOn(shift="next", leader=not n), at=hour_of("07"))
        clock.at = hour_of("07") + timedelta(minutes=47)
        now(program).reload()
    speak(language)
    stage.settle(program)
    assert (program.shell.width(), program.shell.height()) == (1366, 768)
    for line in now(program).findChildren(Line):
        if line.isVisible() and not line.elide:
            assert line.width() >= line.wide, line.text()
    assert len(now(program).crew.people.rows) == (6 if full else 3)
    assert now(program).crew.people.hidden == 0


def test_a_taller_window_shows_more_rows_and_points(night: Path, opened: Opened) -> None:
    program = opened(night)
    page = now(program)
    before = [each.hidden for each in (page.coming.rows, page.ready.rows, page.carried.rows)]
    assert len(page.points.cards) == 4
    program.shell.resize(1920, 1080)
    stage.settle(program)
    after = [each.hidden for each in (page.coming.rows, page.ready.rows, page.carried.rows)]
    assert sum(after) < sum(before)
    assert len(page.points.cards) == 6


def test_rows_that_do_not_fit_whole_are_hidden(qtbot: QtBot) -> None:
    rows = Fitting(least=1)
    qtbot.addWidget(rows)
    rows.fill([Line(f"row {n}") for n in range(5)])
    rows.resize(100, 50)
    rows.show()
    assert (rows.hidden, rows.sizeHint().height(), rows.minimumSizeHint().height()) == (3, 100, 20)


# words


def test_obstacles_of_one_kind_stand_in_one_line(night: Path, opened: Opened) -> None:
    def missing(clock: str) -> Obstacle:
        return Obstacle(
            Said("readings.missing", {"time": hour_of(clock)}), "records", "readings", hour_of(clock), "explain", Stops.OUTGOING
        )

    wait = Obstacle(Said("readings.to_come", {"time": hour_of("08")}), "records", "readings", None, "wait", Stops.OUTGOING, hour_of("08"))
    found = groups([wait, missing("03"), missing("04")])
    assert [(each.first.said.code, each.times) for each in found] == [
        ("readings.missing", (hour_of("03"), hour_of("04"))),
        ("readings.to_come", (hour_of("08"),)),
    ]


def test_every_notice_that_is_written_has_words() -> None:
    services = Path(shifts.__file__).parent.parent
    written = {
        line.split('notify(session, "')[1].split('"')[0]
        for file in services.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if 'notify(session, "' in line
    }
    named = {each if each != "password_" else "password_reset" for each in written}
    assert named <= set(WORDS)
    assert {"refuse", "dissent", "withdraw", "password_recovery"} <= set(WORDS)


def test_a_notice_names_people_and_never_breaks() -> None:
    from stationdesk.services.notices import NoticeView

    told = NoticeView(1, "stand_in", "duty_spell", 3, {"person": 1, "for_person": 2, "reason": "病假"}, "chief", stage.NIGHT)
    assert notice_words(told, {1: "李娜", 2: "王强"}) == "李娜 stands in for 王强: 病假"
    strange = NoticeView(2, "something new", "shift", 7, {}, "chief", stage.NIGHT)
    assert notice_words(strange, {}) == "Notice about shift 7"
    bare = NoticeView(3, "emergency", "emergency", 1, {}, "chief", stage.NIGHT)
    assert notice_words(bare, {}) == "Emergency state declared."


def test_every_cure_leads_to_its_page_without_a_defect(night: Path, opened: Opened) -> None:
    program = opened(night)
    defects: list[str] = []
    program.runner.defect.connect(defects.append)
    assert program.store is not None
    obstacles = ready(program.store, program.runner.now()).obstacles
    assert obstacles
    for obstacle in obstacles:
        if obstacle.page in ("readings", "rounds", "checklists", "hazards", "log"):
            program.shell.go(obstacle.page, obstacle.target)
            stage.settle(program)
            assert program.shell.current is program.shell.page(obstacle.page)
            program.shell.go("now")
    assert defects == []
