"""What a voucher is shown of: its runs with their versions and comparisons, and what lies beside them.."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from stationdesk.domain.metering.compare import Check, Comparison
from stationdesk.domain.metering.frozen import Change
from stationdesk.domain.metering.shapes import INLET, StreamGas
from stationdesk.domain.moments import Span
from stationdesk.services.handover import HandoverView
from stationdesk.services.metering.compositions import CompositionView
from stationdesk.services.metering.substitute import MeterChangeView, SubstitutionView
from stationdesk.services.metering.switching import SwitchView
from stationdesk.services.metering.takeover import BaseView
from stationdesk.services.metering.vouchers import VoucherView
from stationdesk.services.shifts import ShiftView


@dataclass(frozen=True)
class VersionLine:
    """A frozen version. shown: it is the one on the sheet."""

    n: int
    by: str
    at: datetime
    words: str
    base_volume: Decimal | None
    energy_mj: Decimal | None
    shown: bool


@dataclass(frozen=True)
class StreamCustody:
    """One run. hidden: what the outgoing side read is not told yet. month: m³ at base conditions since the gas month began, this included.

    versions: empty where nothing is frozen yet; changed: why it would come out otherwise if it were computed now.
    """

    gas: StreamGas
    versions: tuple[VersionLine, ...]
    changed: tuple[Change, ...]
    outgoing: BaseView | None
    incoming: BaseView | None
    hidden: bool
    comparison: Comparison
    voucher: VoucherView | None
    reason: str
    sheet: str
    month: Decimal | None
    month_whole: bool


@dataclass(frozen=True)
class Custody:
    """All of a voucher. shift None: of a gas day; handover None: not handed over yet. total, total_check: of the runs that receive gas."""

    kind: str  # shift, day
    day: date  # gas day it begins in
    span: Span
    shift: ShiftView | None
    handover: HandoverView | None
    streams: tuple[StreamCustody, ...]
    vouchers: tuple[VoucherView, ...]
    total: Decimal | None
    total_check: Check | None
    compositions: tuple[CompositionView, ...]
    substitutions: tuple[SubstitutionView, ...]
    changes: tuple[MeterChangeView, ...]
    switches: tuple[SwitchView, ...]
    p_atm: Decimal
    zone: ZoneInfo
    at: datetime

    @property
    def received(self) -> tuple[StreamCustody, ...]:
        """The runs that receive gas."""
        return tuple(each for each in self.streams if each.gas.stream.serves == INLET)
