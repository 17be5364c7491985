"""Hours of gas: they add up, whatever happens in the middle of one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pyaga8
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stationdesk.domain.metering.shapes import BULK, Contract, HourEnd, Lack, Quality, Source, StreamGas
from tests.domain.metering.hours import GAS, MIDNIGHT, ROLL, RUN, at, end, gas

counts = st.lists(st.decimals(0, 1900, places=1), min_size=1, max_size=9)
kpas = st.decimals(400, 4000, places=1)
celsius = st.decimals(-15, 45, places=1)


def test_one_hour_by_hand() -> None:
    """ΔV·(p/p_b)(T_b/T)(Z_b/Z) with Z straight from pyaga8 and Z_b by the summation factors of ISO 6976 at 20 ℃."""
    hour = gas([end(0, 1000, 2500, 10), end(1, 1500, 2700, 14)]).hours[0]
    composition, detail = pyaga8.Composition(), pyaga8.Detail()
    composition.methane, composition.ethane, composition.nitrogen, composition.carbon_dioxide = 0.965, 0.018, 0.012, 0.005
    detail.set_composition(composition)
    detail.pressure, detail.temperature = 2600.0, 285.15
    detail.calc_density()
    z = 2600.0 / (detail.d * 8.31451 * 285.15)
    summed = 0.965 * 0.04317 + 0.018 * 0.0895 + 0.012 * 0.0156 + 0.005 * 0.0730
    factor = (2600 / 101.325) * (293.15 / 285.15) * ((1 - summed**2) / z)
    assert hour.moved == 500
    assert (hour.pressure_kpa, hour.temperature_c) == (2600, 12)
    assert float(hour.z or 0) == pytest.approx(z, abs=1e-8)
    assert float(hour.factor or 0) == pytest.approx(factor, rel=1e-9)
    assert float(hour.base_volume or 0) == pytest.approx(500 * factor, rel=1e-7)
    assert hour.base_volume == (Decimal(500) * (hour.factor or 0)).quantize(Decimal("0.001"))
    assert hour.energy_mj == ((hour.base_volume or 0) * (hour.heating_value or 0)).quantize(Decimal("0.001"))


@settings(max_examples=40)
@given(moves=counts, start=st.integers(0, 10**8 - 1), pressures=st.lists(kpas, min_size=10, max_size=10))
def test_hours_add_up_to_the_shift_with_a_rollover_anywhere(moves: list[Decimal], start: int, pressures: list[Decimal]) -> None:
    count, ends = Decimal(start), [end(0, start, pressures[0])]
    for n, each in enumerate(moves, 1):
        count = (count + each) % ROLL
        ends.append(end(n, count, pressures[n]))
    found = gas(ends)
    assert found.volume == sum(moves)
    assert found.base_volume == sum(each.base_volume or 0 for each in found.hours)
    assert found.energy_mj == sum(each.energy_mj or 0 for each in found.hours)
    assert found.whole
    assert not found.lacks


@settings(max_examples=60)
@given(low=kpas, more=st.decimals(1, 500, places=1), t=celsius)
def test_more_pressure_is_more_gas(low: Decimal, more: Decimal, t: Decimal) -> None:
    first, second = (gas([end(0, 0, kpa, t), end(1, 1000, kpa, t)]).base_volume for kpa in (low, low + more))
    assert first is not None
    assert second is not None
    assert second > first


@settings(max_examples=40)
@given(minute=st.integers(1, 59), rates=st.tuples(st.decimals(0, 1600, places=1), st.decimals(0, 1600, places=1)))
def test_a_switch_in_the_middle_of_an_hour_adds_up(minute: int, rates: tuple[Decimal, Decimal]) -> None:
    """Run 1 closes, run 2 opens: together they have what one run through the hour would have counted, at the same p and T."""
    when = minute / 60
    first, second = (rates[0] * minute / 60).quantize(Decimal("0.1")), (rates[1] * (60 - minute) / 60).quantize(Decimal("0.1"))
    closed = gas([end(0, 100), end(when, 100 + first, shut=True), end(1, 100 + first, None, None, shut=True)])
    opened = gas([end(0, 9000, None, None, shut=True), end(when, 9000), end(1, 9000 + second)])
    through = gas([end(0, 0), end(1, first + second)])
    assert (closed.volume, opened.volume) == (first, second)
    total = (closed.base_volume or Decimal(0)) + (opened.base_volume or Decimal(0))
    assert through.base_volume is not None
    assert abs(total - through.base_volume) <= Decimal("0.002")
    assert [each.base_volume for each in (closed.hours[1], opened.hours[0])] == [0, 0]
    assert not closed.lacks
    assert not opened.lacks


def test_a_switch_without_pressure_takes_it_from_the_hours_ends() -> None:
    found = gas([end(0, 100, 2400), end(0.5, 400, None, None, shut=True), end(1, 400, 100, shut=True)])
    assert found.hours[0].pressure_kpa == 2400  # what a shut run's gauge shows is not asked
    assert found.sources == (Source.CARRIED,)
    assert found.whole


def test_a_shut_run_is_zero_without_any_factor() -> None:
    found = gas([end(0, 5, None, None, shut=True), end(1, 5, None, None, shut=True)], quality=None)
    assert (found.volume, found.base_volume, found.energy_mj, found.lacks, found.whole) == (0, 0, 0, (), True)


def test_a_shut_run_that_moves_is_computed_and_said() -> None:
    found = gas([end(0, 5, shut=True), end(1, 15, shut=True)])
    assert found.lacks == (Lack.MOVES_SHUT,)
    assert found.whole
    assert found.volume == 10


def test_a_replaced_meter_is_counted_to_its_last_count_and_from_its_successors_first() -> None:
    ends = [end(0, 99_000), end(0.25, 99_200, None, None), end(0.25, 12, None, None), end(1, 612), end(2, 1412)]
    found = gas(ends)
    assert [each.moved for each in found.hours] == [200, 600, 800]
    assert found.whole


def test_a_smaller_meter_counts_by_its_own_k() -> None:
    ends = [end(0, 100), end(0.5, 150), end(0.5, 0), end(1, 400)]
    rules = {at(0): RUN, at(0.5): replace(RUN, factor=Decimal("0.1"))}
    from stationdesk.domain.metering.volumes import stream_gas

    found = stream_gas(RUN, Contract(1), at(0), at(1), ends, lambda _time: GAS, lambda time: rules[time])
    assert [(each.k, each.moved) for each in found.hours] == [(1, 50), (Decimal("0.1"), 40)]


def test_a_replacement_nobody_put_on_record_leaves_its_hour_open_and_no_other() -> None:
    found = gas([end(0, 99_000), end(1, 99_500), end(2, 20), end(3, 520)])
    assert [each.lacks for each in found.hours] == [(), (Lack.BACKWARDS,), ()]
    assert found.hours[1].base_volume is None
    assert not found.whole
    assert found.volume == 1000


def test_hours_not_read_are_computed_as_one_and_said() -> None:
    found = gas([end(0, 0, 2000), end(1, None, None), end(2, None, None), end(3, 1500, 3000), end(4, 2000, 3000)])
    assert [(each.moved, each.pressure_kpa, each.lacks) for each in found.hours] == [(1500, 2500, (Lack.GAP,)), (500, 3000, ())]
    assert found.volume == 2000


def test_pressures_read_while_the_counter_was_not_are_used() -> None:
    found = gas([end(0, 0, 2000), end(1, None, 3000), end(2, 1000, 2000)])
    assert found.hours[0].pressure_kpa == 2500


def test_one_pressure_not_read_is_taken_between_its_neighbours() -> None:
    found = gas([end(0, 0, 2000), end(1, 500, None), end(2, 1000, 2200), end(3, 1500, 2200)])
    assert [each.pressure_kpa for each in found.hours] == [2050, 2150, 2200]
    assert [each.carried for each in found.hours] == [("pressure",), ("pressure",), ()]
    assert not found.lacks


def test_pressures_not_read_for_hours_are_said_as_a_gap() -> None:
    found = gas([end(0, 0, 2000), end(1, 500, None), end(2, 1000, None), end(3, 1500, 2300)])
    assert [each.pressure_kpa for each in found.hours] == [2050, 2150, 2250]
    assert found.lacks == (Lack.GAP,)


@pytest.mark.parametrize(
    ("ends", "lack"),
    [
        ([end(0, 0, None), end(1, 5, None)], Lack.NO_PRESSURE),
        ([end(0, 0, 2000, None), end(1, 5, 2000, None)], Lack.NO_TEMPERATURE),
        ([end(0, 0), end(1, None)], Lack.NO_COUNTER),
        ([end(0, 0, 4), end(1, 500, 4)], Lack.NO_FACTOR),
    ],
)
def test_what_is_wanting_is_named_and_nothing_is_made_up(ends: list[HourEnd], lack: Lack) -> None:
    found = gas(ends)
    assert found.hours[0].lacks == (lack,)
    assert lack.blocks
    assert found.base_volume is None
    assert not found.whole


def test_without_a_composition_there_is_no_volume() -> None:
    assert gas([end(0, 0), end(1, 5)], quality=None).lacks == (Lack.NO_COMPOSITION,)


def test_gas_that_stood_still_is_zero_whatever_is_wanting() -> None:
    found = gas([end(0, 5, None), end(1, 5, None)], quality=None)
    assert (found.base_volume, found.lacks) == (0, ())


def test_a_substituted_volume_counts_for_its_whole_hour() -> None:
    late = replace(end(1, None), moved=Decimal(700), origin=(("volume", Source.SUBSTITUTED),))
    found = gas([end(0, 100), end(0.5, 300), late, end(2, 900)])
    assert found.hours[0].moved == 700
    assert found.substituted
    assert [each.start for each in found.hours] == [at(0), at(1)]
    assert found.hours[1].lacks == (Lack.NO_COUNTER,)


def test_every_hour_is_by_its_own_composition() -> None:
    rich = Quality.of(8, "HY-2026-119", {"methane": "0.90", "ethane": "0.08", "propane": "0.02"})
    from stationdesk.domain.metering.volumes import stream_gas

    ends = [end(0, 0), end(1, 500), end(2, 1000)]
    found = stream_gas(RUN, Contract(1), at(0), at(2), ends, lambda time: GAS if time < at(1) else rich)
    assert [each.composition_id for each in found.hours] == [7, 8]
    assert found.qualities == (GAS, rich)
    assert found.composition_id == 8
    low, high = (each.heating_value or Decimal(0) for each in found.hours)
    assert low < (found.heating_value or 0) < high


@pytest.mark.parametrize("method", ["detail", "gerg", "sgerg"])
def test_the_methods_agree_on_a_usual_gas(method: str) -> None:
    ends = [end(0, 0), end(1, 500)]
    found, detail = gas(ends, contract=Contract(1, method=method)), gas(ends)
    assert float(found.base_volume or 0) == pytest.approx(float(detail.base_volume or 0), rel=5e-4)
    assert found.library.startswith("pygerg" if method == "sgerg" else "pyaga8")


def test_bulk_values_are_enough_for_sgerg_whatever_the_contract_says() -> None:
    from stationdesk.domain.gas import Composition, properties

    own = properties(Composition.of(GAS.components))
    bulk = {"hs": f"{own.heating_value_mj_m3:.4f}", "d": f"{own.relative_density:.5f}", "co2": "0.005", "h2": "0"}
    ends = [end(0, 0), end(1, 500)]
    found, detail = gas(ends, quality=Quality.of(9, "HY-1", bulk, BULK)), gas(ends)
    assert float(found.base_volume or 0) == pytest.approx(float(detail.base_volume or 0), rel=1e-3)
    assert found.heating_value == Decimal(bulk["hs"])
    assert (found.method, found.contract.method) == ("sgerg", "detail")


def _corrected(values: list[str | None]) -> StreamGas:
    ends = [replace(end(n, 100 * n), corrected=None if each is None else Decimal(each)) for n, each in enumerate(values)]
    return gas(ends)


def test_the_corrector_is_followed_across_its_rollover() -> None:
    found = _corrected(["99999000", "1500", "4000"])
    assert [each.corrected_moved for each in found.hours] == [2500, 2500]
    assert found.corrector_volume == 5000
    assert found.hours[0].corrector_factor == 25


def test_a_corrector_that_was_not_read_at_an_end_has_no_volume() -> None:
    found = _corrected(["0", None, "4000"])
    assert [each.corrected_moved for each in found.hours] == [None, None]
    assert found.corrector_volume is None


def test_a_replaced_corrector_is_followed_while_the_meter_runs_on() -> None:
    old, new = (replace(end(0.5, None, None, None), corrected=Decimal(each)) for each in ("2600", "10"))
    ends = [replace(end(0, 0), corrected=Decimal(0)), old, new, replace(end(1, 200), corrected=Decimal(2700))]
    found = gas(ends)
    assert [(each.moved, each.corrected_moved) for each in found.hours] == [(200, 2600 + 2690)]


def test_a_night_of_the_clock_change_has_its_real_hours() -> None:
    """Ends are UTC: nine hours of a night are nine."""
    found = gas([end(n, 100 * n) for n in range(10)])
    assert len(found.hours) == 9
    assert (found.start, found.end) == (MIDNIGHT, at(9))


def test_an_orifice_passes_the_root_of_its_differential_pressure() -> None:
    plate = replace(RUN, meter="orifice", bore_mm=Decimal(100), pipe_mm=Decimal(200))

    def passed(*kpa: int) -> StreamGas:
        return gas([replace(end(n, None), difference_kpa=Decimal(each)) for n, each in enumerate(kpa)], plate)

    one, four = passed(10, 10), passed(40, 40)
    assert one.whole
    assert float(four.base_volume or 0) == pytest.approx(2 * float(one.base_volume or 0), rel=0.02)
    assert passed(0, 0).base_volume == 0
    assert passed(10, 40).base_volume == pytest.approx(((one.base_volume or 0) + (four.base_volume or 0)) / 2, abs=Decimal("0.1"))


def test_an_orifice_without_its_differential_pressure_has_no_volume() -> None:
    plate = replace(RUN, meter="orifice", bore_mm=Decimal(100), pipe_mm=Decimal(200))
    assert gas([end(0, None), end(1, None)], plate).lacks == (Lack.NO_DIFFERENCE,)
