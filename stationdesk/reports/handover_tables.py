"""The tables of a handover's sheet: figures of the shift, base readings, open items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.handover import Carried
from stationdesk.domain.moments import format_deadline, format_time
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.reports.sheet import Column, Row, Run, Table, Value
from stationdesk.services.handover import HandoverView


def summary(view: HandoverView, zone: ZoneInfo) -> Table:
    """The main points and the abnormal ones over the shift, under the hours they were read at."""
    start = _read_at([each.first_at for each in view.figures], view.shift.starts_at)
    end = _read_at([each.last_at for each in view.figures], view.shift.ends_at)
    first, last = (format_time(each, zone, view.shift.day) for each in (start, end))
    columns = [
        Column("point", _("Parameter")),
        Column("unit", C_("sheet", "Unit"), 15, "center"),
        Column("limits", _("Limits"), 22, "center"),
        Column("first", first, 16, "right", None),
        Column("low", _("Lowest"), 24, "right"),
        Column("high", _("Highest"), 24, "right"),
        Column("mean", _("Mean"), 16, "right", None),
        Column("last", last, 16, "right", None),
        Column("over", _("Over limit"), 17, "center"),
    ]
    rows: list[Row] = [
        {
            "point": str(each.name),
            "unit": each.unit,
            "limits": each.limits,
            "first": _at(each.first, each.first_at or view.shift.starts_at, start, zone),
            "low": _extreme(each.low, each.low_at, zone),
            "high": _extreme(each.high, each.high_at, zone),
            "mean": each.mean,
            "last": _at(each.last, each.last_at or view.shift.ends_at, end, zone),
            "over": Run(str(each.over), bold=each.over > 0),
        }
        for each in view.figures
    ]
    return Table("summary", _("Operating figures"), columns, rows, remark=_("hourly readings in the daily sheet"))


def _read_at(times: Sequence[datetime | None], own: datetime) -> datetime:
    """The hour all were read at, else the shift's own."""
    (found, *others) = set(times) or {None}
    return own if others or found is None else found


def _extreme(value: Decimal, at: datetime, zone: ZoneInfo) -> list[Run]:
    return [Run(shown(value)), Run(f" {_hour(at, zone)}", grey=True, size=0.913)]


def counters(view: HandoverView, zone: ZoneInfo) -> Table:
    """The counters at both ends of the shift."""
    first, last = format_time(view.shift.starts_at, zone), format_time(view.shift.ends_at, zone, view.shift.day)
    columns = [
        Column("counter", _("Counter")),
        Column("unit", C_("sheet", "Unit"), 16, "center"),
        Column("opening", _("{time} base reading").format(time=first), 38, "right", None),
        Column("closing", _("{time} base reading").format(time=last), 38, "right", None),
        Column("moved", _("This shift"), 32, "right", None),
    ]
    rows: list[Row] = [
        {
            "counter": str(each.name),
            "unit": each.unit,
            "opening": _at(each.opening, each.opening_at, view.shift.starts_at, zone),
            "closing": _at(each.closing, each.closing_at, view.shift.ends_at, zone),
            "moved": each.moved,
        }
        for each in view.counters
    ]
    return Table("counters", _("Base readings"), columns, rows, remark=_("as read by the outgoing crew at the hour of change"))


def _hour(at: datetime, zone: ZoneInfo) -> str:
    return C_("sheet", "{hour}:00").format(hour=f"{at.astimezone(zone):%H}")


def _at(value: Decimal, at: datetime, head: datetime, zone: ZoneInfo) -> Value:
    """A value under the hour of its column; of another hour it says which."""
    return value if at == head else _extreme(value, at, zone)


def item_columns() -> list[Column]:
    """Columns of what goes over."""
    return [
        Column("number", _("Number"), 32),
        Column("text", _("Subject")),
        Column("deadline", _("Deadline"), 28, "center"),
        Column("owner", _("Owner"), 22, "center"),
        Column("carried", _("Carried"), 22, "center"),
    ]


def items(carried: Sequence[Carried], zone: ZoneInfo) -> Table:
    """What goes over, under the number it was born with."""
    rows = [
        {
            "number": each.number,
            "text": each.text,
            "deadline": format_deadline(each.deadline, zone) if each.deadline else "—",
            "owner": each.owner or "—",
            "carried": _("no. {n}").format(n=each.count) if each.count else C_("carried", "new"),
        }
        for each in carried
    ]
    return Table("items", _("Open items"), item_columns(), rows, remark=_("carried over under their own number"), empty=_("None"))
