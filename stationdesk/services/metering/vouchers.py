"""Vouchers of the other side (计量交接凭证): what it books for a period, entered as it stands on its sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.voucher import check_voucher
from stationdesk.domain.names import Name
from stationdesk.services.metering.blind import veil
from stationdesk.services.metering.streams import stream_at, streams_at
from stationdesk.services.people import names
from stationdesk.services.shifts import current
from stationdesk.storage.metered import Voucher
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class VoucherText:
    """A voucher as somebody enters it. stream_id None: all runs of the inlet together. m³ at base conditions, MJ/m³, MJ."""

    number: str
    stream_id: int | None
    start: datetime
    end: datetime
    volume: Decimal | None
    heating_value: Decimal | None = None
    energy_mj: Decimal | None = None
    counterpart: str = ""
    words: str = ""


@dataclass(frozen=True)
class VoucherView:
    """A voucher. hidden: its volume is not told before the relief has read the counters of its end. versions: how often it was entered."""

    voucher_id: int
    number: str
    stream: Name | None
    stream_id: int | None
    start: datetime
    end: datetime
    volume: Decimal | None
    heating_value: Decimal | None
    energy_mj: Decimal | None
    counterpart: str
    words: str
    by: str
    at: datetime
    hidden: bool = False
    versions: int = 1

    @property
    def id(self) -> int:
        """The row's key in a table."""
        return self.voucher_id


def enter_voucher(store: Store, actor: Actor, text: VoucherText, *, at: datetime) -> int:
    """Enter a voucher; one of the same number takes the place of the one before, which stays on record. Its id.

    VoucherNumberError, VoucherPeriodError, VoucherVolumeError, UnknownStreamError.
    """
    check_voucher(text.number, text.start, text.end, text.volume, (text.heating_value, text.energy_mj), at)
    with store.write(actor, "enter_voucher", at) as session:
        if text.stream_id is not None:
            stream_at(session, text.stream_id, text.end)
        shift = current(session)
        assert text.volume is not None
        row = Voucher(
            number=text.number.strip(),
            stream_id=text.stream_id,
            start=text.start,
            end=text.end,
            volume=text.volume,
            heating_value=text.heating_value,
            energy_mj=text.energy_mj,
            counterpart=text.counterpart.strip(),
            words=text.words.strip(),
            shift_id=shift.id if shift else None,
            by_id=actor.person_id,
            at=at,
        )
        session.add(row)
        session.flush()
        return row.id


def vouchers_view(store: Store, start: datetime, end: datetime) -> tuple[VoucherView, ...]:
    """The vouchers in force that meet a period, by their beginning."""
    with store.read() as session:
        return vouchers_between(session, start, end)


def vouchers_between(session: Session, start: datetime, end: datetime) -> tuple[VoucherView, ...]:
    """The same inside a transaction."""
    wanted = select(Voucher).where(Voucher.start < end, Voucher.end > start).order_by(Voucher.id)
    newest: dict[str, list[Voucher]] = {}
    for row in session.scalars(wanted):
        newest.setdefault(row.number, []).append(row)
    people, blind = names(session), veil(session)
    known = {each.stream_id: each.name for each in streams_at(session, end, retired_since=start)}
    made = (
        _view(rows[-1], len(rows), people, known, hidden=blind.hides_stream(rows[-1].stream_id, rows[-1].end)) for rows in newest.values()
    )
    return tuple(sorted(made, key=lambda each: (each.start, each.voucher_id)))


def _view(row: Voucher, versions: int, people: dict[int, str], known: dict[int, Name], *, hidden: bool) -> VoucherView:
    return VoucherView(
        row.id, row.number, known.get(row.stream_id or 0), row.stream_id, row.start, row.end, None if hidden else row.volume,
        None if hidden else row.heating_value, None if hidden else row.energy_mj, row.counterpart, row.words, people.get(row.by_id, ""),
        row.at, hidden, versions,
    )  # fmt: skip
