"""How the takeover of the gas reads."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from stationdesk.domain.metering.compare import About
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_, _

if TYPE_CHECKING:
    from stationdesk.domain.metering.compare import Check
    from stationdesk.domain.metering.taken import TakenStream

FINE = Decimal("0.001")

LIGHTS: dict[str, Callable[[], str]] = {
    Light.NONE: lambda: _("nothing to compare"),
    Light.GREEN: lambda: _("agrees"),
    Light.AMBER: lambda: C_("light", "amber: differs"),
    Light.RED: lambda: C_("light", "red: differs"),
}
LOOKS = {Light.NONE: "", Light.GREEN: "strong", Light.AMBER: "amber", Light.RED: "red"}
NO_VALUE = "—"
ODD = frozenset({Light.AMBER, Light.RED})
ABOUT: dict[str, Callable[[], str]] = {
    About.COUNTER: lambda: _("metered base reading"),
    About.CORRECTED: lambda: _("corrected base reading"),
    About.HOURS: lambda: _("hours against the counter"),
    About.CORRECTOR: lambda: _("corrector"),
    About.FACTOR: lambda: _("factor of one hour"),
    About.VOUCHER: lambda: _("voucher"),
}

Row = tuple[str, str, str, str, str]
"""Name, one value, the other, the difference, its light."""


def light_words(light: str) -> str:
    """相符, 超差（黄）, 超差（红）"""
    return LIGHTS[Light(light)]()


def base_rows(each: TakenStream) -> list[Row]:
    """The counters as both sides read them."""
    rows = []
    for about, name, theirs, mine in (
        (About.COUNTER, _("Metered m³"), each.counter_outgoing, each.counter),
        (About.CORRECTED, _("Corrected Nm³"), each.corrected_outgoing, each.corrected),
    ):
        check = _check(each, about)
        if theirs is not None or mine is not None:
            rows.append((name, number(theirs), number(mine), _signed(check.get("difference")), str(check.get("light", ""))))
    return rows


def volume_rows(each: TakenStream) -> list[Row]:
    """The recomputed volume beside the corrector's and the voucher's."""
    rows, corrector, voucher = [], _check(each, About.CORRECTOR), _check(each, About.VOUCHER)
    if each.corrector_volume is not None or corrector:
        rows.append(_volume(_("Corrector"), each, each.corrector_volume, corrector))
    if each.voucher:
        rows.append(_volume(_("Voucher {number}").format(number=each.voucher), each, each.voucher_volume, voucher))
    return rows


def _volume(name: str, each: TakenStream, other: Decimal | None, check: dict[str, object]) -> Row:
    return name, cubic(each.base_volume), cubic(other), percent(check.get("percent")), str(check.get("light", ""))


def _check(each: TakenStream, about: About) -> dict[str, object]:
    return next((dict(check) for check in each.checks if check["about"] == about), {})


def sums(each: TakenStream) -> str:
    """H_v 37.61 MJ/m³·能量 5,124 GJ·允差 ±0.22 %"""
    parts = [
        _("Hv {value} MJ/m³").format(value=shown(each.heating_value, 2)) if each.heating_value is not None else "",
        _("energy {value} GJ").format(value=shown(each.energy_mj / 1000, 1)) if each.energy_mj is not None else "",
        _("tolerance ±{value} %").format(value=shown(each.tolerance, 2)) if each.tolerance else "",
    ]
    return "·".join(part for part in parts if part)


def check_words(check: Check) -> str:
    """标况底数：差 +200，+0.15 %"""
    parts = [shown_signed(check.difference.quantize(FINE) if check.about is About.FACTOR else check.difference)]
    if check.percent is not None:
        parts.append(percent(check.percent))
    return _("{what}: {difference}").format(what=ABOUT[check.about](), difference=_(", ").join(parts))


def number(value: Decimal | None) -> str:
    """As it was read."""
    return NO_VALUE if value is None else shown(value)


def cubic(value: Decimal | None) -> str:
    """Whole m³."""
    return NO_VALUE if value is None else shown(value, 0)


def percent(value: object) -> str:
    """+0.13 %"""
    return f"{shown_signed(value, 2)} %" if isinstance(value, Decimal) else NO_VALUE


def _signed(value: object) -> str:
    return shown_signed(value) if isinstance(value, Decimal) else NO_VALUE
