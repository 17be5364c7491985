"""One reading that does not fit: which it is, what was typed, what would fit. It spoils the hours on both its sides and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from stationdesk.domain.metering.guessing import FITS, KELVIN, KPA, OFF, Cause, Guess
from stationdesk.domain.metering.shapes import HourEnd, HourGas, StreamGas
from stationdesk.domain.said import Said, Value

FITS_POWER = Decimal("0.15")
"""What would fit is reckoned as if Z stayed the same; powers of ten are far enough from each other for that."""


def misread(gas: StreamGas, p_atm: Decimal) -> list[Guess]:
    """What single readings of a shift do not fit the corrector. p_atm: kPa."""
    found = [_of_end(gas, hour, after, p_atm) for hour, after in _spoiled(gas.hours)]
    return [each for each in found if each is not None]


def _spoiled(hours: Sequence[HourGas]) -> Iterator[tuple[HourGas, HourGas | None]]:
    """The hours that share a reading which does not fit: both where both are off, the last alone where it closes the shift."""
    taken: set[int] = set()
    for n, (hour, after) in enumerate(pairwise(hours)):
        if n not in taken and _off(hour) and _off(after):
            taken |= {n, n + 1}
            yield hour, after
    if hours and len(hours) - 1 not in taken and _off(hours[-1]):
        yield hours[-1], None


def _off(hour: HourGas) -> bool:
    factor = hour.corrector_factor
    if not hour.factor:
        return False
    if factor is None:
        return not hour.moved and bool(hour.corrected_moved)  # the corrector counted, the counter stood
    return abs(factor / hour.factor - 1) > OFF


def _of_end(gas: StreamGas, hour: HourGas, after: HourGas | None, p_atm: Decimal) -> Guess | None:
    """What is wrong with the reading between two hours: a counter spoils them in opposite ways, a pressure or temperature in the same."""
    end = hour.closing
    if after is not None and not _opposite(hour, after):
        return _of_gauge(gas, hour, after, end, p_atm)
    if end.counter is None:
        return None
    by_meter, by_corrector = (
        _unlike(gas, hour, after, lambda each: each.moved),
        _unlike(gas, hour, after, lambda each: each.corrected_moved),
    )
    if by_corrector > 2 * by_meter and end.corrected is not None and hour.corrected_moved is not None and hour.factor and hour.moved:
        meant = end.corrected - hour.corrected_moved + hour.moved * hour.factor
        return _said("one.corrected", Cause.TYPING, end, end.corrected, meant.quantize(Decimal(1)))
    return _of_counter(gas, hour, end)


def _opposite(hour: HourGas, after: HourGas) -> bool:
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


def _of_counter(gas: StreamGas, hour: HourGas, end: HourEnd) -> Guess | None:
    if end.counter is None or hour.corrected_moved is None or not hour.factor or hour.moved is None:
        return None
    error = (hour.moved - hour.corrected_moved / hour.factor) / gas.stream.factor
    meant = (end.counter - error).quantize(Decimal(1))
    if not hour.moved:
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


def _of_gauge(gas: StreamGas, hour: HourGas, after: HourGas, end: HourEnd, p_atm: Decimal) -> Guess | None:
    """A pressure or a temperature that spoils the means of both its hours."""
    pressure, unit = end.pressure_kpa, gas.stream.pressure_unit
    if pressure is None or hour.pressure_kpa is None or after.pressure_kpa is None:
        return None
    wanted = [2 * each.pressure_kpa * _share(each) - (2 * each.pressure_kpa - pressure) for each in (hour, after) if each.pressure_kpa]
    meant = sum(wanted, Decimal(0)) / len(wanted)
    scale, off = KPA.get(unit, Decimal(1)), Decimal(0) if gas.stream.absolute else p_atm
    typed = (pressure - off) / scale
    if abs(pressure - meant - p_atm) <= FITS * 3 * max(meant, p_atm):
        return _of_pressure("one.gauge", end, typed, typed - p_atm / scale, unit)
    for power in (1, -1, 2, -2, 3, -3):
        guess = typed * Decimal(10) ** power
        if meant and abs((guess * scale + off) / meant - 1) <= FITS_POWER:
            return _of_pressure("one.unit", end, typed, guess, unit)
    if abs(pressure / meant - 1) < Decimal("0.05") and end.temperature_c is not None and (kelvin := _kelvin(hour, after, end)) is not None:
        return Guess(
            Cause.TEMPERATURE,
            Said("one.temperature", {"time": end.time, "typed": end.temperature_c, "meant": kelvin.quantize(Decimal("0.1"))}),
            end.time,
        )
    return _of_pressure("one.pressure", end, typed, (meant - off) / scale, unit)


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
