"""A laboratory's report: what it may not say, its heating value, and the requirements of GB 17820."""

from __future__ import annotations

from decimal import Decimal

import pytest

from stationdesk.domain.gas import CompositionSumError, SgergInputError, UnknownComponentError
from stationdesk.domain.metering.quality import BULK, BulkError, check_parts, findings, heating_value
from stationdesk.domain.metering.shapes import ANALYSIS, Contract, Quality

GAS = {"methane": Decimal("0.965"), "ethane": Decimal("0.018"), "nitrogen": Decimal("0.012"), "carbon_dioxide": Decimal("0.005")}
BULK_GAS = {"hs": Decimal("37.2"), "d": Decimal("0.585"), "co2": Decimal("0.006"), "h2": Decimal(0)}


def test_an_analysis_and_bulk_values_that_are_a_gas():
    check_parts(ANALYSIS, GAS)
    check_parts(BULK, BULK_GAS)


@pytest.mark.parametrize(
    ("kind", "parts", "error"),
    [
        (ANALYSIS, {**GAS, "methane": Decimal("0.955")}, CompositionSumError),
        (ANALYSIS, {"metane": Decimal(1)}, UnknownComponentError),
        (BULK, GAS, BulkError),
        (BULK, {**BULK_GAS, "d": Decimal("5.85")}, SgergInputError),
    ],
)
def test_what_is_no_gas(kind, parts, error):
    with pytest.raises(error):
        check_parts(kind, parts)


def test_the_heating_value_is_that_of_the_contracts_conditions():
    quality = Quality(1, "HY-1", tuple(GAS.items()))
    china, normal = heating_value(quality, Contract(1)), heating_value(quality, Contract(1, base_temperature_c=Decimal(0)))
    assert float(normal / china) == pytest.approx(293.15 / 273.15, rel=2e-3), "colder gas is denser"
    assert float(china) == pytest.approx((0.965 * 891.5 + 0.018 * 1562.1) / 8.3144621 / 293.15 * 101.325 / 0.998, rel=1e-3), "by hand"
    assert heating_value(Quality(2, "HY-2", tuple(BULK_GAS.items()), BULK), Contract(1)) == Decimal("37.2")


def test_what_pipeline_gas_must_be():
    good = findings(Decimal("34.0"), Decimal(20), Decimal("6.0"))
    assert [each.holds for each in good] == [True, True, True]
    bad = findings(Decimal("33.9999"), Decimal("20.1"), None)
    assert [each.holds for each in bad] == [False, False, None]
