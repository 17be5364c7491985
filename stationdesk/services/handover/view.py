"""The handover as the page and the sheet show it: of the open shift composed now, of a closed one as it was signed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stationdesk.domain import handover as rules
from stationdesk.domain.handover import Carried, Line, Verdict, VerdictKind
from stationdesk.domain.metering.taken import taken_in
from stationdesk.domain.names import Name
from stationdesk.domain.said import unpack
from stationdesk.services.handover.desk import Composed, composed, following_of, inks, objections, taken
from stationdesk.services.handover.facts import definition
from stationdesk.services.handover.figures import counters_in, figures_in
from stationdesk.services.handover.signers import (
    chief_phone,
    crew_name,
    ink_views,
    objection_views,
    people_signed,
    said_of,
    signature_of,
    signer_of,
)
from stationdesk.services.handover.views import HandoverLine, HandoverView, InkView, LineView, NextShift, Said
from stationdesk.services.people.view import names
from stationdesk.services.shifts.view import current, shift_view
from stationdesk.storage.handover import Handover, HandoverObjection, HandoverVerdict, InkSignature
from stationdesk.storage.shifts import Shift
from stationdesk.storage.store import Store


def handover_view(store: Store, at: datetime) -> HandoverView:
    """The handover of the open shift, composed now. NoShiftOpenError."""
    with store.read() as session:
        return view_of(session, composed(session, at), at)


def view_of(session: Session, now: Composed, at: datetime) -> HandoverView:
    """The same inside a session."""
    people, row, content = names(session), now.handover, unpack(now.content)
    said, given = said_of(session, row, people), objections(session, row)
    leaders = now.desk.outgoing.leader, now.desk.incoming.leader
    others = [[people.get(each, "") for each in rules.members(side)] for side in (now.desk.outgoing, now.desk.incoming)]
    return HandoverView(
        handover_id=row.id if row else None,
        number=row.number if row else "",
        kind=str(now.desk.kind),
        reason=now.desk.reason,
        prepared_by=people.get(row.started_by, "") if row else "",
        prepared_at=row.started_at if row else None,
        shift=shift_view(session, now.shift, people),
        following=_following(session, now.shift, at),
        lines=tuple(LineView(line, rules.standing_verdict(line, now.verdicts), said.get(line.code)) for line in now.lines),
        obstacles=now.obstacles,
        grounds=rules.ground_states(now.definition, now.lines, now.facts),
        carried=rules.carried(now.facts),
        outgoing=signer_of(session, row, "outgoing", now.shift, leaders[0], others[0], people),
        incoming=signer_of(session, row, "incoming", now.next_shift, leaders[1], others[1], people),
        outgoing_ids=frozenset(now.desk.outgoing.people),
        incoming_ids=frozenset(now.desk.incoming.people),
        objections=objection_views(session, row, now.definition.grounds, people),
        inks=ink_views(session, inks(session, row), at),
        duty=now.facts.duty,
        figures=figures_in(content),
        counters=counters_in(content),
        metering=taken(session, now.shift, now.facts, at),
        changed=now.desk.content_changed,
        refused_since=rules.refused_since([(each.kind, each.at) for each in given]),
        chief_phone=chief_phone(session),
        next_moment=rules.next_moment(now.lines),
        emergency_since=now.facts.station.emergency_since,
        closed_at=None,
        at=at,
    )


def _following(session: Session, shift: Shift, at: datetime) -> NextShift | None:
    coming = following_of(session, shift, at)
    if coming is None:
        return None
    return NextShift(coming.day, coming.name, crew_name(session, coming.crew_id), coming.starts_at, coming.ends_at)


def closed_view(store: Store, handover_id: int, at: datetime) -> HandoverView:
    """A closed handover as it was signed: from its content and signatures, nothing computed anew."""
    with store.read() as session:
        return closed_in(session, session.get_one(Handover, handover_id), at)


def recorded(store: Store, handover_id: int, at: datetime) -> HandoverView:
    """A handover by its id: as it was signed, or as it stands while it is being made."""
    with store.read() as session:
        row = session.get_one(Handover, handover_id)
        return closed_in(session, row, at) if row.closed_at is not None else view_of(session, composed(session, at), at)


def closed_in(session: Session, row: Handover, at: datetime) -> HandoverView:
    """The same inside a session."""
    content = unpack(json.loads(row.content))
    people = names(session) | {each["id"]: each["name"] for each in content["outgoing"]["people"]}
    shift = session.get_one(Shift, row.shift_id)
    following = session.get(Shift, row.next_shift_id) if row.next_shift_id else None
    said, signed = said_of(session, row, people), signature_of(session, row, "incoming")
    outgoing = [each["name"] for each in content["outgoing"]["people"] if each["id"] != row.outgoing_id]
    return HandoverView(
        handover_id=row.id,
        number=row.number,
        kind=row.kind,
        reason=row.reason,
        prepared_by=people.get(row.started_by, ""),
        prepared_at=row.started_at,
        shift=shift_view(session, shift, people),
        following=_next(session, following) if following else None,
        lines=tuple(_closed_line(n, each, said) for n, each in enumerate(content["lines"], 1)),
        obstacles=(),
        grounds=(),
        carried=tuple(_closed_item(each) for each in content["carried"]),
        outgoing=signer_of(session, row, "outgoing", shift, row.outgoing_id, outgoing, people),
        incoming=signer_of(session, row, "incoming", following, row.incoming_id, people_signed(signed, people), people),
        outgoing_ids=frozenset(),
        incoming_ids=frozenset(),
        objections=objection_views(session, row, definition(session, row.started_at).grounds, people),
        inks=ink_views(session, inks(session, row), at),
        duty=rules.duty_in(content),
        figures=figures_in(content),
        counters=counters_in(content),
        metering=(*taken_in(content), *(taken_in(unpack(json.loads(signed.content))) if signed and signed.content else ())),
        changed=False,
        refused_since=None,
        chief_phone=chief_phone(session),
        next_moment=None,
        emergency_since=None,
        closed_at=row.closed_at,
        at=at,
    )


def _next(session: Session, shift: Shift) -> NextShift:
    return NextShift(shift.day, Name(shift.name_zh, shift.name_en), crew_name(session, shift.crew_id), shift.starts_at, shift.ends_at)


def _closed_line(number: int, each: dict[str, Any], said: dict[str, Said]) -> LineView:
    evidence = tuple(rules.Evidence(one["page"], one["target"], one["words"]) for one in each["evidence"])
    lacks = tuple(rules.Lack(one, "", None, "wait") for one in each["lacks"])
    line = Line(each["code"], number, each["name"], each["facts"], evidence, rules.LineState(each["state"]), lacks)
    given = said.get(line.code)
    verdict = Verdict(line.code, given.verdict, 0, given.words) if given else None
    return LineView(line, rules.standing_verdict(line, [verdict] if verdict else []), given)


def _closed_item(each: dict[str, Any]) -> Carried:
    return Carried("", 0, each["number"], each["text"], each["deadline"], each["owner"], each["count"])


def past_handovers(store: Store, limit: int = 100) -> tuple[HandoverLine, ...]:
    """Closed handovers, newest first."""
    with store.read() as session:
        found = session.scalars(select(Handover).where(Handover.closed_at.is_not(None)).order_by(Handover.id.desc()).limit(limit)).all()
        ids = [row.id for row in found]
        own = [each for row in found for each in (row.shift_id, row.next_shift_id) if each is not None]
        shifts = {each.id: each for each in session.scalars(select(Shift).where(Shift.id.in_(own)))}
        owed = select(InkSignature.handover_id).where(InkSignature.handover_id.in_(ids), InkSignature.settled_at.is_(None))
        beside = Beside(names(session), shifts, _reserved(session, ids), frozenset(session.scalars(owed)), _objected(session, ids))
        return tuple(_line_of(session, row, beside) for row in found)


@dataclass(frozen=True)
class Beside:
    """What the lines of a list share, asked once: people by id, shifts by id, reservations by handover, handovers with ink owed,
    (handover, kind) of every objection."""

    people: dict[int, str]
    shifts: dict[int, Shift]
    reserved: dict[int, int]
    owed: frozenset[int]
    objected: frozenset[tuple[int, str]]


def _reserved(session: Session, ids: list[int]) -> dict[int, int]:
    reserved = HandoverVerdict.verdict == VerdictKind.WITH_RESERVATION
    counted = select(HandoverVerdict.handover_id, func.count()).where(HandoverVerdict.handover_id.in_(ids), reserved)
    return {row[0]: row[1] for row in session.execute(counted.group_by(HandoverVerdict.handover_id))}


def _objected(session: Session, ids: list[int]) -> frozenset[tuple[int, str]]:
    found = select(HandoverObjection.handover_id, HandoverObjection.kind).where(HandoverObjection.handover_id.in_(ids)).distinct()
    return frozenset((row[0], row[1]) for row in session.execute(found))


def _line_of(session: Session, row: Handover, beside: Beside) -> HandoverLine:
    following = beside.shifts.get(row.next_shift_id or 0)
    return HandoverLine(
        handover_id=row.id,
        number=row.number,
        kind=row.kind,
        shift=shift_view(session, beside.shifts[row.shift_id], beside.people),
        following=_next(session, following) if following else None,
        closed_at=row.closed_at,
        state=row.state,
        with_reservation=beside.reserved.get(row.id, 0),
        outgoing=beside.people.get(row.outgoing_id or 0, ""),
        incoming=beside.people.get(row.incoming_id or 0, ""),
        ink_owed=row.id in beside.owed,
        objected=frozenset(kind for number, kind in beside.objected if number == row.id),
    )


def handover_of_shift(store: Store, shift_id: int) -> int | None:
    """The closed handover of a shift, if there is one."""
    with store.read() as session:
        wanted = select(Handover.id).where(Handover.shift_id == shift_id, Handover.closed_at.is_not(None))
        return session.scalars(wanted).first()


def open_shift_id(store: Store) -> int | None:
    """The shift whose handover is being made, if one is open."""
    with store.read() as session:
        found = current(session)
        return found.id if found else None


def owed_inks(store: Store, at: datetime) -> tuple[InkView, ...]:
    """Signatures in ink still to be signed later, whoever gave them."""
    with store.read() as session:
        wanted = select(InkSignature).where(InkSignature.settled_at.is_(None)).order_by(InkSignature.id)
        return ink_views(session, session.scalars(wanted).all(), at)
