"""What is odd about a value, asked alike by the use case that saves it and by the grid that shows it: pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial

from stationdesk.domain.plausibility import Situation, Tolerances, judge
from stationdesk.domain.questions import Past, Question
from stationdesk.services.readings.views import PointView

ValueAt = Callable[[int, datetime], Decimal | None]
Usual = Callable[[], Decimal | None]


def flows_of(points: Sequence[PointView]) -> tuple[PointView, ...]:
    """The points that read a flow."""
    return tuple(each for each in points if each.quantity == "flow" and each.kind != "counter")


def flow_beside(flows: Sequence[PointView], point: PointView) -> PointView | None:
    """The flow that goes with a point: that of its group; for what is no counter also the only one of the station."""
    others = [each for each in flows if each.point_id != point.point_id]
    own = next((each for each in others if each.group == point.group), None)
    if own or point.kind == "counter" or len(others) != 1:
        return own
    return others[0]


def first_question(
    flow: PointView | None,
    point: PointView,
    hour: datetime,
    value: Decimal,
    past: tuple[Past, ...],
    value_at: ValueAt,
    usual: Usual,
    allowed: Tolerances,
) -> Question | None:
    """The most telling question about a value, None for an honest one. ImplausibleError for what cannot be a value.

    flow: the one beside the point; usual: how the point moved in the days before, asked only of a value that stands still.
    """
    if flow is None:
        rule, situation = point.rule(), Situation(hour, past, usual=usual)
    else:
        rule = point.rule(flow.design if point.kind == "counter" else None)
        situation = Situation(hour, past, partial(value_at, flow.point_id), usual=usual)
    questions = judge(rule, value, situation, allowed)
    return questions[0] if questions else None
