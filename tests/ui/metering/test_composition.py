"""A laboratory's report is typed or pasted, seen to add up, and kept from a time on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication

from stationdesk.services.metering.compositions import compositions_view
from stationdesk.ui.metering.pasting import component_of, read_column
from tests.metered import AFTER
from tests.ui.metering.hands import ALT, CONTROL, KEY, press, settle

LINES = ("组分\t含量", "甲烷\t96.52", "氮气 N2\t0.81%", "二氧化碳\t１．１９", "C2H6\t1.10", "propane\t0.20", "i-C4H10\t0.06", "nC4\t0.06",
         "异戊烷\t0.02", "正戊烷\t0.02", "C6+\t0.02", "合计\t100.00")  # fmt: skip
REPORT = "\n".join(LINES)


@pytest.fixture
def form(open_page):
    page = open_page()
    press(page, KEY.Key_3, ALT)
    page.steps.take("composition")
    settle(page)
    return page


def fill(page, report="HY-2026-131"):
    page.composition.head.parts["report"].set_text(report)


def send(page):
    press(page, KEY.Key_Return, CONTROL)


def newest(store):
    return compositions_view(store, AFTER)[0]


def test_a_report_is_pasted_by_names_and_kept(form, store):
    fill(form)
    form.composition.components.paste("methane", REPORT.replace("C6+\t0.02", "己烷\t0.02"))
    assert "100.000 %" in form.composition.components.sum.text()
    send(form)
    found = newest(store)
    assert found.quality.report == "HY-2026-131"
    assert dict(found.quality.parts)["carbon_dioxide"] == Decimal("0.0119")
    assert len(found.quality.parts) == 10
    assert form.composition is None


def test_a_component_nobody_knows_is_named(form):
    form.composition.components.paste("methane", REPORT)
    assert "C6+" in form.composition.components.problem.text()
    assert "合计" not in form.composition.components.problem.text()


def test_values_alone_go_down_the_form_from_the_field_one_is_at(form):
    cell = form.composition.components.cells["methane"]
    cell.setFocus()
    QGuiApplication.clipboard().setText("0.9652\n0.0081\n0.0119\n0.0148\n")
    press(form, KEY.Key_V, CONTROL)
    grid = form.composition.components
    assert grid.scale.value() == "fraction"
    assert grid.fractions() == {
        "methane": Decimal("0.9652"), "nitrogen": Decimal("0.0081"), "carbon_dioxide": Decimal("0.0119"), "ethane": Decimal("0.0148")
    }  # fmt: skip


def test_a_sum_that_is_off_is_refused_and_stays(form, store):
    fill(form)
    form.composition.components.paste("methane", "96.5\n0.8\n1.2\n1.1")
    assert "must be 100" in form.composition.components.problem.text()
    send(form)
    assert form.composition is not None
    assert newest(store).quality.report == "HY-2026-118"
    assert form.composition.components.cells["methane"].text() == "96.5"


@pytest.mark.parametrize("typed", ["-0.1", "101", "NaN", "九十六", "12,5", "1e2", "99999999999999999999999"])
def test_what_is_no_share_is_said_and_never_kept(form, store, typed):
    fill(form)
    form.composition.components.paste("methane", "96.5\n0.8\n1.2\n1.5")
    form.composition.components.cells["propane"].setText(typed)
    form.composition.components.cells["propane"].textEdited.emit(typed)
    assert form.composition.components.problem.text()
    assert form.composition.components.fractions() == {}
    send(form)
    assert newest(store).quality.report == "HY-2026-118"


def test_what_follows_is_seen_while_one_types_and_the_standard_is_held_against_it(form):
    from tests.ui.metering.hands import seen

    form.composition.components.paste("methane", "70\n25\n5")
    form.composition.contents.parts["sulfur"].set_text("２５")
    form.composition.contents.parts["sulfur"].edited.emit("25")
    settle(form)
    words = seen(form.composition)
    assert "not met" in words
    assert "≤ 20" in words


def test_a_report_of_a_later_time_holds_from_then_on(form, store):
    fill(form)
    form.composition.components.paste("methane", "96.5\n0.8\n1.2\n1.5")
    form.composition.head.parts["valid_from"].choose(AFTER + timedelta(days=1))
    send(form)
    assert newest(store).valid_from == AFTER + timedelta(days=1)
    assert form.board.quality().quality.report == "HY-2026-118"


def test_a_report_without_a_number_is_told_at_its_field(form, store):
    from stationdesk.ui.widgets.spoken import said

    form.composition.components.paste("methane", "96.5\n0.8\n1.2\n1.5")
    send(form)
    assert "report" in said(form.composition.head.parts["report"].wrong)
    assert form.composition.components.cells["methane"].text() == "96.5"


def test_what_was_typed_comes_back(form, store):
    fill(form, "HY-HALF")
    form.composition.components.paste("methane", "96.5\n0.8")
    press(form, KEY.Key_Escape)
    assert form.composition is None
    form.steps.take("composition")
    settle(form)
    assert form.composition.head.parts["report"].text() == "HY-HALF"
    assert form.composition.components.cells["methane"].text() == "96.5"


def test_bulk_values_are_a_report_too(form, store):
    fill(form, "HY-BULK")
    form.composition.kind.choose("bulk")
    form.composition._turn("bulk")
    for key, text in {"hs": "37.8", "d": "0.585", "co2": "1.2", "h2": "0"}.items():
        form.composition.bulk.parts[key].set_text(text)
    send(form)
    found = newest(store)
    assert (found.quality.kind, dict(found.quality.parts)["co2"]) == ("bulk", Decimal("0.012"))


@pytest.mark.parametrize(
    ("called", "component"),
    [
        ("CH₄", "methane"),
        ("甲烷（CH4）", "methane"),
        ("n-Butane", "n_butane"),
        ("CO2", "carbon_dioxide"),
        ("合计", ""),
        ("iC5", "isopentane"),
    ],
)
def test_components_are_known_by_what_laboratories_call_them(called, component):
    assert component_of(called) == component


def test_a_heading_is_no_value():
    assert read_column("摩尔分数\n96.5\n0.8", "methane") == ({"methane": "96.5", "nitrogen": "0.8"}, ())
