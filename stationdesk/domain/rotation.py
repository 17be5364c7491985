"""The simple rotation: a pattern of shift kinds, crews with their phases and a start date say who is planned.

Common patterns stand in roster/patterns.py. A shift belongs to the day on which it starts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import DAY, Span, clock_text, day_of, parse_clock, span_of
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_
from stationdesk.values import dataclass


class PatternError(DomainError):
    """A pattern that cannot be one."""

    words = N_("The shift pattern {pattern} has no cycle, no crews or no kinds of shift.")
    field = "pattern"


class UnknownKindError(PatternError):
    """A cycle with a shift nobody described."""

    words = N_("The cycle of shift pattern {pattern} has kinds of shift that are not described: {kinds}.")


class KindSplitError(DomainError):
    """Standby and rest that do not fit into their shift."""

    words = N_("Standby and rest of the shift kind {kind} are longer than the shift.")
    field = "kinds"


class CrewCountError(DomainError):
    """More or fewer crews than the pattern has phases."""

    words = N_("The shift pattern {pattern} needs {needed} crews, not {given}.")
    field = "crews"


@dataclass(frozen=True)
class ShiftKind:
    """A kind of shift; start and end in minutes of the day, an end at or before the start is that of the next day.

    standby, rest: minutes of it that are no work, as in a 24 h duty with hours to sleep; whether they count is a question of law,
    so both are kept. desk: one of the shifts that keep the desk manned, not an office day or a standby. days: the
    spans of days on which the desk wants it, none for every day: a roster over a change of the rotation has the kinds of both.
    """

    code: str
    name: Name
    start: int
    end: int
    standby: int = 0
    rest: int = 0
    desk: bool = True
    days: tuple[tuple[date, date], ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.standby < 0 or self.rest < 0 or self.standby + self.rest > self.minutes:
            raise KindSplitError(kind=self.code)

    @property
    def minutes(self) -> int:
        """Its length by the clock."""
        return self.end - self.start if self.end > self.start else self.end + DAY - self.start

    @property
    def work(self) -> int:
        """Minutes that are neither standby nor rest."""
        return self.minutes - self.standby - self.rest

    def mans(self, day: date) -> bool:
        """Whether the desk wants it on a day."""
        return self.desk and (not self.days or any(first <= day <= last for first, last in self.days))

    def span(self, day: date, zone: ZoneInfo) -> Span:
        """From when to when it lasts on a day."""
        return span_of(day, self.start, self.end, zone)


@dataclass(frozen=True)
class Pattern:
    """One crew's cycle in days (the code of a shift kind, "" off) and how many days each crew is ahead in it.

    PatternError for an empty cycle or no phases, UnknownKindError.
    """

    code: str
    name: Name
    kinds: tuple[ShiftKind, ...]
    cycle: tuple[str, ...]
    phases: tuple[int, ...]

    def __post_init__(self) -> None:
        if not self.cycle or not self.phases or not self.kinds:
            raise PatternError(pattern=self.code)
        if unknown := set(self.cycle) - {kind.code for kind in self.kinds} - {""}:
            raise UnknownKindError(pattern=self.code, kinds=", ".join(sorted(unknown)))

    def kind(self, code: str) -> ShiftKind:
        """The kind of this code. KeyError."""
        return {kind.code: kind for kind in self.kinds}[code]


@dataclass(frozen=True)
class Plan:
    """A pattern in force: crew codes in the order of the phases, from a first day of the cycle. CrewCountError."""

    pattern: Pattern
    crews: tuple[str, ...]
    start: date

    def __post_init__(self) -> None:
        if len(self.crews) != len(self.pattern.phases):
            raise CrewCountError(pattern=self.pattern.code, needed=len(self.pattern.phases), given=len(self.crews))


@dataclass(frozen=True)
class PlannedShift:
    """A shift as planned: by crews (none where the pattern leaves a hole, two where it plans double), or by a roster's people."""

    day: date
    kind: ShiftKind
    span: Span
    crews: tuple[str, ...]
    people: tuple[int, ...] = ()

    @property
    def manned(self) -> bool:
        """Somebody is planned for it."""
        return bool(self.crews or self.people)

    @property
    def crew(self) -> str:
        """The first crew planned, "" for a hole."""
        return self.crews[0] if self.crews else ""


@dataclass(frozen=True)
class Hole:
    """A shift of the cycle without a crew, or with more than one; day counts from 1."""

    day: int
    shift: str


@dataclass(frozen=True)
class Coverage:
    """What a pattern covers; `gaps` are clock spans of the day no kind of shift lasts over, `overlaps` those two last over."""

    holes: tuple[Hole, ...]
    doubles: tuple[Hole, ...]
    gaps: tuple[tuple[int, int], ...]
    overlaps: tuple[tuple[int, int], ...] = ()

    @property
    def covered(self) -> bool:
        """Every shift of every day has a crew, and the day is whole."""
        return not self.holes and not self.gaps

    @property
    def single(self) -> bool:
        """Nobody is planned beside another crew."""
        return not self.doubles and not self.overlaps


def crews_on(pattern: Pattern, crews: Sequence[str], nth_day: int, kind: str) -> tuple[str, ...]:
    """Which crews the pattern puts on a kind of shift on the nth day since its start (0 first)."""
    length = len(pattern.cycle)
    return tuple(crew for crew, phase in zip(crews, pattern.phases, strict=True) if pattern.cycle[(nth_day + phase) % length] == kind)


def planned(plan: Plan, day: date, zone: ZoneInfo) -> tuple[PlannedShift, ...]:
    """The shifts of a day in the order they begin; none before the plan starts."""
    if day < plan.start:
        return ()
    nth = (day - plan.start).days
    pattern = plan.pattern
    shifts = [PlannedShift(day, kind, kind.span(day, zone), crews_on(pattern, plan.crews, nth, kind.code)) for kind in pattern.kinds]
    return tuple(sorted(shifts, key=lambda shift: shift.span.start))


def planned_between(plan: Plan, start: date, end: date, zone: ZoneInfo) -> tuple[PlannedShift, ...]:
    """The shifts of all days from start to end, both included."""
    return tuple(shift for n in range((end - start).days + 1) for shift in planned(plan, start + timedelta(days=n), zone))


def covering(plan: Plan, moment: datetime, zone: ZoneInfo) -> tuple[PlannedShift, ...]:
    """The shifts that last at a moment; a night shift is found on the day it began."""
    today = day_of(moment, zone)
    return tuple(shift for shift in planned_between(plan, today - timedelta(days=1), today, zone) if shift.span.holds(moment))


def next_shift(plan: Plan, moment: datetime, zone: ZoneInfo) -> PlannedShift | None:
    """The first shift that begins at or after the moment; from the plan's start on, None only for a pattern without shifts."""
    first = max(day_of(moment, zone) - timedelta(days=1), plan.start)
    for shift in planned_between(plan, first, first + timedelta(days=len(plan.pattern.cycle) + 2), zone):
        if shift.span.start >= moment:
            return shift
    return None


def cycle_start(start: date, cycle: int, day: date) -> date:
    """The same phase, early enough that the shift which began the day before is planned too."""
    ahead = (start - (day - timedelta(days=1))).days
    return start - timedelta(days=cycle * -(-ahead // cycle)) if ahead > 0 else start


def coverage(pattern: Pattern) -> Coverage:
    """Proof over one whole cycle; a published rule left two of three shifts empty on two of its days, so this is checked, not assumed."""
    crews = [str(n) for n in range(len(pattern.phases))]
    holes: list[Hole] = []
    doubles: list[Hole] = []
    for day in range(len(pattern.cycle)):
        for kind in pattern.kinds:
            count = len(crews_on(pattern, crews, day, kind.code))
            if count != 1:
                (doubles if count else holes).append(Hole(day + 1, kind.code))
    return Coverage(tuple(holes), tuple(doubles), day_gaps(pattern.kinds), day_overlaps(pattern.kinds))


def day_gaps(kinds: Sequence[ShiftKind]) -> tuple[tuple[int, int], ...]:
    """Clock spans of the day, in minutes, over which no kind of shift lasts."""
    over = sorted((start + shift, end + shift) for start, end in ((k.start, k.start + k.minutes) for k in kinds) for shift in (-DAY, 0))
    gaps, reached = [], 0
    for start, end in over:
        if start > reached:
            gaps.append((reached, min(start, DAY)))
        reached = max(reached, end)
    return tuple(gaps) if reached >= DAY else (*gaps, (reached, DAY))


def day_overlaps(kinds: Sequence[ShiftKind]) -> tuple[tuple[int, int], ...]:
    """Clock spans of the day, in minutes, over which two kinds of shift last."""
    turns = sorted({0, DAY, *((kind.start + minutes) % DAY for kind in kinds for minutes in (0, kind.minutes))})
    found: list[tuple[int, int]] = []
    for start, end in pairwise(turns):
        if sum((start - kind.start) % DAY < kind.minutes for kind in kinds) > 1:
            touches = found and found[-1][1] == start
            found[-1:] = [(found[-1][0], end)] if touches else [*found[-1:], (start, end)]
    return tuple(found)


def definition(pattern: Pattern) -> dict[str, Any]:
    """The pattern as JSON keeps it; `pattern_of` reads it back."""
    head = {"code": pattern.code, "name": pattern.name.texts()}
    return {**head, "kinds": kind_texts(pattern.kinds), "cycle": list(pattern.cycle), "phases": list(pattern.phases)}


def kind_texts(kinds: Sequence[ShiftKind]) -> list[dict[str, Any]]:
    """Kinds of shift as JSON keeps them, what is usual left out; `kinds_of` reads them back."""
    return [
        {"code": k.code, "name": k.name.texts(), "start": clock_text(k.start), "end": clock_text(k.end)}
        | ({"standby": k.standby} if k.standby else {})
        | ({"rest": k.rest} if k.rest else {})
        | ({} if k.desk else {"desk": False})
        | ({"days": [[first.isoformat(), last.isoformat()] for first, last in k.days]} if k.days else {})
        for k in kinds
    ]


def kinds_of(data: Sequence[Mapping[str, Any]]) -> tuple[ShiftKind, ...]:
    """The kinds of shift of a definition. ClockError, KindSplitError, KeyError."""
    return tuple(
        ShiftKind(
            code=str(k["code"]),
            name=Name.of(k["name"]),
            start=parse_clock(k["start"]),
            end=parse_clock(k["end"]),
            standby=int(k.get("standby", 0)),
            rest=int(k.get("rest", 0)),
            desk=bool(k.get("desk", True)),
            days=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in k.get("days", ())),
        )
        for k in data
    )


def pattern_of(data: Mapping[str, Any]) -> Pattern:
    """The pattern of a definition. PatternError, ClockError, KeyError for what is no definition."""
    kinds = kinds_of(data["kinds"])
    cycle = tuple("" if code == "-" else str(code) for code in data["cycle"])
    return Pattern(str(data["code"]), Name.of(data["name"]), kinds, cycle, tuple(int(phase) for phase in data["phases"]))
