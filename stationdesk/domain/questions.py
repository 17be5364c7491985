"""Questions asked beside a field: what is odd about a value that was saved, and what may have been meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from stationdesk.domain.limits import Limits
from stationdesk.domain.numbers import shown
from stationdesk.domain.words import N_, _
from stationdesk.values import dataclass


class Kind(StrEnum):
    """What makes one ask; the code stands in the store as the doubt of a reading."""

    THOUSANDTH = "thousandth"  # typed in the unit a thousand times smaller
    THOUSANDFOLD = "thousandfold"
    TENTH = "tenth"  # a decimal point one place off
    TENFOLD = "tenfold"
    ABSOLUTE = "absolute"  # absolute pressure for gauge
    GAUGE = "gauge"  # atmospheric pressure taken off twice
    JUMP = "jump"
    RANGE = "range"
    BACKWARDS = "backwards"
    STILL = "still"  # a counter stands while flow shows
    MOVES = "moves"  # a counter moves while the stream is shut
    TOO_FAR = "too_far"  # a counter went further than the meter can
    FROZEN = "frozen"  # the same p or T for hours while flow moves


UNIT_KINDS = frozenset({Kind.THOUSANDTH, Kind.THOUSANDFOLD, Kind.TENTH, Kind.TENFOLD, Kind.ABSOLUTE, Kind.GAUGE})


class Past(NamedTuple):
    """An earlier value of the same point."""

    time: datetime
    value: Decimal


REPLACED = str(Kind.BACKWARDS)
"""The doubt of a count that was kept although it went back: the first of a replaced counter."""


def compared(found: Iterable[tuple[Past, str]]) -> Iterator[Past]:
    """What a new value is compared with, out of earlier ones and their doubts, the newest first: those without a doubt. The first of a
    replaced counter is compared with, and nothing before it."""
    for past, doubt in found:
        if not doubt or doubt == REPLACED:
            yield past
        if doubt == REPLACED:
            return


@dataclass(frozen=True)
class Question:
    """What to ask beside the field: its kind, the value meant if the guess is right, the last one, the unit guessed."""

    kind: Kind
    value: Decimal
    unit: str
    proposed: Decimal | None = None
    last: Past | None = None
    limits: Limits = field(default_factory=Limits)
    other_unit: str = ""
    percent: Decimal | None = None


QUESTIONS = {
    Kind.THOUSANDTH: N_("{value} {unit} is out of the ordinary. Is it {other_unit}?"),
    Kind.THOUSANDFOLD: N_("{value} {unit} is out of the ordinary. Is it {other_unit}?"),
    Kind.TENTH: N_("{value} {unit} is about ten times the last value. Is the point one place off?"),
    Kind.TENFOLD: N_("{value} {unit} is about a tenth of the last value. Is a digit missing?"),
    Kind.ABSOLUTE: N_("{value} {unit} looks like an absolute pressure. Is gauge pressure meant?"),
    Kind.GAUGE: N_("{value} {unit} lies one atmosphere below the last value. Was it taken off twice?"),
    Kind.JUMP: N_("{value} {unit} differs by {percent}% from the last hour. Is it right?"),
    Kind.RANGE: N_("{value} {unit} is outside the range of the meter. Is it right?"),
    Kind.BACKWARDS: N_("The counter went back. Was the meter or corrector replaced?"),
    Kind.STILL: N_("The counter stands while flow shows. Is it right?"),
    Kind.MOVES: N_("The counter moves while the metering run is shut. Is it right?"),
    Kind.TOO_FAR: N_("The counter went further than the meter can in this time. Is it right?"),
    Kind.FROZEN: N_("{value} {unit} has not changed for hours while the flow moved. Was it read anew?"),
}
TEN_DEGREES = N_("{value} {unit} differs by {percent} {unit} from the last hour. Is it right?")
THOUSAND_WORDS = N_("{value} {unit} is out of the ordinary. Is it off by a factor of 1000?")


def question_words(question: Question) -> str:
    """The question, to stand beside the field."""
    words = QUESTIONS[question.kind]
    if question.kind is Kind.JUMP and question.unit == "℃":
        words = TEN_DEGREES
    if question.kind in (Kind.THOUSANDTH, Kind.THOUSANDFOLD) and not question.other_unit:
        words = THOUSAND_WORDS
    percent = "" if question.percent is None else shown(question.percent)
    return _(words).format(value=shown(question.value), unit=question.unit, other_unit=question.other_unit, percent=percent)
