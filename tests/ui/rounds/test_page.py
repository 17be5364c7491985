"""The rounds page as an operator uses it at night: by keyboard only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from stationdesk.domain.names import Name
from stationdesk.domain.walks import LineText
from stationdesk.services import Store
from stationdesk.services import rounds as use
from stationdesk.services.lines import Given
from stationdesk.storage.hazards import Hazard
from stationdesk.ui.rounds.page import RoundsPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.line import Line
from stationdesk.ui.widgets.walk_page import Part
from tests.conftest_station import ZONE, actor
from tests.ui.hands import Hands
from tests.walks import ROUTE, clock, fill, make_route, paper, retire_others, visitor, walk

AT = clock(7, 31)


class Desk(Hands):
    """The page on screen, with a clock one can set and the keys one presses."""

    def __init__(self, store: Store, qtbot: QtBot) -> None:
        self.store, self.time = store, [AT]
        self.runner = Runner(store, inline=True, clock=lambda: self.time[0], zone=ZONE)
        self.runner.actor = actor(store, "op-b1")
        self.page = RoundsPage(self.runner)
        self.told: list[object] = []
        self.gone: list[tuple[str, object]] = []
        self.page.tell.connect(self.told.append)
        self.page.go.connect(lambda name, target: self.gone.append((name, target)))
        self.page.resize(1234, 692)
        qtbot.addWidget(self.page)

    def open(self) -> None:
        self.page.show()
        self.page.activateWindow()
        self.settle()
        self.page.take_focus()
        self.settle()


ENTER, DOWN, UP, ESC, F9 = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape, Qt.Key.Key_F9


@pytest.fixture
def route(station_store: Store) -> int:
    made = make_route(station_store)
    retire_others(station_store)
    return made


@pytest.fixture
def desk(station_store: Store, route: int, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(station_store, qtbot)
    yield made
    made.runner.stop()


def running(desk: Desk, route: int) -> int:
    begun = use.start_round(desk.store, actor(desk.store, "op-b1"), route, paper(clock(7), clock(7, 2), clock(7, 24)), at=clock(7, 28))
    desk.open()
    return begun


def results(desk: Desk, round_id: int) -> list[str]:
    return [str(line.answer.result) if line.answer else "" for line in use.round_view(desk.store, round_id).lines]


def test_a_round_from_paper_by_keyboard_only(desk: Desk, route: int) -> None:
    desk.open()
    assert desk.page.part is Part.CHOOSE
    assert desk.page.start.table.current_row().id == (route, clock(7)), "the round due now is the first choice"
    desk.press(ENTER, "1")
    desk.type("0702")
    desk.press(ENTER)
    desk.type("7:24")
    desk.press(ENTER, ENTER)
    assert desk.page.part is Part.WALK
    round_id = desk.page.desk.run_id
    assert round_id is not None
    desk.press("1")
    desk.type("12.5")
    desk.press(ENTER, "1")
    assert results(desk, round_id) == ["normal", "normal", "normal"]
    desk.press(F9)
    view = use.round_view(desk.store, round_id)
    assert (view.brief.state, view.walked_from, view.walked_to) == ("closed", clock(7, 2), clock(7, 24))
    assert desk.page.part is Part.CHOOSE
    assert desk.told


def test_blind_typing_never_lands_in_another_line(desk: Desk, route: int) -> None:
    """1, a value beyond its limit, 2 and nothing looked at: each answer is in its own line, none in the words of another."""
    begun = running(desk, route)
    desk.press("2")
    desk.type("36")
    desk.press(ENTER, "2")
    found = use.round_view(desk.store, begun).lines
    assert [str(line.answer.result) for line in found if line.answer] == ["abnormal", "abnormal", "abnormal"]
    assert [line.answer.words for line in found if line.answer] == ["", "", ""]
    assert str(found[1].answer.value) == "36" if found[1].answer else False


def test_an_abnormal_line_takes_words_and_a_hazard_by_keys(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.press("2", "n")
    desk.type("oil leak")
    desk.press(ENTER)
    answer = use.round_view(desk.store, begun).lines[0].answer
    assert answer is not None
    assert answer.words == "oil leak"
    assert desk.page.board.list.current_row().number == "02", "the list goes on where it stood"
    desk.press("h")
    assert desk.page.board.line_card.grade is not None
    desk.press("1")
    QTest.keyClick(desk.held(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    with desk.store.read() as session:
        hazard = session.scalars(select(Hazard)).one()
    assert (hazard.grade, hazard.text) == ("minor", "oil leak")
    assert desk.page.board.list.rows()[0].link


def test_what_is_no_number_stays_and_says_why(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.press("1")
    desk.type("1.2.3")
    desk.press(ENTER)
    assert desk.page.board.list.current_row().number == "02"
    assert "1.2.3" in desk.page.board.list.remark.text()
    assert desk.page.board.list.entry.text() == "1.2.3"
    assert results(desk, begun) == ["normal", "", ""]


def test_leaving_a_line_by_the_arrows_keeps_what_was_typed(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.press("1")
    desk.type("14")
    desk.press(DOWN)
    assert results(desk, begun) == ["normal", "normal", ""]


def test_an_answer_is_changed_until_the_sign_off(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.press("1", UP, "2")
    assert results(desk, begun)[0] == "abnormal"
    desk.press(DOWN) if desk.page.board.list.current_row().number == "01" else None
    desk.type("12")
    desk.press(ENTER, UP, UP)
    desk.page.board.list.select_key(desk.page.board.list.rows()[1].id)
    desk.settle()
    desk.type("15")
    desk.press(ENTER)
    answer = use.round_view(desk.store, begun).lines[1].answer
    assert answer is not None
    assert str(answer.value) == "15"


def test_a_choice_and_not_applicable(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.press("3", "x", "2")
    assert results(desk, begun) == ["na", "na", "abnormal"]


def test_the_time_walked_goes_with_the_answer(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.press("t")
    desk.type("0705")
    desk.press(ENTER)
    assert desk.page.board.list.rows()[0].time == "0705", "it waits for its answer"
    desk.press("1")
    assert use.round_view(desk.store, begun).lines[0].walked_at == clock(7, 5)
    assert desk.page.board.list.rows()[0].time == "07:05"


def test_pause_stops_the_answers_and_resume_goes_on(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.press("p")
    assert use.round_view(desk.store, begun).brief.state == "paused"
    desk.press("1")
    assert results(desk, begun) == ["", "", ""]
    desk.press("p", "1")
    assert results(desk, begun) == ["normal", "", ""]


def test_sign_off_says_what_is_missing(desk: Desk, route: int) -> None:
    running(desk, route)
    assert "3" in desk.page.board.finish.text()
    assert not desk.page.board.finish.isEnabled()
    fill(desk.store, desk.page.desk.run_id or 0, AT, (Given(result="abnormal"), Given(typed="1"), Given(choice="open")))
    desk.runner.poll()
    desk.settle()
    assert not desk.page.board.finish.isEnabled(), "an abnormal line owes words"


def test_a_late_round_asks_why_before_it_is_signed_off(desk: Desk, route: int) -> None:
    begun = use.start_round(desk.store, actor(desk.store, "op-b1"), route, paper(clock(3), clock(3, 52), clock(4, 15)), at=clock(7, 28))
    fill(desk.store, begun, clock(7, 29))
    desk.open()
    desk.press(F9)
    assert use.round_view(desk.store, begun).brief.state == "running"
    desk.type("alarm")
    desk.press(ENTER)
    view = use.round_view(desk.store, begun)
    assert (view.brief.state, view.brief.words) == ("closed", "alarm")


def test_a_round_is_given_up_with_a_reason(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    desk.page.board.give_up.setFocus()
    desk.press(ENTER, ENTER)
    assert use.round_view(desk.store, begun).alive, "not without a reason"
    desk.type("called away")
    desk.press(ENTER)
    assert use.round_view(desk.store, begun).brief.state == "aborted"


def test_words_begun_come_back_after_the_window_was_closed(desk: Desk, route: int, qtbot: QtBot) -> None:
    running(desk, route)
    desk.press("2", "n")
    desk.type("half a sent")
    field = desk.page.board.line_card.field
    assert field is not None
    field._draft.flush()
    desk.settle()
    again = Desk(desk.store, qtbot)
    again.open()
    again.press("n")
    found = again.page.board.line_card.field
    assert found is not None
    assert found.text() == "half a sent"
    again.press(ENTER)
    answer = use.round_view(desk.store, again.page.desk.run_id or 0).lines[0].answer
    assert answer is not None
    assert answer.words == "half a sent"
    again.runner.stop()


def test_a_missed_window_is_explained_where_it_stands(desk: Desk, route: int) -> None:
    desk.open()
    desk.page.show_target(("window", route, clock(1)))
    desk.settle()
    panel = desk.page.start
    assert panel.owed.isVisible()
    panel.why.take_focus()
    desk.type("repair")
    desk.press(ENTER)
    window = use.rounds_view(desk.store, AT).lanes[0].windows[0]
    assert (window.words, window.owes_words) == ("repair", False)


def test_fewer_people_than_required_is_asked_at_the_field(station_store: Store, qtbot: QtBot) -> None:
    route = make_route(station_store, replace(ROUTE, people=2))
    retire_others(station_store)
    desk = Desk(station_store, qtbot)
    desk.open()
    desk.press(ENTER, "2")
    assert desk.page.start.reason.isVisible()
    desk.press(F9)
    assert desk.page.start.reason.wrong
    desk.type("two on shift")
    desk.press(F9)
    assert desk.page.part is Part.WALK
    assert use.round_view(station_store, desk.page.desk.run_id or 0).few_reason == "two on shift"
    assert use.history(station_store, route)
    desk.runner.stop()


def test_times_missing_are_asked_at_the_field(desk: Desk, route: int) -> None:
    desk.open()
    desk.press(F9)
    assert desk.page.start.walked_from.wrong
    assert use.history(desk.store, route) == ()


def test_what_another_program_writes_is_seen(desk: Desk, route: int) -> None:
    begun = running(desk, route)
    point = use.round_view(desk.store, begun).lines[2].item_id
    use.answer_line(desk.store, actor(desk.store, "op-b2"), begun, point, Given(choice="open"), at=AT)
    desk.runner.poll()
    desk.settle()
    assert desk.page.board.list.rows()[2].result == "normal"


def test_history_and_print_lead_on(desk: Desk, route: int) -> None:
    done = walk(desk.store, route, paper(clock(1), clock(1, 4), clock(1, 27)), at=clock(1, 30))
    desk.open()
    desk.control(Qt.Key.Key_H)
    assert desk.page.part is Part.PAST
    desk.page.old.table.selectRow(0)
    desk.press(ENTER)
    assert desk.page.part is Part.WALK
    assert not desk.page.board.list.writable
    desk.page.print.click()
    assert desk.gone == [("reports", ("rounds", f"round:{done}"))]
    desk.control(Qt.Key.Key_D)
    desk.page.print.click()
    assert desk.gone[-1] == ("reports", ("round-blank", str(route)))


def test_the_hazard_of_a_line_leads_to_it(desk: Desk, route: int) -> None:
    from stationdesk.services.lines import HazardWish

    begun = running(desk, route)
    point = use.round_view(desk.store, begun).lines[0].item_id
    given = Given(result="abnormal", words="渗油", hazard=HazardWish("minor"))
    use.answer_line(desk.store, actor(desk.store, "op-b1"), begun, point, given, at=AT)
    desk.runner.poll()
    desk.settle()
    row = desk.page.board.list.rows()[0]
    desk.page.board._cell(row, 6)
    assert desk.gone == [("hazards", 1)]


def test_two_hundred_points_are_walked(station_store: Store, qtbot: QtBot) -> None:
    many = tuple(LineText(f"{n:03}", Name(f"点 {n}", f"Point {n}")) for n in range(200))
    route = make_route(station_store, replace(ROUTE, lines=many))
    retire_others(station_store)
    desk = Desk(station_store, qtbot)
    begun = running(desk, route)
    desk.press(*"1" * 12)
    assert sum(1 for each in results(desk, begun) if each) == 12
    row = desk.page.board.list.currentIndex()
    assert desk.page.board.list.viewport().rect().intersects(desk.page.board.list.visualRect(row)), "the line being asked is in sight"
    desk.runner.stop()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_off(desk: Desk, route: int, speak: Callable[[str], None], language: str) -> None:
    running(desk, route)
    speak(language)
    desk.settle()
    for line in desk.page.findChildren(Line):
        if line.isVisible() and not line.elide:
            assert line.width() >= line.wide, line.text()


def test_the_language_is_changed_in_the_middle_of_a_round(desk: Desk, route: int, speak: Callable[[str], None]) -> None:
    running(desk, route)
    desk.press("1")
    speak("zh_CN")
    desk.settle()
    assert desk.page.title() == "巡检"
    assert desk.page.board.run is not None
    assert desk.page.board.run.title == "07:00 试线"
    desk.press("x")
    assert desk.page.board.list.rows()[1].result == "na"


def test_the_clock_turns_windows(desk: Desk, route: int) -> None:
    desk.open()
    assert "due" in desk.page.start.table.current_row().state
    desk.time[0] = AT + timedelta(minutes=30)
    desk.page._beat()
    desk.settle()
    window = next(each for each in use.rounds_view(desk.store, desk.time[0]).lanes[0].windows if each.opens == clock(7))
    assert str(window.state) == "missed"
    assert isinstance(desk.time[0], datetime)


def test_words_go_to_the_line_one_sees(desk: Desk, route: int) -> None:
    """N writes to a line that owes words before one that was only answered last; who goes to a line writes there."""
    begun = running(desk, route)
    desk.press("2", "x", "n")
    desk.type("leak")
    desk.press(ENTER, "n")
    desk.type("out of use")
    desk.press(ENTER)
    found = [line.answer.words for line in use.round_view(desk.store, begun).lines if line.answer]
    assert found == ["leak", "out of use"]
    desk.page.board.list.select_key(desk.page.board.list.rows()[0].id)
    desk.settle()
    desk.press("n")
    assert desk.page.board.line_card.row is not None
    assert desk.page.board.line_card.row.number == "01"
    desk.press(ESC)
    assert desk.page.board.list.hasFocus()


def test_a_paper_round_of_a_shift_handed_over_is_entered_afterwards(desk: Desk, route: int) -> None:
    from stationdesk.services import PROGRAM
    from stationdesk.storage.shifts import Shift

    with desk.store.write(PROGRAM, "demo", clock(8, 5)) as session:
        shift = session.scalars(select(Shift)).one()
        shift.closed_at, shift_id = clock(8, 5), shift.id
    desk.runner.actor = actor(desk.store, "lead-b")
    desk.time[0] = clock(9, 30) + timedelta(days=2)  # the paper lay in a drawer
    desk.open()
    desk.control(Qt.Key.Key_H)
    desk.page.old.shifts.chosen.emit(shift_id)
    desk.settle()
    assert desk.page.start.mode.value() == "paper"
    desk.page.start.select(route, clock(7))
    desk.press(ENTER, "2")
    assert desk.page.start.mode.value() == "paper", "live is locked, and says why"
    desk.page.start.walked_from.take_focus()
    desk.type("0702")
    desk.press(ENTER)
    desk.type("0720")
    desk.press(ENTER, ENTER)
    assert desk.page.run is not None
    assert desk.page.run.brief.afterwards
    assert desk.page.run.walked_from == clock(7, 2)


def test_a_walk_that_ends_in_the_future_is_refused_and_not_taken_for_last_night_s(desk: Desk, route: int) -> None:
    desk.time[0] = clock(7, 10)
    desk.open()
    desk.page.start.select(route, clock(7))
    desk.press(ENTER, "1")
    desk.page.start.walked_from.take_focus()
    desk.type("0702")
    desk.press(ENTER)
    desk.type("0725")
    desk.press(ENTER, ENTER)
    assert desk.page.run is None
    assert "future" in desk.page.start.walked_to.wrong()


def test_who_may_not_walk_reads_whose_it_is_before_trying(desk: Desk, route: int) -> None:
    desk.runner.actor = visitor(desk.store)
    desk.open()
    page = desk.page
    assert page.start.table.current_row().id == (route, clock(7)), "the list is read all the same"
    assert not page.start.begin.isEnabled()
    assert page.start.begin.text() == "Begin round, for: the people of the station"
    assert not page.start.mode.isVisible()
    desk.press(ENTER, F9)
    assert use.history(desk.store) == ()
    begun = use.start_round(desk.store, actor(desk.store, "op-b1"), route, paper(clock(7), clock(7, 2), clock(7, 24)), at=clock(7, 28))
    page.show_run(begun)
    desk.settle()
    assert page.board.whose.text() == "for: the people of the station"
    assert not page.board.list.writable
    desk.press("1", "p")
    assert results(desk, begun) == ["", "", ""]
    assert use.round_view(desk.store, begun).brief.state == "running"
    desk.runner.actor = actor(desk.store, "op-b1")
    desk.settle()
    assert page.board.pause.isEnabled(), "another person at the desk may"
    assert not page.board.whose.isVisible()


def test_every_key_works_with_the_keyboard_in_the_list_itself(desk: Desk, route: int) -> None:
    """At a line that is looked at no field has the keyboard: letters come as shortcuts, each of them once."""
    begun = running(desk, route)
    desk.press("2", "x", UP, UP)
    assert desk.page.board.list.hasFocus()
    assert desk.page.board.list.current_row().number == "01"
    desk.press("h")
    assert desk.page.board.line_card.grade is not None
    desk.page.board._leave_words()
    desk.press("t")
    assert desk.page.board.list.typing == "time"
    desk.press(ESC, "n")
    desk.type("leak")
    desk.press(ENTER)
    desk.page.board.list.setFocus()
    desk.press("p")
    view = use.round_view(desk.store, begun)
    assert view.brief.state == "paused"
    assert view.lines[0].answer is not None
    assert view.lines[0].answer.words == "leak"
