"""What the physics says of one gas under one contract: Z, Z at base conditions, heating value. One for all hours of the same gas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas import Base, Composition, Equation, Method, Properties, Sgerg, gas_of, library, properties
from stationdesk.domain.metering.shapes import BULK, HEATING, Contract, Quality

NORMAL_KPA = 101.325


@dataclass(frozen=True)
class Equations:
    """The equation of state, and the gas at base conditions. heating_value in MJ/m³, superior."""

    equation: Equation
    base: Base
    z_base: float
    heating_value: float
    relative_density: float

    @cached_property
    def heating(self) -> Decimal:
        """The heating value as it is computed with."""
        return Decimal(self.heating_value).quantize(HEATING)

    @cached_property
    def z_at_base(self) -> Decimal:
        """Z at base conditions as it is kept."""
        return eighth(self.z_base)

    @cached_property
    def library(self) -> str:
        """What computes it, with its version."""
        return library(self.equation.method)


def eighth(value: float) -> Decimal:
    """A factor with eight decimals: what is computed with it comes out the same on paper."""
    return Decimal(f"{value:.8f}")


@lru_cache(maxsize=64)
def equations(quality: Quality, contract: Contract) -> Equations | None:
    """How a gas is computed under a contract; None where its composition or the contract's base conditions cannot be.

    SGERG-88 stands in where only bulk values are known, whatever the contract's method; under a contract of SGERG-88 the bulk values of
    an analysis are those of ISO 6976.
    """
    try:
        return _bulk(quality, contract) if quality.kind == BULK else _analysed(quality, contract)
    except DomainError:
        return None


def _analysed(quality: Quality, contract: Contract) -> Equations:
    composition, method = Composition.of(quality.components), Method(contract.method)
    own = properties_of(composition, contract)
    equation: Equation = sgerg_of(composition) if method is Method.SGERG else gas_of(composition, method)
    return Equations(equation, contract.base, own.z_base, own.heating_value_mj_m3, own.relative_density)


def _bulk(quality: Quality, contract: Contract) -> Equations | None:
    """A laboratory gives H_s and d at 20/20 ℃: under a contract of other base conditions the heating value is not known."""
    given, base = quality.components, contract.base
    if not contract.base_temperature_c == contract.combustion_c == 20 or base.pressure_kpa != NORMAL_KPA:
        return None
    equation = Sgerg.of_20_20(given["hs"], given["d"], given["co2"], given.get("h2", 0.0))
    return Equations(equation, base, equation.z(base.pressure_kpa, base.temperature_k), given["hs"], given["d"])


def properties_of(composition: Composition, contract: Contract) -> Properties:
    """The gas at the contract's base and combustion conditions, by ISO 6976 = GB/T 11062."""
    return properties(composition, float(contract.combustion_c), float(contract.base_temperature_c), float(contract.base_pressure_kpa))


def sgerg_of(composition: Composition) -> Sgerg:
    """The four values SGERG-88 takes, of a full analysis: H_s at 25/0 ℃ and the relative density at 0 ℃, by ISO 6976."""
    normal = properties(composition, 25.0, 0.0)
    fractions = composition.fractions
    hydrogen = fractions.get("hydrogen", 0.0)
    return Sgerg(normal.heating_value_mj_m3, normal.relative_density, fractions.get("carbon_dioxide", 0.0), hydrogen)
