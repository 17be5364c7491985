"""A station's roster as plain data: who is there, what is wanted of which day, what must be and what would be good.

Days are numbered from 0, times are minutes after the midnight a shift's day begins with, weights are points. What is made of it: `answers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

DAY_MINUTES = 1440
OFF = ""


@dataclass(frozen=True)
class Shift:
    """A kind of shift. `minutes` is from start to end; `counted` what of it counts as working time (None: all)."""

    code: str
    start: int
    minutes: int
    night: bool = False
    counted: int | None = None

    @property
    def end(self) -> int:
        """Minutes after the midnight its day begins with; beyond 1440 it ends on a later day."""
        return self.start + self.minutes

    @property
    def worked(self) -> int:
        """Minutes of working time."""
        return self.minutes if self.counted is None else self.counted


@dataclass(frozen=True, order=True)
class Place:
    """What somebody does on a day: a shift, at a post."""

    shift: str
    post: str


@dataclass(frozen=True)
class Demand:
    """So many people at a post of a shift on a day."""

    day: int
    place: Place
    need: int


@dataclass(frozen=True)
class Wish:
    """What somebody would like on a day: a shift's code, or OFF. `weight` 1 to 3 times the points of a wish."""

    day: int
    shift: str = OFF
    weight: int = 1


@dataclass(frozen=True)
class Tally:
    """What somebody has had of the year so far."""

    nights: int = 0
    weekends: int = 0  # days worked on weekends
    holidays: int = 0  # days worked on statutory holidays
    minutes: int = 0


@dataclass(frozen=True)
class Certified:
    """So many of those on each of these shifts hold a certificate."""

    certificate: str
    shifts: frozenset[str]
    need: int = 1


@dataclass(frozen=True)
class Member:
    """One person. `posts` and `leads_until` name the last day a qualification holds, `holds` all days of each certificate; `before` the
    last days' shifts before day 0.
    """

    name: str
    posts: Mapping[str, int]
    leads_until: int = -1
    holds: Mapping[str, frozenset[int]] = field(default_factory=dict)
    leave: frozenset[int] = frozenset()
    fixed: Mapping[int, Place | None] = field(default_factory=dict)  # None: fixed to be off
    wishes: tuple[Wish, ...] = ()
    least_minutes: int = 0
    most_minutes: int | None = None
    share: float = 1.0  # of a full post, for what is fair
    so_far: Tally = Tally()
    present_so_far: float = 1.0  # the part of the year so far somebody was not on leave
    before: tuple[str, ...] = ()  # oldest first, OFF for a day off

    def may(self, place: Place, day: int) -> bool:
        """Whether the person is qualified for the post that day."""
        return self.posts.get(place.post, -1) >= day

    def leads(self, day: int) -> bool:
        """Whether the person may lead a shift that day."""
        return self.leads_until >= day

    def certified(self, certificate: str, day: int) -> bool:
        """Whether the person holds a certificate that day."""
        return day in self.holds.get(certificate, ())


@dataclass(frozen=True)
class Rules:
    """Hard rules for everybody."""

    rest_minutes: int = 660  # between two shifts
    most_in_a_row: int = 6  # days
    most_nights_in_a_row: int = 3
    least_off: int = 1  # days off between two runs
    leaders: int = 1  # on each shift that is wanted at all


@dataclass(frozen=True)
class Weights:
    """Points for one of each. `hard` is for what must not be: somebody or a leader missing, hours out of bounds."""

    hard: int = 1000
    surplus: int = 30  # one more than wanted
    wish: int = 3
    single_day: int = 3  # a day of work between days off
    single_off: int = 1  # a day off between days of work
    night: int = 4  # away from the fair share
    weekend: int = 3
    holiday: int = 5
    hours: int = 1  # eight hours away from the fair share


@dataclass(frozen=True)
class StationProblem:
    """One period of one station."""

    days: int
    shifts: tuple[Shift, ...]
    demand: tuple[Demand, ...]
    members: tuple[Member, ...]
    rules: Rules = Rules()
    weights: Weights = Weights()
    weekends: frozenset[int] = frozenset()
    holidays: frozenset[int] = frozenset()
    certified: tuple[Certified, ...] = ()

    @cached_property
    def shift_of(self) -> dict[str, Shift]:
        """Kinds of shift by code."""
        return {shift.code: shift for shift in self.shifts}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Whatever is wanted on some day or fixed for somebody; an action of the engine is 1 + its number here, 0 is off."""
        wanted = {each.place for each in self.demand}
        fixed = {place for member in self.members for place in member.fixed.values() if place is not None}
        return tuple(sorted(wanted | fixed))

    @cached_property
    def shifts_wanted(self) -> tuple[tuple[int, str], ...]:
        """(day, shift) on which anybody is wanted."""
        return tuple(sorted({(each.day, each.place.shift) for each in self.demand if each.need > 0}))

    @cached_property
    def certified_wanted(self) -> tuple[tuple[int, str, Certified], ...]:
        """(day, shift, what) of every certificate somebody has to hold."""
        return tuple((day, shift, each) for day, shift in self.shifts_wanted for each in self.certified if shift in each.shifts)


Duties = tuple[Place | None, ...]  # one person's, by day


@dataclass(frozen=True)
class Short:
    """Somebody is missing: at a post; with `post` empty, somebody who holds a certificate or, without one, a leader."""

    day: int
    shift: str
    post: str
    missing: int
    certificate: str = ""


@dataclass(frozen=True)
class Rostered:
    """An answer: duties by member, its points and what they are for, what is proved, and what is still missing.

    `bound`: no roster has fewer points. `status` is the engine's; `person`: whose own hard rules contradict each other.
    """

    duties: Mapping[str, Duties] | None
    cost: int | None
    bound: int
    status: str
    seconds: float
    first_seconds: float | None
    points: Mapping[str, int]
    short: tuple[Short, ...]
    person: str = ""

    @property
    def gap(self) -> float | None:
        """How far the roster can be from the best, relative; 0 is proved best."""
        return None if self.cost is None else (self.cost - self.bound) / max(1, self.cost)
