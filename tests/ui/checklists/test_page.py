"""The checklists page by keyboard only: choose, fill in, words, sign off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from stationdesk.services import PROGRAM, Store
from stationdesk.services import checklists as use
from stationdesk.storage.shifts import Shift
from stationdesk.ui.checklists.page import ChecklistsPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.line import Line
from tests.conftest_station import NIGHT, ZONE, actor
from tests.ui.hands import Hands
from tests.walks import make_list, retire_others, visitor

ENTER, UP, F9 = Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_F9


class Desk(Hands):
    """The page on screen and the keys one presses."""

    def __init__(self, store: Store, qtbot: QtBot) -> None:
        self.store = store
        self.runner = Runner(store, inline=True, clock=lambda: NIGHT, zone=ZONE)
        self.runner.actor = actor(store, "op-b1")
        self.page = ChecklistsPage(self.runner)
        self.gone: list[tuple[str, object]] = []
        self.page.go.connect(lambda name, target: self.gone.append((name, target)))
        self.page.resize(1234, 692)
        qtbot.addWidget(self.page)
        self.page.show()
        self.page.activateWindow()
        self.settle()
        self.page.take_focus()
        self.settle()


@pytest.fixture
def template(station_store: Store) -> int:
    made = make_list(station_store)
    retire_others(station_store)
    return made


@pytest.fixture
def desk(station_store: Store, template: int, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(station_store, qtbot)
    yield made
    made.runner.stop()


def test_a_checklist_by_keyboard_only(desk: Desk, template: int) -> None:
    desk.press(ENTER, F9, "1")
    desk.type("36")
    desk.press(ENTER, "1", "n")
    desk.type("too high")
    desk.press(ENTER, F9)
    (signed,) = use.history(desk.store, template)
    assert (signed.state, signed.progress.abnormal) == ("closed", 1)
    line = use.checklist_view(desk.store, signed.id).lines[1]
    assert line.answer is not None
    assert line.answer.words == "too high"
    assert desk.page.start.due.current() is not None
    assert use.checklists_view(desk.store, NIGHT).owed == ()


def test_from_paper_is_marked(desk: Desk, template: int) -> None:
    desk.press(ENTER, "2", F9)
    (begun,) = use.history(desk.store, template)
    assert begun.mode == "paper"
    assert desk.page.board.run is not None
    assert not desk.page.board.list.times, "a checklist has no times of walking"


def test_one_that_was_begun_goes_on(desk: Desk, template: int) -> None:
    desk.press(ENTER, F9, "1")
    desk.control(Qt.Key.Key_D)
    desk.page.start.due.table.setFocus()
    desk.press(ENTER)
    desk.type("5")
    desk.press(ENTER)
    (begun,) = use.history(desk.store, template)
    assert begun.progress.answered == 2


def test_given_up_with_a_reason_it_is_due_again(desk: Desk, template: int) -> None:
    desk.press(ENTER, F9, "1")
    desk.page.board.give_up.setFocus()
    desk.press(ENTER)
    desk.type("alarm")
    desk.press(ENTER)
    assert use.history(desk.store, template)[0].state == "aborted"
    assert [each.id for each in use.checklists_view(desk.store, NIGHT).owed] == [template]


def test_print_leads_to_reports(desk: Desk, template: int) -> None:
    desk.page.print.click()
    assert desk.gone == [("reports", ("checklist-blank", str(template)))]


def test_history_shows_one_again(desk: Desk, template: int) -> None:
    person = actor(desk.store, "op-b1")
    begun = use.start_checklist(desk.store, person, template, at=NIGHT)
    use.abort_checklist(desk.store, person, begun, "x", at=NIGHT)
    desk.control(Qt.Key.Key_H)
    desk.page.old.table.selectRow(0)
    desk.press(ENTER)
    assert desk.page.run is not None
    assert desk.page.run.brief.id == begun
    assert not desk.page.board.list.writable


def test_one_on_paper_of_a_shift_handed_over_is_entered_afterwards_by_keys(desk: Desk, template: int) -> None:
    with desk.store.write(PROGRAM, "demo", NIGHT) as session:
        session.scalars(select(Shift)).one().closed_at = NIGHT - timedelta(minutes=1)
    desk.page.reload()
    desk.control(Qt.Key.Key_H)
    desk.press(Qt.Key.Key_F6)
    unfolded = desk.page.old.shifts.combo.view()
    assert unfolded.isVisible()
    for key in (Qt.Key.Key_Down, ENTER):
        QTest.keyClick(unfolded, key)
    desk.settle()
    assert "handed over" in desk.page.fact.text()
    desk.press(ENTER)
    assert desk.page.start.mode.value() == "paper", "live is locked, and says why"
    desk.press(F9)
    (begun,) = use.history(desk.store, template)
    assert (begun.mode, begun.state) == ("paper", "running")
    facts = dict(desk.page.board.run.facts) if desk.page.board.run is not None else {}
    assert facts["Counts for"].endswith("00:00–08:00")
    assert facts["Entered"].startswith("11-21 06:42")


def test_who_may_not_fill_one_in_reads_whose_it_is_before_trying(desk: Desk, template: int) -> None:
    begun = use.start_checklist(desk.store, actor(desk.store, "op-b1"), template, at=NIGHT)
    desk.runner.actor = visitor(desk.store)
    desk.settle()
    page = desk.page
    assert page.start.begin.isEnabled(), "looking at one that is being filled in is for all"
    desk.press(ENTER)
    assert page.desk.run_id == begun
    for button in (page.board.finish, page.board.pause, page.board.give_up):
        assert not button.isEnabled()
        assert "for: the people of the station" in button.accessibleDescription()
    assert page.board.whose.text() == "for: the people of the station"
    desk.press("1", "p", F9)
    assert use.checklist_view(desk.store, begun).lines[0].answer is None
    use.abort_checklist(desk.store, actor(desk.store, "op-b1"), begun, "x", at=NIGHT)
    desk.control(Qt.Key.Key_D)
    assert not page.start.begin.isEnabled()
    assert "for: the people of the station" in page.start.begin.text()
    assert not page.start.mode.isVisible()
    assert "F9" not in [key for key, _words in page.keys]
    desk.control(Qt.Key.Key_H)
    assert not page.old.shifts.isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_cut_off(desk: Desk, speak: Callable[[str], None], language: str) -> None:
    desk.press(ENTER, F9, "2")
    speak(language)
    desk.settle()
    for line in desk.page.findChildren(Line):
        if line.isVisible() and not line.elide:
            assert line.width() >= line.wide, line.text()
