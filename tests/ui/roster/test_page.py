"""The roster page as a chief and an operator use it: every key goes to the widget that has the focus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stationdesk.services import Actor, Store
from stationdesk.services import roster as use
from stationdesk.services.roster import StandIn, leaves, month_view, swaps, versions, wishes
from stationdesk.services.shifts import SignOn, sign_off, sign_on
from stationdesk.ui.roster.dialogs import DecisionDialog, LeaveDialog, SwapDialog, WishDialog
from stationdesk.ui.roster.fatigue_band import FatigueBand
from stationdesk.ui.roster.page import RosterPage
from stationdesk.ui.roster.past import PastDialog
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.confirm import ConfirmDialog
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.select_field import Select
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.spoken import said
from stationdesk.ui.widgets.text import Text
from tests.conftest_station import NIGHT, PASSWORD, actor
from tests.ui.roster.desk import FIRST, LAST, dialog, press, publish, settle

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def stored(page: RosterPage, store: Store, row: int, n: int) -> str:
    return month_view(store, FIRST, NIGHT).rows[row].cells[n].code


def test_a_draft_is_begun_typed_in_and_taken_back(page: RosterPage, station_store: Store) -> None:
    assert page.board is not None
    assert not page.model.editable
    press(page, KEY.Key_N)
    assert page.model.editable
    before = [stored(page, station_store, 0, n) for n in range(3)]
    page.grid.people.go_to(0, 0)
    for key in (KEY.Key_1, KEY.Key_2, KEY.Key_4):
        press(page, key)
    assert [stored(page, station_store, 0, n) for n in range(3)] == ["D", "E", ""]
    for _n in range(3):
        press(page, KEY.Key_Z, CONTROL)
    assert [stored(page, station_store, 0, n) for n in range(3)] == before
    press(page, KEY.Key_Y, CONTROL)
    assert stored(page, station_store, 0, 0) == page.model.cell(page.model.rows[0].person_id, FIRST)


def test_every_key_has_a_cell_to_act_on_from_the_start(page: RosterPage) -> None:
    press(page, KEY.Key_L)
    found = dialog(LeaveDialog)
    assert isinstance(found, LeaveDialog)
    assert page.grid.people.currentIndex().isValid()
    found.close()


def test_in_a_month_published_in_part_swaps_are_asked_and_a_repair_is_not_offered(
    page: RosterPage, station_store: Store, operator: Actor
) -> None:
    chief = actor(station_store, "chief")
    draft = use.draft_roster(station_store, chief, date(2026, 12, 14), LAST, at=NIGHT)
    found = use.roster_view(station_store, draft, NIGHT)
    use.publish_roster(station_store, chief, draft, PASSWORD, {each.breach.key: "按惯例" for each in found.breaches}, at=NIGHT)
    page.reload()
    settle(page)
    assert (page.mend_button.isVisible(), page.bring_button.isVisible()) == (False, True)
    page.runner.actor = operator
    settle(page)
    press(page, KEY.Key_S)
    asked = dialog(SwapDialog)
    assert isinstance(asked, SwapDialog)
    asked.close()
    page.runner.clock = lambda: NIGHT + timedelta(days=33)  # on December 24
    offered = [day for day, _kind in page.asking.duties(operator.person_id)]
    assert offered
    assert min(offered) >= page.today()  # what is over is not offered


def test_a_shift_typed_into_what_is_no_draft_or_not_theirs_says_so_and_stays_where_one_is(page: RosterPage, operator: Actor) -> None:
    told: list[str] = []
    page.tell.connect(lambda each: told.append(said(each.words) if isinstance(each, Notice) else str(each)))
    page.grid.people.go_to(0, 3)
    press(page, KEY.Key_1)
    assert told == ["Only a draft can be changed: N begins one."]
    assert page.grid.people.currentIndex().column() == 3
    page.runner.actor = operator
    settle(page)
    press(page, KEY.Key_2)
    assert "station chief" in told[-1]


def test_figures_follow_what_is_typed(page: RosterPage) -> None:
    press(page, KEY.Key_N)
    free = next(n for n, day in enumerate(page.model.days) if not page.model.cell(page.model.rows[0].person_id, day))
    hours = page.model.rows[0].figures.presence
    page.grid.people.go_to(0, free)
    press(page, KEY.Key_1)
    assert page.model.rows[0].figures.presence == hours + 8 * 60


def breach(page: RosterPage) -> None:
    """A night straight after a morning, for the first person."""
    press(page, KEY.Key_N)
    page.grid.people.go_to(0, 9)
    for key in (KEY.Key_1, KEY.Key_3, KEY.Key_4):
        press(page, key)


def test_a_breach_is_marked_told_and_kept_with_a_reason(page: RosterPage) -> None:
    breach(page)
    assert page.breach.isVisible()
    assert page.board is not None
    count = page.board.view.unanswered
    assert count > 0
    page.breach.keep.click()
    assert page.breach.reason.wrong  # no reason, no keeping
    for _n in range(count):
        page.breach.reason.set_text("两人休假，已征得本人同意")
        page.breach.keep.click()
        settle(page)
    assert page.board.view.unanswered == 0
    assert not page.model.broken


def test_publishing_asks_for_reasons_first_and_then_for_the_password(page: RosterPage, station_store: Store) -> None:
    breach(page)
    press(page, KEY.Key_Return, CONTROL)
    assert page.breach.reason.isAncestorOf(QApplication.focusWidget())
    while page.board is not None and page.board.view.unanswered:
        page.breach.reason.set_text("人手不足")
        page.breach.keep.click()
        settle(page)
    page.grid.people.setFocus()
    press(page, KEY.Key_Return, CONTROL)
    sign = dialog(SignDialog)
    assert isinstance(sign, SignDialog)
    sign.password.set_text("wrong-password")
    sign.yes.setEnabled(True)
    sign.yes.click()
    settle(page)
    assert sign.password.wrong
    sign.password.set_text(PASSWORD)
    sign.yes.setEnabled(True)
    sign.yes.click()
    settle(page)
    assert [each.published_by for each in versions(station_store, FIRST, LAST)] == ["沈浩"]
    assert page.board is not None
    assert page.board.draft is None
    assert page.model.agreed() == len(page.model.days)


def test_a_draft_is_dropped_only_after_one_is_asked(page: RosterPage, station_store: Store) -> None:
    press(page, KEY.Key_N)
    page.drop_button.click()
    asked = dialog(ConfirmDialog)
    assert isinstance(asked, ConfirmDialog)
    asked.yes.click()
    settle(page)
    assert [each.dropped for each in versions(station_store, FIRST, LAST)] == [True]
    assert page.begin_button.isVisible()


def test_an_older_version_is_looked_at_and_left(page: RosterPage, station_store: Store) -> None:
    publish(station_store)
    page.runner.poll()
    settle(page)
    press(page, KEY.Key_N)
    press(page, KEY.Key_H, CONTROL)
    past = dialog(PastDialog)
    assert isinstance(past, PastDialog)
    assert page.board is not None
    past._take(page.board.versions[-1])
    settle(page)
    assert page.looking == page.board.versions[-1].roster_id
    assert not page.model.editable
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    page.take_focus()
    press(page, KEY.Key_Escape)
    assert page.model.editable


@pytest.fixture
def operator(station_store: Store) -> Actor:
    return actor(station_store, "op-a1")


def test_an_operator_asks_for_leave_and_the_chief_decides(page: RosterPage, station_store: Store, operator: Actor) -> None:
    publish(station_store)
    page.runner.actor = operator
    settle(page)
    assert not page.begin_button.isEnabled()
    row = [each.person_id for each in page.model.rows].index(operator.person_id)
    page.take_focus()
    page.grid.people.go_to(row, 12)
    press(page, KEY.Key_L)
    asked = dialog(LeaveDialog)
    assert isinstance(asked, LeaveDialog)
    asked.yes.click()
    assert asked.kind.wrong
    asked.kind.choose("annual")
    asked.last.choose(date(2026, 12, 14))
    asked.yes.click()
    settle(page)
    assert [(each.first, each.last, each.state) for each in leaves(station_store, FIRST, LAST)] == [
        (date(2026, 12, 13), date(2026, 12, 14), "asked")
    ]
    page.runner.actor = actor(station_store, "chief")
    settle(page)
    assert page.asks.isVisible()
    assert page.board is not None
    page.asking.decide(page.board.open_asks[0], False)
    refusing = dialog(DecisionDialog)
    assert isinstance(refusing, DecisionDialog)
    refusing.yes.click()
    settle(page)
    assert refusing.words.wrong  # a refusal says why
    refusing.reject()
    page.asking.decide(page.board.open_asks[0], True)
    settle(page)
    assert [each.state for each in leaves(station_store, FIRST, LAST)] == ["approved"]
    assert not page.asks.isVisible()


def test_a_swap_is_asked_of_what_is_published(page: RosterPage, station_store: Store, operator: Actor) -> None:
    publish(station_store)
    page.runner.actor = operator
    settle(page)
    mine = page.asking.duties(operator.person_id)
    other = next(each.person_id for each in page.model.rows if each.crew.zh and not page.model.cell(each.person_id, mine[0][0]))
    page.take_focus()
    press(page, KEY.Key_S)
    asked = dialog(SwapDialog)
    assert isinstance(asked, SwapDialog)
    asked.given.choose(mine[0])
    asked.yes.click()
    assert asked.other.wrong
    asked.other.choose(other)
    asked.yes.click()
    settle(page)
    assert [(each.person_id, each.other_id, each.state) for each in swaps(station_store, FIRST, LAST)] == [
        (operator.person_id, other, "asked")
    ]


def test_the_page_speaks_the_language_of_now(page: RosterPage, speak: Callable[[str], None]) -> None:
    breach(page)
    speak("zh_CN")
    settle(page)
    assert "班" in page.breach.what.text()
    assert page.months.name.text() == "2026 年 12 月"


def test_other_months_have_their_own(page: RosterPage) -> None:
    press(page, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.model.days[0] == date(2026, 11, 1)
    page.show_target((1, date(2027, 2, 3)))
    settle(page)
    assert (page.model.days[0], len(page.model.days)) == (date(2027, 2, 1), 28)
    assert "2027" in " ".join(each.text() for each in page.hints.findChildren(type(page.breach.what)))  # no official calendar yet


def test_a_stand_in_of_the_night_is_confirmed_afterwards(page: RosterPage, station_store: Store) -> None:
    standing, ill = actor(station_store, "op-c1"), actor(station_store, "op-b1")
    sign_off(station_store, ill, ill.person_id, "ill", at=NIGHT)
    how = SignOn(shift="open", stands_in_for=ill.person_id, reason="家中有急事")
    sign_on(station_store, standing, standing.person_id, how, at=NIGHT)
    press(page, KEY.Key_Left, Qt.KeyboardModifier.AltModifier)
    page.reload()
    settle(page)
    assert page.board is not None
    (asked,) = page.board.open_asks
    assert isinstance(asked, StandIn)
    assert (asked.person_id, asked.for_id, asked.reason) == (standing.person_id, ill.person_id, "家中有急事")
    page.asks.findChildren(Button)[0].click()
    settle(page)
    assert not page.board.open_asks
    assert not page.asks.isVisible()


def test_the_fatigue_band_is_of_the_person_of_the_row(page: RosterPage) -> None:
    press(page, KEY.Key_N)
    page.grid.people.go_to(4, 3)
    settle(page)
    assert page.band.name == page.model.rows[4].name
    before = page.band.fatigue.high_hours
    free = next(n for n, day in enumerate(page.model.days) if n > 3 and not page.model.cell(page.model.rows[4].person_id, day))
    page.grid.people.go_to(4, free)
    press(page, KEY.Key_3)  # one night more
    assert page.band.fatigue.high_hours > before
    assert page.band.grab().toImage() != FatigueBand(page.grid.day_left).grab().toImage()


def choose_days(page: RosterPage, person_id: int, day: date) -> None:
    page.take_focus()
    page.grid.people.go_to([each.person_id for each in page.model.rows].index(person_id), page.model.days.index(day))


def test_what_a_swap_would_break_shows_before_it_is_asked(page: RosterPage, station_store: Store, operator: Actor) -> None:
    publish(station_store)
    page.runner.actor = operator
    settle(page)
    mine = page.asking.duties(operator.person_id)
    tired = next(
        (duty, row.person_id)
        for duty in mine
        for row in page.model.rows
        if row.crew.zh and (duty[1], page.model.cell(row.person_id, duty[0])) == ("D", "") and duty[0].day > 1
        if page.model.cell(row.person_id, duty[0].replace(day=duty[0].day - 1)) == "E"
    )
    page.take_focus()
    press(page, KEY.Key_S)
    asked = dialog(SwapDialog)
    assert isinstance(asked, SwapDialog)
    choose_in(asked.given, tired[0])
    choose_in(asked.other, tired[1])
    settle(page)
    assert "12 h" in asked.breaks.text()
    asked.reject()


def choose_in(field: Select, value: object) -> None:
    """As if picked from the list: it is heard."""
    field.choose(value)
    field.chosen.emit(value)


def test_one_withdraws_ones_own_requests(page: RosterPage, station_store: Store, operator: Actor) -> None:
    publish(station_store)
    use.ask_leave(station_store, operator, date(2026, 12, 13), date(2026, 12, 14), "annual", at=NIGHT)
    page.runner.poll()
    settle(page)
    assert "Withdraw" not in words_of(page.asks)  # the chief decides, and does not take back
    page.runner.actor = operator
    settle(page)
    next(each for each in page.asks.findChildren(Button) if each.text() == "Withdraw").click()
    settle(page)
    assert [each.state for each in leaves(station_store, FIRST, LAST)] == ["withdrawn"]
    assert not page.asks.isVisible()


def words_of(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(Button)]


def test_a_wish_is_recorded_shown_and_withdrawn(page: RosterPage, station_store: Store, operator: Actor) -> None:
    page.runner.actor = operator
    settle(page)
    choose_days(page, operator.person_id, date(2026, 12, 13))
    press(page, KEY.Key_W)
    asked = dialog(WishDialog)
    assert isinstance(asked, WishDialog)
    asked.weight.choose(2)
    asked.yes.click()
    settle(page)
    (wish,) = wishes(station_store, FIRST, LAST)
    assert (wish.person_id, wish.first, wish.kind, wish.weight) == (operator.person_id, date(2026, 12, 13), "", 2)
    assert (operator.person_id, date(2026, 12, 13)) in page.model.wished
    page.runner.actor = actor(station_store, "chief")
    settle(page)
    assert page.wishes.isVisible()
    assert not words_of(page.wishes)
    page.runner.actor = operator
    settle(page)
    page.wishes.findChildren(Button)[0].click()
    settle(page)
    assert not wishes(station_store, FIRST, LAST)
    assert not page.wishes.isVisible()


def test_the_nearest_way_mends_a_breach_and_is_taken_back_like_any_change(page: RosterPage, station_store: Store) -> None:
    breach(page)
    assert page.board is not None
    before, first = page.board.view.unanswered, page.breach.breach
    assert first is not None
    assert page.breach.ways[0].isVisible()
    press(page, KEY.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.board.view.unanswered < before
    assert first.breach.key not in {each.breach.key for each in page.board.view.breaches}
    page.take_focus()
    press(page, KEY.Key_Z, CONTROL)
    assert page.board.view.unanswered == before


def test_a_draft_is_compared_with_what_is_published(page: RosterPage, station_store: Store) -> None:
    press(page, KEY.Key_C)
    assert not page.comparing  # nothing is published
    publish(station_store)
    page.runner.poll()
    settle(page)
    press(page, KEY.Key_N)
    low = page.grid.people.rowHeight(0)
    day = next(n for n, day in enumerate(page.model.days) if page.model.cell(page.model.rows[0].person_id, day) == "D")
    page.grid.people.go_to(0, day)
    press(page, KEY.Key_4)
    press(page, KEY.Key_C)
    assert page.changes.isVisible()
    said = " ".join(each.text() for each in page.changes.findChildren(Text))
    assert "1 person to be told" in said
    assert "→ off" in said
    assert page.grid.people.rowHeight(0) > low  # what is published stands below
    press(page, KEY.Key_Z, CONTROL)
    assert page.grid.people.rowHeight(0) == low
    press(page, KEY.Key_C)
    assert not page.changes.isVisible()


def test_the_year_leads_to_a_month(page: RosterPage, station_store: Store) -> None:
    publish(station_store)
    page.runner.poll()
    settle(page)
    press(page, KEY.Key_Y)
    year = page.year
    assert year.isVisible()
    assert year.model.view is not None
    assert [n + 1 for n in range(12) if year.model.held(n)] == [12]
    row = page.model.rows[0]
    assert year.model.text(0, 12) == str(row.figures.presence // 60)
    press(page, KEY.Key_2)
    assert year.model.text(0, 12) == str(row.figures.nights)
    year.grid.setCurrentIndex(year.model.index(0, 11))
    press(page, KEY.Key_Return)
    assert not year.isVisible()
    assert page.model.days[0] == date(2026, 11, 1)
    press(page, KEY.Key_Y)
    press(page, KEY.Key_Escape)
    assert page.grid.isVisible()


def test_the_page_fits_the_smallest_window_whoever_looks_at_whatever_state(page: RosterPage, station_store: Store, operator: Actor) -> None:
    wide = page.width()
    press(page, KEY.Key_N)
    assert page.width() == wide
    page.head.wait_for_engine()
    settle(page)
    assert page.width() == wide
    page.runner.actor = operator
    settle(page)
    assert (page.publish_button.isEnabled(), page.drop_button.isVisible()) == (False, False)
    page.runner.actor = actor(station_store, "chief")
    publish(station_store)
    page.runner.poll()
    settle(page)
    page.runner.actor = operator
    settle(page)
    assert page.begin_button.isVisible()
    assert not page.mend_button.isVisible()
    assert page.width() == wide
    page.runner.actor = actor(station_store, "chief")
    settle(page)
    page.begin()  # a draft beside what is published, all of it changed
    settle(page)
    page.model.change({(row.person_id, day): "" for row in page.model.rows for day in page.model.days})
    settle(page)
    assert (page.draft_chip.isVisible(), page.published.isVisible(), page.drop_button.isVisible()) == (True, True, True)
    assert page.width() == wide
    page.take_focus()
    press(page, KEY.Key_Y)
    assert page.year.isVisible()  # its button has no room, its key is heard


def test_one_reason_is_given_to_all_of_a_rule_of_a_person_and_of_the_cells_chosen(page: RosterPage, station_store: Store) -> None:
    press(page, KEY.Key_N)
    for row in (0, 1, 2):  # three people: a morning straight after a night, twice
        for column in (9, 14):
            page.grid.people.go_to(row, column)
            for key in (KEY.Key_3, KEY.Key_1, KEY.Key_3, KEY.Key_4):
                press(page, key)
    page.grid.people.go_to(0, 10)
    settle(page)
    opened = page.breaches.open()
    assert {len(page.breach.scopes[which].keys) > 1 for which in ("rule", "person", "all")} == {True}
    assert set(page.breach.scopes["all"].keys) == {each.breach.key for each in opened}
    assert page.breach.breach is not None
    person = page.breach.breach.breach.person
    wanted = {each.breach.key for each in opened if each.breach.person == person}
    assert len(wanted) > 1
    page.breach.scope.choose("person")
    page.breach.reason.set_text("本人同意连上")
    page.breach.keep.click()
    settle(page)
    left = page.breaches.open()
    assert {each.breach.key for each in left} == {each.breach.key for each in opened} - wanted
    assert page.board is not None
    assert {each.reason for each in page.board.view.breaches if each.breach.key in wanted} == {"本人同意连上"}
    select_block(page, (0, 8), (2, 12))
    chosen = page.breach.scopes["chosen"].keys
    others = {each.person_id for each in page.model.rows[:3]} - {person}
    assert {each.breach.person for each in left if each.breach.key in chosen} == others
    assert {each.breach.first.day for each in left if each.breach.key in chosen} <= set(range(2, 14))
    page.breach.scope.choose("all")
    page.breach.reason.set_text("人手不足")
    page.breach.keep.click()
    settle(page)
    assert page.breaches.open() == []
    assert page.board.view.unanswered == 0


def select_block(page: RosterPage, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Shift and the arrow, as one selects."""
    page.grid.people.go_to(*first)
    for _n in range(last[1] - first[1]):
        press(page, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    for _n in range(last[0] - first[0]):
        press(page, KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier)
