"""The hazards page as a person uses it: every key goes to the widget that has the focus."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from stationdesk.domain.hazards import HazardState, Step
from stationdesk.services import Actor, Store, hazards, items, log
from stationdesk.services.drafts import load_draft
from stationdesk.ui.hazards.forms import HazardForm, ItemForm, StepForm
from stationdesk.ui.hazards.life_card import LifeCard
from stationdesk.ui.hazards.page import HazardsPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.text import Text
from tests.conftest_station import NIGHT, ZONE, actor

KEY, CONTROL, ALT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> list[datetime]:
    return [NIGHT]


@pytest.fixture
def operator(station_store: Store) -> Actor:
    return actor(station_store, "op-b1")


@pytest.fixture
def leader(station_store: Store) -> Actor:
    return actor(station_store, "lead-b")


@pytest.fixture
def runner(dressed: QApplication, station_store: Store, operator: Actor, clock: list[datetime]) -> Iterator[Runner]:
    made = Runner(station_store, inline=True, clock=lambda: clock[0], zone=ZONE)
    made.actor = operator
    made.drain()
    yield made
    made.stop()


@pytest.fixture
def open_page(qtbot: QtBot, runner: Runner) -> Callable[[], HazardsPage]:
    def make() -> HazardsPage:
        page = HazardsPage(runner)
        qtbot.addWidget(page)
        page.resize(1234, 692)
        page.show()
        page.activateWindow()
        settle(page)
        page.table().setFocus()
        return page

    return make


def settle(page: HazardsPage) -> None:
    for _n in range(4):
        page.runner.drain()
        QApplication.processEvents()


def press(page: HazardsPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    settle(page)


def raised(store: Store, who: Actor, text: str = "井盖破损", grade: str = "minor") -> int:
    return hazards.raise_hazard(store, who, grade, "阀井 3#", text, at=NIGHT)


def view(store: Store, hazard_id: int) -> hazards.HazardView:
    return hazards.hazard_life(store, hazard_id, NIGHT).hazard


def card(page: HazardsPage) -> LifeCard:
    assert page.side.card is not None
    return page.side.card


def ways(page: HazardsPage) -> dict[str, bool]:
    """Key of a step → whether it can be taken."""
    return {each.key: each.isEnabled() for each in card(page).findChildren(Button) if each.key}


def leading(page: HazardsPage) -> list[str]:
    return [each.key for each in page.side.findChildren(Button) if each.look == "primary" and each.isVisible()]


def words(page: HazardsPage) -> str:
    return " ".join(each.text() for each in card(page).findChildren(Text))


def step(page: HazardsPage, key: Qt.Key, text: str) -> StepForm:
    press(page, key)
    form = page.side.form
    assert isinstance(form, StepForm)
    form.text.set_text(text)
    press(page, KEY.Key_Return, CONTROL)
    return form


def test_hazard_is_raised_by_keyboard_alone(open_page: Callable[[], HazardsPage], station_store: Store) -> None:
    page = open_page()
    press(page, KEY.Key_N)
    form = page.side.form
    assert isinstance(form, HazardForm)
    press(page, KEY.Key_2)
    assert form.grade.value() == "major"
    assert "11-22 06:42" in form.until.text()
    assert "15 min" in form.until.text()
    assert form.place.edit.hasFocus()
    form.place.edit.insert("加臭间")
    press(page, KEY.Key_Return)
    assert form.text.edit.hasFocus()
    form.text.insert("膜片渗漏")
    press(page, KEY.Key_Return, CONTROL)
    (found,) = hazards.hazards_view(station_store, NIGHT)
    assert (found.grade, found.place, found.text, found.owner) == ("major", "加臭间", "膜片渗漏", "")
    assert page.table().current_row() == found
    assert page.side.form is None
    assert page.table().hasFocus()


def test_what_is_missing_is_said_and_what_is_typed_stays(open_page: Callable[[], HazardsPage], station_store: Store) -> None:
    page = open_page()
    page.begin()
    settle(page)
    form = page.side.form
    assert isinstance(form, HazardForm)
    form.text.set_text("x")
    press(page, KEY.Key_Return, CONTROL)
    assert form.missing.text()
    form.grade.segments[0].click()
    press(page, KEY.Key_Return, CONTROL)
    assert form.place.wrong
    form.place.set_text("区")
    form.text.set_text(" ")
    press(page, KEY.Key_Return, CONTROL)
    assert form.text.wrong
    assert hazards.hazards_view(station_store, NIGHT) == ()
    form.text.set_text("字" * 10_001)
    press(page, KEY.Key_Return, CONTROL)
    assert hazards.hazards_view(station_store, NIGHT) == ()
    form.text.set_text("䶮㛃𬱖" + "字" * 9_997)
    press(page, KEY.Key_Return, CONTROL)
    assert len(hazards.hazards_view(station_store, NIGHT)) == 1


def test_form_left_halfway_comes_back(open_page: Callable[[], HazardsPage], station_store: Store, operator: Actor) -> None:
    page = open_page()
    page.begin()
    settle(page)
    form = page.side.form
    assert isinstance(form, HazardForm)
    form.grade.segments[0].click()
    form.place.edit.insert("调压间")
    form.place.edit.textEdited.emit("调压间")
    form.place._draft.flush()
    settle(page)
    press(page, KEY.Key_Escape)
    assert json.loads(load_draft(station_store, operator.person_id, "hazards.raise"))["place"] == "调压间"
    again = open_page()
    again.begin()
    settle(again)
    form = again.side.form
    assert isinstance(form, HazardForm)
    assert (form.place.text(), form.grade.value()) == ("调压间", "minor")
    form.text.set_text("灯不亮")
    press(again, KEY.Key_Return, CONTROL)
    assert len(hazards.hazards_view(station_store, NIGHT)) == 1
    assert load_draft(station_store, operator.person_id, "hazards.raise") == ""


def test_life_is_walked_by_two_people(
    open_page: Callable[[], HazardsPage], runner: Runner, station_store: Store, operator: Actor, leader: Actor
) -> None:
    hazard = raised(station_store, operator)
    page = open_page()
    told: list[object] = []
    page.tell.connect(told.append)
    assert ways(page) == {"R": True, "P": True, "O": False, "D": False}
    form = step(page, KEY.Key_R, "")
    assert form.text.wrong
    form.text.set_text("换井盖")
    press(page, KEY.Key_Return, CONTROL)
    assert view(station_store, hazard).state is HazardState.RECTIFIED
    assert told
    assert ways(page) == {"V": False, "B": True, "P": True, "O": False}
    assert "somebody other than the one who fixed it" in words(page)
    assert leading(page) == []  # nobody is led to send back what waits for a second look
    runner.actor = leader
    settle(page)
    assert ways(page) == {"V": True, "B": True, "P": True, "O": True}
    assert leading(page) == ["V"]
    step(page, KEY.Key_B, "不平")
    assert view(station_store, hazard).state is HazardState.OPEN
    page.table().setFocus()
    step(page, KEY.Key_R, "垫平")
    runner.actor = operator
    settle(page)
    page.table().setFocus()
    step(page, KEY.Key_V, "")
    assert view(station_store, hazard).state is HazardState.CLOSED
    assert page.table().rows() == []
    assert page.side.card is None
    page.closed.segments[1].click()
    settle(page)
    assert [each.hazard_id for each in page.table().rows()] == [hazard]
    assert ways(page) == {}


def test_leader_gives_an_owner_and_defers(
    open_page: Callable[[], HazardsPage], runner: Runner, station_store: Store, operator: Actor, leader: Actor
) -> None:
    hazard = raised(station_store, operator)
    runner.actor = leader
    page = open_page()
    press(page, KEY.Key_O)
    form = page.side.form
    assert isinstance(form, StepForm)
    press(page, KEY.Key_Return, CONTROL)
    assert form.owner.wrong
    form.owner.choose(operator.person_id)
    press(page, KEY.Key_Return, CONTROL)
    assert view(station_store, hazard).owner == "李娜"
    page.table().setFocus()
    press(page, KEY.Key_D)
    form = page.side.form
    assert isinstance(form, StepForm)
    form.text.set_text("等井盖")
    press(page, KEY.Key_Return, CONTROL)
    assert form.deadline.wrong
    form.deadline.day.set_text("11-20")
    press(page, KEY.Key_Return, CONTROL)
    assert form.deadline.wrong  # it must lie ahead
    form.deadline.day.set_text("11-25")
    form.deadline.time.set_text("1730")
    press(page, KEY.Key_Return, CONTROL)
    assert f"{view(station_store, hazard).deadline.astimezone(ZONE):%m-%d %H:%M}" == "11-25 17:30"
    steps = [each.what for each in hazards.hazard_life(station_store, hazard, NIGHT).steps]
    assert steps == [Step.RAISED, Step.ASSIGNED, Step.DEFERRED]


def test_what_another_did_meanwhile_is_told_and_a_second_press_counts(
    open_page: Callable[[], HazardsPage], station_store: Store, operator: Actor, leader: Actor
) -> None:
    hazard = raised(station_store, operator)
    page = open_page()
    press(page, KEY.Key_R)
    hazards.defer_hazard(station_store, leader, hazard, NIGHT + 50 * HOUR, "等", 1, at=NIGHT)
    form = page.side.form
    assert isinstance(form, StepForm)
    form.text.set_text("已换")
    press(page, KEY.Key_Return, CONTROL)
    assert form.text.wrong
    assert form.text.text() == "已换"
    assert page.side.form is form
    page.runner.poll()
    settle(page)
    press(page, KEY.Key_Return, CONTROL)
    press(page, KEY.Key_Return, CONTROL)
    assert view(station_store, hazard).state is HazardState.RECTIFIED


def test_overdue_is_red_with_icon_and_word_and_stands_first(
    open_page: Callable[[], HazardsPage], station_store: Store, operator: Actor, clock: list[datetime]
) -> None:
    raised(station_store, operator, "大", "major")
    raised(station_store, operator, "小")
    page = open_page()
    assert page.fact.text() == "2 open"
    clock[0] = NIGHT + 20 * HOUR
    page.tick()
    settle(page)
    first, second = page.table().rows()
    state = page.hazards.columns[-1]
    assert (first.text, second.text) == ("小", "大")
    assert (state.text(first), state.icon and state.icon(first), state.token and state.token(first)) == (
        "overdue",
        "circle-alert",
        "red-fg",
    )
    assert (state.text(second), state.token and state.token(second)) == ("to be reported", "amber-fg")
    assert page.fact.text() == "2 open, 1 past the deadline"


def test_order_is_taken_read_back_and_reported(open_page: Callable[[], HazardsPage], station_store: Store) -> None:
    page = open_page()
    press(page, KEY.Key_3, ALT)
    assert page.tab == "order"
    press(page, KEY.Key_N)
    form = page.side.form
    assert isinstance(form, ItemForm)
    form.whom.edit.insert("调度 王工")
    press(page, KEY.Key_Return)
    form.text.insert("出站压力调至 0.36")
    press(page, KEY.Key_Return, CONTROL)
    assert ways(page) == {"R": True, "V": False}
    assert "first read it back" in words(page)
    press(page, KEY.Key_R)
    assert ways(page) == {"R": False, "V": True}
    step(page, KEY.Key_V, "02:40 已调，已回令")
    assert page.table().rows() == []
    (found,) = items.items_view(station_store, NIGHT, done=True)
    assert (found.from_whom, found.done_words) == ("调度 王工", "02:40 已调，已回令")


def test_item_has_a_deadline_or_none(open_page: Callable[[], HazardsPage], station_store: Store) -> None:
    page = open_page()
    press(page, KEY.Key_2, ALT)
    for day, expected in (("", None), ("11-23", "11-24 00:00")):
        press(page, KEY.Key_N)
        form = page.side.form
        assert isinstance(form, ItemForm)
        form.text.set_text(f"膜片待到货 {day}")
        form.deadline.day.set_text(day)
        press(page, KEY.Key_Return, CONTROL)
        assert page.side.form is None
        found = next(each for each in items.items_view(station_store, NIGHT) if each.text.endswith(day or "货"))
        shown = f"{found.deadline.astimezone(ZONE):%m-%d %H:%M}" if found.deadline else None
        assert shown == expected


def test_targets_of_other_pages_are_led_to(
    open_page: Callable[[], HazardsPage], station_store: Store, operator: Actor, leader: Actor
) -> None:
    open_one, closed_one = raised(station_store, operator), raised(station_store, operator)
    hazards.rectify_hazard(station_store, operator, closed_one, "x", 1, at=NIGHT)
    hazards.close_hazard(station_store, leader, closed_one, "", 2, at=NIGHT)
    told = items.open_item(station_store, operator, "instruction", "防冻", at=NIGHT)
    page = open_page()
    for target, tab, done in ((closed_one, "hazards", True), (("item", told), "instruction", False), (open_one, "hazards", False)):
        page.show_target(target)
        settle(page)
        key = target if isinstance(target, int) else target[1]
        assert (page.tab, page.done) == (tab, done)
        current = page.table().current_row()
        assert getattr(current, "hazard_id", None) == key or getattr(current, "item_id", None) == key


def test_hazard_of_a_log_entry_leads_back_to_it(open_page: Callable[[], HazardsPage], station_store: Store, operator: Actor) -> None:
    entry = log.write_entry(station_store, operator, "operation", "井盖破损", at=NIGHT)
    page = open_page()
    page.show_target(("raise", "井盖破损", "log_entry", entry, NIGHT))
    settle(page)
    form = page.side.form
    assert isinstance(form, HazardForm)
    assert form.text.text() == "井盖破损"
    form.grade.segments[0].click()
    form.place.set_text("阀井")
    press(page, KEY.Key_Return, CONTROL)
    gone: list[tuple[str, object]] = []
    page.go.connect(lambda name, target: gone.append((name, target)))
    link = next(each for each in card(page).findChildren(Button) if each.look == "link")
    link.click()
    assert gone == [("log", entry)]


def test_list_is_filtered_by_words_and_person(open_page: Callable[[], HazardsPage], station_store: Store, operator: Actor) -> None:
    raised(station_store, operator, "井盖破损")
    raised(station_store, operator, "围栏锈蚀")
    page = open_page()
    press(page, KEY.Key_F, CONTROL)
    page.search.edit.insert("围栏")
    page.search.edited.emit("围栏")
    settle(page)
    assert [each.text for each in page.table().rows()] == ["围栏锈蚀"]
    assert page.side.life is not None


def test_models_keep_their_word(
    open_page: Callable[[], HazardsPage], station_store: Store, operator: Actor, qtmodeltester: ModelTester
) -> None:
    page = open_page()
    qtmodeltester.check(page.hazards.rows_model)
    qtmodeltester.check(page.items.rows_model)
    raised(station_store, operator)
    page.runner.poll()
    settle(page)
    qtmodeltester.check(page.hazards.rows_model)
    assert len(page.table().rows()) == 1
