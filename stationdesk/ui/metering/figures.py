"""The columns of the hours: which figures there are, how each reads and adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from stationdesk.domain.metering.compare import FACTOR_ALARM, FACTOR_WARNING
from stationdesk.domain.metering.shapes import StreamGas
from stationdesk.domain.numbers import shown, shown_signed
from stationdesk.domain.words import C_
from stationdesk.ui.metering.slots import Slot, percent
from stationdesk.ui.widgets.spoken import Words

GIGA = Decimal(1000)


@dataclass(frozen=True)
class Figure:
    """decimals: −1 for as many as its size asks for. signed: a difference, marked where it is abnormal."""

    key: str
    name: Words
    unit: str
    of: Callable[[Slot], Decimal | None]
    total: Callable[[StreamGas], Decimal | None] | None = None
    decimals: int = -1
    signed: bool = False
    quiet: bool = False  # a factor, in the second tone

    def words(self, value: Decimal | None, decimals: int) -> str:
        """A value as it is read."""
        if value is None:
            return ""
        return shown_signed(value, decimals) if self.signed else shown(value, decimals)

    def places(self, values: Iterable[Decimal | None]) -> int:
        """Decimals of the column, by its largest value."""
        if self.decimals >= 0:
            return self.decimals
        largest = max((abs(each) for each in values if each is not None), default=Decimal(0))
        return 0 if largest >= 1000 else 1 if largest >= 100 else 2


def level(value: Decimal | None) -> str:
    """ "" amber or red of the per cent by which the corrector's hour differs from the computed one."""
    if value is None or abs(value) <= FACTOR_WARNING:
        return ""
    return "red" if abs(value) > FACTOR_ALARM else "amber"


def _pressure(slot: Slot) -> Decimal | None:
    return slot.mean(lambda each: each.pressure_kpa)


def _temperature(slot: Slot) -> Decimal | None:
    return slot.mean(lambda each: each.temperature_c)


def _z(slot: Slot) -> Decimal | None:
    return slot.mean(lambda each: each.z)


def _z_base(slot: Slot) -> Decimal | None:
    return slot.mean(lambda each: each.z_base)


def _factor(slot: Slot) -> Decimal | None:
    return slot.mean(lambda each: each.factor)


def _heating(slot: Slot) -> Decimal | None:
    return slot.mean(lambda each: each.heating_value)


def _giga(value: Decimal | None) -> Decimal | None:
    return None if value is None else value / GIGA


MOVED = Figure("moved", lambda: C_("metering", "Metered"), "m³", lambda slot: slot.moved, lambda gas: gas.volume)
BASE = Figure("base", lambda: C_("metering", "At base"), "Nm³", lambda slot: slot.base_volume, lambda gas: gas.base_volume)
CORRECTOR = Figure(
    "corrector", lambda: C_("metering", "Corrector"), "Nm³", lambda slot: slot.corrected_moved, lambda gas: gas.corrector_volume
)
DIFFERENCE = Figure(
    "difference",
    lambda: C_("metering", "Diff."),
    "%",
    lambda slot: slot.difference_percent,
    lambda gas: percent(gas.corrector_volume, gas.base_volume),
    decimals=2,
    signed=True,
)
HEATING = Figure("heating", lambda: C_("metering", "Heating"), "MJ/m³", _heating, lambda gas: gas.heating_value, decimals=3)
ENERGY = Figure(
    "energy", lambda: C_("metering", "Energy"), "GJ", lambda slot: _giga(slot.energy_mj), lambda gas: _giga(gas.energy_mj), decimals=1
)
FACTORS = (
    Figure("pressure", lambda: C_("metering", "Pressure"), "kPa(a)", _pressure, decimals=1, quiet=True),
    Figure("temperature", lambda: C_("metering", "Temp."), "℃", _temperature, decimals=1, quiet=True),
    Figure("z", lambda: "Z", "", _z, decimals=4, quiet=True),
    Figure("z_base", lambda: "Zb", "", _z_base, decimals=4, quiet=True),
    Figure("factor", lambda: C_("metering", "Factor"), "", _factor, decimals=3, quiet=True),
)
STATION_TOTAL = "total"


def figures_of(*, alone: bool, factors: bool, corrector: bool) -> tuple[Figure, ...]:
    """What is shown of a stream: beside others the volumes, alone all of it; the factors on demand."""
    compared = (CORRECTOR, DIFFERENCE) if corrector else ()
    if not alone:
        return (MOVED, BASE, *compared)
    return (MOVED, *(FACTORS if factors else ()), BASE, HEATING, ENERGY, *compared)
