"""Who may say, accept, sign, refuse: rules of two people compare only those who are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from stationdesk.domain.errors import DomainError
from stationdesk.domain.handover.facts import Facts
from stationdesk.domain.handover.lines import Ground, Line, LineState
from stationdesk.domain.handover.readiness import NOBODY, Desk, Kind, Obstacle, Side, Stops, VerdictKind, in_way_of
from stationdesk.domain.words import N_

INK_HOURS = 72
IN_INK = frozenset({"way.emergency", NOBODY})
"""What does not stand in the way of a signature in ink: it is the way that is open then."""


class ContradictedError(DomainError):
    """Calling 相符 what the records contradict."""

    words = N_("The records contradict “{line}”: it can only be handed over with a reservation.")
    field = "verdict"


class ReservationWordsError(DomainError):
    """A reservation without words."""

    words = N_("A reservation needs words.")
    field = "words"


class IncomingTicksError(DomainError):
    """What no record tells of is ticked by the relief."""

    words = N_("“{line}” is looked at and ticked by the relief.")
    field = "verdict"


class IncomingAcceptsError(DomainError):
    """A reservation is accepted by the relief."""

    words = N_("A reservation is accepted by the relief.")


class NotLeaderError(DomainError):
    """Signing for a crew one does not lead."""

    words = N_("The handover is signed by the leader of the crew.")
    field = "person"


class SamePersonError(DomainError):
    """Handing over to oneself while another of the relief is there."""

    words = N_("Who hands over does not take over while somebody else of the relief is there.")
    field = "person"


class NotReadyError(DomainError):
    """Signing with obstacles in the way."""

    words = N_("It cannot be signed yet: {count} things stand in the way.")


class EmergencyPostponesError(NotReadyError):
    """Signing in the emergency state."""

    words = N_("In the emergency state the handover waits and both crews stay on duty. Emergency signatures in ink remain possible.")


class ReliefAwaitedError(NotReadyError):
    """Signing a routine handover to nobody."""

    words = N_("Nobody of the relief is signed on. Sign on the relief; or stay on as extended duty, hand over unscheduled, sign in ink.")


class OutgoingFirstError(NotReadyError):
    """The relief signing first."""

    words = N_("The outgoing leader signs first.")


class ContentChangedError(NotReadyError):
    """Signing what is no longer what the other side signed."""

    words = N_("The records have changed since the outgoing leader signed. That signature no longer holds; it is given anew.")


class RefusedStandsError(NotReadyError):
    """Signing over a refusal that stands."""

    words = N_("A refusal stands. It is withdrawn first.")


class RefusalWordsError(DomainError):
    """Refusing or dissenting without words."""

    words = N_("Say why.")
    field = "words"


class RefusalGroundError(DomainError):
    """A ground the station's list does not have."""

    words = N_("Choose a ground of refusal.")
    field = "ground"


class UnscheduledReasonError(DomainError):
    """An unscheduled handover without a reason."""

    words = N_("Say why the handover is out of turn.")
    field = "reason"


class InkReasonError(DomainError):
    """An emergency signature without a reason."""

    words = N_("Say why it is signed in ink.")
    field = "reason"


class NotYoursToSettleError(DomainError):
    """Signing later for somebody else."""

    words = N_("A signature in ink is signed later by the one who gave it.")
    field = "person"


class ObjectionKind(StrEnum):
    """What the relief may put on record; the codes of the store."""

    REFUSE = "refuse"
    DISSENT = "dissent"  # 有异议: takes over all the same
    WITHDRAW = "withdraw"


class InkState(StrEnum):
    """How an emergency signature stands."""

    OWED = "owed"
    OVERDUE = "overdue"
    SETTLED = "settled"


def check_verdict(line: Line, verdict: str, words: str, by: int, desk: Desk) -> VerdictKind:
    """Whether `by` may say this of a line. ContradictedError, ReservationWordsError, IncomingTicksError."""
    said = VerdictKind(verdict)
    if said is VerdictKind.AS_FOUND and line.state is LineState.CONTRADICTED:
        raise ContradictedError(line=str(line.name))
    if said is VerdictKind.WITH_RESERVATION and not words.strip():
        raise ReservationWordsError()
    if line.state is LineState.NEEDS_PERSON and by not in desk.incoming.people:
        raise IncomingTicksError(line=str(line.name))
    return said


def check_acceptance(by: int, desk: Desk) -> None:
    """Whether `by` may accept a reservation. IncomingAcceptsError."""
    if by not in desk.incoming.people:
        raise IncomingAcceptsError()


def check_outgoing(by: int, desk: Desk, obstacles: Sequence[Obstacle], facts: Facts) -> None:
    """Whether `by` may sign for the outgoing crew.

    NotLeaderError, EmergencyPostponesError, ReliefAwaitedError where nothing else is left, NotReadyError with the count.
    """
    if by != desk.outgoing.leader:
        raise NotLeaderError()
    if [each.said.code for each in in_way_of(Stops.OUTGOING, obstacles)] == [NOBODY]:
        raise ReliefAwaitedError()
    _check_ready(Stops.OUTGOING, obstacles, facts)


def check_incoming(by: int, desk: Desk, obstacles: Sequence[Obstacle], facts: Facts) -> None:
    """Whether `by` may sign for the relief, which closes the shift and opens the next.

    NotLeaderError, SamePersonError, OutgoingFirstError, ContentChangedError, RefusedStandsError, EmergencyPostponesError, NotReadyError.
    """
    if by != desk.incoming.leader:
        raise NotLeaderError()
    if by == desk.outgoing.leader and not desk.incoming.alone:
        raise SamePersonError()
    if desk.outgoing.signed_at is None:
        raise OutgoingFirstError()
    if desk.content_changed:
        raise ContentChangedError()
    if desk.refused:
        raise RefusedStandsError()
    _check_ready(Stops.INCOMING, obstacles, facts)


def _check_ready(stops: Stops, obstacles: Sequence[Obstacle], facts: Facts) -> None:
    if facts.station.emergency_since is not None:
        raise EmergencyPostponesError()
    if standing := in_way_of(stops, obstacles):
        raise NotReadyError(count=len(standing))


def members(side: Side) -> tuple[int, ...]:
    """The crew members beside their leader: different people where there are two, none in a crew of one."""
    return tuple(person for person in side.people if person != side.leader)


def check_objection(kind: str, words: str, ground: str, grounds: Sequence[Ground], by: int, desk: Desk) -> ObjectionKind:
    """Whether `by` of the relief may refuse, dissent or withdraw. IncomingAcceptsError, RefusalWordsError, RefusalGroundError."""
    said = ObjectionKind(kind)
    if by not in desk.incoming.people:
        raise IncomingAcceptsError()
    if not words.strip():
        raise RefusalWordsError()
    if said is ObjectionKind.REFUSE and ground not in {each.code for each in grounds}:
        raise RefusalGroundError()
    return said


def refused_since(objections: Sequence[tuple[str, datetime]]) -> datetime | None:
    """Since when a refusal stands (kind and time of each objection, in order); None when none does. Its clock runs from there."""
    since: datetime | None = None
    for kind, at in objections:
        if kind == ObjectionKind.REFUSE:
            since = since or at
        elif kind == ObjectionKind.WITHDRAW:
            since = None
    return since


def check_unscheduled(kind: str, reason: str) -> Kind:
    """The kind of a handover; one out of turn says why. UnscheduledReasonError."""
    made = Kind(kind)
    if made is Kind.UNSCHEDULED and not reason.strip():
        raise UnscheduledReasonError()
    return made


def check_ink(reason: str) -> str:
    """Why it is signed in ink (应急签字), trimmed. InkReasonError."""
    if not reason.strip():
        raise InkReasonError()
    return reason.strip()


def ink_due(at: datetime, hours: int = INK_HOURS) -> datetime:
    """Until when it is signed later (补签), 72 h unless the station says else."""
    return at + timedelta(hours=hours)


def ink_state(due: datetime, settled_at: datetime | None, now: datetime) -> InkState:
    """Owed, overdue or settled."""
    if settled_at is not None:
        return InkState.SETTLED
    return InkState.OVERDUE if now > due else InkState.OWED


def check_settle(signer: int, by: int) -> None:
    """Whether `by` may sign an ink signature later. NotYoursToSettleError."""
    if by != signer:
        raise NotYoursToSettleError()
