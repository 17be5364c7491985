"""What a difference may come from: one wrong reading spoils the hours on both its sides, a wrong setting or composition all hours alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from stationdesk.domain.metering.compare import About, Base, Comparison
from stationdesk.domain.metering.guessing import ALIKE, FITS, FITS_UNIT, KELVIN, Cause, Guess
from stationdesk.domain.metering.implied import POWERS, implied_kpa, in_other_unit, mixed_up
from stationdesk.domain.metering.misread import misread
from stationdesk.domain.metering.shapes import Light, StreamGas
from stationdesk.domain.said import Said

QUARTER = Decimal("0.25")
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
    if any(each is not None and each.light in (Light.AMBER, Light.RED) for each in checks) or found.warned or found.odd:
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
    if (older := _of_composition(gas, found, before)) is not None:
        return [older]
    ratios = [(hour, hour.corrector_factor / hour.factor) for hour in gas.hours if hour.factor and hour.corrector_factor]
    shares = [ratio for _hour, ratio in ratios]
    if _alike(shares) and len(ratios) == sum(hour.moved != 0 for hour in gas.hours):
        return [_of_all(gas, sum(shares, Decimal(0)) / len(shares), p_atm)]
    if not ratios and (unit := _unit_of_all(gas, p_atm)) is not None:
        return [unit]
    return misread(gas, p_atm) or ([Guess(Cause.COMPOSITION, Said("all.alike"))] if _aside(shares) else [])


def _of_composition(gas: StreamGas, found: Comparison, before: Before | None) -> Guess | None:
    """The composition before the one in force, where it fits the corrector and the one in force does not."""
    check = found.of(About.CORRECTOR)
    if before is None or check is None or not check.value or not gas.whole:
        return None
    off = abs(check.against / check.value - 1)
    fits = abs(before[1] / check.value - 1) <= min(Decimal("0.001"), off / 2)
    return Guess(Cause.COMPOSITION, Said("all.composition", {"report": before[0]})) if fits else None


def _alike(shares: Sequence[Decimal]) -> bool:
    """Whether all hours are off alike: they differ little from each other, or each of them is off in the same way by much beside that."""
    if len(shares) < 3:
        return False
    apart, off = max(shares) - min(shares), sum(shares, Decimal(0)) / len(shares) - 1
    return apart <= ALIKE * max(shares) or (apart <= abs(off) * 3 / 2 and all((each - 1) / off > QUARTER for each in shares))


def _aside(shares: Sequence[Decimal]) -> bool:
    """Whether the hours, unlike as they are, lie to one side."""
    return len(shares) > 2 and (min(shares) > 1 or max(shares) < 1)


def _of_all(gas: StreamGas, ratio: Decimal, p_atm: Decimal) -> Guess:
    if (unit := _unit_of_all(gas, p_atm)) is not None:
        return unit
    z = _mean(hour.z / hour.z_base for hour in gas.hours if hour.z and hour.z_base)
    known = [("all.base", KELVIN / (KELVIN + 20)), ("all.base", (KELVIN + 20) / KELVIN)]
    if z and abs(z - 1) > 2 * FITS:
        known.append(("all.z", z))
    fitting = [(abs(ratio / wanted - 1), code) for code, wanted in known if abs(ratio / wanted - 1) <= FITS]
    pressure, meant = _pressures(gas)
    if pressure and meant and mixed_up(pressure, meant, p_atm):
        fitting.append((abs(abs(pressure - meant) - p_atm) / pressure, "all.gauge"))
    if not fitting:
        return Guess(Cause.COMPOSITION, Said("all.alike"))
    code = min(fitting)[1]
    return Guess(Cause.PRESSURE if code == "all.gauge" else Cause.CORRECTOR, Said(code))


def _unit_of_all(gas: StreamGas, p_atm: Decimal) -> Guess | None:
    pressure, meant = _pressures(gas)
    off = Decimal(0) if gas.stream.absolute else p_atm
    if pressure and meant and in_other_unit(pressure, meant, off) is not None:
        return Guess(Cause.PRESSURE, Said("all.unit"))
    counted = _mean(hour.corrector_factor / hour.factor for hour in gas.hours if hour.factor and hour.corrector_factor)
    tenfold = counted is not None and any(abs(counted.scaleb(power) - 1) <= FITS_UNIT for power in POWERS)
    return Guess(Cause.COUNTER, Said("all.unit")) if tenfold else None


def _pressures(gas: StreamGas) -> tuple[Decimal | None, Decimal | None]:
    """The mean pressure (kPa absolute) that was read, and the one the corrector implies."""
    known = [(hour.pressure_kpa, implied_kpa(hour, gas.contract)) for hour in gas.hours]
    both = [(read, meant) for read, meant in known if read is not None and meant is not None]
    return _mean(read for read, _meant in both), _mean(meant for _read, meant in both)


def _mean(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [each for each in values if each is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
