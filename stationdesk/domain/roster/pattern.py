"""A rotation written as one line of text, and the proof of what it covers.

    D=08:00-16:00 E=16:00-24:00 N=00:00-08:00; D D E E - N N -; crews 4; step 2

Kinds of shift, one crew's cycle in days (- is off), the number of crews, and how many days each crew is ahead of the one before it:
one step for all, or `phases 0,2,4,6`. Full width, 休, 班组 and 错开 do as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import DAY, ClockError, parse_clock
from stationdesk.domain.names import Name
from stationdesk.domain.rotation import Coverage, Pattern, ShiftKind, coverage
from stationdesk.domain.words import N_

OFF = frozenset({"-", "休", "息", "off", "·", "_"})
MOST_CREWS, MOST_DAYS, MOST_KINDS = 40, 366, 24
WEEK = 7 * DAY

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−~∼〜至到", "-") | {"、": ",", "。": " "})
_CLOCK = r"\d{1,2}(?:[:.]?\d{2})?"
_KIND = re.compile(rf"([^\s=;,]+)\s*=\s*({_CLOCK})\s*-\s*({_CLOCK})[\s,]*")
_CREWS = re.compile(r"(?:crews?|班组|班)\s*[:=]?\s*(\d+)|(\d+)\s*(?:crews?|个?班组?)", re.IGNORECASE)
_STEP = re.compile(r"(?:step|步长|错开|间隔)\s*[:=]?\s*(-?\d+)\s*(?:days?|天|日)?", re.IGNORECASE)
_PHASES = re.compile(r"(?:phases?|相位|错位)\s*[:=]?\s*(-?\d+(?:[\s,]+-?\d+)*)", re.IGNORECASE)


class PatternTextError(DomainError):
    """A text that is no pattern at all."""

    words = N_("“{typed}” is no shift pattern. Write it as D=08:00-20:00 N=20:00-08:00; D N - -; crews 4; step 1")
    field = "pattern"


class PatternKindTextError(DomainError):
    """A kind of shift one cannot read."""

    words = N_("“{typed}” is no kind of shift; write it as D=08:00-16:00.")
    field = "pattern"


class PatternKindTwiceError(DomainError):
    """Two kinds of one name."""

    words = N_("The kind of shift {kind} is described twice.")
    field = "pattern"


class PatternCycleError(DomainError):
    """A cycle with a shift nobody described."""

    words = N_("“{typed}” in the cycle is neither a kind of shift ({kinds}) nor - for a day off.")
    field = "pattern"


class PatternPartError(DomainError):
    """A part that is neither crews nor step nor phases."""

    words = N_("“{typed}” is not understood here; write crews 4 and step 2, or phases 0,2,4,6.")
    field = "pattern"


class PatternStepError(DomainError):
    """Several crews, and nothing that says how far apart they are."""

    words = N_("Say how many days the crews are apart: step 2, or phases 0,2,4,6.")
    field = "pattern"


class PatternPhasesError(DomainError):
    """More or fewer phases than crews."""

    words = N_("There are {crews} crews and {phases} phases.")
    field = "pattern"


class PatternSizeError(DomainError):
    """More than anybody works, or nothing."""

    words = N_("A pattern has 1 to {crews} crews, 1 to {kinds} kinds of shift and a cycle of 1 to {days} days.")
    field = "pattern"


@dataclass(frozen=True)
class Gap:
    """The time off between two shifts of one crew that follow each other; days count from 1, the second may be in the next cycle."""

    day: int
    shift: str
    next_day: int
    next_shift: str
    minutes: int  # below 0 the crew would be in two shifts at once


@dataclass(frozen=True)
class Proof:
    """What a pattern does to its station and to one of its crews."""

    coverage: Coverage
    gaps: tuple[Gap, ...]  # between all shifts of the cycle, the shortest first; empty where nobody works
    weekly_minutes: float  # on duty, the mean of a crew over the cycle
    longest_run: int  # days with a shift one after the other; the whole cycle where there is no day off

    @property
    def covered(self) -> bool:
        """No shift of any day is without a crew."""
        return not self.coverage.holes

    @property
    def min_rest(self) -> int | None:
        """Shortest time off between two shifts of a crew, minutes; None where nobody works."""
        return self.gaps[0].minutes if self.gaps else None

    def tight(self, least: int) -> tuple[Gap, ...]:
        """Rests shorter than `least` minutes."""
        return tuple(gap for gap in self.gaps if gap.minutes < least)


def parse_pattern(text: str) -> Pattern:
    """The pattern a text describes. PatternTextError and the other errors of this module."""
    parts = [part.strip() for part in unicodedata.normalize("NFKC", text).translate(_DASHES).split(";")]
    while parts and not parts[-1]:
        parts.pop()
    if len(parts) < 2 or not all(parts[:2]):
        raise PatternTextError(typed=text.strip()[:80])
    kinds = _kinds(parts[0])
    cycle = _cycle(parts[1], [kind.code for kind in kinds])
    phases = _phases(parts[2:], len(cycle))
    if not (len(phases) <= MOST_CREWS and len(cycle) <= MOST_DAYS and len(kinds) <= MOST_KINDS and phases and cycle):
        raise PatternSizeError(crews=MOST_CREWS, kinds=MOST_KINDS, days=MOST_DAYS)
    return Pattern("", Name(text.strip()), kinds, cycle, phases)


def _kinds(text: str) -> tuple[ShiftKind, ...]:
    found: dict[str, ShiftKind] = {}
    while text:
        one = _KIND.match(text)
        if one is None:
            raise PatternKindTextError(typed=text[:40])
        code = one[1]
        if code in found:
            raise PatternKindTwiceError(kind=code)
        if code.casefold() in OFF:
            raise PatternKindTextError(typed=one[0].strip())
        found[code] = ShiftKind(code, Name(code), _clock(one[2]), _clock(one[3]))
        text = text[one.end() :]
    return tuple(found.values())


def _clock(text: str) -> int:
    """Minutes of 8, 08:00, 0800 or 24:00. ClockError."""
    if len(text) > 2:
        return parse_clock(text)
    if int(text) > 24:
        raise ClockError(typed=text)
    return int(text) * 60


def _cycle(text: str, codes: Sequence[str]) -> tuple[str, ...]:
    words = [word for word in re.split(r"[\s,]+", text) if word]
    return tuple(day for word in words for day in _days(word, codes))


def _days(word: str, codes: Sequence[str]) -> tuple[str, ...]:
    """One word of the cycle: a kind, a day off, or several written together as DDEENN--. PatternCycleError."""
    day = _day(word, codes)
    days = (day,) if day is not None else tuple(_day(letter, codes) for letter in word)
    known = tuple(each for each in days if each is not None)
    if len(known) < len(days):
        raise PatternCycleError(typed=word[:40], kinds=", ".join(codes))
    return known


def _day(word: str, codes: Sequence[str]) -> str | None:
    """The kind a word means, "" for off; small letters do where they leave no doubt."""
    if word in codes:
        return word
    if word.casefold() in OFF:
        return ""
    alike = [code for code in codes if code.casefold() == word.casefold()]
    return alike[0] if len(alike) == 1 else None


def _phases(parts: Sequence[str], cycle: int) -> tuple[int, ...]:
    """How many days each crew is ahead in the cycle."""
    crews: int | None = None
    step: int | None = None
    phases: tuple[int, ...] | None = None
    for part in filter(None, parts):
        if (found := _CREWS.fullmatch(part)) and crews is None:
            crews = int(found[1] or found[2])
        elif (found := _STEP.fullmatch(part)) and step is None and phases is None:
            step = int(found[1])
        elif (found := _PHASES.fullmatch(part)) and step is None and phases is None:
            phases = tuple(int(each) for each in re.split(r"[\s,]+", found[1]))
        else:
            raise PatternPartError(typed=part[:40])
    if phases is None:
        phases = _stepped(crews, step)
    if crews not in (None, len(phases)):
        raise PatternPhasesError(crews=crews, phases=len(phases))
    return tuple(phase % cycle for phase in phases) if cycle else ()


def _stepped(crews: int | None, step: int | None) -> tuple[int, ...]:
    """One crew needs no step; several do. PatternPartError where crews are not named at all, PatternStepError, PatternSizeError."""
    if crews is None:
        raise PatternPartError(typed="")
    if not 1 <= crews <= MOST_CREWS:
        raise PatternSizeError(crews=MOST_CREWS, kinds=MOST_KINDS, days=MOST_DAYS)
    if step is None and crews > 1:
        raise PatternStepError
    return tuple(n * (step or 0) for n in range(crews))


def prove(pattern: Pattern) -> Proof:
    """What the pattern covers over its cycle, and what it asks of a crew."""
    worked = [(n, pattern.kind(code)) for n, code in enumerate(pattern.cycle) if code]
    minutes = sum(kind.minutes for _n, kind in worked)
    return Proof(
        coverage=coverage(pattern),
        gaps=tuple(sorted(_gaps(worked, len(pattern.cycle)), key=lambda gap: (gap.minutes, gap.day))),
        weekly_minutes=minutes * WEEK / (len(pattern.cycle) * DAY),
        longest_run=longest_run([bool(code) for code in pattern.cycle]),
    )


def _gaps(worked: Sequence[tuple[int, ShiftKind]], length: int) -> list[Gap]:
    """Every shift of the cycle with the next one; the last is followed by the first of the next cycle."""
    following = [*worked[1:], *((n + length, kind) for n, kind in worked[:1])]
    return [
        Gap(day + 1, kind.code, next_day + 1, after.code, next_day * DAY + after.start - (day * DAY + kind.start + kind.minutes))
        for (day, kind), (next_day, after) in zip(worked, following, strict=True)
    ]


def longest_run(works: Sequence[bool]) -> int:
    """Most days of work one after the other in a cycle that repeats; its whole length where no day is off."""
    if all(works):
        return len(works)
    first_off = works.index(False)
    turned = [*works[first_off:], *works[:first_off]]
    return max((len(list(days)) for at_work, days in groupby(turned) if at_work), default=0)
