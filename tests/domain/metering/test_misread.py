"""Where a difference comes from, on hours as the station computes them: the guess leads to the reading, its cause is the mistake’s."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

import pytest

from stationdesk.domain.metering.causes import guesses
from stationdesk.domain.metering.compare import Base, compare
from stationdesk.domain.metering.guessing import Cause, Guess
from stationdesk.domain.metering.shapes import HourEnd, Light, Quality
from tests.domain.metering.hours import GAS, at, end, gas

P_ATM = Decimal("101.325")
MOVED = [412, 398, 405, 391, 420, 433, 427, 409]
KPA = [2601, 2611, 2601, 2591, 2601, 2611, 2621, 2611, 2601]
OTHER = Quality.of(8, "HY-2026-090", {"methane": "0.90", "ethane": "0.06", "propane": "0.02", "nitrogen": "0.02"})


def honest(quality: Quality = GAS) -> list[HourEnd]:
    """Eight hours, the corrector counting what the station computes with this gas."""
    counts = accumulate(MOVED, initial=1_200_000)
    ends = [end(n, count, KPA[n]) for n, count in enumerate(counts)]
    volumes = [each.base_volume or Decimal(0) for each in gas(ends, quality=quality).hours]
    corrected = accumulate(volumes, initial=Decimal(48_300_000))
    return [replace(each, corrected=total.quantize(Decimal(1))) for each, total in zip(ends, corrected, strict=True)]


def guessed(ends: list[HourEnd], before: Quality | None = None) -> Guess:
    """The first guess, both sides having read the last counters rightly."""
    found, last = gas(ends), honest()[-1]
    base = Base(last.counter, last.corrected, last.time)
    compared = compare(found, base, base)
    assert compared.light is not Light.GREEN
    older = (before.report, gas(ends, quality=before).base_volume or Decimal(0)) if before else None
    return guesses(found, compared, base, base, P_ATM, older)[0]


def typed(n: int, change: Callable[[Decimal], Decimal], name: str = "pressure_kpa") -> list[HourEnd]:
    return [replace(each, **{name: change(getattr(each, name))}) if place == n else each for place, each in enumerate(honest())]


def in_unit(power: int) -> Callable[[Decimal], Decimal]:
    return lambda kpa: (kpa - P_ATM).scaleb(power) + P_ATM


@pytest.mark.parametrize("power", [3, 2, 1, -1])
@pytest.mark.parametrize("n", range(9))
def test_a_pressure_in_another_unit_is_led_to_whatever_hour(n: int, power: int) -> None:
    found = guessed(typed(n, in_unit(power)))
    assert (found.cause, found.said.code, found.time) == (Cause.PRESSURE, "one.unit", at(n))
    assert found.said.values["meant"] == ((Decimal(KPA[n]) - P_ATM) / 1000).quantize(Decimal("0.001"))


@pytest.mark.parametrize("power", [3, 1, -1])
def test_pressures_in_another_unit_all_night_are_one_mistake(power: int) -> None:
    found = guessed([replace(each, pressure_kpa=in_unit(power)(each.pressure_kpa or Decimal(0))) for each in honest()])
    assert (found.cause, found.said.code, found.time) == (Cause.PRESSURE, "all.unit", None)


@pytest.mark.parametrize("sign", [1, -1])
def test_gauge_for_absolute_all_night(sign: int) -> None:
    found = guessed([replace(each, pressure_kpa=(each.pressure_kpa or Decimal(0)) + sign * P_ATM) for each in honest()])
    assert found.said.code == "all.gauge"


@pytest.mark.parametrize("n", range(8))
def test_one_pressure_read_absolute_is_led_to(n: int) -> None:
    found = guessed(typed(n, lambda kpa: kpa + P_ATM))
    assert (found.said.code, found.time) == ("one.gauge", at(n))


@pytest.mark.parametrize(("name", "n", "wrong", "right"), [("counter", 4, 1_206_106, 1_201_606), ("counter", 3, 1_120_215, 1_201_215)])
def test_digits_swapped_so_that_the_counter_goes_back_or_leaps(name: str, n: int, wrong: int, right: int) -> None:
    assert honest()[n].counter == right
    found = guessed(typed(n, lambda _count: Decimal(wrong), name))
    assert (found.time, found.said.values["typed"]) == (at(n), wrong)
    assert found.cause in (Cause.TYPING, Cause.COUNTER)


def test_digits_of_the_corrected_counter_swapped() -> None:
    right = honest()[4].corrected or Decimal(0)
    text = f"{right:f}"
    place = next(n for n in range(2, 6) if text[n] != text[n + 1])
    wrong = Decimal(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    found = guessed(typed(4, lambda _count: wrong, "corrected"))
    assert (found.cause, found.said.code, found.time) == (Cause.TYPING, "one.swapped", at(4))
    assert found.said.values == {"time": at(4), "typed": wrong, "meant": right}


def test_a_corrector_with_the_composition_before_is_known_by_it() -> None:
    found = guessed(honest(OTHER), before=OTHER)
    assert (found.cause, found.said.code, found.said.values["report"]) == (Cause.COMPOSITION, "all.composition", "HY-2026-090")
