"""A voucher of the other side: what it must say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from stationdesk.domain.errors import DomainError
from stationdesk.domain.words import N_


class VoucherNumberError(DomainError):
    """A voucher without its number."""

    words = N_("A voucher has a number.")
    field = "number"


class VoucherPeriodError(DomainError):
    """A period that is none, or not over."""

    words = N_("A voucher's period ends after it begins, and not in the future.")
    field = "end"


class VoucherVolumeError(DomainError):
    """A quantity that cannot be."""

    words = N_("A voucher says a volume; no quantity of it is below 0.")
    field = "volume"


def check_voucher(
    number: str, start: datetime, end: datetime, volume: Decimal | None, others: Iterable[Decimal | None], at: datetime
) -> None:
    """VoucherNumberError, VoucherPeriodError, VoucherVolumeError."""
    if not number.strip():
        raise VoucherNumberError
    if not start < end <= at:
        raise VoucherPeriodError
    if volume is None or volume < 0 or any(each is not None and each < 0 for each in others):
        raise VoucherVolumeError
