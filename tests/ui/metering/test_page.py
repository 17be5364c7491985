"""The metering page as a person uses it: the day by hour, what the factor is made of, and whose buttons these are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from stationdesk.domain.metering.gas_day import Figure
from stationdesk.domain.metering.shapes import Lack
from stationdesk.services import Actor
from stationdesk.services.metering.gas_day import day_view, set_figures
from stationdesk.services.metering.hours import gas_of
from stationdesk.ui.metering.hours_model import HoursModel
from stationdesk.ui.metering.slots import rows_of
from stationdesk.ui.metering.views import VIEWS
from tests import metered
from tests.conftest_station import actor
from tests.metered import AFTER, MIDNIGHT, MORNING, hour
from tests.ui.metering.hands import ALT, KEY, press, seen, settle

DAY = date(2026, 11, 20)


def column(page, key):
    """Where a figure stands."""
    return next(n for n, each in enumerate(page.hours.model.columns) if each.figure is not None and each.figure.key == key)


def row_at(page, moment):
    return page.hours.model.row_of(moment)


def test_the_day_is_shown_by_hour_and_adds_up(open_page, store):
    page = open_page()
    model = page.hours.model
    gas = gas_of(store, MIDNIGHT, MORNING, AFTER)[0]
    assert len(model.rows) == 24
    assert model.words(row_at(page, hour(0)), column(page, "moved")) == "400.0"
    assert model.label(row_at(page, hour(0))) == "00–01"
    known = [model.value(row_at(page, hour(n)), column(page, "base")) for n in range(8)]
    assert known == [each.base_volume for each in gas.hours]
    assert model.sum(column(page, "base")) == gas.base_volume
    assert "stands by" in page.hours.fact.text()  # run 2 has no columns


def test_before_the_first_hour_of_a_day_the_run_in_use_is_not_said_to_stand_by(open_page):
    page = open_page()
    press(page, KEY.Key_Right, ALT)  # five past eight: of today's gas no hour is over
    assert page.hours.fact.text().startswith("0 hours")
    assert "Run 1 stands by" not in page.hours.fact.text()


def test_the_month_says_what_its_sheet_says(open_page, store, chief):
    received = day_view(store, DAY, AFTER).today.received
    set_figures(store, chief, DAY, {Figure.DELIVERED: received - 450}, at=AFTER)
    page = open_page()
    press(page, KEY.Key_2, ALT)
    assert f"received {received:,.0f} Nm³" in page.month.fact.text()
    assert "over 1 day" in page.month.fact.text()


def test_what_nobody_metered_is_not_zero(open_page):
    page = open_page()
    page.days.step(-1)
    settle(page)
    assert page.side.nomination.value.text().startswith("—")


def test_the_days_are_turned_by_keys_but_not_into_the_future(open_page):
    page = open_page()
    shown = page.days.day
    press(page, KEY.Key_Right, ALT)
    assert (page.days.day - shown).days == 1
    press(page, KEY.Key_Right, ALT)
    assert (page.days.day - shown).days == 1
    press(page, KEY.Key_Left, ALT)
    press(page, KEY.Key_Left, ALT)
    assert (shown - page.days.day).days == 1
    assert page.board.day == page.days.day


def test_factors_come_on_demand_and_go_again(open_page):
    page = open_page()
    assert "factor" not in [each.figure.key for each in page.hours.model.columns if each.figure]
    press(page, KEY.Key_F)
    model, at = page.hours.model, row_at(page, hour(0))
    assert model.words(at, column(page, "pressure")) == "2,606.3"
    z, base = model.value(at, column(page, "z")), model.value(at, column(page, "z_base"))
    assert Decimal("0.9") < z < base < 1
    press(page, KEY.Key_F)
    assert "factor" not in [each.figure.key for each in page.hours.model.columns if each.figure]


def test_the_line_below_says_how_the_hour_was_computed(open_page):
    page = open_page()
    page.hours.grid.go_to(row_at(page, hour(2)))
    words = page.hours.evidence.text()
    assert "100,810 → 101,200" in words
    assert "HY-2026-118" in words
    assert "kPa abs" in words


def test_an_hour_that_cannot_be_computed_says_why(open_page, store):
    page = open_page()
    gas = gas_of(store, MIDNIGHT, MORNING, AFTER)
    lacking = gas[0].hours[3].__class__(gas[0].hours[3].opening, gas[0].hours[3].closing, moved=Decimal(380), lacks=(Lack.NO_PRESSURE,))
    hours = (*gas[0].hours[:3], lacking, *gas[0].hours[4:])
    page.hours.model.show([gas[0].__class__(gas[0].stream, gas[0].contract, MIDNIGHT, MORNING, hours)], page.board.rows, page.runner.zone)
    rows = rows_of(page.hours.model.gas, MIDNIGHT, MORNING, AFTER)
    page.hours.model.show(page.hours.model.gas, rows, page.runner.zone)
    at = row_at(page, hour(3))
    assert page.hours.model.words(at, column(page, "base")) == "—"
    assert "pressure not read" in page.hours.model.remark(at)
    assert page.hours.model.wanting(at)


def test_a_corrector_that_is_off_is_marked_and_only_that(open_page, store):
    page = open_page()
    at = column(page, "difference")
    levels = {page.hours.model.level(row_at(page, hour(n)), at) for n in range(7)}
    differences = [abs(page.hours.model.value(row_at(page, hour(n)), at)) for n in range(7)]
    assert {"red" if each > 1 else "amber" if each > Decimal("0.3") else "" for each in differences} == levels


def test_what_the_relief_has_not_read_yet_is_not_told(open_page):
    """The shift is not handed over: its closing counters are hidden here as everywhere."""
    page = open_page()
    at = row_at(page, hour(7))
    assert page.hours.model.words(at, column(page, "moved")) in ("", "—")
    page.hours.grid.go_to(at)
    assert "103,400" not in page.hours.evidence.text()


def test_a_late_reading_is_remarked(open_page, store):
    page = open_page()
    assert "late entry" in page.hours.model.remark(row_at(page, hour(0)))


def test_both_parts_of_a_switched_hour_are_one_row(open_page, store):
    """02:30: run 1 is taken out at 101,000, run 2 put in at 5,000."""
    from stationdesk.storage.metered import RunSwitch

    ids = metered.stream_ids(store)
    switch = RunSwitch(
        time=hour(2.5), from_id=ids["1"], from_counter=Decimal(101_000), to_id=ids["2"], to_counter=Decimal(5_000), reason="x", told="y",
        by_id=1, at=AFTER,
    )  # fmt: skip
    with store.write(actor(store, "chief"), "change_meter", AFTER) as session:
        session.add(switch)
    page = open_page()
    model, at = page.hours.model, row_at(page, hour(2))
    assert len(model.rows[at].slots[ids["1"]].parts) == 2
    assert model.value(at, column(page, "moved")) == 390
    assert "switch" in model.remark(at)
    assert "shut" in model.remark(at)  # the counter went on behind the closed valve


def test_a_day_before_metering_began_says_so_and_asks_for_no_setting_up(open_page):
    page = open_page()
    days = (page.board.start - page.board.since).days + 3
    page.days.step(-days)
    settle(page)
    assert page.faces.currentWidget() is page.nothing
    assert "the first metering contract holds from" in seen(page.nothing)
    assert not page.set_up.isVisible()
    page.days.step(days)
    settle(page)
    assert page.faces.currentWidget() is not page.nothing


def test_no_streams_leads_to_the_settings(open_page, store, runner):
    from stationdesk.services.metering.streams import retire_stream

    for stream in metered.stream_ids(store).values():
        retire_stream(store, actor(store, "chief"), stream, at=MIDNIGHT)
    page = open_page()
    press(page, KEY.Key_Right, ALT)
    assert page.faces.currentWidget() is page.nothing
    went = []
    page.go.connect(lambda name, target: went.append((name, target)))
    page.set_up.setFocus(Qt.FocusReason.OtherFocusReason)
    press(page, KEY.Key_Return)
    assert went == [("settings", "streams")]


def test_the_table_is_a_sound_model(open_page, qtmodeltester: ModelTester):
    page = open_page()
    qtmodeltester.check(page.hours.model)
    assert isinstance(page.hours.model, HoursModel)


def test_the_gas_in_force_stands_beside(open_page):
    page = open_page()
    assert "HY-2026-118" in seen(page.side.quality)


def test_another_person_finds_the_page_without_the_form_of_the_one_before(open_page, runner, store):
    page = open_page()
    page.steps.take("composition")
    settle(page)
    assert page.composition is not None
    runner.actor = actor(store, "op-b1")
    settle(page)
    assert page.composition is None
    page.show_view("quality")
    assert not page.quality.new.isEnabled()
    assert "metering specialist" in page.quality.new.text()


@pytest.mark.parametrize("login", ["", "op-b1"])
def test_the_page_is_no_wider_than_the_desk_for_somebody_who_may_change_little(open_page, runner, store, login):
    runner.actor = actor(store, login) if login else Actor(10_000, "查")  # who holds no role
    page = open_page()
    for view in VIEWS:
        page.show_view(view)
        settle(page)
        assert page.minimumSizeHint().width() <= 1234
        assert page.minimumSizeHint().height() <= 692


def test_another_language_turns_rows_and_heads(open_page, speak):
    from stationdesk.domain import words
    from stationdesk.paths import LANGUAGES, catalogue

    for each in LANGUAGES:
        words.install(each, catalogue(each))
    page = open_page()
    page.show_view("certificate")
    settle(page)
    speak("zh_CN")
    settle(page)
    assert page.hours.model.title(column(page, "base")) == "1# 计量管路 标况量 Nm³"
    assert page.certificate.table.columns[0].text(page.certificate.table.rows()[0]).startswith("流量计")
    assert "尚有 16 项未核对" in page.certificate.fact.text()


def test_what_is_asked_for_as_somebody_else_came_is_his(open_page, runner, store, chief):
    """The board of the one before refuses it; it waits for that of the one who asks."""
    runner.actor = actor(store, "lead-b")
    page = open_page()
    assert "add_composition" in page.board.refusals
    page.hide()
    runner.actor = chief
    page.show()
    page.show_target("composition")
    settle(page)
    assert page.over is not None
