"""What the sheets of metering share: how runs, spans, differences and lights stand on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.compare import Check
from stationdesk.domain.metering.shapes import Contract, Light, StreamRule
from stationdesk.domain.moments import Span, format_date, format_time, weekday
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _
from stationdesk.reports.sheet import Run, Text

BASE = 3  # decimals of m³ at base conditions, as they are frozen
PERCENT = 2


def light_words(light: Light) -> Text:
    """A light without colour: a mark and a word, in bold where something is to be done."""
    worded = {
        Light.GREEN: ("✓", _("agrees")),
        Light.AMBER: ("△", C_("light", "amber: differs")),
        Light.RED: ("×", C_("light", "red: differs")),
        Light.NONE: ("—", _("nothing to compare")),
    }
    mark, words = worded[light]
    return [Run(f"{mark} "), Run(words, bold=light in (Light.AMBER, Light.RED))]


def stream_words(rule: StreamRule) -> str:
    """Run 1; with its code where that is not part of the name already."""
    name = str(rule.name)
    return name if rule.code in name else f"{rule.code} {name}".strip()


def listed(texts: Iterable[str]) -> str:
    """Texts one after the other, the empty ones left out."""
    return _(", ").join(text for text in texts if text)


def span_words(span: Span, zone: ZoneInfo) -> str:
    """2026-11-21 00:00 to 08:00; with both dates where it goes over midnight."""
    first = span.start.astimezone(zone).date()
    end = format_time(span.end, zone, first)
    if end != "24:00" and span.end.astimezone(zone).date() != first:
        end = moment(span.end, zone)
    return _("{first} to {last}").format(first=moment(span.start, zone), last=end)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """With its year: a sheet is read years later."""
    return f"{format_date(at.astimezone(zone).date())} {format_time(at, zone)}"


def day_words(day: date) -> str:
    """2026-11-20 Fri."""
    return f"{format_date(day)} {weekday(day)}"


def hour_words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """00:00–01:00, 23:00–24:00."""
    return f"{format_time(start, zone)}–{format_time(end, zone, start.astimezone(zone).date())}"


def value_or_dash(value: Decimal | None, digits: int | None = None) -> str:
    """A number as it is read, a dash where there is none."""
    return "—" if value is None else shown(value, digits)


def percent_words(check: Check | None) -> Text:
    """A difference in %, with its sign; bold beyond the tolerance."""
    if check is None:
        return "—"
    words = f"{shown_signed(check.difference)} Nm³" if check.percent is None else shown_signed(check.percent, PERCENT) + " %"
    return Run(words, bold=check.light in (Light.AMBER, Light.RED))


def tolerance_words(tolerance: Decimal) -> str:
    """±0.32 %"""
    return f"±{shown(tolerance, PERCENT)} %"


def base_words(contract: Contract) -> str:
    """101.325 kPa, 20 ℃; combustion 20 ℃"""
    said = _("{p} kPa, {t} ℃; combustion {c} ℃")
    return said.format(p=shown(contract.base_pressure_kpa), t=shown(contract.base_temperature_c), c=shown(contract.combustion_c))


def drafted(trial: bool, draft: bool, superseded: bool = False) -> str:
    """The watermark of a sheet."""
    if trial:
        return _("Trial operation")
    if superseded:
        return C_("sheet", "Superseded")
    return _("Draft") if draft else ""
