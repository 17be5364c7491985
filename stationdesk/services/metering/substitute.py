"""Values in place of missing or wrong ones, with their basis; meters and correctors replaced, calibrated or set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.mending import (
    ChangeTwiceError,
    NothingSubstitutedError,
    SubstituteBasisError,
    check_change,
    check_substitute,
)
from stationdesk.domain.metering.shapes import HOUR
from stationdesk.domain.moments import format_moment
from stationdesk.domain.names import Name
from stationdesk.services.metering.streams import stream_at, streams_at
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import current
from stationdesk.services.station import zone
from stationdesk.storage.metered import MeterChange, Substitution
from stationdesk.storage.store import Actor, Store

COUNTERS = ("closing_counter", "opening_counter", "closing_corrected", "opening_corrected")


@dataclass(frozen=True)
class SubstituteText:
    """A value (in the point's unit; a volume in m³ at the meter) for the hours first to last, both included.

    quantity: counter, pressure, temperature, or volume: of the hour that ends at the time.
    """

    stream_id: int
    quantity: str
    first: datetime
    last: datetime
    value: Decimal
    basis: str


@dataclass(frozen=True)
class SubstitutionView:
    """A substituted value; in force unless it was withdrawn or a later one took its place in all its hours."""

    substitution_id: int
    stream_id: int
    stream: Name
    quantity: str
    first: datetime
    last: datetime
    value: Decimal | None  # None: a withdrawal
    basis: str
    by: str
    at: datetime
    in_force: bool


@dataclass(frozen=True)
class MeterChangeText:
    """What was replaced, calibrated or set, with the counters before and after. what: meter, corrector, calibration."""

    stream_id: int
    what: str
    time: datetime
    closing_counter: Decimal | None = None
    opening_counter: Decimal | None = None
    closing_corrected: Decimal | None = None
    opening_corrected: Decimal | None = None
    serial_before: str = ""
    serial_after: str = ""
    certificate: str = ""
    words: str = ""


@dataclass(frozen=True)
class MeterChangeView:
    """A replacement, calibration or setting on record."""

    change_id: int
    stream: Name
    text: MeterChangeText
    by: str
    at: datetime


def substitute(store: Store, actor: Actor, text: SubstituteText, *, at: datetime) -> int:
    """Put a value in place of what is missing or wrong; its id. What is frozen stays, and shows that it would come out otherwise.

    SubstituteQuantityError, SubstituteHoursError, SubstituteValueError, SubstituteBasisError, UnknownStreamError.
    """
    basis = check_substitute(text.quantity, text.first, text.last, text.value, text.basis, at)
    with store.write(actor, "substitute", at) as session:
        stream_at(session, text.stream_id, text.last)
        return _put(session, text.stream_id, text.quantity, text.first, text.last, text.value, basis, actor, at)


def withdraw_substitute(store: Store, actor: Actor, substitution_id: int, words: str, *, at: datetime) -> int:
    """Take a substituted value back, in the hours in which no later one took its place; the id of the last withdrawal.

    What was read counts again. NothingSubstitutedError, SubstituteBasisError.
    """
    if not words.strip():
        raise SubstituteBasisError
    with store.write(actor, "withdraw_substitute", at) as session:
        old = session.get_one(Substitution, substitution_id)
        spans = _spans(_in_force(session, old))
        if not spans:
            raise NothingSubstitutedError
        ids = [_put(session, old.stream_id, old.quantity, first, last, None, words.strip(), actor, at) for first, last in spans]
        return ids[-1]


def change_meter(store: Store, actor: Actor, text: MeterChangeText, *, at: datetime) -> int:
    """Put a replacement or calibration on record, with the counters before and after; its id.

    MeterChangeError, ChangeTimeError, ChangeCountError, ChangeCountersError, ChangeWordsError, UnknownStreamError; ChangeTwiceError
    where another window has put the same counters on record: counted twice, the old count would pass for gas.
    """
    counters = ((text.closing_counter, text.opening_counter), (text.closing_corrected, text.opening_corrected))
    check_change(text.what, text.time, counters, text.words + text.certificate, at)
    with store.write(actor, "change_meter", at) as session:
        stream_at(session, text.stream_id, text.time)
        _refuse_twice(session, text)
        open_shift = current(session)
        row = MeterChange(
            stream_id=text.stream_id,
            what=text.what,
            time=text.time,
            closing_counter=text.closing_counter,
            opening_counter=text.opening_counter,
            closing_corrected=text.closing_corrected,
            opening_corrected=text.opening_corrected,
            serial_before=text.serial_before.strip(),
            serial_after=text.serial_after.strip(),
            certificate=text.certificate.strip(),
            words=text.words.strip(),
            shift_id=open_shift.id if open_shift else None,
            by_id=actor.person_id,
            at=at,
        )
        session.add(row)
        session.flush()
        return row.id


def _refuse_twice(session: Session, text: MeterChangeText) -> None:
    """A counter is not replaced a second time at the same count by another that begins at the same."""
    same = {key: value for key in COUNTERS if (value := getattr(text, key)) is not None}
    if not same:
        return  # a calibration: it may be repeated
    wanted = select(MeterChange).where(MeterChange.stream_id == text.stream_id, MeterChange.what == text.what).filter_by(**same)
    found = session.scalars(wanted.limit(1)).first()
    if found is not None:
        raise ChangeTwiceError(time=format_moment(found.time, zone(session)))


def substitutions(store: Store, start: datetime, end: datetime) -> tuple[SubstitutionView, ...]:
    """Substituted values of the hours between two times, withdrawals among them, the newest first."""
    with store.read() as session:
        people, called = names(session), _called(session, end)
        wanted = select(Substitution).where(Substitution.first <= end, Substitution.last >= start).order_by(Substitution.id.desc())
        return tuple(
            SubstitutionView(
                each.id, each.stream_id, called.get(each.stream_id, Name("")), each.quantity, each.first, each.last, each.value, each.basis,
                people.get(each.by_id, ""), each.at, bool(_in_force(session, each)),
            )
            for each in session.scalars(wanted)
        )  # fmt: skip


def meter_changes(store: Store, start: datetime, end: datetime) -> tuple[MeterChangeView, ...]:
    """Replacements and calibrations between two times, the newest first."""
    with store.read() as session:
        people, called = names(session), _called(session, end)
        wanted = select(MeterChange).where(MeterChange.time >= start, MeterChange.time <= end).order_by(MeterChange.time.desc())
        return tuple(
            MeterChangeView(each.id, called.get(each.stream_id, Name("")), _text(each), people.get(each.by_id, ""), each.at)
            for each in session.scalars(wanted)
        )


def _text(row: MeterChange) -> MeterChangeText:
    return MeterChangeText(
        row.stream_id, row.what, row.time, row.closing_counter, row.opening_counter, row.closing_corrected, row.opening_corrected,
        row.serial_before, row.serial_after, row.certificate, row.words,
    )  # fmt: skip


def _called(session: Session, at: datetime) -> dict[int, Name]:
    long_ago = datetime.min.replace(tzinfo=at.tzinfo)
    return {each.stream_id: each.name for each in streams_at(session, at, retired_since=long_ago)}


def _put(
    session: Session,
    stream_id: int,
    quantity: str,
    first: datetime,
    last: datetime,
    value: Decimal | None,
    basis: str,
    actor: Actor,
    at: datetime,
) -> int:
    open_shift = current(session)
    row = Substitution(
        stream_id=stream_id,
        quantity=quantity,
        first=first,
        last=last,
        value=value,
        basis=basis,
        shift_id=open_shift.id if open_shift else None,
        by_id=actor.person_id,
        at=at,
    )
    session.add(row)
    session.flush()
    return row.id


def _in_force(session: Session, row: Substitution) -> list[datetime]:
    """The hours that have its value: of the records of an hour the latest counts."""
    if row.value is None:
        return []
    later = select(Substitution.first, Substitution.last).where(
        Substitution.id > row.id,
        Substitution.stream_id == row.stream_id,
        Substitution.quantity == row.quantity,
        Substitution.first <= row.last,
        Substitution.last >= row.first,
    )
    taken = session.execute(later).all()
    every = [row.first + n * HOUR for n in range((row.last - row.first) // HOUR + 1)]
    return [hour for hour in every if not any(first <= hour <= last for first, last in taken)]


def _spans(hours: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """Hours that follow each other as first and last."""
    spans: list[tuple[datetime, datetime]] = []
    for hour in hours:
        first = spans.pop()[0] if spans and hour - spans[-1][1] == HOUR else hour
        spans.append((first, hour))
    return spans
