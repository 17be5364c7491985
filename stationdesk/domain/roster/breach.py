"""A breach of a rule: which, whose, when, by how much. Codes and values; the words are made where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from stationdesk.domain.moments import format_date, format_minutes
from stationdesk.domain.names import Name
from stationdesk.domain.roster.duties import PRESENCE, WORK
from stationdesk.domain.roster.rules import TESTS, RuleSet, amount_said
from stationdesk.domain.words import C_, N_, _

NOBODY = 0
"""The person of a breach that is the shift's, not somebody's."""


@dataclass(frozen=True, order=True)
class Breach:
    """A rule not kept from a first to a last day.

    value and limit are in the unit of the rule's test. kinds: the shifts it is about. reading: "presence" or "work" where the law may be
    read either way and the two differ, "" where they say the same. detail: the period, qualification or leave it is about.
    """

    first: date
    last: date
    person: int
    rules: str
    rule: str
    test: str
    value: int
    limit: int
    kinds: tuple[str, ...] = ()
    reading: str = ""
    detail: str = ""

    @property
    def key(self) -> str:
        """What a reason is given for: the same breach of the same roster has the same key, whatever else changes."""
        days = f"{self.first.isoformat()}..{self.last.isoformat()}"
        parts = (self.rules, self.rule, str(self.person), days, "+".join(self.kinds), self.reading, self.detail)
        return "/".join(parts)

    @property
    def excess(self) -> int:
        """How far beyond the limit, never below 0."""
        return abs(self.value - self.limit)


SAID = {
    "leave": N_("on {shifts} during leave"),
    "fixed": N_("the fixed duty {shifts} is not planned"),
    "wish": N_("the wish is not kept: {shifts}"),
    "cover": N_("{value} on {shifts}, at least {limit}"),
    "leader": N_("no leader on {shifts}"),
    "qualified": N_("{value} with a valid {detail} on {shifts}, at least {limit}"),
    "rest": N_("{value} rest between {shifts}, at least {limit}"),
    "length": N_("{value} in one shift, at most {limit}"),
    "window": N_("{value} within {detail}, at most {limit}"),
    "after": N_("{value} off after a long spell, at least {limit}"),
    "weekrest": N_("{value} off at a stretch in the week, at least {limit}"),
    "run": N_("{value} in a row, at most {limit}"),
    "nights": N_("{value} in a row, at most {limit}"),
    "same": N_("{value} of {shifts} in a row, at most {limit}"),
    "switch": N_("{value} of sleep between {shifts}, at least {limit}"),
    "forward": N_("{shifts} goes back by {value}"),
    "weekends": N_("{value} worked in a row, one free in {limit}"),
    "hours": N_("{value} beyond the standard of the {detail}, at most {limit}"),
}
PERIODS = {"day": N_("day"), "week": N_("week"), "month": N_("month"), "quarter": N_("quarter"), "year": N_("year")}


def said(breach: Breach, kinds: Mapping[str, Name], certificates: Mapping[str, Name] = MappingProxyType({})) -> str:
    """What is wrong, as half a sentence: “8 h rest between Evening and Night, at least 12 h”."""
    detail = str(certificates[breach.detail]) if breach.test == "qualified" and breach.detail in certificates else _detail(breach)
    words = _(SAID[breach.test]).format(
        value=amount(breach.value, breach), limit=amount(breach.limit, breach), shifts=shifts_said(breach, kinds), detail=detail
    )
    return _("{words} ({reading})").format(words=words, reading=_(READINGS[breach.reading])) if breach.reading else words


READINGS = {PRESENCE: N_("all hours at the station"), WORK: N_("hours of work only")}


def amount(value: int, breach: Breach) -> str:
    """A number of the breach with its unit: 8 h, 7 days, 1 person."""
    return amount_said(value, TESTS[breach.test].unit)


def shifts_said(breach: Breach, kinds: Mapping[str, Name]) -> str:
    """The shifts by name: Evening and Night."""
    names = [str(kinds.get(code, Name(code))) if code else C_("roster", "off") for code in breach.kinds]
    return _(" and ").join(names)


def days_said(breach: Breach) -> str:
    """2026-12-13, or 2026-12-13 – 2026-12-14."""
    if breach.first == breach.last:
        return format_date(breach.first)
    return _("{first} to {last}").format(first=format_date(breach.first), last=format_date(breach.last))


def rule_said(breach: Breach, rules: Mapping[str, RuleSet]) -> str:
    """The rule by its set, code and name: The station's own R-03 rest between shifts."""
    found = rules.get(breach.rules)
    return f"{found.name if found else breach.rules} {breach.rule} {_(TESTS[breach.test].words)}"


def _detail(breach: Breach) -> str:
    if breach.test == "window":
        return format_minutes(int(breach.detail) * 60)
    return _(PERIODS[breach.detail]) if breach.detail in PERIODS else breach.detail
