"""The gas of a stream hour by hour: V_b = Σ ΔV_m·(p/p_b)(T_b/T)(Z_b/Z), p and T averaged over each hour's ends.

Never from means of a shift: they err four times as much. What is handed over are the ends, one for every full hour whether it was read or
not, one for a switch of runs, two of the same time for a replacement (what the old counter showed last, what the new one showed first).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas import Orifice, correction_factor, flow
from stationdesk.domain.metering.counters import ZERO, Movement, moved
from stationdesk.domain.metering.equations import Equations, eighth, equations
from stationdesk.domain.metering.means import Mean, Means
from stationdesk.domain.metering.segments import Segment, segments, unbroken
from stationdesk.domain.metering.shapes import (
    ENERGY,
    KELVIN,
    ORIFICE,
    PRESSURE,
    TEMPERATURE,
    VOLUME,
    Contract,
    HourEnd,
    HourGas,
    Lack,
    Quality,
    StreamGas,
    StreamRule,
)

MINUTE = Decimal(1) / 60  # to which the time of a switch is known

QualityAt = Callable[[datetime], Quality | None]
RuleAt = Callable[[datetime], StreamRule]


def stream_gas(
    stream: StreamRule,
    contract: Contract,
    start: datetime,
    end: datetime,
    ends: Sequence[HourEnd],
    quality_at: QualityAt,
    rule_at: RuleAt | None = None,
) -> StreamGas:
    """The gas of a stream between start and end. quality_at, rule_at: what is in force at a time (rule_at: default the stream itself)."""
    reckoning = _Reckoning(contract, quality_at, rule_at or (lambda _time: stream), Means(ends))
    hours = tuple(reckoning.hour(each) for each in segments(ends, orifice=stream.meter == ORIFICE))
    return StreamGas(stream, contract, start, end, hours, reckoning.qualities, reckoning.library, reckoning.method)


class _Factor(NamedTuple):
    """What turns m³ at the meter into m³ at base conditions, or what is wanting for it."""

    equations: Equations | None = None
    quality: Quality | None = None
    pressure: Decimal | None = None
    temperature: Decimal | None = None
    z: float | None = None
    factor: Decimal | None = None
    carried: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()


class _Reckoning:
    """The period's hours, one after the other: an equation of state is made once for each gas."""

    def __init__(self, contract: Contract, quality_at: QualityAt, rule_at: RuleAt, means: Means) -> None:
        self._contract, self._quality_at, self._rule_at, self._means = contract, quality_at, rule_at, means
        self._known: dict[int, tuple[Quality, Equations | None]] = {}

    @property
    def qualities(self) -> tuple[Quality, ...]:
        """The compositions used, in the order they were."""
        return tuple(quality for quality, _equations in self._known.values())

    @property
    def library(self) -> str:
        """What computed it, with versions."""
        return ", ".join(dict.fromkeys(found.library for _quality, found in self._known.values() if found is not None))

    @property
    def method(self) -> str:
        """By which equations; the contract's where nothing was computed."""
        used = dict.fromkeys(str(found.equation.method) for _quality, found in self._known.values() if found is not None)
        return ", ".join(used) or self._contract.method

    def hour(self, part: Segment) -> HourGas:
        """The gas of one part."""
        rule = self._rule_at(part.opening.time)
        factor = self._factor(part)
        movement = self._moved(part, rule, factor)
        lacks = dict.fromkeys((movement.lack,) if movement.lack else ())
        if movement.volume != 0:
            said = (*factor.lacks, Lack.MOVES_SHUT if part.shut and movement.volume else None, Lack.GAP if part.gap else None)
            lacks |= dict.fromkeys(lack for lack in said if lack)
        return self._with_sums(part, rule, movement.volume, factor, tuple(lacks))

    def _with_sums(self, part: Segment, rule: StreamRule, volume: Decimal | None, factor: _Factor, lacks: tuple[Lack, ...]) -> HourGas:
        by, z = factor.equations, factor.z
        base, heating = _base(volume, factor.factor), by.heating if by else None
        return HourGas(
            opening=part.opening,
            closing=part.closing,
            k=rule.factor,
            moved=volume,
            pressure_kpa=factor.pressure,
            temperature_c=factor.temperature,
            z=None if z is None else eighth(z),
            z_base=None if z is None or by is None else by.z_at_base,
            factor=factor.factor,
            base_volume=base,
            heating_value=heating,
            energy_mj=_energy(base, heating),
            corrected_moved=_by_corrector(part, rule, factor.factor),
            composition_id=factor.quality.composition_id if factor.quality else None,
            carried=factor.carried,
            lacks=lacks,
            between=part.between,
        )

    def _moved(self, part: Segment, rule: StreamRule, factor: _Factor) -> Movement:
        """A shut run is not read hour by hour: it is taken to stand still until a counter says otherwise."""
        if part.closing.moved is not None:
            return Movement(part.closing.moved)
        if rule.meter == ORIFICE:
            return _through_orifice(part, rule, factor)
        if part.opening.counter is None or part.closing.counter is None:
            return Movement(ZERO) if part.shut else Movement(None, lack=Lack.NO_COUNTER)
        hours = part.hours if part.hours >= 1 else part.hours + MINUTE
        return moved(part.opening.counter, part.closing.counter, hours, factor=rule.factor, rollover=rule.rollover, q_max=rule.q_max)

    def _gas(self, time: datetime) -> tuple[Quality | None, Equations | None]:
        quality = self._quality_at(time)
        if quality is None:
            return None, None
        if quality.composition_id not in self._known:
            self._known[quality.composition_id] = quality, equations(quality, self._contract)
        return self._known[quality.composition_id]

    def _factor(self, part: Segment) -> _Factor:
        pressure, temperature = self._means.of(PRESSURE, part), self._means.of(TEMPERATURE, part)
        quality, found = self._gas(part.opening.time)
        lacks = _wanting(pressure, temperature, quality, found)
        carried = tuple(name for name, mean in ((PRESSURE, pressure), (TEMPERATURE, temperature)) if mean.carried)
        z = factor = None
        if found is not None and pressure.value is not None and temperature.value is not None:
            try:
                z, factor = _corrected(found, float(pressure.value), float(temperature.value) + KELVIN)
            except DomainError:
                lacks = (*lacks, Lack.NO_FACTOR)
        return _Factor(found, quality, pressure.value, temperature.value, z, factor, carried, lacks)


def _wanting(pressure: Mean, temperature: Mean, quality: Quality | None, found: Equations | None) -> tuple[Lack, ...]:
    if found is not None and pressure.value is not None and temperature.value is not None:
        return (Lack.GAP,) if pressure.far or temperature.far else ()
    lacks = (
        (Lack.NO_PRESSURE, pressure.value is None),
        (Lack.NO_TEMPERATURE, temperature.value is None),
        (Lack.NO_COMPOSITION, quality is None),
        (Lack.NO_FACTOR, quality is not None and found is None),
    )
    return tuple(lack for lack, missing in lacks if missing)


def _corrected(by: Equations, pressure_kpa: float, temperature_k: float) -> tuple[float, Decimal]:
    """Z, and the factor to base conditions."""
    z = by.equation.z(pressure_kpa, temperature_k)
    return z, eighth(correction_factor(pressure_kpa, temperature_k, z, by.base, by.z_base))


def _through_orifice(part: Segment, rule: StreamRule, factor: _Factor) -> Movement:
    """m³ at the meter by the plate: the mean of the flows at both ends, each by its own differential pressure."""
    first, last = part.opening.difference_kpa, part.closing.difference_kpa
    if first is None or last is None:
        return Movement(None, lack=Lack.NO_DIFFERENCE)
    if not first and not last:
        return Movement(ZERO)
    if factor.factor is None or factor.equations is None or factor.z is None:
        return Movement(None)
    try:
        base_flow = sum(_base_flow(each, rule, factor, factor.equations, factor.z) for each in (first, last) if each) / 2
    except DomainError:
        return Movement(None, lack=Lack.NO_FACTOR)
    return Movement((Decimal(base_flow) * part.hours / factor.factor).quantize(VOLUME))


def _base_flow(difference: Decimal, rule: StreamRule, factor: _Factor, by: Equations, z: float) -> float:
    return flow(
        Orifice(float(rule.bore_mm or 0), float(rule.pipe_mm or 0)),
        differential_kpa=float(difference),
        pressure_kpa=float(factor.pressure or 0),
        temperature_k=float(factor.temperature or 0) + KELVIN,
        relative_density=by.relative_density,
        z=z,
        base=by.base,
        z_base=by.z_base,
    ).base_m3_h


def _by_corrector(part: Segment, rule: StreamRule, factor: Decimal | None) -> Decimal | None:
    found = corrected_moved(part, rule, factor)
    return ZERO if found is None and part.shut else found


def corrected_moved(part: Segment, rule: StreamRule, factor: Decimal | None) -> Decimal | None:
    """m³ at base conditions by the corrector's own counter, across its rollover and replacement; None where it does not tell."""
    q_max = None if rule.q_max is None or factor is None else rule.q_max * factor
    total = ZERO
    for first, last in unbroken((part.opening, *part.between, part.closing)):
        if first.corrected is None or last.corrected is None:
            return None
        found = moved(first.corrected, last.corrected, part.hours, rollover=rule.corrected_rollover, q_max=q_max)
        if found.volume is None:
            return None
        total += found.volume
    return total


def _base(volume: Decimal | None, factor: Decimal | None) -> Decimal | None:
    if volume is None or not volume:
        return volume if volume is None else ZERO
    return None if factor is None else (volume * factor).quantize(VOLUME)


def _energy(base: Decimal | None, heating: Decimal | None) -> Decimal | None:
    if base is None or not base:
        return base
    return None if heating is None else (base * heating).quantize(ENERGY)
