"""Substituted values, meters replaced, runs switched, figures, vouchers, results: each from its form, refused at its field."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from stationdesk.domain.metering.gas_day import Figure
from stationdesk.services.metering import gas_day, results, substitute
from stationdesk.services.metering.hours import gas_of
from stationdesk.services.metering.switching import SwitchText, switch_run, switches_view
from stationdesk.services.metering.vouchers import vouchers_view
from stationdesk.ui.metering.page import MeteringPage
from stationdesk.ui.widgets.spoken import said
from stationdesk.ui.widgets.switch_dialog import SwitchDialog
from tests import metered
from tests.conftest_station import actor
from tests.metered import AFTER, MIDNIGHT, MORNING, hour
from tests.ui.metering.hands import ALT, CONTROL, KEY, press, settle

WEEK = timedelta(days=7)


def send(page):
    press(page, KEY.Key_Return, CONTROL)


def fill(page, **texts):
    for key, text in texts.items():
        page.side.form.form.parts[key].set_text(text)


def part(page, key):
    return page.side.form.form.parts[key]


def wrong(page, key):
    return said(part(page, key).wrong)


def changes(page):
    press(page, KEY.Key_5, ALT)
    settle(page)
    return page.changes.table.rows()


# Substituted values


def test_a_value_stands_in_and_is_taken_back(open_page, store):
    page = open_page()
    page.hours.grid.go_to(page.hours.model.row_of(hour(2)))
    changes(page)
    press(page, KEY.Key_B)
    part(page, "quantity").choose("pressure")
    fill(page, value="２．６０", basis="变送器检修，取就地表")
    send(page)
    assert page.side.form is None
    (kept,) = substitute.substitutions(store, MIDNIGHT, MORNING)
    assert (kept.first, kept.value, kept.basis) == (hour(3), Decimal("2.60"), "变送器检修，取就地表")
    assert changes(page)[0].what == "substituted pressure"
    assert "substituted" in page.hours.model.remark(page.hours.model.row_of(hour(2)))
    press(page, KEY.Key_T)
    fill(page, words="读错行")
    send(page)
    assert changes(page)[0].off
    assert not page.changes.withdraw.isVisible()


@pytest.mark.parametrize(("typed", "why"), [("NaN", "number"), ("-1", "cannot be"), ("2.6万", "number only"), ("", "No number")])
def test_what_cannot_stand_in_is_said_at_the_value(open_page, store, typed, why):
    page = open_page()
    changes(page)
    press(page, KEY.Key_B)
    part(page, "quantity").choose("pressure")
    part(page, "first").choose(hour(3))
    fill(page, value=typed, basis="x")
    send(page)
    assert why in wrong(page, "value")
    assert page.side.form is not None
    assert substitute.substitutions(store, MIDNIGHT, MORNING) == ()


def test_a_substitute_without_basis_or_hour_is_refused(open_page, store):
    page = open_page()
    changes(page)
    press(page, KEY.Key_B)
    part(page, "quantity").choose("pressure")
    part(page, "first").choose(None)
    fill(page, value="2.6")
    send(page)
    assert "Full" in wrong(page, "first") or "full hours" in wrong(page, "last")
    part(page, "first").choose(hour(3))
    send(page)
    assert "based on" in wrong(page, "basis")


def test_esc_leaves_the_form_and_what_was_typed_comes_back(open_page):
    page = open_page()
    changes(page)
    press(page, KEY.Key_B)
    fill(page, basis="半句话")
    page.side.form._keep(page.side.form._typed())
    press(page, KEY.Key_Escape)
    assert page.side.form is None
    press(page, KEY.Key_B)
    settle(page)
    assert part(page, "basis").text() == "半句话"


# Meters and runs


def test_a_meter_is_replaced_with_its_counters(open_page, store):
    page = open_page()
    changes(page)
    press(page, KEY.Key_M)
    part(page, "what").choose("meter")
    part(page, "time").choose(hour(2.5))
    fill(page, closing_counter="101000", opening_counter="12", certificate="JD-1")
    send(page)
    assert changes(page)[0].what == "meter replaced"
    assert "101,000 → 12" in changes(page)[0].words


def test_a_replacement_without_counters_is_refused(open_page, store):
    page = open_page()
    changes(page)
    press(page, KEY.Key_M)
    part(page, "what").choose("meter")
    fill(page, closing_counter="101000", words="x")
    send(page)
    assert "before and after" in wrong(page, "closing_counter")


def test_runs_are_switched_from_here_and_the_hours_say_so(open_page, store):
    page = open_page()
    page.switch.click()
    settle(page)
    dialog = next(each for each in page.window().findChildren(SwitchDialog) if each.isVisible())
    for field, text in ((dialog.out.counter, "103450"), (dialog.out.corrected, "2693100"), (dialog.into.counter, "5000")):
        field.set_text(text)
    dialog.into.corrected.set_text("130000")
    dialog.reason.set_text("过滤器清洗")
    dialog.told.set_text("调度中心")
    dialog.yes.click()
    settle(page)
    (kept,) = switches_view(store, MIDNIGHT, AFTER + WEEK)
    assert (kept.out_counter, kept.into_counter) == (103450, 5000)
    page.days.step(1)
    settle(page)
    page.show_view("changes")
    settle(page)
    assert page.changes.table.rows()[0].what == "runs switched"


def test_a_switch_at_a_time_to_come_is_refused_and_not_put_on_record_for_yesterday(open_page, store):
    page = open_page()
    page.switch.click()
    settle(page)
    dialog = next(each for each in page.window().findChildren(SwitchDialog) if each.isVisible())
    soon = (page.runner.now() + timedelta(minutes=20)).astimezone(page.runner.zone)
    for field, text in ((dialog.out.counter, "103450"), (dialog.out.corrected, "2693100"), (dialog.into.counter, "5000")):
        field.set_text(text)
    dialog.into.corrected.set_text("130000")
    dialog.time.choose(soon.time().replace(second=0, microsecond=0))
    dialog.reason.set_text("过滤器清洗")
    dialog.told.set_text("调度中心")
    dialog.yes.click()
    settle(page)
    assert "time to come" in said(dialog.time.wrong)
    assert switches_view(store, MIDNIGHT - WEEK, AFTER + WEEK) == ()
    dialog.close()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_switch_refused_says_all_of_why_and_no_field_moves(open_page, speak, language):
    page = open_page()
    speak(language)
    page.switch.click()
    settle(page)
    dialog = next(each for each in page.window().findChildren(SwitchDialog) if each.isVisible())
    before = dialog.out.counter.geometry()
    dialog.yes.click()
    settle(page)
    assert dialog.problem.isVisible()
    assert dialog.problem.text() == said(dialog.out.counter.wrong)
    assert dialog.out.counter.geometry() == before
    dialog.close()


# Figures and vouchers


def test_figures_of_the_day_are_entered_and_taken_back(open_page, store):
    page = open_page()
    press(page, KEY.Key_2, ALT)
    settle(page)
    press(page, KEY.Key_N)
    settle(page)
    fill(page, nomination="９０,０００", odorant_before="120", odorant_after="118.2")
    send(page)
    day = page.board.day
    found = gas_day.day_view(store, day, AFTER).today
    assert found.figures[Figure.NOMINATION].value == 90000
    assert found.odorant.used == Decimal("1.8")
    assert "90,000" in page.side.nomination.value.text()
    page.steps.take("figures")
    settle(page)
    assert part(page, "nomination").text() == "90000"
    fill(page, nomination="")
    send(page)
    assert Figure.NOMINATION not in gas_day.day_view(store, day, AFTER).today.figures


def test_a_figure_typed_replaces_what_stood_there(open_page, store):
    page = open_page()
    press(page, KEY.Key_2, ALT)
    press(page, KEY.Key_N)
    fill(page, nomination="248000")
    send(page)
    press(page, KEY.Key_N)
    assert part(page, "nomination").text() == "248000"
    QTest.keyClicks(part(page, "nomination").edit, "251000")
    send(page)
    figures = gas_day.day_view(store, page.days.day, AFTER).today.figures
    assert figures[Figure.NOMINATION].value == Decimal(251000)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("view", "key"), [(KEY.Key_2, KEY.Key_N), (KEY.Key_4, KEY.Key_N), (KEY.Key_5, KEY.Key_B), (KEY.Key_5, KEY.Key_M)])
def test_no_field_of_a_form_is_wider_than_the_side(open_page, speak, language, view, key):
    page = open_page()
    speak(language)
    press(page, view, ALT)
    press(page, key)
    area = page.side.form.findChild(QScrollArea)
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()


@pytest.mark.parametrize("typed", ["-5", "1e9", "∞", "9999999999999999"])
def test_a_figure_that_cannot_be_is_refused(open_page, store, typed):
    page = open_page()
    page.steps.take("figures")
    settle(page)
    fill(page, nomination=typed)
    send(page)
    assert page.side.form is not None
    assert Figure.NOMINATION not in gas_day.day_view(store, page.board.day, AFTER).today.figures


def test_a_voucher_is_held_against_what_was_computed(open_page, store):
    page = open_page()
    press(page, KEY.Key_4, ALT)
    settle(page)
    press(page, KEY.Key_N)
    part(page, "stream").choose(metered.stream_ids(store)["1"])
    part(page, "start").choose(MIDNIGHT)
    part(page, "end").choose(hour(6))
    volume = sum(each.base_volume for each in gas_of(store, MIDNIGHT, hour(6), AFTER)[0].hours)
    fill(page, number="PZ-1", volume=str(round(volume * Decimal("1.05"))))
    send(page)
    assert [each.number for each in vouchers_view(store, MIDNIGHT, MORNING)] == ["PZ-1"]
    (row,) = page.papers.table.rows()
    assert row.percent.quantize(Decimal("0.1")) == Decimal("5.0")
    assert row.light == "red"


def test_a_voucher_without_number_is_refused_there(open_page, store):
    page = open_page()
    press(page, KEY.Key_4, ALT)
    settle(page)
    press(page, KEY.Key_N)
    part(page, "end").choose(hour(6))
    fill(page, volume="1000")
    send(page)
    assert "number" in wrong(page, "number")


# Results


def test_a_frozen_result_that_would_differ_is_computed_anew(open_page, store):
    with store.write(actor(store, "chief"), "certify_day", AFTER) as session:
        for gas in results.gas_between(session, MIDNIGHT, hour(6), AFTER):
            results.freeze(session, gas, results.DAY, None, 1, AFTER)
    metered.add_gas(store, {"methane": "0.90", "ethane": "0.09", "nitrogen": "0.01"}, report="HY-2", since=hour(1))
    page = open_page()
    press(page, KEY.Key_H)
    settle(page)
    current = page.results.table.current_row()
    assert current.changes
    assert current.run.en == "Run 1"
    press(page, KEY.Key_R)
    send(page)
    assert "word why" in wrong(page, "words")
    fill(page, words="新组分追溯")
    send(page)
    versions = results.result_versions(store, current.result.stream_id, MIDNIGHT, hour(6))
    assert [each.nth for each in versions] == [1, 0]
    assert versions[0].words == "新组分追溯"


def test_an_operator_reads_whose_buttons_these_are(open_page, runner, store):
    runner.actor = actor(store, "op-b1")
    page = open_page()
    changes(page)
    assert "metering specialist" in page.changes.substitute.text()
    assert page.switch.isEnabled()
    told = []
    page.tell.connect(told.append)
    page.steps.take("substitute")
    assert page.side.form is None
    assert len(told) == 1


def test_what_was_kept_is_no_draft_any_more(open_page, store):
    page = open_page()
    changes(page)
    press(page, KEY.Key_B)
    part(page, "quantity").choose("pressure")
    part(page, "first").choose(hour(3))
    part(page, "value").set_text("2.6")
    QTest.keyClicks(part(page, "basis").edit, "gauge")
    send(page)
    assert len(substitute.substitutions(store, MIDNIGHT, MORNING)) == 1
    press(page, KEY.Key_B)
    settle(page)
    assert part(page, "basis").text() == ""


def test_a_step_asked_for_from_elsewhere_waits_for_the_day(qtbot, runner):
    page = MeteringPage(runner)
    qtbot.addWidget(page)
    page.resize(1234, 692)
    page.show()
    page.activateWindow()
    page.show_target("voucher")
    settle(page)
    assert page.tabs.value() == "papers"
    assert page.side.form is not None
    page.show_target(("month", page.days.day - timedelta(days=3)))
    settle(page)
    assert (page.tabs.value(), page.board.day) == ("month", page.days.running - timedelta(days=3))


def test_a_switch_of_runs_is_taken_back_from_the_list(open_page, store):
    ids = metered.stream_ids(store)
    counted = Decimal(metered.COUNTS[6]) + 200
    text = SwitchText(
        hour(6.5), ids["1"], ids["2"], counted, Decimal(2_670_000), Decimal(5000), Decimal(90_000), reason="检修", told="调度"
    )
    switch_run(store, actor(store, "chief"), text, at=AFTER)
    page = open_page()
    assert changes(page)[0].what == "runs switched"
    press(page, KEY.Key_T)
    send(page)
    assert wrong(page, "words")
    fill(page, words="记错管路")
    send(page)
    assert page.side.form is None
    (view,) = switches_view(store, MIDNIGHT, AFTER)
    assert view.withdrawn
    assert changes(page)[0].off
    assert not page.changes.withdraw.isVisible()
