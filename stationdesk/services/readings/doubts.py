"""What is odd about a value, asked alike by the use case that saves it and by the grid that shows it: pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal

from stationdesk.domain.plausibility import Situation, Tolerances, judge
from stationdesk.domain.questions import Past, Question
from stationdesk.services.readings.views import PointView

ValueAt = Callable[[int, datetime], Decimal | None]


def flow_beside(points: Sequence[PointView], point: PointView) -> PointView | None:
    """The flow that goes with a point: that of its group; for what is no counter also the only one of the station."""
    flows = [each for each in points if each.quantity == "flow" and each.kind != "counter" and each.point_id != point.point_id]
    own = [each for each in flows if each.group == point.group]
    if own or point.kind == "counter" or len(flows) != 1:
        return own[0] if own else None
    return flows[0]


def first_question(
    points: Sequence[PointView],
    point: PointView,
    hour: datetime,
    value: Decimal,
    past: tuple[Past, ...],
    value_at: ValueAt,
    allowed: Tolerances,
) -> Question | None:
    """The most telling question about a value, None for an honest one. ImplausibleError for what cannot be a value."""
    flow = flow_beside(points, point)
    now = value_at(flow.point_id, hour) if flow else None
    flows = tuple(value_at(flow.point_id, each.time) if flow else None for each in past)
    rule = point.rule(flow.design if flow and point.kind == "counter" else None)
    return next(iter(judge(rule, value, Situation(hour, past, now, flows), allowed)), None)
