"""The hint to let another run serve."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from stationdesk.domain.metering.best_range import best_range_hint
from tests.domain.metering.hours import RUN

LARGE = replace(RUN, group="in", best_low=Decimal(20), best_high=Decimal(80))
SMALL = replace(LARGE, stream_id=2, code="2#", q_max=Decimal(400))
TWIN = replace(LARGE, stream_id=3, code="3#")


@pytest.mark.parametrize("flow", [0, 320, 800, 1280])
def test_a_run_in_its_best_range_or_at_rest_is_left_alone(flow: int) -> None:
    assert best_range_hint(LARGE, Decimal(flow), [SMALL, TWIN]) is None


def test_too_little_flow_for_a_large_meter_suits_a_small_one() -> None:
    hint = best_range_hint(LARGE, Decimal(160), [TWIN, SMALL])
    assert hint is not None
    assert (hint.other, hint.percent, hint.other_percent, hint.shared) == (SMALL, 10, 40, False)
    assert hint.sentences[0] == "1# works at 10 % of its capacity, below its best range 20–80 %."
    assert hint.sentences[1] == "2# would work at 40 %, within its own."


def test_too_much_flow_for_one_is_shared_by_two() -> None:
    hint = best_range_hint(LARGE, Decimal(1440), [TWIN])
    assert hint is not None
    assert (hint.other, hint.other_percent, hint.shared) == (TWIN, 45, True)


def test_no_hint_where_nobody_else_would_do_better() -> None:
    assert best_range_hint(LARGE, Decimal(160), [TWIN]) is None
    assert best_range_hint(LARGE, Decimal(160), [replace(SMALL, group="own use")]) is None
    assert best_range_hint(replace(LARGE, best_low=None, best_high=None), Decimal(160), [SMALL]) is None
