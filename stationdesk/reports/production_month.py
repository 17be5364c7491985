"""生产月报: the gas days of a month as rows with their sums, the trend of 输差, mean heating value."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from stationdesk.domain import words
from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.gas_day import mean_light
from stationdesk.domain.metering.shapes import HEATING, Light
from stationdesk.domain.moments import format_day, format_time, weekday
from stationdesk.domain.names import Name
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, N_, _
from stationdesk.reports.handover import numbered
from stationdesk.reports.metered import base_words, drafted, listed
from stationdesk.reports.sheet import Chart, Column, Facts, Paragraph, Row, Run, Section, Sheet, Signature, Signatures, Table, Text, Value
from stationdesk.services.metering.gas_day import DayLine
from stationdesk.services.metering.production import Month, production_month
from stationdesk.services.sheets import letterhead
from stationdesk.services.subjects import latest

if TYPE_CHECKING:
    from stationdesk.services import Store

WIDTHS = (18, 0, 18, 0, 22, 0)
PAD = 0.9
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
DAYS = 10  # of a month's chart that are named at its axis


class MonthError(DomainError):
    """No month."""

    words = N_("“{subject}” is no month like 2026-11.")
    field = "subject"


def sheet(store: Store, subject: str, language: str) -> Sheet:
    """subject: "2026-11", "" this month. MonthError."""
    at = store.clock()
    found = production_month(store, first_of(subject or latest(store, "production-month", "month", at)), at)
    head = letterhead(store, found.begins)
    with words.speaking(language):
        return Sheet(
            title=_("Monthly production report"),
            company=str(head.company),
            station=str(head.station),
            number=f"SC-{found.view.first:%Y%m}",
            language=language,
            landscape=True,
            sections=_sections(found, head.station),
            watermark=drafted(head.trial, not found.over),
        )


def first_of(subject: str) -> date:
    """The first day of a month written 2026-11. MonthError."""
    found = MONTH.fullmatch(subject)
    if found is None:
        raise MonthError(subject=subject[:40])
    return date(int(found[1]), int(found[2]), 1)


def _sections(found: Month, station: Name) -> list[Section]:
    facts = Facts("facts", bands=_bands(found, station), widths=WIDTHS)
    signed = (("prepared", _("Prepared by")), ("reviewed", _("Reviewed by")), ("approved", _("Approved by")))
    parts: list[Section] = [_days(found)]
    if len(_rates(found)) > 1:
        parts.append(_trend(found))
    parts.append(Paragraph("notes", numbered(len(parts) + 1, _("Notes")), text=_notes(found)))
    return [facts, *parts, Signatures("signatures", cells=[Signature(key, role) for key, role in signed])]


def _bands(found: Month, station: Name) -> list[list[tuple[str, Text]]]:
    contract = next((line.of.contract for line in reversed(found.view.lines) if line.of.contract), None)
    months = _("{month}, each day from {time}").format(month=f"{found.view.first:%Y-%m}", time=format_time(found.begins, found.zone))
    return [[(_("Station"), str(station)), (_("Days"), months), (_("Base conditions"), base_words(contract) if contract else "—")]]


# --- the days


def _days(found: Month) -> Table:
    over = _("of the gas received") if found.view.limits.over == "in" else _("of the gas delivered")
    columns = [
        Column("day", C_("sheet", "Day"), 27),
        Column("received", _("Received"), 27, "right", None),
        Column("delivered", _("Delivered"), 22, "right", None),
        Column("own", _("Own use"), 16, "right", None),
        Column("vented", _("Vented"), 16, "right", None),
        Column("pack", _("Line pack"), 18, "right", None),
        Column("loss", C_("gas", "Volume"), 22, "right", None),
        Column("rate", "%", 16, "right"),
        Column("mean", _("7 days %"), 18, "right"),
        Column("heating", _("Heating value"), 18, "right", 4, unit="MJ/m³"),
        Column("energy", C_("metering", "Energy"), 24, "right", 0, unit="MJ"),
        Column("odorant", _("Odorant"), 16, "right", unit="mg/m³"),
        Column("words", _("Notes")),
    ]
    groups = [("", 1), ("Nm³", 5), (_("Unaccounted for"), 3), ("", 4)]
    rows = [_day(line, found) for line in found.view.lines]
    title = numbered(1, _("Gas days"))
    remark = _("rate {over}; beyond the alarm in bold: ±{day} % of a day, ±{mean} % of seven days").format(
        over=over, day=shown(found.view.limits.day_percent), mean=shown(found.view.limits.mean_percent)
    )
    if rows:
        rows.append(_sums(found))
    return Table("days", title, columns, rows, groups=groups, remark=remark, pad=PAD, empty=_("No gas day of this month has begun."))


def _day(line: DayLine, found: Month) -> Row:
    day, balance, limits = line.of, line.of.balance, found.view.limits
    return {
        "day": f"{format_day(day.day)} {weekday(day.day)}",
        "received": _or_dash(day.received),
        "delivered": _or_dash(balance.delivered),
        "own": "—" if _lacks("own_use", line) else balance.own_use,
        "vented": "—" if _lacks("vented", line) else balance.vented,
        "pack": "—" if _lacks("pack_after", line) or _lacks("pack_before", line) else balance.pack_change,
        "loss": _or_dash(balance.loss),
        "rate": _percent(balance.rate, bold=balance.light(limits) is Light.RED),
        "mean": _percent(line.mean, bold=mean_light(line.mean, limits) is Light.AMBER),
        "heating": day.heating_value,
        "energy": day.energy_mj,
        "odorant": "—" if day.odorant.content is None else Run(shown(day.odorant.content), bold=day.odorant.light is Light.RED),
        "words": _words(line, found),
    }


def _lacks(kind: str, line: DayLine) -> bool:
    return any(each == kind for each in line.of.balance.assumed)


def _or_dash(value: Decimal | None) -> Value:
    return "—" if value is None else value


def _percent(rate: Decimal | None, *, bold: bool) -> Text:
    return "—" if rate is None else Run(shown_signed(rate, 3), bold=bold)


def _words(line: DayLine, found: Month) -> Text:
    """What is wanting of a day."""
    day, said = line.of, []
    if day.end > found.at:
        said.append(_("running"))
    elif day.received is None:
        return _("nothing was metered")
    elif not day.whole:
        said.append(_("hours are missing"))
    if day.end <= found.at and day.day not in found.certified:
        said.append(_("not certified"))
    return listed(said)


def _sums(found: Month) -> Row:
    """Of the days that are over, as far as each is known."""
    days, totals = [line.of for line in found.view.lines if line.of.end <= found.at], found.view.totals
    received, energy = found.view.received, _sum([each.energy_mj for each in days])
    heating = (energy / received).quantize(HEATING) if energy is not None and received else None
    return {
        "day": Run(_("Sum"), bold=True),
        "received": _or_dash(received),
        "delivered": _or_dash(_sum([each.balance.delivered for each in days])),
        "own": sum((each.balance.own_use for each in days), Decimal(0)),
        "vented": sum((each.balance.vented for each in days), Decimal(0)),
        "pack": sum((each.balance.pack_change for each in days), Decimal(0)),
        "loss": _or_dash(totals.loss),
        "rate": _percent(totals.rate, bold=totals.light(found.view.limits) is Light.RED),
        "heating": heating,
        "energy": energy,
    }


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [each for each in values if each is not None]
    return sum(known, Decimal(0)) if known else None


# --- the trend


def _rates(found: Month) -> list[tuple[date, Decimal]]:
    return [(line.of.day, line.of.balance.rate) for line in found.view.lines if line.of.balance.rate is not None]


def _trend(found: Month) -> Chart:
    """The rate of each day; a day without one has no dot."""
    limit = found.view.limits.day_percent
    points = [(float(line.of.day.day), None if line.of.balance.rate is None else float(line.of.balance.rate)) for line in found.view.lines]
    last = found.view.last.day
    step = 1 if last <= DAYS else 3
    return Chart(
        "trend",
        numbered(2, _("Unaccounted-for gas by day")),
        remark="%",
        points=points,
        limits=[(f"−{shown(limit)} %", -float(limit)), (f"+{shown(limit)} %", float(limit))],
        hours=(1.0, float(last)),
        digits=2,
        ticks=tuple((float(day), str(day)) for day in range(1, last + 1, step)),
    )


def _notes(found: Month) -> str:
    days = [line.of for line in found.view.lines if line.of.end <= found.at]
    without = [each.day for each in days if each.balance.loss is None]
    said = [_("Unaccounted for: received less delivered, own use, vented gas and the change of line pack.")]
    if without:
        said.append(
            _("The sum of the unaccounted-for gas leaves out days without a balance: {days}.").format(days=listed(map(format_day, without)))
        )
    if any(each.balance.assumed for each in days):
        said.append(_("Figures nobody entered (—) are taken as 0."))
    return "\n".join(said)
