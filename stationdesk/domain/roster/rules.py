"""Rules of a roster as data: a test, its limit and what else it needs. Sets of them have a version, a date and a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from stationdesk.domain.errors import DomainError
from stationdesk.domain.moments import format_minutes
from stationdesk.domain.names import Name
from stationdesk.domain.words import N_, n_


class RuleTestError(DomainError):
    """A rule nobody can check."""

    words = N_("The rule {rule} of {rules} asks for a test the program does not know: {test}.")
    field = "rules"


class RuleLimitError(DomainError):
    """A limit that is none."""

    words = N_("The limit of the rule {rule} is a whole number from {least} to {most}, in {unit}.")
    field = "limit"


class Weight(StrEnum):
    """What a set of rules is to the station."""

    LAW = "law"
    STATION = "station"
    COMPARISON = "comparison"  # a rule of elsewhere to look at, off by default in Chinese


class Unit(StrEnum):
    """What a limit counts."""

    MINUTES = "minutes"
    DAYS = "days"
    NIGHTS = "nights"
    PEOPLE = "people"
    WEEKENDS = "weekends"


UNITS = {
    Unit.MINUTES: N_("minutes"),
    Unit.DAYS: N_("days"),
    Unit.NIGHTS: N_("nights"),
    Unit.PEOPLE: N_("people"),
    Unit.WEEKENDS: N_("weekends"),
}


def amount_said(value: int, unit: Unit) -> str:
    """A number with its unit: 8 h, 7 days, 1 person."""
    if unit == Unit.MINUTES:
        return format_minutes(value)
    return {
        Unit.DAYS: n_("{n} day", "{n} days", value),
        Unit.NIGHTS: n_("{n} night", "{n} nights", value),
        Unit.PEOPLE: n_("{n} person", "{n} people", value),
        Unit.WEEKENDS: n_("{n} weekend", "{n} weekends", value),
    }[unit].format(n=value)


@dataclass(frozen=True)
class Test:
    """A test rules can ask for: what its limit counts, and whether the value may not go below (or above) the limit."""

    unit: Unit
    words: str
    below: bool  # a breach lies below the limit


TESTS: Mapping[str, Test] = {
    "leave": Test(Unit.DAYS, N_("no duty during leave"), False),
    "fixed": Test(Unit.DAYS, N_("fixed duties kept"), True),
    "wish": Test(Unit.DAYS, N_("wishes"), False),
    "cover": Test(Unit.PEOPLE, N_("people on a shift"), True),
    "leader": Test(Unit.PEOPLE, N_("leader on every shift"), True),
    "qualified": Test(Unit.PEOPLE, N_("valid qualification"), True),
    "rest": Test(Unit.MINUTES, N_("rest between shifts"), True),
    "length": Test(Unit.MINUTES, N_("length of a shift"), False),
    "window": Test(Unit.MINUTES, N_("hours within a time"), False),
    "after": Test(Unit.MINUTES, N_("rest after a long spell"), True),
    "weekrest": Test(Unit.MINUTES, N_("weekly rest"), True),
    "run": Test(Unit.DAYS, N_("days in a row"), False),
    "nights": Test(Unit.NIGHTS, N_("nights in a row"), False),
    "same": Test(Unit.DAYS, N_("same shift in a row"), False),
    "switch": Test(Unit.NIGHTS, N_("nights of sleep when switching between days and nights"), True),
    "forward": Test(Unit.MINUTES, N_("shifts rotate forward"), True),
    "weekends": Test(Unit.WEEKENDS, N_("weekends worked in a row"), False),
    "hours": Test(Unit.MINUTES, N_("hours beyond the standard"), False),
}
"""Every test with its unit and words; domain/roster/check.py has a function for each."""


@dataclass(frozen=True)
class Rule:
    """One rule: its code within its set (R-03), the test, the limit in the test's unit, and options the test knows."""

    code: str
    test: str
    limit: int
    options: Mapping[str, Any] = field(default_factory=dict)

    def option(self, name: str, default: Any) -> Any:
        """An option, or its default."""
        return self.options.get(name, default)


@dataclass(frozen=True)
class RuleSet:
    """Rules that came into force together. RuleTestError, RuleLimitError."""

    code: str
    name: Name
    version: str
    since: date
    weight: Weight
    source: str
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        for rule in self.rules:
            if rule.test not in TESTS:
                raise RuleTestError(rule=rule.code, rules=self.code, test=rule.test)
            if not 0 <= rule.limit <= MOST:
                raise RuleLimitError(rule=rule.code, least=0, most=MOST, unit=UNITS[TESTS[rule.test].unit])


MOST = 1_000_000


def rules_data(rules: RuleSet) -> dict[str, Any]:
    """As JSON keeps it; `rules_of` reads it back."""
    lines = [{"code": each.code, "test": each.test, "limit": each.limit, **dict(each.options)} for each in rules.rules]
    head = {"code": rules.code, "name": rules.name.texts(), "version": rules.version, "since": rules.since.isoformat()}
    return {**head, "weight": rules.weight.value, "source": rules.source, "rules": lines}


def rules_of(data: Mapping[str, Any]) -> RuleSet:
    """The set of a definition. RuleTestError, RuleLimitError, KeyError, ValueError for what is none."""
    return RuleSet(
        code=str(data["code"]),
        name=Name.of(data["name"]),
        version=str(data["version"]),
        since=date.fromisoformat(data["since"]),
        weight=Weight(data["weight"]),
        source=str(data["source"]),
        rules=_rules(data["rules"]),
    )


def _rules(data: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    own = ("code", "test", "limit")
    return tuple(
        Rule(str(each["code"]), str(each["test"]), int(each["limit"]), {key: value for key, value in each.items() if key not in own})
        for each in data
    )
