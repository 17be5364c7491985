"""What the two sides of a takeover put on record: base readings read blind, and why a difference stands."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from stationdesk.domain.metering.needs import EARLY
from stationdesk.domain.metering.shapes import Light
from stationdesk.domain.metering.streams import UnknownStreamError
from stationdesk.domain.metering.takeover import (
    BaseTimeError,
    BaseWordsError,
    FrozenLaterError,
    NoTakeoverError,
    NothingAmberError,
    NotReliefError,
    TakeoverWordsError,
    fingerprint,
)
from stationdesk.domain.moments import format_time
from stationdesk.domain.plausibility import BeyondCounterError, NegativeCounterError
from stationdesk.services.metering.blind import INCOMING
from stationdesk.services.metering.streams import StreamView
from stationdesk.services.metering.takeover import StreamTakeover, taken_over, takeover
from stationdesk.services.shifts import awaited, on_duty
from stationdesk.services.station import zone
from stationdesk.storage.metered import BaseReading, TakeoverReason
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Actor, Store


def enter_base_reading(
    store: Store,
    actor: Actor,
    shift_id: int,
    stream_id: int,
    counter: Decimal | None,
    corrected: Decimal | None,
    *,
    at: datetime,
    frozen: bool = True,
    read_at: datetime | None = None,
    words: str = "",
) -> None:
    """The relief's own base readings of a stream, in counts; what is entered again stands beside the first. words: why one is not read.

    frozen: the corrector's frozen value of the closing hour, else as the counters stood at read_at (default: now). NoTakeoverError,
    NotReliefError, UnknownStreamError, BaseWordsError, BaseTimeError, FrozenLaterError, NegativeCounterError, BeyondCounterError.
    """
    with store.write(actor, "enter_base_reading", at) as session:
        shift = session.get_one(Shift, shift_id)
        stream = _stream(session, shift, stream_id, at)
        _check_relief(session, actor)
        _check_counter(counter, stream.rule.rollover)
        _check_counter(corrected, stream.rule.corrected_rollover)
        wanting = (stream.points.counter and counter is None) or (stream.points.corrected and corrected is None)
        if wanting and not words.strip():
            raise BaseWordsError
        session.add(
            BaseReading(
                shift_id=shift_id,
                stream_id=stream_id,
                side=INCOMING,
                counter=counter,
                corrected=corrected,
                frozen=frozen and stream.rule.freezes,
                read_at=_read_at(session, shift, read_at, at, frozen=frozen and stream.rule.freezes and (counter or corrected) is not None),
                words=words.strip(),
                by_id=actor.person_id,
                at=at,
            )
        )


def give_takeover_reason(store: Store, actor: Actor, shift_id: int, stream_id: int, words: str, *, at: datetime) -> None:
    """Why the relief takes a stream although its comparison is amber; it holds for what is found now.

    NoTakeoverError, NotReliefError, TakeoverWordsError, NothingAmberError.
    """
    with store.write(actor, "give_takeover_reason", at) as session:
        shift = session.get_one(Shift, shift_id)
        found = compared(session, shift, stream_id, at)
        _check_relief(session, actor)
        if not words.strip():
            raise TakeoverWordsError
        if found.comparison is None or found.light is not Light.AMBER:
            raise NothingAmberError
        digest = fingerprint(found.comparison)
        session.add(TakeoverReason(shift_id=shift_id, stream_id=stream_id, found=digest, words=words.strip(), by_id=actor.person_id, at=at))


def compared(session: Session, shift: Shift, stream_id: int, at: datetime) -> StreamTakeover:
    """A stream of the takeover of a shift. NoTakeoverError, UnknownStreamError."""
    found = takeover(session, shift, at) if shift.closed_at is None else None
    if found is None:
        raise NoTakeoverError
    for each in found.streams:
        if each.stream_id == stream_id:
            return each
    raise UnknownStreamError


def _stream(session: Session, shift: Shift, stream_id: int, at: datetime) -> StreamView:
    streams = taken_over(session, shift, at) if shift.closed_at is None else ()
    if not streams:
        raise NoTakeoverError
    for each in streams:
        if each.stream_id == stream_id:
            return each
    raise UnknownStreamError


def _check_relief(session: Session, actor: Actor) -> None:
    coming = awaited(session)
    if coming is None or all(spell.person_id != actor.person_id for spell in on_duty(session, coming.id)):
        raise NotReliefError


def _check_counter(value: Decimal | None, rollover: Decimal | None) -> None:
    if value is not None and value < 0:
        raise NegativeCounterError(value=value)
    if value is not None and rollover is not None and value >= rollover:
        raise BeyondCounterError(value=value, rollover=rollover)


def _read_at(session: Session, shift: Shift, read_at: datetime | None, at: datetime, *, frozen: bool) -> datetime:
    if frozen:
        if at < shift.ends_at:
            raise FrozenLaterError(hour=format_time(shift.ends_at, zone(session)))
        return shift.ends_at
    when = read_at or at
    if not shift.ends_at - EARLY <= when <= at:
        raise BaseTimeError(first=format_time(shift.ends_at - EARLY, zone(session)))
    return when
