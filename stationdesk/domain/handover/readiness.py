"""Could the handover be signed now, and if not, what stands in the way and where is it cured?

A line the facts bear out is 相符 without a tick: a routine handover asks at most three questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stationdesk.domain.handover.facts import Facts
from stationdesk.domain.handover.lines import Line, LineState
from stationdesk.domain.handover.rules import Lack, Target
from stationdesk.domain.said import Said

NOBODY = "way.nobody"


class VerdictKind(StrEnum):
    """What the crews say of a line; the codes of the store."""

    AS_FOUND = "as_found"
    WITH_RESERVATION = "with_reservation"


class Kind(StrEnum):
    """A handover at its time, or one because of illness or the like (临时交接班)."""

    ROUTINE = "routine"
    UNSCHEDULED = "unscheduled"


class Stops(StrEnum):
    """Whose signature an obstacle stops."""

    OUTGOING = "outgoing"  # and so the incoming one as well
    INCOMING = "incoming"


@dataclass(frozen=True)
class Verdict:
    """A verdict as recorded; ground: the line's `ground` it was given on; accepted_by: who of the relief accepted a reservation."""

    line: str
    verdict: VerdictKind
    by: int
    words: str = ""
    ground: str = ""
    accepted_by: int | None = None


@dataclass(frozen=True)
class Side:
    """The people of one side who are on duty, and who leads them."""

    people: tuple[int, ...] = ()
    leader: int | None = None
    signed_at: datetime | None = None

    @property
    def alone(self) -> bool:
        """A crew of one: said on the sheet, and no rule of two compares it with itself."""
        return len(set(self.people)) <= 1


@dataclass(frozen=True)
class Desk:
    """Both sides at the desk."""

    outgoing: Side = field(default_factory=Side)
    incoming: Side = field(default_factory=Side)
    kind: Kind = Kind.ROUTINE
    reason: str = ""
    content_changed: bool = False  # since the outgoing leader signed
    refused: bool = False
    relief_from: datetime | None = None  # when the relief may sign on, while that is still to come


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way, of which line, where and by which word it is cured, whose signature it stops, from when it can be."""

    said: Said
    line: str
    page: str
    target: Target
    cure: str
    stops: Stops
    at: datetime | None = None


def standing_verdict(line: Line, verdicts: Sequence[Verdict]) -> VerdictKind | None:
    """What holds of a line: what was said of it, else 相符 where the facts bear it out, else nothing yet."""
    given = _given(line, verdicts)
    if given is not None and not (line.state is LineState.CONTRADICTED and given.verdict is VerdictKind.AS_FOUND):
        return given.verdict
    return VerdictKind.AS_FOUND if line.state is LineState.AS_FOUND_POSSIBLE else None


def _given(line: Line, verdicts: Sequence[Verdict]) -> Verdict | None:
    return next((each for each in verdicts if each.line == line.code), None)


def readiness(lines: Sequence[Line], verdicts: Sequence[Verdict], desk: Desk, facts: Facts) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of either signature, in the order of the lines; empty when both may sign."""
    found = [*_state(facts), *_waits(lines, desk)]
    for line in lines:
        found += _of_line(line, _given(line, verdicts), desk)
    return (*found, *_metering(facts, desk), *_sides(desk))


def in_way_of(stops: Stops, obstacles: Sequence[Obstacle]) -> tuple[Obstacle, ...]:
    """What stops one signature: what stops the outgoing one stops the incoming one as well."""
    return tuple(each for each in obstacles if each.stops is Stops.OUTGOING or stops is Stops.INCOMING)


def _state(facts: Facts) -> list[Obstacle]:
    since = facts.station.emergency_since
    if since is None:
        return []
    return [Obstacle(Said("way.emergency", {"time": since}), "", "now", None, "end_emergency", Stops.OUTGOING)]


def _waits(lines: Sequence[Line], desk: Desk) -> list[Obstacle]:
    """What is not due yet; an unscheduled handover does not wait for it."""
    if desk.kind is Kind.UNSCHEDULED:
        return [] if desk.reason.strip() else [Obstacle(Said("way.reason"), "", "handover", "reason", "explain", Stops.OUTGOING)]
    return [_obstacle(wait, line, Stops.OUTGOING) for line in lines for wait in line.waits]


def _obstacle(lack: Lack, line: Line, stops: Stops) -> Obstacle:
    return Obstacle(lack.said, line.code, lack.page, lack.target, lack.cure, stops, lack.at)


def _of_line(line: Line, given: Verdict | None, desk: Desk) -> list[Obstacle]:
    if given is not None and given.verdict is VerdictKind.WITH_RESERVATION:
        return _reserved(line, given, desk)
    if line.state is LineState.CONTRADICTED:
        return [_obstacle(lack, line, Stops.OUTGOING) for lack in line.lacks]
    if line.state is LineState.NEEDS_PERSON and given is None:
        return [Obstacle(Said("way.person", {"line": line.name}), line.code, "handover", line.code, "confirm", Stops.INCOMING)]
    return []


def _reserved(line: Line, given: Verdict, desk: Desk) -> list[Obstacle]:
    if line.state is LineState.CONTRADICTED and given.ground != line.ground:
        return [Obstacle(Said("way.renew", {"line": line.name}), line.code, "handover", line.code, "renew", Stops.OUTGOING)]
    if given.accepted_by is None and given.by not in desk.incoming.people:
        return [Obstacle(Said("way.accept", {"line": line.name}), line.code, "handover", line.code, "accept", Stops.INCOMING)]
    return []


def _metering(facts: Facts, desk: Desk) -> list[Obstacle]:
    """What the takeover of the gas still asks for, once the relief is there to read its counters; out of turn the hours simply go on."""
    if desk.kind is Kind.UNSCHEDULED or not desk.incoming.people:
        return []
    return [
        Obstacle(Said(f"metering.{need}", {"stream": each.name}), "", "handover", ("metering", each.stream_id), need, Stops.OUTGOING)
        for each in facts.metering.streams
        for need in each.needs
    ]


def _relief(desk: Desk) -> list[Obstacle]:
    """A routine handover is signed to somebody who is there; one out of turn (illness, say) may be signed before the relief has come."""
    cure = "wait" if desk.relief_from else "sign_on"
    if not desk.incoming.people:
        stops = Stops.INCOMING if desk.kind is Kind.UNSCHEDULED else Stops.OUTGOING
        return [Obstacle(Said(NOBODY), "", "signin", None, cure, stops, desk.relief_from)]
    if desk.incoming.leader is None:
        return [Obstacle(Said("way.leaderless"), "", "signin", None, "sign_on", Stops.INCOMING)]
    return []


def _sides(desk: Desk) -> list[Obstacle]:
    found = _relief(desk)
    if desk.refused:
        found.append(Obstacle(Said("way.refused"), "", "handover", "refusal", "withdraw", Stops.INCOMING))
    if desk.outgoing.signed_at is None:
        found.append(Obstacle(Said("way.outgoing"), "", "handover", "outgoing", "sign", Stops.INCOMING))
    elif desk.content_changed:
        found.append(Obstacle(Said("way.changed"), "", "handover", "outgoing", "sign", Stops.INCOMING))
    return found
