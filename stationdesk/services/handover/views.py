"""What the page and the sheet are shown of a handover: frozen values, nothing of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stationdesk.domain import handover as rules
from stationdesk.domain.handover import Carried, DutyFacts, GroundState, InkState, Line, Obstacle, Stops, Telling, VerdictKind
from stationdesk.domain.metering.taken import TakenStream
from stationdesk.domain.names import Name
from stationdesk.services.handover.figures import Counter, Figure
from stationdesk.services.people.accounts import KeyNote
from stationdesk.services.shifts.view import ShiftView


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
    """One side: its leader, the others, and the signature there is. mark: the first letters of the signature, shown beside it.

    signed_at of the outgoing side: of the signature that holds or was voided by a change; mode: password, later, ink, "" unsigned.
    """

    leader_id: int | None
    leader: str
    others: tuple[str, ...]
    signed_on_at: datetime | None
    signed_at: datetime | None
    mode: str
    mark: str
    fingerprint: str  # of the key that signed
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
    """A signature in ink and how it stands. mark: of the signature given later."""

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
    number: str = ""  # of the handover
    mark: str = ""


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
    prepared_by: str
    prepared_at: datetime | None
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
    duty: DutyFacts
    figures: tuple[Figure, ...]
    counters: tuple[Counter, ...]
    metering: tuple[TakenStream, ...]  # the streams the relief has read
    changed: bool  # since the outgoing leader signed
    refused_since: datetime | None
    chief_phone: str
    next_moment: datetime | None  # before it the handover cannot be signed
    emergency_since: datetime | None
    closed_at: datetime | None
    at: datetime

    @property
    def relief_late(self) -> bool:
        """The shift is past its end, nobody of the relief is here, and nobody is on extended duty yet."""
        stays = any(each.end is None for each in self.duty.extended)
        return self.closed_at is None and self.at >= self.shift.ends_at and not self.incoming_ids and not stays

    def telling(self, zone: ZoneInfo) -> Telling:
        """How what was out of the ordinary is told: up to the handover, or up to now while it is being made."""
        return Telling(zone, self.shift.day, self.closed_at or self.at, self.closed_at is not None)

    def in_way_of(self, stops: Stops) -> tuple[Obstacle, ...]:
        """What stops one signature."""
        return rules.in_way_of(stops, self.obstacles)


@dataclass(frozen=True)
class HandoverLine:
    """A handover in the list of past ones."""

    handover_id: int
    number: str
    kind: str
    shift: ShiftView
    following: NextShift | None
    closed_at: datetime | None
    state: str
    with_reservation: int
    outgoing: str
    incoming: str
    ink_owed: bool
    objected: frozenset[str] = frozenset()  # kinds of objections on its record

    @property
    def id(self) -> int:
        """The row's key in a table."""
        return self.handover_id
