from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.reports.chart import apart, reasons_height, step_of
from stationdesk.reports.paint import make
from stationdesk.reports.sheet import Chart
from tests.reports.builds import sheet_of


@given(st.floats(1e-6, 1e6))
def test_steps_are_round_and_few(span: float) -> None:
    step = step_of(span)
    assert span / step <= 4.0001
    assert float(f"{step:.1e}") == pytest.approx(step)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_never_touch(wanted: list[float]) -> None:
    placed = sorted(apart(wanted, 8.5))
    assert all(b - a >= 8.499 for a, b in pairwise(placed))


def test_reasons_stand_under_the_axis_each_clear_of_the_other() -> None:
    def chart(*reasons: tuple[float, float, str]) -> Chart:
        return Chart("trend", "压力", points=[(0, 1.0), (24, 2.0)], reasons=reasons)

    assert reasons_height(chart(), 500) == 0
    far, near = chart((2, 3, "停电"), (20, 21, "报警")), chart((2, 3, "在场处置 2# 加臭泵报警"), (3, 4, "在场处置 2# 加臭泵报警"))
    assert reasons_height(near, 500) == 2 * reasons_height(far, 500) > 0
    lines = make(sheet_of(near)).lines
    assert lines.count("在场处置 2# 加臭泵报警") == 2


def test_flat_line_and_single_reading_are_drawn() -> None:
    lines = make(sheet_of(Chart("trend", "压力", points=[(0, 2.4), (1, 2.4)]), Chart("one", "温度", points=[(3, -5.0)], digits=1))).lines
    assert "2.40" in lines
    assert "−5.0" in lines


def test_days_are_named_at_the_axis_in_place_of_the_clock() -> None:
    days = Chart("trend", "输差", points=[(1.0, 0.2), (30.0, 0.3)], hours=(1.0, 30.0), ticks=((1.0, "1"), (16.0, "16")))
    lines = make(sheet_of(days)).lines
    assert "16" in lines
    assert not any(":00" in line for line in lines)
