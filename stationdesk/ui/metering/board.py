"""What the page shows of a gas day, asked at once; and what the person at the desk may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from stationdesk.domain.metering.best_range import BestRangeHint
from stationdesk.domain.metering.gas_day import MEAN_DAYS, Balance, LossLimits, Odorant, mean_rate
from stationdesk.domain.metering.shapes import Contract, StreamGas
from stationdesk.domain.permissions import NotAllowedError
from stationdesk.services import Store
from stationdesk.services.metering.best_range import best_range_hints
from stationdesk.services.metering.certificates import certificate_of
from stationdesk.services.metering.compositions import CompositionView, compositions_view
from stationdesk.services.metering.contracts import first_contract
from stationdesk.services.metering.discrepancies import discrepancies_view
from stationdesk.services.metering.gas_day import DayView, day_view, gas_day_span, gas_days, gas_today
from stationdesk.services.metering.results import stale_results
from stationdesk.services.metering.streams import StreamView, streams_at
from stationdesk.services.permissions import refusals
from stationdesk.ui.metering.results import DAYS
from stationdesk.ui.metering.slots import HourRow, rows_of

MONTH = 31
CASES = (
    "add_composition", "set_gas_day_figure", "enter_voucher", "switch_run", "substitute", "withdraw_substitute", "withdraw_switch",
    "change_meter", "recompute", "certify_day",
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
    found: DayView | None = None
    rows: tuple[HourRow, ...] = ()
    compositions: tuple[CompositionView, ...] = ()
    refusals: Mapping[str, NotAllowedError] = field(default_factory=dict, hash=False)
    since: datetime | None = None  # from when there is a contract to meter by

    @property
    def early(self) -> bool:
        """The day was over before anything was metered."""
        return self.since is not None and self.end <= self.since

    @property
    def contract(self) -> Contract | None:
        """Under which the day is computed."""
        return self.found.today.contract if self.found else None

    @property
    def gas(self) -> tuple[StreamGas, ...]:
        """Of each run."""
        return self.found.today.gas if self.found else ()

    @property
    def metered(self) -> bool:
        """There is something to meter with."""
        return bool(self.streams) and self.contract is not None

    def quality(self, at: datetime | None = None) -> CompositionView | None:
        """The report of all runs in force at a time, by default at the end of the day or now."""
        moment = at or min(self.at, self.end)
        held = [each for each in self.compositions if each.valid_from <= moment and not each.replaced]
        return next((each for each in held if each.stream is None), held[0] if held else None)


def board(store: Store, day: date | None, person_id: int, at: datetime) -> Board:
    """Query: everything the page shows of a gas day (None: of the one that runs)."""
    with store.read() as session:
        running = gas_today(session, at)
        span = gas_day_span(session, day or running, at)
        streams, since = streams_at(session, min(span.end, at), retired_since=span.start), first_contract(session)
    found, reports = day_view(store, day or running, at), compositions_view(store, at)
    allowed = refusals(store, person_id, CASES, at)
    rows = rows_of(found.today.gas, span.start, span.end, at)
    return Board(day or running, span.start, span.end, at, running, streams, found, rows, reports, allowed, since)


@dataclass(frozen=True)
class Beside:
    """What takes longer to find out. days: the balances of the month up to a day, each with the mean of seven
    days until then, the newest last.

    certified: whether the day has its certificate, and all was in order. sheets, stale: discrepancy sheets that are open, results that
    would come out otherwise now. hints: another run would serve better now.
    """

    day: date
    days: tuple[tuple[Balance, Decimal | None], ...]
    limits: LossLimits
    odorant: tuple[date, Odorant] | None  # of the newest day of which it is known
    certified: bool
    in_order: bool
    sheets: int
    stale: int
    hints: tuple[BestRangeHint, ...]


def beside(store: Store, day: date, limits: LossLimits, at: datetime) -> Beside:
    """Query: what stands beside a day: the balances of the last 31, its certificate, and what is open."""
    with store.read() as session:
        found = gas_days(session, day - timedelta(days=MONTH + MEAN_DAYS - 1), day, at)
        certificate = certificate_of(session, day, at)
        span, running = gas_day_span(session, day, at), gas_today(session, at)
    balances = [each.balance for each in found]
    days = [(each, mean_rate(balances[: n + 1], limits) if each.rate is not None else None) for n, each in enumerate(balances)]
    known = [(each.day, each.odorant) for each in found if each.odorant.content is not None]
    return Beside(
        day=day,
        days=tuple(days[-MONTH:]),
        limits=limits,
        odorant=known[-1] if known else None,
        certified=certificate is not None,
        in_order=certificate is None or certificate.in_order,
        sheets=sum(each.state != "closed" for each in discrepancies_view(store)),
        stale=len(stale_results(store, span.start - DAYS, span.end, at)),
        hints=best_range_hints(store, at) if day == running else (),
    )
