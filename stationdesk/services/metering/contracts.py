"""What was agreed on with the other side: base conditions, method and tolerances, in force from a time on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.gas import COMBUSTION_C, METERING_C
from stationdesk.domain.metering.shapes import Contract
from stationdesk.domain.metering.streams import (
    HUNDRED,
    METHODS,
    OVER,
    ContractCombustionError,
    ContractPercentError,
    ContractPressureError,
    ContractSecondsError,
    ContractTemperatureError,
    NoContractError,
    StreamChoiceError,
)
from stationdesk.domain.numbers import shown
from stationdesk.domain.settings import one_line
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.settings.dated import ahead
from stationdesk.services.station import setting
from stationdesk.storage.metering import MeteringContract
from stationdesk.storage.recall import recall
from stationdesk.storage.store import Actor, Store

LEAST_KPA, MOST_KPA, MOST_SECONDS = Decimal(90), Decimal(110), 3600


@dataclass(frozen=True)
class ContractText:
    """A contract as a station says it: kPa, ℃, %, s. When the gas day begins is the station setting gas_day_begins."""

    number: str = ""
    counterpart: str = ""
    base_pressure_kpa: Decimal = Decimal("101.325")
    base_temperature_c: Decimal = Decimal(20)
    combustion_c: Decimal = Decimal(20)
    method: str = "detail"
    tolerance_percent: Decimal = Decimal("0.2")
    spread_percent: Decimal = Decimal(3)
    red_percent: Decimal = Decimal(1)
    reading_seconds: int = 60
    loss_over: str = "in"
    words: str = ""


@dataclass(frozen=True)
class ContractView:
    """The contract in force, since when, and what is said of it."""

    contract: Contract
    words: str
    valid_from: datetime


def contract_at(session: Session, at: datetime) -> Contract:
    """The contract in force at a time. NoContractError."""
    found = _in_force(session, at)
    if found is None:
        raise NoContractError
    return _contract(session, found, at)


def first_contract(session: Session) -> datetime | None:
    """Since when there has been one; None before the first."""
    every = _every(session)
    return every[0].valid_from if every else None


def contract_view(store: Store, at: datetime) -> ContractView | None:
    """The contract in force, for Settings; None before there is one."""
    with store.read() as session:
        found = _in_force(session, at)
        return None if found is None else ContractView(_contract(session, found, at), found.words, found.valid_from)


@dataclass(frozen=True)
class _Kept:
    """A row of the contract, out of the store."""

    contract_id: int
    values: tuple[tuple[str, str | Decimal | int], ...]
    words: str
    valid_from: datetime


_KEPT = ("number", "counterpart", "base_pressure_kpa", "base_temperature_c", "combustion_c", "method", "tolerance_percent",
         "spread_percent", "red_percent", "reading_seconds", "loss_over")  # fmt: skip


def _in_force(session: Session, at: datetime) -> _Kept | None:
    begun = [each for each in _every(session) if each.valid_from <= at]
    return begun[-1] if begun else None


def _every(session: Session) -> tuple[_Kept, ...]:
    return recall(session, "metering contracts", ("metering_contract",), lambda: _read(session))


def _read(session: Session) -> tuple[_Kept, ...]:
    rows = session.scalars(select(MeteringContract).order_by(MeteringContract.valid_from, MeteringContract.id))
    return tuple(_Kept(row.id, tuple((key, getattr(row, key)) for key in _KEPT), row.words, row.valid_from) for row in rows)


def _contract(session: Session, kept: _Kept, at: datetime) -> Contract:
    begins = int(setting(session, "gas_day_begins", at))
    values: dict[str, object] = dict(kept.values)
    return Contract(kept.contract_id, day_starts=time(begins // 60, begins % 60), **values)  # type: ignore[arg-type]


def set_contract(
    store: Store, actor: Actor, text: ContractText, *, at: datetime, valid_from: datetime | None = None, base: int | None = None
) -> int:
    """Agree on something else from a time on (default: now); its id.

    base: the contract the change was made on, 0 for the first. ChangedMeanwhileError where another is in force by now.
    ContractPressureError, ContractTemperatureError, ContractCombustionError, ContractPercentError, ContractSecondsError,
    StreamChoiceError, SettingPastError.
    """
    begins = ahead(valid_from, at)
    _check(text)
    with store.write(actor, "set_contract", at) as session:
        found = _in_force(session, at)
        as_seen(base, found.contract_id if found else 0, "metering_contract")
        row = MeteringContract(
            **{key: getattr(text, key) for key in _KEPT if key not in ("number", "counterpart")},
            number=one_line(text.number),
            counterpart=one_line(text.counterpart),
            words=one_line(text.words),
            valid_from=begins,
            by_id=actor.person_id,
            at=at,
        )
        session.add(row)
        session.flush()
        return row.id


def _check(text: ContractText) -> None:
    if not LEAST_KPA <= text.base_pressure_kpa <= MOST_KPA:
        raise ContractPressureError(value=shown(text.base_pressure_kpa))
    if float(text.base_temperature_c) not in METERING_C:
        raise ContractTemperatureError(known=_listed(METERING_C))
    if float(text.combustion_c) not in COMBUSTION_C:
        raise ContractCombustionError(known=_listed(COMBUSTION_C))
    for percent in (text.tolerance_percent, text.spread_percent, text.red_percent):
        if not 0 <= percent <= HUNDRED:
            raise ContractPercentError(most=HUNDRED)
    if not 0 <= text.reading_seconds <= MOST_SECONDS:
        raise ContractSecondsError
    if text.method not in METHODS or text.loss_over not in OVER:
        raise StreamChoiceError


def _listed(known: Iterable[float]) -> str:
    return ", ".join(f"{each:g}" for each in known)
