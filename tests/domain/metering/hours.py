"""A stream, its contract, a gas, and hours to compute."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from stationdesk.domain.metering.shapes import Contract, HourEnd, Quality, StreamGas, StreamRule
from stationdesk.domain.metering.volumes import stream_gas
from stationdesk.domain.names import Name

MIDNIGHT = datetime(2026, 11, 20, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROLL = Decimal(10**8)
RUN = StreamRule(1, "1#", Name("1# 计量管路", "Run 1"), q_max=Decimal(1600), q_min=Decimal(80), rollover=ROLL, corrected_rollover=ROLL)
CONTRACT = Contract(1)
GAS = Quality.of(7, "HY-2026-118", {"methane": "0.965", "ethane": "0.018", "nitrogen": "0.012", "carbon_dioxide": "0.005"})


def at(hours: float) -> datetime:
    return MIDNIGHT + HOUR * hours


def end(
    hours: float, counter: str | int | Decimal | None, kpa: str | int | None = 2601, celsius: str | int | None = 12, *, shut: bool = False
) -> HourEnd:
    """What stood there at so many hours after midnight."""
    read = [None if each is None else Decimal(each) for each in (counter, kpa, celsius)]
    return HourEnd(at(hours), counter=read[0], pressure_kpa=read[1], temperature_c=read[2], shut=shut)


def gas(ends: Sequence[HourEnd], run: StreamRule = RUN, contract: Contract = CONTRACT, quality: Quality | None = GAS) -> StreamGas:
    return stream_gas(run, contract, ends[0].time, ends[-1].time, ends, lambda _time: quality)
