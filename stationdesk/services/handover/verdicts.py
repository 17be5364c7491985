"""What the crews say of the lines, before the signatures: 相符, 带问题交接 with words, acceptance, refusal, dissent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stationdesk.domain import handover as rules
from stationdesk.domain.errors import DomainError
from stationdesk.domain.handover import Kind, Line, LineState, ObjectionKind, VerdictKind
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.services.handover.desk import Composed, aim, begun, composed, following_of, of_shift
from stationdesk.services.notices import notify
from stationdesk.services.shifts.duty import make_shift
from stationdesk.services.shifts.plan import Expected
from stationdesk.services.shifts.view import awaited, spells, the_open_shift
from stationdesk.storage.handover import HandoverObjection, HandoverVerdict
from stationdesk.storage.store import Actor, Store


class NoSuchLineError(DomainError):
    """A line the station's list does not have."""

    words = N_("There is no line {line} in this handover.")


class NotOfTheCrewsError(DomainError):
    """Judging a line of a handover one takes no part in."""

    words = N_("The lines are judged by the crews that hand over and take over.")


class NotUnscheduledError(DomainError):
    """Taking back an unscheduled handover where there is none, or its relief is here."""

    words = N_("There is no unscheduled handover to take back, or its relief is signed on already.")


class ReliefThereError(DomainError):
    """An unscheduled handover while the relief of the next shift is signing on already."""

    words = N_("The relief of the next shift is here: hand over to it.")


def give_verdict(store: Store, actor: Actor, line: str, verdict: str, words: str = "", *, at: datetime) -> None:
    """Say 相符 or 带问题交接 of a line; what is said again replaces it until the incoming leader signs.

    ContradictedError, ReservationWordsError, IncomingTicksError, NotOfTheCrewsError.
    A line taken with reservation against the facts leaves the chief a notice.
    """
    with store.write(actor, "give_verdict", at) as session:
        row = begun(session, actor.person_id, at)
        now = composed(session, at)
        wanted = _line(now, line)
        kept = _verdict(session, row.id, line)
        _check_side(actor.person_id, kept, wanted, now)
        said = rules.check_verdict(wanted, verdict, words, actor.person_id, now.desk)
        if kept is None:
            kept = HandoverVerdict(handover_id=row.id, line=line, verdict=said, by_id=actor.person_id, at=at)
            session.add(kept)
        kept.verdict, kept.words, kept.fact = said, words.strip(), wanted.ground
        kept.by_id, kept.at = actor.person_id, at
        kept.accepted_by = kept.accepted_at = None
        if said is VerdictKind.WITH_RESERVATION and wanted.state is LineState.CONTRADICTED:
            notify(session, "reservation", "handover", row.id, at, number=row.number, line=line, words=kept.words)


def _check_side(by: int, kept: HandoverVerdict | None, line: Line, now: Composed) -> None:
    """People of the two crews judge; what the relief put down only the relief takes back."""
    outgoing, incoming = now.desk.outgoing.people, now.desk.incoming.people
    if by not in outgoing and by not in incoming:
        raise NotOfTheCrewsError
    if kept is not None and by not in incoming and kept.by_id in incoming and kept.by_id not in outgoing:
        raise rules.IncomingTicksError(line=line.name)


def withdraw_verdict(store: Store, actor: Actor, line: str, *, at: datetime) -> None:
    """Take a reservation back: the line is 相符 again where the facts bear it out. ContradictedError."""
    give_verdict(store, actor, line, VerdictKind.AS_FOUND, at=at)


def accept_reservation(store: Store, actor: Actor, line: str, *, at: datetime) -> None:
    """The relief takes a line as it is, with its reservation. IncomingAcceptsError."""
    with store.write(actor, "accept_reservation", at) as session:
        row, now = begun(session, actor.person_id, at), composed(session, at)
        _line(now, line)
        rules.check_acceptance(actor.person_id, now.desk)
        kept = _verdict(session, row.id, line)
        if kept is None or kept.verdict != VerdictKind.WITH_RESERVATION:
            raise NoSuchLineError(line=line)
        kept.accepted_by, kept.accepted_at = actor.person_id, at


def object_to(store: Store, actor: Actor, kind: str, words: str, ground: str = "", *, at: datetime) -> None:
    """Refuse (拒绝接班), dissent (有异议) or withdraw, on the record for good; a refusal tells the chief at once."""
    with store.write(actor, "object_to_handover", at) as session:
        row, now = begun(session, actor.person_id, at), composed(session, at)
        said = rules.check_objection(kind, words, ground, now.definition.grounds, actor.person_id, now.desk)
        session.add(HandoverObjection(handover_id=row.id, kind=said, ground=ground, words=words.strip(), by_id=actor.person_id, at=at))
        if row.state in ("open", "refused"):
            row.state = "refused" if said is ObjectionKind.REFUSE else "open" if said is ObjectionKind.WITHDRAW else row.state
        notify(session, str(said), "handover", row.id, at, number=row.number, ground=ground, words=words.strip(), by=actor.name)


def begin_unscheduled(store: Store, actor: Actor, reason: str, *, at: datetime) -> int:
    """临时交接班: the rest of the shift goes to a relief that signs on now; the handover's id. UnscheduledReasonError, ReliefThereError."""
    with store.write(actor, "begin_unscheduled", at) as session:
        rules.check_unscheduled(Kind.UNSCHEDULED, reason)
        shift = the_open_shift(session)
        waiting = awaited(session)
        if waiting is not None and waiting.starts_at >= shift.ends_at:
            raise ReliefThereError
        if waiting is None:
            own = Expected(shift.day, shift.kind, Name(shift.name_zh, shift.name_en), shift.starts_at, shift.ends_at, None)
            make_shift(session, own, at).crew_id = shift.crew_id
        session.flush()
        row, coming = begun(session, actor.person_id, at, Kind.UNSCHEDULED, reason.strip()), following_of(session, shift, at)
        row.kind, row.reason = Kind.UNSCHEDULED, reason.strip()
        if coming is not None:
            aim(row, coming)
        notify(session, "unscheduled", "handover", row.id, at, number=row.number, words=row.reason)
        return row.id


def end_unscheduled(store: Store, actor: Actor, *, at: datetime) -> None:
    """Take an unscheduled handover back while nobody has signed on for it: the shift goes on to its planned end. NotUnscheduledError."""
    with store.write(actor, "begin_unscheduled", at) as session:
        shift = the_open_shift(session)
        row, waiting = of_shift(session, shift), awaited(session)
        if row is None or row.kind != Kind.UNSCHEDULED or (waiting is not None and spells(session, waiting.id)):
            raise NotUnscheduledError
        row.kind, row.reason = Kind.ROUTINE, ""
        if waiting is not None:
            waiting.closed_at = at
            session.flush()
        coming = following_of(session, shift, at)
        if coming is not None:
            aim(row, coming)


def _line(now: Composed, code: str) -> Line:
    found = next((each for each in now.lines if each.code == code), None)
    if found is None:
        raise NoSuchLineError(line=code)
    return found


def _verdict(session: Session, handover_id: int, line: str) -> HandoverVerdict | None:
    wanted = select(HandoverVerdict).where(HandoverVerdict.handover_id == handover_id, HandoverVerdict.line == line)
    return session.scalars(wanted).first()
