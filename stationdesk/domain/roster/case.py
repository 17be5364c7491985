"""What a test looks at, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from stationdesk.domain.roster.calendar import Calendar
from stationdesk.domain.roster.duties import NIGHT, PRESENCE, WORK, Duty, Member, Night, Roster, at_work


@dataclass(frozen=True)
class Found:
    """One place where a rule is not kept; the fields are those of a breach."""

    first: date
    last: date
    person: int
    value: int
    kinds: tuple[str, ...] = ()
    reading: str = ""
    detail: str = ""
    limit: int | None = None  # where it is not the rule's own


@dataclass(frozen=True)
class Case:
    """A roster with its people and the calendar of its days."""

    roster: Roster
    calendar: Calendar
    people: tuple[Member, ...]
    night: Night = NIGHT

    @cached_property
    def members(self) -> dict[int, Member]:
        """The people by id."""
        return {each.person: each for each in self.people}

    @cached_property
    def worked(self) -> dict[int, tuple[Duty, ...]]:
        """Each person's shifts at the station in their order, those carried over included."""
        return {person: at_work(duties) for person, duties in sorted(self.roster.duties.items())}

    def pairs(self) -> Iterator[tuple[Duty, Duty]]:
        """Shifts of one person that follow each other, the later one beginning in the roster or after it."""
        for duties in self.worked.values():
            yield from ((a, b) for a, b in pairwise(duties) if self.roster.meets(a.day, b.day))

    def readings(self, duties: Sequence[Duty]) -> tuple[tuple[str, str], ...]:
        """The readings of the law to judge these shifts by, each with how it is named: one without a name where both say the same."""
        if all(each.kind.standby + each.kind.rest == 0 for each in duties):
            return ((PRESENCE, ""),)
        return (PRESENCE, PRESENCE), (WORK, WORK)

    def is_night(self, duty: Duty) -> bool:
        """Whether a shift is night work."""
        return self.night.holds(duty.kind)
