"""The laboratory's reports of the gas: which holds at a time, what it says, and how one is entered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain.errors import DomainError
from stationdesk.domain.gas import Composition
from stationdesk.domain.metering.quality import (
    BULK,
    CompositionTimeError,
    ContentError,
    Finding,
    ReportNumberError,
    check_parts,
    findings,
    heating_value,
)
from stationdesk.domain.metering.shapes import ANALYSIS, Contract, Quality
from stationdesk.domain.metering.streams import NoContractError
from stationdesk.domain.moments import format_moment
from stationdesk.domain.names import Name
from stationdesk.domain.settings import one_line
from stationdesk.services.metering.contracts import contract_at
from stationdesk.services.metering.streams import streams_at
from stationdesk.services.people.view import names
from stationdesk.services.station import zone
from stationdesk.storage.metering import GasComposition
from stationdesk.storage.recall import recall
from stationdesk.storage.store import Actor, Store


@dataclass(frozen=True)
class CompositionText:
    """A report as somebody enters it. components: component → mole fraction, or hs, d, co2, h2 of kind bulk (MJ/m³ and relative density at
    20/20 ℃, mole fractions). stream_id None: for all runs. Contents in mg/m³, dew point in ℃.
    """

    report: str
    components: Mapping[str, Decimal]
    valid_from: datetime
    kind: str = ANALYSIS
    stream_id: int | None = None
    laboratory: str = ""
    sampled_at: datetime | None = None
    sulfur_mg_m3: Decimal | None = None
    hydrogen_sulfide_mg_m3: Decimal | None = None
    dew_point_c: Decimal | None = None
    words: str = ""


@dataclass(frozen=True)
class CompositionView:
    """A report: what it says, until when it holds (None: still), who entered it when. replaced: by a later record of the same time."""

    quality: Quality
    laboratory: str
    sampled_at: datetime | None
    stream: Name | None
    valid_from: datetime
    valid_until: datetime | None
    replaced: bool
    sulfur_mg_m3: Decimal | None
    hydrogen_sulfide_mg_m3: Decimal | None
    dew_point_c: Decimal | None
    words: str
    by: str
    at: datetime
    heating_value: Decimal | None  # superior, MJ/m³ at the contract's conditions
    findings: tuple[Finding, ...] = field(default=())

    @property
    def composition_id(self) -> int:
        """Of the record."""
        return self.quality.composition_id


@dataclass(frozen=True)
class _Kept:
    """A record of a composition, out of the store."""

    quality: Quality
    stream_id: int | None
    laboratory: str
    sampled_at: datetime | None
    sulfur_mg_m3: Decimal | None
    hydrogen_sulfide_mg_m3: Decimal | None
    dew_point_c: Decimal | None
    words: str
    valid_from: datetime
    by_id: int
    at: datetime


def _every(session: Session) -> tuple[_Kept, ...]:
    """All reports: by the time from which they hold, and of the same time the later entered after the earlier."""
    return recall(session, "gas compositions", ("gas_composition",), lambda: _read(session))


def _read(session: Session) -> tuple[_Kept, ...]:
    rows = session.scalars(select(GasComposition).order_by(GasComposition.valid_from, GasComposition.id))
    return tuple(
        _Kept(
            Quality.of(row.id, row.report, json.loads(row.components), row.kind), row.stream_id, row.laboratory, row.sampled_at,
            row.sulfur_mg_m3, row.hydrogen_sulfide_mg_m3, row.dew_point_c, row.words, row.valid_from, row.by_id, row.at,
        )
        for row in rows
    )  # fmt: skip


def composition_at(session: Session, stream_id: int | None, at: datetime) -> Quality | None:
    """The gas of a run at a time: the newest report that holds, one of its own run before one of all. None before the first."""
    begun = [each for each in _every(session) if each.valid_from <= at]
    own = [each for each in begun if each.stream_id == stream_id and stream_id is not None]
    common = [each for each in begun if each.stream_id is None]
    newest = max((each[-1] for each in (common, own) if each), key=lambda each: each.valid_from, default=None)
    return newest.quality if newest else None


def compositions_view(store: Store, at: datetime, most: int = 200) -> tuple[CompositionView, ...]:
    """The newest reports first, each with the time until which it holds."""
    with store.read() as session:
        every, people = _every(session), names(session)
        known = {each.stream_id: each.name for each in streams_at(session, at, retired_since=datetime.min.replace(tzinfo=at.tzinfo))}
        contract = _contract_or_none(session, at)
        return tuple(_view(each, every, people, known, contract) for each in reversed(every[-most:]))


def _contract_or_none(session: Session, at: datetime) -> Contract | None:
    try:
        return contract_at(session, at)
    except NoContractError:
        return None


def _view(
    each: _Kept, every: tuple[_Kept, ...], people: Mapping[int, str], streams: Mapping[int, Name], contract: Contract | None
) -> CompositionView:
    alike = [other for other in every if other.stream_id == each.stream_id]
    until = next((other.valid_from for other in alike if other.valid_from > each.valid_from), None)
    replaced = any(other.valid_from == each.valid_from and other.quality.composition_id > each.quality.composition_id for other in alike)
    value = _heating_value(each.quality, contract)
    return CompositionView(
        each.quality, each.laboratory, each.sampled_at, streams.get(each.stream_id) if each.stream_id is not None else None,
        each.valid_from, until, replaced, each.sulfur_mg_m3, each.hydrogen_sulfide_mg_m3, each.dew_point_c, each.words,
        people.get(each.by_id, ""), each.at, value, findings(value, each.sulfur_mg_m3, each.hydrogen_sulfide_mg_m3),
    )  # fmt: skip


def _heating_value(quality: Quality, contract: Contract | None) -> Decimal | None:
    if contract is None:
        return None
    try:
        return heating_value(quality, contract)
    except DomainError:
        return None


def add_composition(store: Store, actor: Actor, text: CompositionText, *, at: datetime) -> int:
    """Put a laboratory's report on record, valid from any time: what was computed under another one shows that it would differ; its id.

    ReportNumberError, CompositionTimeError, ContentError, and what the composition is refused for (Composition.of, BulkError).
    """
    check_parts(text.kind, text.components)
    if not text.report.strip():
        raise ReportNumberError
    if any(content is not None and content < 0 for content in (text.sulfur_mg_m3, text.hydrogen_sulfide_mg_m3)):
        raise ContentError
    with store.write(actor, "add_composition", at) as session:
        if text.sampled_at is not None and text.sampled_at > at:
            raise CompositionTimeError(time=format_moment(at, zone(session)))
        return put_composition(session, text, actor.person_id, at)


def put_composition(session: Session, text: CompositionText, by_id: int, at: datetime) -> int:
    """The same inside a transaction (the demo)."""
    parts = {name: format(value, "f") for name, value in text.components.items()}
    row = GasComposition(
        stream_id=text.stream_id,
        report=one_line(text.report),
        laboratory=one_line(text.laboratory),
        sampled_at=text.sampled_at,
        components=json.dumps(parts, sort_keys=True),
        kind=text.kind,
        sulfur_mg_m3=text.sulfur_mg_m3,
        hydrogen_sulfide_mg_m3=text.hydrogen_sulfide_mg_m3,
        dew_point_c=text.dew_point_c,
        words=text.words.strip(),
        valid_from=text.valid_from,
        by_id=by_id,
        at=at,
    )
    session.add(row)
    session.flush()
    return row.id


def normalised(components: Mapping[str, Decimal]) -> Mapping[str, float]:
    """The mole fractions with which it is computed, adding up to 1. Errors of Composition.of."""
    return Composition.of(components).fractions


__all__ = [
    "BULK",
    "CompositionText",
    "CompositionView",
    "add_composition",
    "composition_at",
    "compositions_view",
    "normalised",
    "put_composition",
]
