"""What was computed and frozen of the last days, with what would come out otherwise now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from stationdesk.domain.metering.frozen import Change
from stationdesk.domain.names import Name
from stationdesk.services import Store
from stationdesk.services.metering.results import ResultView, result_versions, results_between, stale_results

DAYS = timedelta(days=3)


@dataclass(frozen=True)
class ResultRow:
    """The newest version of a result. changes: because of which it would come out otherwise; now: as what (m³ at base conditions)."""

    result: ResultView
    changes: tuple[Change, ...]
    now: Decimal | None

    @property
    def id(self) -> int:
        """The row's key in a table."""
        return self.result.result_id

    @property
    def run(self) -> Name:
        """What its run is called."""
        return self.result.gas.stream.name


def results(store: Store, start: datetime, end: datetime, at: datetime) -> tuple[ResultRow, ...]:
    """Query: the results of the days up to the end of one, the newest first."""
    first = start - DAYS
    stale = {each.result.result_id: each for each in stale_results(store, first, end, at)}
    with store.read() as session:
        found = results_between(session, first, end)
    rows = [
        ResultRow(each, old.changes if (old := stale.get(each.result_id)) else (), old.now.base_volume if old else None) for each in found
    ]
    return tuple(sorted(rows, key=lambda each: (-each.result.start.timestamp(), each.result.period, each.result.stream_id)))


def versions(store: Store, stream_id: int, start: datetime, end: datetime) -> tuple[ResultView, ...]:
    """Query: every version of a result, the newest first."""
    return result_versions(store, stream_id, start, end)
