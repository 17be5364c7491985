"""What the page shows of a gas day, asked at once; and what the person at the desk may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from stationdesk.domain.metering.shapes import Contract, StreamGas
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.domain.moments import Span, gas_day_of, whole_day
from stationdesk.domain.permissions import ALLOWED, NotAllowedError
from stationdesk.services import Store
from stationdesk.services.metering.compositions import CompositionView, compositions_view
from stationdesk.services.metering.contracts import contract_at
from stationdesk.services.metering.hours import gas_between
from stationdesk.services.metering.streams import StreamView, streams_at
from stationdesk.services.permissions import refusals
from stationdesk.services.station import setting, zone
from stationdesk.ui.metering.slots import HourRow, rows_of

CASES = (
    "add_composition", "set_gas_day_figure", "enter_voucher", "switch_run", "substitute", "change_meter", "recompute", "certify_day",
    "import_archive", "save_archive_mapping", "open_discrepancy", "amend_discrepancy", "sign_discrepancy", "close_discrepancy",
)  # fmt: skip
KINDS = frozenset(
    {
        "stream", "stream_version", "metering_contract", "gas_composition", "corrector_mapping", "base_reading", "run_switch",
        "meter_change", "substitution", "voucher", "corrector_import", "corrector_hour", "metering_result", "discrepancy", "gas_day_figure",
        "metering_certificate", "reading", "reading_gap", "shift", "role_grant", "setting_value", "point_version",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Board:
    """The gas day from start to end as it stands at a time."""

    day: date
    start: datetime
    end: datetime
    at: datetime
    running: date  # the gas day of now
    streams: tuple[StreamView, ...] = ()
    contract: Contract | None = None
    gas: tuple[StreamGas, ...] = ()
    rows: tuple[HourRow, ...] = ()
    compositions: tuple[CompositionView, ...] = ()
    refusals: Mapping[str, NotAllowedError] = field(default_factory=dict, hash=False)

    @property
    def metered(self) -> bool:
        """There is something to meter with."""
        return bool(self.streams) and self.contract is not None

    def quality(self, at: datetime | None = None) -> CompositionView | None:
        """The report of all runs in force at a time, by default at the end of the day or now."""
        moment = at or min(self.at, self.end)
        held = [each for each in self.compositions if each.valid_from <= moment and not each.replaced]
        return next((each for each in held if each.stream is None), held[0] if held else None)


def running_day(store: Store, at: datetime) -> date:
    """The gas day that runs."""
    with store.read() as session:
        return gas_day_of(at, zone(session), int(setting(session, "gas_day_begins", at)))


def board(store: Store, day: date | None, person_id: int, at: datetime) -> Board:
    """Query: everything the page shows of a gas day (None: of the one that runs)."""
    with store.read() as session:
        where, begins = zone(session), int(setting(session, "gas_day_begins", at))
        running = gas_day_of(at, where, begins)
        span: Span = whole_day(day or running, where, begins)
        streams = streams_at(session, min(span.end, at), retired_since=span.start)
        try:
            contract = contract_at(session, min(span.start, at))
            gas = gas_between(session, span.start, span.end, at)
        except NoContractError:
            contract, gas = None, ()
        allowed = refusals(store, person_id, [each for each in CASES if each in ALLOWED], at)
    rows = rows_of(gas, span.start, span.end, at)
    found = compositions_view(store, at)
    return Board(day or running, span.start, span.end, at, running, streams, contract, gas, rows, found, allowed)
