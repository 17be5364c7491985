"""The card of the takeover of the gas on a real store, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stationdesk.services import readings
from stationdesk.services.metering.discrepancies import SheetText, open_discrepancy
from stationdesk.storage import drafts, keys
from stationdesk.ui.handover.gas_stream import StreamPart
from stationdesk.ui.handover.page import HandoverPage
from stationdesk.ui.readings.page import ReadingsPage
from stationdesk.ui.runner import Runner
from stationdesk.ui.widgets.button import Button
from stationdesk.ui.widgets.notice import Notice
from stationdesk.ui.widgets.sign_dialog import SignDialog
from stationdesk.ui.widgets.text import Text
from tests.conftest_station import actor
from tests.handing import EIGHT, walked_night
from tests.night import hour_of
from tests.taking_over import booked, metered_night, the_takeover

ENTER = Qt.Key.Key_Return


class Desk:
    """The handover page of a metered night at 08:03."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.store, self.at = metered_night(path), EIGHT
        self.runner = Runner(self.store, inline=True, clock=lambda: self.at)
        self.page = HandoverPage(self.runner)
        self.told: list[object] = []
        self.page.tell.connect(self.told.append)
        qtbot.addWidget(self.page)
        self.page.resize(1234, 692)
        self.page.show()
        self.page.activateWindow()

    def settle(self) -> None:
        for _each in range(6):
            self.runner.drain()
            QApplication.processEvents()

    def pick(self, login: str) -> None:
        self.runner.actor = actor(self.store, login)
        self.settle()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key)
        self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, text)
        self.press(ENTER)

    @property
    def entry(self):  # type: ignore[no-untyped-def]  # the form of the only run
        return next(iter(self.page.gas.parts.values())).entry


@pytest.fixture
def desk(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[Desk]:
    keys.use(keys.LIGHT)
    made = Desk(qtbot, tmp_path / "a.db")
    yield made
    made.runner.stop()
    made.store.close()
    keys.use(keys.STRONG)


def test_the_relief_types_two_numbers_and_sees_both_sides(desk: Desk) -> None:
    desk.pick("lead-d")
    counter, corrected = booked(desk.store)[-1]
    desk.press(Qt.Key.Key_F5)
    desk.type(str(counter))
    assert not the_takeover(desk.store).streams[0].incoming
    desk.type(str(corrected))
    [seen] = the_takeover(desk.store).streams
    assert seen.incoming is not None
    assert (seen.incoming.counter, seen.incoming.frozen) == (Decimal(counter), True)
    assert desk.entry is None  # the comparison stands in its place


def test_the_outgoing_side_cannot_read_for_the_relief(desk: Desk) -> None:
    desk.pick("lead-b")
    assert not desk.entry.counter.isEnabled()
    desk.press(Qt.Key.Key_F5)
    assert isinstance(desk.told[-1], Notice)


def test_what_is_typed_stays_while_the_page_looks_anew(desk: Desk) -> None:
    desk.pick("lead-d")
    desk.press(Qt.Key.Key_F5)
    QTest.keyClicks(QApplication.focusWidget(), "12056")
    readings.correct_reading(desk.store, actor(desk.store, "op-b1"), 1, hour_of("08"), "2.432", words="typing", at=EIGHT)
    desk.page.reload()
    desk.settle()
    assert desk.entry.counter.text() == "12056"


def test_a_counter_that_cannot_be_read_wants_words(desk: Desk) -> None:
    desk.pick("lead-d")
    desk.press(Qt.Key.Key_F5)
    desk.type(str(booked(desk.store)[-1][0]))
    desk.type("")
    assert desk.entry.words.wrong
    desk.entry.words.take_focus()
    desk.type("the display is dark")
    [seen] = the_takeover(desk.store).streams
    assert seen.incoming is not None
    assert (seen.incoming.corrected, seen.incoming.words) == (None, "the display is dark")


def test_the_keyboard_goes_on_to_what_is_asked_next_and_both_signatures_stay_in_sight(desk: Desk) -> None:
    desk.pick("lead-d")
    counter, corrected = booked(desk.store)[-1]
    desk.press(Qt.Key.Key_F5)
    desk.type(str(counter))
    desk.type(str(corrected + 100))
    part = next(iter(desk.page.gas.parts.values()))
    assert part.why is not None  # amber wants a reason
    assert part.why.edit.hasFocus()
    for box in (desk.page.signatures.outgoing, desk.page.signatures.incoming):
        assert box.visibleRegion().boundingRect() == box.rect()
        assert desk.page.rect().contains(box.mapTo(desk.page, box.rect().bottomRight()))
    assert part.why.visibleRegion().boundingRect() == part.why.rect()
    desk.type("one digit misread, read again together")
    assert not desk.page.gas.isAncestorOf(QApplication.focusWidget())
    assert desk.page.lines.isAncestorOf(QApplication.focusWidget())


def test_a_counter_that_cannot_be_is_told_at_its_own_field(desk: Desk) -> None:
    desk.pick("lead-d")
    desk.press(Qt.Key.Key_F5)
    desk.type(str(booked(desk.store)[-1][0]))
    desk.type("-5")
    assert (bool(desk.entry.counter.wrong), bool(desk.entry.corrected.wrong)) == (False, True)
    assert desk.entry.corrected.edit.hasFocus()


def red_with_a_sheet(desk: Desk) -> StreamPart:
    """The relief misread both counters and has opened the sheet; the run on the card."""
    desk.pick("lead-d")
    counter, corrected = booked(desk.store)[-1]
    desk.press(Qt.Key.Key_F5)
    desk.type(str(counter + 60))
    desk.type(str(corrected + 9000))
    taking = the_takeover(desk.store)
    text = SheetText("typing", "one digit misread", Decimal(87910), "recomputed")
    open_discrepancy(desk.store, actor(desk.store, "lead-d"), taking.shift_id, taking.streams[0].stream_id, text, at=EIGHT)
    desk.page.reload()
    desk.settle()
    return next(iter(desk.page.gas.parts.values()))


def test_with_a_sheet_that_both_are_to_sign_nothing_stands_out_of_the_card(desk: Desk) -> None:
    part = red_with_a_sheet(desk)
    buttons = [each for each in part.findChildren(Button) if each.isVisible()]
    assert {"Outgoing signs", "Relief signs"} <= {each.text() for each in buttons}
    assert all(part.rect().contains(each.geometry().translated(each.parentWidget().mapTo(part, QPoint(0, 0)))) for each in buttons)
    assert desk.page.gas.width() <= 416


def test_what_the_sheet_says_stands_in_the_dialog_that_signs_it(desk: Desk) -> None:
    part = red_with_a_sheet(desk)
    next(each for each in part.findChildren(Button) if each.text() == "Relief signs").click()
    desk.settle()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, SignDialog) and each.isVisible())
    said = "\n".join(each.text() for each in dialog.findChildren(Text))
    assert "one digit misread" in said
    assert "87,910" in said
    dialog.reject()


def test_what_is_no_number_has_the_keyboard_until_it_is_one(desk: Desk) -> None:
    desk.pick("lead-d")
    desk.press(Qt.Key.Key_F5)
    desk.type("12a")
    desk.type(str(booked(desk.store)[-1][1]))
    assert desk.entry.counter.edit.hasFocus()
    desk.entry.words.take_focus()
    desk.press(Qt.Key.Key_F5)
    assert desk.entry.counter.edit.hasFocus()


def test_a_time_of_one_s_own(desk: Desk) -> None:
    desk.at = EIGHT + timedelta(minutes=4)
    desk.pick("lead-d")
    desk.press(Qt.Key.Key_F5)
    desk.entry.how.segments[1].click()
    desk.entry.time.edit.setText("08:05")
    counter, corrected = booked(desk.store)[-1]
    desk.entry.counter.take_focus()
    desk.type(str(counter + 60))
    desk.type(str(corrected + 1500))
    [seen] = the_takeover(desk.store).streams
    assert seen.incoming is not None
    assert (seen.incoming.frozen, seen.incoming.read_at) == (False, hour_of("08") + timedelta(minutes=5))


def test_reading_again_is_counted(desk: Desk) -> None:
    desk.pick("lead-d")
    counter, corrected = booked(desk.store)[-1]
    for off in (5, 0):
        desk.page.gas_acts.do(the_takeover(desk.store).streams[0].stream_id, "again" if off == 0 else "base")
        desk.settle()
        desk.type(str(counter + off))
        desk.type(str(corrected))
    [seen] = the_takeover(desk.store).streams
    assert seen.incoming is not None
    assert (seen.incoming.entries, seen.incoming.counter) == (2, Decimal(counter))


def test_a_station_without_runs_sees_none_of_it(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> None:
    store = walked_night(tmp_path / "b.db")
    runner = Runner(store, inline=True, clock=lambda: EIGHT)
    page = HandoverPage(runner)
    qtbot.addWidget(page)
    page.show()
    for _each in range(6):
        runner.drain()
        QApplication.processEvents()
    assert page.gas.isHidden()
    assert not [key for key, _words in page.keys if key == "F5"]
    runner.stop()
    store.close()


def test_a_hidden_cell_says_so_and_is_corrected_by_typing_over_it(qtbot: QtBot, desk: Desk) -> None:
    desk.pick("op-b1")
    page = ReadingsPage(desk.runner)
    qtbot.addWidget(page)
    page.show()
    desk.settle()
    model, row = page.model, page.model.row_of(hour_of("08"))
    column = next(n for n, each in enumerate(model.points) if each.code == "m-1")
    index = model.index(row, column)
    assert model.data(index) is None
    assert "hidden" in str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))
    counter = booked(desk.store)[-1][0]
    assert not model.enter(row, column, str(counter - 2)).refusal
    desk.settle()
    page.reload()
    desk.settle()
    assert model.hidden(row, column) is not None
    assert str(counter - 2) not in {str(model.data(index)), str(model.data(index, Qt.ItemDataRole.EditRole))}
    model.undo()  # what is hidden is not brought back
    desk.settle()
    [hidden] = [cell for code, cell in model.hour(row).hidden.items() if code == model.points[column].point_id]  # type: ignore[union-attr]
    assert hidden.by


def test_what_was_typed_comes_back_after_a_crash_and_is_forgotten_once_it_is_in(qtbot: QtBot, desk: Desk) -> None:
    desk.pick("lead-d")
    counter, corrected = booked(desk.store)[-1]
    desk.press(Qt.Key.Key_F5)
    desk.type(str(counter))
    desk.page.close()
    again = HandoverPage(desk.runner)
    qtbot.addWidget(again)
    again.show()
    desk.page = again
    desk.settle()
    assert desk.entry.counter.text() == str(counter)
    desk.entry.corrected.take_focus()
    desk.type(str(corrected))
    assert the_takeover(desk.store).streams[0].incoming
    with desk.store.read() as session:
        assert not [each for each in drafts.of_person(session, actor(desk.store, "lead-d").person_id) if ".gas." in each.place]
