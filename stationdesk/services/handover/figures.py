"""The figures of a shift as they go over: the main points, and the counters at the hour of the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from stationdesk.domain.names import Name
from stationdesk.domain.readings import Summary
from stationdesk.services.metering.blind import Veil
from stationdesk.services.readings.summary import PointSummary, point_summaries

COUNTER = "counter"


@dataclass(frozen=True)
class Figure:
    """A main point over the shift. limits: as they were in force, worded. first_at, last_at: hours of the first and the last value where
    they are not the shift's own, in a handover out of turn or where an hour was not read."""

    name: Name
    unit: str
    limits: str
    first: Decimal
    last: Decimal
    low: Decimal
    low_at: datetime
    high: Decimal
    high_at: datetime
    mean: Decimal
    over: int
    first_at: datetime | None = None
    last_at: datetime | None = None


@dataclass(frozen=True)
class Counter:
    """A counter at the beginning and at the end of the shift, and how far it went on."""

    name: Name
    unit: str
    opening: Decimal
    closing: Decimal
    moved: Decimal
    opening_at: datetime
    closing_at: datetime  # the last hour read: before the closing one while the shift goes on


def figures(session: Session, start: datetime, end: datetime, hidden: Veil) -> tuple[PointSummary, ...]:
    """Main points, abnormal ones and counters of the hours start–end. hidden: base readings that are left out although told by now."""
    found = point_summaries(session, start, end, main_only=False, hidden=hidden)
    return tuple(each for each in found if each.point.on_now or each.summary.over or each.point.kind == COUNTER)


def content_of(found: Sequence[PointSummary], start: datetime, end: datetime) -> tuple[list[tuple[Name, str, Summary]], dict[str, Any]]:
    """The same as the content of a handover keeps them: figures of the gauges, and limits and counters beside them.

    Hours of first and last values are kept where they are not start and end, so that all other contents are the same text they always were.
    """
    gauges = [each for each in found if each.point.kind != COUNTER]
    limits = {each.summary.point: each.point.limits.text(each.point.decimals) for each in gauges}
    counted = [each for each in found if each.point.kind == COUNTER]
    kept = [asdict(_counter(each)) | {"name": each.point.full_name} for each in counted]
    apart = {each.summary.point: [each.since, each.until] for each in gauges if (each.since, each.until) != (start, end)}
    extra = {"limits": limits, "counters": kept} | ({"read": apart} if apart else {})
    return [(each.point.full_name, each.point.unit, each.summary) for each in gauges], extra


def _counter(each: PointSummary) -> Counter:
    point, made = each.point, each.summary
    moved = made.last - made.first
    if moved < 0 and point.rollover is not None:
        moved += point.rollover
    return Counter(point.full_name, point.unit, made.first, made.last, moved, each.since, each.until)


def figures_in(content: Mapping[str, Any]) -> tuple[Figure, ...]:
    """The figures out of a content (unpacked)."""
    limits, read = content["extra"].get("limits", {}), content["extra"].get("read", {})
    keys = ("first", "last", "low", "low_at", "high", "high_at", "mean", "over")
    return tuple(
        Figure(each["name"], each["unit"], limits.get(each["point"], ""), *(each[key] for key in keys), *read.get(each["point"], ()))
        for each in content["summary"]
    )


def counters_in(content: Mapping[str, Any]) -> tuple[Counter, ...]:
    """The counters out of a content (unpacked)."""
    return tuple(Counter(**each) for each in content["extra"].get("counters", ()))
