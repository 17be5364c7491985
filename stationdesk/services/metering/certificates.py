"""The daily metering certificate (计量认证): what was checked of each run, and the gas of the day frozen with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.metering.certificate import CertificateDayError, Checked, check_answers
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.domain.moments import format_date
from stationdesk.domain.names import Name
from stationdesk.services.metering.gas_day import gas_day_span, gas_today
from stationdesk.services.metering.hours import gas_between
from stationdesk.services.metering.results import DAY, freeze
from stationdesk.services.metering.streams import streams_at
from stationdesk.services.people.view import names
from stationdesk.storage.metered import MeteringCertificate
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class CertificateView:
    """A day's certificate, the newest of the day. runs: code → name of then."""

    certificate_id: int
    day: date
    runs: tuple[tuple[str, Name], ...]
    checked: tuple[Checked, ...]
    words: str
    by: str
    at: datetime
    versions: int

    @property
    def in_order(self) -> bool:
        """Whether nothing was found."""
        return all(each.in_order for each in self.checked)


@dataclass(frozen=True)
class CertificateForm:
    """What is to be checked of a day, and the certificate there is."""

    day: date
    runs: tuple[tuple[str, Name], ...]
    standing: CertificateView | None


def certificate_form(store: Store, day: date, at: datetime) -> CertificateForm:
    """What the page asks of a gas day."""
    with store.read() as session:
        return CertificateForm(day, runs_of(session, day, at), certificate_of(session, day, at))


def runs_of(session: Session, day: date, at: datetime) -> tuple[tuple[str, Name], ...]:
    """The runs that a day's certificate is about, those that stand by too: they must be ready."""
    span = gas_day_span(session, day, at)
    return tuple((each.code, each.name) for each in streams_at(session, span.end, retired_since=span.start))


def certificate_of(session: Session, day: date, at: datetime) -> CertificateView | None:
    """The newest certificate of a gas day."""
    rows = session.scalars(select(MeteringCertificate).where(MeteringCertificate.day == day).order_by(MeteringCertificate.id)).all()
    if not rows:
        return None
    row = rows[-1]
    checked = tuple(Checked(**each) for each in json.loads(row.items))
    return CertificateView(row.id, day, runs_of(session, day, at), checked, row.words, names(session).get(row.by_id, ""), row.at, len(rows))


def certify_day(store: Store, actor: Actor, day: date, checked: Sequence[Checked], words: str = "", *, at: datetime) -> int:
    """Put on record what was checked, and freeze the gas of a day that is over; a later one of the same day counts instead; its id.

    CertificateDayError, CheckUnknownError, CheckWantingError, CheckWordsError.
    """
    with store.write(actor, "certify_day", at) as session:
        if day > gas_today(session, at):
            raise CertificateDayError(day=format_date(day))
        check_answers(dict(runs_of(session, day, at)), checked)
        return put_certificate(session, day, checked, words, actor.person_id, at)


def put_certificate(session: Session, day: date, checked: Sequence[Checked], words: str, by_id: int, at: datetime) -> int:
    """The same inside a transaction (the demo)."""
    items = json.dumps([asdict(each) for each in checked], ensure_ascii=False)
    row = MeteringCertificate(day=day, items=items, words=words.strip(), by_id=by_id, at=at)
    session.add(row)
    session.flush()
    _freeze(session, day, by_id, at)
    return row.id


def _freeze(session: Session, day: date, by_id: int, at: datetime) -> None:
    span = gas_day_span(session, day, at)
    if span.end > at:
        return
    try:
        found = gas_between(session, span.start, span.end, at)
    except NoContractError:
        return
    for each in found:
        freeze(session, each, DAY, None, by_id, at)
