"""What is kept about people for planning: certificates with their last day, fixed duties, wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from stationdesk.domain.names import Name
from stationdesk.domain.roster.errors import CertificateNameError, LeaveOrderError, NotYoursError, WeekdayError
from stationdesk.services.meanwhile import as_seen
from stationdesk.services.people import names
from stationdesk.services.roster.certificates import certificate_code, certificate_names
from stationdesk.storage.roster import FixedDuty, Qualification, Wish
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class QualificationView:
    """A certificate; days_left below 0 once it has run out, None without end."""

    qualification_id: int
    person_id: int
    person: str
    code: str
    name: Name
    number: str
    first: date
    last: date | None
    days_left: int | None


@dataclass(frozen=True)
class FixedView:
    """A fixed duty; weekdays 0 Monday to 6 Sunday, empty for every day."""

    fixed_id: int
    person_id: int
    person: str
    first: date
    last: date
    kind: str
    weekdays: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class WishView:
    """A wish; kind "" to be off."""

    wish_id: int
    person_id: int
    person: str
    first: date
    last: date
    kind: str
    weight: int
    words: str


def set_qualification(
    store: Store, actor: Actor, person_id: int, code: str, first: date, last: date | None, number: str = "", *, at: datetime,
    instead_of: int | None = None,
) -> int:  # fmt: skip
    """Somebody holds a certificate from–to; its id. code: of the station's list, or as it is called there or by people.

    instead_of: the entry it takes the place of. LeaveOrderError, CertificateNameError, ChangedMeanwhileError.
    """
    _ordered(first, last or first)
    if not code.strip():
        raise CertificateNameError
    with store.write(actor, "set_qualification", at) as session:
        if instead_of is not None:
            old = session.get_one(Qualification, instead_of)
            as_seen(True, old.retired_at is None, "qualification")
            old.retired_at = at
        kind = certificate_code(code, certificate_names(session, at))
        row = Qualification(person_id=person_id, code=kind, number=number.strip(), first=first, last=last, by_id=actor.person_id, at=at)
        session.add(row)
        session.flush()
        return row.id


def retire_qualification(store: Store, actor: Actor, qualification_id: int, *, at: datetime) -> None:
    """A certificate was entered wrongly, or taken away."""
    with store.write(actor, "retire_qualification", at) as session:
        session.get_one(Qualification, qualification_id).retired_at = at


def qualifications(store: Store, today: date, at: datetime) -> tuple[QualificationView, ...]:
    """The certificates there are, those that run out first before the others."""
    with store.read() as session:
        people, called = names(session), certificate_names(session, at)
        rows = session.scalars(select(Qualification).where(Qualification.retired_at.is_(None)).order_by(Qualification.id))
        found = [
            QualificationView(
                qualification_id=row.id,
                person_id=row.person_id,
                person=people.get(row.person_id, ""),
                code=row.code,
                name=called.get(row.code, Name(row.code)),
                number=row.number,
                first=row.first,
                last=row.last,
                days_left=_left(row.last, today),
            )
            for row in rows
        ]
        return tuple(sorted(found, key=lambda each: (each.last is None, each.last or today)))


def _left(last: date | None, today: date) -> int | None:
    return None if last is None else (last - today).days


def set_fixed_duty(
    store: Store, actor: Actor, person_id: int, kind: str, first: date, last: date, weekdays: tuple[int, ...] = (), words: str = "", *,
    at: datetime, instead_of: int | None = None,
) -> int:  # fmt: skip
    """Somebody has a duty on days whatever else is planned; its id. instead_of: the one it takes the place of.

    LeaveOrderError, WeekdayError, ChangedMeanwhileError.
    """
    _ordered(first, last)
    if not set(weekdays) <= set(range(7)):
        raise WeekdayError
    with store.write(actor, "set_fixed_duty", at) as session:
        if instead_of is not None:
            old = session.get_one(FixedDuty, instead_of)
            as_seen(True, old.ended_at is None, "fixed_duty")
            old.ended_at = at
        on = "".join(str(each) for each in sorted(set(weekdays)))
        row = FixedDuty(
            person_id=person_id, kind=kind, first=first, last=last, weekdays=on, words=words.strip(), by_id=actor.person_id, at=at
        )
        session.add(row)
        session.flush()
        return row.id


def end_fixed_duty(store: Store, actor: Actor, fixed_id: int, *, at: datetime) -> None:
    """A fixed duty holds no longer for what is planned from now on."""
    with store.write(actor, "end_fixed_duty", at) as session:
        session.get_one(FixedDuty, fixed_id).ended_at = at


def fixed_duties(store: Store, first: date, last: date) -> tuple[FixedView, ...]:
    """Fixed duties that have a day of the span."""
    with store.read() as session:
        people = names(session)
        wanted = select(FixedDuty).where(FixedDuty.ended_at.is_(None), FixedDuty.first <= last, FixedDuty.last >= first)
        return tuple(
            FixedView(
                row.id,
                row.person_id,
                people.get(row.person_id, ""),
                row.first,
                row.last,
                row.kind,
                tuple(map(int, row.weekdays)),
                row.words,
            )
            for row in session.scalars(wanted.order_by(FixedDuty.first, FixedDuty.id))
        )


def make_wish(
    store: Store, actor: Actor, first: date, last: date, kind: str = "", weight: int = 1, words: str = "", *, at: datetime
) -> int:
    """What the actor would like on some days; its id. weight 1 to 3. LeaveOrderError."""
    _ordered(first, last)
    with store.write(actor, "make_wish", at) as session:
        row = Wish(person_id=actor.person_id, first=first, last=last, kind=kind, weight=max(1, min(3, weight)), words=words.strip(), at=at)
        session.add(row)
        session.flush()
        return row.id


def end_wish(store: Store, actor: Actor, wish_id: int, *, at: datetime) -> None:
    """The actor no longer wishes it. NotYoursError."""
    with store.write(actor, "end_wish", at) as session:
        row = session.get_one(Wish, wish_id)
        if row.person_id != actor.person_id:
            raise NotYoursError
        row.ended_at = at


def wishes(store: Store, first: date, last: date) -> tuple[WishView, ...]:
    """Wishes that have a day of the span."""
    with store.read() as session:
        people = names(session)
        wanted = select(Wish).where(Wish.ended_at.is_(None), Wish.first <= last, Wish.last >= first).order_by(Wish.first, Wish.id)
        return tuple(
            WishView(row.id, row.person_id, people.get(row.person_id, ""), row.first, row.last, row.kind, row.weight, row.words)
            for row in session.scalars(wanted)
        )


def _ordered(first: date, last: date) -> None:
    if last < first:
        raise LeaveOrderError
