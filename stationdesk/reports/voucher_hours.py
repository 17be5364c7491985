"""The hours of a voucher: what each was computed from and with, factor by factor."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.shapes import HourGas, StreamGas, lack_words, source_words
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _
from stationdesk.reports.metered import BASE, hour_words, listed, stream_words, value_or_dash
from stationdesk.reports.sheet import Column, Row, Run, Table, Text
from stationdesk.services.metering.custody_views import Custody, StreamCustody

PAD = 1.6
HUNDRED = Decimal(100)


def hours(found: Custody) -> list[Table]:
    """A table for each run that was open or moved in the period."""
    worked = [each for each in found.streams if any(hour.moved or hour.lacks for hour in each.gas.hours)]
    return [_hours(n, each, found.zone) for n, each in enumerate(worked)]


def _hours(n: int, custody: StreamCustody, zone: ZoneInfo) -> Table:
    gas = custody.gas
    title = _("Hours of {stream}").format(stream=stream_words(gas.stream))
    remark = _("p absolute; p and T: means of both ends of the hour; factor = (p/p base)(T base/T)(Z base/Z); summed before rounding")
    rows = [_hour(each, zone, custody) for each in gas.hours]
    return Table(f"hours{n or ''}", title, _columns(), rows, remark=remark, pad=PAD, closing=_closing(gas), empty=_("No hour was read."))


def _columns() -> list[Column]:
    return [
        Column("time", C_("metering", "Hour"), 23, "center"),
        Column("counter", _("Counter at its end"), 23, "right", None),
        Column("moved", _("Metered volume"), 18, "right", 1, unit="m³"),
        Column("pressure", "p", 16, "right", 2, unit="kPa"),
        Column("temperature", "T", 13, "right", 2, unit="℃"),
        Column("z", "Z", 15, "right", 5),
        Column("z_base", C_("metering", "Z base"), 15, "right", 5),
        Column("factor", C_("metering", "Factor"), 16, "right", 4),
        Column("base", _("Base volume"), 23, "right", BASE, unit="Nm³"),
        Column("heating", _("Heating value"), 16, "right", 3, unit="MJ/m³"),
        Column("energy", C_("metering", "Energy"), 20, "right", 0, unit="MJ"),
        Column("corrector", _("Corrector"), 18, "right", 1, unit="Nm³"),
        Column("off", C_("metering", "Difference"), 16, "right", unit="%"),
        Column("note", _("Notes")),
    ]


def _hour(hour: HourGas, zone: ZoneInfo, custody: StreamCustody) -> Row:
    return {
        "time": hour_words(hour.start, hour.end, zone),
        "counter": hour.closing.counter,
        "moved": hour.moved,
        "pressure": hour.pressure_kpa,
        "temperature": hour.temperature_c,
        "z": hour.z,
        "z_base": hour.z_base,
        "factor": hour.factor,
        "base": hour.base_volume,
        "heating": hour.heating_value,
        "energy": hour.energy_mj,
        "corrector": hour.corrected_moved,
        "off": _off(hour, custody),
        "note": _note(hour, custody),
    }


def _off(hour: HourGas, custody: StreamCustody) -> Text:
    """By how much the corrector's factor of the hour is off; bold beyond the warning."""
    factor = hour.corrector_factor
    if factor is None or not hour.factor:
        return ""
    percent = (factor / hour.factor - 1) * HUNDRED
    return Run(shown_signed(percent, 2), bold=hour.end in custody.comparison.warned)


def _note(hour: HourGas, custody: StreamCustody) -> Text:
    if custody.hidden and hour.lacks and hour.end == custody.gas.end:
        return Run(_("hidden until the blind reading"), bold=True)
    lacks = [Run(listed(lack_words(each) for each in hour.lacks), bold=True)] if hour.lacks else []
    sources = listed(source_words(each) for each in hour.sources)
    return [*lacks, Run((_("; ") if lacks else "") + sources)] if sources else lacks or ""


def _closing(gas: StreamGas) -> Text:
    """Sums of what could be computed, and the means for information only."""
    said = _("Sum: metered {volume} m³, base volume {base} Nm³, energy {energy} MJ, mean heating value {heating} MJ/m³.").format(
        volume=value_or_dash(gas.volume, 1),
        base=value_or_dash(gas.base_volume, BASE),
        energy=value_or_dash(gas.energy_mj, 0),
        heating=value_or_dash(gas.heating_value, 4),
    )
    partly = [] if gas.whole else [Run(" " + _("Hours without a base volume are missing in the sums."), bold=True)]
    return [Run(said, bold=True), *partly, *_means(gas)]


def _means(gas: StreamGas) -> list[Run]:
    pressure, temperature = _mean(gas, "pressure_kpa"), _mean(gas, "temperature_c")
    if pressure is None or temperature is None:
        return []
    said = _("For information only: mean p {p} kPa, mean T {t} ℃.").format(p=shown(pressure, 2), t=shown(temperature, 2))
    return [Run(" " + said, grey=True)]


def _mean(gas: StreamGas, name: str) -> Decimal | None:
    """Over the time of the hours that have it."""
    known = [(each.hours, value) for each in gas.hours if (value := getattr(each, name)) is not None]
    elapsed = sum((length for length, _value in known), Decimal(0))
    return sum((length * value for length, value in known), Decimal(0)) / elapsed if elapsed else None
