"""A kind of station as a profile says it: a TOML file, read into typed values, every mistake named by its place.

The profile gives defaults only: what it says is put into a new store, and the station changes it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from stationdesk.domain.answers import Choice, Item
from stationdesk.domain.checklists import Period
from stationdesk.domain.handover import Definition
from stationdesk.domain.hazards import HazardGrade
from stationdesk.domain.limits import Limits
from stationdesk.domain.names import Name
from stationdesk.domain.rotation import Pattern
from stationdesk.domain.rounds import Schedule
from stationdesk.domain.station import SettingScalar


@dataclass(frozen=True)
class Post:
    """A post of the station; role is the role its holder usually has (permissions.Role)."""

    code: str
    name: Name
    role: str = "operator"
    leads: bool = False


@dataclass(frozen=True)
class CrewDefault:
    """A crew, in the order of the pattern's phases."""

    code: str
    name: Name


@dataclass(frozen=True)
class PointDefault:
    """A reading point: kind gauge or counter, quantity for plausibility, limits and design value in its unit, decimals as shown."""

    code: str
    group: Name
    name: Name
    unit: str
    kind: str = "gauge"
    quantity: str = ""
    decimals: int = 2
    limits: Limits = field(default_factory=Limits)
    design: Decimal | None = None
    rollover: Decimal | None = None
    on_now: bool = False


@dataclass(frozen=True)
class WalkLine:
    """A line of a route or checklist: where, what, and how it is answered."""

    area: Name
    name: Name
    item: Item

    @property
    def choices(self) -> tuple[Choice, ...]:
        """States to choose."""
        return self.item.choices


@dataclass(frozen=True)
class RouteDefault:
    """An inspection route with its due windows."""

    code: str
    name: Name
    schedule: Schedule
    window_minutes: int
    people: int
    checkpoints: tuple[WalkLine, ...]


@dataclass(frozen=True)
class ChecklistDefault:
    """A checklist; subject names the handover line it is evidence for (checklist:<subject>)."""

    code: str
    name: Name
    period: Period
    subject: str
    items: tuple[WalkLine, ...]


@dataclass(frozen=True)
class ContactDefault:
    """A line of the emergency contact card; public ones (110, 119, 120) come first."""

    role: Name
    phone: str
    who: str = ""
    note: Name = field(default_factory=lambda: Name(""))
    public: bool = False


@dataclass(frozen=True)
class Coded:
    """An entry of a plain list of the station: a phrase, a log category, a kind of emergency."""

    code: str
    name: Name


@dataclass(frozen=True)
class Duty:
    """What a member of the emergency team does (应急小组)."""

    code: str
    name: Name
    task: Name


@dataclass(frozen=True)
class DueDefault:
    """What falls due on a piece of equipment, every so many months."""

    what: str
    months: int


@dataclass(frozen=True)
class EquipmentDefault:
    """A piece of equipment of the usual station."""

    code: str
    name: Name
    kind: str
    place: str
    status: str = "in_use"
    dues: tuple[DueDefault, ...] = ()


@dataclass(frozen=True)
class StreamDefault:
    """A metering run with its meter, and the codes of its points. Flows in m³/h at the meter, the best range in % of q_max."""

    code: str
    name: Name
    meter: str = "turbine"
    group: str = ""
    shut: bool = False
    freezes: bool = True
    q_min: Decimal | None = None
    q_max: Decimal | None = None
    best_low: Decimal | None = None
    best_high: Decimal | None = None
    counter: str = ""
    corrected: str = ""
    pressure: str = ""
    temperature: str = ""
    flow: str = ""

    @property
    def points(self) -> tuple[str, ...]:
        """The points it names."""
        return tuple(code for code in (self.counter, self.corrected, self.pressure, self.temperature, self.flow) if code)


@dataclass(frozen=True)
class ContractDefault:
    """What is usually agreed on: base conditions in kPa and ℃, the method of Z."""

    base_pressure_kpa: Decimal = Decimal("101.325")
    base_temperature_c: Decimal = Decimal(20)
    combustion_c: Decimal = Decimal(20)
    method: str = "detail"


@dataclass(frozen=True)
class Profile:
    """All a kind of station begins with."""

    code: str
    name: Name
    zone: str
    company: Name
    station: Name
    posts: tuple[Post, ...]
    patterns: tuple[Pattern, ...]
    crews: tuple[CrewDefault, ...]
    points: tuple[PointDefault, ...]
    routes: tuple[RouteDefault, ...]
    checklists: tuple[ChecklistDefault, ...]
    handover: Definition
    contacts: tuple[ContactDefault, ...]
    emergency_team: tuple[Duty, ...]
    emergency_kinds: tuple[Coded, ...]
    reading_phrases: tuple[Coded, ...]
    round_phrases: tuple[Coded, ...]
    log_categories: tuple[Coded, ...]
    hazard_grades: tuple[HazardGrade, ...]
    equipment: tuple[EquipmentDefault, ...]
    sheets: Mapping[str, Mapping[str, Any]]
    settings: Mapping[str, SettingScalar]
    streams: tuple[StreamDefault, ...] = ()
    contract: ContractDefault | None = None

    def pattern(self, code: str) -> Pattern:
        """The pattern of this code, the first one for "". KeyError."""
        return {each.code: each for each in self.patterns}[code] if code else self.patterns[0]
