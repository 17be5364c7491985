"""What a station brings in, typed and checked; each entry remembers the row it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from stationdesk.domain.hazards import HazardGrade
from stationdesk.domain.names import Name
from stationdesk.domain.profile import ContactDefault, CrewDefault, PointDefault, Post, Profile, RouteDefault
from stationdesk.domain.rotation import Pattern
from stationdesk.domain.setup.cells import Row
from stationdesk.domain.setup.columns import Choices


@dataclass(frozen=True)
class Known:
    """What the lists may refer to: of a profile, or of a store that is there. names: people by name."""

    posts: tuple[Post, ...]
    patterns: tuple[Pattern, ...]
    grades: tuple[HazardGrade, ...]
    crews: tuple[CrewDefault, ...] = ()
    routes: Mapping[str, Name] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def choices(self) -> dict[str, Choices]:
        """By the names that columns give them."""
        return {
            "posts": {each.code: each.name for each in self.posts},
            "patterns": {each.code: each.name for each in self.patterns},
            "grades": {each.code: each.name for each in self.grades},
            "crews": {each.code: each.name for each in self.crews},
            "routes": dict(self.routes),
        }


def known_of(profile: Profile) -> Known:
    """What a new station's lists may refer to."""
    return Known(profile.posts, profile.patterns, profile.hazard_grades)


@dataclass(frozen=True)
class StationRow:
    """What the station says of itself; official None: trial operation goes on."""

    name: Name
    company: Name
    zone: str
    pattern: str
    start: date | None
    official: date | None
    chief: str
    row: Row


@dataclass(frozen=True)
class CrewRow:
    crew: CrewDefault
    row: Row


@dataclass(frozen=True)
class PersonRow:
    """Somebody; login "" without an account."""

    name: str
    number: str
    phone: str
    post: str
    crew: str
    leader: bool
    login: str
    row: Row


@dataclass(frozen=True)
class PointRow:
    """A reading point; base: what its counter shows at the start."""

    point: PointDefault
    base: Decimal | None
    row: Row


@dataclass(frozen=True)
class RouteRow:
    route: RouteDefault
    row: Row


@dataclass(frozen=True)
class DueRow:
    """What falls due, when, and every how many months."""

    what: str
    due: date
    last: date | None
    months: int | None


@dataclass(frozen=True)
class EquipmentRow:
    """A piece of equipment with all its due dates."""

    code: str
    name: Name
    kind: str
    place: str
    status: str
    status_words: str
    dues: tuple[DueRow, ...]
    row: Row


@dataclass(frozen=True)
class HazardRow:
    """A hazard that is open; deadline None: by its grade."""

    grade: str
    place: str
    text: str
    deadline: date | None
    owner: str
    row: Row


@dataclass(frozen=True)
class ContactRow:
    contact: ContactDefault
    row: Row


@dataclass(frozen=True)
class Setup:
    """All lists of a workbook. given: the sheets that were there; what was not leaves a store as it is."""

    given: frozenset[str]
    station: StationRow | None = None
    crews: tuple[CrewRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    points: tuple[PointRow, ...] = ()
    routes: tuple[RouteRow, ...] = ()
    equipment: tuple[EquipmentRow, ...] = ()
    hazards: tuple[HazardRow, ...] = ()
    contacts: tuple[ContactRow, ...] = ()
