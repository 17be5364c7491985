"""What comes of repairing a roster and of looking for a conflict. Light: the window's process may load it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from stationdesk.rostering.station import Duties, Place

COVER, LEADER, LEAVE, FIXED, REST, RUN, NIGHTS, DAYS_OFF = "cover", "leader", "leave", "fixed", "rest", "run", "nights", "off"
MOST_HOURS, LEAST_HOURS, CERTIFICATE = "most hours", "least hours", "certificate"


@dataclass(frozen=True, order=True)
class Rule:
    """One rule that can be named to a person: what kind, whose, and of which days or shift."""

    kind: str
    member: str = ""
    first: int = -1
    last: int = -1
    shift: str = ""
    post: str = ""
    certificate: str = ""


@dataclass(frozen=True)
class Change:
    """One cell that is another now."""

    member: str
    day: int
    was: Place | None
    now: Place | None


@dataclass(frozen=True)
class Repaired:
    """The mended roster. `forced`: changes that leave and fixed duties ask for by themselves; `proved`: fewer changes will not do.

    `told` are the people whose duties change. `duties` None: the hard rules cannot be met, see `conflict`.
    """

    duties: Mapping[str, Duties] | None
    changes: tuple[Change, ...]
    forced: int
    proved: bool
    least: int  # no repair has fewer changes
    seconds: float

    @property
    def told(self) -> tuple[str, ...]:
        """Members whose duties change, in the roster's order."""
        return tuple(dict.fromkeys(change.member for change in self.changes))


@dataclass(frozen=True)
class Relaxed:
    """A rule that would not be kept, and by how much: people, days, or minutes for hours."""

    rule: Rule
    amount: float


@dataclass(frozen=True)
class Way:
    """One way out: what would have to give way, and its price (see PRICE) beside other ways."""

    relaxed: tuple[Relaxed, ...]
    price: float


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all be kept, though without any one of them the others can (`minimal`), and ways out, the cheapest first."""

    rules: tuple[Rule, ...]
    minimal: bool
    ways: tuple[Way, ...]
    seconds: float
