"""The handover as the page and the sheet show it, open or closed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import handover as rules
from stationdesk.domain.handover import Carried, GroundState, InkState, Line, Obstacle, Stops, Verdict, VerdictKind
from stationdesk.domain.names import Name
from stationdesk.domain.said import unpack
from stationdesk.services.handover.desk import Composed, composed, inks, objections
from stationdesk.services.people import KeyNote, account_id_of, key_note, names
from stationdesk.services.readings.summary import PointSummary, point_summaries
from stationdesk.services.shifts import ShiftView, shift_view, spells
from stationdesk.storage.handover import Handover, HandoverObjection, HandoverVerdict, InkSignature
from stationdesk.storage.people import Crew, Person
from stationdesk.storage.shifts import Shift
from stationdesk.storage.signatures import Signature
from stationdesk.storage.store import Store


@dataclass(frozen=True)
class Said:
    """What was said of a line, by whom, and whether the relief accepted it."""

    verdict: VerdictKind
    words: str
    by: str
    at: datetime | None
    accepted_by: str
    accepted_at: datetime | None


@dataclass(frozen=True)
class LineView:
    """A line with what holds of it (None: nothing yet) and what was said."""

    line: Line
    standing: VerdictKind | None
    said: Said | None


@dataclass(frozen=True)
class Signer:
    """One side: its leader, the others, and the signature there is. mark: the first letters of the signature, shown beside it."""

    leader_id: int | None
    leader: str
    others: tuple[str, ...]
    signed_on_at: datetime | None
    signed_at: datetime | None
    mode: str  # password, ink, later; "" unsigned
    mark: str
    key_note: KeyNote | None  # the next signature comes from a key made by a reset


@dataclass(frozen=True)
class ObjectionView:
    """A refusal or dissent on record."""

    kind: str
    ground: Name
    words: str
    person: str
    at: datetime


@dataclass(frozen=True)
class InkView:
    """A signature in ink and how it stands."""

    ink_id: int
    person_id: int
    person: str
    side: str
    reason: str
    at: datetime
    due: datetime
    state: InkState
    settled_at: datetime | None
    witness: str


@dataclass(frozen=True)
class NextShift:
    """The shift that takes over."""

    day: date
    name: Name
    crew: Name
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class HandoverView:
    """The handover of a shift. handover_id None: not begun, composed all the same."""

    handover_id: int | None
    number: str
    kind: str
    reason: str
    shift: ShiftView
    following: NextShift | None
    lines: tuple[LineView, ...]
    obstacles: tuple[Obstacle, ...]
    grounds: tuple[GroundState, ...]
    carried: tuple[Carried, ...]
    outgoing: Signer
    incoming: Signer
    outgoing_ids: frozenset[int]
    incoming_ids: frozenset[int]
    objections: tuple[ObjectionView, ...]
    inks: tuple[InkView, ...]
    summaries: tuple[PointSummary, ...]
    changed: bool  # since the outgoing leader signed
    refused_since: datetime | None
    chief_phone: str
    next_moment: datetime | None  # before it the handover cannot be signed
    closed_at: datetime | None
    at: datetime

    def in_way_of(self, stops: Stops) -> tuple[Obstacle, ...]:
        """What stops one signature."""
        return rules.in_way_of(stops, self.obstacles)


@dataclass(frozen=True)
class HandoverLine:
    """A handover in the list of past ones."""

    handover_id: int
    number: str
    shift: ShiftView
    closed_at: datetime | None
    state: str
    with_reservation: int


def handover_view(store: Store, at: datetime) -> HandoverView:
    """The handover of the open shift, composed now. NoShiftOpenError."""
    with store.read() as session:
        return view_of(session, composed(session, at), at)


def view_of(session: Session, now: Composed, at: datetime) -> HandoverView:
    """The same inside a session."""
    people, row = names(session), now.handover
    said = _said(session, row, people)
    following = _following(session, now.next_shift, row)
    return HandoverView(
        handover_id=row.id if row else None,
        number=row.number if row else "",
        kind=str(now.desk.kind),
        reason=now.desk.reason,
        shift=shift_view(session, now.shift, people),
        following=following,
        lines=tuple(LineView(line, rules.standing_verdict(line, now.verdicts), said.get(line.code)) for line in now.lines),
        obstacles=now.obstacles,
        grounds=rules.ground_states(now.definition, now.lines, now.facts),
        carried=rules.carried(now.facts),
        outgoing=_signer(session, row, "outgoing", now.shift, now.desk.outgoing.leader, people),
        incoming=_signer(session, row, "incoming", now.next_shift, now.desk.incoming.leader, people),
        outgoing_ids=frozenset(now.desk.outgoing.people),
        incoming_ids=frozenset(now.desk.incoming.people),
        objections=_objections(session, row, now.definition.grounds, people),
        inks=ink_views(session, inks(session, row), at),
        summaries=point_summaries(session, now.shift.starts_at, now.shift.ends_at),
        changed=now.desk.content_changed,
        refused_since=rules.refused_since([(each.kind, each.at) for each in objections(session, row)]),
        chief_phone=_chief_phone(session),
        next_moment=rules.next_moment(now.lines),
        closed_at=None,
        at=at,
    )


def closed_view(store: Store, handover_id: int, at: datetime) -> HandoverView:
    """A closed handover as it was signed: from its content and signatures, nothing computed anew."""
    with store.read() as session:
        return closed_in(session, session.get_one(Handover, handover_id), at)


def closed_in(session: Session, row: Handover, at: datetime) -> HandoverView:
    """The same inside a session."""
    people, content = names(session), unpack(json.loads(row.content))
    shift = session.get_one(Shift, row.shift_id)
    following = session.get(Shift, row.next_shift_id) if row.next_shift_id else None
    said = _said(session, row, people)
    return HandoverView(
        handover_id=row.id,
        number=row.number,
        kind=row.kind,
        reason=row.reason,
        shift=shift_view(session, shift, people),
        following=_following(session, following, row),
        lines=tuple(_closed_line(n, each, said) for n, each in enumerate(content["lines"], 1)),
        obstacles=(),
        grounds=(),
        carried=tuple(_closed_item(each) for each in content["carried"]),
        outgoing=_signer(session, row, "outgoing", shift, row.outgoing_id, people),
        incoming=_signer(session, row, "incoming", following, row.incoming_id, people),
        outgoing_ids=frozenset(),
        incoming_ids=frozenset(),
        objections=_objections(session, row, (), people),
        inks=ink_views(session, inks(session, row), at),
        summaries=point_summaries(session, shift.starts_at, shift.ends_at),
        changed=False,
        refused_since=None,
        chief_phone=_chief_phone(session),
        next_moment=None,
        closed_at=row.closed_at,
        at=at,
    )


def past_handovers(store: Store, limit: int = 100) -> tuple[HandoverLine, ...]:
    """Handovers, newest first."""
    with store.read() as session:
        people = names(session)
        found = session.scalars(select(Handover).order_by(Handover.id.desc()).limit(limit)).all()
        return tuple(_line_of(session, row, people) for row in found)


def handover_of_shift(store: Store, shift_id: int) -> int | None:
    """The closed handover of a shift, if there is one."""
    with store.read() as session:
        wanted = select(Handover.id).where(Handover.shift_id == shift_id, Handover.closed_at.is_not(None))
        return session.scalars(wanted).first()


def owed_inks(store: Store, at: datetime) -> tuple[InkView, ...]:
    """Signatures in ink still to be signed later, whoever gave them."""
    with store.read() as session:
        return ink_views(session, session.scalars(select(InkSignature).where(InkSignature.settled_at.is_(None))).all(), at)


def ink_views(session: Session, found: Any, at: datetime) -> tuple[InkView, ...]:
    """Ink signatures for showing."""
    people = names(session)
    return tuple(
        InkView(
            ink_id=each.id,
            person_id=each.person_id,
            person=people.get(each.person_id, ""),
            side=each.side,
            reason=each.reason,
            at=each.at,
            due=each.due,
            state=rules.ink_state(each.due, each.settled_at, at),
            settled_at=each.settled_at,
            witness=people.get(each.witness_id or 0, ""),
        )
        for each in found
    )


def _line_of(session: Session, row: Handover, people: dict[int, str]) -> HandoverLine:
    reserved = select(HandoverVerdict.id).where(
        HandoverVerdict.handover_id == row.id, HandoverVerdict.verdict == VerdictKind.WITH_RESERVATION
    )
    shift = shift_view(session, session.get_one(Shift, row.shift_id), people)
    return HandoverLine(row.id, row.number, shift, row.closed_at, row.state, len(session.scalars(reserved).all()))


def _said(session: Session, row: Handover | None, people: dict[int, str]) -> dict[str, Said]:
    if row is None:
        return {}
    found = session.scalars(select(HandoverVerdict).where(HandoverVerdict.handover_id == row.id))
    return {
        each.line: Said(
            VerdictKind(each.verdict),
            each.words,
            people.get(each.by_id, ""),
            each.at,
            people.get(each.accepted_by or 0, ""),
            each.accepted_at,
        )
        for each in found
    }


def _closed_line(number: int, each: dict[str, Any], said: dict[str, Said]) -> LineView:
    evidence = tuple(rules.Evidence(one["page"], one["target"], one["words"]) for one in each["evidence"])
    lacks = tuple(rules.Lack(one, "", None, "wait") for one in each["lacks"])
    line = Line(each["code"], number, each["name"], each["facts"], evidence, rules.LineState(each["state"]), lacks)
    given = said.get(line.code)
    verdict = Verdict(line.code, given.verdict, 0, given.words) if given else None
    return LineView(line, rules.standing_verdict(line, [verdict] if verdict else []), given)


def _closed_item(each: dict[str, Any]) -> Carried:
    return Carried("", 0, each["number"], each["text"], each["deadline"], each["owner"], each["count"])


def _following(session: Session, shift: Shift | None, row: Handover | None) -> NextShift | None:
    if shift is not None:
        return NextShift(shift.day, Name(shift.name_zh, shift.name_en), _crew(session, shift.crew_id), shift.starts_at, shift.ends_at)
    if row is None:
        return None
    return NextShift(row.next_day, Name("", ""), _crew(session, row.next_crew_id), row.next_starts_at, row.next_ends_at)


def _crew(session: Session, crew_id: int | None) -> Name:
    crew = session.get(Crew, crew_id) if crew_id else None
    return Name(crew.name_zh, crew.name_en) if crew else Name("", "")


def _signer(session: Session, row: Handover | None, side: str, shift: Shift | None, leader: int | None, people: dict[int, str]) -> Signer:
    served = spells(session, shift.id) if shift else ()
    others = tuple(people.get(each, "") for each in dict.fromkeys(spell.person_id for spell in served) if each != leader)
    signed = _signature(session, row, side)
    account = account_id_of(session, leader) if leader else None
    return Signer(
        leader_id=leader,
        leader=people.get(leader or 0, ""),
        others=others,
        signed_on_at=next((spell.signed_on_at for spell in served if spell.person_id == leader), None),
        signed_at=signed.at if signed else None,
        mode=signed.mode if signed else "",
        mark=_mark(signed),
        key_note=key_note(session, account) if account is not None and signed is None else None,
    )


def _signature(session: Session, row: Handover | None, side: str) -> Signature | None:
    """The signature that counts of a side: of the outgoing one the last given."""
    if row is None or (side == "outgoing" and row.outgoing_at is None):
        return None
    wanted = select(Signature).where(
        Signature.subject_kind == "handover", Signature.subject_id == row.id, Signature.purpose == f"handover_{side}"
    )
    return session.scalars(wanted.order_by(Signature.id.desc()).limit(1)).first()


def _mark(signed: Signature | None) -> str:
    """The first eight letters of what was signed, as people compare it: 6KQ3-TD8F."""
    if signed is None:
        return ""
    letters = (signed.signature or signed.digest)[:8].upper()
    return f"{letters[:4]}-{letters[4:]}"


def _objections(session: Session, row: Handover | None, grounds: Any, people: dict[int, str]) -> tuple[ObjectionView, ...]:
    known = {each.code: each.name for each in grounds}
    found: tuple[HandoverObjection, ...] = objections(session, row)
    return tuple(
        ObjectionView(each.kind, known.get(each.ground, Name(each.ground, each.ground)), each.words, people.get(each.by_id, ""), each.at)
        for each in found
    )


def _chief_phone(session: Session) -> str:
    """The chief's number: of whoever holds the post now."""
    found = session.scalars(select(Person.phone).where(Person.post == "chief", Person.retired_at.is_(None), Person.phone != "")).first()
    return found or ""
