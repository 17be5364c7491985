"""A gas is 21 mole fractions that add up to 1; what is not is refused, with the component by name."""

from __future__ import annotations

import math
import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationdesk.domain import words
from stationdesk.domain.errors import say
from stationdesk.domain.gas import (
    COMPONENT_NAMES,
    COMPONENTS,
    Composition,
    CompositionError,
    CompositionSumError,
    FractionError,
    PercentError,
    RepeatedComponentError,
    UnknownComponentError,
)
from stationdesk.domain.gas.iso6976 import CONSTANTS

MIXTURES = st.lists(st.floats(0.01, 1), min_size=2, max_size=21).map(
    lambda parts: {name: part / sum(parts) for name, part in zip(COMPONENTS, parts, strict=False)}
)


def test_the_components_of_every_standard_are_the_same():
    assert len(COMPONENTS) == 21
    assert COMPONENTS[:4] == ("methane", "nitrogen", "carbon_dioxide", "ethane")
    assert set(CONSTANTS) == set(COMPONENTS) == set(COMPONENT_NAMES)


@given(MIXTURES, st.floats(0.9981, 1.0019))
def test_fractions_are_normalised_and_stay_in_proportion(mixture, total):
    gas = Composition.of({name: part * total for name, part in mixture.items()})
    assert math.fsum(gas.amounts) == pytest.approx(1, abs=1e-14)
    for name, part in mixture.items():
        assert gas.fractions[name] == pytest.approx(part, rel=1e-9)


@given(MIXTURES)
def test_a_gas_made_of_its_own_fractions_is_the_same(mixture):
    gas = Composition.of(mixture)
    again = Composition.of(gas.fractions)
    assert again == gas
    assert hash(again) == hash(gas)
    assert pickle.loads(pickle.dumps(gas)) == gas


def test_what_is_not_named_is_not_there():
    gas = Composition.of({"ethane": Decimal("0.1"), "methane": Decimal("0.9"), "water": 0})
    assert dict(gas.fractions) == {"methane": 0.9, "ethane": 0.1}
    assert list(gas.fractions) == ["methane", "ethane"]
    assert len(gas.amounts) == 21


@pytest.mark.parametrize(
    ("name", "means"),
    [("2-methylpropane", "isobutane"), ("2-methylbutane", "isopentane"), ("n-hexane", "hexane"), ("Carbon dioxide", "carbon_dioxide")],
)
def test_names_of_the_standards_are_known(name, means):
    assert Composition.of({"methane": 0.9, name: 0.1}).fractions[means] == 0.1


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -0.1, -1e-9, "0.9", None, True])
def test_a_fraction_that_is_none_is_refused_by_name(value):
    with pytest.raises(FractionError) as refused:
        Composition.of({"methane": 1.0, "n_butane": value})
    assert refused.value.component == "n_butane"
    assert "n-butane" in say(refused.value)
    with words.speaking("zh_CN"):
        assert "正丁烷" in say(refused.value)


def test_per_cent_are_asked_about():
    with pytest.raises(PercentError, match=r"0\.965 for 96\.5 %"):
        Composition.of({"methane": 96.5, "ethane": 3.5})


@pytest.mark.parametrize("name", ["methan", "", "C6+", "neopentane", "甲烷", "methane "[:-2]])
def test_an_unknown_component_is_refused(name):
    with pytest.raises(UnknownComponentError) as refused:
        Composition.of({"methane": 1.0, name: 0.0})
    assert f"“{name}”" in say(refused.value)


def test_a_component_given_twice_is_refused():
    with pytest.raises(RepeatedComponentError, match="isobutane"):
        Composition.of({"methane": 0.9, "isobutane": 0.05, "2-methylpropane": 0.05})


@pytest.mark.parametrize("total", [0.0, 0.5, 0.997, 0.99799, 1.00201, 1.01])
def test_a_sum_that_is_off_is_refused(total):
    mixture = {"methane": total * 0.9, "ethane": total * 0.1}
    with pytest.raises(CompositionSumError):
        Composition.of(mixture)


@pytest.mark.parametrize("total", [0.998, 0.9985, 1.0, 1.002])
def test_a_laboratorys_rounding_is_taken(total):
    assert Composition.of({"methane": total * 0.9, "ethane": total * 0.1}).fractions["methane"] == pytest.approx(0.9)


def test_nothing_is_no_gas():
    with pytest.raises(CompositionError):
        Composition.of({})
