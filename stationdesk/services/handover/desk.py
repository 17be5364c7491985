"""The handover of the open shift as it stands: record, both sides, lines, verdicts, obstacles, and the content to be signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import handover as rules
from stationdesk.domain.handover import Definition, Desk, Facts, Kind, Line, Obstacle, Side, Verdict, VerdictKind
from stationdesk.domain.metering.taken import TakenStream
from stationdesk.domain.names import Name
from stationdesk.domain.said import canonical, digest
from stationdesk.services.handover.facts import LINES, definition, gather
from stationdesk.services.handover.figures import content_of, figures
from stationdesk.services.metering.blind import NOTHING, veil
from stationdesk.services.people import names
from stationdesk.services.shifts import awaited, early_by, on_duty, relief, spells, the_open_shift
from stationdesk.services.station import list_id
from stationdesk.storage.handover import Handover, HandoverObjection, HandoverVerdict, InkSignature
from stationdesk.storage.shifts import Shift

BEGUN = "begun"


@dataclass(frozen=True)
class Composed:
    """Everything about the handover of the open shift, inside a session."""

    shift: Shift
    next_shift: Shift | None
    handover: Handover | None
    definition: Definition
    facts: Facts
    lines: tuple[Line, ...]
    verdicts: tuple[Verdict, ...]
    desk: Desk
    obstacles: tuple[Obstacle, ...]
    content: dict[str, Any]

    text: str  # canonical, as the outgoing leader signs it

    @property
    def digest(self) -> str:
        """Its digest."""
        return digest(self.text)


def composed(session: Session, at: datetime, facts: Facts | None = None) -> Composed:
    """Compose the handover of the open shift now, from the facts of now unless they are given. NoShiftOpenError."""
    shift = the_open_shift(session)
    following, row = awaited(session), of_shift(session, shift)
    defined, facts = definition(session, at), facts or gather(session, shift, at)
    lines = rules.compose(defined, facts)
    verdicts = _verdicts(session, row)
    sides = _desk(session, shift, following, row, at)
    content = _content(session, shift, facts, lines, verdicts, sides, row, at)
    text = canonical(content)
    changed = bool(row and row.outgoing_at and row.digest != digest(text))
    final = replace(sides, content_changed=changed)
    obstacles = rules.readiness(lines, verdicts, final, facts)
    return Composed(shift, following, row, defined, facts, lines, verdicts, final, obstacles, content, text)


def of_shift(session: Session, shift: Shift) -> Handover | None:
    """The handover begun for a shift: once begun, a transaction knows it."""
    known: Handover | None = session.info.get(BEGUN)
    if known is None or known.shift_id != shift.id:
        known = session.info[BEGUN] = session.scalars(
            select(Handover).where(Handover.shift_id == shift.id).order_by(Handover.id.desc()).limit(1)
        ).first()
    return known


def begun(session: Session, actor_id: int, at: datetime, kind: Kind = Kind.ROUTINE, reason: str = "") -> Handover:
    """The handover of the open shift, begun now if it was not: its number and the list of lines in force."""
    shift = the_open_shift(session)
    found = of_shift(session, shift)
    if found is not None:
        return found
    coming = following_of(session, shift, at)
    of_day = f"JJB-{shift.day:%Y%m%d}-"
    same_day = session.scalars(select(Handover.number).where(Handover.number.between(of_day, f"{of_day}~"))).all()
    made = Handover(
        number=rules.handover_number(shift.day, len(same_day) + 1),
        shift_id=shift.id,
        kind=kind,
        reason=reason,
        definition_id=list_id(session, LINES, at) or 0,
        next_day=coming.day if coming else shift.day,
        next_kind=coming.kind if coming else shift.kind,
        next_starts_at=coming.starts_at if coming else shift.ends_at,
        next_ends_at=coming.ends_at if coming else shift.ends_at,
        next_crew_id=coming.crew_id if coming else None,
        started_at=at,
        started_by=actor_id,
    )
    session.add(made)
    session.flush()
    return made


@dataclass(frozen=True)
class Following:
    """The shift that takes over: awaited already, or planned."""

    day: date
    kind: str
    name: Name
    starts_at: datetime
    ends_at: datetime
    crew_id: int | None


def following_of(session: Session, shift: Shift, at: datetime) -> Following | None:
    """Which shift takes over from an open one; None where none is awaited and the rotation has a hole."""
    here = awaited(session)
    if here is not None:
        return Following(here.day, here.kind, Name(here.name_zh, here.name_en), here.starts_at, here.ends_at, here.crew_id)
    planned = relief(session, shift, at)
    if planned is None:
        return None
    crew = (planned.crew.crew_id or None) if planned.crew else None
    return Following(planned.day, planned.kind, planned.name, planned.starts_at, planned.ends_at, crew)


def aim(row: Handover, coming: Following) -> None:
    """The handover goes to another shift than when it was begun."""
    row.next_day, row.next_kind, row.next_crew_id = coming.day, coming.kind, coming.crew_id
    row.next_starts_at, row.next_ends_at = coming.starts_at, coming.ends_at


def objections(session: Session, row: Handover | None) -> tuple[HandoverObjection, ...]:
    """Refusals and dissent on record, in their order."""
    if row is None:
        return ()
    return tuple(session.scalars(select(HandoverObjection).where(HandoverObjection.handover_id == row.id).order_by(HandoverObjection.id)))


def inks(session: Session, row: Handover | None) -> tuple[InkSignature, ...]:
    """Signatures given in ink for a handover."""
    if row is None:
        return ()
    return tuple(session.scalars(select(InkSignature).where(InkSignature.handover_id == row.id).order_by(InkSignature.id)))


def _verdicts(session: Session, row: Handover | None) -> tuple[Verdict, ...]:
    if row is None:
        return ()
    found = session.scalars(select(HandoverVerdict).where(HandoverVerdict.handover_id == row.id).order_by(HandoverVerdict.id))
    return tuple(Verdict(each.line, VerdictKind(each.verdict), each.by_id, each.words, each.fact, each.accepted_by) for each in found)


def _desk(session: Session, shift: Shift, following: Shift | None, row: Handover | None, at: datetime) -> Desk:
    """Who served and leads on one side, who is here and leads on the other. A leader's place stays his until the shift is closed."""
    served = spells(session, shift.id)
    leads = next((spell.person_id for spell in served if spell.leader and spell.signed_off_at is None), shift.leader_id)
    outgoing = Side(tuple(dict.fromkeys(spell.person_id for spell in served)), leads, row.outgoing_at if row else None)
    incoming = Side()
    if following is not None:
        here = on_duty(session, following.id)
        incoming = Side(tuple(spell.person_id for spell in here), next((spell.person_id for spell in here if spell.leader), None))
    refused = rules.refused_since([(each.kind, each.at) for each in objections(session, row)]) is not None
    kind = Kind(row.kind) if row else Kind.ROUTINE
    opens = shift.ends_at - early_by(session, at)
    return Desk(outgoing, incoming, kind, row.reason if row else "", refused=refused, relief_from=opens if at < opens else None)


def _content(
    session: Session, shift: Shift, facts: Facts, lines: tuple[Line, ...], verdicts: tuple[Verdict, ...], desk: Desk, row: Handover | None,
    at: datetime,
) -> dict[str, Any]:  # fmt: skip
    """What the relief reads only after the outgoing side has signed (in ink, say) changes nothing of what that side signed."""
    signed = row.outgoing_at if row else None
    hidden = veil(session, signed) if signed else NOTHING
    start, end = shift.starts_at, shift.ends_at
    summaries, extra = content_of(figures(session, start, end, hidden), start, end)
    number, streams = row.number if row else "", taken(session, shift, facts, at)
    own = [each for each in streams if each.stream_id not in hidden.points.values()]
    return rules.content(number, facts, lines, verdicts, desk, names=names(session), summaries=summaries, extra=extra, metering=own)


def taken(session: Session, shift: Shift, facts: Facts, at: datetime) -> tuple[TakenStream, ...]:
    """The streams the relief has read, as both sides sign them; none where the facts know of none."""
    if not facts.metering.streams:
        return ()
    from stationdesk.services.metering.taken import taken_streams

    return taken_streams(session, shift, at)


def read_later(session: Session, shift: Shift, row: Handover, facts: Facts, at: datetime) -> tuple[TakenStream, ...]:
    """Those of them that were read after the outgoing side had signed: the relief alone signs them."""
    hidden = veil(session, row.outgoing_at) if row.outgoing_at else NOTHING
    return tuple(each for each in taken(session, shift, facts, at) if each.stream_id in hidden.points.values())
