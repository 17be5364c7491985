"""The station's own rules as the limits a person sets, and the rules they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from stationdesk.domain.roster.rules import Rule, RuleSet

STATION = "station"
"""The code of the station's own set."""
_TESTS = {"people": "cover", "leaders": "leader", "rest": "rest", "run": "run", "nights": "nights"}
PREFIX = "R-"


@dataclass(frozen=True)
class Limits:
    """What the station asks; None asks for nothing. rest, overtime in minutes; everybody: certificates all on a shift hold;
    one: certificates somebody on a shift holds, for the kinds of shift named, or for all where none is.
    """

    people: int | None = None
    leaders: int | None = None
    rest: int | None = None
    run: int | None = None
    nights: int | None = None
    overtime: int | None = None
    everybody: tuple[str, ...] = ()
    one: tuple[tuple[tuple[str, ...], str], ...] = ()


def limits_of(rules: RuleSet) -> Limits:
    """The limits a set asks for."""
    found: dict[str, Any] = {name: next((each.limit for each in rules.rules if each.test == test), None) for name, test in _TESTS.items()}
    wanted = [each for each in rules.rules if each.test == "qualified"]
    return Limits(
        **found,
        overtime=next((each.limit for each in rules.rules if _overtime(each)), None),
        everybody=tuple(str(each.option("qualification", "")) for each in wanted if each.option("each", False)),
        one=tuple(
            (tuple(each.option("kinds", ())), str(each.option("qualification", ""))) for each in wanted if not each.option("each", False)
        ),
    )


def _overtime(rule: Rule) -> bool:
    return rule.test == "hours" and rule.option("period", "month") == "month"


def with_limits(rules: RuleSet, limits: Limits) -> RuleSet:
    """The set with these limits; a rule keeps its code, a new one has the next, and rules of other tests stay. RuleLimitError."""
    known = {_known(each): each.code for each in rules.rules}
    wanted = list(_rules(limits, rules))
    taken = {each.code for each in rules.rules}
    made: list[Rule] = []
    for each in wanted:
        code = known.get(_known(each)) or _next(taken)
        taken.add(code)
        made.append(replace(each, code=code))
    return replace(rules, rules=tuple(sorted(made, key=lambda each: each.code)))


def _rules(limits: Limits, rules: RuleSet) -> Iterator[Rule]:
    for name, test in _TESTS.items():
        limit = getattr(limits, name)
        if limit is not None:
            yield Rule("", test, limit)
    if limits.overtime is not None:
        yield Rule("", "hours", limits.overtime, {"period": "month"})
    for code in limits.everybody:
        yield Rule("", "qualified", 1, {"qualification": code, "each": True})
    for kinds, code in limits.one:
        yield Rule("", "qualified", 1, {"qualification": code} | ({"kinds": list(kinds)} if kinds else {}))
    asked = {*_TESTS.values(), "qualified"}
    yield from (each for each in rules.rules if each.test not in asked and not _overtime(each))


def _known(rule: Rule) -> tuple[object, ...]:
    """What makes two rules the same one with another limit."""
    return rule.test, str(rule.option("period", "")), str(rule.option("qualification", "")), " ".join(rule.option("kinds", ()))


def _next(taken: set[str]) -> str:
    """R-09 after R-08."""
    numbers = [int(code[len(PREFIX) :]) for code in taken if code.startswith(PREFIX) and code[len(PREFIX) :].isdecimal()]
    return f"{PREFIX}{max(numbers, default=0) + 1:02d}"
