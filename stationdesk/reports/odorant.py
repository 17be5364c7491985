"""加臭记录: the odorant of a month by gas day: kg before, added and after, what was used, mg/m³ against the limits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.metering.gas_day import MILLIGRAMS, Figure
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.moments import format_day, format_time, weekday
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import C_, _
from stationdesk.reports.handover import numbered
from stationdesk.reports.metered import BASE, drafted, listed
from stationdesk.reports.production import odorant_light
from stationdesk.reports.production_month import first_of
from stationdesk.reports.sheet import Chart, Column, Facts, Paragraph, Row, Run, Section, Sheet, Signature, Signatures, Table, Text, Value
from stationdesk.services.metering.gas_day import GasDay
from stationdesk.services.metering.production import Month, production_month
from stationdesk.services.sheets import letterhead
from stationdesk.services.subjects import latest

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (18, 0, 18, 0, 18, 0)
PAD = 1.2
CONTENT = Decimal("0.1")  # mg/m³, as a day's is rounded
KINDS = (Figure.ODORANT_BEFORE, Figure.ODORANT_ADDED, Figure.ODORANT_AFTER)


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-11", "" this month. MonthError."""
    at = store.clock()
    found = production_month(store, first_of(subject or latest(store, "odorant", "month", at)), at)
    head = letterhead(store, found.begins)
    with words.speaking(language):
        return Sheet(
            title=_("Odorizing record"),
            company=str(head.company),
            station=str(head.station),
            number=f"JC-{found.view.first:%Y%m}",
            language=language,
            sections=_sections(found, head.station),
            watermark=drafted(head.trial, not found.over),
        )


def _sections(found: Month, station: Name) -> list[Section]:
    limits = found.view.odorant_limits
    months = _("{month}, each day from {time}").format(month=f"{found.view.first:%Y-%m}", time=format_time(found.begins, found.zone))
    allowed = f"{shown(limits.low)}–{shown(limits.high)} mg/m³"
    facts: list[tuple[str, Text]] = [(_("Station"), str(station)), (_("Days"), months), (_("Limits"), allowed)]
    parts: list[Section] = [_days(found)]
    if len(_contents(found)) > 1:
        parts.append(_trend(found))
    parts.append(Paragraph("notes", numbered(len(parts) + 1, _("Notes")), text=_notes(found)))
    signed = (("prepared", _("Prepared by")), ("leader", _("Shift leader")), ("chief", _("Station chief")))
    cells = [Signature(key, role) for key, role in signed]
    return [Facts("facts", bands=[facts], widths=WIDTHS), *parts, Signatures("signatures", cells=cells)]


# --- the days


def _days(found: Month) -> Table:
    columns = [
        Column("day", C_("sheet", "Day"), 27),
        Column("before", _("At the beginning"), 19, "right", None, unit="kg"),
        Column("added", _("Added"), 16, "right", None, unit="kg"),
        Column("after", _("At the end"), 17, "right", None, unit="kg"),
        Column("used", _("Used"), 16, "right", None, unit="kg"),
        Column("volume", _("Gas received"), 28, "right", BASE, unit="Nm³"),
        Column("content", _("Content"), 17, "right", unit="mg/m³"),
        Column("light", C_("sheet", "Result"), 25),
        Column("by", _("Entered by")),
    ]
    rows = [_day(line.of, found) for line in found.view.lines]
    if rows:
        rows.append(_sums(found))
    remark = _("content = (at the beginning + added − at the end) / gas received")
    return Table("days", numbered(1, _("Gas days")), columns, rows, remark=remark, pad=PAD, empty=_("No gas day of this month has begun."))


def _day(day: GasDay, found: Month) -> Row:
    own = day.odorant
    known = any(kind in day.figures for kind in KINDS)
    return {
        "day": f"{format_day(day.day)} {weekday(day.day)}",
        "before": _or_dash(own.before),
        "added": _or_dash(own.added),
        "after": _or_dash(own.after),
        "used": _or_dash(own.used),
        "volume": _or_dash(day.received),
        "content": "—" if own.content is None else Run(shown(own.content), bold=own.light is Light.RED),
        "light": odorant_light(own.light) if known else _("running") if day.end > found.at else Run(_("not entered"), bold=True),
        "by": listed(dict.fromkeys(day.figures[kind].by for kind in KINDS if kind in day.figures)),
    }


def _or_dash(value: Decimal | None) -> Value:
    return "—" if value is None else value


def _complete(found: Month) -> list[GasDay]:
    """Days of which the content is known."""
    return [line.of for line in found.view.lines if line.of.odorant.content is not None]


def _sums(found: Month) -> Row:
    """Of the days whose content is known, so that the mean is that of the same gas."""
    days = _complete(found)
    used, volume = _sum([each.odorant.used for each in days]), _sum([each.received for each in days])
    mean = (used * MILLIGRAMS / volume).quantize(CONTENT) if volume else None
    return {
        "day": Run(_("Sum"), bold=True),
        "added": _sum([each.odorant.added for each in days]),
        "used": used,
        "volume": volume,
        "content": "—" if mean is None else shown(mean),
        "light": _("mean by volume") if mean is not None else "",
    }


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((each for each in values if each is not None), Decimal(0))


# --- the trend


def _contents(found: Month) -> list[Decimal]:
    return [each.odorant.content for each in _complete(found) if each.odorant.content is not None]


def _trend(found: Month) -> Chart:
    limits, last = found.view.odorant_limits, found.view.last.day
    contents = [(float(line.of.day.day), line.of.odorant.content) for line in found.view.lines]
    return Chart(
        "trend",
        numbered(2, _("Content by day")),
        remark="mg/m³",
        points=[(day, None if content is None else float(content)) for day, content in contents],
        limits=[
            (C_("limit", "low {limit}").format(limit=shown(limits.low)), float(limits.low)),
            (C_("limit", "high {limit}").format(limit=shown(limits.high)), float(limits.high)),
        ],
        hours=(1.0, float(last)),
        digits=1,
        ticks=tuple((float(day), str(day)) for day in range(1, last + 1, 3)),
        tall=84.0,
    )


def _notes(found: Month) -> str:
    """Days out of limits, days nobody entered, and words that were said with the figures."""
    outside = [format_day(each.day) for each in _complete(found) if each.odorant.light is Light.RED]
    silent = [format_day(line.of.day) for line in found.view.lines if line.of.end <= found.at and line.of.odorant.content is None]
    said = [_("Outside the limits: {days}.").format(days=listed(outside)) if outside else _("No day was outside the limits.")]
    if silent:
        said.append(_("The content of these days is not known, and they are not in the sum: {days}.").format(days=listed(silent)))
    for line in found.view.lines:
        spoken = dict.fromkeys(line.of.figures[kind].words for kind in KINDS if kind in line.of.figures)
        said += [f"{format_day(line.of.day)} {text}" for text in spoken if text]
    return "\n".join(said)
