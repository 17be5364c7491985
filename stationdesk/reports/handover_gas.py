"""The gas of a handover's sheet: what both sides read of each run, what it comes to, how it compares, and what was said of it."""

from __future__ import annotations

from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.compare import About
from stationdesk.domain.metering.shapes import Lack, Light, lack_words
from stationdesk.domain.metering.taken import TakenStream
from stationdesk.domain.moments import format_time
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _
from stationdesk.reports.sheet import Column, Row, Run, Table
from stationdesk.services.handover import Counter, HandoverView

NO_VALUE = "—"


def gas(view: HandoverView) -> Table:
    """A row for each run the relief has read."""
    both = _("before / out / in")
    columns = [
        Column("run", C_("sheet", "Run")),
        Column("metered", C_("sheet", "Metered m³"), 27, "right", unit=both),
        Column("corrected", C_("sheet", "Corrected Nm³"), 29, "right", unit=both),
        Column("base", C_("sheet", "Recomputed"), 26, "right", unit="Nm³"),
        Column("corrector", C_("sheet", "Corrector"), 22, "right", unit="Nm³"),
        Column("percent", C_("sheet", "Diff."), 15, "right", unit="%"),
        Column("heating", "Hv", 15, "right", unit="MJ/m³"),
        Column("energy", C_("sheet", "Energy"), 18, "right", unit="GJ"),
        Column("result", C_("gas", "Result"), 18, "center"),
    ]
    return Table(
        "gas", _("Takeover of the gas"), columns, [_row(each) for each in view.metering], remark=_("base readings read blind by the relief")
    )


def other_counters(view: HandoverView) -> tuple[Counter, ...]:
    """The counters that stand in no run's row already."""
    told = {
        pair
        for each in view.metering
        for pair in ((each.counter_before, each.counter_outgoing), (each.corrected_before, each.corrected_outgoing))
    }
    return tuple(each for each in view.counters if (each.opening, each.closing) not in told)


def _row(each: TakenStream) -> Row:
    corrector = _check(each, About.CORRECTOR)
    percent = corrector.get("percent")
    return {
        "run": str(each.name),
        "metered": "\n".join(map(_number, (each.counter_before, each.counter_outgoing, each.counter))),
        "corrected": "\n".join(map(_number, (each.corrected_before, each.corrected_outgoing, each.corrected))),
        "base": _number(each.base_volume, 0),
        "corrector": _number(each.corrector_volume, 0),
        "percent": shown_signed(percent, 2) if isinstance(percent, Decimal) else NO_VALUE,
        "heating": _number(each.heating_value, 2),
        "energy": _number(each.energy_mj / 1000, 1) if each.energy_mj is not None else NO_VALUE,
        "result": Run(_light(each.light), bold=each.light in (Light.AMBER, Light.RED)),
    }


def gas_words(view: HandoverView, zone: ZoneInfo) -> str:
    """What was said of the runs: how they were read, the tolerance, vouchers, reasons, sheets. A line for each run."""
    return "\n".join(C_("sheet", "{ground}: {words}").format(ground=each.name, words=_words(each, zone)) for each in view.metering)


def _words(each: TakenStream, zone: ZoneInfo) -> str:
    voucher = _check(each, About.VOUCHER).get("percent")
    when = format_time(each.read_at, zone) if each.read_at else ""
    parts = [
        _("frozen value of {time}").format(time=when) if each.frozen else _("read at {time}").format(time=when),
        _("tolerance ±{value} %").format(value=shown(each.tolerance, 2)) if each.tolerance else "",
        _("voucher {number} {volume} Nm³, {percent} %").format(
            number=each.voucher, volume=_number(each.voucher_volume, 0), percent=shown_signed(voucher, 2)
        )
        if each.voucher and isinstance(voucher, Decimal)
        else "",
        _("not read: {words}").format(words=each.unread) if each.unread else "",
        _("entered {n} times; only the first was blind").format(n=each.entries) if each.entries > 1 else "",
        *(lack_words(Lack(lack)) for lack in each.lacks),
        C_("gas", "reason: {words}").format(words=each.reason) if each.reason else "",
        _("discrepancy sheet {number}").format(number=each.sheet) if each.sheet else "",
    ]
    return _("; ").join(part for part in parts if part)


def _check(each: TakenStream, about: About) -> dict[str, object]:
    return next((dict(check) for check in each.checks if check["about"] == about), {})


def _number(value: Decimal | None, decimals: int | None = None) -> str:
    return NO_VALUE if value is None else shown(value, decimals)


def _light(light: str) -> str:
    words = {
        Light.NONE: NO_VALUE, Light.GREEN: C_("sheet", "agrees"), Light.AMBER: C_("light", "amber: differs"),
        Light.RED: C_("light", "red: differs"),
    }  # fmt: skip
    return words[Light(light)]
