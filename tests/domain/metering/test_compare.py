"""The takeover's comparisons: honest shifts are green, each mistake is found and led to, tolerances are those of the rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain.metering.causes import guesses
from stationdesk.domain.metering.compare import (
    About,
    compare,
    light_of,
    reading_tolerance,
    spread_of,
    stepped,
    worst,
)
from stationdesk.domain.metering.guessing import Cause
from stationdesk.domain.metering.shapes import HOUR, Contract, HourEnd, Lack, Light, StreamGas
from tests.domain.metering.shifts import CONTRACT, P_ATM, QUIET, ends, gas_of, read, spoil

LIGHTS = [Light.GREEN, Light.AMBER, Light.RED]
percents = st.decimals(min_value=0, max_value=20, places=3)


def codes(hourly: list[HourEnd], **other: object) -> list[str]:
    """What is guessed of a shift."""
    gas = gas_of(hourly)
    found = compare(gas, read(hourly[-1]), read(hourly[-1]))
    return [each.said.code for each in guesses(gas, found, read(hourly[-1]), read(hourly[-1]), P_ATM, **other)]  # type: ignore[arg-type]


# --- tolerances


def test_tolerance_widens_by_three_times_the_spread_of_the_pressure() -> None:
    assert spread_of([Decimal(3900), Decimal(4100), Decimal(4000)], CONTRACT) == Decimal("0.150")
    assert spread_of([], CONTRACT) == 0


@given(percents, percents, percents)
def test_a_larger_difference_is_never_judged_milder(one: Decimal, other: Decimal, tolerance: Decimal) -> None:
    less, more = sorted((one, other))
    assert LIGHTS.index(light_of(less, tolerance, Decimal(1))) <= LIGHTS.index(light_of(-more, tolerance, Decimal(1)))


@given(st.integers(0, 3600), st.decimals(min_value=0, max_value=30000, places=1))
def test_honest_readings_apart_in_time_are_within_their_tolerance(seconds: int, per_hour: Decimal) -> None:
    moved = per_hour * seconds / 3600
    assert reading_tolerance(timedelta(seconds=seconds), per_hour) >= moved
    assert reading_tolerance(None, per_hour) == 1


def test_a_counter_is_compared_the_shorter_way_round() -> None:
    assert stepped(Decimal(999_998), Decimal(3), Decimal(1_000_000)) == 5
    assert stepped(Decimal(3), Decimal(999_998), Decimal(1_000_000)) == -5
    assert stepped(Decimal(10), Decimal(7), None) == -3


@given(st.integers(0, 999_999), st.integers(-400_000, 400_000))
def test_stepping_finds_the_way_anywhere_on_the_counter(before: int, way: int) -> None:
    after = Decimal((before + way) % 1_000_000)
    assert stepped(Decimal(before), after, Decimal(1_000_000)) == way


def test_no_light_asks_for_nothing_and_the_worst_counts() -> None:
    assert worst([]) is Light.NONE
    assert worst([Light.GREEN, Light.RED, Light.AMBER]) is Light.RED


# --- a shift


def test_an_honest_shift_is_green_and_nothing_is_guessed() -> None:
    found = compare(gas_of(QUIET), read(QUIET[-1]), read(QUIET[-1]), voucher=gas_of(QUIET).base_volume)
    assert found.light is Light.GREEN
    assert {each.about for each in found.checks} == set(About)
    assert not found.warned
    assert codes(QUIET) == []


flows = st.lists(st.integers(40, 900), min_size=8, max_size=8)
pressures = st.lists(st.integers(3800, 4000), min_size=9, max_size=9)


@given(flows, pressures)
def test_honest_shifts_are_green_whatever_flows(moved: list[int], kpa: list[int]) -> None:
    hourly = ends(moved, kpa)
    assert compare(gas_of(hourly), read(hourly[-1]), read(hourly[-1])).light is Light.GREEN


def test_what_cannot_be_compared_has_no_light() -> None:
    bare = [HourEnd(each.time, each.counter, None, each.pressure_kpa, each.temperature_c) for each in QUIET]
    hours = tuple(replace(hour, corrected_moved=None) for hour in gas_of(QUIET).hours)
    gas = StreamGas(gas_of(QUIET).stream, CONTRACT, bare[0].time, bare[-1].time, hours)
    found = compare(gas, read(QUIET[-1], corrected=None), None)
    assert found.light is Light.GREEN  # the hours against the counter are all there is
    assert [each.about for each in found.checks] == [About.HOURS]


def test_a_count_is_no_difference_and_two_are() -> None:
    counter, corrected = QUIET[-1].counter or Decimal(0), QUIET[-1].corrected or Decimal(0)
    one = compare(gas_of(QUIET), read(QUIET[-1]), read(QUIET[-1], counter=counter + 1, corrected=corrected - 1))
    two = compare(gas_of(QUIET), read(QUIET[-1]), read(QUIET[-1], counter=counter + 2))
    assert (one.light, two.light) == (Light.GREEN, Light.AMBER)


def test_times_of_their_own_allow_what_passed_between_them() -> None:
    counter, later = QUIET[-1].counter or Decimal(0), QUIET[-1].time + timedelta(minutes=6)
    moved = counter + 42
    own = read(QUIET[-1], counter=moved, read_at=later, frozen=False, corrected=None)
    assert compare(gas_of(QUIET), read(QUIET[-1]), own).light is Light.GREEN
    assert compare(gas_of(QUIET), read(QUIET[-1]), read(QUIET[-1], counter=moved - 10)).light is Light.AMBER


def test_a_base_reading_that_moves_the_shift_beyond_its_tolerance_is_red() -> None:
    counter = QUIET[-1].counter or Decimal(0)
    found = compare(gas_of(QUIET), read(QUIET[-1]), read(QUIET[-1], counter=counter + 100))
    check = found.of(About.COUNTER)
    assert check is not None
    assert check.light is Light.RED
    assert check.difference == 100


@pytest.mark.parametrize(("share", "light"), [("1.001", Light.GREEN), ("0.9905", Light.AMBER), ("1.02", Light.RED)])
def test_a_voucher_beside_it(share: str, light: Light) -> None:
    volume = gas_of(QUIET).base_volume
    assert volume is not None
    found = compare(gas_of(QUIET), read(QUIET[-1]), read(QUIET[-1]), voucher=volume * Decimal(share))
    check = found.of(About.VOUCHER)
    assert check is not None
    assert check.light is light
    assert found.light is light


def test_the_corrector_s_archive_stands_in_place_of_its_counter() -> None:
    volume = gas_of(QUIET).base_volume
    assert volume is not None
    check = compare(gas_of(QUIET), None, None, archive=volume * Decimal("1.03")).of(About.CORRECTOR)
    assert check is not None
    assert check.light is Light.RED


def test_the_contract_says_how_much_is_red() -> None:
    lenient = Contract(1, tolerance_percent=Decimal(2))
    volume = gas_of(QUIET).base_volume
    assert volume is not None
    assert compare(gas_of(QUIET, lenient), None, None, voucher=volume * Decimal("1.018")).light is Light.GREEN


def test_a_counter_that_did_what_has_to_be_explained_is_amber() -> None:
    gas = gas_of(QUIET)
    hours = (replace(gas.hours[0], lacks=(Lack.MOVES_SHUT,)), *gas.hours[1:])
    found = compare(StreamGas(gas.stream, gas.contract, gas.start, gas.end, hours), None, None)
    assert found.light is Light.AMBER
    assert found.odd == (Lack.MOVES_SHUT,)


# --- causes


def test_pressure_taken_absolute_for_gauge_in_all_hours() -> None:
    wrong = [HourEnd(e.time, e.counter, e.corrected, (e.pressure_kpa or Decimal(0)) - P_ATM, e.temperature_c) for e in QUIET]
    gas = gas_of(wrong)
    found = compare(gas, None, None)
    assert found.light is Light.RED
    assert codes(wrong) == ["all.gauge"]


def test_one_pressure_read_absolute() -> None:
    pressure = QUIET[4].pressure_kpa or Decimal(0)
    wrong = spoil(QUIET, 4, pressure_kpa=pressure + P_ATM)
    assert compare(gas_of(wrong), None, None).light is Light.AMBER
    assert codes(wrong) == ["one.gauge"]
    gas = gas_of(wrong)
    found = guesses(gas, compare(gas, None, None), None, None, P_ATM)
    assert found[0].time == QUIET[4].time
    assert found[0].cause is Cause.PRESSURE


def test_one_pressure_in_another_unit() -> None:
    wrong = spoil(QUIET, 4, pressure_kpa=((QUIET[4].pressure_kpa or Decimal(0)) - P_ATM) / 10 + P_ATM)
    assert compare(gas_of(wrong), None, None).light is Light.RED
    assert codes(wrong) == ["one.unit"]


def test_a_corrector_with_the_composition_before() -> None:
    gas = gas_of(QUIET, z_error=Decimal("1.018"))
    found = compare(gas, None, None)
    assert found.light is Light.RED
    assert gas.base_volume is not None
    before = ("HY-1", gas.base_volume / Decimal("1.018"))
    assert [each.said.code for each in guesses(gas, found, None, None, P_ATM, before)] == ["all.composition"]
    assert [each.said.code for each in guesses(gas, found, None, None, P_ATM)] == ["all.alike"]


def test_a_counter_that_was_not_read_on() -> None:
    wrong = spoil(QUIET, 4, counter=QUIET[3].counter)
    assert compare(gas_of(wrong), None, None).light is Light.AMBER
    assert codes(wrong) == ["one.skipped"]


def test_two_digits_of_an_hour_the_other_way_round() -> None:
    assert QUIET[4].counter == 101_620
    wrong = spoil(QUIET, 4, counter=Decimal(101_260))
    assert codes(wrong) == ["one.swapped"]


def test_two_digits_of_the_base_reading_the_other_way_round() -> None:
    counter = QUIET[-1].counter
    assert counter == 103_360
    gas, mine = gas_of(QUIET), read(QUIET[-1], counter=Decimal(103_630))
    found = compare(gas, read(QUIET[-1]), mine)
    assert found.light is Light.RED
    assert [each.said.code for each in guesses(gas, found, read(QUIET[-1]), mine, P_ATM)] == ["base.swapped"]


def test_both_counters_in_each_other_s_place_and_another_hour() -> None:
    gas, last = gas_of(QUIET), QUIET[-1]
    crossed = read(last, counter=last.corrected, corrected=last.counter)
    found = compare(gas, read(last), crossed)
    assert [each.said.code for each in guesses(gas, found, read(last), crossed, P_ATM)] == ["base.crossed"]
    earlier = read(QUIET[-2], read_at=last.time)
    found = compare(gas, read(last), earlier)
    assert {each.said.code for each in guesses(gas, found, read(last), earlier, P_ATM)} == {"base.hour"}


@given(st.integers(1, 7), st.sampled_from([-1, 1]), st.integers(30, 300))
def test_one_wrong_counter_is_led_to_its_hour(n: int, sign: int, error: int) -> None:
    wrong = spoil(QUIET, n, counter=(QUIET[n].counter or Decimal(0)) + sign * error)
    gas = gas_of(wrong)
    found = compare(gas, None, None)
    assert found.light is not Light.GREEN
    assert QUIET[n].time in {each.time for each in guesses(gas, found, None, None, P_ATM)}
    assert all(each.time is None or abs(each.time - QUIET[n].time) <= HOUR for each in guesses(gas, found, None, None, P_ATM))
