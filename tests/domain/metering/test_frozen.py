"""What is frozen comes back equal, and two versions say what they differ in."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stationdesk.domain.metering.frozen import Change, Changed, changes, data_of, gas_of_data
from stationdesk.domain.metering.shapes import Contract, HourEnd, Quality, Source, StreamGas
from tests.domain.metering.hours import CONTRACT, GAS, RUN, at, end, gas

HONEST = [end(n, 1000 + 500 * n) for n in range(5)]
SUBSTITUTED = replace(end(2, 2000, 2700), origin=(("pressure", Source.SUBSTITUTED),))
CASES = {
    "honest": HONEST,
    "gap": [end(0, 0), end(1, None, 2500), end(2, None, None), end(3, 900)],
    "backwards": [end(0, 900), end(1, 100), end(2, 300)],
    "replaced": [end(0, 900), end(0.5, 1200, None), end(0.5, 0, None), end(1, 300)],
    "switched": [end(0, 900), end(0.5, 1200, None, None, shut=True), end(1, 1200, shut=True)],
    "substituted": [*HONEST[:2], SUBSTITUTED, *HONEST[3:]],
    "nothing read": [end(0, None, None, None), end(1, None, None, None)],
}


def back(found: StreamGas) -> StreamGas:
    return gas_of_data(json.loads(json.dumps(data_of(found))))


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_hour_comes_back_equal(case: str) -> None:
    found = gas(CASES[case])
    assert back(found) == found
    assert (back(found).base_volume, back(found).lacks, back(found).sources) == (found.base_volume, found.lacks, found.sources)


@settings(max_examples=40)
@given(
    counters=st.lists(st.decimals(0, 10**8 - 1, places=1) | st.none(), min_size=2, max_size=9),
    kpas=st.lists(st.decimals(-200, 9000, places=3) | st.none(), min_size=9, max_size=9),
)
def test_whatever_was_read_comes_back_equal(counters: list[Decimal | None], kpas: list[Decimal | None]) -> None:
    found = gas([replace(end(n, counter), pressure_kpa=kpas[n]) for n, counter in enumerate(counters)])
    assert back(found) == found
    assert changes(found, back(found)) == ()


def otherwise(n: int, **values: object) -> list[HourEnd]:
    return [replace(each, **values) if place == n else each for place, each in enumerate(HONEST)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("after", "what"),
    [
        (otherwise(2, counter=Decimal(2010)), Change(Changed.READING, at(2), "counter", "2000", "2010")),
        (otherwise(2, temperature_c=Decimal("12.5")), Change(Changed.READING, at(2), "temperature", "12", "12.5")),
        ([*HONEST[:2], SUBSTITUTED, *HONEST[3:]], Change(Changed.SUBSTITUTION, at(2), "pressure", "2601", "2700")),
    ],
)
def test_a_difference_is_told_once_with_hour_and_values(after: list[HourEnd], what: Change) -> None:
    assert changes(gas(HONEST), gas(after)) == (what,)


def test_a_switch_put_on_record_later_is_one() -> None:
    switched = [end(0, 1000), end(1, 1500), replace(end(1.5, 1800, None, None, shut=True), origin=(("counter", Source.SWITCHED),))]
    found = changes(gas(HONEST), gas([*switched, *(replace(each, counter=Decimal(1800), shut=True) for each in HONEST[2:])]))
    assert Changed.SWITCH in {each.what for each in found}


def test_composition_and_contract_are_named() -> None:
    other = Quality.of(8, "HY-2026-119", {"methane": "0.9", "ethane": "0.1"})
    assert changes(gas(HONEST), gas(HONEST, quality=other)) == (Change(Changed.COMPOSITION, at(0), "", GAS.report, other.report),)
    zero = Contract(2, number="HT-2", base_temperature_c=Decimal(0))
    assert changes(gas(HONEST), gas(HONEST, contract=zero))[0] == Change(Changed.CONTRACT, before=CONTRACT.number, after="HT-2")


def test_what_changes_no_gas_is_no_change() -> None:
    at_rest = [end(0, 5, 2500, shut=True), end(1, 5, 2500, shut=True)]
    assert changes(gas(at_rest), gas([replace(each, pressure_kpa=Decimal(3000)) for each in at_rest])) == ()
    assert changes(gas(HONEST), gas(HONEST, replace(RUN, meter_serial="B2"))) == ()
    assert changes(gas(HONEST), gas(otherwise(2, temperature_c=None))) == ()  # between its neighbours it is the same
