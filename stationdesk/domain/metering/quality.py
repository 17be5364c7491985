"""A laboratory's report of the gas: what it may not say, and what GB 17820-2018 wants of gas that enters a pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas import Composition, Sgerg, properties
from stationdesk.domain.metering.shapes import ANALYSIS, BULK, Contract, Quality
from stationdesk.domain.words import N_

BULK_PARTS = ("hs", "d", "co2", "h2")
"""Superior heating value (MJ/m³), relative density, mole fractions of CO₂ and H₂: what SGERG-88 needs."""
LEAST_HEATING_VALUE = Decimal("34.0")  # MJ/m³, superior at 20/20 ℃; GB 17820-2018, class 1 as for pipelines
MOST_SULFUR, MOST_HYDROGEN_SULFIDE = Decimal(20), Decimal(6)  # mg/m³, the same


class ReportNumberError(DomainError):
    words = N_("A composition needs the number of the laboratory's report.")
    field = "report"


class CompositionTimeError(DomainError):
    """A sample of a time that has not come."""

    words = N_("The gas cannot be sampled after {time}.")
    field = "sampled_at"


class BulkError(DomainError):
    """Bulk values SGERG-88 cannot begin with."""

    words = N_("Give the heating value (MJ/m³), relative density, and the fractions of CO₂ and H₂.")
    field = "components"


class ContentError(DomainError):
    words = N_("A content in mg/m³ is 0 or more.")


def check_parts(kind: str, components: Mapping[str, Decimal]) -> None:
    """Errors of Composition.of for an analysis, BulkError for bulk values that are wanting or no gas."""
    if kind == BULK:
        if set(components) != set(BULK_PARTS):
            raise BulkError
        bulk_gas(components)  # refuses what is out of range
    else:
        Composition.of(components)


def bulk_gas(parts: Mapping[str, Decimal]) -> Sgerg:
    """The gas of SGERG-88 from bulk values at 20/20 ℃, as laboratories here report them. SgergInputError."""
    return Sgerg.of_20_20(*(float(parts[name]) for name in BULK_PARTS))


def decimals_of(texts: Mapping[str, str]) -> dict[str, Decimal]:
    """Component → number of texts as they are stored. ValueError for what is none."""
    try:
        return {name: Decimal(text) for name, text in texts.items()}
    except InvalidOperation as error:
        raise ValueError(str(texts)) from error


@dataclass(frozen=True)
class Finding:
    """One requirement of GB 17820: what was found, what is wanted, and whether it holds; found None: not analysed."""

    code: str  # heating_value, sulfur, hydrogen_sulfide
    found: Decimal | None
    limit: Decimal
    least: bool  # the limit is the least, not the most

    @property
    def holds(self) -> bool | None:
        """None where nothing was found out."""
        if self.found is None:
            return None
        return self.found >= self.limit if self.least else self.found <= self.limit


def heating_value(quality: Quality, contract: Contract) -> Decimal | None:
    """Superior, MJ/m³ at the contract's conditions (ISO 6976), to 0.0001; of bulk values the one they say."""
    if quality.kind == BULK:
        return dict(quality.parts).get("hs")
    found = properties(
        Composition.of(quality.components),
        float(contract.combustion_c),
        float(contract.base_temperature_c),
        float(contract.base_pressure_kpa),
    )
    return Decimal(f"{found.heating_value_mj_m3:.4f}")


def findings(value: Decimal | None, sulfur: Decimal | None, hydrogen_sulfide: Decimal | None) -> tuple[Finding, ...]:
    """What GB 17820-2018 wants of pipeline gas; heating value superior in MJ/m³ at 20/20 ℃, contents in mg/m³."""
    return (
        Finding("heating_value", value, LEAST_HEATING_VALUE, least=True),
        Finding("sulfur", sulfur, MOST_SULFUR, least=False),
        Finding("hydrogen_sulfide", hydrogen_sulfide, MOST_HYDROGEN_SULFIDE, least=False),
    )


__all__ = [
    "ANALYSIS",
    "BULK",
    "BULK_PARTS",
    "BulkError",
    "CompositionTimeError",
    "ContentError",
    "Finding",
    "ReportNumberError",
    "bulk_gas",
    "check_parts",
    "decimals_of",
    "findings",
    "heating_value",
]
