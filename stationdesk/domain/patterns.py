"""What a station may make a shift pattern: each hour has a crew, two at once only where it is meant, and both are said by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import DAY, clock_text
from stationdesk.domain.rotation import Hole, Pattern, ShiftKind, coverage
from stationdesk.domain.words import N_, _

CYCLE_DAYS, KIND_LETTERS = 84, 3


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
