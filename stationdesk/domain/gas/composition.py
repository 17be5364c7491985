"""What a gas is made of: mole fractions of the 21 components that AGA8-DETAIL and GERG-2008 know.

Source of the list and its order: AGA Report No. 8 Part 1 (2017), ISO 20765-1 and -2, GB/T 17747.2. ISO 6976 has values for each of them.
A laboratory's C6+ must be split into its parts before it comes here: no rule of the standards says how.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar, Self

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_, _

COMPONENT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "methane": N_("methane"),
        "nitrogen": N_("nitrogen"),
        "carbon_dioxide": N_("carbon dioxide"),
        "ethane": N_("ethane"),
        "propane": N_("propane"),
        "isobutane": N_("isobutane"),
        "n_butane": N_("n-butane"),
        "isopentane": N_("isopentane"),
        "n_pentane": N_("n-pentane"),
        "hexane": N_("hexane"),
        "heptane": N_("heptane"),
        "octane": N_("octane"),
        "nonane": N_("nonane"),
        "decane": N_("decane"),
        "hydrogen": N_("hydrogen"),
        "oxygen": N_("oxygen"),
        "carbon_monoxide": N_("carbon monoxide"),
        "water": N_("water"),
        "hydrogen_sulfide": N_("hydrogen sulfide"),
        "helium": N_("helium"),
        "argon": N_("argon"),
    }
)
COMPONENTS: tuple[str, ...] = tuple(COMPONENT_NAMES)

#: the other names under which ISO 6976:2016 table 1 and ISO 20765 list the same component
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "2_methylpropane": "isobutane",
        "2_methylbutane": "isopentane",
        "n_hexane": "hexane",
        "n_heptane": "heptane",
        "n_octane": "octane",
        "n_nonane": "nonane",
        "n_decane": "decane",
        "hydrogen_sulphide": "hydrogen_sulfide",
    }
)

SUM_TOLERANCE = 0.002  # a laboratory's rounding; more is a slip of the hand or a component left out
_ROUNDING = 1e-12  # what adding up floats may lose

Fraction = float | Decimal


class Component(str):
    """A component's code that words itself in the language of whoever shows it."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return format(_(COMPONENT_NAMES[str(self)]), spec)


class CompositionError(DomainError):
    """These mole fractions are no gas."""

    words: ClassVar[str] = N_("This is no gas composition.")
    field: ClassVar[str | None] = "composition"


class UnknownComponentError(CompositionError):
    """A name that is none of the 21."""

    words = N_("“{name}” is none of the 21 components; write methane, carbon_dioxide, n_butane and so on.")


class RepeatedComponentError(CompositionError):
    """The same component under two names."""

    words = N_("{component} is given twice.")


class FractionError(CompositionError):
    """A mole fraction that is no number, not finite or negative."""

    words = N_("The mole fraction of {component} is {value}: it must be a number from 0 to 1.")


class PercentError(FractionError):
    """A mole fraction above 1: per cent, most likely."""

    words = N_("The mole fraction of {component} is {value}, more than 1: write 0.965 for 96.5 %.")


class CompositionSumError(CompositionError):
    """The mole fractions do not add up to 1 ± 0.002."""

    words = N_("The mole fractions add up to {total}, not to 1 ± {tolerance}.")


@dataclass(frozen=True)
class Composition:
    """A gas as 21 mole fractions in the order of COMPONENTS, adding up to 1. Made by `Composition.of` only, which checks them."""

    amounts: tuple[float, ...]

    @classmethod
    def of(cls, mapping: Mapping[str, Fraction]) -> Self:
        """The gas with these mole fractions, normalised to a sum of 1; components that are not named are 0.

        Names are those of COMPONENTS or of the standards (ALIASES); a hyphen or blank may stand for the underscore.
        Errors: UnknownComponentError, RepeatedComponentError, FractionError, PercentError, CompositionSumError.
        """
        given: dict[str, float] = {}
        for name, value in mapping.items():
            component = _component(name)
            if component in given:
                raise RepeatedComponentError(component=component)
            given[component] = _fraction(component, value)
        total = math.fsum(given.values())
        if abs(total - 1) > SUM_TOLERANCE + _ROUNDING:
            raise CompositionSumError(total=f"{total:.6g}", tolerance=SUM_TOLERANCE)
        divisor = 1.0 if abs(total - 1) <= _ROUNDING else total
        return cls(tuple(given.get(component, 0.0) / divisor for component in COMPONENTS))

    @property
    def fractions(self) -> Mapping[str, float]:
        """Mole fractions by component, in the order of COMPONENTS, without those that are 0; `of` makes the same gas of them."""
        return MappingProxyType({name: amount for name, amount in zip(COMPONENTS, self.amounts, strict=True) if amount})


def _component(name: str) -> Component:
    code = name.strip().lower().replace("-", "_").replace(" ", "_")
    code = ALIASES.get(code, code)
    if code not in COMPONENT_NAMES:
        raise UnknownComponentError(name=name)
    return Component(code)


def _fraction(component: Component, value: object) -> float:
    number = float(value) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else math.nan
    if not 0 <= number < math.inf:
        raise FractionError(component=component, value=value)
    if number > 1:
        raise PercentError(component=component, value=value)
    return number
