"""The simple rotation: a pattern of shift kinds, crews with their phases and a start date say who is planned.

Common patterns and the need to prove their coverage: facts.md, Roster. A shift belongs to the day on which it starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import DAY, Span, clock_text, day_of, parse_clock, span_of
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_, _

CYCLE_DAYS, KIND_LETTERS = 84, 3


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


class PatternNameError(DomainError):
    """A pattern nobody could choose."""

    words = N_("A shift pattern needs a code and a Chinese name.")
    field = "name"


class KindCodeError(DomainError):
    """The code of a kind of shift is empty, too long, or used twice."""

    words = N_("Shift {line}: the code is one to {most} letters or digits of its own.")
    field = "kind_code"


class KindNameError(DomainError):
    """A shift without a name."""

    words = N_("Shift {line} has no Chinese name.")
    field = "kind_name"


class ShiftLengthError(DomainError):
    """No length, or more than a day."""

    words = N_("A shift lasts more than 0 and at most 24 hours.")
    field = "hours"


class CycleError(DomainError):
    """A cycle nobody could look over."""

    words = N_("The cycle has {days} days; at most {most} are possible.")
    field = "cycle"


class PhaseError(DomainError):
    """A crew that is further ahead than the cycle is long."""

    words = N_("{given} is no day of the cycle to begin at: 0 to {most}, one number for each crew.")
    field = "phases"


class PatternHoleError(DomainError):
    """Hours without a crew."""

    words = N_("{pattern} leaves hours without a crew: {where}.")
    field = "pattern"


class PatternDoubledError(DomainError):
    """Hours with two crews: possible, where it is meant."""

    words = N_("Two crews at once: {where}. If that is meant, keep it once more.")
    field = "pattern"


@dataclass(frozen=True)
class ShiftKind:
    """A kind of shift; start and end in minutes of the day, an end at or before the start is that of the next day.

    standby, rest: minutes of it that are no work, as in a 24 h duty with hours to sleep; whether they count is a question of law
    (facts.md, Roster), so both are kept. desk: one of the shifts that keep the desk manned, not an office day or a standby.
    """

    code: str
    name: Name
    start: int
    end: int
    standby: int = 0
    rest: int = 0
    desk: bool = True

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
    """A shift as planned; crews is empty where the pattern leaves a hole and has two where it plans double."""

    day: date
    kind: ShiftKind
    span: Span
    crews: tuple[str, ...]

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
    over = sorted((k.start + shift, k.start + k.minutes + shift) for k in kinds for shift in (-DAY, 0, DAY))
    found, reached = [], -DAY
    for start, end in over:
        if start < min(reached, end) and 0 <= start < DAY:
            found.append((start, min(reached, end, DAY)))
        reached = max(reached, end)
    return tuple(found)


@dataclass(frozen=True)
class Uncovered:
    """The hours nobody is planned for, in the language spoken where they are shown."""

    pattern: Pattern

    def __str__(self) -> str:
        return _("; ").join(uncovered_words(self.pattern))


@dataclass(frozen=True)
class Doubled:
    """The hours two crews are planned for, in the language spoken where they are shown."""

    pattern: Pattern

    def __str__(self) -> str:
        return _("; ").join(doubled_words(self.pattern))


def uncovered_words(pattern: Pattern) -> tuple[str, ...]:
    """One sentence for each kind of shift with days nobody works it, and for each span no shift lasts over."""
    cover = coverage(pattern)
    said = _("{shift} has no crew on day {days} of the cycle")
    holes = (said.format(shift=kind_words(kind), days=days) for kind, days in _by_kind(pattern, cover.holes))
    gaps = (_("no shift lasts from {start} to {end}").format(start=clock_text(a), end=clock_text(b)) for a, b in cover.gaps)
    return (*holes, *gaps)


def doubled_words(pattern: Pattern) -> tuple[str, ...]:
    """One sentence for each kind of shift with days two crews work it, and for each span two shifts last over."""
    cover = coverage(pattern)
    said = _("{shift} has two crews on day {days} of the cycle")
    doubles = (said.format(shift=kind_words(kind), days=days) for kind, days in _by_kind(pattern, cover.doubles))
    overlaps = (_("two shifts last from {start} to {end}").format(start=clock_text(a), end=clock_text(b)) for a, b in cover.overlaps)
    return (*doubles, *overlaps)


def _by_kind(pattern: Pattern, found: Sequence[Hole]) -> Iterator[tuple[ShiftKind, str]]:
    for kind in pattern.kinds:
        days = [str(hole.day) for hole in found if hole.shift == kind.code]
        if days:
            yield kind, _(", ").join(days)


def kind_words(kind: ShiftKind) -> str:
    """Night 00:00–08:00."""
    return f"{kind.name} {clock_text(kind.start)}–{clock_text(kind.end)}"


def check_pattern(pattern: Pattern, doubled: bool = False) -> Pattern:
    """A pattern the desk can work by; doubled: two crews at once are meant.

    KindCodeError, KindNameError, PatternNameError, CycleError, PhaseError, PatternHoleError, PatternDoubledError.
    """
    if not pattern.code.strip() or not pattern.name.zh.strip():
        raise PatternNameError
    check_kinds(pattern.kinds)
    length = len(pattern.cycle)
    if length > CYCLE_DAYS:
        raise CycleError(days=length, most=CYCLE_DAYS)
    if wrong := next((phase for phase in pattern.phases if not 0 <= phase < length), None):
        raise PhaseError(given=wrong, most=length - 1)
    cover = coverage(pattern)
    if not cover.covered:
        raise PatternHoleError(pattern=pattern.name, where=Uncovered(pattern))
    if not cover.single and not doubled:
        raise PatternDoubledError(where=Doubled(pattern))
    return pattern


def check_kinds(kinds: Sequence[ShiftKind]) -> None:
    """Each shift has a code of its own and a name. KindCodeError, KindNameError."""
    codes = [kind.code for kind in kinds]
    for n, kind in enumerate(kinds, 1):
        if not kind.code.isalnum() or len(kind.code) > KIND_LETTERS or codes.count(kind.code) > 1:
            raise KindCodeError(line=n, code=kind.code, most=KIND_LETTERS)
        if not kind.name.zh.strip():
            raise KindNameError(line=n)


def shift_end(start: int, minutes: int) -> int:
    """The clock at which a shift of so many minutes ends, 24:00 for midnight. ShiftLengthError for none, or more than a day."""
    if not 0 < minutes <= DAY:
        raise ShiftLengthError
    end = (start + minutes) % DAY
    return DAY if end == 0 and start else end


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
        )
        for k in data
    )


def pattern_of(data: Mapping[str, Any]) -> Pattern:
    """The pattern of a definition. PatternError, ClockError, KeyError for what is no definition."""
    kinds = kinds_of(data["kinds"])
    cycle = tuple("" if code == "-" else str(code) for code in data["cycle"])
    return Pattern(str(data["code"]), Name.of(data["name"]), kinds, cycle, tuple(int(phase) for phase in data["phases"]))
