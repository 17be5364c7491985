"""Metering runs and the contract: what a station may not say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from stationdesk.domain.errors import DomainError
from stationdesk.domain.metering.shapes import INLET, ORIFICE, OUTLET, OWN
from stationdesk.domain.words import N_

METERS = {
    "turbine": N_("turbine meter"),
    "ultrasonic": N_("ultrasonic meter"),
    "rotary": N_("rotary meter"),
    ORIFICE: N_("orifice plate"),
}
SERVES = {INLET: N_("gas received"), OUTLET: N_("gas delivered"), OWN: N_("own use")}
METHODS = {"detail": N_("AGA8-DETAIL (GB/T 17747.2)"), "gerg": N_("GERG-2008"), "sgerg": N_("SGERG-88 (GB/T 17747.3)")}
OVER = {"in": N_("gas received"), "out": N_("gas delivered")}
"""What the rate of unaccounted-for gas is of."""
HUNDRED = Decimal(100)


class NoContractError(DomainError):
    """Nothing was agreed on yet."""

    words = N_("No base conditions are agreed on for this time: set the metering contract in Settings.")


class NoStreamsError(DomainError):
    """A station that does not meter, or not by runs."""

    words = N_("The station has no metering runs for this time: set them up in Settings.")


class UnknownStreamError(DomainError):
    words = N_("There is no such metering run.")
    field = "stream"


class RetiredStreamError(DomainError):
    words = N_("{stream} is retired.")
    field = "stream"


class StreamCodeError(DomainError):
    words = N_("The code “{code}” is empty or belongs to another run.")
    field = "code"


class StreamNameError(DomainError):
    words = N_("A metering run needs a name.")
    field = "name"


class StreamChoiceError(DomainError):
    words = N_("Choose one of those offered.")


class StreamRangeError(DomainError):
    """Flows that are no range."""

    words = N_("The flows of a meter go from q_min, above 0, up to q_max.")
    field = "q_max"


class BestRangeError(DomainError):
    words = N_("The best range lies between 0 and 100 % of q_max, the lower end first.")
    field = "best_high"


class StreamFactorError(DomainError):
    words = N_("A count is worth more than 0 m³.")
    field = "factor"


class StreamPointError(DomainError):
    """A point that cannot be what it is named for."""

    words = N_("{point} does not read what is wanted here.")


class StreamCounterError(DomainError):
    words = N_("A meter needs the point at which its counter is read.")
    field = "counter"


class OrificeError(DomainError):
    words = N_("An orifice needs its bore, the pipe's wider diameter and the point of its differential pressure.")
    field = "bore_mm"


class ContractPressureError(DomainError):
    words = N_("Base conditions are 90 to 110 kPa absolute; {value} was typed.")
    field = "base_pressure_kpa"


class ContractTemperatureError(DomainError):
    words = N_("ISO 6976 knows these temperatures of metering: {known} ℃.")
    field = "base_temperature_c"


class ContractCombustionError(DomainError):
    words = N_("ISO 6976 knows these temperatures of combustion: {known} ℃.")
    field = "combustion_c"


class ContractPercentError(DomainError):
    words = N_("A tolerance is 0 to {most} %.")


class ContractSecondsError(DomainError):
    words = N_("Two reading times may differ by 0 to 3600 s.")
    field = "reading_seconds"


@dataclass(frozen=True)
class StreamPoints:
    """The points a run is read by; None: not read."""

    counter: int | None = None
    corrected: int | None = None
    pressure: int | None = None
    temperature: int | None = None
    flow: int | None = None
    difference: int | None = None


WANTED: Mapping[str, tuple[str, str]] = {
    "counter": ("counter", "volume"),
    "corrected": ("counter", "volume"),
    "pressure": ("gauge", "pressure"),
    "temperature": ("gauge", "temperature"),
    "flow": ("gauge", "flow"),
    "difference": ("gauge", "difference"),
}
"""Kind and quantity of the point that each is read at; a quantity nobody noted is taken for what it is used as."""


def check_meter(meter: str, q_min: Decimal | None, q_max: Decimal | None, factor: Decimal) -> None:
    """StreamChoiceError, StreamRangeError, StreamFactorError for a meter that cannot be."""
    if meter not in METERS:
        raise StreamChoiceError
    if (q_min is not None and q_min <= 0) or (q_max is not None and q_max <= (q_min or 0)):
        raise StreamRangeError
    if factor <= 0:
        raise StreamFactorError


def check_best(low: Decimal | None, high: Decimal | None) -> None:
    """BestRangeError unless 0 ≤ low < high ≤ 100."""
    if low is None and high is None:
        return
    if not 0 <= (low or Decimal(0)) < (HUNDRED if high is None else high) <= HUNDRED:
        raise BestRangeError


def check_orifice(meter: str, points: StreamPoints, bore_mm: Decimal | None, pipe_mm: Decimal | None) -> None:
    """OrificeError for an orifice without its dimensions, StreamCounterError for another meter without its counter."""
    if meter != ORIFICE:
        if points.counter is None:
            raise StreamCounterError
    elif points.difference is None or not bore_mm or not pipe_mm or not 0 < bore_mm < pipe_mm:
        raise OrificeError
