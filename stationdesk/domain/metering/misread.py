"""One reading that does not fit: which it is, what was typed, what would fit. It spoils the hours on both its sides and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from stationdesk.domain.metering.guessing import FITS, KELVIN, KPA, OFF, Cause, Guess
from stationdesk.domain.metering.implied import implied_kpa, in_other_unit, mixed_up
from stationdesk.domain.metering.shapes import HourEnd, HourGas, Lack, StreamGas
from stationdesk.domain.said import Said, Value


def misread(gas: StreamGas, p_atm: Decimal) -> list[Guess]:
    """What single readings of a shift do not fit the corrector. p_atm: kPa."""
    found = [_of_end(gas, hour, after, p_atm) for hour, after in _spoiled(gas.hours)]
    return [each for each in found if each is not None]


def _spoiled(hours: Sequence[HourGas]) -> Iterator[tuple[HourGas | None, HourGas | None]]:
    """The hours that share a reading which does not fit: both where both are off, the first or last alone where it is the shift's edge."""
    taken: set[int] = set()
    if len(hours) > 1 and _off(hours[0]) and not _off(hours[1]):
        taken.add(0)
        yield None, hours[0]
    for n, (hour, after) in enumerate(pairwise(hours)):
        if n not in taken and _off(hour) and _off(after):
            taken |= {n, n + 1}
            yield hour, after
    if hours and len(hours) - 1 not in taken and _off(hours[-1]):
        yield hours[-1], None


def _off(hour: HourGas) -> bool:
    """Whether meter and corrector do not go together in an hour, or one of them cannot be followed through it."""
    if _uncomputed(hour) or _lost(hour) or Lack.BACKWARDS in hour.lacks:
        return True
    factor = hour.corrector_factor
    if factor is None or not hour.factor:
        return not hour.moved and bool(hour.corrected_moved)  # the corrector counted, the counter stood
    return abs(factor / hour.factor - 1) > OFF


def _uncomputed(hour: HourGas) -> bool:
    """A pressure or temperature no gas has."""
    return Lack.NO_FACTOR in hour.lacks and hour.composition_id is not None and bool(hour.moved)


def _lost(hour: HourGas) -> bool:
    """The corrected counter was read at both ends and went backwards."""
    return hour.corrected_moved is None and hour.opening.corrected is not None and hour.closing.corrected is not None


def _of_end(gas: StreamGas, before: HourGas | None, after: HourGas | None, p_atm: Decimal) -> Guess | None:
    """What is wrong with the reading between two hours: a counter spoils them in opposite ways, a pressure or temperature in the same."""
    hours = [each for each in (before, after) if each is not None]
    end = before.closing if before is not None else hours[0].opening
    if before is None or any(map(_uncomputed, hours)) or (after is not None and not _opposite(before, after)):
        return _of_gauge(gas, hours, end, p_atm)
    if any(Lack.BACKWARDS in each.lacks for each in hours):
        return _of_counter(gas, before, end)
    if after is None and (found := _of_gauge(gas, hours, end, p_atm)) is not None and found.said.code == "one.unit":
        return found
    by_meter = _unlike(gas, before, after, lambda each: each.moved)
    by_corrector = _unlike(gas, before, after, lambda each: each.corrected_moved)
    if any(map(_lost, hours)) or by_corrector > 2 * by_meter:
        return _of_corrected(before, end)
    return _of_counter(gas, before, end)


def _opposite(hour: HourGas, after: HourGas) -> bool:
    if any(_lost(each) or Lack.BACKWARDS in each.lacks for each in (hour, after)):
        return True
    return (_share(hour) > 1) != (_share(after) > 1)


def _share(hour: HourGas) -> Decimal:
    factor = hour.corrector_factor
    return Decimal(1000) if factor is None or not hour.factor else factor / hour.factor


def _unlike(gas: StreamGas, hour: HourGas, after: HourGas | None, value: Callable[[HourGas], Decimal | None]) -> Decimal:
    """How much an hour's movement is unlike that of the hours which are not spoiled, as a share of it."""
    others = [found for each in gas.hours if each not in (hour, after) and not _off(each) and (found := value(each))]
    own = value(hour)
    if not others or own is None:
        return Decimal(0)
    usual = sum(others, Decimal(0)) / len(others)
    return abs(own / usual - 1)


def _of_corrected(hour: HourGas, end: HourEnd) -> Guess | None:
    if end.corrected is None or hour.opening.corrected is None or not hour.factor or hour.moved is None:
        return None
    moved = hour.moved * hour.factor
    meant = (hour.opening.corrected + moved).quantize(Decimal(1))
    best = min(_swaps(end.corrected), key=lambda each: abs(each - meant), default=None)
    if best is not None and abs(best - meant) <= max(Decimal(2), moved * FITS):
        return _said("one.swapped", Cause.TYPING, end, end.corrected, best)
    return _said("one.corrected", Cause.TYPING, end, end.corrected, meant)


def _of_counter(gas: StreamGas, hour: HourGas, end: HourEnd) -> Guess | None:
    if end.counter is None or hour.opening.counter is None or hour.corrected_moved is None or not hour.factor:
        return None
    meant = (hour.opening.counter + hour.corrected_moved / hour.factor / gas.stream.factor).quantize(Decimal(1))
    if hour.moved == 0:
        return _said("one.skipped", Cause.COUNTER, end, end.counter, meant)
    near = max(Decimal(2), abs(hour.corrected_moved / hour.factor / gas.stream.factor) * FITS)
    for code, candidates in (("one.swapped", _swaps(end.counter)), ("one.digit", _digits(end.counter))):
        best = min(candidates, key=lambda each: abs(each - meant), default=None)
        if best is not None and abs(best - meant) <= near:
            return _said(code, Cause.TYPING, end, end.counter, best)
    return _said("one.counter", Cause.COUNTER, end, end.counter, meant)


def _swaps(value: Decimal) -> list[Decimal]:
    """The numbers that differ by two digits beside each other standing the other way round."""
    text = f"{value:f}"
    made = [text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1) if text[n : n + 2].isdigit()]
    return [Decimal(each) for each in made if each != text]


def _digits(value: Decimal) -> list[Decimal]:
    """The numbers that differ by one digit."""
    text = f"{value:f}"
    return [
        Decimal(text[:n] + digit + text[n + 1 :]) for n, old in enumerate(text) if old.isdigit() for digit in "0123456789" if digit != old
    ]


def _of_gauge(gas: StreamGas, hours: Sequence[HourGas], end: HourEnd, p_atm: Decimal) -> Guess | None:
    """A pressure or a temperature that spoils the means of the hours on its sides."""
    pressure, unit = end.pressure_kpa, gas.stream.pressure_unit
    wanted = [found for each in hours if (found := _wanted(gas, each, end)) is not None]
    if pressure is None or not wanted:
        return None
    meant = sum(wanted, Decimal(0)) / len(wanted)
    scale, off = KPA.get(unit, Decimal(1)), Decimal(0) if gas.stream.absolute else p_atm
    typed = (pressure - off) / scale
    if (other := in_other_unit(pressure, meant, off)) is not None:
        return _of_pressure("one.unit", end, typed, (other - off) / scale, unit)
    if pressure > meant and mixed_up(pressure, meant, p_atm):
        return _of_pressure("one.gauge", end, typed, typed - p_atm / scale, unit)
    if abs(pressure / meant - 1) < Decimal("0.05") and len(hours) == 2 and (kelvin := _kelvin(hours[0], hours[1], end)) is not None:
        values: dict[str, Value] = {"time": end.time, "typed": end.temperature_c or Decimal(0), "meant": kelvin.quantize(Decimal("0.1"))}
        return Guess(Cause.TEMPERATURE, Said("one.temperature", values), end.time)
    return _of_pressure("one.pressure", end, typed, (meant - off) / scale, unit)


def _wanted(gas: StreamGas, hour: HourGas, end: HourEnd) -> Decimal | None:
    """What the pressure (kPa absolute) at an end must have been for the corrector to count what it counted in an hour."""
    other = hour.opening if end is hour.closing else hour.closing
    mean = implied_kpa(hour, gas.contract)
    return None if mean is None or other.pressure_kpa is None else 2 * mean - other.pressure_kpa


def _kelvin(hour: HourGas, after: HourGas, end: HourEnd) -> Decimal | None:
    """The temperature that would fit both hours, in ℃, where that is one a pipe may have and the one typed is unlike its neighbours."""
    if end.temperature_c is None or hour.temperature_c is None or after.temperature_c is None:
        return None
    found = []
    for each in (hour, after):
        mean = (each.temperature_c or Decimal(0)) + KELVIN
        found.append(2 * mean / _share(each) - (2 * mean - (end.temperature_c + KELVIN)) - KELVIN)
    beside = (2 * hour.temperature_c - end.temperature_c, 2 * after.temperature_c - end.temperature_c)
    meant = sum(found, Decimal(0)) / 2
    return meant if abs(end.temperature_c - sum(beside, Decimal(0)) / 2) > 3 else None


def _of_pressure(code: str, end: HourEnd, typed: Decimal, meant: Decimal, unit: str) -> Guess:
    digits = Decimal("0.001") if unit == "MPa" else Decimal("0.1")
    values: dict[str, Value] = {"time": end.time, "typed": typed.quantize(digits), "meant": meant.quantize(digits), "unit": unit}
    return Guess(Cause.PRESSURE, Said(code, values), end.time)


def _said(code: str, cause: Cause, end: HourEnd, typed: Decimal, meant: Decimal) -> Guess:
    return Guess(cause, Said(code, {"time": end.time, "typed": typed, "meant": meant}), end.time)
