"""The roster as a table: what it shows, what may be changed, what a change does to what is counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from stationdesk.ui.roster.model import TOTALS, RosterModel
from stationdesk.ui.roster.shown import letter, tone
from tests.ui.roster import sample
from tests.ui.roster.sample import FIRST

ALOUD = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def model(dressed: QApplication) -> RosterModel:
    made = RosterModel()
    made.show(sample.view(), editable=True)
    return made


def test_model_keeps_its_word_while_it_changes(model: RosterModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.change({(1, FIRST): "D"})
    model.show(sample.view(breaches=(sample.short_rest(1, FIRST),)), editable=True)
    model.show(sample.view(rows=sample.view().rows[:4]), editable=True)
    assert (model.rowCount(), model.columnCount()) == (4 + 3, 31 + TOTALS)
    assert tester.model() is model


def test_a_shift_counts_where_it_goes_and_where_it_comes_from(model: RosterModel) -> None:
    first = model.days.index(FIRST)
    before = [int(str(model.index(13 + n, first).data())) for n in range(3)]
    model.change({(1, FIRST): "D"})
    after = [int(str(model.index(13 + n, first).data())) for n in range(3)]
    assert [kind.code for kind in model.kinds] == ["D", "E", "N"]
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 0, -1]
    assert model.short("N", first)
    assert not model.short("D", first)


def test_what_is_sent_is_what_differs(model: RosterModel) -> None:
    sent: list[dict[tuple[int, date], str]] = []
    model.entered.connect(sent.append)
    model.change({(1, FIRST): "N", (2, FIRST): "D"})
    assert sent == [{(2, FIRST): "D"}]  # the first stood there
    assert model.changed((2, FIRST))
    assert not model.changed((1, FIRST))
    assert model.agreed() == 0


def test_a_change_on_its_way_is_not_painted_over_by_an_older_answer(model: RosterModel) -> None:
    model.sending = 1
    model.change({(2, FIRST): "D"})
    model.show(sample.view(), editable=True)
    assert model.cell(2, FIRST) == "D"
    model.sending = 0
    model.show(sample.view(), editable=True)
    assert model.cell(2, FIRST) == "N"


def test_nothing_is_planned_in_what_may_not_be_changed(model: RosterModel) -> None:
    model.show(sample.view(), editable=False)
    model.change({(2, FIRST): "D"})
    assert model.cell(2, FIRST) == "N"


def test_a_breach_stands_where_its_second_shift_begins_and_is_read_aloud(model: RosterModel) -> None:
    day = date(2026, 12, 13)
    model.change({(6, day): "D", (6, day + timedelta(1)): "N"})
    model.sending = 1
    model.show(sample.view(breaches=(sample.short_rest(6, day),)), editable=True)
    assert set(model.broken) == {(6, day + timedelta(1))}
    said = str(model.index(5, model.days.index(day) + 1).data(ALOUD))
    assert "人6" in said
    assert "2026-12-14" in said
    assert "8 h" in said
    assert "12 h" in said
    assert "changed in the draft" in str(model.index(5, model.days.index(day)).data(ALOUD))


def test_chips_are_told_apart_by_letter_and_ground() -> None:
    kinds = {kind.code: kind for kind in sample.view().kinds}
    assert [tone(kinds[code]) for code in "DENO"] == ["early", "middle", "night", ""]
    assert len({letter(kind) for kind in kinds.values()}) == len(kinds)


def test_the_keys_are_the_shifts_of_the_desk_then_off(model: RosterModel) -> None:
    assert model.keys() == ("D", "E", "N", "", "O", "L", "B")


def test_what_nobody_published_is_all_draft(model: RosterModel) -> None:
    assert model.agreed() == 31
    model.show(sample.view(published_number=0), editable=True)
    assert model.agreed() == 0
    assert not model.changed((2, FIRST))
