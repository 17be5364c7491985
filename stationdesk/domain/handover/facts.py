"""What a handover is made of: what each feature says of a shift at a moment. Frozen values; services fill them from the records.

Times are aware UTC; values and limits Decimal in the unit given; names of the station come in both languages, what people typed as typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from stationdesk.domain.metering.needs import MeteringFacts
from stationdesk.domain.names import Name


@dataclass(frozen=True)
class ShiftFacts:
    """The shift that is handed over, as planned."""

    id: int
    day: date
    kind: str
    name: Name
    starts_at: datetime
    ends_at: datetime
    part: int = 1


@dataclass(frozen=True)
class PointValue:
    """A value in force of a point at its hour."""

    code: str
    name: Name
    value: Decimal
    unit: str
    time: datetime


@dataclass(frozen=True)
class AbnormalPoint:
    """An abnormality of a point touching the shift: its last value, the limit passed, whether it still stands at the last reading."""

    code: str
    name: Name
    since: datetime
    until: datetime
    value: Decimal
    unit: str
    limit: Decimal
    above: bool
    ongoing: bool
    explained: bool
    words: str = ""


@dataclass(frozen=True)
class ReadingsFacts:
    """Hours of the shift, closing hour included: wholly read, entered late, corrected values; missing are those without words."""

    hours: int = 0
    read: int = 0
    late: int = 0
    corrected: int = 0
    explained: int = 0  # missing hours with words
    open: tuple[datetime, ...] = ()  # their window runs
    missing: tuple[datetime, ...] = ()
    to_come: tuple[datetime, ...] = ()
    early: timedelta = timedelta(minutes=10)  # how long before its hour a reading counts as on time
    abnormal: tuple[AbnormalPoint, ...] = ()
    doubts: tuple[PointValue, ...] = ()  # left standing without a word
    values: tuple[PointValue, ...] = ()  # the station's main points at the last hour read


@dataclass(frozen=True)
class DueRound:
    """A due window of a route; round_id where one was started. route_id leads to the window on the rounds page."""

    route: str
    name: Name
    start: datetime
    round_id: int | None = None
    late: int = 0  # minutes
    route_id: int = 0


@dataclass(frozen=True)
class FoundLine:
    """An abnormal line of a round or checklist; settled when its hazard is closed."""

    subject_id: int  # of the round or checklist
    code: str
    name: Name
    time: datetime
    words: str = ""
    hazard: str = ""  # its number
    settled: bool = False


@dataclass(frozen=True)
class RoundsFacts:
    """Windows of the shift, and those walked (late and made up ones too)."""

    windows: int = 0
    done: int = 0
    late: tuple[DueRound, ...] = ()  # with words
    missed: tuple[DueRound, ...] = ()  # with words
    owing: tuple[DueRound, ...] = ()  # late, missed or made up without words
    open: tuple[DueRound, ...] = ()  # due or overdue and not started
    running: tuple[DueRound, ...] = ()
    to_come: tuple[DueRound, ...] = ()
    abnormal: tuple[FoundLine, ...] = ()


@dataclass(frozen=True)
class ChecklistDue:
    """A checklist the shift owes."""

    code: str
    name: Name
    subject: str
    running_id: int | None = None


@dataclass(frozen=True)
class ChecklistResult:
    """The latest signed-off checklist of a subject (fire, tools …), of this shift or before."""

    id: int
    code: str
    name: Name
    subject: str
    closed_at: datetime
    lines: int
    abnormal: tuple[FoundLine, ...] = ()


@dataclass(frozen=True)
class ChecklistsFacts:
    """Checklists that belong to the shift, and the latest of each subject."""

    due: int = 0
    done: int = 0
    wanting: tuple[ChecklistDue, ...] = ()
    latest: tuple[ChecklistResult, ...] = ()


@dataclass(frozen=True)
class LogFact:
    """An entry of the duty log."""

    id: int
    time: datetime
    text: str = ""


@dataclass(frozen=True)
class LogFacts:
    """What the log says of the shift."""

    emergencies: tuple[LogFact, ...] = ()
    unclaimed: tuple[LogFact, ...] = ()  # written without login, nobody's name on it yet
    switchings: tuple[LogFact, ...] = ()  # changes of the running mode in this shift


@dataclass(frozen=True)
class HazardFact:
    """A hazard that is not closed; carried: how often it went over before; new: raised in this shift."""

    id: int
    number: str
    grade: Name
    place: str
    text: str
    deadline: datetime
    state: str
    owner: str = ""
    carried: int = 0
    overdue: bool = False
    report_owed: bool = False  # its grade goes up at once and nobody reported it


@dataclass(frozen=True)
class HazardsFacts:
    """All hazards not closed."""

    open: tuple[HazardFact, ...] = ()


@dataclass(frozen=True)
class ItemFact:
    """An open item, order or instruction not done."""

    id: int
    number: str
    kind: str
    text: str
    deadline: datetime | None = None
    owner: str = ""
    read_back: bool = False
    carried: int = 0


@dataclass(frozen=True)
class ItemsFacts:
    """What is open, and what this shift received and did of orders and instructions."""

    open: tuple[ItemFact, ...] = ()
    orders: int = 0
    orders_done: int = 0
    instructions: int = 0
    instructions_done: int = 0


@dataclass(frozen=True)
class EquipmentFact:
    """A piece of equipment out of service."""

    code: str
    name: Name
    words: str = ""


@dataclass(frozen=True)
class EquipmentDueFact:
    """A calibration, inspection or test past its date."""

    code: str
    name: Name
    what: str
    due: date


@dataclass(frozen=True)
class EquipmentFacts:
    """The ledger as it stands."""

    in_use: int = 0
    standby: int = 0
    out: tuple[EquipmentFact, ...] = ()
    overdue: tuple[EquipmentDueFact, ...] = ()


@dataclass(frozen=True)
class StationFacts:
    """How the station runs: the running mode as last written (log category `mode`, else the station setting)."""

    mode: str = ""
    mode_entry: int | None = None
    emergency_since: datetime | None = None


@dataclass(frozen=True)
class ExtendedDuty:
    """Somebody of the shift who stayed past its planned end (延时值守). end: signed off before the handover; None stays until it."""

    person: int
    name: str
    start: datetime
    reason: str
    end: datetime | None = None


@dataclass(frozen=True)
class EmergencySpan:
    """An emergency state (应急状态) that touched the shift. Names are "" for somebody who was not signed in; end None: it lasts."""

    start: datetime
    declared_by: str = ""
    words: str = ""
    end: datetime | None = None
    ended_by: str = ""
    ended_words: str = ""


@dataclass(frozen=True)
class UnsaidReason:
    """Somebody signed on at a time who owed a reason, put it off (稍后再看) and has not said it."""

    name: str
    start: datetime


@dataclass(frozen=True)
class DutyFacts:
    """What was out of the ordinary in the shift's duty, in the order in which it began."""

    extended: tuple[ExtendedDuty, ...] = ()
    emergencies: tuple[EmergencySpan, ...] = ()
    unsaid: tuple[UnsaidReason, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All a handover is composed from."""

    shift: ShiftFacts
    readings: ReadingsFacts = field(default_factory=ReadingsFacts)
    rounds: RoundsFacts = field(default_factory=RoundsFacts)
    checklists: ChecklistsFacts = field(default_factory=ChecklistsFacts)
    log: LogFacts = field(default_factory=LogFacts)
    hazards: HazardsFacts = field(default_factory=HazardsFacts)
    items: ItemsFacts = field(default_factory=ItemsFacts)
    equipment: EquipmentFacts = field(default_factory=EquipmentFacts)
    station: StationFacts = field(default_factory=StationFacts)
    duty: DutyFacts = field(default_factory=DutyFacts)
    metering: MeteringFacts = field(default_factory=MeteringFacts)
