"""By keyboard through the real window: takeovers read blind that come out green, amber and red, and runs switched in a shift."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from stationdesk.domain import words
from stationdesk.domain.numbers import shown
from stationdesk.journey import day, trouble
from stationdesk.journey import shift as steps
from stationdesk.journey.hand import Clock, Hand
from stationdesk.services import handover
from stationdesk.services.demo import PASSWORD, make_demo
from stationdesk.services.log import LogFilter, entries
from stationdesk.services.metering.discrepancies import discrepancies_view
from stationdesk.services.metering.hours import gas_of
from stationdesk.services.metering.results import results_between
from stationdesk.services.metering.streams import streams_view
from stationdesk.services.metering.switching import run_states, switches_view
from stationdesk.services.readings import points_view
from stationdesk.services.readings.kept import kept_whole
from stationdesk.services.shifts import desk_view
from stationdesk.storage.verify import verify
from stationdesk.ui.handover.gas_dialogs import HoursDialog, SheetDialog
from stationdesk.ui.handover.page import HandoverPage
from stationdesk.ui.readings.page import ReadingsPage
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.switch_dialog import SwitchDialog

TODAY = date(2026, 11, 21)
Opened = Callable[[int, int], Hand]


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication) -> Iterator[Opened]:
    """The window of a demo station at a time of a day in November, its shift played up to then."""
    words.use("zh_CN")
    with ExitStack() as stack:

        def open_at(hour: int, minute: int) -> Hand:
            at = datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=day.ZONE)
            make_demo(tmp_path / "station.db", at=at, days=3)
            return stack.enter_context(day.opened(tmp_path / "station.db", Clock(at), "zh_CN"))

        yield open_at


def leaders(hand: Hand) -> tuple[int, int]:
    """Who leaves and who takes over."""
    people = [each for each in desk_view(hand.store, hand.clock()).people if each.leader]
    return next(each.person_id for each in people if not each.incoming), next(each.person_id for each in people if each.incoming)


def meters(hand: Hand) -> dict[str, Decimal]:
    """What the counters show on the spot at the closing hour, by their points' codes."""
    shift = desk_view(hand.store, hand.clock()).shift
    assert shift is not None
    with hand.store.read() as session:
        kept = kept_whole(session, shift.ends_at, shift.ends_at)
    points = points_view(hand.store, hand.clock())
    return {each.code: value for each in points if (value := kept.value(each.point_id, shift.ends_at)) is not None}


def page(hand: Hand) -> HandoverPage:
    found = hand.go("handover")
    assert isinstance(found, HandoverPage)
    return found


def hidden_everywhere(hand: Hand, values: dict[str, Decimal]) -> None:
    """No page tells what the outgoing crew read."""
    secrets = [shown(values[code]) for code in ("m-1", "n-1", "m-2", "n-2") if code in values]
    assert secrets
    for name in ("now", "readings", "handover", "metering", "log"):
        seen = trouble.on_screen(hand.go(name))
        assert not [each for each in secrets if each in seen], name
    grid = hand.go("readings")
    assert isinstance(grid, ReadingsPage)
    model = grid.model
    cells = {str(model.data(model.index(row, column)) or "") for row in range(model.rowCount()) for column in range(model.columnCount())}
    assert not cells & set(secrets)


def sign_both(hand: Hand, leaving: int, taking: int) -> None:
    """Both leaders sign; the gas of the shift is kept, and the store fits its journal."""
    shift = desk_view(hand.store, hand.clock()).shift
    assert shift is not None
    steps.sign_outgoing(hand, leaving)
    steps.take_over(hand, taking)
    with hand.store.read() as session:
        assert [each.shift_id for each in results_between(session, shift.starts_at, shift.ends_at) if each.shift_id == shift.shift_id]
    assert verify(hand.store.path).clean


@pytest.mark.journey
def test_green(opened: Opened) -> None:
    hand = opened(8, 5)
    leaving, taking = leaders(hand)
    values = meters(hand)
    steps.pick(hand, taking)
    hidden_everywhere(hand, values)
    steps.read_blind(hand, taking, values)
    seen = trouble.on_screen(page(hand))
    assert "相符" in seen
    assert shown(values["m-1" if "m-1" in values else "m-2"]) in seen
    hand.press("F6")
    assert trouble.on_screen(hand.dialog(HoursDialog))
    hand.press("Esc")
    sign_both(hand, leaving, taking)
    past = handover.past_handovers(hand.store)[0]
    assert [each.light for each in handover.closed_view(hand.store, past.handover_id, hand.clock()).metering] == ["green"]


@pytest.mark.journey
def test_amber_gives_a_reason(opened: Opened) -> None:
    hand = opened(8, 5)
    leaving, taking = leaders(hand)
    values = meters(hand)
    code = "m-1" if "m-1" in values else "m-2"
    steps.read_blind(hand, taking, values, {code: 3})
    assert "超差（黄）" in trouble.on_screen(page(hand))
    hand.press("F5")
    hand.write("表盘末位在跳")
    hand.press("Enter")
    assert "表盘末位在跳" in trouble.on_screen(page(hand))
    sign_both(hand, leaving, taking)


@pytest.mark.journey
def test_red_opens_a_sheet_that_both_sign(opened: Opened) -> None:
    hand = opened(8, 5)
    leaving, taking = leaders(hand)
    values = meters(hand)
    code = "m-1" if "m-1" in values else "m-2"
    steps.read_blind(hand, taking, values, {code: 300})
    assert "超差（红）" in trouble.on_screen(page(hand))
    trouble.push(hand, button(hand, "计量差异处理单"))
    dialog = hand.dialog(SheetDialog)
    trouble.reach(hand, dialog.evidence.edit)
    hand.write("两人当面看表，表头已拍照")
    dialog.method.combo.setFocus()
    hand.press("Down")
    dialog.method.combo.activated.emit(dialog.method.combo.currentIndex())
    hand.press("Ctrl+Enter")
    [sheet] = discrepancies_view(hand.store)
    assert (sheet.state, sheet.evidence) == ("open", "两人当面看表，表头已拍照")
    for person, words_ in ((leaving, "交班人签字"), (taking, "接班人签字")):
        steps.pick(hand, person)
        page(hand)
        trouble.push(hand, button(hand, words_))
        hand.dialog(SignDialog)
        hand.write(PASSWORD)
        hand.press("Enter")
    [sheet] = discrepancies_view(hand.store)
    assert sheet.state == "signed"
    sign_both(hand, leaving, taking)


def button(hand: Hand, words_: str) -> QAbstractButton:
    """The button of the takeover card that says so."""
    return next(each for each in page(hand).gas.findChildren(QAbstractButton) if each.isVisible() and each.text() == words_)


@pytest.mark.journey
def test_runs_are_switched_in_the_middle_of_a_shift(opened: Opened) -> None:
    hand = opened(10, 31)
    who = desk_view(hand.store, hand.clock()).people[0].person_id
    steps.pick(hand, who)
    hand.go("now")
    out = next(each for each in run_states(hand.store, hand.clock()) if not each.shut)
    into = next(each for each in run_states(hand.store, hand.clock()) if each.shut)
    assert out.counter is not None
    assert out.corrected is not None
    left, came = (out.counter + 150, out.corrected + 3900), ((into.counter or Decimal(5000)), (into.corrected or Decimal(90_000)))
    hand.press("Alt+S")
    dialog = hand.dialog(SwitchDialog)
    assert (dialog.out.run.value(), dialog.into.run.value()) == (out.stream_id, into.stream_id)
    for typed in (*left, *came):
        hand.write(str(typed))
        hand.press("Enter")
    hand.press("Enter")  # the time: now
    hand.write("过滤器清洗")
    hand.press("Enter")
    hand.write("调度赵工")
    hand.press("Enter")
    [switch] = switches_view(hand.store, hand.clock() - timedelta(minutes=5), hand.clock())
    assert (switch.out_counter, switch.into_counter) == (left[0], came[0])
    assert entries(hand.store, LogFilter(text="过滤器清洗"))
    hand.until(11, 2)
    codes = {each.point_id: each.code for each in points_view(hand.store, hand.clock())}
    runs = {each.stream_id: each.points for each in streams_view(hand.store, hand.clock())}
    grid = hand.go("readings")
    assert isinstance(grid, ReadingsPage)
    asked = {each.code for each in grid.model.points}
    assert codes[runs[into.stream_id].counter or 0] in asked
    eleven = hand.clock().replace(minute=0, second=0, microsecond=0)
    row = grid.model.row_of(eleven)
    for point_id, value in ((runs[into.stream_id].counter, came[0] + 190), (runs[into.stream_id].corrected, came[1] + 5000)):
        column = next(n for n, each in enumerate(grid.model.points) if each.point_id == point_id)
        grid.grid.setFocus()
        grid.grid.go_to(row, column)
        hand.settle()
        hand.write(str(value))
        hand.press("Enter", "Enter")
    found = {each.stream.stream_id: each for each in gas_of(hand.store, eleven - timedelta(hours=1), eleven, hand.clock())}
    assert found[into.stream_id].volume == 190
    assert found[out.stream_id].hours[0].closing.counter == left[0]
