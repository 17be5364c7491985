"""What metering speaks of on every floor: a stream's rule, the contract, the gas's quality, the ends of an hour and the gas between them.

Counters stand in counts as they were read, pressures in kPa absolute, temperatures in ℃, volumes in m³ (at the meter, or at the contract's
base conditions where the name says base), energy in MJ. Decimals throughout: what is shown adds up, and what is stored comes back the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Self

from stationdesk.domain.gas import Base
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_, _

HOUR = timedelta(hours=1)
KELVIN = 273.15
VOLUME, ENERGY, HEATING = Decimal("0.001"), Decimal("0.001"), Decimal("0.0001")
"""To what volumes (m³), energies (MJ) and heating values (MJ/m³) are rounded."""
ORIFICE = "orifice"
INLET, OWN, OUTLET = "inlet", "own", "outlet"
COUNTER, CORRECTED, PRESSURE, TEMPERATURE, DIFFERENCE, MOVED = "counter", "corrected", "pressure", "temperature", "difference", "volume"
"""What is read of a stream; `volume` is the m³ of an hour at the meter, which only a substituted value says."""


class Light(StrEnum):
    """How a comparison comes out."""

    NONE = "none"  # nothing to compare
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Source(StrEnum):
    """Where a value is from when it is not simply what was read at its hour."""

    LATE = "late"
    CORRECTED = "corrected"
    SUBSTITUTED = "substituted"
    SWITCHED = "switched"  # read at a switch of runs
    REPLACED = "replaced"  # read when meter or corrector were replaced or set
    ARCHIVE = "archive"  # of the corrector's archive
    CARRIED = "carried"  # of the readings before and after: nothing was read at this end


SOURCES = {
    Source.LATE: N_("late entry"),
    Source.CORRECTED: N_("corrected"),
    Source.SUBSTITUTED: N_("substituted"),
    Source.SWITCHED: N_("read at the switch of runs"),
    Source.REPLACED: N_("read at the replacement"),
    Source.ARCHIVE: N_("from the corrector's archive"),
    Source.CARRIED: N_("from the readings before and after"),
}


class Lack(StrEnum):
    """What is wrong with an hour's gas. Those that `blocks` leave it without a volume at base conditions."""

    NO_COUNTER = "no_counter"
    NO_DIFFERENCE = "no_difference"
    NO_PRESSURE = "no_pressure"
    NO_TEMPERATURE = "no_temperature"
    NO_COMPOSITION = "no_composition"
    NO_FACTOR = "no_factor"  # the equation of state refuses pressure, temperature or composition
    BACKWARDS = "backwards"  # the counter went back further than a rollover explains: a replacement is to be put on record
    GAP = "gap"  # hours in between were not read: computed as one
    MOVES_SHUT = "moves_shut"  # the counter moved although the run is shut
    BEYOND = "beyond"  # more than the meter can pass

    @property
    def blocks(self) -> bool:
        """Whether the hour has no volume at base conditions because of it."""
        return self not in _NOTES


_NOTES = frozenset({Lack.GAP, Lack.MOVES_SHUT, Lack.BEYOND})

LACKS = {
    Lack.NO_COUNTER: N_("counter not read"),
    Lack.NO_DIFFERENCE: N_("differential pressure not read"),
    Lack.NO_PRESSURE: N_("pressure not read"),
    Lack.NO_TEMPERATURE: N_("temperature not read"),
    Lack.NO_COMPOSITION: N_("no composition in force"),
    Lack.NO_FACTOR: N_("pressure, temperature or composition outside what can be computed"),
    Lack.BACKWARDS: N_("counter went backwards: put the replacement of the meter on record, or correct the reading"),
    Lack.GAP: N_("hours in between not read: computed as one"),
    Lack.MOVES_SHUT: N_("counter moved although the run is shut"),
    Lack.BEYOND: N_("more than the meter can pass"),
}


def lack_words(lack: Lack) -> str:
    """What is wrong, in the language spoken now."""
    return _(LACKS[lack])


def source_words(source: Source) -> str:
    """Where a value is from, in the language spoken now."""
    return _(SOURCES[source])


@dataclass(frozen=True)
class StreamRule:
    """A metering run (计量管路) as in force at a time: what meters it, how its readings are to be taken."""

    stream_id: int
    code: str
    name: Name
    serves: str = INLET  # inlet, own, outlet
    meter: str = "turbine"  # turbine, ultrasonic, rotary, orifice
    meter_serial: str = ""
    corrector_serial: str = ""
    q_min: Decimal | None = None  # m³/h at the meter's conditions
    q_max: Decimal | None = None  # m³/h at the meter's conditions
    best_low: Decimal | None = None  # % of q_max
    best_high: Decimal | None = None  # % of q_max
    factor: Decimal = Decimal(1)  # m³ for one count
    rollover: Decimal | None = None  # counts at which the counter is 0 again
    corrected_rollover: Decimal | None = None  # m³ at base conditions at which the corrected counter is 0 again
    absolute: bool = False  # the pressure point reads absolute
    pressure_unit: str = "MPa"
    difference_unit: str = "kPa"
    freezes: bool = True  # the corrector keeps a frozen hourly value (整点冻结值)
    shut: bool = False  # stands by until it is switched to
    group: str = ""
    bore_mm: Decimal | None = None  # of an orifice, at 20 ℃
    pipe_mm: Decimal | None = None  # of an orifice, at 20 ℃


@dataclass(frozen=True)
class Contract:
    """Base conditions, gas day and tolerances as agreed from a time on."""

    contract_id: int
    number: str = ""
    counterpart: str = ""
    base_pressure_kpa: Decimal = Decimal("101.325")
    base_temperature_c: Decimal = Decimal(20)
    combustion_c: Decimal = Decimal(20)
    day_starts: time = time(8)  # on the station's wall clock
    method: str = "detail"  # detail, gerg, sgerg
    tolerance_percent: Decimal = Decimal("0.2")
    spread_percent: Decimal = Decimal(3)  # more for each (p_max − p_min)/p̄
    red_percent: Decimal = Decimal(1)  # beyond the tolerance
    reading_seconds: int = 60
    loss_over: str = "in"  # denominator of the rate of 输差: in, out

    @property
    def base(self) -> Base:
        """The base conditions as the equations take them."""
        return Base(float(self.base_pressure_kpa), float(self.base_temperature_c) + KELVIN)


ANALYSIS, BULK, SUBSTITUTE = "analysis", "bulk", "substitute"


@dataclass(frozen=True)
class Quality:
    """The gas as a laboratory reported it. parts: component → mole fraction; of kind bulk hs (MJ/m³), d, co2, h2 instead."""

    composition_id: int
    report: str
    parts: tuple[tuple[str, Decimal], ...]
    kind: str = ANALYSIS

    @classmethod
    def of(cls, composition_id: int, report: str, components: dict[str, str], kind: str = ANALYSIS) -> Self:
        """From the JSON of the record: component → number as text."""
        return cls(composition_id, report, tuple((name, Decimal(each)) for name, each in sorted(components.items())), kind)

    @property
    def components(self) -> dict[str, float]:
        """As the equations take them."""
        return {name: float(each) for name, each in self.parts}


@dataclass(frozen=True)
class HourEnd:
    """What a stream showed at one time, most often a full hour. origin: (quantity, source) of what was not simply read then."""

    time: datetime
    counter: Decimal | None = None  # counts
    corrected: Decimal | None = None  # m³ at base conditions, by the corrector
    pressure_kpa: Decimal | None = None  # absolute
    temperature_c: Decimal | None = None
    difference_kpa: Decimal | None = None  # of an orifice
    moved: Decimal | None = None  # m³ at the meter in the hour that ends here: a substituted volume
    shut: bool = False  # the run is shut from this time on
    origin: tuple[tuple[str, Source], ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its values are from, each once."""
        return tuple(dict.fromkeys(source for _quantity, source in self.origin))


@dataclass(frozen=True)
class HourGas:
    """The gas between two ends: an hour, a part of one (a switch, a replacement) or several (a gap). None: it cannot be computed."""

    opening: HourEnd
    closing: HourEnd
    moved: Decimal | None = None  # m³ at the meter's conditions
    pressure_kpa: Decimal | None = None  # absolute, mean of the ends
    temperature_c: Decimal | None = None  # mean of the ends
    z: Decimal | None = None
    z_base: Decimal | None = None
    factor: Decimal | None = None  # (p/p_b)(T_b/T)(Z_b/Z)
    base_volume: Decimal | None = None  # m³
    heating_value: Decimal | None = None  # MJ/m³ at base conditions
    energy_mj: Decimal | None = None
    corrected_moved: Decimal | None = None  # m³ at base conditions, by the corrector
    composition_id: int | None = None
    carried: tuple[str, ...] = ()  # quantities taken from the readings before and after, for one of the ends has none
    lacks: tuple[Lack, ...] = ()
    k: Decimal = Decimal(1)  # m³ for one count of the meter then in place
    between: tuple[HourEnd, ...] = ()  # hours inside a gap, with what was read of them

    @property
    def start(self) -> datetime:
        """When it begins."""
        return self.opening.time

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.closing.time

    @property
    def hours(self) -> Decimal:
        """How long it lasts, in hours of real time."""
        return Decimal(int((self.end - self.start).total_seconds())) / 3600

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its values are from when they were not simply read."""
        found = {*self.opening.sources, *self.closing.sources, *((Source.CARRIED,) if self.carried else ())}
        return tuple(source for source in Source if source in found)

    @property
    def corrector_factor(self) -> Decimal | None:
        """What the corrector made of the same m³; None where nothing moved or it shows nothing."""
        return self.corrected_moved / self.moved if self.corrected_moved is not None and self.moved else None


@dataclass(frozen=True)
class StreamGas:
    """The gas of one stream over a period, hour by hour. Sums are of what could be computed; `whole` says whether that is all."""

    stream: StreamRule
    contract: Contract
    start: datetime
    end: datetime
    hours: tuple[HourGas, ...]
    qualities: tuple[Quality, ...] = ()  # the compositions the hours were computed with
    library: str = ""  # which equations of state, with their versions
    method: str = ""  # detail, gerg, sgerg: as it was computed, which for a gas of bulk values is not the contract's

    @cached_property
    def volume(self) -> Decimal | None:
        """m³ at the meter's conditions; None where nothing could be computed."""
        return _sum(each.moved for each in self.hours)

    @cached_property
    def base_volume(self) -> Decimal | None:
        """m³ at base conditions; None where nothing could be computed."""
        return _sum(each.base_volume for each in self.hours)

    @cached_property
    def energy_mj(self) -> Decimal | None:
        """MJ; None where nothing could be computed."""
        return _sum(each.energy_mj for each in self.hours)

    @cached_property
    def heating_value(self) -> Decimal | None:
        """MJ/m³, weighted by volume; of gas that did not flow that of the last hour."""
        energised = [each for each in self.hours if each.energy_mj is not None and each.base_volume]
        if not energised:
            return next((each.heating_value for each in reversed(self.hours) if each.heating_value is not None), None)
        volume = sum((each.base_volume or Decimal(0) for each in energised), Decimal(0))
        return (sum((each.energy_mj or Decimal(0) for each in energised), Decimal(0)) / volume).quantize(HEATING)

    @cached_property
    def corrector_volume(self) -> Decimal | None:
        """m³ at base conditions by the corrector; None unless it is known of every hour."""
        return None if any(each.corrected_moved is None for each in self.hours) else _sum(each.corrected_moved for each in self.hours)

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        """What is wrong with any of the hours, each once, in the order of Lack."""
        found = {lack for each in self.hours for lack in each.lacks}
        return tuple(lack for lack in Lack if lack in found)

    @cached_property
    def whole(self) -> bool:
        """Whether every hour has its volume at base conditions."""
        return bool(self.hours) and all(each.base_volume is not None for each in self.hours)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where values are from that were not simply read, each once, in the order of Source."""
        found = {source for each in self.hours for source in each.sources}
        return tuple(source for source in Source if source in found)

    @property
    def substituted(self) -> bool:
        """Whether a substituted value is among those it is computed from."""
        return Source.SUBSTITUTED in self.sources

    @cached_property
    def pressures(self) -> tuple[Decimal, ...]:
        """The absolute pressures (kPa) at the hours' ends, for how far they went up and down."""
        ends = [each.opening for each in self.hours[:1]] + [each.closing for each in self.hours]
        return tuple(end.pressure_kpa for end in ends if end.pressure_kpa is not None)

    @property
    def composition_id(self) -> int | None:
        """The composition at the end of the period."""
        return next((each.composition_id for each in reversed(self.hours) if each.composition_id is not None), None)


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    found = [each for each in values if each is not None]
    return sum(found, Decimal(0)) if found else None
