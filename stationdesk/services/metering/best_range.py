"""Whether another run would work better now, by what the open runs have passed in the last hours."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from stationdesk.domain.metering.best_range import BestRangeHint, best_range_hint
from stationdesk.domain.metering.shapes import HOUR, StreamGas
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.services.metering.hours import gas_between
from stationdesk.services.metering.streams import streams_at
from stationdesk.storage.store import Store

LATELY = 2  # an hour outside its range is weather; two are a habit


def best_range_hints(store: Store, at: datetime) -> tuple[BestRangeHint, ...]:
    """A hint for each open run that has worked outside its best range for the last hours read while another would serve better."""
    with store.read() as session:
        return hints(session, at)


def hints(session: Session, at: datetime) -> tuple[BestRangeHint, ...]:
    """The same inside a transaction."""
    standing = [each.rule for each in streams_at(session, at) if each.shut]
    open_runs = [each.stream_id for each in streams_at(session, at) if not each.shut]
    if not standing or not open_runs:
        return ()
    try:
        found = gas_between(session, at - (LATELY + 1) * HOUR, at + HOUR, at, open_runs)
    except NoContractError:
        return ()
    made = ([best_range_hint(gas.stream, flow, standing) for flow in _flows(gas)] for gas in found)
    return tuple(each[-1] for each in made if len(each) == LATELY and all(each) and each[-1] is not None)


def _flows(gas: StreamGas) -> list[Decimal]:
    """m³/h at the meter in each of the last hours."""
    known = [each.moved / each.hours for each in gas.hours if each.moved is not None and not each.opening.shut and each.hours]
    return known[-LATELY:]
