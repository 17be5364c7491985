"""Metering runs and the contract as the metering specialist sets them: dated, refused at the field, their versions told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from stationdesk.services.metering.contracts import contract_view
from stationdesk.services.metering.streams import set_stream, streams_view
from stationdesk.services.readings import versions
from tests.conftest_station import NIGHT, actor
from tests.ui.settings.hands import keep, seen, settle, write, wrong


def begin(page, code="3"):
    """The form of a new run, filled as far as it must be."""
    section = page.section()
    section.new.click()
    write(page, section.form.parts["code"], code)
    write(page, section.form.parts["name_zh"], "3# 计量管路")
    write(page, section.form.parts["q_min"], "20")
    write(page, section.form.parts["q_max"], "１，０００")
    counters = [each.point_id for each in versions.points_view(page.runner_store, NIGHT) if each.kind == "counter"]
    section.form.parts["counter"].choose(counters[0])
    return section


@pytest.fixture
def open_streams(open_at, station_store):
    page = open_at("streams")
    page.runner_store = station_store
    return page


def test_a_run_is_set_up_and_read_at_its_point(open_streams, station_store):
    section = begin(open_streams)
    keep(open_streams)
    run = streams_view(station_store, NIGHT)[-1]
    assert (run.code, run.rule.q_max, run.rule.factor, run.shut) == ("3", Decimal(1000), Decimal(1), False)
    assert run.points.counter is not None
    assert [each.code for each in section.rows] == ["1", "2", "3"]


def test_a_new_run_under_a_code_that_is_taken_changes_nothing(open_streams, station_store):
    before = streams_view(station_store, NIGHT)
    section = begin(open_streams, code="1")
    keep(open_streams)
    assert "another run" in wrong(section.form.parts["code"])
    assert streams_view(station_store, NIGHT) == before


def test_a_run_another_window_has_changed_meanwhile_is_not_put_back_unseen(open_streams, station_store, chief):
    section = open_streams.section()
    write(open_streams, section.form.parts["best_low"], "15")
    code, text = section.keeping(section.row, section.form.read())[1]
    set_stream(station_store, chief, code, replace(text, best_low=section.row.rule.best_low, q_max=Decimal(900)), at=NIGHT)
    keep(open_streams)
    assert "Somebody else has changed this" in section.problem.text()
    assert streams_view(station_store, NIGHT)[0].rule.q_max == 900


def test_flows_that_are_no_range_are_said_at_the_field(open_streams, station_store):
    section = begin(open_streams)
    write(open_streams, section.form.parts["q_max"], "10")
    keep(open_streams)
    assert "q_min" in wrong(section.form.parts["q_max"])
    assert section.form.parts["name_zh"].text() == "3# 计量管路"
    assert len(streams_view(station_store, NIGHT)) == 2


@pytest.mark.parametrize("typed", ["NaN", "一千", "12,5", "1e3", "999999999999999999999"])
def test_what_is_no_number_is_said_there(open_streams, station_store, typed):
    section = begin(open_streams)
    section.form.parts["q_max"].set_text(typed)
    keep(open_streams)
    assert wrong(section.form.parts["q_max"])
    assert len(streams_view(station_store, NIGHT)) == 2


def test_another_meter_is_a_version_whose_changes_are_told(open_streams, station_store):
    section = open_streams.section()
    section.table.select_key(streams_view(station_store, NIGHT)[0].stream_id)
    settle(open_streams)
    section.form.parts["meter"].choose("ultrasonic")
    write(open_streams, section.form.parts["q_max"], "1600")
    keep(open_streams)
    section.past.button.click()
    settle(open_streams)
    words = seen(section.past)
    assert "q_max: 1,000 → 1,600" in words
    assert "Meter: turbine meter → ultrasonic meter" in words


def test_the_contract_is_agreed_on_from_a_later_time(open_at, station_store):
    page = open_at("contract")
    section = page.section()
    assert section.form.parts["base_temperature_c"].text() == "20"
    write(page, section.form.parts["number"], "GS-2026-01")
    keep(page)
    found = contract_view(station_store, NIGHT)
    assert found is not None
    assert (found.contract.number, found.contract.method) == ("GS-2026-01", "detail")
    write(page, section.form.parts["tolerance_percent"], "0.3")
    section.form.parts["valid_from"].choose(NIGHT + timedelta(days=2))
    keep(page)
    now, later = contract_view(station_store, NIGHT), contract_view(station_store, NIGHT + timedelta(days=3))
    assert now is not None
    assert later is not None
    assert (now.contract.tolerance_percent, later.contract.tolerance_percent) == (Decimal("0.2"), Decimal("0.3"))
    section.past.button.click()
    settle(page)
    assert "Tolerance: 0.2 → 0.3" in seen(section.past)


def test_a_base_pressure_in_mpa_is_refused_at_its_field(open_at, station_store):
    page = open_at("contract")
    write(page, page.section().form.parts["base_pressure_kpa"], "0.101325")
    keep(page)
    assert "90 to 110" in wrong(page.section().form.parts["base_pressure_kpa"])
    assert contract_view(station_store, NIGHT).contract.base_pressure_kpa == Decimal("101.325")


def test_an_operator_reads_whose_it_is(open_at, runner, station_store):
    runner.actor = actor(station_store, "op-b1")
    page = open_at("contract")
    assert not page.section().save.isEnabled()
    assert "metering specialist" in page.section().save.text()
