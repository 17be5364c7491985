"""What a difference may come from: one wrong reading spoils the hours on both its sides, a wrong setting or composition all hours alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from stationdesk.domain.metering.compare import About, Base, Comparison
from stationdesk.domain.metering.guessing import ALIKE, FITS, FITS_UNIT, KELVIN, Cause, Guess
from stationdesk.domain.metering.misread import misread
from stationdesk.domain.metering.shapes import HourGas, Light, StreamGas
from stationdesk.domain.said import Said

Before = tuple[str, Decimal]
"""Report number of the composition before the one in force, and the volume recomputed with it (m³ at base conditions)."""


def guesses(
    gas: StreamGas,
    found: Comparison,
    outgoing: Base | None,
    incoming: Base | None,
    p_atm: Decimal,
    before: Before | None = None,
) -> tuple[Guess, ...]:
    """What may have gone wrong, the likeliest first; empty while all is green.

    p_atm: kPa. before: what the composition before the one in force would make of the same hours.
    """
    made = list(_of_bases(gas, found, outgoing, incoming))
    checks = [found.of(About.CORRECTOR), found.of(About.FACTOR)]
    if any(each is not None and each.light in (Light.AMBER, Light.RED) for each in checks) or found.warned:
        made += _of_volumes(gas, found, p_atm, before)
    return tuple(dict.fromkeys(made))


# --- base readings


def _of_bases(gas: StreamGas, found: Comparison, outgoing: Base | None, incoming: Base | None) -> Iterator[Guess]:
    odd = [each for each in found.checks if each.about in (About.COUNTER, About.CORRECTED) and each.light is not Light.GREEN]
    if not odd or outgoing is None or incoming is None:
        return
    if len(odd) == 2 and _near(incoming.counter, outgoing.corrected) and _near(incoming.corrected, outgoing.counter):
        yield Guess(Cause.TYPING, Said("base.crossed"), outgoing.read_at)
        return
    for check in odd:
        values = {"mine": check.value, "theirs": check.against}
        if swapped(check.value, check.against):
            yield Guess(Cause.TYPING, Said("base.swapped", values), outgoing.read_at)
        elif one_digit(check.value, check.against):
            yield Guess(Cause.TYPING, Said("base.digit", values), outgoing.read_at)
        elif _an_hour(gas, check.about, check.difference):
            yield Guess(Cause.COUNTER, Said("base.hour"), outgoing.read_at)


def _near(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= 1


def _an_hour(gas: StreamGas, about: About, difference: Decimal) -> bool:
    last = next((hour for hour in reversed(gas.hours) if hour.moved), None)
    moved = None if last is None else last.moved / gas.stream.factor if about is About.COUNTER and last.moved else last.corrected_moved
    return bool(moved) and moved is not None and abs(abs(difference) / moved - 1) <= Decimal("0.15")


def swapped(one: Decimal, other: Decimal) -> bool:
    """Whether the numbers are alike but for two digits beside each other."""
    a, b = f"{one:f}", f"{other:f}"
    places = [n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y] if len(a) == len(b) else []
    return len(places) == 2 and places[1] == places[0] + 1 and a[places[0]] == b[places[1]] and a[places[1]] == b[places[0]]


def one_digit(one: Decimal, other: Decimal) -> bool:
    """Whether the numbers are alike but for one digit, which is another, or is left out."""
    a, b = f"{one:f}", f"{other:f}"
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


# --- volumes


def _of_volumes(gas: StreamGas, found: Comparison, p_atm: Decimal, before: Before | None) -> list[Guess]:
    ratios = [(hour, hour.corrector_factor / hour.factor) for hour in gas.hours if hour.factor and hour.corrector_factor]
    if not ratios:
        return []
    shares = [ratio for _hour, ratio in ratios]
    if len(ratios) > 2 and max(shares) - min(shares) <= ALIKE * max(shares):
        check = found.of(About.CORRECTOR)
        return [_of_all(ratios, sum(shares, Decimal(0)) / len(shares), p_atm, before, check.value if check else None)]
    return misread(gas, p_atm)


def _of_all(
    ratios: Sequence[tuple[HourGas, Decimal]], ratio: Decimal, p_atm: Decimal, before: Before | None, corrector: Decimal | None
) -> Guess:
    hours = [hour for hour, _ratio in ratios]
    if before is not None and corrector and abs(before[1] / corrector - 1) <= min(Decimal("0.001"), abs(ratio - 1) / 2):
        return Guess(Cause.COMPOSITION, Said("all.composition", {"report": before[0]}))
    pressure = _mean(hour.pressure_kpa for hour in hours)
    z = _mean(hour.z / hour.z_base for hour in hours if hour.z and hour.z_base)
    known: list[tuple[str, Cause, Decimal, Decimal]] = []
    if pressure:
        known += [("all.gauge", Cause.PRESSURE, 1 + sign * p_atm / pressure, FITS) for sign in (1, -1)]
    known += [("all.unit", Cause.PRESSURE, Decimal(10) ** power, FITS_UNIT) for power in (1, -1, 2, -2, 3, -3)]
    known += [("all.base", Cause.CORRECTOR, KELVIN / (KELVIN + 20), FITS), ("all.base", Cause.CORRECTOR, (KELVIN + 20) / KELVIN, FITS)]
    if z and abs(z - 1) > 2 * FITS:
        known.append(("all.z", Cause.CORRECTOR, z, FITS))
    fitting = [(abs(ratio / wanted - 1), code, cause) for code, cause, wanted, near in known if abs(ratio / wanted - 1) <= near]
    if fitting:
        _off, code, cause = min(fitting, key=lambda each: each[0])
        return Guess(cause, Said(code))
    return Guess(Cause.COMPOSITION, Said("all.alike"))


def _mean(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [each for each in values if each is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
