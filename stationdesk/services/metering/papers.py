"""Vouchers of the other side and discrepancy sheets as lines of one list, each held against what was computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from stationdesk.domain.metering.compare import About, compare
from stationdesk.domain.metering.shapes import INLET, Light
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.services.metering.discrepancies import DiscrepancyView, discrepancies_view
from stationdesk.services.metering.hours import gas_between
from stationdesk.services.metering.vouchers import VoucherView, vouchers_between
from stationdesk.storage.store import Store

WEEKS = timedelta(days=31)
HUNDRED, PERCENT = Decimal(100), Decimal("0.01")


@dataclass(frozen=True)
class VoucherRow:
    """A voucher, and what was computed for its runs and period. percent: the booked volume against the computed one."""

    voucher: VoucherView
    computed: Decimal | None
    percent: Decimal | None
    light: Light

    @property
    def id(self) -> tuple[str, int]:
        """The row's key in a table."""
        return "voucher", self.voucher.voucher_id


@dataclass(frozen=True)
class SheetRow:
    """A discrepancy sheet."""

    sheet: DiscrepancyView

    @property
    def id(self) -> tuple[str, int]:
        """The row's key in a table."""
        return "sheet", self.sheet.discrepancy_id


@dataclass(frozen=True)
class Papers:
    """Sheets, those that are open first; vouchers of the weeks up to a day, the newest first."""

    sheets: tuple[SheetRow, ...]
    vouchers: tuple[VoucherRow, ...]


def papers(store: Store, end: datetime, at: datetime) -> Papers:
    """Query: what there is on paper."""
    sheets = discrepancies_view(store)
    with store.read() as session:
        rows = [_held(session, each, at) for each in vouchers_between(session, end - WEEKS, end)]
    ordered = sorted(sheets, key=lambda each: (each.state == "closed", -each.discrepancy_id))
    return Papers(tuple(SheetRow(each) for each in ordered), tuple(reversed(rows)))


def _held(session: Session, each: VoucherView, at: datetime) -> VoucherRow:
    """Against the gas of its period; not while its volume is hidden."""
    if each.volume is None:
        return VoucherRow(each, None, None, Light.NONE)
    runs = None if each.stream_id is None else [each.stream_id]
    try:
        found = [gas for gas in gas_between(session, each.start, each.end, at, runs) if runs or gas.stream.serves == INLET]
    except NoContractError:
        found = []
    whole = bool(found) and all(gas.whole for gas in found)
    computed = sum((gas.base_volume or Decimal(0) for gas in found), Decimal(0)) if whole else None
    if len(found) == 1 and computed is not None:
        check = compare(found[0], None, None, voucher=each.volume).of(About.VOUCHER)
        return VoucherRow(each, computed, check.percent if check else None, check.light if check else Light.NONE)
    share = ((each.volume - computed) / computed * HUNDRED).quantize(PERCENT) if computed else None
    return VoucherRow(each, computed, share, _light(share, found[0].contract.tolerance_percent) if found else Light.NONE)


def _light(share: Decimal | None, tolerance: Decimal) -> Light:
    if share is None:
        return Light.NONE
    return Light.GREEN if abs(share) <= tolerance else Light.AMBER
